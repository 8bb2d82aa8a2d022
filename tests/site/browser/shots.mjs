import { open, withBrowser } from "./chromium.mjs";
const pages=JSON.parse(process.argv[2]);
await withBrowser(async (browser, base) => {
  const out={};
  for (const [name, path, scheme, width] of pages) {
    const context = await browser.newContext({ colorScheme: scheme, viewport: { width, height: 900 } });
    const page = await context.newPage();
    const msgs=[]; page.on("console", m=>msgs.push(m.text())); page.on("pageerror", e=>msgs.push(String(e)));
    await open(page, base + path);
    await page.waitForTimeout(path.includes("?")?1200:200);
    out[name]=[msgs, await page.locator(".calculator-status").textContent().catch(()=>"")];
    await page.screenshot({path:`/tmp/calc/${name}.png`, fullPage:true});
    await context.close();
  }
  return out;
});
