import { open, withBrowser } from "./chromium.mjs";
await withBrowser(async (browser, base) => {
  const out = {};
  for (let i=0;i<4;i++){
  const context = await browser.newContext({ viewport: { width: 1280, height: 900 } });
  const page = await context.newPage();
  const msgs=[]; page.on("console", m=>msgs.push(m.text())); page.on("pageerror", e=>msgs.push(String(e)));
  const reqs=[]; page.on("request", r=>reqs.push(r.url().replace(base,"")));
  await open(page, base + "calculators/convolution/");
  await page.waitForTimeout(300); const n=reqs.length;
  const t = await page.evaluate(async () => {
    const f = document.querySelector("form.calculator"); const s = document.querySelector(".calculator-answer");
    const field = f.elements.size;
    const t0 = performance.now();
    const done = new Promise(r => new MutationObserver(() => r(performance.now())).observe(s, {childList:true}));
    field.focus(); field.value="224x224"; field.dispatchEvent(new Event("input",{bubbles:true}));
    const t1 = await done;
    const done2 = new Promise(r => new MutationObserver(() => r(performance.now())).observe(s, {childList:true}));
    field.value="32x30"; field.dispatchEvent(new Event("input",{bubbles:true}));
    const ta=performance.now(); const t2 = await done2;
    return [t1-t0, t2-ta, document.querySelector(".calculator-status").textContent];
  });
  await page.waitForTimeout(400);
  out[i]={t, msgs, url: page.url(), after: reqs.slice(n)};
  if(i==3){ await page.screenshot({path:"/tmp/calc/a.png", fullPage:true}); }
  await context.close();
  }
  return out;
});
