// Arguments: pages. Each is opened wide, in light and in dark, and narrow: what axe finds, what the console says,
// requests that leave the site or fail, and whether the page scrolls sideways. A page whose address holds the state
// of a calculator is looked at once that has answered.
import { createRequire } from "node:module";
import { open, withBrowser } from "./chromium.mjs";

const AXE = createRequire(import.meta.url).resolve("axe-core/axe.min.js");
const RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];

async function audit(browser, base, path, colorScheme, width) {
  const context = await browser.newContext({ colorScheme, viewport: { width, height: 900 }, reducedMotion: "reduce" });
  const page = await context.newPage();
  const troubles = [];
  page.on("console", (message) => message.type() === "error" && troubles.push(`console: ${message.text()}`));
  page.on("pageerror", (error) => troubles.push(`script: ${error.message}`));
  page.on("request", (request) => {
    const address = request.url();
    if (!address.startsWith(base) && !/^(data|blob):/.test(address)) troubles.push(`third party: ${address}`);
  });
  page.on("requestfailed", (request) => troubles.push(`failed: ${request.url()}`));
  page.on("response", (response) => response.status() >= 400 && troubles.push(`${response.status()}: ${response.url()}`));

  await open(page, base + path);
  if (path.includes("?")) await page.locator("form[data-state=answered]").waitFor();
  const sideways = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
  if (sideways > 0) troubles.push(`scrolls sideways by ${sideways} px`);

  await page.evaluate(() => document.querySelectorAll("main details").forEach((details) => (details.open = true)));
  await page.addScriptTag({ path: AXE });
  const found = await page.evaluate(
    // What a formula shows is hidden from screen readers, which read its MathML: thousands of nodes to leave out.
    (rules) => globalThis.axe.run({ exclude: [[".katex-html"]] }, { runOnly: rules }),
    RULES,
  );
  for (const violation of found.violations) {
    const example = violation.nodes[0];
    troubles.push(`axe ${violation.id} (${violation.nodes.length}): ${example.html.slice(0, 160)} ${example.failureSummary}`);
  }
  const scheme = await page.evaluate(() => document.body.dataset.mdColorScheme);
  await context.close();
  return { path, scheme, width, troubles, rulesPassed: found.passes.length };
}

const LOOKS = [["light", 1280], ["dark", 1280], ["light", 375]];

await withBrowser(async (browser, base) => {
  const reports = [];
  for (const path of process.argv.slice(2)) {
    reports.push(...(await Promise.all(LOOKS.map((look) => audit(browser, base, path, ...look)))));
  }
  return reports;
});
