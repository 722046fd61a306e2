// `node site.mjs FOLDER [--screenshots OUT]` uses the site that `lift-errors docs` wrote, in Chromium, from file:// and over HTTP:
// searches in several scripts, filters, lands on a page by a `type` URI, copies examples with and without a clipboard. It also
// checks a selection of pages with Nu, html-validate and axe, light and dark, at two widths. Exits 1 at any finding.

import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { join, resolve as absolute } from "node:path";
import { parseArgs } from "node:util";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { chromium } from "playwright-core";

const { positionals, values } = parseArgs({ allowPositionals: true, options: { screenshots: { type: "string" } } });
const folder = absolute(positionals[0]);
const { resolve } = createRequire(import.meta.url);
const axe = readFileSync(resolve("axe-core/axe.min.js"), "utf8");
let failed = 0;
function expect(what, value, expected) {
  const isRight = expected instanceof RegExp ? expected.test(value) : value === expected;
  if (isRight) return;
  failed += 1;
  console.log(`${what}: ${JSON.stringify(value)}, expected ${expected}`);
}

const PAGES = ["index.html", "ar/index.html", "zh-Hans/index.html", "en/LIFT-0500.html", "ar/LIFT-0503.html", "uk/LIFT-1003.html"];
const validator = new HtmlValidate(new StaticConfigLoader({ root: true, extends: ["html-validate:recommended"] }));
for (const page of PAGES) {
  const { results } = await validator.validateString(readFileSync(join(folder, page), "utf8"), page);
  for (const { line, message, ruleId } of results.flatMap(({ messages }) => messages)) expect(page, `${line}: ${message} (${ruleId})`, "");
}
try {
  const paths = PAGES.map((page) => join(folder, page));
  execFileSync("java", ["-jar", resolve("vnu-jar/build/dist/vnu.jar"), "--errors-only", ...paths], { stdio: "pipe" });
} catch (error) {
  expect("Nu", String(error.stderr), "");
}

const server = createServer((request, response) => {
  const path = new URL(request.url, "http://localhost").pathname;
  try {
    response.writeHead(200, { "Content-Type": "text/html; charset=utf-8" }).end(readFileSync(join(folder, path.endsWith("/") ? `${path}index.html` : path)));
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });

for (const root of [`file://${folder}/`, `http://127.0.0.1:${server.address().port}/`]) {
  const context = await browser.newContext();
  const tab = await context.newPage();
  tab.on("pageerror", (error) => expect(`${root}: script`, error.message, ""));
  tab.on("console", (message) => message.type() === "error" && !message.text().includes("404") && expect(`${root}: console`, message.text(), ""));
  const visible = () => tab.locator(".list li:visible").count();
  for (const [page, query, id] of [
    ["index.html", "LIFT-0404", "LIFT-0404"],
    ["en/index.html", "too_many", "LIFT-0429"],
    ["ar/index.html", "محظور", "LIFT-0403"],
    ["zh-Hans/index.html", "服务", "LIFT-0503"],
    ["uk/index.html", "lift-1003", "LIFT-1003"],
  ]) {
    await tab.goto(root + page);
    const all = await visible();
    await tab.fill("input[name=q]", query);
    expect(`${page}: ${query}`, await tab.locator(`[id="${id}"]`).isVisible(), true);
    expect(`${page}: fewer`, (await visible()) < all, true);
    await tab.fill("input[name=q]", "no such thing anywhere");
    expect(`${page}: none`, await tab.locator("#none").isVisible(), true);
  }
  await tab.goto(`${root}index.html`);
  await tab.selectOption("select[name=status]", "429");
  expect("filter", await tab.locator(".list li:visible").first().getAttribute("data-status"), "429");
  await tab.goto("about:blank");
  await tab.goto(`${root}index.html#LIFT-0500`);
  await tab.waitForURL(/LIFT-0500\.html$/);
  await tab.click("nav a[lang=uk]");
  await tab.waitForURL(/uk\/LIFT-0500\.html$/);
  await tab.evaluate(() => {
    Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => { globalThis.written = text; } } });
  });
  await tab.locator("button[data-of=envelope]").click();
  expect("copied", await tab.evaluate(() => globalThis.written), /"errorCode": 500/);
  await tab.evaluate(() => {
    Object.defineProperty(document, "execCommand", { value: () => false });
    navigator.clipboard.writeText = () => Promise.reject(new Error("refused"));
  });
  await tab.locator("button[data-of=envelope]").click();
  expect("selected", await tab.evaluate(() => getSelection().toString()), /"errorCode": 500/);
  await context.close();
}

for (const page of PAGES) {
  for (const [colorScheme, width] of [["light", 1280], ["dark", 390]]) {
    const context = await browser.newContext({ bypassCSP: true, colorScheme, viewport: { width, height: 800 } });
    const tab = await context.newPage();
    await tab.goto(`file://${folder}/${page}`);
    const needed = await tab.evaluate(() => document.documentElement.scrollWidth);
    expect(`${page}: width ${width}`, needed <= width, true);
    await tab.evaluate(axe);
    const tags = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"];
    const violations = await tab.evaluate(async (tags) => (await globalThis.axe.run({ runOnly: tags })).violations.map(({ id, nodes }) => `${id}: ${nodes[0].target}`), tags);
    expect(`${page}: axe, ${colorScheme}`, violations.join("; "), "");
    if (values.screenshots) {
      mkdirSync(values.screenshots, { recursive: true });
      await tab.screenshot({ path: join(values.screenshots, `${page.replaceAll("/", "-")}-${colorScheme}.png`), fullPage: true });
      if (width === 1280) {
        await tab.emulateMedia({ media: "print" });
        await tab.screenshot({ path: join(values.screenshots, `${page.replaceAll("/", "-")}-print.png`), fullPage: true });
      }
    }
    await context.close();
  }
}
await browser.close();
server.close();
console.log(failed ? `${failed} findings` : "the site works, from a folder and over HTTP");
process.exitCode = failed ? 1 : 0;
