// What a visitor does by hand: cut, bring back, type and drag weights, undo, pin.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { pageTest } from "./harness.mjs";
import { card, leave, point } from "./point.mjs";
import { SMALL, digest, frame, settled, step, text, visit } from "./walk.mjs";

/** Points at an edge that is still on a ticket. */
async function aliveEdge(page) {
  for (const from of [1, 2, 3, 4, 5]) {
    for (const to of [1, 2, 3, 4, 5]) {
      const place = await point(page, `h2.${from} → h3.${to}`).catch(() => null);
      if (place?.card.state === "On a ticket") return place;
    }
  }
  return assert.fail("nothing is on a ticket");
}

const hash = (page) => page.evaluate(() => location.hash);

pageTest("a click cuts an edge, says so, and Undo brings the scene back", async ({ page, open }) => {
  await visit(open, page, SMALL);
  const before = await digest(page);
  const place = await point(page, "h2.2 → h3.3");
  await page.mouse.click(place.x, place.y);
  await settled(page);
  assert.equal(await text(page, "told-text"), `Cut ${place.card.title} by hand.`);
  assert.match(await hash(page), /[&]mask=[\w-]+/);
  assert.equal((await card(page)).state, "Cut by hand");
  assert.match(await text(page, "say"), /600 tickets/, "25 of 625 went through it");
  assert.equal(await text(page, "hand-line"), "1 edge cut.");
  await page.click("#told-undo");
  await settled(page);
  assert.equal(await digest(page), before);
  assert.equal(await page.isVisible("#by-hand"), false);
});

pageTest("a cut in the middle of a run begins a new one from there, and Undo goes back to the step", async ({ page, open }) => {
  await visit(open, page, `${SMALL}&step=30`);
  const before = await digest(page);
  const alive = Number(await text(page, "alive"));
  const place = await aliveEdge(page);
  await page.mouse.click(place.x, place.y);
  await settled(page);
  assert.equal((await step(page)).k, 0);
  assert.ok(Number(await text(page, "alive")) < alive);
  assert.match(await text(page, "told-text"), /A new run begins where step 30 had come to\.$/);
  assert.equal(await text(page, "hand-line"), "31 edges cut.");
  await page.keyboard.press("Control+z");
  await settled(page);
  assert.equal((await step(page)).k, 30);
  assert.equal(await digest(page), before);
  await page.keyboard.press("Control+Shift+Z");
  await settled(page);
  assert.equal((await step(page)).k, 0);
  assert.match(await text(page, "undo-text"), /^Undo \(1\)$/);
});

pageTest("clicking what the hand cut brings it back; the browser's Back is Undo", async ({ page, open }) => {
  await visit(open, page, SMALL);
  const before = await digest(page);
  const place = await point(page, "h2.2 → h3.3");
  await page.mouse.click(place.x, place.y);
  await settled(page);
  await page.mouse.click(place.x, place.y);
  await settled(page);
  assert.equal(await text(page, "told-text"), `${place.card.title} is back.`);
  assert.equal(await digest(page), before);
  await page.goBack();
  await settled(page);
  assert.equal(await text(page, "hand-line"), "1 edge cut.");
  assert.match(await text(page, "redo-text"), /^Redo \(1\)$/);
  await page.goBack();
  await settled(page);
  assert.equal(await digest(page), before);
  assert.match(await text(page, "redo-text"), /^Redo \(2\)$/);
  await page.keyboard.press("Control+y");
  await settled(page);
  assert.equal(await text(page, "hand-line"), "1 edge cut.");
});

pageTest("the link carries what the hand did, and undoing survives another view", async ({ page, open }) => {
  await visit(open, page, SMALL);
  const place = await point(page, "h3.1 → h4.2");
  await page.mouse.click(place.x, place.y);
  await settled(page);
  const link = await hash(page);
  const cut = await digest(page);
  await page.goto("about:blank");
  await visit(open, page, link);
  assert.equal(await digest(page), cut, "the same network from the link alone");
  assert.equal(await text(page, "hand-line"), "1 edge cut.");
  await page.click("#hand-rows button");
  await settled(page);
  assert.match(await text(page, "say"), /625 tickets/);
  await page.click("#tab-products");
  await settled(page);
  await page.keyboard.press("Control+z");
  await settled(page);
  assert.match(await hash(page), /view=products/);
  assert.equal(await text(page, "hand-line"), "1 edge cut.");
});

