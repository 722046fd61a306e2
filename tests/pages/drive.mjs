// `node drive.mjs FOLDER` uses error pages as their readers do, in Chromium under each page's policy: copies the details, with a
// clipboard that works, one that is refused and none at all; waits until the link to try again appears, and follows it, with and
// without JavaScript; reads the email that the link to support would begin. Prints each finding, and exits 1 if there is one.

import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { join } from "node:path";
import { chromium } from "playwright-core";

const REQUEST_ID = "6f1c4a3e-8f0b-4c59-9d53-0f3a7d1f6d11";
const [folder] = process.argv.slice(2);
const requests = new Map(); // how often each address was asked for
let failed = 0;

function expect(what, value, expected) {
  const isRight = expected instanceof RegExp ? expected.test(value) : value === expected;
  if (isRight) return;
  failed += 1;
  console.log(`${what}: ${JSON.stringify(value)}, expected ${expected}`);
}

const server = createServer((request, response) => {
  requests.set(request.url, (requests.get(request.url) ?? 0) + 1);
  const name = new URL(request.url, "http://localhost").pathname.slice(1);
  if (name === "favicon.ico") return response.writeHead(204).end();
  try {
    // Waits of the samples are shortened to two seconds, so that the test does not last as long as they do.
    let page = readFileSync(join(folder, `${name}.html`), "utf8");
    page = page.replace(/data-seconds="\d+"/, 'data-seconds="2"').replace(/class="primary after[ s\d]*"/, 'class="primary after s2"');
    const headers = { "Content-Type": "text/html; charset=utf-8", "Content-Security-Policy": readFileSync(join(folder, `${name}.csp`), "utf8") };
    response.writeHead(503, headers).end(page);
  } catch {
    response.writeHead(404).end();
  }
});
await new Promise((done) => server.listen(0, "127.0.0.1", done));
const origin = `http://127.0.0.1:${server.address().port}`;
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox", "--disable-gpu"] });

async function visit(address, options, use, prepare = () => {}) {
  const context = await browser.newContext(options);
  const tab = await context.newPage();
  const complaints = [];
  tab.on("pageerror", (error) => complaints.push(error.message));
  tab.on("console", (message) => {
    if (message.type() === "error" && !message.text().includes("503")) complaints.push(message.text());
  });
  await tab.addInitScript(prepare);
  await tab.goto(`${origin}/${address}`);
  await use(tab, context);
  expect(`${address}: complaints`, complaints.join("; "), "");
  await context.close();
}

const status = (tab) => tab.locator("#copied").innerText();
const details = new RegExp(`^Error: LIFT-0503\nRequest: ${REQUEST_ID}\nTime: 2026-11-22T21:14:07Z\nAddress: acme\\.openboxes\\.cloud/orders`);

// A clipboard that works.
await visit("service_unavailable", { permissions: ["clipboard-read", "clipboard-write"] }, async (tab) => {
  await tab.click("#copy");
  expect("copied", await status(tab), "Copied");
  expect("clipboard", await tab.evaluate(() => navigator.clipboard.readText()), details);
  await tab.waitForTimeout(8_500);
  expect("the message goes away", await status(tab), "");
  expect("the time in words", await tab.locator("time").innerText(), /22 November 2026|November 22, 2026/);
});

// The clipboard is refused: the older command copies the table.
const refuse = () => {
  navigator.clipboard.writeText = () => Promise.reject(new DOMException("refused", "NotAllowedError"));
};
await visit("service_unavailable", { permissions: ["clipboard-read"] }, async (tab) => {
  await tab.click("#copy");
  expect("refused, then copied", await status(tab), "Copied");
  expect("clipboard after the refusal", await tab.evaluate(() => navigator.clipboard.readText()), /LIFT-0503/);
}, refuse);

// All of it is refused, or the page is not in a secure context: the details are selected.
for (const [what, prepare] of [
  ["refused", () => {
    navigator.clipboard.writeText = () => Promise.reject(new DOMException("refused", "NotAllowedError"));
    document.execCommand = () => false;
  }],
  ["no clipboard", () => {
    Object.defineProperty(navigator, "clipboard", { value: undefined });
    document.execCommand = () => { throw new Error("gone"); };
  }],
]) {
  await visit("service_unavailable", {}, async (tab) => {
    await tab.click("#copy");
    expect(what, await status(tab), "The details are selected. Copy them yourself.");
    expect(`${what}: selection`, await tab.evaluate(() => getSelection().toString()), new RegExp(`LIFT-0503[^]*${REQUEST_ID}`));
  }, prepare);
}

// The link to try again appears after the wait, and never before; it asks for the same address, query included.
for (const javaScriptEnabled of [true, false]) {
  const address = `service_unavailable?script=${javaScriptEnabled}`;
  await visit(address, { javaScriptEnabled }, async (tab) => {
    const link = tab.locator("a.primary");
    expect("too early", await link.isVisible(), false);
    if (javaScriptEnabled) {
      await tab.waitForTimeout(1_200);
      expect("countdown", await tab.locator("#wait").innerText(), "You can try again in 1 second.");
    }
    await link.waitFor({ state: "visible", timeout: 4_000 });
    if (javaScriptEnabled) {
      await tab.waitForTimeout(1_000);
      expect("after the countdown", await tab.locator("#wait").innerText(), "You can try again now.");
    }
    await link.click();
    await tab.waitForLoadState();
    expect("try again", requests.get(`/${address}`), 2);
  });
}

// The countdown goes on in the language of its sentence, which may not be the page's.
await visit("busy_in_polish", {}, async (tab) => {
  await tab.waitForTimeout(1_200);
  expect("countdown in English", await tab.locator("#wait").innerText(), /^You can try again in \d+ seconds?\.$/);
});

// Support gets an email with all details, and a free line above them.
await visit("service_unavailable", {}, async (tab) => {
  const href = new URL(await tab.locator("a[href^=mailto]").getAttribute("href"));
  expect("to", href.pathname, "support@openboxes.cloud");
  expect("subject", href.searchParams.get("subject"), `LIFT-0503 ${REQUEST_ID}`);
  const body = href.searchParams.get("body");
  expect("body", body.trimStart().replaceAll("\r\n", "\n"), /^Error: LIFT-0503\nRequest: 6f1c.*\nTime: 2026-11-22 21:14:07 UTC\nAddress: acme\.openboxes\.cloud\/orders\/PO-2031\/approval\?a=1&b="<2>"$/);
});

// Only a 401 offers to log in; a page of another contract does not offer to try again.
await visit("unauthorized", {}, async (tab) => {
  expect("log in", await tab.locator("a.primary").getAttribute("href"), "/auth/login");
});
await visit("forbidden", {}, async (tab) => {
  expect("no primary action", await tab.locator("a.primary").count(), 0);
  expect("home", await tab.locator(".actions a").first().innerText(), "Back to OpenBoxes Lift");
});

await browser.close();
server.close();
console.log(failed ? `${failed} findings` : "copying, trying again and writing to support work");
process.exitCode = failed ? 1 : 0;
