// `node site.mjs FOLDER [--screenshots OUT]` judges and uses the site that `lift-errors docs --edit-url https://git.example/…`
// wrote. Every page is valid (Nu HTML checker, html-validate), its links lead to pages and elements of the site, and axe finds
// nothing, in light on a wide screen or in dark on a phone; of a selection in both, and with colours that the system forces. Chromium uses the
// site from file:// and over HTTP: searches in several scripts, filters, lands on a page by a `type` URI in the reader's language,
// with and without JavaScript, copies examples with a clipboard that works, one that is refused and none. Prints each finding, and
// exits 1 if there is one.

import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { dirname, extname, join, resolve as absolute } from "node:path";
import { parseArgs } from "node:util";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { chromium } from "playwright-core";

const { positionals, values } = parseArgs({ allowPositionals: true, options: { screenshots: { type: "string" } } });
const folder = absolute(positionals[0]);
const { resolve } = createRequire(import.meta.url);
const axe = readFileSync(resolve("axe-core/axe.min.js"), "utf8");
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const LONGEST_MS = 120_000; // of one step in the browser
const AT_ONCE = 2; // pages in the browser at a time
const SELECTED = ["index.html", "ar/index.html", "zh-Hans/index.html", "en/LIFT-0500.html", "ar/LIFT-0503.html", "uk/LIFT-1003.html", "zh-Hans/LIFT-0429.html"];
const MEDIA_TYPES = { ".html": "text/html; charset=utf-8", ".js": "text/javascript; charset=utf-8", ".md": "text/markdown; charset=utf-8" };
const ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--disable-sync", "--no-first-run"];

let failed = 0;
function expect(what, value, expected) {
  const isRight = expected instanceof RegExp ? expected.test(value) : value === expected;
  if (isRight) return;
  failed += 1;
  console.log(`${what}: ${JSON.stringify(value)}, expected ${expected}`);
}

const files = readdirSync(folder, { recursive: true }).sort();
const pages = files.filter((name) => name.endsWith(".html"));
const read = (name) => readFileSync(join(folder, name), "utf8");

/** The Nu HTML checker, which reads all pages in one run. */
async function judgeByNu() {
  const words = ["-jar", resolve("vnu-jar/build/dist/vnu.jar"), "--format", "json", "--stdout", ...pages.map((page) => join(folder, page))];
  const output = await new Promise((done) => execFile("java", words, { maxBuffer: 1 << 28 }, (_, stdout) => done(stdout)));
  for (const { type, subType, url, lastLine, message } of JSON.parse(output).messages) {
    if (type === "error" || subType === "warning") expect(`Nu: ${url.slice(folder.length + 8)}:${lastLine}`, message, "");
  }
}

async function judgeByHtmlValidate() {
  const validator = new HtmlValidate(new StaticConfigLoader({ root: true, extends: ["html-validate:recommended"] }));
  for (const page of pages) {
    const { results } = await validator.validateString(read(page), page);
    for (const { line, message, ruleId } of results.flatMap(({ messages }) => messages)) expect(page, `${line}: ${message} (${ruleId})`, "");
  }
}

