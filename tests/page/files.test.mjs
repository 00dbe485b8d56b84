// A network of the visitor's own: opened, dropped or pasted; and a bad file that changes nothing.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { pageTest } from "./harness.mjs";
import { card, point } from "./point.mjs";
import { digest, frame, keepWorkers, settled, SMALL, text, visit } from "./walk.mjs";

// One source, two hidden layers of two nodes, one sink; by hand.
const WEIGHTS = '{"weights": [[[0.5, -1]], [[2, 0.25], [1, -4]], [[1], [0.1]]]}';
const MASK = '{"mask": [[[1, 1]], [[1, 0], [1, 1]], [[1], [1]]]}';
const CSV = "layer,from,to,weight\n0,0,0,0.5\n0,0,1,-1\n1,0,0,2\n1,0,1,0.25\n1,1,0,1\n1,1,1,-4\n2,0,0,1\n2,1,0,0.1\n";
const sha = (data) => createHash("sha256").update(data).digest("hex");
const file = (name, data) => ({ name, mimeType: "application/octet-stream", buffer: Buffer.from(data) });
const hash = (page) => page.evaluate(() => location.hash);

/** Drops files on the page as a file manager does. */
async function drop(page, files, before = async () => {}) {
  const data = await page.evaluateHandle((all) => {
    const transfer = new DataTransfer();
    for (const [name, content] of all) transfer.items.add(new File([content], name));
    return transfer;
  }, files);
  await page.dispatchEvent("body", "dragover", { dataTransfer: data });
  await frame(page);
  assert.ok(await page.isVisible("#drop"), "the page says that it takes files");
  await before();
  await page.dispatchEvent("body", "drop", { dataTransfer: data });
  await frame(page);
  assert.equal(await page.isVisible("#drop"), false);
}

const shown = (page) => page.waitForSelector("#own", { state: "visible" });

pageTest("a file that is opened becomes the network, with its name, shape and SHA-256", async ({ page, open }) => {
  await visit(open, page, SMALL);
  const drawn = await digest(page);
  await page.setInputFiles("#file", file("mine.json", WEIGHTS));
  await shown(page);
  await settled(page);
  const said = await text(page, "own-text");
  assert.equal(said, `“mine.json”: 1 source, 2 hidden layers of 2 nodes, 1 sink; weights of SHA-256 ${sha(WEIGHTS)}. `
    + "A link cannot hold them: send the file along.");
  assert.match(await text(page, "say"), /^4 edges to cut, and 4 tickets/);
  assert.equal(await page.inputValue("#width"), "2");
  assert.ok(await page.isDisabled("#width") && await page.isDisabled("#seed"), "the file decides them");
  const edge = await point(page, "h1.2 → h2.2");
  assert.equal(edge.card.weight, "Weight \u{2212}4");
  assert.equal(edge.card.chain, "\u{2212}1 × \u{2212}4 × 0.1 = 0.4");
  // Products and edits work on it.
  await page.selectOption("#of", "network");
  await settled(page);
  assert.match(await text(page, "histogram-line"), /^All 4 surviving paths/);
  await page.mouse.click(edge.x, edge.y);
  await settled(page);
  assert.match(await text(page, "say"), /3 tickets/);
  await page.keyboard.press("Control+z");
  await settled(page);
  await page.selectOption("#of", "law");
  await page.click("#own-close");
  await settled(page);
  assert.equal(await page.isVisible("#own"), false);
  await page.fill("#width", "5");
  await page.press("#width", "Enter");
  await page.fill("#hidden", "4");
  await page.press("#hidden", "Enter");
  await settled(page);
  assert.equal(await digest(page), drawn, "the drawn network is as it was");
});

pageTest("weights as CSV and a mask are dropped together", async ({ page, open }) => {
  await visit(open, page, SMALL);
  await drop(page, [["weights.csv", CSV], ["mask.json", MASK]]);
  await page.waitForFunction(() => document.getElementById("own-text").textContent.includes("mask of"));
  await settled(page);
  const said = await text(page, "own-text");
  assert.ok(said.includes(`weights of SHA-256 ${sha(CSV)}, mask of SHA-256 ${sha(MASK)}`), said);
  assert.match(await text(page, "say"), /3 tickets/);
  const { card: edge } = await point(page, "h1.1 → h2.2");
  assert.equal(edge.state, "Left out by the file’s mask");
  assert.equal(edge.weight, "Weight 0.25");
});

