// Arguments: queries. Types each into the search box and prints the addresses found: {query: [address]}.
import { open, withBrowser } from "./chromium.mjs";

await withBrowser(async (browser, base) => {
  const page = await browser.newPage();
  await open(page, base);
  const state = (text) => page.locator(".md-search-result__meta").filter({ hasText: text }).waitFor({ state: "attached" });
  const box = page.getByRole("textbox", { name: "Search" });
  const found = {};
  for (const query of process.argv.slice(2)) {
    await state("Type to start searching");
    await box.click();
    await box.pressSequentially(query);
    await state(/matching document/);
    await page.waitForTimeout(300);
    const links = page.locator("a.md-search-result__link");
    const addresses = await links.evaluateAll((elements) => elements.map((element) => element.href));
    found[query] = addresses.map((address) => address.slice(base.length));
    await box.fill("");
  }
  return found;
});
