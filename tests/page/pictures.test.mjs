// Screenshots for people to look at, and checks on the pictures that a machine can do.

import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { digest, settled, visit } from "./walk.mjs";

const VIEWS = {
  prune: "#v1&hidden=5&width=7&seed=7&prune-seed=157&step=148",
  products: "#v1&view=products&hidden=5&width=7&seed=7&prune-seed=157&step=100&of=network",
};

for (const scheme of ["light", "dark"]) {
  for (const [width, height] of [[1440, 900], [360, 740]]) {
    for (const [view, link] of Object.entries(VIEWS)) {
      pageTest(`picture: ${view}, ${scheme}, ${width} px`, { width, height, scheme, motion: "reduce" }, async ({ page, open, shot }) => {
        await visit(open, page, link);
        await shot(`${view}-${scheme}-${width}`);
        // A picture with something on it: neither canvas is of one colour.
        for (const id of ["network-canvas", "histogram-canvas"]) {
          const colours = await page.evaluate((canvas) => {
            const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            const seen = new Set();
            for (let at = 0; at < data.length; at += 4) seen.add((data[at] << 16) | (data[at + 1] << 8) | data[at + 2]);
            return seen.size;
          }, await page.$(`#${id}`));
          assert.ok(colours > 5, `${id}: ${colours} colours`);
        }
      });
    }
  }
}

pageTest("canvases have the pixels of the screen", { scale: 2 }, async ({ page, open }) => {
  await visit(open, page, VIEWS.prune);
  for (const id of ["network-canvas", "histogram-canvas"]) {
    const ratio = await page.evaluate((canvas) => canvas.width / canvas.clientWidth, await page.$(`#${id}`));
    assert.ok(Math.abs(ratio - 2) < 0.02, `${id}: ${ratio}`);
  }
});

pageTest("the theme is remembered and repaints the pictures", { scheme: "light" }, async ({ page, open }) => {
  await visit(open, page, VIEWS.prune);
  const paper = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await paper();
  await page.click("#theme");
  await page.click("#theme");
  await page.waitForSelector("html[data-theme=dark]");
  assert.notEqual(await paper(), light);
  const before = await digest(page);
  await page.reload();
  await settled(page);
  assert.equal(await page.getAttribute("html", "data-theme"), "dark");
  assert.equal(await digest(page), before, "a theme is no part of the scene");
});

pageTest("nothing moves when the program arrives", { motion: "reduce" }, async ({ page, open }) => {
  await page.addInitScript(() => {
    globalThis.shift = 0;
    new PerformanceObserver((list) => list.getEntries().forEach((entry) => { globalThis.shift += entry.value; }))
      .observe({ type: "layout-shift", buffered: true });
  });
  await visit(open, page, "");
  const shift = await page.evaluate(() => globalThis.shift);
  assert.ok(shift < 0.02, `layout shift ${shift}`);
});
