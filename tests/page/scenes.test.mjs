// The menu of scenes: every preset is a link with a sentence, reached by mouse, keyboard and thumb.

import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { SMALL, settled, text, visit } from "./walk.mjs";

const anchors = (page) => page.locator("#scenes-list a");

pageTest("each scene is a real link with a name and a sentence, and the open one is marked", async ({ page, open, axe, shot }) => {
  await visit(open, page, SMALL);
  assert.equal(await page.isVisible("#scenes"), false);
  await page.click("#scenes-open");
  assert.ok(await page.isVisible("#scenes"));
  const rows = await anchors(page).evaluateAll((list) => list.map((a) => ({
    href: new URL(a.href).hash, name: a.children[0].textContent, sentence: a.children[1].textContent, current: a.ariaCurrent,
  })));
  assert.ok(rows.length >= 10, `${rows.length} scenes`);
  assert.equal(new Set(rows.map(({ href }) => href)).size, rows.length);
  for (const { href, name, sentence, current } of rows) {
    assert.match(href, /^#v1&/);
    assert.match(name, /\w/);
    assert.match(sentence, /^[A-Z0-9].*[.:!?]$/, name);
    assert.equal(current, null, "this link is no preset");
  }
  await axe();
  await shot("scenes-1280");
  const chosen = rows.findIndex(({ href }) => !/view=/.test(href));
  await anchors(page).nth(chosen).click();
  await settled(page);
  assert.equal(await page.isVisible("#scenes"), false);
  assert.equal(await page.evaluate(() => location.hash), rows[chosen].href);
  // A step is still this scene; another seed is not.
  await page.click("#back");
  await page.click("#forward");
  await page.click("#scenes-open");
  assert.deepEqual(await anchors(page).evaluateAll((list) => list.map((a) => a.ariaCurrent === "true")), rows.map((_, place) => place === chosen));
  await page.keyboard.press("Escape");
  await page.waitForSelector("#scenes", { state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement.id), "scenes-open", "the focus returns");
  await page.goBack();
  await settled(page);
});

pageTest("every scene opens, says something, and has no note", { timeout: 120_000, motion: "reduce" }, async ({ page, open }) => {
  await visit(open, page, SMALL);
  await page.click("#scenes-open");
  const links = await anchors(page).evaluateAll((list) => list.map((a) => new URL(a.href).hash));
  for (const link of links) {
    await page.evaluate((fragment) => { location.hash = fragment; }, link);
    await settled(page);
    assert.equal(await page.isVisible("#elsewhere"), false, link);
    assert.match(await text(page, "say"), /\.$/, link);
  }
});

pageTest("the menu can be used by keyboard alone", async ({ page, open }) => {
  await visit(open, page, SMALL);
  await page.focus("#scenes-open");
  await page.keyboard.press("Enter");
  await page.keyboard.press("Tab");
  const href = await page.evaluate(() => new URL(document.activeElement.href).hash);
  assert.match(href, /^#v1&/, "the focus moves among the scenes");
  await page.keyboard.press("Enter");
  await settled(page);
  assert.equal(await page.isVisible("#scenes"), false);
  assert.equal(await page.evaluate(() => location.hash), href);
});

pageTest("the menu fits a thumb", { width: 360, height: 740, touch: true }, async ({ page, open, axe, shot }) => {
  await visit(open, page, SMALL);
  await page.tap("#sheet");
  await page.tap("#scenes-open");
  for (const box of await anchors(page).evaluateAll((list) => list.map((a) => a.getBoundingClientRect().toJSON()))) {
    assert.ok(box.height >= 44 && box.left >= 0 && box.right <= 360, JSON.stringify(box));
  }
  await axe();
  await shot("scenes-360");
  await anchors(page).nth(1).tap();
  await settled(page);
  assert.equal(await page.isVisible("#scenes"), false);
});
