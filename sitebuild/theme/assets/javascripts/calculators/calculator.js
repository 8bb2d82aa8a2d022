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

export function makeCalculator(form, python, { announce, copyWith }) {
  const status = form.parentElement.querySelector(".calculator-status");
  let answer = {};
  let link = location.href;
  let answering;
  python.start();

  async function update() {
    const values = valuesOf(form);
    link = writeAddress(form, values);
    showRelevant(form, values);
    const waiting = setTimeout(() => (status.textContent = "Computing…"), BUSY);
    try {
      const found = await python.ask({ calculator: form.dataset.calculator, values });
      if (found && form.isConnected) showAnswer(form, (answer = found));
    } catch {
      status.textContent = FAILED;
    } finally {
      clearTimeout(waiting);
    }
  }

  const latest = () => (answering = update());

  async function copy(button) {
    await (answering ?? latest());
    if (button.dataset.copies === "link") copyWith(button, link, "Link copied to the clipboard");
    else if (answer.code) copyWith(button, answer.code, "Code copied to the clipboard");
    else announce(answer.no_code ?? "No code: the fields have an error");
  }

  form.addEventListener("keydown", changeNumber);
  return {
    restore() {
      readAddress(form);
      return latest();
    },
    input: latest,
    reset: () => setTimeout(latest),
    async click({ target }) {
      const { copies, step } = target.closest("button")?.dataset ?? {};
      if (copies) await copy(target.closest("button"));
      if (!step) return;
      await (answering ?? latest());
      changeWindow(form.elements.window, Number(step), answer.windows);
      latest();
    },
  };
}
