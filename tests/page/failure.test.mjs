// What happens when the program fails, in a build of its own (crates/ticketscope-web/src/faults.rs) in which every operation can
// be made to panic, to trap, to overflow its stack and to run out of memory, and the worker to hang.

import assert from "node:assert/strict";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { pageTest } from "./harness.mjs";
import { SMALL, digest, frame, go, settled, text, visit } from "./walk.mjs";

const FAULTY = process.env.FAULTY ?? fileURLToPath(new URL("../../target/site-faults/", import.meta.url));
assert.ok(existsSync(FAULTY), `${FAULTY} is missing: cargo xtask build --faults`);
const options = { root: FAULTY, timeout: 120_000 };
const WAYS = ["panic", "trap", "stack", "memory"];
const START = `${SMALL}&step=7`;
const FILE = { name: "mine.json", mimeType: "application/json", buffer: Buffer.from('{"weights": [[[1, 2]], [[1], [1]]]}') };
/** `cargo xtask soak` asks for the numbers of docs that a usual run has no time for. */
const SOAK = process.env.SOAK === "1";

/** Makes the page fail once: at `place`, in this `way`. */
const arm = (page, place, way, times = 1) =>
  page.evaluate((fault) => { globalThis.fault = fault; }, `${place} ${way} ${times}`);

/** Counts the workers that live, and the most that ever did. */
const countWorkers = (page) => page.addInitScript(() => {
  globalThis.live = { now: 0, most: 0 };
  globalThis.Worker = class extends Worker {
    constructor(...given) {
      super(...given);
      globalThis.live.now += 1;
      globalThis.live.most = Math.max(globalThis.live.most, globalThis.live.now);
    }
    terminate() {
      super.terminate();
      globalThis.live.now -= 1;
    }
  };
});

