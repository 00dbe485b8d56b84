// The histogram as a lens on the network: bars light paths, ranges stay lit, keys walk.

import assert from "node:assert/strict";
import { figure } from "./figures.mjs";
import { pageTest } from "./harness.mjs";
import { point } from "./point.mjs";
import { frame, go, settled, text, visit } from "./walk.mjs";

const OWN = "#v1&view=products&of=network&samples=2000&step=9";
const count = (shown) => Number(shown.replaceAll(",", ""));

/** Where a bar of the chart is on the screen; bars fill the box between two margins, found by pointing. */
async function bars(page) {
  const box = await page.locator("#histogram-canvas").boundingBox();
  const at = async (share) => {
    await page.mouse.move(box.x + share * box.width, box.y + box.height / 2);
    await settled(page);
    return (await text(page, "lens-line")).match(/^Bar ([\d,]+) of/)?.[1];
  };
  return { box, at };
}

/** Where a product is on the screen: found by pointing until the bar that begins there is named. */
async function handle(page, product) {
  const box = await page.locator("#histogram-canvas").boundingBox();
  for (let x = box.x + box.width / 2; x < box.x + box.width; x += 1) {
    await page.mouse.move(x, box.y + box.height / 2);
    await frame(page);
    if ((await page.textContent("#lens-line")).includes(` from ${product} to `)) return x;
  }
  throw new Error(`no bar begins at ${product}`);
}

/** How much ink the picture of the network has: dimmed edges take some of it away. Read off a copy. */
const ink = (page) => page.evaluate(() => {
  const canvas = document.querySelector("#network-canvas");
  const copy = new OffscreenCanvas(canvas.width, canvas.height).getContext("2d", { willReadFrequently: true });
  copy.fillStyle = getComputedStyle(document.documentElement).backgroundColor;
  copy.fillRect(0, 0, canvas.width, canvas.height);
  const paper = copy.getImageData(0, 0, 1, 1).data[1];
  copy.drawImage(canvas, 0, 0);
  const { data } = copy.getImageData(0, 0, canvas.width, canvas.height);
  let sum = 0;
  for (let at = 1; at < data.length; at += 4) sum += Math.abs(paper - data[at]);
  return sum;
});

pageTest("a bar under the pointer lights its paths, and says how many", async ({ page, open }) => {
  await visit(open, page, OWN);
  const whole = await ink(page);
  const { at } = await bars(page);
  const bar = count(await at(0.56));
  const said = await text(page, "lens-line");
  const [, n, all] = said.match(/: ([\d,]+) of ([\d,]+) paths; theory [\d.]+\.$/);
  assert.ok(await ink(page) < whole, "the other paths are dimmed");
  await page.click("#bins-twin summary");
  await settled(page);
  const counts = (await page.locator("#bins-rows td:last-child").allTextContents()).map(count);
  assert.equal(count(n), counts[bar - 1], said);
  const beside = (await text(page, "bins-caption")).match(/: (\d+) below .*, (\d+) above/);
  assert.equal(counts.reduce((a, b) => a + b), count(all) - Number(beside[1]) - Number(beside[2]));
  await page.mouse.move(2, 2);
  await settled(page);
  assert.equal(await ink(page), whole, "all is as it was");
});

