// Every key of the one table, by what it does; the dialog must list exactly these.

import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { card, leave, point, walkTo } from "./point.mjs";
import { SMALL, settled, step, text, visit } from "./walk.mjs";

const KEYS = {
  "Play or pause": async (page) => {
    await page.keyboard.press("Space");
    await page.waitForSelector("#play[aria-label=Pause]");
    await page.keyboard.press("Space");
    await page.waitForSelector("#play[aria-label=Play]");
  },
  "One step forward": async (page) => {
    const { k } = await step(page);
    await page.keyboard.press("ArrowRight");
    assert.equal((await step(page)).k, k + 1);
  },
  "One step back": async (page) => {
    await page.keyboard.press("ArrowRight");
    const { k } = await step(page);
    await page.keyboard.press("ArrowLeft");
    assert.equal((await step(page)).k, k - 1);
  },
  "To the start": async (page) => {
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Home");
    assert.equal((await step(page)).k, 0);
  },
  "To the end of the run": async (page) => {
    await page.keyboard.press("End");
    const { k, last } = await step(page);
    assert.equal(k, last);
  },
  Rewind: async (page) => {
    await page.keyboard.press("r");
    assert.equal((await step(page)).k, 0);
  },
  "New weights": async (page) => {
    const seed = await page.inputValue("#seed");
    await page.keyboard.press("n");
    await page.waitForFunction((before) => document.getElementById("seed").value !== before, seed);
  },
  "Copy the link of what you see": async (page) => {
    await page.keyboard.press("c");
    await page.waitForFunction(() => document.getElementById("announce").textContent.includes("copied"));
  },
  "This list": async (page) => {
    await page.keyboard.press("?");
    assert.ok(await page.isVisible("#help"));
    await page.keyboard.press("Escape");
    assert.equal(await page.isVisible("#help"), false);
  },
  "Pin what is under the pointer, or unpin it": async (page) => {
    await page.keyboard.press("Home");
    const place = await point(page, "h2.2 → h3.3");
    await page.evaluate(() => document.activeElement.blur());
    await page.mouse.move(place.x, place.y + 1);
    await page.mouse.move(place.x, place.y);
    await page.keyboard.press("p");
    assert.equal((await card(page, "#pins")).title, "h2.2 → h3.3");
    await page.keyboard.press("p");
    assert.equal(await card(page, "#pins"), null);
    await leave(page);
  },
  "Undo what was done by hand": async (page) => {
    await cutOne(page);
    await page.keyboard.press("Control+z");
    await settled(page);
    assert.equal(await page.isVisible("#by-hand"), false);
  },
  "Redo it": async (page) => {
    await page.keyboard.press("Control+Shift+Z");
    await settled(page);
    assert.equal(await text(page, "hand-line"), "1 edge cut.");
    await page.keyboard.press("Control+z");
  },
  "Redo it, too": async (page) => {
    await page.keyboard.press("Control+y");
    await settled(page);
    assert.equal(await text(page, "hand-line"), "1 edge cut.");
    await page.keyboard.press("Control+z");
    await settled(page);
  },
  "Put away the card, the message or the sheet": async (page) => {
    await page.evaluate(() => document.activeElement.blur());
    assert.ok(await page.isVisible("#told"));
    await page.keyboard.press("Escape");
    await page.waitForSelector("#told", { state: "hidden" });
  },
  "Along an edge, towards the output": async (page) => {
    await walkTo(page, "h2.2");
    await page.keyboard.press("ArrowRight");
    assert.match((await card(page)).title, /^h2\.2 → h3\.\d$/);
  },
  "Along an edge, towards the input": async (page) => {
    await walkTo(page, "h2.2");
    await page.keyboard.press("ArrowLeft");
    assert.match((await card(page)).title, /^h1\.\d → h2\.2$/);
  },
  "The node, or the edge of this node, above": async (page) => {
    await walkTo(page, "h2.2");
    await page.keyboard.press("ArrowUp");
    assert.equal((await card(page)).title, "h2.1");
  },
  "The node, or the edge of this node, below": async (page) => {
    await walkTo(page, "h2.2");
    await page.keyboard.press("ArrowRight");
    const { title } = await card(page);
    await page.keyboard.press("ArrowDown");
    const [, to] = title.match(/(\d)$/);
    assert.equal((await card(page)).title, `h2.2 → h3.${Number(to) + 1}`);
  },
  "The first node, or the first edge of this node": async (page) => {
    await walkTo(page, "h2.3");
    await page.keyboard.press("Home");
    assert.equal((await card(page)).title, "h2.1");
  },
  "The last node, or the last edge of this node": async (page) => {
    await walkTo(page, "h2.3");
    await page.keyboard.press("End");
    assert.equal((await card(page)).title, "h2.5");
  },
  "Cut the edge, or bring it back; pin the node": async (page) => {
    await walkTo(page, "h2.3");
    await page.keyboard.press("Enter");
    assert.equal((await card(page, "#pins")).title, "h2.3");
    await page.keyboard.press("Enter");
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("Enter");
    await settled(page);
    assert.equal((await card(page)).state, "Cut by hand");
    await page.keyboard.press("Enter");
    await settled(page);
    assert.equal((await card(page)).state, "On a ticket");
  },
  "Pin the node or edge, or unpin it": async (page) => {
    await walkTo(page, "h2.3");
    await page.keyboard.press("p");
    assert.equal((await card(page, "#pins")).title, "h2.3");
    await page.keyboard.press("p");
    assert.equal(await card(page, "#pins"), null);
  },
  "Cut the edge": async (page) => {
    await cutOne(page);
    assert.equal(await text(page, "hand-line"), "1 edge cut.");
    await page.keyboard.press("Control+z");
    await settled(page);
  },
  "Leave: put away the card, then forget the place": async (page) => {
    await walkTo(page, "h2.3");
    await page.keyboard.press("Escape");
    assert.equal(await card(page), null);
    await page.keyboard.press("Escape");
    await page.keyboard.press("Escape");
    await page.keyboard.press("ArrowDown");
    assert.equal((await card(page)).title, "x");
  },
  "The first bar": async (page) => {
    await page.focus("#histogram-box");
    await page.keyboard.press("Home");
    assert.equal(await bar(page), 1);
  },
  "The last bar": async (page) => {
    await page.focus("#histogram-box");
    await page.keyboard.press("End");
    assert.equal(await bar(page), Number(await page.getAttribute("#histogram-box", "aria-valuemax")));
  },
  "The bar to the right, and its paths in the picture": async (page) => {
    await page.focus("#histogram-box");
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    assert.equal(await bar(page), 2);
  },
  "The bar to the left, and its paths in the picture": async (page) => {
    await page.focus("#histogram-box");
    await page.keyboard.press("End");
    const last = await bar(page);
    await page.keyboard.press("ArrowLeft");
    assert.equal(await bar(page), last - 1);
  },
  "Keep the paths of this bar lit, or no longer": async (page) => {
    await page.focus("#histogram-box");
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    await settled(page);
    assert.match(await page.evaluate(() => location.hash), /[&]brush=/);
    await page.keyboard.press("Enter");
    await settled(page);
    assert.doesNotMatch(await page.evaluate(() => location.hash), /[&]brush=/);
  },
  "Light all paths again": async (page) => {
    await page.focus("#histogram-box");
    await page.keyboard.press("Home");
    await page.keyboard.press("Enter");
    await settled(page);
    await page.keyboard.press("Escape");
    await settled(page);
    assert.doesNotMatch(await page.evaluate(() => location.hash), /[&]brush=/);
  },
};

