// Keyboard, screen reader, themes, sizes.

import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { SMALL, settled, step, text, visit } from "./walk.mjs";

const WORLDS = ["light", "dark"].flatMap((scheme) => [[1280, 800], [360, 740]].map(([width, height]) => ({ scheme, width, height })));
const VIEWS = { prune: `${SMALL}&step=30`, products: "#v1&view=products&hidden=5&width=4&samples=5000" };

for (const world of WORLDS) {
  const name = `${world.scheme}, ${world.width} px`;
  pageTest(`axe-core finds nothing: ${name}`, { ...world, motion: "reduce" }, async ({ page, open, axe }) => {
    for (const link of Object.values(VIEWS)) {
      await page.goto("about:blank");
      await visit(open, page, link);
      await page.evaluate(() => document.querySelectorAll("details").forEach((details) => { details.open = true; }));
      await axe();
      if (world.width < 760) await page.click("#sheet");
      await page.fill("#width", "nonsense");
      await page.press("#width", "Enter");
      await axe();
    }
    await page.goto("about:blank");
    await visit(open, page, "#v1&view=find&width=900");
    await axe();
  });
  pageTest(`nothing is wider than the window: ${name}`, { ...world, motion: "reduce" }, async ({ page, open }) => {
    for (const link of Object.values(VIEWS)) {
      await page.goto("about:blank");
      await visit(open, page, link);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), link);
    }
  });
}

pageTest("forced colours: axe-core finds nothing, and states stay apart without hues", { motion: "reduce" }, async ({ page, open, axe }) => {
  await page.emulateMedia({ forcedColors: "active" });
  await visit(open, page, VIEWS.prune);
  await axe();
  const colours = await page.evaluate((canvas) => {
    const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
    const seen = new Set();
    for (let at = 0; at < data.length; at += 4) if (data[at + 3] === 255) seen.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
    return seen.size;
  }, await page.$("#network-canvas"));
  assert.ok(colours > 3);
});

pageTest("the dialog of keys is sound", async ({ page, open, axe }) => {
  await visit(open, page, SMALL);
  await page.keyboard.press("?");
  await axe();
});

pageTest("keys do nothing while a text is typed, and letters can be switched off", async ({ page, open }) => {
  await visit(open, page, `${SMALL}&step=5`);
  await page.click("#seed");
  await page.keyboard.type("r n? c");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Home");
  assert.equal((await step(page)).k, 5);
  assert.equal(await page.isVisible("#help"), false);
  await page.fill("#seed", "1");
  await page.press("#seed", "Enter");
  await page.click("#keys");
  await page.uncheck("#letters");
  await page.click("#help-close");
  await page.keyboard.press("r");
  assert.equal((await step(page)).k, 5, "R is off");
  await page.keyboard.press("ArrowLeft");
  assert.equal((await step(page)).k, 4, "arrows stay");
  await page.reload();
  await settled(page);
  await page.keyboard.press("r");
  assert.equal((await step(page)).k, 4, "the browser remembers");
});

pageTest("Tab reaches every control, leaves, and Shift+Tab is the exact reverse", async ({ page, open }) => {
  await visit(open, page, `${SMALL}&step=5`);
  const all = await page.evaluate(() => [...document.querySelectorAll("a[href], button, input, select, summary")]
    .filter((element) => element.checkVisibility({ visibilityProperty: true }) && !element.disabled && !element.closest("dialog, [inert]"))
    .map((element) => element.id || element.textContent.trim()));
  const here = () => page.evaluate(() => {
    const active = document.activeElement;
    return active === document.body || !active ? null : active.id || active.textContent.trim();
  });
  await page.evaluate(() => document.activeElement?.blur());
  const forward = [];
  for (let turn = 0; turn < 100; turn++) {
    await page.keyboard.press("Tab");
    const id = await here();
    if (id === null) break;
    forward.push(id);
  }
  assert.deepEqual(forward.filter((id) => all.includes(id)).toSorted(), all.toSorted());
  const backward = [];
  for (let turn = 0; turn < forward.length; turn++) {
    await page.keyboard.press("Shift+Tab");
    backward.push(await here());
  }
  assert.deepEqual(backward.toReversed(), forward);
});

