// The main job: a network, pruned step by step, forwards and backwards, until no ticket is left.

import assert from "node:assert/strict";
import { pageTest } from "./harness.mjs";
import { digest, frame, keepWorkers, settled, SMALL, step, text, thereAndBack, visit } from "./walk.mjs";

pageTest("step, back, play, scrub, and the end", { motion: "reduce" }, async ({ page, open }) => {
  await visit(open, page, SMALL);
  assert.match(await text(page, "say"), /^75 edges to cut, and 625 tickets/);
  const start = await digest(page);
  for (let k = 1; k <= 5; k++) {
    await page.click("#forward");
    assert.equal((await step(page)).k, k);
    assert.match(await text(page, "event"), /^cut h\d\.\d → h\d\.\d/);
    assert.match(await text(page, "cut"), new RegExp(`^${k} of 75`));
  }
  for (let k = 0; k < 5; k++) await page.click("#back");
  await settled(page);
  assert.equal(await digest(page), start, "five forward and five back is where it began");

  await page.selectOption("#speed", "max");
  await page.click("#play");
  await page.waitForSelector("#play[aria-label=Pause]");
  await settled(page);
  const { k, last } = await step(page);
  assert.equal(k, last);
  assert.match(await text(page, "say"), /no ticket of 625 is left\.$/);
  assert.equal(await text(page, "destroyed-at"), `step ${last}`);
  assert.equal(await text(page, "tickets"), "0");
  assert.equal(await text(page, "on-ticket"), "0");

  await page.locator("#scrub").fill("10");
  assert.equal((await step(page)).k, 10);
  await page.click("#last");
  assert.equal((await step(page)).k, last);
  await page.click("#first");
  await settled(page);
  assert.equal(await digest(page), start);
});

pageTest("playing can be paused, and its speed changed on the way", async ({ page, open }) => {
  await visit(open, page, SMALL);
  await page.selectOption("#speed", "8");
  await page.click("#play");
  await page.waitForFunction(() => Number(document.getElementById("scrub").value) >= 3);
  await page.click("#play");
  await settled(page);
  const { k } = await step(page);
  assert.ok(k >= 3);
  assert.match(await page.evaluate(() => location.hash), new RegExp(`[&]step=${k}[&]`), "the pause is written at once");
});

pageTest("changing a control and undoing it restores the state", async ({ page, open }) => {
  await visit(open, page, `${SMALL}&step=40`);
  const before = await digest(page);
  await thereAndBack(page, [["width", "6"], ["hidden", "3"], ["seed", "99"], ["prune-seed", "12"], ["scale", "2"]]);
  for (const [id, other] of [["law", "exact"], ["rule", "edge"], ["protect", "last"], ["of", "network"]]) {
    const value = await page.inputValue(`#${id}`);
    await page.selectOption(`#${id}`, other);
    await settled(page);
    assert.notEqual(await digest(page), before, id);
    await page.selectOption(`#${id}`, value);
    await settled(page);
    assert.equal(await digest(page), before, id);
  }
});

pageTest("a wider network keeps the weights of the edges that remain", async ({ page, open }) => {
  await visit(open, page, SMALL);
  const dice = () => page.inputValue("#seed");
  const first = await dice();
  await page.click("#seed-roll");
  await settled(page);
  assert.notEqual(await dice(), first);
  const rolled = await dice();
  await page.click("#seed-lock");
  await page.click("#seed-roll", { force: true });
  await page.keyboard.press("n");
  assert.equal(await dice(), rolled, "a locked seed stays");
});

pageTest("with one hidden layer the page says that nothing is left to prune", async ({ page, open }) => {
  await visit(open, page, "#v1&hidden=1&samples=1000");
  assert.match(await text(page, "say"), /^Nothing is left to prune: 5 tickets survive\.$/);
  assert.match(await text(page, "explain"), /at least two hidden layers/);
  assert.equal(await page.getAttribute("#play", "aria-disabled"), "true");
});

