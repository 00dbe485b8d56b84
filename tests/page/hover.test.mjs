// Every thing in the picture says what it is, and its numbers can be computed again from what is shown.

import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { box, card, leave, point, walkTo } from "./point.mjs";
import { SMALL, frame, settled, text, visit } from "./walk.mjs";

const number = (text) => Number(text.replaceAll("\u{2212}", "-").replaceAll(",", "").replace(/ × 10([⁻⁰¹²³⁴⁵⁶⁷⁸⁹]+)/,
  (_, power) => `e${[...power].map((digit) => digit === "⁻" ? "-" : "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(digit)).join("")}`));

/** The chain as a careful reader checks it: the product of the shown factors, to the digits that are shown. */
function check(chain) {
  const [, factors, sign, product] = chain.match(/^(.*) ([=≈]) (.*)$/);
  const shown = factors.split(/ × (?!10)/).map((factor) => number(factor.replace(/[()]/g, "")));
  const computed = shown.reduce((whole, factor) => whole * factor, 1);
  const said = number(product);
  const digits = product.replace(/ × 10.*/, "").replace(/[^\d]/g, "").replace(/^0+/, "").length || 1;
  if (sign === "≈") assert.equal(Number(computed.toPrecision(digits)), said, chain);
  else assert.ok(Math.abs(computed - said) <= 1e-12 * Math.abs(said), chain);
  return shown.length;
}

pageTest("an edge under the pointer says its state, weight, tickets and strongest path", async ({ page, open }) => {
  await visit(open, page, SMALL);
  const { card: said } = await point(page, "h2.2 → h3.3");
  assert.equal(said.kind, "Edge");
  assert.equal(said.state, "On a ticket");
  assert.match(said.weight, /^Weight \u{2212}?[\d.]+$/u);
  assert.equal(said.tickets, "On 25 of 625 tickets", "5 paths to its tail, 5 on from its head");
  assert.match(said.strongest, /^Strongest path: x → h1\.\d → h2\.\d → h3\.\d → h4\.\d → y$/);
  assert.ok(said.strongest.includes(said.title), said.strongest);
  assert.equal(check(said.chain), 5);
  // The weight of the edge is one of the factors, to the digits shown there.
  const weight = number(said.weight.replace("Weight ", ""));
  const factor = number(said.chain.split(/ × | ≈ /)[2]);
  assert.ok(Math.abs(weight - factor) <= 0.005 * Math.abs(weight), `${weight} ${factor}`);
  await leave(page);
});

pageTest("a node says what it is, and a hundred chains agree with their factors", async ({ page, open }) => {
  let checked = 0;
  for (const seed of [1, 2, 3, 4]) {
    await page.goto("about:blank");
    await visit(open, page, `#v1&hidden=3&width=4&samples=1000&seed=${seed}`);
    const { card: said } = await point(page, "h2.2");
    assert.equal(said.kind, "Node");
    assert.equal(said.tickets, "On 16 of 64 tickets");
    await page.focus("#network-box");
    for (const key of ["ArrowRight", ..."Right Down Down Right Right Up Up Up Right Right Down Left Up Left Down Down Left Right Right Right".split(" ").map((way) => `Arrow${way}`)]) {
      await page.keyboard.press(key);
      const { chain } = await card(page);
      check(chain);
      checked += 1;
    }
    await page.keyboard.press("Escape");
  }
  assert.ok(checked > 80);
});

pageTest("what is cut and orphaned says at which step and why", async ({ page, open }) => {
  await visit(open, page, `${SMALL}&step=40`);
  const [, name] = (await text(page, "event")).match(/^cut (h\d\.\d → h\d\.\d)/);
  const cut = await point(page, name, 0.3);
  assert.equal(cut.card.state, "Cut at step 40");
  assert.match(cut.card.tickets, /^On 0 of \d+ tickets$/);
  assert.equal(cut.card.chain, undefined, "no surviving path leads through it");
  await leave(page);
  await page.goto("about:blank");
  await visit(open, page, `${SMALL}&step=end`);
  // A dead node's edges from the layer before are cut or orphaned.
  let orphaned = null;
  for (const node of ["h4.1", "h4.2", "h4.3", "h4.4", "h4.5", "h3.1", "h3.2", "h3.3", "h3.4", "h3.5"]) {
    await walkTo(page, node);
    await page.keyboard.press("ArrowLeft");
    for (let edge = 0; edge < 5 && !orphaned; edge++) {
      const said = await card(page);
      if (/^Orphaned/.test(said.state)) orphaned = said;
      await page.keyboard.press("ArrowDown");
    }
    if (orphaned) break;
  }
  assert.match(orphaned.state, /^Orphaned at step \d+ because h\d\.\d had no way on$/);
  assert.equal(orphaned.tickets, "No ticket is left");
  const head = orphaned.title.split(" → ")[1];
  assert.ok(orphaned.state.includes(head));
});

pageTest("the strongest path is lit, and the rest dimmed", async ({ page, open, expect }) => {
  // Reading pixels more than once is what this test does, not the page.
  expect(/willReadFrequently/);
  await visit(open, page, SMALL);
  const ink = () => page.evaluate(() => {
    const canvas = document.getElementById("network-canvas");
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    let strong = 0;
    for (let at = 0; at < data.length; at += 4) if (data[at + 3] === 255 && data[at] + data[at + 1] + data[at + 2] < 330) strong += 1;
    return strong;
  });
  await frame(page);
  const before = await ink();
  await point(page, "h2.2 → h3.3");
  const lit = await ink();
  assert.ok(lit < 0.6 * before, `${lit} of ${before} px are dark`);
  await leave(page);
  await frame(page);
  assert.equal(await ink(), before, "and back");
});

pageTest("the card can be reached by the pointer, stays, and Escape puts it away", async ({ page, open }) => {
  await visit(open, page, SMALL);
  const place = await point(page, "h2.2 → h3.3");
  const { x, y, width, height } = await page.locator("#hover").boundingBox();
  assert.ok(place.x < x || place.x > x + width || place.y < y || place.y > y + height, "it is not under the pointer");
  // Slowly, through whatever lies between.
  const target = { x: place.x, y: y + height / 2 };
  for (let step = 1; step <= 10; step++) {
    await page.mouse.move(place.x, place.y + (target.y - place.y) * step / 10);
    await frame(page);
  }
  assert.equal((await card(page)).title, place.card.title);
  // Longer than anything would take to hide it.
  await page.evaluate(() => new Promise((done) => setTimeout(done, 700)));
  assert.equal((await card(page)).title, place.card.title, "it stays");
  await page.keyboard.press("Escape");
  assert.equal(await card(page), null);
  const { x: left, y: top } = await box(page);
  assert.ok(left > 0 && top > 0);
});

pageTest("the numbers on the card are those of the step that is shown", async ({ page, open }) => {
  await visit(open, page, SMALL);
  await point(page, "h2.2");
  await page.evaluate(() => document.activeElement.blur());
  for (let step = 0; step < 12; step++) await page.keyboard.press("ArrowRight");
  await settled(page);
  const { tickets } = await card(page);
  const [, through, all] = tickets.match(/^On ([\d,]+) of ([\d,]+) tickets?$/);
  assert.equal(all, await text(page, "tickets"));
  assert.ok(number(through) <= number(all) && number(all) < 625);
});
