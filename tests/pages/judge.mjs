// `node judge.mjs FOLDER [--screenshots OUT] [--brief]` judges every *.html of a folder as a browser's user would meet it: each is
// valid (Nu HTML checker, html-validate), small, accessible (axe, WCAG 2.2 AA) in light and dark at three widths, never
// scrolls sideways, asks for no other address, breaks no rule of the Content-Security-Policy in `<name>.csp` beside it, and
// says the same without JavaScript. `--brief` is for hundreds of pages that are alike: the browser opens each once, on a narrow screen,
// in light or in dark, and axe is asked there. One line for a good page, one for each finding; exits 1 at any finding, 2 where
// it could not judge. Needs `npm ci`, Java 17 and /usr/bin/chromium.

import { execFile } from "node:child_process";
import { mkdirSync, readFileSync, readdirSync } from "node:fs";
import { createServer } from "node:http";
import { createRequire } from "node:module";
import { basename, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { HtmlValidate, StaticConfigLoader } from "html-validate";
import { chromium } from "playwright-core";

const MOST_BYTES = 20_000; // exclusive
const SCHEMES = ["light", "dark"];
const SIZES = [320, 390, 1280].map((width) => ({ width, height: 800 })); // the narrowest has no picture
const A4 = { width: 794, height: 1123 };
const AXE_TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"];
const AT_ONCE = 2; // pages in the browser at a time
const LONGEST_MS = 60_000; // of one step in the browser
const BROWSER = {
  executablePath: "/usr/bin/chromium",
  args: [
    ...["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update"],
    ...["--disable-sync", "--no-first-run"],
    "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1", // what a page asks for is reported, and never reached
  ],
};
// The recommended rules, all of them: none forbids `<style>` and `<script>` in the page (require-sri and the like are not among
// them), and no-inline-style only forbids `style` attributes, which a policy with hashes would refuse too.
const RULES = { root: true, extends: ["html-validate:recommended"] };
// Pseudo-locales make each text longer on purpose, by nearly a half.
const PSEUDO_LOCALE = /\.(ar-XB|en-XA)$/;
const RULES_OF_PSEUDO_LOCALES = { ...RULES, rules: { "long-title": ["error", { maxlength: 100 }] } };
const ORIGIN = /http:\/\/127\.0\.0\.1:\d+/g; // of our own server, whose port differs from run to run
const { resolve } = createRequire(import.meta.url);
const NU = resolve("vnu-jar/build/dist/vnu.jar");
const AXE = readFileSync(resolve("axe-core/axe.min.js"), "utf8");

/** What was found on one page; the same finding in several places (scheme, width) is one. */
class Findings {
  #places = new Map();

  add(text, place) {
    const line = text.replace(ORIGIN, "").replace(/\s+/g, " ").trim();
    if (!this.#places.has(line)) this.#places.set(line, new Set());
    if (place) this.#places.get(line).add(place);
  }

  /** By tool, for the tools work side by side. */
  lines() {
    const tool = ([line]) => line.slice(0, line.indexOf(":"));
    const sorted = [...this.#places].sort((a, b) => tool(a).localeCompare(tool(b)));
    return sorted.map(([line, places]) => (places.size ? `${line} [${[...places].join(", ")}]` : line));
  }
}

async function main() {
  const { positionals, values } = parseArgs({ allowPositionals: true, options: { screenshots: { type: "string" }, brief: { type: "boolean" } } });
  if (positionals.length !== 1) throw new Error("usage: node judge.mjs FOLDER [--screenshots OUT] [--brief]");
  if (values.screenshots) mkdirSync(values.screenshots, { recursive: true });

  const pages = read(positionals[0]);
  await Promise.all([judgeByNu(pages), judgeByHtmlValidate(pages), judgeInBrowser(pages, values)]);

  for (const { name, bytes, findings } of pages) {
    const size = `${bytes.length.toLocaleString("en")} bytes`;
    if (bytes.length >= MOST_BYTES) findings.add(`size: ${size}, not under ${MOST_BYTES.toLocaleString("en")}`);
    const lines = findings.lines().map((line) => `${name}: ${line}`);
    if (lines.length) process.exitCode = 1;
    if (lines.length || !values.brief) console.log(lines.join("\n") || `ok ${name} ${size}`);
  }
  if (values.brief) console.log(`${pages.length} pages judged briefly`);
}

/** The pages of a folder, each with its policy. */
function read(folder) {
  const names = readdirSync(folder).sort();
  const pages = names.filter((name) => name.endsWith(".html"));
  if (!pages.length) throw new Error(`no *.html in ${folder}`);
  const lone = names.find((name) => name.endsWith(".csp") && !pages.includes(name.replace(/csp$/, "html")));
  if (lone) throw new Error(`${join(folder, lone)} has no page beside it`);

  return pages.map((file) => {
    const name = basename(file, ".html");
    const path = join(folder, file);
    const policy = names.includes(`${name}.csp`) ? readFileSync(join(folder, `${name}.csp`), "utf8") : "";
    return { name, path, bytes: readFileSync(path), policy: policy.replace(/\s+/g, " ").trim(), findings: new Findings() };
  });
}

/** Errors and warnings of the Nu HTML checker, which reads all pages in one run. */
async function judgeByNu(pages) {
  const words = ["-jar", NU, "--format", "json", "--stdout", ...pages.map(({ path }) => path)];
  const run = (done) => execFile("java", words, { maxBuffer: 1 << 28 }, (...result) => done(result));
  const [error, output] = await new Promise(run);
  const { messages } = output ? JSON.parse(output) : { messages: [] };
  if (error && !messages.length) throw error;

  for (const { type, subType, url, firstLine, lastLine, firstColumn, lastColumn, message } of messages) {
    if (type === "info" && subType !== "warning") continue;
    const page = url && pages.find(({ name }) => `${name}.html` === basename(fileURLToPath(url)));
    if (!page) throw new Error(`Nu HTML checker: ${message}`);
    page.findings.add(`nu: ${firstLine ?? lastLine}:${firstColumn ?? lastColumn}: ${message}`);
  }
}

async function judgeByHtmlValidate(pages) {
  const [validator, lenient] = [RULES, RULES_OF_PSEUDO_LOCALES].map((rules) => new HtmlValidate(new StaticConfigLoader(rules)));
  for (const { name, path, bytes, findings } of pages) {
    const { results } = await (PSEUDO_LOCALE.test(name) ? lenient : validator).validateString(bytes.toString(), path);
    for (const { line, column, message, ruleId } of results.flatMap(({ messages }) => messages)) {
      findings.add(`html-validate: ${line}:${column}: ${message} (${ruleId})`);
    }
  }
}

async function judgeInBrowser(pages, { screenshots, brief }) {
  const served = new Map(pages.map((page) => [`/${encodeURIComponent(page.name)}.html`, page]));
  const server = await serve(served);
  const browser = await chromium.launch(BROWSER);
  const queue = served.entries(); // shared by the workers
  let judged = 0;
  const worker = async () => {
    for (const [path, page] of queue) {
      const address = `http://127.0.0.1:${server.address().port}${path}`;
      try {
        if (brief) {
          await judgeBriefly(browser, page, address, SCHEMES[pages.indexOf(page) % SCHEMES.length]);
          continue;
        }
        await judgeWithoutScript(browser, page, address, await judgeAsServed(browser, page, address, screenshots));
        await judgeByAxe(browser, page, address, SCHEMES, SIZES);
      } catch (error) {
        page.findings.add(`browser: ${error.message.split("\n")[0]}`);
      } finally {
        judged += 1;
        if (judged % 100 === 0) console.error(`${judged} of ${pages.length} pages were in the browser`);
      }
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, worker));
  await browser.close();
  server.close();
}

/** A server on this machine that has the pages at their paths, each with its policy, and nothing else. */
async function serve(served) {
  const server = createServer((request, response) => {
    const page = served.get(request.url);
    // A browser asks for an icon by itself, which is no fault of the page's.
    if (!page) return response.writeHead(request.url === "/favicon.ico" ? 204 : 404).end();
    const headers = { "Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store" };
    if (page.policy) headers["Content-Security-Policy"] = page.policy;
    response.writeHead(200, headers).end(page.bytes);
  });
  await new Promise((done, failed) => server.once("error", failed).listen(0, "127.0.0.1", done));
  return server;
}

/** Visits with a tab of its own, as on a phone, where a page without `<meta name="viewport">` is laid out for a wide screen. */
async function withTab(browser, options, visit) {
  const context = await browser.newContext({ isMobile: true, ...options });
  context.setDefaultTimeout(LONGEST_MS);
  try {
    return await visit(await context.newPage());
  } finally {
    await context.close();
  }
}

/** The page as it is served, with its policy: whether it behaves, and how wide it is. Gives its text. */
function judgeAsServed(browser, { name, findings }, address, pictures) {
  return withTab(browser, {}, async (tab) => {
    await watch(tab, findings, address);
    const picture = (of) => pictures && tab.screenshot({ path: join(pictures, `${name}-${of}.png`), fullPage: true });
    for (const colorScheme of SCHEMES) {
      await tab.emulateMedia({ colorScheme });
      await tab.goto(address);
      for (const { width, height } of SIZES) {
        await tab.setViewportSize({ width, height });
        const needed = await tab.evaluate(() => document.documentElement.scrollWidth);
        if (needed > width) findings.add(`width: scrolls sideways at ${width}, ${needed} wide`, colorScheme);
        if (width > 320) await picture(`${colorScheme}-${width}`);
      }
    }
    await tab.emulateMedia({ media: "print", colorScheme: "light" });
    await tab.setViewportSize(A4);
    await picture("print");
    await tab.emulateMedia({ media: "screen" });
    await tab.waitForLoadState("networkidle"); // for what is asked for late
    return textOf(tab);
  });
}

/** The page once, with its policy, on the narrowest screen; then axe. */
async function judgeBriefly(browser, page, address, colorScheme) {
  await withTab(browser, { colorScheme, viewport: SIZES[0] }, async (tab) => {
    await watch(tab, page.findings, address);
    await tab.goto(address);
    const needed = await tab.evaluate(() => document.documentElement.scrollWidth);
    if (needed > SIZES[0].width) page.findings.add(`width: scrolls sideways at ${SIZES[0].width}, ${needed} wide`, colorScheme);
  });
  await judgeByAxe(browser, page, address, [colorScheme], [SIZES[0]]);
}

/** Notes what a tab asks for but the page, what it complains of, and what its policy refuses. */
async function watch(tab, findings, address) {
  tab.on("request", (request) => request.url() === address || findings.add(`request: ${request.url()}`));
  tab.on("websocket", (socket) => findings.add(`request: ${socket.url()}`));
  tab.on("console", (message) => message.type() === "error" && findings.add(`console: ${message.text()}`));
  tab.on("pageerror", (error) => findings.add(`console: uncaught ${error}`));
  await tab.exposeFunction("foundViolation", (text) => findings.add(`policy: ${text}`));
  await tab.addInitScript(() => {
    document.addEventListener("securitypolicyviolation", ({ effectiveDirective, blockedURI, lineNumber }) => {
      globalThis.foundViolation(`${effectiveDirective} refuses ${blockedURI} (line ${lineNumber})`);
    });
  });
}

/** Without JavaScript the page says the same, and shows no button that could do nothing. */
function judgeWithoutScript(browser, { findings }, address, withScript) {
  return withTab(browser, { javaScriptEnabled: false, viewport: A4 }, async (tab) => {
    await tab.goto(address);
    const dead = await tab.locator("button[type=button]:not([popovertarget], [commandfor]):visible").allInnerTexts();
    for (const label of dead) findings.add(`no script: the button “${label}” is shown, and can do nothing`);

    const without = await textOf(tab);
    if (without === withScript) return;
    let same = 0;
    while (without[same] === withScript[same]) same += 1;
    const excerpt = (text) => `“…${text.slice(Math.max(0, same - 20), same + 40)}…”`;
    findings.add(`no script: the text is ${excerpt(without)}, with JavaScript ${excerpt(withScript)}`);
  });
}

/** The text that is seen, less buttons for scripts such as the one that copies, and what scripts rewrite: times, countdowns. */
function textOf(tab) {
  return tab.evaluate(() => {
    const rewritten = document.querySelectorAll("button[type=button], time, [role=status]");
    for (const element of rewritten) element.style.setProperty("display", "none", "important");
    return document.body.innerText.replace(/\s+/g, " ").trim();
  });
}

/** axe, without the policy, which would refuse it. */
function judgeByAxe(browser, { findings }, address, schemes, sizes) {
  return withTab(browser, { bypassCSP: true }, async (tab) => {
    for (const colorScheme of schemes) {
      await tab.emulateMedia({ colorScheme });
      await tab.goto(address);
      await tab.evaluate(AXE);
      for (const size of sizes) {
        await tab.setViewportSize(size);
        const run = async (tags) => (await globalThis.axe.run({ runOnly: tags, resultTypes: ["violations"] })).violations;
        const violations = await tab.evaluate(run, AXE_TAGS);
        for (const { id, help, nodes } of violations) {
          const targets = nodes.map(({ target }) => target.flat().join(" ")).join(", ");
          findings.add(`axe: ${help} (${id}): ${targets}`, `${colorScheme} ${size.width}`);
        }
      }
    }
  });
}

main().catch((error) => {
  console.error(error.message);
  process.exit(2); // whatever is still open
});
