// In every state, theme and size: axe-core with all its rules, contrast, room, targets, rest.

import assert from "node:assert/strict";
import { test } from "node:test";
import { pageTest } from "./harness.mjs";
import * as inspect from "./inspect.mjs";
import { REVIEWED, STATES, walker } from "./states.mjs";

test("there are at least sixty states, each with its own name and content, and reasons for what was reviewed", () => {
  assert.ok(STATES.length >= 60);
  assert.equal(new Set(STATES.map(({ name }) => name)).size, STATES.length);
  assert.equal(new Set(STATES.map(({ link, acts }) => JSON.stringify([link, acts]))).size, STATES.length);
  for (const { rule, target, reason } of REVIEWED) assert.ok(rule && target && reason.length > 30);
});

// `look` is done in every state: the names of what inspect.mjs holds.
const WORLDS = {};
for (const [size, [width, height]] of Object.entries({ "1280 px": [1280, 800], "360 px": [360, 740] })) {
  for (const scheme of ["light", "dark"]) WORLDS[`${scheme}, ${size}`] = { width, height, scheme, look: ["axe", "contrast", "fits", "targets", "still"] };
  WORLDS[`forced colours, ${size}`] = { width, height, forced: true, look: ["axe", "fits"] };
}
// The least window that WCAG asks for: 320 × 256 CSS px, which is also 1280 × 1024 at 400 %. And a text that a reader has spread out.
WORLDS["320 px"] = { width: 320, height: 640, look: ["fits", "targets"] };
WORLDS["1280 × 1024 px at 400 %"] = { width: 320, height: 256, scale: 4, look: ["fits"] };
WORLDS["1280 × 800 px at 200 %"] = { width: 640, height: 400, scale: 2, look: ["fits"] };
WORLDS["spread text, 1280 px"] = { width: 1280, height: 800, spread: true, look: ["fits"] };
WORLDS["spread text, 360 px"] = { width: 360, height: 740, spread: true, look: ["fits"] };

// Two worlds see all states, the others every fourth, each beginning at another, so that a run ends while one waits for it. `ALL_STATES=1`
// lets every world see all.
const WHOLE = ["light, 1280 px", "dark, 360 px"];
const seenIn = (world, place) => process.env.ALL_STATES === "1" || WHOLE.includes(world) ? STATES : STATES.filter((_, at) => (at + place) % 4 === 0);

// WCAG 2.1, 1.4.12.
const SPREAD = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important } p { margin-bottom: 2em !important }";

for (const [place, [name, { look, forced, spread, ...options }]] of Object.entries(WORLDS).entries()) {
  pageTest(`states: ${name}`, { ...options, motion: "reduce", timeout: 300_000 }, async ({ page, open }) => {
    if (forced) await page.emulateMedia({ forcedColors: "active" });
    if (spread) {
      await page.addInitScript((css) => {
        const sheet = new CSSStyleSheet();
        sheet.replaceSync(css);
        document.adoptedStyleSheets = [sheet];
      }, SPREAD);
    }
    const go = walker(page, open);
    // The same fault in many states is one fault.
    const found = new Map();
    for (const state of seenIn(name, place)) {
      await go(state);
      for (const what of look) {
        for (const fault of await inspect[what](page, options.width <= 760 ? 44 : 24, forced)) {
          found.set(fault, [...found.get(fault) ?? [], state.name]);
        }
      }
    }
    assert.deepEqual([...found].map(([fault, [first, ...more]]) => `${fault} (${first}${more.length ? ` and ${more.length} more` : ""})`), []);
  });
}