async function bar(page) {
  await settled(page);
  return Number(await page.getAttribute("#histogram-box", "aria-valuenow"));
}

/** Cuts the straightest edge out of h2.3 by keys. */
async function cutOne(page) {
  await page.keyboard.press("Home");
  await walkTo(page, "h2.3");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Delete");
  await settled(page);
}

pageTest("every key of the table does what the dialog says", async ({ page, open, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await visit(open, page, SMALL);
  const listed = await page.locator("#help tbody tr td:first-child").allTextContents();
  assert.deepEqual(listed.toSorted(), Object.keys(KEYS).toSorted());
  for (const name of listed) await KEYS[name](page);
});


pageTest("each move of a walk is said once, in words", async ({ page, open }) => {
  await visit(open, page, SMALL);
  await page.evaluate(() => {
    globalThis.said = [];
    const live = document.getElementById("announce");
    new MutationObserver(() => globalThis.said.push(live.textContent)).observe(live, { childList: true, characterData: true, subtree: true });
  });
  await page.focus("#network-box");
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => globalThis.said.length === 1);
  assert.equal(await page.evaluate(() => globalThis.said[0]), "Node x: on a ticket; on 625 of 625 tickets.");
  for (const key of ["ArrowRight", "ArrowRight", "ArrowRight"]) await page.keyboard.press(key);
  await page.waitForFunction(() => globalThis.said.length === 2);
  assert.match(await page.evaluate(() => globalThis.said[1]), /^Edge h1\.\d → h2\.\d, weight \u{2212}?[\d.]+: on a ticket; on 25 of 625 tickets\.$/u,
    "in quick succession only the last is said");
});

pageTest("axe-core finds nothing with a card, pins, a message and a fault open", { motion: "reduce" }, async ({ page, open, axe }) => {
  await visit(open, page, SMALL);
  await cutOne(page);
  await page.keyboard.press("p");
  await page.locator("#pins [data-do=type]").fill("heavy");
  await page.locator("#pins [data-do=type]").press("Enter");
  await walkTo(page, "h2.2");
  assert.ok(await page.isVisible("#hover"));
  await axe();
});
