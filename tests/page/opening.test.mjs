// The first ten seconds, and the Find view: a search that is shown path by path, stops, and can be checked by hand.

import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { countWrites, digest, frame, settled, SMALL, step, text, thereAndBack, visit } from "./walk.mjs";

const WON = /^A winning ticket: 5 of 12 paths, error 0\.\d+\. Nothing was trained\.$/;
const FIND = "#v1&view=find&hidden=1&width=12&law=uniform&activation=linear&method=subset";
const number = (shown) => Number(shown.replaceAll(",", "").replace("−", "-"));
const shownSay = (page) => page.evaluate(() =>
  [...document.querySelectorAll(".say")].map((say) => (say.checkVisibility() ? say.innerText : "")).join("").replaceAll("\u{a0}", " ").trim());

pageTest("the page reads before anything runs", { motion: "no-preference" }, async ({ page, home, expect }) => {
  let release;
  const held = new Promise((done) => { release = done; });
  await page.route(/\.wasm$/, async (route) => { await held; await route.abort(); });
  await page.goto(home, { waitUntil: "commit" });
  await page.waitForSelector("html[data-boot=started]");
  assert.match(await shownSay(page), /^A random network already holds the answer: cut paths away/);
  assert.ok(await page.isVisible("#before svg"));
  // When it never arrives, the page shows how the opening ends.
  release();
  await page.waitForSelector("html[data-boot=failed]");
  assert.match(await shownSay(page), WON);
  expect(/^console: /);
});

pageTest("without scripts the page shows the last frame and its sentence", async ({ page, context, home }) => {
  const browser = context.browser();
  const plain = await browser.newContext({ javaScriptEnabled: false });
  const still = await plain.newPage();
  await still.goto(home);
  const say = still.locator("#say-ending");
  assert.ok(await say.isVisible());
  assert.match(await say.textContent(), WON);
  assert.equal(await still.locator("#say").isVisible(), false);
  assert.ok(await still.locator("#before svg").isVisible());
  await plain.close();
  await page.goto("about:blank");
});

