// The ensemble of the Prune view: the numbers of the command line, however many workers, whoever dies.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { pageTest } from "./harness.mjs";
import { frame, settled, text, visit } from "./walk.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const FAULTY = process.env.FAULTY ?? fileURLToPath(new URL("../../target/site-faults/", import.meta.url));
const cli = (link) => {
  const cargo = ["run", "--quiet", "--package", "ticketscope-cli", "--", "open", link, "--json"];
  const [program, words] = process.env.TICKETSCOPE ? [process.env.TICKETSCOPE, cargo.slice(5)] : ["cargo", cargo];
  return JSON.parse(execFileSync(program, words, { cwd: ROOT, maxBuffer: 1 << 28 }).toString());
};
const plain = (shown) => Number(shown.replaceAll(",", "").replace(/ × 10(.*)/, (_, power) =>
  `e${[...power].map((digit) => ({ "⁻": "-" })[digit] ?? "⁰¹²³⁴⁵⁶⁷⁸⁹".indexOf(digit)).join("")}`));

/** Waits until the ensemble is whole. */
async function whole(page, n) {
  await page.waitForFunction((words) => document.querySelector("#survival-line").textContent.startsWith(words), `${n} networks`);
  await page.waitForSelector("#survival-body[data-busy=false]", { state: "attached" });
  await frame(page);
}

/** The rows of a table, by cell. */
const rows = (page, id) => page.$$eval(`#${id} > tr`, (all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));

/** All that the section says. */
const said = (page) => page.$eval("#survival-body", (body) =>
  ["#survival-line", "#survival-extremes", "#survival-safe", "#survival-twin"].map((id) => body.querySelector(id).textContent));

/** So many cores, as the page sees it. */
const cores = (page, n) => page.addInitScript((count) => Object.defineProperty(navigator, "hardwareConcurrency", { value: count }), n);

pageTest("the numbers of the command line", { timeout: 120_000 }, async ({ page, open }) => {
  const links = ["#v1&hidden=3&width=4&trials=100", "#v1&hidden=5&width=4&rule=synflow&law=normal&prune-seed=9&trials=100"];
  for (const link of links) {
    const { survival } = cli(link);
    await visit(open, page, link);
    await whole(page, "100");
    const { min, max } = survival.destroyed_at;
    const extremes = await text(page, "survival-extremes");
    assert.match(extremes, new RegExp(`^Earliest: seed \\d+ at k = ${min}\\. Latest: seed \\d+ at k = ${max}\\.`), link);
    const safe = Object.fromEntries((await rows(page, "survival-safe")).map(([account, k]) => [account.split(/[, ]/)[0], plain(k)]));
    const { paper, lambert, balls_in_bins: bins, measured } = survival.k_at_confidence;
    assert.deepEqual([safe["Paper’s"], safe["Lambert’s"], safe.Balls, safe.Rule], [paper, lambert, bins, measured], link);
    for (const [k, tail, , share] of await rows(page, "survival-twin")) {
      const point = survival.curve[plain(k)];
      const [p, low, high] = share.match(/[^[\], ]+( × 10[⁻⁰-⁹¹²³]+)?/g).map(plain);
      const model = survival.balls_in_bins[plain(k)].p;
      for (const [shown, real] of [[p, point.p], [low, point.low], [high, point.high], [plain(tail), model]]) {
        assert.ok(Math.abs(shown - real) <= 6e-3 * real + 1e-12, `${link} k = ${k}: ${shown} for ${real}`);
      }
    }
    await page.goto("about:blank");
  }
});

const LINK = "#v1&hidden=6&width=8&trials=10000";
let first;
for (const count of [2, 4]) {
  pageTest(`${count - 1} workers of a machine with ${count} cores: the same to the last digit`, async ({ page, open }) => {
    await cores(page, count);
    await visit(open, page, LINK);
    await whole(page, "10,000");
    first ??= await said(page);
    assert.deepEqual(await said(page), first);
  });
}

pageTest("a worker that dies costs nothing; a range that kills two is a sentence, and the page goes on", { root: FAULTY },
  async ({ page, open }) => {
    await cores(page, 4);
    await visit(open, page, "#v1&hidden=6&width=8");
    await page.click("#survival-more > summary");
    await page.waitForSelector("#survival-body[data-busy=false]", { state: "attached" });
    await page.evaluate(() => { globalThis.fault = "pool panic 1"; });
    await page.click("#survival-trials [value='10000']");
    await whole(page, "10,000");
    if (first) assert.deepEqual(await said(page), first);
    await page.evaluate(() => { globalThis.fault = "pool panic 50"; });
    await page.click("#survival-trials [value='100']");
    await page.waitForFunction(() => /two workers have died at it|no worker/.test(document.querySelector("#survival-line").textContent));
    await page.click("#forward");
    await settled(page);
    assert.match(await text(page, "where"), /^step 1 of/);
  });

pageTest("Cancel is at once, and what is asked next is answered", async ({ page, open }) => {
  await visit(open, page, "#v1&hidden=8&width=10&trials=1000000");
  await page.waitForSelector("#survival-cancel", { state: "visible" });
  await page.waitForFunction(() => /^\d.* of 1,000,000/.test(document.querySelector("#survival-line").textContent));
  await page.click("#survival-cancel");
  await frame(page);
  assert.equal(await page.isVisible("#survival-cancel"), false);
  assert.match(await text(page, "survival-line"), /of 1,000,000 networks.*stopped/);
  await page.click("#survival-trials [value='100']");
  await whole(page, "100");
});

