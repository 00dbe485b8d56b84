// The timeline: a tick an event, a look ahead under the pointer, single steps that move, and a state that never waits for it.

import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { SMALL, digest, frame, settled, step, text, visit } from "./walk.mjs";

const KINDS = ["cut", "wasted", "orphaned", "destroyed"];
const ticks = async (page) => Object.fromEntries(await Promise.all(
  KINDS.map(async (kind) => [kind, ((await page.getAttribute(`#ticks-${kind}`, "d")).match(/M/g) ?? []).length])));

pageTest("every event has a tick, longer the more it did", async ({ page, open, shot }) => {
  await visit(open, page, `${SMALL}&orphans=count`);
  const { last } = await step(page);
  const seen = await ticks(page);
  assert.equal(KINDS.reduce((sum, kind) => sum + seen[kind], 0), last);
  assert.equal(seen.destroyed, 1);
  // Each kind is as often there as the run says.
  const said = { cut: 0, wasted: 0, orphaned: 0 };
  for (let k = 1; k < last; k++) {
    await page.keyboard.press("ArrowRight");
    const event = await text(page, "event");
    said[/^threw/.test(event) ? "wasted" : /orphaned/.test(event) ? "orphaned" : "cut"] += 1;
  }
  assert.deepEqual({ cut: seen.cut, wasted: seen.wasted, orphaned: seen.orphaned }, said);
  const heights = await page.evaluate((kinds) => kinds.map((kind) => document.getElementById(`ticks-${kind}`).getBBox().height), KINDS);
  assert.equal(new Set(heights).size, 4, "told apart without colour");
  await shot("timeline-1280");
});

pageTest("a long run bundles its ticks", async ({ page, open }) => {
  await visit(open, page, "#v1&hidden=8&width=30&samples=1000");
  const { last } = await step(page);
  const seen = await ticks(page);
  const count = KINDS.reduce((sum, kind) => sum + seen[kind], 0);
  assert.ok(last > 3000 && count > 30 && count < 400, `${count} ticks`);
  assert.equal(seen.destroyed, 1);
});

pageTest("a pointer over the scrub bar shows the step there, and moves nothing", async ({ page, open, shot }) => {
  await visit(open, page, `${SMALL}&step=3`);
  const before = await digest(page);
  const box = await page.locator("#marks").boundingBox();
  const { last } = await step(page);
  const at = async (k) => {
    await page.mouse.move(box.x + box.width * k / last, box.y + 40);
    await frame(page);
  };
  await at(20);
  assert.ok(await page.isVisible("#preview"));
  assert.equal(await text(page, "preview-step"), "step 20:");
  const said = await text(page, "preview-event");
  const colours = await page.evaluate(() => {
    const canvas = document.getElementById("preview-canvas");
    return new Set(new Uint32Array(canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height).data.buffer)).size;
  });
  assert.ok(colours > 5, `a small picture, ${colours} colours`);
  await shot("timeline-preview");
  await at(last);
  assert.match(await text(page, "preview-event"), /the last ticket is gone$/);
  const edge = await page.locator("#preview").boundingBox();
  assert.ok(edge.x >= 0 && edge.x + edge.width <= 1280);
  assert.equal(await digest(page), before);
  assert.equal((await step(page)).k, 3);
  await page.mouse.move(640, 300);
  await frame(page);
  assert.equal(await page.isVisible("#preview"), false);
  await page.locator("#scrub").fill("20");
  assert.equal(await text(page, "event"), said, "the step there is as it was shown");
});

// Check 5 of the design: k steps forward and k back is the identity, for all scenes.
pageTest("k steps forward and k back is the identity, in every scene", { timeout: 180_000 }, async ({ page, open }) => {
  await visit(open, page, SMALL);
  await page.click("#scenes-open");
  const links = await page.locator("#scenes-list a").evaluateAll((list) => list.map((a) => new URL(a.href).hash));
  await page.keyboard.press("Escape");
  let walked = 0;
  for (const link of links) {
    await page.evaluate((fragment) => { location.hash = fragment; }, link);
    await settled(page);
    await page.evaluate(() => document.activeElement.blur());
    await page.keyboard.press("Home");
    await settled(page);
    const { last } = await step(page);
    const start = await digest(page);
    for (const k of [1, Math.min(9, last)]) {
      for (let turn = 0; turn < k; turn++) await page.keyboard.press("ArrowRight");
      assert.equal((await step(page)).k, Math.min(k, last), link);
      await settled(page);
      if (last > 0) assert.notEqual(await digest(page), start, link);
      for (let turn = 0; turn < Math.min(k, last); turn++) await page.keyboard.press("ArrowLeft");
      await settled(page);
      assert.equal(await digest(page), start, link);
    }
    walked += last > 0 ? 1 : 0;
  }
  assert.ok(walked >= 6, `${walked} scenes have steps`);
});

