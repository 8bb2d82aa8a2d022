// Argument: a page with code. What a reader does there: follows a link, copies, uses the keyboard, changes colours.
import { open, withBrowser } from "./chromium.mjs";

const path = process.argv[2];
const clipboard = (page) => page.evaluate(() => navigator.clipboard.readText());
const codeOf = (button) => button.evaluate((element) => element.closest(".highlight").querySelector("code").textContent);
const plain = (page) => page.locator("button.dc-copy:not([data-copy]):visible").first();

async function copyAfterInstantNavigation(browser, base) {
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  await open(page, base);
  await page.evaluate(() => (globalThis.sameDocument = true));
  await page.locator(`.md-content a[href$="${path}"]`).first().click();
  await page.waitForURL(base + path);
  const button = plain(page);
  await button.press("Enter");
  const announced = page.getByRole("status").filter({ hasText: "Code copied to the clipboard" });
  await announced.waitFor({ state: "attached" });
  return {
    sameDocument: await page.evaluate(() => globalThis.sameDocument === true),
    copied: (await clipboard(page)) === (await codeOf(button)).replace(/\n$/, ""),
  };
}

async function copyWithoutClipboardInterface(browser, base) {
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"] });
  const page = await context.newPage();
  await open(page, base + path);
  const reader = await context.newPage();
  await open(reader, base + path);
  await page.bringToFront();
  await page.evaluate(() => Object.defineProperty(navigator, "clipboard", { value: undefined }));
  const button = plain(page);
  await button.click();
  await button.and(page.locator('[data-outcome="copied"]')).waitFor();
  const expected = (await codeOf(button)).replace(/\n$/, "");
  await reader.bringToFront();
  return { copied: (await clipboard(reader)) === expected };
}

async function keyboard(browser, base) {
  const page = await browser.newPage();
  await open(page, base + path);
  const outlines = {};
  for (const [name, selector] of Object.entries({ copy: ".dc-copy", details: ".dc-state > summary", link: ".dc-anchor" })) {
    const element = page.locator(`${selector}:visible`).first();
    await element.focus();
    await page.keyboard.press("Shift+Tab");
    await page.keyboard.press("Tab");
    outlines[name] = await element.evaluate((node) => {
      const style = getComputedStyle(node);
      return node === document.activeElement && style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2;
    });
  }
  return outlines;
}

async function colours(browser, base) {
  const page = await browser.newPage({ colorScheme: "light" });
  await open(page, base + path);
  const background = () => page.evaluate(() => getComputedStyle(document.body).backgroundColor);
  const light = await background();
  await page.getByTitle("Switch to the dark colours").click();
  const dark = await background();
  await page.reload();
  return { changed: light !== dark, kept: (await background()) === dark };
}

async function motion(browser, base) {
  const moving = async (reducedMotion) => {
    const page = await browser.newPage({ reducedMotion });
    await open(page, base + path);
    return page.evaluate(() => {
      const durations = (element) => getComputedStyle(element).transitionDuration.split(",").map(parseFloat);
      return [...document.querySelectorAll("body *")].some((element) => Math.max(...durations(element)) > 0.01);
    });
  };
  return { usually: await moving("no-preference"), reduced: await moving("reduce") };
}

await withBrowser(async (browser, base) => ({
  instant: await copyAfterInstantNavigation(browser, base),
  fallback: await copyWithoutClipboardInterface(browser, base),
  focus: await keyboard(browser, base),
  colours: await colours(browser, base),
  motion: await motion(browser, base),
}));
