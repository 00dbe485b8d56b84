// The luck section of the Find view: a guess first, then the numbers of the command line, and a dot a network.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { pageTest } from "./harness.mjs";
import { frame, text, visit } from "./walk.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const cli = (link) => {
  const cargo = ["run", "--quiet", "--package", "ticketscope-cli", "--", "open", link, "--json"];
  const [program, words] = process.env.TICKETSCOPE ? [process.env.TICKETSCOPE, cargo.slice(5)] : ["cargo", cargo];
  try {
    return JSON.parse(execFileSync(program, words, { cwd: ROOT, maxBuffer: 1 << 28 }).toString());
  } catch (error) {
    // 3: proved that there is none, which is an answer.
    if (error.status !== 3) throw error;
    return JSON.parse(error.stdout.toString());
  }
};

/** Waits until every point is searched. */
async function whole(page, n) {
  await page.waitForFunction((words) => document.querySelector("#luck-line").textContent.startsWith(words), `${n} of ${n} networks`);
  await page.waitForSelector("#luck-body[data-busy=false]", { state: "attached" });
  await frame(page);
}

const SUBSET = "#v1&view=find&hidden=1&width=6&law=uniform&activation=linear&method=subset&trials=100";
const LINEAR = "#v1&view=find&hidden=3&width=6&law=exact&activation=linear&beta=uniform&trials=100";
const RELU = "#v1&view=find&hidden=2&width=8&law=exact&epsilon=0.05&seed=5&trials=100";

pageTest("after the guess, the numbers of the command line", { timeout: 120_000 }, async ({ page, open }) => {
  for (const link of [SUBSET, LINEAR, RELU]) {
    await visit(open, page, link);
    await whole(page, "100");
    assert.equal(await text(page, "luck-says"), "", "nothing is said before the guess");
    assert.equal(await page.$$eval("#luck-twin > tr", (rows) => rows.length), 0);
    assert.equal(await text(page, "luck-guessed"), "50 %");
    await page.focus("#luck-guess");
    await page.keyboard.press("Home");
    await page.keyboard.press("ArrowRight");
    await frame(page);
    assert.equal(await text(page, "luck-guessed"), "1 %");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await frame(page);
    const { luck } = cli(link);
    const says = await text(page, "luck-says");
    assert.ok(says.startsWith(`You guessed 1 %. ${luck.wins} of 100 networks hold a ticket`), says);
    const share = luck.effective_share?.toPrecision(3);
    if (luck.effective_share) assert.ok(says.includes(`a share of ${share.replace(/^0\.0/, "0.0")}`) || luck.effective_share < 0.01, says);
    assert.equal(says.includes("were those independent"), luck.effective_share !== null);
    // The scene's own width among the others, each asked of the command line alike.
    const rows = await page.$$eval("#luck-twin > tr", (all) => all.map((row) => [...row.children].map((cell) => cell.textContent)));
    const width = Number(/width=(\d+)/.exec(link)[1]);
    const seen = rows.map(([, at]) => Number(at));
    assert.ok(seen.includes(width) && seen.length >= 4, `${seen}`);
    for (const [, at, n, measured] of rows) {
      const other = cli(link.replace(/width=\d+/, `width=${Number(at)}`)).luck;
      assert.deepEqual([n, parseFloat(measured)], ["100", other.wins], `${link} at ${at}: ${measured}`);
    }
    await page.goto("about:blank");
  }
});

pageTest("a dot opens its network, by key and by click, and Back returns", async ({ page, open }) => {
  await visit(open, page, SUBSET);
  await whole(page, "100");
  await page.click("#luck-skip");
  await frame(page);
  assert.equal(await page.isVisible("#luck-ask"), false);
  await page.focus("#luck-dots");
  await page.keyboard.press("Home");
  for (let i = 0; i < 2; i += 1) await page.keyboard.press("ArrowRight");
  await frame(page);
  const [, won] = /^Seed 3: (a|no) ticket$/.exec(await page.getAttribute("#luck-dots", "aria-valuetext"));
  await page.keyboard.press("Enter");
  await page.waitForFunction(() => !/trials/.test(location.hash) && /seed=3/.test(location.hash));
  const verdict = cli(await page.evaluate(() => location.hash)).verdict;
  assert.equal(verdict, won === "a" ? "found" : "impossible");
  await page.goBack();
  await whole(page, "100");
  const { width, height } = await page.locator("#luck-dots-canvas").boundingBox();
  for (let x = 0.1; x < 0.5; x += 0.02) {
    await page.hover("#luck-dots-canvas", { position: { x: x * width, y: height - 34 } });
    await frame(page);
    if (/^Seed/.test(await text(page, "luck-dot"))) break;
  }
  const [, seed, kind] = /^Seed (\d+): (a|no) ticket$/.exec(await text(page, "luck-dot"));
  assert.equal(kind, "a", "tickets stand on the left");
  await page.mouse.down();
  await page.mouse.up();
  await page.waitForFunction(() => !/trials/.test(location.hash));
  assert.equal(cli(await page.evaluate(() => location.hash)).verdict, "found", seed);
});

pageTest("layers, tolerance, laws and the other activation; what is not decided is a sentence", async ({ page, open }) => {
  await visit(open, page, RELU);
  await whole(page, "100");
  await page.click("#luck-skip");
  for (const id of ["luck-depth", "luck-epsilon", "luck-fail"]) {
    await page.click(`#${id}`);
    await whole(page, "100");
    assert.equal(await page.getAttribute(`#${id}`, "aria-pressed"), "true");
  }
  const before = await page.$$eval("#luck-twin > tr", (rows) => rows.length);
  await page.check("#luck-laws label:last-child input");
  await page.check("#luck-laws label:first-child input");
  await whole(page, "100");
  assert.equal(await page.$$eval("#luck-twin > tr", (rows) => rows.length), 3 * before);
  await page.goto("about:blank");
  await visit(open, page, "#v1&view=find&sources=2&trials=100");
  await page.waitForFunction(() => /Not searched: .*2 sources/.test(document.querySelector("#luck-line").textContent));
});

for (const [width, height] of [[360, 740], [1440, 900]]) {
  for (const scheme of ["light", "dark"]) {
    pageTest(`axe and a picture at ${width}, ${scheme}`, { width, height, scheme, timeout: 90_000 }, async ({ page, open, axe, shot }) => {
      await visit(open, page, LINEAR);
      await whole(page, "100");
      await axe("#luck");
      await page.click("#luck-reveal");
      await frame(page);
      await axe("#luck");
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= innerWidth), "nothing sticks out");
      await page.evaluate(() => document.querySelector("#luck").scrollIntoView());
      await shot(`luck-${width}-${scheme}`);
    });
  }
}