pageTest("pasted text is a file, too; in a field it is only text", async ({ page, open, context }) => {
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await visit(open, page, SMALL);
  await page.evaluate((data) => navigator.clipboard.writeText(data), WEIGHTS);
  await page.click("#seed");
  await page.keyboard.press("Control+v");
  await frame(page);
  assert.equal(await page.isVisible("#own"), false);
  await page.fill("#seed", "1");
  await page.evaluate(() => document.activeElement.blur());
  await page.keyboard.press("Control+v");
  await shown(page);
  assert.match(await text(page, "own-text"), /^“pasted text”: 1 source, 2 hidden layers/);
});

pageTest("a bad file changes nothing and says why", async ({ page, open }) => {
  await visit(open, page, `${SMALL}&step=7`);
  const [before, address] = [await digest(page), await hash(page)];
  const bad = [
    ["empty.json", "", /“empty.json”: .*empty/],
    ["words.txt", "hello world", /“words.txt”: /],
    ["cut.json", '{"weights": [[[1', /“cut.json”: /],
    ["nan.json", '{"weights": [[[1, "x"]], [[1], [1]]]}', /“nan.json”: /],
    ["ragged.json", '{"weights": [[[1, 2]], [[1], [1, 2]]]}', /“ragged.json”: /],
    ["huge.csv", "layer,from,to,weight\n0,0,0,1e99\n", /“huge.csv”: /],
    ["picture.png", "\u{89}PNG\r\n\u{1a}\n\0\0", /“picture.png”: /],
    ["<b>x</b>.json", "[", /“<b>x<\/b>.json”: /],
  ];
  for (const [name, data, why] of bad) {
    await page.setInputFiles("#file", file(name, data));
    await page.waitForSelector("#notes", { state: "visible" });
    const said = await text(page, "notes-list");
    assert.match(said, why, name);
    assert.match(said, /[.?]$/, "a sentence");
    assert.equal(await page.isVisible("#own"), false);
    assert.equal(await digest(page), before, name);
    assert.equal(await hash(page), address);
    await page.click("#notes-close");
    await page.waitForSelector("#notes", { state: "hidden" });
  }
  await page.setInputFiles("#file", file("good.json", WEIGHTS));
  await shown(page);
});

pageTest("what is saved is read back: the same network, by this page and without the link", async ({ page, open }) => {
  await visit(open, page, `${SMALL}&step=12`);
  const tickets = await text(page, "tickets");
  const edge = await point(page, "h1.1 → h2.2");
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#save")]);
  const path = await download.path();
  await page.goto("about:blank");
  await visit(open, page, "#v1&hidden=2&width=9&samples=1000");
  await page.setInputFiles("#file", path);
  await shown(page);
  await settled(page);
  assert.equal(await text(page, "tickets"), tickets);
  assert.equal((await point(page, "h1.1 → h2.2")).card.weight, edge.card.weight);
});

pageTest("a worker that starts anew is given the file again", async ({ page, open }) => {
  await keepWorkers(page);
  await visit(open, page, SMALL);
  await page.setInputFiles("#file", file("mine.json", WEIGHTS));
  await shown(page);
  await settled(page);
  const before = await text(page, "own-text");
  await page.evaluate(() => globalThis.workers.at(-1).dispatchEvent(new ErrorEvent("error", { message: "test" })));
  await page.waitForFunction(() => globalThis.workers.length === 2);
  await page.selectOption("#rule", "edge");
  await settled(page);
  assert.equal(await text(page, "own-text"), before);
  assert.match(await text(page, "say"), /4 tickets/);
  const { card: edge } = await point(page, "h1.2 → h2.2");
  assert.equal(edge.weight, "Weight \u{2212}4");
  assert.ok(await card(page));
});