pageTest("a range that is drawn stays lit, is in the link, and can be let go", async ({ page, open }) => {
  await visit(open, page, OWN);
  const whole = await ink(page);
  const { box } = await bars(page);
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + 0.6 * box.width, y);
  await page.mouse.down();
  await page.mouse.move(box.x + 0.7 * box.width, y, { steps: 5 });
  await page.mouse.up();
  await page.mouse.move(2, 2);
  await settled(page);
  const said = await text(page, "lens-line");
  const [, n, all, low, high] = said.match(/^([\d,]+) of ([\d,]+) paths have a product from ([−\d.]+) to ([−\d.]+) \(exact\)\.$/);
  assert.ok(count(n) > 0 && count(n) < count(all), said);
  assert.ok(await ink(page) < whole);
  const link = await page.evaluate(() => location.hash);
  assert.ok(link.endsWith(`&brush=${low.replace("−", "-")},${high}`), link);
  assert.equal(await page.inputValue("#brush-low"), low);
  // The same in the Prune view, and from the link alone.
  await page.click("#tab-prune");
  await settled(page);
  assert.equal(await text(page, "lens-line"), said);
  await page.goto("about:blank");
  await visit(open, page, link);
  assert.equal(await text(page, "lens-line"), said);
  assert.ok(await ink(page) < whole);
  // An end of it can be drawn further; the other stays.
  const chart = await page.locator("#histogram-canvas").boundingBox();
  const middle = chart.y + chart.height / 2;
  const end = await handle(page, high);
  await page.mouse.move(end, middle);
  await page.mouse.down();
  await page.mouse.move(end + 40, middle, { steps: 4 });
  await page.mouse.up();
  await page.mouse.move(2, 2);
  await settled(page);
  assert.equal(await page.inputValue("#brush-low"), low);
  assert.ok(Number(await page.inputValue("#brush-high")) > Number(high));
  await page.goBack();
  await settled(page);
  assert.equal(await text(page, "lens-line"), said);
  await page.click("#brush-clear");
  await settled(page);
  assert.equal(await ink(page), whole);
  assert.ok(!(await page.evaluate(() => location.hash)).includes("brush"));
  // Back returns to before.
  await page.goBack();
  await settled(page);
  assert.equal(await text(page, "lens-line"), said);
});

pageTest("a range can be typed, and nonsense gets a sentence", async ({ page, open, axe }) => {
  await visit(open, page, OWN);
  await page.fill("#brush-low", "0.1");
  await page.press("#brush-low", "Tab");
  await settled(page);
  assert.match(await text(page, "lens-line"), /from 0\.1 to 1 \(exact\)/);
  await page.fill("#brush-high", "0.05");
  await page.press("#brush-high", "Tab");
  await settled(page);
  assert.equal(await text(page, "brush-wrong"), "The first number must not be above the second.");
  assert.equal(await page.inputValue("#brush-high"), "0.05", "what was typed stays");
  await axe();
  await page.click("#brush-clear");
  await settled(page);
  assert.equal(await page.inputValue("#brush-low"), "");
  assert.equal(await page.isVisible("#brush-wrong"), false);
});

pageTest("arrows walk the bars of the chart, and each is said", async ({ page, open }) => {
  await visit(open, page, OWN);
  const before = await text(page, "where");
  await page.focus("#histogram-box");
  const said = [];
  for (const key of ["Home", "ArrowRight", "ArrowRight", "ArrowLeft", "End"]) {
    await page.keyboard.press(key);
    await settled(page);
    const words = await page.getAttribute("#histogram-box", "aria-valuetext");
    assert.equal(words, await text(page, "lens-line"));
    said.push(words.match(/^Bar (\d+) of 80, from ([−\d.]+) to ([−\d.]+): \d+ of \d+ paths; theory [\d.]+/).slice(1, 4).join(" "));
  }
  assert.deepEqual(said, ["1 −1 −0.975", "2 −0.975 −0.95", "3 −0.95 −0.925", "2 −0.975 −0.95", "80 0.975 1"]);
  assert.equal(await text(page, "where"), before, "the timeline's arrows were not meant");
  await page.keyboard.press("Enter");
  await settled(page);
  assert.ok((await page.evaluate(() => location.hash)).endsWith("&brush=0.975,1"));
  await page.keyboard.press("Escape");
  await settled(page);
  assert.ok(!(await page.evaluate(() => location.hash)).includes("brush"));
});