pageTest("without an ensemble the exact curves are drawn when the section is opened", async ({ page, open, axe }) => {
  await visit(open, page, "#v1&hidden=8&width=10");
  assert.equal(await page.getAttribute("html", "data-charts"), null, "nothing is loaded unasked");
  await page.click("#survival-more > summary");
  await page.waitForSelector("#survival-body[data-busy=false]", { state: "attached" });
  const [, , [, bins, tail], [, , exact]] = await rows(page, "survival-safe");
  assert.equal(bins, "600");
  for (const chance of [tail, exact]) assert.ok(Math.abs(plain(chance) / 1.58e-22 - 1) < 0.05, chance);
  await page.click("#survival-log");
  await axe("#survival");
});

pageTest("a dot opens its network as it dies, by click and by key, and Back returns", { motion: "reduce" }, async ({ page, open }) => {
  await visit(open, page, "#v1&hidden=4&width=5&seed=3&trials=100");
  await whole(page, "100");
  const before = await said(page);
  const opened = async () => {
    const [, k] = (await text(page, "survival-dot")).match(/destroyed at k = (\d+)/);
    return async () => {
      await page.waitForFunction(() => !/trials/.test(location.hash));
      await settled(page);
      assert.match(await text(page, "where"), new RegExp(`^step ${k} of ${k}`));
      assert.match(await text(page, "say"), /no ticket of 625 is left/);
      await page.goBack();
      await whole(page, "100");
      assert.deepEqual(await said(page), before);
    };
  };
  await page.focus("#survival-dots");
  await page.keyboard.press("Home");
  await page.keyboard.press("ArrowRight");
  await frame(page);
  assert.match(await page.getAttribute("#survival-dots", "aria-valuetext"), /^Seed \d+, pruning seed \d+: destroyed at k = \d+/);
  let check = await opened();
  await page.keyboard.press("Enter");
  await check();
  // Somewhere near the axis in the middle there is a dot.
  const { width, height } = await page.locator("#survival-dots-canvas").boundingBox();
  for (let x = 0.3; x < 0.9; x += 0.02) {
    await page.hover("#survival-dots-canvas", { position: { x: x * width, y: height - 50 } });
    await frame(page);
    if (/^Seed/.test(await text(page, "survival-dot"))) break;
  }
  check = await opened();
  await page.mouse.down();
  await page.mouse.up();
  await check();
  await page.click("#survival-extremes a");
  await page.waitForFunction(() => !/trials/.test(location.hash));
  await settled(page);
  assert.match(await text(page, "say"), /no ticket of 625 is left/);
});

pageTest("charts that fail say so, the page goes on, and they can be started again", { root: FAULTY }, async ({ page, open, expect }) => {
  expect(/unreachable|out of bounds/);
  await visit(open, page, "#v1&hidden=3&width=4&trials=100");
  await whole(page, "100");
  for (const way of ["panic", "trap", "stack"]) {
    await page.evaluate((fault) => { globalThis.fault = fault; }, `charts ${way} 1`);
    await page.click("#forward");
    await page.waitForSelector("#survival .charts-trouble", { state: "visible" });
    assert.match(await page.textContent("#survival .charts-trouble"), /An error has stopped the charts.*Restart/);
    await page.click("#back");
    await settled(page);
    assert.match(await text(page, "where"), /^step 0 of/);
    assert.equal(await page.isVisible("#crash"), false);
    await page.click("#survival .charts-trouble button");
    await page.waitForSelector("html[data-charts=done]", { state: "attached" });
    await whole(page, "100");
  }
});

pageTest("charts that cannot be loaded are a sentence with Retry", {
  alter: (name, bytes) => (/charts-\w+\.wasm/.test(name) && broken ? null : bytes),
}, async ({ page, open, expect }) => {
  broken = true;
  expect(/Failed to load resource|404|integrity|Failed to fetch|charts/);
  await visit(open, page, "#v1&hidden=3&width=4&trials=100");
  await page.waitForSelector("#survival .charts-trouble", { state: "visible" });
  assert.match(await page.textContent("#survival .charts-trouble"), /could not be loaded.*Retry/);
  broken = false;
  await page.click("#survival .charts-trouble button");
  await whole(page, "100");
});
let broken = false;

for (const [width, height] of [[360, 740], [1440, 900]]) {
  for (const scheme of ["light", "dark"]) {
    pageTest(`axe and a picture at ${width}, ${scheme}`, { width, height, scheme, timeout: 90_000 }, async ({ page, open, axe, shot }) => {
      await visit(open, page, "#v1&hidden=4&width=6&trials=100");
      await whole(page, "100");
      await page.check("[data-rule='two-choices'] input");
      await page.waitForSelector("#survival-body[data-busy=false]", { state: "attached" });
      await axe("#survival");
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing sticks out");
      await page.evaluate(() => document.querySelector("#survival").scrollIntoView());
      await shot(`survival-${width}-${scheme}`);
    });
  }
}