pageTest("nonsense gets a sentence beside the field and loses nothing", async ({ page, open }) => {
  await visit(open, page, SMALL);
  const before = await digest(page);
  for (const nonsense of ["seven", "", "0", "1e999", "<b>x</b>", "-3", "NaN"]) {
    await page.fill("#width", nonsense);
    await page.press("#width", "Enter");
    assert.match(await text(page, "width-wrong"), /not allowed here: give 1–512\.$/, nonsense);
    assert.equal(await page.inputValue("#width"), nonsense, "it stays");
    assert.equal(await page.getAttribute("#width", "aria-invalid"), "true");
    assert.equal(await digest(page), before);
  }
  await page.fill("#width", "6");
  await page.press("#width", "Enter");
  await settled(page);
  assert.equal(await page.isVisible("#width-wrong"), false);
});

pageTest("too many edges are refused with their number", async ({ page, open }) => {
  await visit(open, page, "#v1&hidden=9&width=512");
  assert.match(await text(page, "elsewhere"), /2,098,176 edges.*at most 2,000,000/);
  assert.equal(await page.isVisible("#network"), false);
  await page.fill("#width", "6");
  await page.press("#width", "Enter");
  await settled(page);
  assert.ok(await page.isVisible("#network"));
});

pageTest("a network of two hundred thousand edges stays usable", async ({ page, open }) => {
  await visit(open, page, "#v1&hidden=21&width=100&samples=1000");
  assert.match(await text(page, "say"), /^200,000 edges to cut, and 1\.00 × 10⁴² tickets/);
  assert.equal(await page.isVisible("#digits"), true);
  await page.click("#last");
  await settled(page);
  assert.match(await text(page, "say"), /no ticket/);
  const spent = await page.evaluate(async () => {
    const start = performance.now();
    document.getElementById("back").click();
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return performance.now() - start;
  });
  assert.ok(spent < 1000, `a step took ${spent} ms`);
});

pageTest("the death of the worker is said, and its work goes on in another", async ({ page, open }) => {
  await keepWorkers(page);
  await visit(open, page, SMALL);
  await page.evaluate(() => globalThis.workers[0].dispatchEvent(new ErrorEvent("error", { message: "test" })));
  await page.waitForSelector("#crash", { state: "visible" });
  assert.equal(await text(page, "crash-text"), "The worker stopped. Another one was started and does its work again.");
  assert.equal(await page.evaluate(() => globalThis.workers.length), 2);
  await page.fill("#width", "6");
  await page.press("#width", "Enter");
  await settled(page);
  assert.match(await text(page, "say"), /^108 edges to cut/);
  await page.click("#crash-close");
  await page.waitForSelector("#crash", { state: "hidden" });
  assert.equal(await page.evaluate(() => document.activeElement.id), "play", "the focus is not lost");
});

pageTest("long work says how far it is, and can be cancelled", async ({ page, open }) => {
  await open("#v1&hidden=12&width=90&rule=synflow&samples=1000");
  await page.waitForSelector("#working", { state: "visible" });
  assert.match(await text(page, "working-text"), /^Working: \d+ %$/);
  await page.click("#cancel");
  await settled(page);
  assert.match(await text(page, "working-text"), /^Stopped/);
  assert.equal(await page.evaluate(() => document.activeElement.id), "play");
  await page.selectOption("#rule", "layer");
  await settled(page);
  assert.match(await text(page, "say"), /^89,100 edges to cut/);
  assert.equal(await page.isVisible("#working"), false);
});

pageTest("a worker that is silent for five seconds is mentioned", async ({ page, open }) => {
  await page.addInitScript(() => {
    const post = Worker.prototype.postMessage;
    Worker.prototype.postMessage = function (message, ...rest) {
      if (!Array.isArray(message)) post.call(this, message, ...rest);
    };
  });
  await open("#v1&hidden=4&width=5");
  await page.waitForSelector("#silent", { state: "visible" });
  assert.match(await text(page, "silent-text"), /^The worker has been silent for 5 seconds\./);
  await page.click("#silent-stop");
  await page.waitForFunction(() => document.getElementById("working-text").textContent.startsWith("Stopped"));
});