pageTest("of the law a bar says its share of the samples and of the theory", async ({ page, open }) => {
  await visit(open, page, "#v1&view=products&samples=20000");
  await page.focus("#histogram-box");
  let sum = 0;
  await page.keyboard.press("Home");
  for (let bar = 1; bar <= 80; bar += 1) {
    await settled(page);
    const [, n, share, theory] = (await text(page, "lens-line"))
      .match(/: ([\d,]+) of 20,000 samples \((?:< )?([\d.]+) %\); theory (?:< )?([\d.]+) %/);
    assert.ok(Math.abs(count(n) / 200 - Number(share)) <= 0.01, `${n} ${share}`);
    assert.ok(Math.abs(Number(theory) - Number(share)) < 1, `${theory} ${share}`);
    sum += count(n);
    await page.keyboard.press("ArrowRight");
  }
  await settled(page);
  await page.click("#bins-twin summary");
  await settled(page);
  const [, below, above] = (await text(page, "bins-caption")).match(/: (\d+) below .*, (\d+) above/);
  assert.equal(sum + Number(below) + Number(above), 20000);
});

pageTest("a logarithmic axis has the same products in other bars, and is remembered", async ({ page, open }) => {
  await visit(open, page, OWN);
  const before = await page.evaluate(() => document.querySelector("#histogram-canvas").toDataURL());
  const link = await page.evaluate(() => location.hash);
  await page.click("#axis-log");
  await settled(page);
  assert.notEqual(await page.evaluate(() => document.querySelector("#histogram-canvas").toDataURL()), before);
  assert.equal(await page.evaluate(() => location.hash), link, "an axis is no part of the scene");
  await page.focus("#histogram-box");
  await page.keyboard.press("End");
  await settled(page);
  assert.match(await text(page, "lens-line"), /^Bar 80 of 80, sizes from 0\.\d+ to 1\.?0*: /);
  await page.reload();
  await settled(page);
  assert.equal(await page.getAttribute("#axis-log", "aria-pressed"), "true");
});

pageTest("both histograms are there, each with its number", async ({ page, open }) => {
  await visit(open, page, "#v1&view=products&samples=2000&step=9");
  assert.match(await text(page, "histogram-line"), /^2,000 independent samples · outline: all \d+ surviving paths, exact · dashed: theory$/);
  await go(page, OWN);
  assert.match(await text(page, "histogram-line"), /^All \d+ surviving paths · exact · outline: 2,000 independent samples · dashed: theory$/);
});

pageTest("playing empties the histogram, and the end says so", async ({ page, open }) => {
  await visit(open, page, "#v1&view=products&of=network&samples=2000&hidden=3&width=4");
  await page.selectOption("#speed", "max");
  await page.click("#play");
  await page.waitForFunction(() => !document.querySelector("#histogram-empty").hidden);
  await settled(page);
  assert.match(await text(page, "histogram-empty"), /^At step \d+ no path survives: there is nothing left to multiply\.$/);
  assert.match(await text(page, "histogram-line"), /^No path survives/);
  await page.click("#first");
  await settled(page);
  assert.equal(await page.isVisible("#histogram-empty"), false);
});

pageTest("what is pointed at in the picture lights its bar and stands on the axis", async ({ page, open }) => {
  await visit(open, page, "#v1&of=network&hidden=4&width=5&samples=1000");
  const chart = () => page.evaluate(() => document.querySelector("#histogram-canvas").toDataURL());
  const before = await chart();
  const { x, y } = await point(page, "h2.2 → h3.3");
  await page.evaluate(() => document.activeElement.blur());
  await page.mouse.move(x, y + 1);
  await page.mouse.move(x, y);
  await settled(page);
  const said = await text(page, "lens-line");
  const [, product, bar] = said
    .match(/^The strongest path through h2\.2 → h3\.3 has the product (\S+(?: × \S+)?), in bar (\d+) of 80\.$/);
  // Bars are 0.025 wide and begin at −1.
  const { value, last } = figure(product);
  const [low, high] = [Number(bar) - 1, Number(bar)].map((edge) => -1 + edge * 0.025);
  assert.ok(value >= low - last && value <= high + last, said);
  assert.notEqual(await chart(), before, "the bar is lit, a tick stands on the axis");
  // The card of what is pointed at waits a moment for the pointer to come back.
  await page.mouse.move(2, 2);
  await page.waitForFunction(() => document.querySelector("#lens-line").textContent.startsWith("Point at a bar"));
  await settled(page);
  assert.equal(await chart(), before);
});
