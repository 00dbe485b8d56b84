// The page starts, from any folder of a host and under its own policy, and refuses to start on a changed file.

import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { DIST, pageTest } from "./harness.mjs";

const POLICY = [
  "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "img-src 'self' data: blob:",
  "font-src 'self'", "connect-src 'self'", "worker-src 'self'", "manifest-src 'self'", "base-uri 'none'",
  "form-action 'none'", "object-src 'none'", "require-trusted-types-for 'script'", "trusted-types ticketscope",
].join("; ");
const SENTENCE = /^Ticketscope could not start/;

pageTest("the page starts under its policy, as header and as meta", async ({ page, home, started }) => {
  const response = await page.goto(home);
  const headers = response.headers();
  assert.equal(headers["content-security-policy"], `${POLICY}; frame-ancestors *`);
  assert.equal(headers["x-content-type-options"], "nosniff");
  assert.equal(headers["referrer-policy"], "no-referrer");
  await started();
  assert.equal(await page.getAttribute("html", "data-boot"), "done");
  assert.equal(await page.getAttribute("meta[http-equiv=Content-Security-Policy]", "content"), POLICY);
  assert.equal(await page.isVisible("#boot-message"), false);
});

pageTest("the page starts from a folder of a host", { under: "/class/2026/" }, async ({ page, open }) => {
  await open();
  assert.equal(await page.isVisible("#boot-message"), false);
});

pageTest("a worker runs the same program and says hello first", async ({ page, open }) => {
  await open();
  const hello = await page.evaluate(() => new Promise((heard, failed) => {
    const worker = globalThis.ticketscope.startWorker();
    worker.onmessage = () => heard("hello");
    worker.onerror = (error) => failed(new Error(error.message));
  }));
  assert.equal(hello, "hello");
});

pageTest("a second policy, and text as a script's address, are refused", async ({ page, open, expect }) => {
  await open();
  const refused = await page.evaluate(() => [
    () => new Worker("worker.js"),
    () => globalThis.trustedTypes.createPolicy("other", {}),
    () => { document.body.innerHTML = "<b>text</b>"; },
  ].map((attempt) => { try { attempt(); return false; } catch { return true; } }));
  assert.deepEqual(refused, [true, true, true]);
  expect(/^policy: require-trusted-types-for|^policy: trusted-types/);
  expect(/^console: .*(TrustedScriptURL|TrustedHTML|[Tt]rusted ?[Tt]ype)/);
});

// One changed byte in each file that the first load fetches. The last byte of text files is a line end, that of the
// WebAssembly a part of its last section: with no check at all, most of these pages would start as if nothing were.
const FILES = readdirSync(DIST).filter((name) => /\.(js|wasm|css)$/.test(name));
const changed = (bytes) => Buffer.concat([bytes.subarray(0, -1), Buffer.from([bytes.at(-1) ^ 1])]);

for (const file of FILES) {
  for (const [how, change] of [["changed", changed], ["missing", () => null]]) {
    const alter = (name, bytes) => (name === file ? change(bytes) : bytes);
    pageTest(`refuses to start with ${file} ${how}`, { alter }, async ({ page, home, expect }) => {
      await page.goto(home);
      await page.waitForSelector("#boot-message", { state: "visible" });
      assert.match(await page.textContent("#boot-message"), SENTENCE);
      assert.equal(await page.getAttribute("html", "data-ready"), null);
      expect(/^console:/);
    });
  }
}

pageTest("every file that a browser checks is among those", async ({ page, open, home }) => {
  await open();
  const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map((entry) => entry.name));
  const own = loaded.map((url) => url.replace(home, "")).filter((name) => /\.(js|wasm|css)$/.test(name));
  assert.deepEqual([...new Set(own)].sort(), FILES.sort());
});

pageTest("axe-core finds nothing", async ({ open, axe }) => {
  await open();
  await axe();
});

pageTest("a browser without WebAssembly is told so", async ({ page, home, expect }) => {
  await page.addInitScript(() => { delete globalThis.WebAssembly; });
  await page.goto(home);
  await page.waitForSelector("#boot-message", { state: "visible" });
  assert.match(await page.textContent("#boot-message"), /^Ticketscope needs WebAssembly/);
  expect(/WebAssembly/);
});

test("the files name no address from a host's root", () => {
  const names = readdirSync(DIST).filter((name) => /\.(html|js|css)$/.test(name));
  for (const name of names) assert.doesNotMatch(readFileSync(DIST + name, "utf8"), /(src|href)="\//, name);
});

// A policy in <meta> does not bind a worker, and not every host sends headers: the program itself has no way out.
test("the program imports nothing that reaches the network or makes code from text", async () => {
  const name = FILES.find((file) => file.endsWith(".wasm"));
  const module = await WebAssembly.compile(readFileSync(DIST + name));
  const imports = WebAssembly.Module.imports(module).map((entry) => entry.name);
  assert.ok(imports.length > 0);
  const ways = /fetch|xmlhttp|websocket|webtransport|eventsource|beacon|importscripts|eval|no_?args/i;
  assert.deepEqual(imports.filter((entry) => ways.test(entry)), []);
});
