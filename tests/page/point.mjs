// Pointing at the picture as a visitor would. Where a thing is, is learnt by walking to its ends by keys: the card that opens
// there says which place of the picture it belongs to.

import assert from "node:assert/strict";
import { frame } from "./walk.mjs";

/** The box of the picture in the window. */
export const box = (page) => page.locator("#network-canvas").boundingBox();

/** What a card says, by part; null while there is none. */
export async function card(page, where = "#hover") {
  await frame(page);
  return page.evaluate((selector) => {
    const parts = [...document.querySelectorAll(`${selector} [data-part]`)].filter((part) => part.checkVisibility());
    return parts.length === 0 ? null : Object.fromEntries(parts.map((part) => [part.dataset.part, part.textContent]));
  }, where);
}

/** Walks to a node by keys: `x`, `h2.3`, `y`; gives its place in the window. */
export async function walkTo(page, name) {
  await page.focus("#network-box");
  const press = async (key, times = 1) => { for (let time = 0; time < times; time++) await page.keyboard.press(key); };
  // Two Escapes: the card, then the place. A third goes to a message that may stand there.
  await press("Escape", 3);
  await press("ArrowRight");
  if (name !== "x") {
    const [, layer, index] = name.match(/^h(\d+)\.(\d+)$/) ?? [null, Infinity, 1];
    for (let at = 0; at < layer; at++) {
      const before = (await card(page)).title;
      await press("ArrowRight", 2);
      if ((await card(page)).title === before) break;
    }
    await press("Home");
    await press("ArrowDown", index - 1);
  }
  assert.equal((await card(page)).title, name);
  const { x, y } = await box(page);
  return page.evaluate(([left, top]) => {
    const at = (axis) => Number(document.getElementById("hover").style.getPropertyValue(`--at-${axis}`));
    return { x: left + at("x"), y: top + at("y") };
  }, [x, y]);
}

/** Moves the mouse to a node, or onto an edge where no other crosses it; gives the place and the card. */
export async function point(page, name, share = 0.37) {
  const ends = [];
  for (const end of name.split(" → ")) ends.push(await walkTo(page, end));
  await page.keyboard.press("Escape");
  await page.keyboard.press("Escape");
  const [from, to] = [ends[0], ends.at(-1)];
  const place = { x: from.x + share * (to.x - from.x), y: from.y + share * (to.y - from.y) };
  await page.mouse.move(place.x, place.y + 1);
  await page.mouse.move(place.x, place.y);
  const said = await card(page);
  assert.equal(said?.title, name, "the card under the pointer");
  return { ...place, card: said };
}

/** Moves the mouse off the picture and waits until its card is gone. */
export async function leave(page) {
  await page.mouse.move(1, 1);
  await page.waitForSelector("#hover", { state: "hidden" });
}
