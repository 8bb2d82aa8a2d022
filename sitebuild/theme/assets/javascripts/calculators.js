// Wakes a page's calculator when a reader touches its form or follows a link that holds a result.
// Until then nothing else is loaded.
import { announce, copyWith } from "../copy.js";

const START = ["pointerdown", "focusin"];
const EVENTS = ["input", "click", "reset"];
const ARROWS = { ArrowUp: 1, ArrowDown: -1 };

function isLinked(form) {
  const asked = new URLSearchParams(location.search);
  return [...form.elements].some((field) => field.name && asked.has(field.name));
}

// Arrow keys change the number at the cursor, so that a result can be watched while an argument grows.
async function press(event, load) {
  const { target: field, key } = event;
  const hasModifier = event.altKey || event.ctrlKey || event.metaKey || event.shiftKey;
  if (!ARROWS[key] || field.type !== "text" || hasModifier) return;
  event.preventDefault();
  const cursor = field.selectionStart;
  (await load()).changeNumber(field, cursor, ARROWS[key]);
}

function start() {
  const form = document.querySelector("form.calculator[hidden]");
  if (!form) return;
  form.hidden = false;
  let loading;
  const load = () =>
    (loading ??= Promise.all([import("./calculators/calculator.js"), import("./calculators/python.js")]).then(
      ([{ makeCalculator }, python]) => makeCalculator(form, python, { announce, copyWith }),
    ));
  for (const type of START) form.addEventListener(type, load, { once: true });
  for (const type of EVENTS) {
    form.addEventListener(type, async (event) => (await load())[type](event));
  }
  form.addEventListener("keydown", (event) => press(event, load));
  form.addEventListener("submit", (event) => event.preventDefault());
  if (isLinked(form)) load().then((calculator) => calculator.restore());
}

// Material's `document$` speaks on the first page and after each instant navigation.
if (typeof document$ === "undefined") start();
else document$.subscribe(start);
