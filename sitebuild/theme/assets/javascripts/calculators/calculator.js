// One form: reads its fields, asks Python, shows the answer, and keeps its state in the address.
import { readAddress, writeAddress } from "./address.js";
import { changeNumber, changeWindow } from "./keyboard.js";
import { showAnswer, showRelevant } from "./showing.js";

const FAILED = "The calculator could not be loaded. Try again when you are online.";
const BUSY = 400;

function valuesOf(form) {
  const named = [...form.elements].filter((field) => field.name);
  return Object.fromEntries(named.map((field) => [field.name, textOf(field)]));
}

function textOf(field) {
  if (field.type !== "checkbox") return field.value;
  return field.checked ? "yes" : "no";
}

function editText(form, text) {
  form.elements.text.value = text;
  form.elements.network.value = "own";
}

export function makeCalculator(form, python, { announce, copyWith }) {
  const status = form.parentElement.querySelector(".calculator-status");
  let answer = {};
  let link = location.href;
  let answering;
  let asked = 0;
  python.start();

  function say(words) {
    status.textContent = words;
    status.classList.add("calculator-notice");
  }

  async function update() {
    const values = valuesOf(form);
    link = writeAddress(form, values);
    showRelevant(form, values);
    form.dataset.state = "asked";
    const question = ++asked;
    const waiting = setTimeout(() => say("Computing…"), BUSY);
    try {
      const found = await python.ask({ calculator: form.dataset.calculator, values });
      if (!found || !form.isConnected) return;
      showAnswer(form, (answer = found));
      if (question === asked) form.dataset.state = "answered";
    } catch {
      say(FAILED);
    } finally {
      clearTimeout(waiting);
    }
  }

  const latest = () => (answering = update());

  function copy(button) {
    if (button.dataset.copies === "link") copyWith(button, link, "Link copied to the clipboard");
    else if (answer.code) copyWith(button, answer.code, "Code copied to the clipboard");
    else announce(answer.no_code ?? "No code: the fields have an error");
  }

  return {
    changeNumber,
    restore() {
      readAddress(form);
      return latest();
    },
    input: latest,
    reset: () => setTimeout(latest),
    async click({ target }) {
      const button = target.closest("button[type=button]");
      if (!button) return;
      await (answering ?? latest());
      if (button.dataset.copies) copy(button);
      if (button.dataset.step) changeWindow(form.elements.window, Number(button.dataset.step), answer.windows);
      if (button.dataset.edits && answer.text) editText(form, answer.text);
      if (!button.dataset.copies) latest();
    },
  };
}
