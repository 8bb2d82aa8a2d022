// The filter of the claims page. Its state is in the address, so that a filtered list can be linked and reloaded.

// Not `q`: the theme opens its own search for an address with that.
const FIELDS = ["words", "verdict", "topic", "status"];

function stateIn(form) {
  const values = new FormData(form);
  return Object.fromEntries(FIELDS.map((field) => [field, (values.get(field) ?? "").trim()]));
}

function readAddress(form) {
  const values = new URLSearchParams(location.search);
  for (const field of FIELDS) form.elements[field].value = values.get(field) ?? "";
  for (const list of form.querySelectorAll("select")) if (list.selectedIndex < 0) list.value = "";
}

function writeAddress(state) {
  const address = new URL(location.href);
  for (const field of FIELDS) {
    if (state[field]) address.searchParams.set(field, state[field]);
    else address.searchParams.delete(field);
  }
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}

function plain(text) {
  return text.toLowerCase().replace(/\s+/g, " ");
}

function matches(row, state, words) {
  if (state.verdict && row.dataset.verdict !== state.verdict) return false;
  if (state.status && (state.status === "settled") !== Boolean(row.dataset.verdict)) return false;
  const text = plain(row.textContent);
  return words.every((word) => text.includes(word));
}

function show(form, lists) {
  const state = stateIn(form);
  const words = plain(state.words).split(" ");
  let shown = 0;
  let total = 0;
  for (const list of lists) {
    let left = 0;
    for (const row of list.children) {
      const inTopic = !state.topic || list.dataset.topic === state.topic;
      row.hidden = !(inTopic && matches(row, state, words));
      left += row.hidden ? 0 : 1;
    }
    list.hidden = list.previousElementSibling.hidden = left === 0;
    shown += left;
    total += list.children.length;
  }
  const announcement = shown === total ? `All ${total} statements` : `${shown || "None"} of ${total} statements`;
  form.querySelector("[role=status]").textContent = announcement;
  return state;
}

function start() {
  const form = document.querySelector("form.claims-filter");
  const isNew = form?.hidden;
  if (!isNew) return;
  const lists = document.querySelectorAll("ul.claims-list");
  let waiting;
  const update = () => {
    const state = show(form, lists);
    clearTimeout(waiting);
    waiting = setTimeout(() => form.isConnected && writeAddress(state), 200);
  };
  form.addEventListener("input", update);
  form.addEventListener("reset", () => setTimeout(update));
  form.addEventListener("submit", (event) => event.preventDefault());
  readAddress(form);
  show(form, lists);
  form.hidden = false;
}

// A link to a statement or a topic that the filter hides clears the filter.
window.addEventListener("hashchange", () => {
  const form = document.querySelector("form.claims-filter");
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (!form || !target?.hidden) return;
  form.reset();
  setTimeout(() => target.scrollIntoView());
});

// Material's `document$` speaks on the first page and after each instant navigation.
if (typeof document$ === "undefined") document.addEventListener("DOMContentLoaded", start);
else document$.subscribe(start);
