// What several tests of the page do: wait until it is at rest, read it as a visitor would, count its history.

import assert from "node:assert/strict";

/** Waits until what has happened so far is on the screen. */
export const frame = (page) =>
  page.evaluate(() => new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done))));

/** Waits until no work is under way and nothing plays. */
export async function settled(page) {
  await frame(page);
  await page.waitForSelector("html[data-busy=false]", { state: "attached" });
}

/** Opens a link and waits until everything is there. */
export async function visit(open, page, link) {
  await open(link);
  await settled(page);
}

/** Goes to another link without loading the page again. */
export async function go(page, link) {
  await page.evaluate((fragment) => { location.hash = fragment; }, link);
  await settled(page);
}

/** The digest of what is shown. */
export async function digest(page) {
  await frame(page);
  return page.getAttribute("html", "data-digest");
}

/** The step, as the timeline says it. */
export async function step(page) {
  await frame(page);
  const [, k, last] = (await page.textContent("#where")).replaceAll(",", "").match(/step (\d+) of (\d+)/);
  return { k: Number(k), last: Number(last) };
}

/** The text of an element, spaces as they are read. */
export async function text(page, id) {
  await frame(page);
  return (await page.textContent(`#${id}`)).replaceAll("\u{a0}", " ").trim();
}

/** Counts the writes to the history from here on; call before the page loads. */
export const countWrites = (page) => page.addInitScript(() => {
  globalThis.writes = [];
  for (const name of ["pushState", "replaceState"]) {
    const write = history[name].bind(history);
    history[name] = (...values) => { globalThis.writes.push(name); return write(...values); };
  }
});

/** Keeps the page's workers in `workers`, so that a test can make one fail; call before the page loads. */
export const keepWorkers = (page) => page.addInitScript(() => {
  const Real = globalThis.Worker;
  globalThis.workers = [];
  globalThis.Worker = class extends Real {
    constructor(...values) { super(...values); globalThis.workers.push(this); }
  };
});

/** Types into a field as a visitor does. */
export async function type(page, id, value) {
  await page.fill(`#${id}`, value);
  await page.press(`#${id}`, "Enter");
  await settled(page);
}

/** Types another value into each field, and back: what is shown changes, and comes back. */
export async function thereAndBack(page, fields) {
  const before = await digest(page);
  for (const [id, other] of fields) {
    const value = await page.inputValue(`#${id}`);
    await type(page, id, other);
    assert.notEqual(await digest(page), before, id);
    await type(page, id, value);
    assert.equal(await digest(page), before, id);
  }
}

/** A link that shows much in little time. */
export const SMALL = "#v1&hidden=4&width=5&samples=1000";
