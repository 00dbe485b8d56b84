// The states that the page is looked at in (tests/scenes/states.json): a link each, and what a hand does then.

import { readFile } from "node:fs/promises";
import { frame, settled } from "./walk.mjs";

const read = async (file) => JSON.parse(await readFile(new URL(`../scenes/${file}`, import.meta.url), "utf8"));

/** { name, link, acts }, at least 60 of them. */
export const STATES = await read("states.json");

/** What axe-core cannot decide and a person has: { rule, target, reason }. */
export const REVIEWED = await read("reviewed.json");

/** In a small window the controls and the acts are in the sheet, which is opened first. */
async function sheet(page) {
  if (await page.isVisible("#sheet") && await page.getAttribute("#sheet", "aria-expanded") !== "true") await page.click("#sheet");
}

/** Opens a `<details>`. */
const unfold = (id) => (page) => page.evaluate((name) => { document.getElementById(name).open = true; }, id);

/** Walks by keys through what has a focus of its own. */
async function walk(page, id, ...keys) {
  await page.focus(`#${id}`);
  for (const key of keys) await page.keyboard.press(key);
}

const ACTS = {
  keys: (page) => page.keyboard.press("?"),
  scenes: async (page) => { await sheet(page); await page.click("#scenes-open"); },
  twin: unfold("twin"),
  bins: unfold("bins-twin"),
  digits: unfold("digits"),
  refused: async (page) => {
    await sheet(page);
    await page.fill("#width", "nonsense");
    await page.press("#width", "Enter");
  },
  lock: async (page) => { await sheet(page); await page.click("#seed-lock"); },
  sheet,
  preview: (page) => page.hover("#scrub", { position: { x: 60, y: 14 } }),
  "walk node": async (page) => walk(page, "network-box", "ArrowRight"),
  "walk edge": async (page) => walk(page, "network-box", "ArrowRight", "ArrowRight"),
  "walk bar": async (page) => walk(page, "histogram-box", "ArrowRight", "ArrowRight"),
  pin: (page) => page.keyboard.press("p"),
  cut: (page) => page.keyboard.press("Enter"),
  keep: (page) => page.keyboard.press("Enter"),
  values: unfold("values"),
  inputs: unfold("inputs"),
  "log axis": (page) => page.click("#axis-log"),
  "range refused": async (page) => {
    await page.fill("#brush-low", "nonsense");
    await page.press("#brush-low", "Enter");
  },
  order: (page) => page.check("#by-death"),
  cancel: async (page) => {
    await page.waitForSelector("#cancel", { state: "visible" });
    await page.click("#cancel");
  },
};

/** Goes from state to state in one page: by its address, or anew where the state before was more than its link. */
export function walker(page, open) {
  let fresh = false;
  return async ({ link, acts = [] }) => {
    if (fresh) {
      await page.evaluate((fragment) => { location.hash = fragment; }, link);
    } else {
      await page.goto("about:blank");
      await open(link);
    }
    // Work that is to be cancelled must still be under way.
    if (!acts.includes("cancel")) await settled(page);
    for (const act of acts) await ACTS[act](page);
    await frame(page);
    await settled(page);
    fresh = acts.length === 0;
  };
}
