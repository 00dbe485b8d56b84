// The page starts, from any folder of a host and under its own policy, and refuses to start on a changed file.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { DIST, pageTest } from "./harness.mjs";
import { SMALL, settled, text } from "./walk.mjs";

const POLICY = [
  "default-src 'none'", "script-src 'self' 'wasm-unsafe-eval'", "style-src 'self'", "img-src 'self' data: blob:",
  "font-src 'self'", "connect-src 'self'", "worker-src 'self'", "manifest-src 'self'", "base-uri 'none'",
  "form-action 'none'", "object-src 'none'", "require-trusted-types-for 'script'", "trusted-types ticketscope",
].join("; ");
const SENTENCE = /^Ticketscope could not start/;
const BUILD = /^\d+\.\d+\.\d+-[0-9a-f]{16}$/;

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

pageTest("a worker starts from what the page has checked and compiled, and names its build first", async ({ page, open }) => {
  await open();
  const hello = await page.evaluate(async () => {
    await globalThis.ticketscope.prepare();
    return new Promise((heard, failed) => {
      const worker = globalThis.ticketscope.startWorker();
      worker.onmessage = ({ data }) => heard(data);
      worker.onerror = (error) => failed(new Error(error.message));
    });
  });
  assert.match(hello, BUILD);
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

// One changed byte in each file that the page fetches. The last byte of text files is a line end, that of the
// WebAssembly a part of its last section: with no check at all, most of these pages would start as if nothing were.
const FILES = readdirSync(DIST).filter((name) => /\.(js|wasm|css)$/.test(name));
const OF_WORKER = FILES.filter((name) => name.startsWith("worker-"));
// Loaded when it is asked for, after the page: survival.test.mjs.
const OF_CHARTS = FILES.filter((name) => name.startsWith("charts-"));
const changed = (bytes) => Buffer.concat([bytes.subarray(0, -1), Buffer.from([bytes.at(-1) ^ 1])]);
const WAYS = [["changed", changed], ["missing", () => null]];
const alter = (file, change) => ({ alter: (name, bytes) => (name === file ? change(bytes) : bytes) });

for (const file of FILES.filter((name) => !OF_WORKER.includes(name) && !OF_CHARTS.includes(name))) {
  for (const [how, change] of WAYS) {
    pageTest(`refuses to start with ${file} ${how}`, alter(file, change), async ({ page, home, expect }) => {
      await page.goto(home);
      await page.waitForSelector("#boot-message", { state: "visible" });
      assert.match(await page.textContent("#boot-message"), SENTENCE);
      assert.equal(await page.getAttribute("html", "data-ready"), null);
      expect(/^console:/);
    });
  }
}

for (const file of OF_WORKER) {
  for (const [how, change] of WAYS) {
    pageTest(`the page stands, says so and starts no worker with ${file} ${how}`, alter(file, change), async ({ page, open, expect }) => {
      await page.addInitScript(() => {
        globalThis.Worker = class { constructor() { throw new Error("a worker was started"); } };
      });
      await open(SMALL);
      await page.waitForSelector("#notes", { state: "visible" });
      assert.match(await text(page, "notes-list"), /^What computes could not be loaded: a file is missing or was changed/);
      await settled(page);
      assert.equal(await page.isVisible("#boot-message"), false);
      expect(/^console:/);
    });
  }
}

// Another build of the worker, whole and with its right digests: what a host serves that has mixed two of them.
const index = readFileSync(`${DIST}index.html`, "utf8");
const [, oldDigest] = index.match(/worker-[0-9a-f]+\.wasm (sha384-[^"]+)"/);
const program = OF_WORKER.find((name) => name.endsWith(".wasm"));
const otherBuild = (bytes) => {
  const copy = Buffer.from(bytes);
  const [name] = copy.toString("latin1").match(/\d+\.\d+\.\d+-[0-9a-f]{16}/);
  copy.write("0".repeat(16), copy.indexOf(name) + name.length - 16);
  return copy;
};
const mixed = (name, bytes) => {
  if (name === program) return otherBuild(bytes);
  if (name !== "index.html") return bytes;
  const digest = createHash("sha384").update(otherBuild(readFileSync(DIST + program))).digest("base64");
  return Buffer.from(bytes.toString().replace(oldDigest, `sha384-${digest}`));
};

pageTest("a worker of another build is noticed and not used", { alter: mixed }, async ({ page, open }) => {
  await open(SMALL);
  await page.waitForSelector("#notes", { state: "visible" });
  const said = await text(page, "notes-list");
  assert.match(said, /^The page and its worker are of two builds \([^ ]+-[0-9a-f]{16} and [^ ]+-0{16}\): .*Reload the page\.$/);
  await settled(page);
  assert.match(await text(page, "where"), /^(?!.*step \d+ of [1-9])/, "no run of another build is shown");
});

pageTest("every file that a browser checks is among those", async ({ page, open, home }) => {
  await open(SMALL);
  await settled(page);
  const loaded = await page.evaluate(() => performance.getEntriesByType("resource").map((entry) => entry.name));
  const own = loaded.map((url) => url.replace(home, "")).filter((name) => /\.(js|wasm|css)$/.test(name));
  assert.deepEqual([...new Set(own)].sort(), FILES.filter((name) => !OF_CHARTS.includes(name)).sort());
});

pageTest("what a worker loads comes after all that the first picture needs", async ({ page, open }) => {
  await open(SMALL);
  await settled(page);
  const entries = await page.evaluate(() => performance.getEntriesByType("resource").map(({ name, startTime, responseEnd }) =>
    ({ name, startTime, responseEnd })));
  const worker = entries.filter(({ name }) => name.includes("/worker-"));
  assert.ok(worker.length >= 2);
  const last = Math.max(...entries.filter((entry) => !worker.includes(entry)).map(({ responseEnd }) => responseEnd));
  assert.ok(worker.every(({ startTime }) => startTime >= last));
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

// A policy in <meta> does not bind a worker, and not every host sends headers: the programs themselves have no way out.
test("the programs import nothing that reaches the network or makes code from text", async () => {
  const names = FILES.filter((file) => file.endsWith(".wasm"));
  assert.equal(names.length, 3);
  for (const name of names) {
    const module = await WebAssembly.compile(readFileSync(DIST + name));
    const imports = WebAssembly.Module.imports(module).map((entry) => entry.name);
    assert.ok(imports.length > 0);
    const ways = /fetch|xmlhttp|websocket|webtransport|eventsource|beacon|importscripts|eval|no_?args/i;
    assert.deepEqual(imports.filter((entry) => ways.test(entry)), []);
  }
});