pageTest("untouched, the opening states its claim, shows it, and stops in five seconds", { motion: "no-preference" },
  async ({ page, open, shot, axe }) => {
    await countWrites(page);
    // Every running sum that the page shows, as it shows it.
    await page.addInitScript(() => {
      globalThis.sums = [];
      addEventListener("DOMContentLoaded", () => document.getElementById("find-sum") && new MutationObserver(() => {
        globalThis.sums.push(document.getElementById("find-sum").textContent);
      }).observe(document.getElementById("find-sum"), { childList: true, subtree: true, characterData: true }));
    });
    const start = Date.now();
    await open();
    await page.waitForSelector("html[data-busy=true]", { state: "attached" });
    await settled(page);
    const spent = Date.now() - start;
    assert.ok(spent < 8000, `${spent} ms with loading`);
    assert.match(await shownSay(page), WON);
    const { k, last } = await step(page);
    assert.equal(k, last);
    const sums = await page.evaluate(() => globalThis.sums);
    assert.equal(sums.length, last + 1, `the sum moves path by path: ${sums}`);
    assert.equal(await page.evaluate(() => location.hash), "");
    assert.deepEqual(await page.evaluate(() => globalThis.writes), []);
    assert.match(await text(page, "find-note"), /seed of these weights was chosen/);
    // Nothing moves any more.
    const pictures = () => page.evaluate(() => document.getElementById("network-canvas").toDataURL());
    await page.waitForFunction(() => document.getAnimations().every((animation) => animation.playState !== "running"));
    const [before, digestBefore] = [await pictures(), await digest(page)];
    await frame(page);
    await frame(page);
    assert.equal(await pictures(), before);
    assert.equal(await digest(page), digestBefore);
    await axe();
    await shot("opening-1280");
    // The steps scrub the same timeline.
    await page.click("#back");
    assert.equal((await step(page)).k, last - 1);
    assert.match(await text(page, "say"), /paths sum to .*the target is 0\.5: 1 more to cut\./);
    assert.match(await page.evaluate(() => location.hash), /^#v1\.[0-9A-Z]{4}&view=find/);
    await page.click("#forward");
    await settled(page);
    assert.equal(await digest(page).then(Boolean), true);
  });

pageTest("a visitor who wants no motion sees the last frame at once", { motion: "reduce" }, async ({ page, open }) => {
  await open();
  await frame(page);
  const { k, last } = await step(page);
  assert.equal(k, last);
  assert.match(await shownSay(page), WON);
});

pageTest("a link that carries a state never plays by itself", { motion: "no-preference" }, async ({ page, open }) => {
  await page.addInitScript(() => {
    globalThis.played = 0;
    addEventListener("DOMContentLoaded", () => document.getElementById("play") && new MutationObserver(() => {
      globalThis.played += document.getElementById("play").ariaLabel === "Pause" ? 1 : 0;
    }).observe(document.getElementById("play"), { attributes: true }));
  });
  for (const link of [FIND, `${FIND}&step=3`, SMALL]) {
    await visit(open, page, link);
    assert.equal(await page.evaluate(() => globalThis.played), 0, link);
    assert.equal((await step(page)).k, link.includes("step=3") ? 3 : 0, link);
    await page.goto("about:blank");
  }
});

pageTest("the search can be checked by hand", { motion: "reduce" }, async ({ page, open }) => {
  for (const seed of [157, 1, 2, 3]) {
    await visit(open, page, `${FIND}&seed=${seed}&step=end`);
    const rows = await page.locator("#find-chains-rows tr").evaluateAll((list) => list.map((row) => [...row.children].map((cell) => cell.textContent)));
    const kept = (await text(page, "find-kept")).match(/^(\d+) of 24$/);
    assert.equal(rows.length * 2, Number(kept[1]));
    for (const [name, weights, product] of rows) {
      assert.match(name, /^h1\.\d+$/);
      const [a, b] = weights.split(" × ").map(number);
      assert.ok(Math.abs(a * b - number(product)) < 1e-4, `${weights} = ${product}`);
    }
    const sum = number(await text(page, "find-chains-sum"));
    assert.ok(Math.abs(rows.reduce((all, row) => all + number(row[2]), 0) - sum) < 1e-3, "the terms add up to the sum");
    assert.ok(Math.abs(sum - Number(await page.getAttribute("#find-best", "title"))) < 1e-3);
    assert.equal(await text(page, "find-sets"), "2¹² = 4,096");
    const error = Number(await page.getAttribute("#find-error", "title"));
    assert.ok(Math.abs(Math.abs(Number(await page.getAttribute("#find-best", "title")) - 0.5) - error) < 1e-15);
    assert.ok(Math.abs(Number(await page.getAttribute("#find-check", "title")) - error) < 1e-9, "the network's own output agrees");
    assert.match(await shownSay(page), error <= 0.01 ? /^A winning ticket: / : /^Proved: none of the 4,096 sets of paths comes within 0\.01 of 0\.5; the best misses by /);
    await page.goto("about:blank");
  }
});

pageTest("width, law, seed, target and tolerance are controls, and what is not honoured is not shown", async ({ page, open }) => {
  await visit(open, page, `${FIND}&seed=157&step=end`);
  for (const id of ["width", "law", "seed", "beta", "epsilon"]) assert.ok(await page.isVisible(`#${id}`), id);
  for (const id of ["hidden", "sources", "sinks", "rule", "prune-seed", "confidence"]) assert.equal(await page.isVisible(`#${id}`), false, id);
  await thereAndBack(page, [["width", "8"], ["beta", "-0.25"], ["epsilon", "0.001"], ["seed", "9"]]);
  await page.fill("#epsilon", "1e-9");
  await page.press("#epsilon", "Enter");
  await settled(page);
  assert.match(await shownSay(page), /^Proved: none of the 4,096 sets of paths comes within 1e-9 of 0\.5;/);
  await page.fill("#width", "21");
  await page.press("#width", "Enter");
  await settled(page);
  assert.match(await text(page, "elsewhere"), /at most 20 surviving paths; here this is otherwise: 21 surviving paths/);
  await page.click("#find-fit");
  await settled(page);
  assert.equal(await page.inputValue("#width"), "20");
  assert.equal(await page.isVisible("#elsewhere"), false);
});

pageTest("a link that asks for another search is refused with a sentence, and kept", async ({ page, open }) => {
  for (const [link, why] of [
    ["#v1&view=find&width=6", /4 hidden layers/], [`${FIND.replace("linear", "relu")}`, /activation=relu/],
    [`${FIND}&beta=0.1,0.2`, /more than one target/], [FIND.replace("subset", "path"), /method=path/],
  ]) {
    await visit(open, page, link);
    assert.match(await text(page, "elsewhere"), why, link);
    assert.equal(await page.isVisible("#network"), false);
    await page.goto("about:blank");
  }
  await visit(open, page, "#v1&view=find&width=6&samples=1000");
  await page.click("#tab-prune");
  await settled(page);
  assert.match(await shownSay(page), /^108 edges to cut/);
});

for (const scheme of ["light", "dark"]) {
  for (const [width, height] of [[1440, 900], [360, 740]]) {
    pageTest(`picture: find, ${scheme}, ${width} px`, { width, height, scheme, motion: "reduce" }, async ({ page, open, shot, axe }) => {
      await visit(open, page, "");
      await axe();
      await shot(`find-${scheme}-${width}`);
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), "no scrolling sideways");
      const boxes = await page.locator("#find-line span").evaluateAll((list) => list.map((span) => span.getBoundingClientRect().toJSON()));
      for (const box of boxes) assert.ok(box.left >= 0 && box.right <= width, JSON.stringify(box));
      const [line, timeline] = await Promise.all(["#find-line", "#timeline"].map((id) => page.locator(id).boundingBox()));
      assert.ok(line.y + line.height <= timeline.y, "the sum and its target are seen without scrolling");
    });
  }
}