/** The bar: its sentence, and the report with its parts checked. */
async function bar(page) {
  await page.waitForSelector("#crash", { state: "visible" });
  const report = await page.textContent("#crash-report");
  const [version, cause, ...rest] = report.split("\n");
  assert.match(version, /^Ticketscope \d+\.\d+\.\d+-[0-9a-f]{16}$/);
  assert.match(cause, /^The (page|worker) stopped: /);
  const events = rest.find((line) => line.startsWith("Last events: ")).slice(13).split(", ");
  assert.ok(events.length <= 50);
  // Kinds and places only: nothing that was typed, pressed or seen.
  for (const event of events) assert.match(event, /^([a-z]+( #[\w-]+)?|worker: [a-z]+)( ×\d+)?$/);
  assert.doesNotMatch(report, /127\.0\.0\.1|Mozilla|\/home|\/root|\/tmp/);
  return { sentence: await page.textContent("#crash-text"), report, link: rest.find((line) => line.startsWith("Link: ")).slice(6) };
}

async function restart(page) {
  const gone = page.waitForEvent("load");
  await page.click("#crash-restart");
  await gone;
  await page.waitForSelector("html[data-ready]", { state: "attached" });
  await settled(page);
  assert.equal(await page.isVisible("#crash"), false);
}

const OPERATIONS = {
  open: (page) => page.evaluate((link) => { location.hash = link; }, `${SMALL}&step=3`),
  step: (page) => page.click("#forward"),
  play: (page) => page.click("#play"),
  scrub: (page) => page.locator("#scrub").fill("9"),
  edit: (page) => page.locator("#width").fill("6").then(() => page.keyboard.press("Enter")),
  view: (page) => page.click("#tab-products"),
  products: (page) => page.locator("#samples").fill("2000").then(() => page.keyboard.press("Enter")),
  sizes: (page) => page.locator("#samples").fill("2000").then(() => page.keyboard.press("Enter")),
  second: (page) => page.evaluate((link) => { location.hash = link; }, `${START}&compare=rule:two-choices`),
  lit: (page) => page.focus("#histogram-box").then(() => page.keyboard.press("ArrowRight")),
  forward: (page) => page.locator("#forward-on").check({ force: true, noWaitAfter: true }).catch(() => {}),
  hand: (page) => page.evaluate(() => document.getElementById("undo").click()),
  touch: (page) => page.click("#zoom-in"),
  compare: (page) => page.selectOption("#compare", "rule:two-choices"),
  find: (page) => page.click("#find-fit"),
  file: (page) => page.setInputFiles("#file", FILE),
};

/** A network that is drawn but too large to be searched. */
const TOO_LARGE = "#v1&view=find&hidden=9&width=9&samples=1000";
/** What the scene is when the operation begins, and, where that is about to change, what the reader wanted. */
const BEGINS = { find: TOO_LARGE };
const WANTED = {
  open: `${SMALL}&step=3`, products: `${START}&samples=2000`, sizes: `${START}&samples=2000`,
  second: `${START}&compare=rule:two-choices`,
};
/** What is done before the operation is armed. */
const BEFORE = { sizes: (page) => page.click("#axis-log") };

for (const [place, act] of Object.entries(OPERATIONS)) {
  pageTest(`${place}: whatever way it fails, the scene is back after a restart`, options, async ({ page, open, expect }) => {
    // Where the scene was about to change, the change is what the reader wanted.
    const start = BEGINS[place] ?? START;
    await visit(open, page, WANTED[place] ?? start);
    const after = await digest(page);
    expect(/^uncaught: /);
    for (const way of WAYS) {
      await go(page, start);
      await BEFORE[place]?.(page);
      await settled(page);
      await arm(page, place, way);
      await act(page);
      const { sentence, report, link } = await bar(page);
      assert.equal(sentence, way === "memory" ? "Ticketscope has run out of memory and has stopped. Your scene is kept."
        : "An error inside Ticketscope has stopped it. Your scene is kept.", way);
      assert.equal(/^At: crates\/ticketscope-web\/src\/faults\.rs:\d+$/m.test(report), way === "panic", report);
      assert.match(link, /^#v1/);
      assert.equal(await page.evaluate(() => document.activeElement.id), "crash-restart");
      await restart(page);
      assert.equal(await digest(page), after, way);
    }
  });
}

pageTest("a scene that fails as it opens can be left, and the report copied by hand", options, async ({ page, home, expect }) => {
  await page.addInitScript(() => {
    globalThis.fault = location.hash ? "open panic 1" : "";
    Object.defineProperty(navigator, "clipboard", { value: { writeText: () => Promise.reject(new Error("no")) } });
  });
  await page.goto(`${home}${START}`);
  const { report } = await bar(page);
  await page.click("#crash-copy");
  await frame(page);
  assert.equal(await page.evaluate(() => getSelection().toString()), report);
  await page.click("#crash-restart");
  await page.waitForSelector("#crash", { state: "visible" });
  await page.click("#crash-anew");
  await page.waitForSelector("html[data-ready]", { state: "attached" });
  await settled(page);
  assert.equal(await page.isVisible("#crash"), false);
  assert.equal(await page.evaluate(() => location.hash), "");
  expect(/^console: RuntimeError: unreachable/);
});

pageTest("a page that has failed hears nothing but its bar", options, async ({ page, open, axe, shot, expect }) => {
  await countWorkers(page);
  await visit(open, page, START);
  await arm(page, "step", "trap");
  await page.keyboard.press("ArrowRight");
  await bar(page);
  assert.equal(await page.evaluate(() => globalThis.live.now), 0, "no worker is left");
  await axe("#crash");
  await shot("failed-1280");
  const seen = await page.textContent("#where");
  await page.keyboard.press("Escape");
  await page.keyboard.press("ArrowRight");
  await page.evaluate(() => document.getElementById("forward").click());
  await frame(page);
  assert.equal(await page.textContent("#where"), seen);
  await restart(page);
  expect(/^uncaught: unreachable$/);
});

const WORK = {
  run: "width=6", bounds: "confidence=80", products: "samples=2000", beside: "samples=2000", sizes: "samples=2000",
  "sizes-beside": "samples=2000", second: "compare=rule:two-choices", lit: "brush=0.05,0.2",
};

for (const [work, change] of Object.entries(WORK)) {
  pageTest(`worker-${work}: whatever way it fails, the page lives and the work is done again`, options, async ({ page, open }) => {
    await countWorkers(page);
    await visit(open, page, `${SMALL}&${change}`);
    if (work.startsWith("sizes")) await page.click("#axis-log");
    const right = await digest(page);
    for (const way of WAYS) {
      await go(page, START);
      await arm(page, `worker-${work}`, way);
      await go(page, `${SMALL}&${change}`);
      const { sentence, report } = await bar(page);
      assert.equal(sentence, "The worker stopped. Another one was started and does its work again.");
      assert.equal(/^At: crates\/ticketscope-web\/src\/faults\.rs:\d+$/m.test(report), way === "panic", report);
      await settled(page);
      assert.equal(await digest(page), right, way);
      await page.click("#crash-close");
      assert.equal(await page.isVisible("#crash"), false);
      await page.click("#forward");
      assert.match(await text(page, "where"), /step 1 of/);
    }
    assert.deepEqual(await page.evaluate(() => globalThis.live), { now: 1, most: 1 });
  });
}

pageTest("worker-file: whatever way reading a file fails, it is read again", options, async ({ page, open }) => {
  await countWorkers(page);
  await visit(open, page, START);
  for (const way of WAYS) {
    await go(page, START);
    await arm(page, "worker-file", way);
    await page.setInputFiles("#file", FILE);
    await bar(page);
    await page.waitForSelector("#own", { state: "visible" });
    await settled(page);
    assert.match(await text(page, "own-text"), /^“mine.json”: 1 source, 1 hidden layer of 2 nodes, 1 sink/, way);
    await page.click("#crash-close");
    await page.click("#own-close");
    await page.waitForSelector("#own", { state: "hidden" });
  }
  assert.deepEqual(await page.evaluate(() => globalThis.live), { now: 1, most: 1 });
});

pageTest("work that stops the worker twice is left out, and said", options, async ({ page, open }) => {
  await countWorkers(page);
  await visit(open, page, `${START}&samples=3000`);
  const right = await digest(page);
  await go(page, START);
  await arm(page, "worker-products", "trap", 2);
  await go(page, `${START}&samples=2000`);
  await page.waitForFunction(() => document.getElementById("crash-text").textContent.includes("twice"));
  assert.match((await bar(page)).sentence, /^The worker stopped twice at the same work: these products could not be gathered\./);
  assert.deepEqual(await page.evaluate(() => globalThis.live), { now: 1, most: 1 });
  await page.click("#forward");
  assert.match(await text(page, "where"), /step 8 of/);
  await go(page, `${START}&samples=3000`);
  await settled(page);
  assert.equal(await digest(page), right);
  await page.click("#crash-restart");
  await page.waitForSelector("html[data-ready]", { state: "attached" });
  await settled(page);
  assert.match(await page.evaluate(() => location.hash), /samples=3000/);
});

/** Holds the timer of five seconds back: `silence()` lets it go off. */
const holdSilence = (page) => page.addInitScript(() => {
  const { setTimeout: set, clearTimeout: clear } = globalThis;
  let held;
  globalThis.setTimeout = (act, delay, ...rest) => {
    if (delay !== 5000) return set(act, delay, ...rest);
    held = { act, id: set(() => {}, 2 ** 30) };
    return held.id;
  };
  globalThis.clearTimeout = (id) => {
    if (held?.id === id) held = undefined;
    clear(id);
  };
  globalThis.silence = () => {
    const { act } = held;
    held = undefined;
    act();
  };
});

pageTest("a silent worker: wait or stop, and both go on", { ...options, timeout: SOAK ? 900_000 : 120_000 }, async ({ page, open }) => {
  await countWorkers(page);
  await holdSilence(page);
  await visit(open, page, START);
  for (let round = 0; round < (SOAK ? 50 : 3); round += 1) {
    const width = 6 + round % 3;
    await visit(open, page, `${SMALL}&width=${width}`);
    const right = await digest(page);
    await go(page, START);
    await arm(page, "worker-run", "hang");
    await page.evaluate((link) => { location.hash = link; }, `${SMALL}&width=${width}`);
    await page.waitForSelector("html[data-busy=true]", { state: "attached" });
    await page.evaluate(() => globalThis.silence());
    await page.waitForSelector("#silent", { state: "visible" });
    assert.equal(await text(page, "silent-text"), "The worker has been silent for 5 seconds. It may yet answer.");
    await page.click("#silent-wait");
    await page.waitForSelector("#silent", { state: "hidden" });
    await page.evaluate(() => globalThis.silence());
    await page.waitForSelector("#silent", { state: "visible" });
    assert.equal(await text(page, "silent-text"), "The worker has been silent for 10 seconds. It may yet answer.");
    await page.click("#silent-stop");
    await page.waitForSelector("#silent", { state: "hidden" });
    assert.match(await text(page, "working-text"), /^Stopped/);
    await go(page, START);
    await go(page, `${SMALL}&width=${width}`);
    assert.equal(await digest(page), right);
    assert.deepEqual(await page.evaluate(() => globalThis.live), { now: 1, most: 1 });
  }
});

/** Cancels long work, and asks at once for other work: ms until the page has drawn again, and until that work is done. */
const cancel = (page, link) => page.evaluate(async (next) => {
  const begun = performance.now();
  document.getElementById("cancel").click();
  await new Promise((done) => requestAnimationFrame(done));
  const free = performance.now() - begun;
  const stopped = document.getElementById("working-text").textContent;
  location.hash = next;
  const root = document.documentElement;
  await new Promise((done) => {
    const look = () => root.dataset.busy === "false" && root.dataset.link?.includes("width=6") && (observer.disconnect(), done());
    const observer = new MutationObserver(look);
    observer.observe(root, { attributes: true });
    look();
  });
  return { free, answered: performance.now() - begun, stopped };
}, link);

pageTest("cancel: one worker at a time, and the numbers after it are right", { timeout: SOAK ? 2_400_000 : 120_000 }, async ({ page, open }) => {
  await countWorkers(page);
  await visit(open, page, `${SMALL}&width=6`);
  const right = await digest(page);
  const session = await page.context().newCDPSession(page);
  const heap = async () => {
    await session.send("HeapProfiler.collectGarbage");
    return (await session.send("Runtime.getHeapUsage")).usedSize;
  };
  const times = [];
  let before;
  for (let round = 0; round < (SOAK ? 1000 : 5); round += 1) {
    await page.evaluate(() => { location.hash = "#v1&samples=100000000"; });
    await page.waitForSelector("#working", { state: "visible" });
    const time = await cancel(page, `${SMALL}&width=6`);
    assert.match(time.stopped, /^Stopped/);
    times.push(time);
    assert.equal(await digest(page), right);
    // What is kept once, such as compiled code, is kept by then.
    if (round === 99) before = await heap();
  }
  if (SOAK) {
    const p95 = (name) => times.map((time) => time[name]).sort((a, b) => a - b)[Math.floor(0.95 * times.length)];
    const grown = await heap() - before;
    console.log(`${times.length} cancels: free after ${p95("free").toFixed(0)} ms, answered after ${p95("answered").toFixed(0)} ms (p95); `
      + `the heap grew by ${grown} bytes in the last ${times.length - 100}`);
    assert.ok(p95("free") <= 100 && p95("answered") <= 300);
    assert.ok(grown < 300_000, `${grown} bytes more after ${times.length - 100} cancels`);
  }
  assert.deepEqual(await page.evaluate(() => globalThis.live), { now: 1, most: 1 });
});
