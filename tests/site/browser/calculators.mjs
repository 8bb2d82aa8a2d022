// Arguments: a file with requests, [{calculator, values}], and the seconds within which a first answer is soon.
// What readers do with the calculators, and what they see.
import { readFileSync } from "node:fs";
import { open, withBrowser } from "./chromium.mjs";

const requests = JSON.parse(readFileSync(process.argv[2], "utf8"));
const soon = Number(process.argv[3]);
const PARTS = "assets/javascripts/calculators/";
const address = (base, name, values) => `${base}calculators/${name}/${values ? `?${new URLSearchParams(values)}` : ""}`;

// Opens a calculator and notes which of its parts it loads.
async function opened(browser, base, name, values, options = {}) {
  const context = await browser.newContext({ permissions: ["clipboard-read", "clipboard-write"], ...options });
  const page = await context.newPage();
  const loaded = [];
  page.on("request", (request) => loaded.push(request.url().replace(base, "")));
  await open(page, address(base, name, values));
  return { page, context, form: page.locator("form.calculator"), loaded };
}

// Waits for the answer to what was done last.
async function answered(page) {
  await page.waitForFunction(() => document.querySelector("form.calculator").dataset.state === "answered");
  return page.evaluate(() => {
    const seen = (element) => element.checkVisibility({ visibilityProperty: true });
    const invalid = [...document.querySelectorAll("[aria-invalid]")];
    const described = (field) => document.getElementById(`${field.id}-error`);
    const answer = document.querySelector(".calculator-answer");
    return {
      status: document.querySelector(".calculator-status").textContent,
      html: seen(answer) ? answer.innerHTML : "",
      errors: invalid.map((field) => [field.name, described(field).textContent, seen(described(field))]),
    };
  });
}

async function fill(form, values) {
  await form.evaluate((element, texts) => {
    for (const [name, text] of Object.entries(texts)) {
      const field = element.elements[name];
      if (field.type === "checkbox") field.checked = text === "yes";
      else field.value = text;
    }
    element.dispatchEvent(new Event("input", { bubbles: true }));
  }, values);
}

// Fills in one calculator again and again.
async function filled(browser, base, name) {
  const { page, context, form } = await opened(browser, base, name);
  const answers = [];
  for (const { values } of requests.filter(({ calculator }) => calculator === name)) {
    await fill(form, values);
    answers.push(await answered(page));
  }
  await context.close();
  return [name, answers];
}

async function quiet(browser, base) {
  const { page, context, form, loaded } = await opened(browser, base, "convolution");
  await page.mouse.move(300, 300);
  const before = loaded.filter((part) => part.startsWith(PARTS));
  await form.getByLabel("Input size").click();
  await form.getByLabel("Input size").fill("11");
  await answered(page);
  const parts = [...new Set(loaded)].filter((part) => part.startsWith("assets/javascripts/calculators"));
  await context.setOffline(true);
  await form.getByLabel("Input size").fill("13");
  const offline = await answered(page);
  await context.close();
  return { before, parts, offline: offline.status };
}

// How many times as long as it computes a program takes here now: 1 on a quiet machine.
function busy() {
  const [start, used] = [performance.now(), process.cpuUsage()];
  const computed = () => (process.cpuUsage(used).user + process.cpuUsage(used).system) / 1000;
  while (computed() < 50);
  return (performance.now() - start) / computed();
}

// A cold cache each time: from the click to the answer on the page.
async function first(browser, base) {
  const { page, context, form } = await opened(browser, base, "convolution");
  await form.evaluate((element) => {
    element.addEventListener("pointerdown", () => (globalThis.pressed = performance.now()), { capture: true });
    const answer = document.querySelector(".calculator-answer");
    new MutationObserver(() => (globalThis.seconds ??= (performance.now() - globalThis.pressed) / 1000)).observe(answer, { childList: true });
  });
  await form.getByRole("button", { name: "Next window" }).click();
  await page.waitForFunction(() => globalThis.seconds !== undefined);
  const seconds = await page.evaluate(() => globalThis.seconds);
  await context.close();
  return seconds;
}

async function keyboard(browser, base) {
  const { page, context, form } = await opened(browser, base, "convolution");
  await form.getByLabel("Input size").focus();
  await page.keyboard.press("Control+A");
  await page.keyboard.type("12x9");
  await page.keyboard.press("ArrowUp");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowDown");
  const steps = { size: await form.getByLabel("Input size").inputValue(), changed: (await answered(page)).status };
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  await page.keyboard.type("50");
  steps.error = (await answered(page)).errors;
  await form.getByRole("button", { name: "First values" }).press("Enter");
  await page.waitForTimeout(20);
  steps.reset = (await answered(page)).status;
  for (const name of ["Next window", "Next window", "Previous window"]) {
    await form.getByRole("button", { name }).press("Enter");
    await page.waitForTimeout(20);
    await answered(page);
  }
  steps.window = await form.getByLabel("Window drawn").inputValue();
  await form.getByLabel("With bias").press("Space");
  steps.unticked = (await answered(page)).status;
  await context.close();
  return steps;
}