pageTest("a weight is typed on the pinned card; nonsense is said and changes nothing", async ({ page, open }) => {
  await visit(open, page, SMALL);
  const place = await point(page, "h2.2 → h3.3");
  await page.keyboard.down("Shift");
  await page.mouse.click(place.x, place.y);
  await page.keyboard.up("Shift");
  await leave(page);
  const pin = page.locator("#pins .card");
  assert.equal(await pin.count(), 1);
  assert.equal((await card(page, "#pins")).letter, "A");
  const before = await digest(page);
  for (const nonsense of ["heavy", "1e10", "NaN", "", "inf"]) {
    await pin.locator("[data-do=type]").fill(nonsense);
    await pin.locator("[data-do=type]").press("Enter");
    await frame(page);
    assert.match((await card(page, "#pins")).wrong, /not allowed here: give a number from −10⁹ to 10⁹\.$/, nonsense);
    assert.equal(await digest(page), before);
  }
  await pin.locator("[data-do=type]").fill("-2.5");
  await pin.locator("[data-do=type]").press("Enter");
  await settled(page);
  assert.match(await hash(page), /[&]edits=2\.\d\.\d[:%].*-2\.5/);
  assert.equal(await text(page, "told-text"), `${place.card.title} now weighs −2.5.`);
  const { card: hovered } = await point(page, place.card.title);
  assert.equal(hovered.weight, "Weight −2.5, typed by hand");
  assert.match(hovered.chain, /−2\.5/, "and the strongest path goes on with it");
  await pin.locator("[data-do=own]").click();
  await settled(page);
  assert.equal(await digest(page), before);
});

pageTest("the slider of a card moves the weight as one change", async ({ page, open }) => {
  await visit(open, page, SMALL);
  const place = await point(page, "h2.2 → h3.3");
  await page.keyboard.press("p");
  await leave(page);
  const slider = page.locator("#pins [data-do=slide]");
  await slider.focus();
  const start = Number(await slider.inputValue());
  for (let press = 0; press < 3; press++) await page.keyboard.press("ArrowRight");
  await settled(page);
  assert.equal(Number(await slider.inputValue()), start + 3);
  assert.equal(await page.evaluate(() => document.activeElement.dataset.do), "slide", "the focus stays");
  const typed = Number(await page.locator("#pins [data-do=type]").inputValue());
  assert.ok(Math.abs(typed - (start + 3 - 200) / 200) < 1e-9, `${typed}`);
  assert.ok(place.card);
});

pageTest("dragging up on an edge makes its weight larger", async ({ page, open }) => {
  await visit(open, page, SMALL);
  const place = await point(page, "h2.2 → h3.3");
  const number = (text) => Number(text.match(/Weight (\u{2212}?[\d.]+)/u)[1].replace("\u{2212}", "-"));
  const before = number(place.card.weight);
  await page.mouse.down();
  await page.mouse.move(place.x, place.y - 20);
  await page.mouse.move(place.x, place.y - 60);
  await settled(page);
  const during = await card(page);
  assert.equal(during.title, place.card.title);
  assert.ok(number(during.weight) > before + 0.3, during.weight);
  await page.mouse.up();
  await settled(page);
  assert.match(await text(page, "told-text"), /now weighs/);
  assert.match(await text(page, "undo-text"), /^Undo \(1\)$/, "one drag is one change");
  assert.match(await text(page, "hand-line"), /^1 weight typed\.$/);
  await page.keyboard.press("Control+z");
  await settled(page);
  assert.equal(await page.isVisible("#by-hand"), false);
});

