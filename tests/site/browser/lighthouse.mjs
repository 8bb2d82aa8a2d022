// Arguments: the least median of three performance marks, then pages. Runs Lighthouse (desktop) on each page:
// all categories once, performance until two marks of three agree on which side of the least mark the median is.
// Prints {page: {accessibility, "best-practices", seo, performance: [marks], failures: [audit]}}.
import * as chromeLauncher from "chrome-launcher";
import lighthouse, { desktopConfig } from "lighthouse";
import { FLAGS } from "./chromium.mjs";
import { serve } from "./server.mjs";

const [least, ...pages] = process.argv.slice(2);
const ALL = ["performance", "accessibility", "best-practices", "seo"];

// Static pages are quiet as soon as they are loaded, so nothing is gained by waiting a second for each kind of quiet.
const BRIEF = {
  logLevel: "silent",
  disableFullPageScreenshot: true,
  pauseAfterFcpMs: 100,
  pauseAfterLoadMs: 100,
  networkQuietThresholdMs: 200,
  cpuQuietThresholdMs: 200,
};

const site = await serve(process.env.SITE_DIR);
const chrome = await chromeLauncher.launch({ chromePath: process.env.CHROMIUM, chromeFlags: ["--headless", ...FLAGS] });

async function measure(path, onlyCategories) {
  const options = { port: chrome.port, onlyCategories, ...BRIEF };
  const { lhr } = await lighthouse(site.base + path, options, desktopConfig);
  const score = (name) => Math.round(lhr.categories[name].score * 100);
  const scores = Object.fromEntries(onlyCategories.map((name) => [name, score(name)]));
  const failures = onlyCategories
    .filter((name) => name !== "performance")
    .flatMap((name) => lhr.categories[name].auditRefs)
    .filter(({ id, weight }) => weight > 0 && lhr.audits[id].score !== null && lhr.audits[id].score < 1)
    .map(({ id }) => id);
  return { ...scores, failures };
}

function settled(marks) {
  const good = marks.filter((mark) => mark >= Number(least)).length;
  return good === 2 || marks.length - good === 2;
}

const reports = {};
try {
  for (const path of pages) {
    const report = await measure(path, ALL);
    const performance = [report.performance];
    while (!settled(performance)) performance.push((await measure(path, ["performance"])).performance);
    reports[path] = { ...report, performance };
  }
} finally {
  await chrome.kill();
  site.close();
}
console.log(JSON.stringify(reports));
