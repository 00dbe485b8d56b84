// The forward pass: what is shown adds up, in every preset.

import assert from "node:assert/strict";
import { figure, presets } from "./figures.mjs";
import { pageTest } from "./harness.mjs";
import { settled, text, visit } from "./walk.mjs";

const SMALL = "#v1&hidden=3&width=4&samples=1000";

/** The rows of a table, as texts. */
const rows = (page, id) => page.$$eval(`#${id} tr`, (list) =>
  list.map((row) => [...row.children].map((cell) => cell.textContent.replaceAll("\u{a0}", " "))));

/** Checks that each term is its two factors' product and that the terms sum to the output; gives the output. */
async function adds(page, what) {
  const unit = (await text(page, "terms-unit")).match(/ in (10.*)$/)?.[1];
  const scale = unit ? figure(`1 × ${unit}`).value : 1;
  const total = figure(await text(page, "terms-total"));
  let sum = 0;
  for (const [name, value, , weight, , product] of await rows(page, "terms-rows")) {
    const [v, w, p] = [value, weight, product].map(figure);
    const off = Math.abs(v.value * w.value - p.value * scale);
    assert.ok(off <= p.last * scale * 1.000001, `${what}: ${name} ${value} × ${weight} = ${product}`);
    sum += p.value;
  }
  assert.ok(Math.abs(sum - total.value) <= total.last * 1.000001, `${what}: the terms sum to ${sum}, shown ${total.value}`);
  return total.value * scale;
}

for (const activation of ["linear", "relu"]) {
  pageTest(`${activation}: the output is the sum of the shown terms, in every preset`, { timeout: 300_000 }, async ({ page, open }) => {
    let terms = 0;
    for (const link of await presets()) {
      await page.goto("about:blank");
      await visit(open, page, `${link.replace(/&activation=\w+/, "")}&activation=${activation}&input=0.7`);
      if (await page.isVisible("#elsewhere")) continue;
      for (const sink of await page.$$eval("#sink option", (list) => list.map((option) => option.value))) {
        if (await page.isVisible("#sink")) await page.selectOption("#sink", sink);
        await settled(page);
        const output = await adds(page, `${link} ${sink}`);
        terms += (await rows(page, "terms-rows")).length;
        // The line says the same number, to three digits.
        const said = (await text(page, "forward-line")).match(/y\d* = (−?[\d.,]+(?: × 10\S+)?)[,.]/g)[Number(sink)];
        const shown = figure(said.replace(/^y\d* = /, "").replace(/[,.]$/, ""));
        assert.ok(Math.abs(shown.value - output) <= shown.last + Math.abs(output) * 0.01, `${link}: ${said} ${output}`);
      }
    }
    assert.ok(terms > 20, `${terms} terms`);
  });
}

pageTest("an input is switched on, slid, typed and kept in the link", async ({ page, open, axe }) => {
  await visit(open, page, SMALL);
  const hash = () => page.evaluate(() => location.hash);
  assert.equal(await page.isVisible("#forward-body"), false);
  await page.check("#forward-on");
  await settled(page);
  assert.ok((await hash()).endsWith("&input=1"), await hash());
  const one = await adds(page, "1");
  await page.focus("#input-0-slider");
  await page.keyboard.press("ArrowRight");
  await settled(page);
  assert.equal(await page.inputValue("#input-0"), "1.01");
  await page.fill("#input-0", "−5");
  await page.press("#input-0", "Enter");
  await settled(page);
  assert.ok((await hash()).endsWith("&input=-5"), await hash());
  await page.selectOption("#activation", "linear");
  await settled(page);
  const minus = await adds(page, "-5");
  await page.fill("#input-0", "5");
  await page.press("#input-0", "Enter");
  await settled(page);
  assert.equal(await adds(page, "5"), -minus, "linear: twice the sign is the same size");
  assert.notEqual(one, minus);
  await page.fill("#input-0", "much");
  await page.press("#input-0", "Tab");
  await settled(page);
  assert.match(await text(page, "input-wrong"), /^“much” is not allowed here/);
  assert.equal(await page.getAttribute("#input-0", "aria-invalid"), "true");
  await page.click("#values summary");
  await settled(page);
  await axe();
  await page.uncheck("#forward-on");
  await settled(page);
  assert.ok(!(await hash()).includes("input"));
});

pageTest("values change the picture, are listed for every node, and follow the pruning", async ({ page, open }) => {
  await visit(open, page, SMALL);
  const picture = () => page.evaluate(() => document.querySelector("#network-canvas").toDataURL());
  const before = await picture();
  await page.check("#forward-on");
  await settled(page);
  assert.notEqual(await picture(), before, "the nodes show their values");
  await page.click("#values summary");
  let nodes = 0;
  for (const layer of ["0", "1", "2", "3", "4"]) {
    await page.selectOption("#values-layer", layer);
    await settled(page);
    const list = await rows(page, "values-rows");
    nodes += list.length;
    for (const [name, sum, value] of list) {
      const off = layer !== "0" && layer !== "4" && figure(sum).value <= 0;
      assert.equal(value, off ? "0, off" : sum, `${name} ${sum} ${value}`);
    }
  }
  assert.equal(nodes, 14);
  const [, off, hidden] = (await text(page, "forward-line")).match(/(\d+) of (\d+) hidden nodes pass nothing on/);
  assert.ok(Number(off) > 0 && hidden === "12");
  await page.click("#last");
  await settled(page);
  assert.match(await text(page, "forward-line"), /^y = 0\./, "a destroyed network makes nothing of it");
  await adds(page, "destroyed");
});

pageTest("several sources each have an input; many share one, with a list of their own", async ({ page, open }) => {
  await visit(open, page, `${SMALL}&sources=3&input=0.5`);
  assert.equal(await page.locator(".forward .field:visible input[type=range]").count(), 3);
  await page.fill("#input-1", "-1");
  await page.press("#input-1", "Enter");
  await settled(page);
  assert.ok((await page.evaluate(() => location.hash)).endsWith("&input=0.5,-1,0.5"));
  await adds(page, "three");
  await page.goto("about:blank");
  await visit(open, page, `${SMALL}&sources=6&sinks=2&input=0.5`);
  assert.equal(await page.locator(".forward .field:visible input[type=range]").count(), 1);
  await page.click("#inputs summary");
  await settled(page);
  const fields = page.locator("#inputs input");
  assert.equal(await fields.count(), 6);
  await fields.nth(4).fill("2");
  await fields.nth(4).press("Enter");
  await settled(page);
  assert.ok((await page.evaluate(() => location.hash)).endsWith("&input=0.5,0.5,0.5,0.5,2,0.5"));
  await page.selectOption("#sink", "1");
  await settled(page);
  assert.match(await text(page, "terms-caption"), /^y2 is the sum of 4 terms/);
  await adds(page, "six");
});

pageTest("an input for another number of sources is said and not computed", async ({ page, open }) => {
  await visit(open, page, `${SMALL}&input=1,2,3`);
  assert.equal(await text(page, "forward-line"), "The link gives 3 inputs for 1 source: set one to begin.");
});
