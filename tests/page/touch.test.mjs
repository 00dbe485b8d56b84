// By touch alone: taps, pinches and drags, as the browser's own touch events.

import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { box, card, walkTo } from "./point.mjs";
import { SMALL, frame, settled, text, visit } from "./walk.mjs";

const PHONE = { width: 360, height: 740, touch: true, motion: "reduce" };

/** Real touches: the browser makes pointer events, taps and gestures of them. */
async function finger(page) {
  const session = await page.context().newCDPSession(page);
  const send = (type, points) => session.send("Input.dispatchTouchEvent", {
    type, touchPoints: points.map(([x, y], id) => ({ x, y, id })),
  });
  return {
    tap: async (x, y) => { await send("touchStart", [[x, y]]); await send("touchEnd", []); await frame(page); },
    drag: async (...places) => {
      await send("touchStart", [places[0]]);
      for (const place of places.slice(1)) await send("touchMove", [place]);
      await send("touchEnd", []);
      await frame(page);
    },
    pinch: async (middle, from, to) => {
      const at = (reach) => [[middle[0] - reach, middle[1]], [middle[0] + reach, middle[1]]];
      await send("touchStart", at(from));
      for (let step = 1; step <= 5; step++) await send("touchMove", at(from + (to - from) * step / 5));
      await send("touchEnd", []);
      await frame(page);
    },
  };
}

const zoomed = (page) => page.evaluate(() => document.getElementById("network-box").hasAttribute("data-zoomed"));

/** Where a node is, with its card put away: a finger on a card is the card's. */
async function where(page, name) {
  const place = await walkTo(page, name);
  await page.keyboard.press("Escape");
  await frame(page);
  return place;
}

/** Where an edge is on this screen, and nothing else near it. */
async function place(page, from, to) {
  const [a, b] = [await walkTo(page, from), await walkTo(page, to)];
  for (let press = 0; press < 3; press++) await page.keyboard.press("Escape");
  await page.evaluate(() => document.activeElement.blur());
  return [a.x + 0.4 * (b.x - a.x), a.y + 0.4 * (b.y - a.y)];
}

pageTest("a tap selects an edge; the sheet cuts it, pins it, types its weight", PHONE, async ({ page, open }) => {
  await visit(open, page, "#v1&hidden=2&width=3&samples=1000");
  const { tap } = await finger(page);
  const at = await place(page, "h1.1", "h2.1");
  await tap(...at);
  assert.equal((await card(page, "#selection")).title, "h1.1 → h2.1");
  assert.equal(await page.isVisible("#hover"), false, "no card under the finger");
  const sheet = await page.locator("#tray").boundingBox();
  assert.ok(sheet.y + sheet.height >= 739 && sheet.y > 250, "it comes from below, and the picture stays in sight");
  const small = await page.locator("#tray button, #tray input[type=range]").evaluateAll((all) => all.filter((one) => one.checkVisibility())
    .map((one) => one.getBoundingClientRect()).filter((size) => size.height < 44 || size.width < 44).length);
  assert.equal(small, 0, "44 px under a finger");
  await page.locator("#selection [data-do=press]").tap();
  await settled(page);
  assert.equal((await card(page, "#selection")).state, "Cut by hand");
  assert.match(await text(page, "say"), /8 tickets?|6 tickets/);
  await page.locator("#selection [data-do=press]").tap();
  await settled(page);
  assert.equal((await card(page, "#selection")).state, "On a ticket");
  await page.locator("#selection [data-do=type]").fill("0.5");
  await page.locator("#selection [data-do=type]").press("Enter");
  await settled(page);
  assert.match((await card(page, "#selection")).chain, /0\.5/);
  await page.locator("#selection [data-do=pin]").tap();
  await frame(page);
  assert.equal((await card(page, "#pins")).letter, "A");
  await page.locator("#tray-close").tap();
  await frame(page);
  assert.equal(await page.evaluate(() => getComputedStyle(document.getElementById("tray")).position), "relative", "the sheet is gone, the pin stays on the page");
});

pageTest("two fingers zoom, one moves the picture, a double tap shows all of it", PHONE, async ({ page, open }) => {
  await visit(open, page, SMALL);
  const { tap, pinch, drag } = await finger(page);
  const { x, y, width, height } = await box(page);
  const middle = [x + width / 2, y + height / 2];
  const before = await where(page, "h2.1");
  await pinch(middle, 20, 60);
  assert.ok(await zoomed(page));
  const near = await where(page, "h2.1");
  assert.ok(Math.abs(near.y - middle[1]) > 1.5 * Math.abs(before.y - middle[1]), `${near.y} ${before.y}`);
  await drag(middle, [middle[0], middle[1] + 20], [middle[0] + 10, middle[1] + 40]);
  const moved = await where(page, "h2.1");
  assert.ok(moved.y > near.y + 15, `${moved.y} ${near.y}`);
  assert.equal(await page.evaluate(() => scrollY), 0, "the page stays");
  // Where the sheet, which the first tap may open, does not reach.
  await tap(middle[0], y + 40);
  await tap(middle[0], y + 40);
  assert.equal(await zoomed(page), false);
  const back = await where(page, "h2.1");
  assert.ok(Math.abs(back.x - before.x) < 1 && Math.abs(back.y - before.y) < 1);
});

pageTest("where nothing is zoomed, a finger on the picture scrolls the page", PHONE, async ({ page, open }) => {
  await visit(open, page, SMALL);
  const { x, y, width, height } = await box(page);
  const { drag } = await finger(page);
  const [middle, top] = [x + width / 2, y + height - 20];
  await drag(...Array.from({ length: 12 }, (_, step) => [middle, top - 18 * step]));
  await page.waitForFunction(() => scrollY > 60);
  assert.equal(await card(page, "#selection"), null, "and selects nothing");
});

pageTest("buttons zoom without any gesture; Ctrl and the wheel zoom on a desk", async ({ page, open }) => {
  await visit(open, page, SMALL);
  await page.click("#zoom-in");
  await frame(page);
  assert.ok(await zoomed(page));
  await page.click("#zoom-whole");
  await frame(page);
  assert.equal(await zoomed(page), false);
  const { x, y, width, height } = await box(page);
  await page.mouse.move(x + width / 2, y + height / 2);
  await page.mouse.wheel(0, -200);
  await frame(page);
  assert.equal(await zoomed(page), false, "the wheel alone scrolls");
  await page.keyboard.down("Control");
  await page.mouse.wheel(0, -200);
  await page.keyboard.up("Control");
  await frame(page);
  assert.ok(await zoomed(page));
  await page.click("#zoom-out");
  await frame(page);
  assert.equal(await zoomed(page), false);
});

pageTest("axe-core finds nothing on the sheet", { ...PHONE, scheme: "dark" }, async ({ page, open, axe }) => {
  await visit(open, page, "#v1&hidden=2&width=3&samples=1000");
  const { tap } = await finger(page);
  await tap(...await place(page, "h1.1", "h2.1"));
  await page.locator("#selection [data-do=pin]").tap();
  await frame(page);
  await axe();
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth));
});