/** The pictures of the network in the frames after a click, those that differ from the one before. */
const pictures = (page, id, frames) => page.evaluate(async ([button, count]) => {
  const canvas = document.getElementById("network-canvas");
  const seen = [canvas.toDataURL()];
  document.getElementById(button).click();
  const said = document.getElementById("where").textContent;
  for (let turn = 0; turn < count; turn++) {
    await new Promise((done) => requestAnimationFrame(done));
    const now = canvas.toDataURL();
    if (now !== seen.at(-1)) seen.push(now);
  }
  return { seen, said };
}, [id, frames]);

pageTest("a single step moves, forwards and back, and ends at the picture of its step", { motion: "no-preference" }, async ({ page, open }) => {
  // A clock of its own, 16 ms a frame: how many pictures there are on the way does not depend on the machine.
  await page.addInitScript(() => {
    const real = requestAnimationFrame.bind(globalThis);
    let now = 0;
    globalThis.requestAnimationFrame = (act) => real(() => { act(now += 16); });
  });
  // Step 47 orphans edges: its way has several pictures.
  await visit(open, page, `${SMALL}&step=46`);
  const still = await page.evaluate(() => document.getElementById("network-canvas").toDataURL());
  const forward = await pictures(page, "forward", 60);
  assert.ok(forward.seen.length > 3, `${forward.seen.length - 1} pictures on the way`);
  assert.equal((await step(page)).k, 47);
  const back = await pictures(page, "back", 60);
  assert.ok(back.seen.length > 3);
  assert.equal(back.seen.at(-1), still, "back where it was");
  // The state does not wait: two steps at once are two steps, and the digest is that of the step.
  await page.evaluate(() => { document.getElementById("forward").click(); document.getElementById("forward").click(); });
  assert.equal((await step(page)).k, 48);
  await settled(page);
  const ahead = await digest(page);
  await page.waitForFunction(() => location.hash === document.documentElement.dataset.link);
  await page.reload();
  await settled(page);
  assert.equal(await digest(page), ahead);
});

pageTest("nothing moves for a visitor who wants no motion", { motion: "reduce" }, async ({ page, open }) => {
  await visit(open, page, `${SMALL}&step=46`);
  const { seen } = await pictures(page, "forward", 30);
  assert.equal(seen.length, 2, "before and after, and nothing between");
});

pageTest("what is gone can be shaded by the order in which it went, and the browser remembers", { motion: "reduce" }, async ({ page, open }) => {
  await visit(open, page, `${SMALL}&step=50`);
  const picture = () => page.evaluate(() => document.getElementById("network-canvas").toDataURL());
  const [plain, link] = [await picture(), await page.getAttribute("html", "data-link")];
  await page.check("#by-death");
  await frame(page);
  const shaded = await picture();
  assert.notEqual(shaded, plain);
  assert.equal(await page.getAttribute("html", "data-link"), link, "it is the viewer's own setting");
  await page.reload();
  await settled(page);
  assert.equal(await picture(), shaded);
  await page.uncheck("#by-death");
  await frame(page);
  assert.equal(await picture(), plain);
});

pageTest("what destroyed the network is named and outlined", { motion: "reduce" }, async ({ page, open, shot, axe }) => {
  await visit(open, page, "#v1&sources=2&hidden=4&width=4&seed=3&samples=1000");
  assert.equal(await page.isVisible("#note-fall"), false);
  await page.click("#last");
  await settled(page);
  const { k } = await step(page);
  assert.match(await text(page, "explain"), new RegExp(`^Source x[₁₂] lost its last way at step ${k}: these 16 edges, outlined, were its last cut\\.$`));
  assert.match(await text(page, "note-fall"), /^A minimum cut is the fewest edges whose loss parts a source from every output\./);
  await axe();
  await shot("last-cut-1280");
  await page.click("#back");
  await settled(page);
  assert.equal(await page.isVisible("#note-fall"), false);
});
