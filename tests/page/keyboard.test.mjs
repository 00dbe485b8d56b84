// The keyboard alone: every task of tests/tasks.json, every control in the order of Tab, and a ring that can be seen.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { test } from "node:test";
import { pageTest } from "./harness.mjs";
import { contrast, decode, luminance } from "./pixels.mjs";
import { settled, visit } from "./walk.mjs";

// { name, link, keys, see }. A key is one that Playwright presses; "→ id": Tab until that has the focus; "« text": typed. What is to be
// seen then: the text of an element, its attribute (#id@name), its value (#id=), the address, or what has the focus, each as a pattern.
const TASKS = JSON.parse(await readFile(new URL("../tasks.json", import.meta.url), "utf8"));

/** What has the focus: an id, or that of the `<details>` of a summary; null for the body. */
const focused = (page) => page.evaluate(() => {
  const active = document.activeElement;
  return !active || active === document.body ? null : active.id || active.parentElement.id || active.textContent;
});

async function tabTo(page, id) {
  const passed = [];
  while (await focused(page) !== id) {
    assert.ok(passed.length < 200, `Tab never reaches ${id}: ${passed.join(" ")}`);
    await page.keyboard.press("Tab");
    passed.push(await focused(page));
  }
}

async function press(page, key) {
  const [kind, rest] = [key[0], key.slice(2)];
  if (kind === "→") await tabTo(page, rest);
  else if (kind === "«") await page.keyboard.type(rest);
  else await page.keyboard.press(key);
}

/** Waits until a task's picture is there. */
async function sees(page, what, pattern) {
  // Runs in the page; the names are those of the table above.
  const sight = (name) => {
    if (name === "address") return location.hash;
    if (name === "focus") return document.activeElement.id;
    const [, id, kind, attribute] = name.match(/^(.*?)(?:([@=])(.*))?$/);
    const element = document.querySelector(id);
    if (kind === "@") return String(element.getAttribute(attribute));
    return (kind === "=" ? element.value : element.textContent).replaceAll("\u{a0}", " ");
  };
  await page.evaluate(`globalThis.sight = ${sight}`);
  const there = ({ name, wanted }) => new RegExp(wanted).test(globalThis.sight(name));
  await page.waitForFunction(there, { name: what, wanted: pattern }, { timeout: 15_000 }).catch(async () => {
    assert.fail(`${what} is “${await page.evaluate((name) => globalThis.sight(name), what)}”, not ${pattern}`);
  });
}

test("there are at least forty tasks", () => {
  assert.ok(TASKS.length >= 40);
  assert.equal(new Set(TASKS.map(({ name }) => name)).size, TASKS.length);
});

// A page for several tasks: what one leaves behind is gone with the document.
for (let start = 0; start < TASKS.length; start += 20) {
  pageTest(`tasks by keyboard alone, ${start + 1} and on`, { timeout: 120_000, motion: "reduce" }, async ({ page, open, context }) => {
    await context.grantPermissions(["clipboard-read", "clipboard-write"]);
    for (const { name, link, keys, see, busy } of TASKS.slice(start, start + 20)) {
      await page.goto("about:blank");
      await open(link);
      await page.evaluate(() => localStorage.clear());
      if (busy) await page.waitForSelector("#cancel", { state: "visible" });
      else await settled(page);
      for (const key of keys) {
        const before = await focused(page);
        await press(page, key);
        // Everything is at rest before the next key, but for what plays or is to be stopped.
        if (key !== "Space" && !busy) await settled(page);
        assert.ok(before === null || await focused(page) !== null, `${name}: ${key} lost the focus`);
      }
      for (const [what, pattern] of Object.entries(see)) {
        await sees(page, what, pattern).catch((error) => assert.fail(`${name}: ${error.message}`));
      }
    }
  });
}

// States whose controls are not those of another one.
const STOPS = {
  prune: { link: "#v1&hidden=4&width=5&samples=1000&step=5" },
  products: { link: "#v1&view=products&hidden=4&width=5&samples=1000" },
  find: { link: "#v1&view=find&hidden=1&width=12&law=uniform&seed=157&activation=linear&method=subset&step=2" },
  notes: { link: "#v1&width=900&hidden=1&samples=1000" },
  "the sheet on a phone": { link: "#v1&hidden=4&width=5&samples=1000&step=5", width: 360, height: 740, sheet: true },
};

/** Everything on the page that can be reached, in the order of the document. */
const reachable = (page) => page.evaluate(() => [...document.querySelectorAll("a[href], button, input, select, summary, [tabindex='0']")]
  .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled && !element.closest("dialog, [inert]"))
  .map((element) => element.id || element.parentElement.id || element.textContent));

for (const [name, { link, sheet, ...size }] of Object.entries(STOPS)) {
  for (const scheme of ["light", "dark"]) {
    pageTest(`Tab reaches every control, shows where it is, leaves and comes back: ${name}, ${scheme}`,
      { ...size, scheme, motion: "reduce", timeout: 120_000 }, async ({ page, open }) => {
        await visit(open, page, link);
        // A click would move the place from which Tab sets out.
        if (sheet) await page.evaluate(() => document.getElementById("sheet").click());
        await page.evaluate(() => document.activeElement?.blur());
        await settled(page);
        const all = await reachable(page);
        const forward = [];
        for (;;) {
          await page.keyboard.press("Tab");
          const here = await focused(page);
          if (here === null) break;
          forward.push(here);
          assert.ok(forward.length <= 2 * all.length, `a trap: ${forward.slice(-5)}`);
          await ringed(page, here);
        }
        assert.deepEqual(all.filter((id) => !forward.includes(id)), [], "never reached");
        const backward = [];
        for (const _ of forward) {
          await page.keyboard.press("Shift+Tab");
          backward.push(await focused(page));
        }
        assert.deepEqual(backward.toReversed(), forward);
      });
  }
}

/** The focus can be seen: pixels around it change by 3:1 or more when it comes, at least as many as a line of 1 px around it has. */
async function ringed(page, name) {
  const box = await page.evaluate(() => {
    const shape = document.activeElement.closest(".choice, label.button") ?? document.activeElement;
    const { left, top, width, height } = shape.getBoundingClientRect();
    return { x: Math.max(0, left - 6), y: Math.max(0, top - 6), width: width + 12, height: height + 12 };
  });
  const size = page.viewportSize();
  const clip = { ...box, width: Math.min(box.width, size.width - box.x), height: Math.min(box.height, size.height - box.y) };
  assert.ok(clip.width > 8 && clip.height > 8, `${name} is out of sight: ${JSON.stringify(box)}`);
  const lit = decode(await page.screenshot({ clip }));
  await page.evaluate(() => { globalThis.at = document.activeElement; document.activeElement.blur(); });
  const plain = decode(await page.screenshot({ clip }));
  await page.evaluate(() => globalThis.at.focus());
  let clear = 0;
  for (let at = 0; at < lit.data.length; at += 4) {
    const [one, other] = [lit, plain].map(({ data }) => luminance(data[at], data[at + 1], data[at + 2]));
    if (contrast(one, other) >= 3) clear += 1;
  }
  assert.ok(clear >= clip.width + clip.height, `${name}: the ring has only ${clear} clear pixels`);
}