/** Each link within the site leads to a file and an element of it; the others are https, and the one to improve a text has its line. */
function judgeLinks() {
  const known = new Set(files);
  const ids = new Map(pages.map((page) => [page, new Set([...read(page).matchAll(/ id="([^"]*)"/g)].map(([, id]) => id))]));
  for (const page of pages) {
    const hrefs = [...read(page).matchAll(/ href="([^"]*)"/g)].map(([, href]) => href.replaceAll("&amp;", "&"));
    for (const href of hrefs) {
      if (/^[a-z]+:/.test(href)) {
        expect(`${page}: scheme`, href, /^https:\/\//);
        continue;
      }
      const [path, id] = href.split("#");
      const target = path ? join(dirname(page), path) : page;
      expect(`${page}: ${href} is there`, known.has(target), true);
      if (id) expect(`${page}: ${href} has its element`, ids.get(target)?.has(id), true);
    }
    if (/LIFT-/.test(page)) {
      const edit = hrefs.find((href) => href.startsWith("https://git.example/"));
      const [, file, line] = /^https:\/\/git\.example\/(.+)#L(\d+)$/.exec(edit ?? "") ?? [];
      const code = /<p class="id"><code>[^<]*<\/code>[^]*?<code>code<\/code><\/th><td><code>([^<]*)</.exec(read(page))?.[1];
      expect(`${page}: the line to improve`, file && readFileSync(file, "utf8").split("\n")[line - 1], `[${code}]`);
    }
  }
}

const server = createServer((request, response) => {
  const path = decodeURIComponent(new URL(request.url, "http://localhost").pathname);
  if (path === "/favicon.ico") return response.writeHead(204).end();
  const name = path.endsWith("/") ? `${path}index.html` : path;
  try {
    const bytes = readFileSync(join(folder, name));
    response.writeHead(200, { "Content-Type": MEDIA_TYPES[extname(name)] ?? "application/json" }).end(bytes);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ARGUMENTS });

async function visit(root, options, use, prepare = () => {}) {
  const context = await browser.newContext({ locale: "en-US", ...options });
  context.setDefaultTimeout(LONGEST_MS);
  const tab = await context.newPage();
  tab.on("pageerror", (error) => expect(`${root}: script`, error.message, ""));
  tab.on("console", (message) => message.type() === "error" && expect(`${root}: console`, message.text(), ""));
  tab.on("request", (request) => expect(`${root}: request`, request.url().startsWith(root) || request.url() === "about:blank", true));
  await tab.addInitScript(prepare);
  await use(tab);
  await context.close();
}

async function useSite(root) {
  await visit(root, {}, async (tab) => {
    const visible = () => tab.locator(".list li:visible").count();
    for (const [page, query, id] of [
      ["index.html", "LIFT-0404", "LIFT-0404"],
      ["en/index.html", "too_many", "LIFT-0429"],
      ["ar/index.html", "محظور", "LIFT-0403"],
      ["zh-Hans/index.html", "服务", "LIFT-0503"],
      ["uk/index.html", "lift-1003", "LIFT-1003"],
      ["fr/index.html", "REQUETES", "LIFT-0429"],
    ]) {
      await tab.goto(root + page);
      const all = await visible();
      await tab.fill("input[name=q]", query);
      await tab.locator(`[id="${id}"]`).waitFor({ state: "visible", timeout: 5_000 }).catch(() => expect(`${page}: ${query}`, "hidden", id));
      expect(`${page}: fewer`, (await visible()) < all, true);
      expect(`${page}: count`, await tab.locator(".count").innerText(), `${await visible()} / ${all}`);
      await tab.fill("input[name=q]", "no such thing anywhere");
      expect(`${page}: none`, await tab.locator(".none").isVisible(), true);
      await tab.fill("input[name=q]", "");
      expect(`${page}: all again`, await visible(), all);
    }
    // The words of causes and fixes are loaded when somebody searches.
    await tab.goto(`${root}en/index.html`);
    expect("words are not loaded at once", await tab.evaluate(() => typeof globalThis.searchWords), "undefined");
    await tab.fill("input[name=q]", "exponential backoff");
    await tab.waitForFunction(() => document.querySelectorAll(".list li:not([hidden])").length > 0);
    expect("a word of a fix", await tab.locator("[id='LIFT-0429']").isVisible(), true);

    await tab.goto(`${root}index.html`);
    await tab.selectOption("select[name=status]", "429");
    expect("filter", await tab.locator(".list li:visible").first().getAttribute("id"), "LIFT-0429");
    await tab.selectOption("select[name=severity]", "info");
    expect("filters together", await visible(), 0);
    await tab.selectOption("select[name=status]", "");
    await tab.selectOption("select[name=severity]", "");
    await tab.selectOption("select[name=retry]", "after");
    expect("filter by retry", await tab.locator("[id='LIFT-0503']").isVisible(), true);
    expect("filter by retry: others", await tab.locator("[id='LIFT-0404']").isVisible(), false);

    expect("the header has its spaces", await tab.locator("header > a").innerText(), /^lift · Errors$/);
    // A fragment of somebody else's link is ignored, and a filter that the browser fills in again is applied.
    await tab.goto("about:blank");
    await tab.goto(`${root}index.html#%`);
    await tab.selectOption("select[name=status]", "429");
    await tab.goto(`${root}en/LIFT-0500.html`);
    await tab.goBack();
    const filter = tab.locator("select[name=status]");
    expect("filter after Back", (await visible()) === (await tab.locator(".list li").count()), (await filter.inputValue()) === "");

    await tab.goto("about:blank");
    await tab.goto(`${root}index.html#LIFT-0500`);
    await tab.waitForURL(/en\/LIFT-0500\.html$/);
    await tab.click("nav a[lang=uk]");
    await tab.waitForURL(/uk\/LIFT-0500\.html$/);
    await tab.click("header > a");
    await tab.waitForURL(/uk\/index\.html$/);
  });
  // A `type` URI leads to the page in the reader's language; without JavaScript to the item in the list.
  await visit(root, { locale: "uk-UA" }, async (tab) => {
    await tab.goto(`${root}index.html#LIFT-1003`);
    await tab.waitForURL(/uk\/LIFT-1003\.html$/);
  });
  await visit(root, { javaScriptEnabled: false }, async (tab) => {
    await tab.goto(`${root}index.html#LIFT-1003`);
    await tab.locator(":target a").click();
    await tab.waitForURL(/en\/LIFT-1003\.html$/);
    expect("no dead button", await tab.locator("button:visible").count(), 0);
  });
  // A clipboard that works, one that is refused, and none.
  const button = "button[data-of=example-envelope]";
  const said = (tab) => tab.locator(`p:has(> ${button}) [role=status]`).innerText();
  await visit(root, {}, async (tab) => {
    await tab.goto(`${root}en/LIFT-0500.html`);
    await tab.click(button);
    expect("copied", await tab.evaluate(() => globalThis.written), /^{\n {2}"errorCode": 500/);
    expect("it says so", await said(tab), "Copied");
    await tab.waitForTimeout(8_500);
    expect("and resets", await said(tab), "");
  }, () => {
    Object.defineProperty(navigator, "clipboard", { value: { writeText: async (text) => { globalThis.written = text; } } });
  });
  for (const [what, prepare] of [
    ["refused", () => {
      Object.defineProperty(navigator, "clipboard", { value: { writeText: () => Promise.reject(new Error("refused")) } });
      document.execCommand = () => false;
    }],
    ["no clipboard", () => {
      Object.defineProperty(navigator, "clipboard", { value: undefined });
      document.execCommand = () => { throw new Error("gone"); };
    }],
  ]) {
    await visit(root, {}, async (tab) => {
      await tab.goto(`${root}en/LIFT-0500.html`);
      await tab.click(button);
      expect(what, await said(tab), "Selected: copy it yourself");
      expect(`${what}: selection`, await tab.evaluate(() => getSelection().toString()), /"errorCode": 500/);
    }, prepare);
  }
}

const LOOKS = [
  { name: "light", colorScheme: "light", viewport: { width: 1280, height: 900 } },
  { name: "phone-dark", colorScheme: "dark", viewport: { width: 390, height: 844 } },
  { name: "forced", forcedColors: "active", viewport: { width: 320, height: 800 } },
];

/** axe, without the policy, which would refuse it; and whether the page is as wide as the screen. */
async function look(page) {
  // Pages that are not selected have one of the first two looks each, in turn: pages of all entries and languages are alike.
  const looks = SELECTED.includes(page) ? LOOKS : [LOOKS[pages.indexOf(page) % 2]];
  for (const { name, ...options } of looks) {
    const context = await browser.newContext({ bypassCSP: true, ...options });
    context.setDefaultTimeout(LONGEST_MS);
    const tab = await context.newPage();
    await tab.goto(`file://${folder}/${page}`);
    const needed = await tab.evaluate(() => document.documentElement.scrollWidth);
    expect(`${page}: width, ${name}`, needed <= options.viewport.width, true);
    await tab.evaluate(axe);
    const violations = await tab.evaluate(async (tags) => (await globalThis.axe.run({ runOnly: tags, resultTypes: ["violations"] })).violations.map(({ id, nodes }) => `${id}: ${nodes[0].target}`), AXE_TAGS);
    expect(`${page}: axe, ${name}`, violations.join("; "), "");
    if (values.screenshots && SELECTED.includes(page)) {
      const picture = (kind) => join(values.screenshots, `${page.replaceAll("/", "-")}-${kind}.png`);
      await tab.screenshot({ path: picture(name), fullPage: true });
      if (name === "light") {
        await tab.emulateMedia({ media: "print" });
        await tab.setViewportSize({ width: 794, height: 1123 });
        await tab.screenshot({ path: picture("print"), fullPage: true });
      }
    }
    await context.close();
  }
}

if (values.screenshots) mkdirSync(values.screenshots, { recursive: true });
judgeLinks();
await Promise.all([judgeByNu(), judgeByHtmlValidate()]);
await useSite(`file://${folder}/`);
await useSite(`http://127.0.0.1:${server.address().port}/`);
const queue = pages.values(); // shared by the workers
await Promise.all(Array.from({ length: AT_ONCE }, async () => {
  for (const page of queue) await look(page);
}));
await browser.close();
server.close();
console.log(failed ? `${failed} findings` : `${pages.length} pages are right, and the site works, from a folder and over HTTP`);
process.exitCode = failed ? 1 : 0;
