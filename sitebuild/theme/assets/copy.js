// Copies exactly what was executed: the text in data-copy, else the text of the code in the same frame.
// One listener on the document serves every page, also after instant navigation.

function copiedText(button) {
  if (button.dataset.copy !== undefined) return button.dataset.copy;
  return button.closest(".highlight").querySelector("pre > code").textContent.replace(/\n$/, "");
}

async function write(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  const area = document.createElement("textarea");
  area.value = text;
  area.style.position = "fixed";
  document.body.append(area);
  area.select();
  const copied = document.execCommand("copy");
  area.remove();
  if (!copied) throw new Error("the browser refused to copy");
}

export function announce(text) {
  let region = document.getElementById("dc-announcement");
  if (!region) {
    region = document.createElement("div");
    region.id = "dc-announcement";
    region.setAttribute("role", "status");
    document.querySelector("main").append(region);
  }
  region.textContent = "";
  setTimeout(() => (region.textContent = text), 50);
}

// Copies a text and shows on the button how that went.
export async function copyWith(button, text, words) {
  button.dataset.label ??= button.textContent;
  let outcome = "copied";
  try {
    await write(text);
  } catch {
    outcome = "not copied";
  }
  button.textContent = outcome;
  button.dataset.outcome = outcome;
  announce(outcome === "copied" ? words : "The browser refused to copy; select the text instead");
  clearTimeout(button.restore);
  button.restore = setTimeout(() => {
    button.textContent = button.dataset.label;
    delete button.dataset.outcome;
  }, 2000);
}

document.addEventListener("click", (event) => {
  const button = event.target.closest("button.dc-copy");
  if (button) copyWith(button, copiedText(button), "Code copied to the clipboard");
});
