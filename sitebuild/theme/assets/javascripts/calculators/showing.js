// Puts an answer on the page: the result, or the error beside the field that it names.
export function showAnswer(form, { status, html, error, field }) {
  const [line, answer] = [".calculator-status", ".calculator-answer"].map((name) => form.parentElement.querySelector(name));
  for (const place of form.querySelectorAll(".calculator-error")) place.textContent = "";
  for (const input of form.elements) input.removeAttribute("aria-invalid");
  answer.hidden = Boolean(error);
  line.classList.remove("calculator-notice");
  if (error) {
    form.elements[field].setAttribute("aria-invalid", "true");
    document.getElementById(`${form.elements[field].id}-error`).textContent = error;
    line.textContent = error;
  } else {
    line.textContent = status;
    answer.innerHTML = html;
  }
}

// Hides the fields that don't matter for the choices made, such as `ceil_mode` for a convolution.
export function showRelevant(form, values) {
  for (const place of form.querySelectorAll("[data-only-for]")) {
    const [name, choices] = place.dataset.onlyFor.split("=");
    place.hidden = !choices.split(" ").includes(values[name]);
  }
}
