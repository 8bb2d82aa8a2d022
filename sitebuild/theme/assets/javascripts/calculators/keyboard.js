// The number at the cursor, and the window that is drawn, one more or one less.
export function changeNumber(field, cursor, step) {
  const numbers = [...field.value.matchAll(/\d+/g)];
  const number = numbers.find(({ index, 0: digits }) => cursor <= index + digits.length) ?? numbers.at(-1);
  if (!number || number[0].length > 15) return;
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