pageTest("pins stay live, carry letters, and there are six at most", async ({ page, open }) => {
  await visit(open, page, SMALL);
  await page.focus("#network-box");
  await page.keyboard.press("ArrowRight");
  for (const way of ["Right", "Up", "Right", "Up", "Right", "Down", "Down"]) {
    await page.keyboard.press("p");
    await page.keyboard.press(`Arrow${way}`);
  }
  await frame(page);
  assert.deepEqual(await page.locator("#pins [data-part=letter]").allTextContents(), [..."ABCDEF"]);
  assert.match(await text(page, "told-text"), /^Six cards are pinned/);
  await page.locator("#pins .card").nth(1).locator("[data-do=pin]").click();
  await frame(page);
  assert.deepEqual(await page.locator("#pins [data-part=letter]").allTextContents(), [..."ACDEF"]);
  const before = await page.locator("#pins [data-part=tickets]").allTextContents();
  await page.evaluate(() => document.activeElement.blur());
  for (let step = 0; step < 20; step++) await page.keyboard.press("ArrowRight");
  await settled(page);
  assert.notDeepEqual(await page.locator("#pins [data-part=tickets]").allTextContents(), before);
});

pageTest("what the hand did follows the edges through another width, and comes back", async ({ page, open }) => {
  await visit(open, page, SMALL);
  const place = await point(page, "h2.2 → h3.5");
  await page.mouse.click(place.x, place.y);
  await settled(page);
  const before = await digest(page);
  await page.fill("#width", "7");
  await page.press("#width", "Enter");
  await settled(page);
  assert.match(await text(page, "hand-rows"), new RegExp(`^${place.card.title} cut`), "the same edge, wherever it is numbered");
  await page.fill("#width", "4");
  await page.press("#width", "Enter");
  await settled(page);
  assert.equal(await text(page, "hand-line"), "This network has no edges for 1 cut; they come back with the shape.");
  await page.fill("#width", "5");
  await page.press("#width", "Enter");
  await settled(page);
  assert.equal(await digest(page), before);
});

pageTest("a link that is too long is not written, and the network is offered as a file", async ({ page, open }) => {
  await visit(open, page, "#v1&sources=10&sinks=2&hidden=8&width=40&samples=1000&rule=edge&protect=none&seed=123456&prune-seed=123456&step=6000");
  const address = await hash(page);
  await page.focus("#network-box");
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("ArrowRight");
  let tries = 0;
  // Walk to an edge that is still there: half of them are.
  while (!/on a ticket|idle/i.test((await card(page)).state)) {
    await page.keyboard.press("ArrowDown");
    assert.ok((tries += 1) < 40);
  }
  await page.keyboard.press("Delete");
  await settled(page);
  assert.equal((await step(page)).k, 0, "the cut is made");
  assert.ok(await page.isVisible("#too-long"));
  assert.equal(await hash(page), address, "the address bar keeps the earlier link");
  await page.keyboard.press("c");
  await frame(page);
  assert.match(await text(page, "told-text"), /too long to be sent whole/);
  const [download] = await Promise.all([page.waitForEvent("download"), page.click("#too-long-save")]);
  assert.equal(download.suggestedFilename(), "ticketscope-network.json");
  const file = JSON.parse(await readFile(await download.path(), "utf8"));
  assert.deepEqual(file.network, { sources: 10, hidden_layers: 8, width: 40, sinks: 2 });
  assert.equal(file.weights.length, 9);
  assert.ok(file.mask.flat(2).filter((kept) => kept === 0).length >= 6001, "with what is cut");
  await page.keyboard.press("Control+z");
  await settled(page);
  assert.equal(await page.isVisible("#too-long"), false);
  assert.equal((await step(page)).k, 6000);
});

pageTest("an edge that no link can say is not cut, and the page says so", async ({ page, open }) => {
  await visit(open, page, "#v1&hidden=12&width=40&samples=1000");
  const before = await digest(page);
  await page.focus("#network-box");
  await page.keyboard.press("ArrowRight");
  for (let layer = 0; layer < 11; layer++) {
    await page.keyboard.press("ArrowRight");
    await page.keyboard.press("ArrowRight");
  }
  await page.keyboard.press("ArrowRight");
  await page.keyboard.press("Delete");
  await settled(page);
  assert.match(await text(page, "told-text"), /^A link holds cuts by hand among the first 12,000 edges of a network only; save it as a file to cut further\.$/);
  assert.equal(await digest(page), before);
});
