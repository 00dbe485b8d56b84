// Motion: none for those who want none, none that goes on by itself, and no flash.

import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { decode, luminance } from "./pixels.mjs";
import { still } from "./inspect.mjs";
import { settled, visit } from "./walk.mjs";

pageTest("reduced motion: whatever is done, nothing moves, and each step is there in its first frame", { motion: "reduce" }, async ({ page, open }) => {
  await open("");
  assert.deepEqual(await still(page), []);
  await settled(page);
  await visit(open, page, "#v1&hidden=4&width=5&samples=1000");
  for (const key of ["ArrowRight", "ArrowLeft", "End", "Home", "?", "Escape", "ArrowRight"]) {
    await page.keyboard.press(key);
    assert.deepEqual(await still(page), [], key);
  }
  // Two pictures of one step, a frame apart, are the same picture.
  const picture = () => page.evaluate(() => new Promise((done) => requestAnimationFrame(() => done(document.getElementById("network-canvas").toDataURL()))));
  for (let step = 0; step < 20; step++) {
    await page.evaluate(() => document.getElementById("forward").click());
    const first = await picture();
    assert.equal(await picture(), first, `step ${step}`);
  }
});

pageTest("what moves by itself comes to rest, and nothing is asked of the screen after that", { motion: "no-preference" }, async ({ page, open }) => {
  await page.addInitScript(() => {
    globalThis.frames = 0;
    globalThis.ask = globalThis.requestAnimationFrame.bind(globalThis);
    globalThis.requestAnimationFrame = (draw) => { globalThis.frames += 1; return globalThis.ask(draw); };
  });
  await open("");
  await settled(page);
  // The last step's transition runs out; one that never ends ends this test instead.
  await page.evaluate(() => Promise.allSettled(document.getAnimations().map(({ finished }) => finished)));
  assert.deepEqual(await still(page), []);
  const before = await page.evaluate(() => globalThis.frames);
  // Sixty frames of the screen go by, which this asks for and the page does not.
  await page.evaluate(async () => { for (let turn = 0; turn < 60; turn++) await new Promise((done) => { globalThis.ask(done); }); });
  assert.ok(await page.evaluate(() => globalThis.frames) - before <= 2, "a page at rest draws nothing");
});

pageTest("playing never flashes: no step changes the light of a tenth of the picture", { motion: "reduce" }, async ({ page, open }) => {
  for (const link of ["#v1&hidden=4&width=5&samples=1000", "#v1&hidden=3&width=60&samples=1000&step=300"]) {
    await visit(open, page, link);
    const canvas = await page.$("#network-canvas");
    let before;
    for (let step = 0; step < 12; step++) {
      const now = decode(await canvas.screenshot());
      if (before) {
        let changed = 0;
        for (let at = 0; at < now.data.length; at += 4) {
          const [one, other] = [now, before].map(({ data }) => luminance(data[at], data[at + 1], data[at + 2]));
          if (Math.abs(one - other) >= 0.1) changed += 1;
        }
        assert.ok(changed < now.width * now.height / 10, `${link}: ${changed} pixels at step ${step}`);
      }
      before = now;
      await page.keyboard.press("ArrowRight");
      await settled(page);
    }
  }
});
