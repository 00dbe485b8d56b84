// The network as tables: every edge and every path can be read, lit, cut and pinned without the picture.

import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { card } from "./point.mjs";
import { SMALL, frame, settled, text, visit } from "./walk.mjs";

const rows = async (page, id) => {
  await frame(page);
  return page.locator(`#${id} tr`).evaluateAll((all) => all.map((row) => [...row.cells].slice(0, -1).map((cell) => cell.textContent)));
};
const number = (text) => Number(text.replaceAll("\u{2212}", "-").replaceAll(",", ""));

async function openTables(page) {
  await page.locator("#tables > summary").click();
  await page.waitForSelector("#tables[open]");
}

pageTest("the table of edges holds every edge, with its state and its tickets", async ({ page, open }) => {
  await visit(open, page, `${SMALL}&step=30`);
  await openTables(page);
  const all = await rows(page, "edges-rows");
  assert.equal(all.length, 50);
  assert.equal(await text(page, "edges-caption"), "Edges 1 to 50 of 85, by layer");
  await page.click("#table-after");
  const more = await rows(page, "edges-rows");
  assert.equal(await text(page, "edges-caption"), "Edges 51 to 85 of 85, by layer");
  const every = [...all, ...more];
  assert.equal(new Set(every.map(([from, to]) => `${from} ${to}`)).size, 85);
  const tickets = number(await text(page, "tickets"));
  // Every ticket uses one edge of each layer: the tickets through a layer's edges add up.
  for (const layer of ["x", "h1", "h2", "h3", "h4"]) {
    const through = every.filter(([from]) => from === layer || from.startsWith(`${layer}.`)).map(([, , , , n]) => number(n));
    assert.equal(through.reduce((sum, n) => sum + n, 0), tickets, layer);
  }
  assert.equal(every.filter(([, , , state]) => /^cut at step \d+$/.test(state)).length, 30);
  assert.equal(every.filter(([, , , state]) => state === "on a ticket").length, number(await text(page, "on-ticket")));
  await page.selectOption("#table-order", "size");
  const sizes = (await rows(page, "edges-rows")).map(([, , weight]) => Math.abs(number(weight)));
  assert.deepEqual(sizes, sizes.toSorted((a, b) => b - a));
});

pageTest("the table of paths lists every surviving path once; its chains add up; a row can be asked for", async ({ page, open }) => {
  await visit(open, page, `${SMALL}&step=45`);
  await openTables(page);
  await page.selectOption("#table-of", "paths");
  const survive = number(await text(page, "tickets"));
  const listed = [];
  for (;;) {
    listed.push(...await rows(page, "paths-rows"));
    if (await page.getAttribute("#table-after", "aria-disabled")) break;
    await page.click("#table-after");
  }
  assert.equal(new Set(listed.map(([path]) => path)).size, survive);
  await page.selectOption("#table-order", "size");
  const products = (await rows(page, "paths-rows")).map(([, chain]) => Math.abs(number(chain.split(/[=≈] /)[1])));
  assert.deepEqual(products, products.toSorted((a, b) => b - a));
  await page.fill("#table-jump", String(survive));
  await page.press("#table-jump", "Enter");
  assert.equal((await rows(page, "paths-rows")).length, 1);
  await page.fill("#table-jump", "0");
  await page.press("#table-jump", "Enter");
  await frame(page);
  assert.equal(await text(page, "table-wrong"), `“0” is not allowed here: give 1–${survive}.`);
});

pageTest("a row is reached by keys, lights its path, and can be cut and pinned from there", async ({ page, open, axe }) => {
  await visit(open, page, SMALL);
  await openTables(page);
  await page.focus("#edges-rows tr:nth-child(8) [data-do=press]");
  assert.equal((await card(page)).title, "h1.1 → h2.3");
  await page.keyboard.press("Enter");
  await settled(page);
  assert.equal((await rows(page, "edges-rows"))[7][3], "cut by hand");
  assert.equal(await page.evaluate(() => document.activeElement.textContent), "Back", "the focus stays in the row");
  await page.keyboard.press("Enter");
  await settled(page);
  assert.equal((await rows(page, "edges-rows"))[7][3], "on a ticket");
  await page.selectOption("#table-of", "paths");
  await frame(page);
  await page.focus("#paths-rows tr:nth-child(3) [data-do=pin]");
  await page.keyboard.press("Enter");
  const pinned = await card(page, "#pins");
  assert.equal(pinned.kind, "Path");
  assert.equal(pinned.title, "x → h1.1 → h2.1 → h3.1 → h4.3 → y");
  assert.match(pinned.chain, /^[^×]+( × [^×]+){4} [=≈] /);
  assert.equal(pinned.tickets, "On 1 of 625 tickets");
  await axe();
});

pageTest("a network with more paths than can be listed is paged all the same", async ({ page, open }) => {
  await visit(open, page, "#v1&hidden=20&width=20&samples=1000");
  await openTables(page);
  await page.selectOption("#table-of", "paths");
  await frame(page);
  assert.match(await text(page, "paths-caption"), /^Paths 1 to 50 of 104,857,600,000,000,000,000,000,000, by their nodes: too many to sort$/);
  await page.fill("#table-jump", "104857600000000000000000000");
  await page.press("#table-jump", "Enter");
  const [[last]] = await rows(page, "paths-rows");
  assert.match(last, /^x → h1\.20 → .* → h20\.20 → y$/);
});