pageTest("the focus stays where it was, and can be seen", async ({ page, open }) => {
  await visit(open, page, SMALL);
  for (const id of ["forward", "last", "forward", "first", "back", "play"]) {
    await page.focus(`#${id}`);
    await page.keyboard.press("Enter");
    assert.equal(await page.evaluate(() => document.activeElement.id), id);
    const { width, style } = await page.evaluate(() => {
      const { outlineWidth, outlineStyle } = getComputedStyle(document.activeElement);
      return { width: parseFloat(outlineWidth), style: outlineStyle };
    });
    assert.ok(width >= 2 && style !== "none", id);
  }
});

pageTest("a step is said, playing is not chatty", async ({ page, open }) => {
  await visit(open, page, SMALL);
  await page.evaluate(() => {
    globalThis.said = [];
    const live = document.getElementById("announce");
    new MutationObserver(() => globalThis.said.push(live.textContent)).observe(live, { childList: true, characterData: true, subtree: true });
  });
  await page.keyboard.press("ArrowRight");
  await page.waitForFunction(() => globalThis.said.length === 1);
  assert.match(await page.evaluate(() => globalThis.said[0]), /^Step 1 of \d+: cut .* 625 survive\.$/);
  await page.selectOption("#speed", "max");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("Space");
  await settled(page);
  await page.waitForFunction(() => globalThis.said.at(-1).includes("no ticket"));
  assert.equal(await page.evaluate(() => globalThis.said.length), 2, "only the end is said");
});

pageTest("the table in words agrees with the counters", async ({ page, open }) => {
  await visit(open, page, `${SMALL}&step=50`);
  await page.click("#twin summary");
  const rows = await page.locator("#twin-rows tr").evaluateAll((rows) =>
    rows.map((row) => [...row.children].slice(1).map((cell) => Number(cell.textContent.replaceAll(",", "")))));
  const sum = (column) => rows.reduce((total, row) => total + row[column], 0);
  assert.equal(rows.length, 5);
  assert.equal(sum(0), 85);
  for (const row of rows) assert.equal(row[0], row[1] + row[2] + row[3] + row[4]);
  assert.equal(sum(1), Number(await text(page, "on-ticket")));
  assert.equal(sum(2), Number(await text(page, "idle")));
  assert.equal(sum(3), 50);
  assert.equal(sum(4), Number(await text(page, "orphaned")));
  assert.match(await page.getAttribute("#network-canvas", "aria-label"), /At step 50 of \d+/);
});

pageTest("targets under a finger are 44 px", { width: 360, height: 740, touch: true }, async ({ page, open }) => {
  await visit(open, page, SMALL);
  await page.click("#sheet");
  await page.waitForSelector("#controls", { state: "visible" });
  const small = await page.evaluate(() => [...document.querySelectorAll("button, select, input[type=range], .tabs a")]
    .filter((element) => element.checkVisibility())
    .map((element) => [element.id, element.getBoundingClientRect()])
    .filter(([, box]) => box.height < 44 || box.width < 44)
    .map(([id, box]) => `${id} ${box.width}×${box.height}`));
  assert.deepEqual(small.filter((what) => !/^(law|rule|protect|orphans|of|alpha-mode) /.test(what)), []);
});

pageTest("the sheet of controls opens and closes under a thumb and by key", { width: 360, height: 740, touch: true },
  async ({ page, open }) => {
    await visit(open, page, SMALL);
    assert.equal(await page.isVisible("#controls"), false);
    await page.tap("#sheet");
    await page.waitForSelector("#controls", { state: "visible" });
    await page.fill("#width", "6");
    await page.press("#width", "Enter");
    await settled(page);
    assert.match(await text(page, "say"), /^108 edges to cut/);
    await page.keyboard.press("Escape");
    await page.waitForSelector("#controls", { state: "hidden" });
    assert.equal(await page.evaluate(() => document.activeElement.id), "sheet");
  });
