// The recorders do record: on a page made to misbehave, each kind of trouble is seen, from the page and its worker.

import assert from "node:assert/strict";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after } from "node:test";
import { pageTest } from "./harness.mjs";
import { serve } from "./server.mjs";

const root = await mkdtemp(join(tmpdir(), "ticketscope-"));
await writeFile(join(root, "index.html"), `<!doctype html><html lang="en" data-ready="true"><title>Bad</title>
<link rel="icon" href="data:,">
<meta http-equiv="Content-Security-Policy" content="img-src 'self'"><p>Bad</p>`);
await writeFile(join(root, "worker.js"), `onmessage = async ({ data }) => {
  console.error("trouble in the worker");
  await fetch(data, { mode: "no-cors" });
  postMessage("done");
};`);
const elsewhere = await serve(root);
after(async () => {
  await elsewhere.close();
  await rm(root, { recursive: true });
});

const foreign = new RegExp(`^foreign request: ${elsewhere.origin}/$`);

pageTest("a foreign request of the page is seen", { root }, async ({ page, open, expect }) => {
  await open();
  await page.evaluate((url) => fetch(url, { mode: "no-cors" }).then(() => {}), `${elsewhere.origin}/`);
  expect(foreign);
});

pageTest("a worker's foreign request and console are seen", { root }, async ({ page, open, expect }) => {
  await open();
  await page.evaluate((url) => new Promise((done) => {
    const worker = new Worker("worker.js");
    worker.onmessage = done;
    worker.postMessage(url);
  }).then(() => {}), `${elsewhere.origin}/`);
  expect(foreign);
  expect(/^console: trouble in the worker$/);
});

pageTest("an uncaught error, an error on the console and a breach are seen", { root }, async ({ page, open, expect }) => {
  await open();
  await page.evaluate(() => new Promise((done) => {
    addEventListener("error", () => done(), { once: true });
    console.error("trouble on the console");
    setTimeout(() => { throw new Error("trouble nobody caught"); });
  }));
  await page.evaluate(() => new Promise((done) => {
    const image = new Image();
    image.onerror = () => done();
    image.src = "data:image/png;base64,AA==";
  }));
  expect(/^console: trouble on the console$/);
  expect(/^uncaught: trouble nobody caught$/);
  expect(/^policy: img-src data/);
  expect(/^console: .*img-src/);
});

pageTest("what is seen is not lost before it is judged", { root }, async ({ page, open, seen, expect }) => {
  await open();
  await page.evaluate(() => { for (let i = 0; i < 100; i += 1) console.error(`trouble ${i}`); });
  await page.evaluate(() => {});
  assert.equal(seen.length, 100);
  expect(/^console: trouble/);
});
