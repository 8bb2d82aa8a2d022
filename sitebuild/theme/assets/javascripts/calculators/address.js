// The state of a form in the address: each field by its name, nothing while all fields hold their first values.
const PAUSE = 250;

let waiting;

export function readAddress(form) {
  const asked = new URLSearchParams(location.search);
  for (const field of form.elements) {
    const text = field.name ? asked.get(field.name) : null;
    if (text === null) continue;
    if (field.type === "checkbox") field.checked = text === "yes";
    else if (field.tagName !== "SELECT") field.value = text;
    else if ([...field.options].some((option) => option.value === text)) field.value = text;
  }
}

// Gives the link to the present state at once, and writes it into the address after a pause.
export function writeAddress(form, values) {
  const address = new URL(location.href);
  address.hash = "";
  const isFirst = Object.entries(values).every(([name, text]) => text === firstText(form.elements[name]));
  for (const [name, text] of Object.entries(values)) {
    if (isFirst) address.searchParams.delete(name);
    else address.searchParams.set(name, text);
  }
  clearTimeout(waiting);
  waiting = setTimeout(() => {
    const isNew = form.isConnected && address.pathname === location.pathname && address.search !== location.search;
    if (isNew) history.replaceState(history.state, "", address);
  }, PAUSE);
  return address.href;
}

function firstText(field) {
  if (field.type === "checkbox") return field.defaultChecked ? "yes" : "no";
  if (field.tagName === "SELECT") return [...field.options].find((option) => option.defaultSelected)?.value ?? "";
  return field.defaultValue;
}
