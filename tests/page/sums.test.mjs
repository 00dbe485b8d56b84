// Every number that is shown can be had from others that are shown, within its last digit: in every preset, at several steps,
// reading nothing but text.

import assert from "node:assert/strict";
import { figure, presets, wholes } from "./figures.mjs";
import { pageTest } from "./harness.mjs";
import { settled, text, visit } from "./walk.mjs";

const cells = (page, id) => page.$$eval(`#${id} tr`, (list) =>
  list.map((row) => [...row.children].map((cell) => cell.textContent)));
const whole = (shown) => wholes(shown)[0];
/** Whether two numbers agree to the last digit of the second, and to a rounding error of arithmetic. */
const near = (value, shown, what) =>
  assert.ok(Math.abs(value - shown.value) <= shown.last * 1.0001 + Math.abs(value) * 1e-9, `${what}: ${value}, shown ${shown.value}`);

async function step(page, what) {
  const [cut, prunable] = wholes(await text(page, "cut"));
  const [orphaned, alive, all, ticket, idle] =
    await Promise.all(["orphaned", "alive", "all-edges", "on-ticket", "idle"].map(async (id) => whole(await text(page, id))));
  assert.equal(cut + orphaned + alive, all, `${what}: cut + orphaned + alive`);
  assert.equal(ticket + idle, alive, `${what}: on a ticket + idle`);
  assert.ok(cut <= prunable, what);
  // The table says the same by layer.
  const rows = (await cells(page, "twin-rows")).map((row) => row.slice(1).map(whole));
  for (const row of rows) assert.equal(row.slice(1).reduce((a, b) => a + b), row[0], `${what}: a layer`);
  const sums = rows.reduce((sum, row) => sum.map((n, place) => n + row[place]));
  assert.deepEqual(sums, [all, ticket, idle, cut, orphaned], `${what}: layers sum to the whole`);
  // Expected winning tickets: the two factors stand beside it.
  const [p, tickets] = (await text(page, "expected-terms")).split(" × ").length === 2
    ? (await text(page, "expected-terms")).split(" × ")
    : [(await text(page, "expected-terms")).split(" × ")[0], await text(page, "tickets")];
  const exact = await page.isVisible("#digits") ? (await page.textContent("#tickets-digits")) : tickets;
  assert.equal(tickets, await text(page, "tickets"), what);
  near(Number(p) * Number(exact.replaceAll(",", "")), figure(await text(page, "expected")), `${what}: expected`);
  // The sentence says what the counters say.
  if ((await page.getAttribute("body", "data-view")) === "prune") {
    const say = await text(page, "say-before") + await text(page, "say-count") + await text(page, "say-after");
    if (cut > 0) assert.deepEqual(wholes(say).slice(0, 2), [cut, prunable], `${what}: ${say}`);
    const none = (await page.getAttribute("#stage", "data-destroyed")) !== null;
    assert.equal(none, tickets === "0", `${what}: destroyed if and only if no ticket is left`);
    if (!none) assert.ok(say.includes(tickets), `${what}: ${say}`);
  }
}

async function bounds(page, what) {
  if (!(await page.isVisible("#bound-terms"))) return;
  const [m, b] = wholes(await text(page, "bound-terms"));
  const c = (await text(page, "bound-line")).match(/1\/(\S+):$/)[1];
  const cm = m * (c === "e" ? Math.E : figure(c).value);
  near((m * b / Math.E) * cm ** (-1 / b), figure(await text(page, "bound-paper")), `${what}: the paper’s bound`);
  // Lambert's k satisfies k/(mB) = f with f·e^(−f) = (cm)^(−1/B)/e.
  const f = figure(await text(page, "bound-lambert"));
  const fraction = f.value / (m * b);
  const g = (x) => x * Math.exp(-x) - cm ** (-1 / b) / Math.E;
  const slack = f.last / (m * b);
  assert.ok(g(fraction - slack) <= 0 && g(fraction + slack) >= 0, `${what}: Lambert’s bound`);
}

async function products(page, what) {
  const [inside, samples] = wholes(await text(page, "sample-inside"));
  const rows = (await cells(page, "bins-rows")).map((row) => whole(row[2]));
  const caption = (await text(page, "bins-caption")).match(/^([\d,]+) products: ([\d,]+) below .*, ([\d,]+) above/).slice(1).map(whole);
  assert.equal(rows.reduce((a, b) => a + b), inside, `${what}: the bins hold what is in the window`);
  assert.equal(inside + caption[1] + caption[2], samples, `${what}: in and beside the window`);
  assert.equal(caption[0], samples);
  const shown = await text(page, "sample-share");
  const share = samples ? 100 * inside / samples : NaN;
  if (shown.startsWith("<")) assert.ok(share < 0.01 && share > 0, `${what} ${share}`);
  else if (shown.startsWith(">")) assert.ok(share > 99.99 && share < 100, `${what} ${share}`);
  else if (shown === "–") assert.equal(samples, 0);
  else near(share, figure(shown.replace(" %", "")), `${what}: share in the window`);
  const line = await text(page, "histogram-line");
  if (samples > 1) assert.equal(whole(line), samples, `${what}: ${line}`);
}

pageTest("what is shown adds up, in every preset, at several steps", { timeout: 900_000 }, async ({ page, open }) => {
  let steps = 0;
  for (const link of await presets()) {
    await page.goto("about:blank");
    await visit(open, page, link);
    if (await page.isVisible("#elsewhere")) continue;
    await page.$$eval("details", (list) => list.forEach((details) => { details.open = true; }));
    await bounds(page, link);
    const last = Number(await page.getAttribute("#scrub", "max"));
    for (const share of [0, 0.37, 0.93, 1]) {
      const k = Math.round(share * last);
      await page.$eval("#scrub", (scrub, to) => {
        scrub.value = to;
        scrub.dispatchEvent(new Event("input", { bubbles: true }));
        scrub.dispatchEvent(new Event("change", { bubbles: true }));
      }, k);
      await settled(page);
      await step(page, `${link} at ${k}`);
      await products(page, `${link} at ${k}`);
      steps += 1;
    }
    // Whose products are drawn, the other way round; a search has no such choice.
    if (!(await page.isVisible("#of"))) continue;
    await page.selectOption("#of", (await page.inputValue("#of")) === "law" ? "network" : "law");
    await settled(page);
    await products(page, `${link}, the other products`);
  }
  assert.ok(steps >= 40, `${steps} steps`);
});

pageTest("the step that is said to destroy is the first without a ticket", async ({ page, open }) => {
  for (const link of (await presets()).filter((link) => !link.includes("view="))) {
    await page.goto("about:blank");
    await visit(open, page, link);
    const said = await text(page, "destroyed-at");
    if (said === "never") continue;
    for (const [k, none] of [[whole(said) - 1, false], [whole(said), true]]) {
      await page.evaluate((fragment) => { location.hash = fragment; }, `${link.replace(/&step=\w+/, "")}&step=${k}`);
      await settled(page);
      assert.equal((await text(page, "tickets")) === "0", none, `${link} at ${k}`);
    }
  }
});