pageTest("an error inside the page is said, and a restart goes on with the same scene", async ({ page, open, expect }) => {
  await visit(open, page, `${SMALL}&step=7`);
  const before = await digest(page);
  // An error of someone else's script is none of the page's.
  await page.evaluate(() => setTimeout(() => { throw new Error("other"); }));
  await frame(page);
  assert.equal(await page.isVisible("#crash"), false);
  // An exception that passes through the program leaves it locked.
  await page.evaluate(() => {
    const real = Element.prototype.getAttribute;
    Element.prototype.getAttribute = () => { Element.prototype.getAttribute = real; throw new Error("test"); };
    document.getElementById("theme").click();
  });
  await page.waitForSelector("#crash", { state: "visible" });
  assert.match(await page.textContent("#crash-report"), /^The page stopped: test/m);
  expect(/^uncaught: (other|test)$/);
  await page.click("#crash-restart");
  await page.waitForSelector("#crash", { state: "hidden" });
  await settled(page);
  assert.equal(await digest(page), before);
});

pageTest("the Products view says how far its products are from normal and from uniform", async ({ page, open }) => {
  for (const [link, sentence, line] of [
    ["hidden=5", /^Products of 6 weights are almost normal \(0\.0192 away\), but far from uniform \(0\.325\)\.$/, /100,000, drawn/],
    ["law=exact", /^Products of 5 weights are exactly uniform between −1 and 1: /, /dashed, their law\.$/],
    ["law=normal", /not normal: their kurtosis is \d+, and a normal law’s is 3\.$/, /drawn independently\.$/],
    ["of=network&step=30", /^The products of all \d+ surviving paths lie 0\.\d+ from their law and 0\.\d+ from uniform\.$/, /after 30 cuts/],
    ["of=network&step=end", /no path survives\.$/, /^The network after \d+ cuts: no path/],
    ["of=network&hidden=8&width=30&samples=5000", /^The products of 5,000 of the surviving paths lie/, /from the 656,100,000,000 paths/],
  ]) {
    await page.goto("about:blank");
    await visit(open, page, `#v1&view=products&${link}`);
    assert.match(await text(page, "say"), sentence, link);
    assert.match(await text(page, "explain"), line, link);
  }
  // The numbers of the sentence are those beside it.
  await page.goto("about:blank");
  await visit(open, page, "#v1&view=products&alpha=0.9");
  const say = await text(page, "say");
  assert.ok(say.includes(`(${await text(page, "law-ks-normal")} away)`) && say.includes(`(${await text(page, "law-ks-uniform")})`));
});

const LABELS = "#marks li > span:first-child:not(.unseen)";

for (const width of [1920, 1440, 1024, 360, 320]) {
  pageTest(`the bounds stand on the scrub bar, also those beyond its end, and never meet: ${width} px`, { width }, async ({ page, open }) => {
    for (const [link, beyond] of [
      ["hidden=5&width=7&seed=7&prune-seed=157", "exact 164 ▸"], ["hidden=3&width=10&protect=last", "exact 26 ▸"],
      ["width=1", null], ["hidden=8&width=30", "exact 5,995 ▸"], ["hidden=5&width=7&confidence=100", "exact 135"],
    ]) {
      await page.goto("about:blank");
      await visit(open, page, `#v1&samples=1000&${link}`);
      const labels = await page.locator(LABELS).allTextContents();
      assert.ok(labels.some((label) => label.startsWith("paper")) && labels.some((label) => label.startsWith("exact")), `${link}: ${labels}`);
      if (beyond) assert.ok(labels.includes(beyond), `${link}: ${labels}`);
      const boxes = await page.locator(LABELS).evaluateAll((spans) => spans.map((span) => span.getBoundingClientRect().toJSON()));
      for (const [place, box] of boxes.entries()) {
        assert.ok(box.left >= 0 && box.right <= width, link);
        for (const other of boxes.slice(0, place)) {
          const apart = box.right <= other.left || other.right <= box.left || box.bottom <= other.top + 1 || other.bottom <= box.top + 1;
          assert.ok(apart, `${link}: ${labels} ${JSON.stringify([box, other])}`);
        }
      }
      const words = await page.locator("#marks li > span:last-child").allTextContents();
      assert.ok(words.length === 0 || words.some((said) => /^Balls in bins, exactly, k ≤ [\d,]+(: beyond the end of this run)?$/.test(said)), words.join());
      assert.ok(await page.evaluate(() => document.documentElement.scrollWidth <= document.documentElement.clientWidth), "no scrolling sideways");
    }
  });
}
