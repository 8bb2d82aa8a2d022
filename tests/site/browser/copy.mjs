// Presses every copy button of every page and prints what the clipboard then holds:
// {page: [{anchor, snippet, text}]}.
import { readdirSync } from "node:fs";
import { open, withBrowser } from "./chromium.mjs";

const pages = readdirSync(process.env.SITE_DIR, { recursive: true })
  .filter((file) => file.endsWith(".html"))
  .map((file) => file.replace(/index\.html$/, ""))
  .sort();

// Folded solutions are unfolded and hidden tabs shown, so that each button can be pressed.
const UNFOLD = `
  document.querySelectorAll("details").forEach((details) => (details.open = true));
  document.querySelectorAll(".tabbed-block").forEach((block) => (block.style.display = "block"));
`;

// The first button of a page is pressed with the mouse, the others by script.
async function pressAll(buttons) {
  const copied = [];
  for (const button of buttons) {
    if (!button.dataset.outcome) {
      await navigator.clipboard.writeText("nothing was copied");
      button.click();
    }
    while (!button.dataset.outcome) await new Promise((resolve) => setTimeout(resolve, 2));
    const anchor = button.closest(".highlight").id;
    const { snippet } = button.closest(".dc-bar").dataset;
    copied.push({ anchor, snippet, text: await navigator.clipboard.readText() });
  }
  return copied;
}

await withBrowser(async (browser, base) => {
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  const copied = {};
  for (const path of pages) {
    await open(page, base + path);
    await page.evaluate(UNFOLD);
    const buttons = page.locator("button.dc-copy");
    if ((await buttons.count()) === 0) continue;
    await page.evaluate(() => navigator.clipboard.writeText("nothing was copied"));
    await buttons.first().click();
    copied[path] = await buttons.evaluateAll(pressAll);
  }
  return copied;
});
