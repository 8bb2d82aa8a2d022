// Arrow keys change the number at the cursor, so that a result can be watched while an argument grows.
const STEPS = { ArrowUp: 1, ArrowDown: -1 };

export function changeNumber(event) {
  const field = event.target;
  const step = STEPS[event.key];
  if (!step || field.type !== "text" || event.altKey || event.ctrlKey || event.metaKey || event.shiftKey) return;
  const cursor = field.selectionStart;
  const numbers = [...field.value.matchAll(/\d+/g)];
  const number = numbers.find(({ index, 0: digits }) => cursor <= index + digits.length) ?? numbers.at(-1);
  if (!number || number[0].length > 15) return;
  event.preventDefault();
  const { index, 0: digits } = number;
  const changed = String(Math.max(0, Number(digits) + step));
  field.setRangeText(changed, index, index + digits.length, "end");
  field.dispatchEvent(new Event("input", { bubbles: true }));
}

export function changeWindow(field, step, count = 1) {
  const last = count - 1;
  const now = Math.min(Math.max(Number.parseInt(field.value, 10) || 0, 0), last);
  field.value = Math.min(Math.max(now + step, 0), last);
}
