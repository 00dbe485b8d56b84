// Links: the address bar tells the truth, and every link opens.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { pageTest } from "./harness.mjs";
import { SMALL, countWrites, digest, frame, go, settled, step, text, visit } from "./walk.mjs";

const SCENES = [
  "#v1&hidden=5&width=7&seed=7&prune-seed=3&step=146",
  "#v1&hidden=3&width=4&sources=3&sinks=2&step=20",
  "#v1&view=products&hidden=5&law=exact&samples=20000&bins=40",
  "#v1&view=products&hidden=4&width=6&of=network&step=50&window=0.25",
  "#v1&hidden=4&width=6&rule=magnitude&step=end",
  "#v1&hidden=4&width=6&rule=two-choices&protect=last&alpha=flat&window=0.1&samples=5000",
  "#v1&hidden=4&width=5&orphans=count&step=70&law=normal&scale=3",
];

pageTest("what is shown survives link and reload", async ({ page, open, home }) => {
  for (const scene of SCENES) {
    await visit(open, page, scene);
    const shown = await digest(page);
    const link = await page.getAttribute("html", "data-link");
    assert.match(link, /^#v1\.[0-9A-Z]{4}/);
    await page.goto("about:blank");
    await visit(open, page, link);
    assert.equal(await digest(page), shown, scene);
    assert.equal(await page.isVisible("#notes"), false, scene);
    await page.goto("about:blank");
  }
  assert.ok(home);
});

pageTest("the links of the README open without a note", async ({ page, open }) => {
  const readme = await readFile(new URL("../../README.md", import.meta.url), "utf8");
  const links = [...readme.matchAll(/^\| `(#v1[^`]*)` \|/gm)].map(([, link]) => link);
  assert.ok(links.length >= 4);
  for (const link of links) {
    await page.goto("about:blank");
    await visit(open, page, link);
    assert.equal(await page.isVisible("#notes"), false, link);
    assert.equal(await page.isVisible("#elsewhere"), false, link);
  }
});

pageTest("a link that asks for trials keeps them", async ({ page, open }) => {
  await visit(open, page, "#v1&trials=1000&samples=1000");
  await page.click("#forward");
  await settled(page);
  assert.match(await page.evaluate(() => location.hash), /&trials=1000(&|$)/);
});

pageTest("links opened one after another, without a reload, show the same", async ({ page, open }) => {
  const cold = [];
  for (const scene of SCENES.slice(0, 4)) {
    await visit(open, page, scene);
    cold.push(await digest(page));
    await page.goto("about:blank");
  }
  await visit(open, page, SMALL);
  for (const [place, scene] of SCENES.slice(0, 4).entries()) {
    await go(page, scene);
    assert.equal(await digest(page), cold[place], scene);
  }
});

pageTest("each deviation of a link is a visible note, and the page goes on", async ({ page, open }) => {
  for (const [link, note] of [
    ["#v1&width=900&samples=1000", /Width 900 → 512 \(allowed 1–512\)/],
    ["#v1&colour=red&samples=1000", /Unknown key “colour”/],
    ["#v1&hidden=4&width=5&step=5000&samples=1000", /Step 5000 → \d+ \(the run ends there\)/],
    ["#v1.0000&width=12&samples=1000", /damaged/],
    ["#v1&width=&samples=1000", /empty/],
    ["#nonsense", /This is no link/],
    [`#v1&x=${"y".repeat(9000)}`, /This is no link: it has \d+ characters/],
  ]) {
    await page.goto("about:blank");
    await visit(open, page, link);
    assert.match(await text(page, "notes-list"), note, link);
    assert.match(await text(page, "say"), /tickets?/, link);
    await page.click("#notes-close");
    await frame(page);
    assert.equal(await page.isVisible("#notes"), false);
  }
});

pageTest("a view that this version lacks says so, and the scene is kept", async ({ page, open }) => {
  for (const view of ["build"]) {
    await visit(open, page, `#v1&view=${view}&width=6&samples=1000`);
    assert.match(await text(page, "elsewhere"), new RegExp(`does not have the view “${view}” yet`));
    await page.click("#tab-prune");
    await settled(page);
    assert.match(await text(page, "say"), /^108 edges to cut/);
    await page.goto("about:blank");
  }
});

pageTest("ten seconds of dragging write the history at most thirty times, and Back returns to before", { timeout: 90_000 },
  async ({ page, open }) => {
    await countWrites(page);
    await visit(open, page, `${SMALL}&step=3`);
    const before = await digest(page);
    const box = await page.locator("#width-slider").boundingBox();
    const at = (share) => [box.x + 8 + share * (box.width - 16), box.y + box.height / 2];
    const start = Date.now();
    await page.mouse.move(...at(0.2));
    await page.mouse.down();
    for (let turn = 0; Date.now() - start < 10_000; turn++) await page.mouse.move(...at(0.1 + 0.25 * Math.abs(Math.sin(turn / 20))));
    await page.mouse.move(...at(0.3));
    await page.mouse.up();
    await settled(page);
    const writes = await page.evaluate(() => globalThis.writes);
    assert.ok(writes.length > 5 && writes.length <= 30, `${writes.length} writes`);
    assert.equal(writes.filter((name) => name === "pushState").length, 1);
    assert.equal(await page.evaluate(() => location.hash), await page.getAttribute("html", "data-link"));
    await page.goBack();
    await page.waitForFunction((digest) => document.documentElement.dataset.digest === digest, before);
    assert.equal((await step(page)).k, 3);
    await page.goForward();
    await page.waitForFunction((digest) => document.documentElement.dataset.digest !== digest, before);
  });

pageTest("a blocked history, store and clipboard break nothing", async ({ page, open }) => {
  await page.addInitScript(() => {
    const refuse = () => { throw new DOMException("blocked", "SecurityError"); };
    history.pushState = refuse;
    history.replaceState = refuse;
    Object.defineProperty(globalThis, "localStorage", { get: refuse });
    Object.defineProperty(navigator, "clipboard", { value: undefined });
  });
  await visit(open, page, SMALL);
  await page.click("#forward");
  await page.click("#theme");
  await page.click("#copy");
  assert.equal((await step(page)).k, 1);
  assert.equal(await page.getAttribute("html", "data-theme"), "light");
});

pageTest("the link can be copied", async ({ page, open, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await visit(open, page, `${SMALL}&step=9`);
  await page.click("#copy");
  await page.waitForFunction(() => document.getElementById("announce").textContent.includes("copied"));
  assert.equal(await page.evaluate(() => navigator.clipboard.readText()), await page.evaluate(() => location.href.split("#")[0] + document.documentElement.dataset.link));
});
