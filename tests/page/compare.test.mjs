// Two panels on one timeline, and their differences in words.

import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { SMALL, digest, frame, settled, step, text, visit } from "./walk.mjs";

const said = (page) => page.locator("#differences li").allTextContents();
const picture = (page, id) => page.evaluate((canvas) => document.getElementById(canvas).toDataURL(), id);

pageTest("another rule beside the first: one step is for both, and the differences are said", { width: 1440, height: 900, motion: "reduce" },
  async ({ page, open, shot, axe }) => {
    await visit(open, page, `${SMALL}&step=20`);
    assert.equal(await page.isVisible("#network-b"), false);
    await page.selectOption("#compare", "rule:two-choices");
    await settled(page);
    assert.match(await page.evaluate(() => location.hash), /&compare=rule:two-choices/);
    assert.equal(await text(page, "title-a"), "A: rule layer");
    assert.equal(await text(page, "title-b"), "B: rule two-choices");
    for (const id of ["network", "network-b"]) {
      assert.match(await text(page, id), /Strong hypothesis: pruning alone, nothing trained\. \d+ edges alive · [\d,]+ tickets survive · destroyed at step \d+/);
    }
    const before = await said(page);
    assert.match(before[0], /^Rule: layer against two-choices\.$/);
    assert.match(before[1], /^Destroyed at step \d+ against step \d+: \d+ cuts? (later|earlier)\.$/);
    const [a, b] = [await picture(page, "network-canvas"), await picture(page, "network-b-canvas")];
    assert.notEqual(a, b);
    await page.click("#forward");
    await settled(page);
    assert.notEqual(await picture(page, "network-canvas"), a);
    assert.notEqual(await picture(page, "network-b-canvas"), b);
    await page.click("#back");
    await settled(page);
    assert.deepEqual(await said(page), before);
    assert.equal(await picture(page, "network-b-canvas"), b);
    await axe();
    await shot("compare-1440");
    // The link opens the same two panels.
    const [link, seen] = [await page.getAttribute("html", "data-link"), await digest(page)];
    await page.goto("about:blank");
    await visit(open, page, link);
    assert.equal(await digest(page), seen);
    assert.ok(await page.isVisible("#network-b"));
    await page.selectOption("#compare", "");
    await settled(page);
    assert.equal(await page.isVisible("#network-b"), false);
    assert.notEqual(await digest(page), seen);
  });

pageTest("another seed, another order, a random mask", { motion: "reduce" }, async ({ page, open }) => {
  await visit(open, page, `${SMALL}&step=40`);
  for (const [option, title, link] of [
    ["seed", "B: weight seed 2", /&compare=seed:2/], ["prune-seed", "B: pruning seed 2", /&compare=prune-seed:2/],
    ["mask:random", "B: a random mask of the same sparsity", /&compare=mask:random/],
  ]) {
    await page.selectOption("#compare", option);
    await settled(page);
    assert.equal(await text(page, "title-b"), title);
    assert.match(await page.evaluate(() => location.hash), link);
    assert.equal(await page.isVisible("#compare-seed"), option !== "mask:random");
  }
  assert.match((await said(page)).join(" "), /Alive edges: \d+ in both/, "as sparse as the first");
  await page.selectOption("#compare", "prune-seed");
  await settled(page);
  const before = await picture(page, "network-b-canvas");
  await page.fill("#compare-seed", "9");
  await page.press("#compare-seed", "Enter");
  await settled(page);
  assert.equal(await text(page, "title-b"), "B: pruning seed 9");
  assert.notEqual(await picture(page, "network-b-canvas"), before);
});

pageTest("a second run that is over stands at its end, and says so", { motion: "reduce" }, async ({ page, open }) => {
  await visit(open, page, "#v1&hidden=12&width=3&rule=synflow&step=70&compare=rule:magnitude&samples=1000");
  assert.match((await said(page)).join(" "), /At step 70 the second run is over: it stands at its last step, 59\./);
  assert.equal((await step(page)).k, 70);
});

pageTest("the panels stack under a thumb", { width: 360, height: 740, touch: true, motion: "reduce" }, async ({ page, open, shot, axe }) => {
  await visit(open, page, `${SMALL}&step=30&compare=rule:magnitude`);
  await frame(page);
  const [a, b] = await Promise.all(["#network", "#network-b"].map((id) => page.locator(id).boundingBox()));
  assert.ok(b.y >= a.y + a.height - 1 && b.width > 300 && b.height > 200, JSON.stringify([a, b]));
  assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), "no scrolling sideways");
  await axe();
  await page.locator("#network-b").scrollIntoViewIfNeeded();
  await shot("compare-360");
});
