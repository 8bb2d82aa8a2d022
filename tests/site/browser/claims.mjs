// The claims page as a reader uses it: arrives from a chapter, filters with the keyboard, links, goes back.
import { open, withBrowser } from "./chromium.mjs";

async function listed(page) {
  return page.evaluate(() => {
    const seen = (selector) => [...document.querySelectorAll(selector)].filter((element) => element.checkVisibility());
    return {
      address: location.search + location.hash,
      announced: document.querySelector(".claims-shown").textContent,
      statements: seen(".claims-list > li").length,
      topics: seen(".claims-list").length,
      headings: seen("h3").length,
    };
  });
}

async function afterTyping(page) {
  const before = page.url();
  await page.waitForFunction((address) => location.href !== address, before);
  return listed(page);
}

async function filtering(browser, base) {
  const page = await browser.newPage();
  await open(page, `${base}chapters/adam/`);
  await page.evaluate(() => (globalThis.sameDocument = true));
  await page.locator('.md-tabs a[href$="claims/"]').click();
  const filter = page.locator("form.claims-filter");
  await filter.waitFor();
  const steps = { sameDocument: await page.evaluate(() => globalThis.sameDocument === true), all: await listed(page) };

  await filter.getByLabel("Search").focus();
  await page.keyboard.type("ADAM zero");
  steps.words = await afterTyping(page);
  await page.keyboard.press("Tab");
  await page.keyboard.type("Wrong");
  steps.verdict = await afterTyping(page);
  await page.reload();
  await filter.waitFor();
  steps.reloaded = await listed(page);

  await page.locator(".claims-list > li:visible a").first().click();
  await page.waitForURL(`${base}chapters/adam/#*`);
  await page.waitForFunction(() => document.getElementById(location.hash.slice(1)));
  steps.leadsTo = await page.evaluate(() => document.getElementById(location.hash.slice(1)).className);
  await page.goBack();
  await filter.waitFor();
  steps.back = await listed(page);

  await page.evaluate(() => (location.hash = "c001"));
  await page.waitForFunction(() => location.search === "");
  steps.linked = await listed(page);
  await filter.getByLabel("Search").fill("no such words");
  steps.nothing = await afterTyping(page);
  await filter.getByRole("button", { name: "Clear" }).press("Enter");
  steps.cleared = await afterTyping(page);
  steps.keptWhenTheThemeSpeaksAgain = await filter.getByLabel("Search").evaluate((field) => {
    field.value = "momentum";
    field.dispatchEvent(new Event("input", { bubbles: true }));
    globalThis.document$.next(document);
    return field.value;
  });
  await page.goto(`${base}claims/?topic=nonsense&status=settled`);
  await filter.waitFor();
  const topic = await filter.getByLabel("Topic").evaluate((list) => list.selectedOptions[0]?.textContent);
  steps.unknownTopic = { ...(await listed(page)), topic };
  return steps;
}

async function withoutScripts(browser, base) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(`${base}claims/?words=adam`);
  return {
    statements: await page.locator(".claims-list > li:visible").count(),
    filters: await page.locator("form.claims-filter:visible").count(),
  };
}

await withBrowser(async (browser, base) => ({
  filtering: await filtering(browser, base),
  withoutScripts: await withoutScripts(browser, base),
}));
