// One Chromium for a script, and the static server of the site under test.
import { chromium } from "playwright-core";
import { serve } from "./server.mjs";

export const FLAGS = [
  "--no-sandbox",
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

// Calls `work(browser, base)` and prints what it returns as JSON.
export async function withBrowser(work) {
  const site = await serve(process.env.SITE_DIR);
  const browser = await chromium.launch({ executablePath: process.env.CHROMIUM, args: FLAGS });
  try {
    console.log(JSON.stringify(await work(browser, site.base)));
  } finally {
    await browser.close();
    site.close();
  }
}

// Opens a page and waits until the theme's script has started and the fonts are there.
export async function open(page, address) {
  await page.goto(address);
  await page.waitForFunction(() => document.querySelector("html.js"));
  await page.evaluate(() => document.fonts.ready);
}