async function copying(browser, base) {
  const { page, context, form } = await opened(browser, base, "transposed-convolution");
  const copied = async (name) => {
    await page.evaluate(() => navigator.clipboard.writeText("nothing was copied"));
    const button = form.getByRole("button", { name });
    await button.click();
    await form.locator("[data-outcome=copied]").waitFor();
    const text = await page.evaluate(() => navigator.clipboard.readText());
    await page.evaluate(() => document.querySelectorAll("[data-outcome]").forEach((each) => delete each.dataset.outcome));
    return text;
  };
  const steps = { untouched: await copied("Copy as PyTorch") };
  await form.getByLabel("Input size").fill("5x6");
  steps.code = await copied("Copy as PyTorch");
  steps.link = (await copied("Copy link")).replace(base, "");
  await form.getByLabel("Stride").fill("0");
  await answered(page);
  await form.getByRole("button", { name: "Copy as PyTorch" }).click();
  const said = page.getByRole("status").filter({ hasText: "No code: the fields have an error" });
  steps.refused = await said.waitFor({ state: "attached" }).then(() => true);
  await context.close();
  return steps;
}

// Type, follow the link in a second page, go on to another calculator by a link, and back.
async function linking(browser, base) {
  const { page, context, form } = await opened(browser, base, "inverse");
  await page.evaluate(() => (globalThis.sameDocument = true));
  await form.getByLabel("Looking for").selectOption("pool");
  await form.getByLabel("To the output size").fill("11");
  const typed = await answered(page);
  await page.waitForURL("**/?layer=pool*");
  const second = await opened(browser, base, "inverse", Object.fromEntries(new URL(page.url()).searchParams));
  const steps = { same: (await answered(second.page)).html === typed.html };
  await second.context.close();
  steps.length = await page.evaluate(() => history.length);
  await page.locator(".calculator-rows a").first().click();
  await page.waitForURL("**/pooling/?size=32*");
  await page.locator("form[data-calculator=pooling]").waitFor();
  steps.followed = (await answered(page)).status;
  await page.goBack();
  await page.waitForURL("**/inverse/?layer=pool*");
  await page.locator("form[data-calculator=inverse]").waitFor();
  steps.back = (await answered(page)).html === typed.html;
  steps.sameDocument = await page.evaluate(() => globalThis.sameDocument === true);
  await page.locator("form.calculator").getByRole("button", { name: "First values" }).click();
  await page.waitForURL((url) => url.search === "");
  steps.cleared = (await answered(page)).status;
  await context.close();
  return steps;
}

async function editing(browser, base) {
  const { page, context, form } = await opened(browser, base, "network", { network: "lenet5", unit: "nonsense" });
  const ready = (await answered(page)).status;
  await form.getByRole("button", { name: "Edit as text" }).click();
  await form.getByLabel("Layers").waitFor();
  const edited = (await answered(page)).status;
  const text = await form.getByLabel("Layers").inputValue();
  await context.close();
  return { ready, edited, text };
}

async function withoutScripts(browser, base) {
  const context = await browser.newContext({ javaScriptEnabled: false });
  const page = await context.newPage();
  await page.goto(address(base, "convolution"));
  const seen = {
    forms: await page.locator("form.calculator:visible").count(),
    sentence: await page.locator(".calculator-absent:visible").count(),
    output: await page.locator(".calculator-figures dd").first().textContent(),
    drawings: await page.locator("svg.calculator-drawing:visible").count(),
  };
  await context.close();
  return seen;
}

async function broken(browser, base) {
  const { page, context, form } = await opened(browser, base, "convolution");
  await page.route("**/files.json", (route) => route.abort());
  await form.getByLabel("Input size").fill("9");
  await page.getByText("The calculator could not be loaded").waitFor();
  await page.unroute("**/files.json");
  await form.getByLabel("Input size").fill("10");
  const { status } = await answered(page);
  await context.close();
  return { status };
}

// Typing goes on while a slow connection still loads: nothing is loaded twice.
async function slow(browser, base) {
  const { page, context, form, loaded } = await opened(browser, base, "convolution");
  await page.route("**/files.json", (route) => setTimeout(() => route.continue(), 2500));
  await form.getByLabel("Input size").fill("9");
  await page.waitForTimeout(2000);
  await form.getByLabel("Input size").fill("10");
  const { status } = await answered(page);
  await context.close();
  return { status, loads: loaded.filter((part) => part.endsWith("files.json")).length };
}

// A search of some seconds gives way to the next question.
async function busySearch(browser, base) {
  const { page, context, form, loaded } = await opened(browser, base, "inverse");
  await form.getByLabel("From the input size").fill("32");
  await answered(page);
  await fill(form, { kernel_size: "", limits: "kernel_size=100 stride=100 padding=9" });
  await page.getByText("Computing…").waitFor();
  await page.waitForTimeout(1600);
  await fill(form, { kernel_size: "4", limits: "" });
  const { status } = await answered(page);
  await context.close();
  return { status, loads: loaded.filter((part) => part.endsWith("worker.js")).length };
}

await withBrowser(async (browser, base) => {
  const seconds = [];
  while (seconds.length < 8 && !(Math.min(...seconds) < soon)) seconds.push((await first(browser, base)) / busy());
  const names = [...new Set(requests.map(({ calculator }) => calculator))];
  const filledIn = await Promise.all(names.map((name) => filled(browser, base, name)));
  const visits = { quiet, keyboard, linking, editing, withoutScripts, broken, slow, busySearch };
  const noted = (visit) => visit(browser, base).catch((error) => ({ failed: error.message }));
  const seen = await Promise.all(Object.entries(visits).map(async ([name, visit]) => [name, await noted(visit)]));
  return {
    seconds,
    filled: Object.fromEntries(filledIn),
    copying: await noted(copying),
    ...Object.fromEntries(seen),
  };
});
