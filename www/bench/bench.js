// How long the page keeps its thread busy, measured from outside it: the page runs in a frame, on the same thread.
//
// The time of a step is the time that its click takes, and from the beginning of the frame of the screen that follows to the end
// of that frame's style, layout and painting. Waiting for the screen is not in it. `cargo xtask bench` runs this in Chromium and
// reads the same from a trace beside it, by the marks that are set here.

/** Steps of a series: the median is of so many. */
const STEPS = 100;

/** A usual network, as many lines as the page draws in a large window, and more edges than that, which it draws as matrices. */
const SERIES = [
  { name: "lines, 259 edges", link: "hidden=6&width=7", window: [1280, 800] },
  { name: "lines, 3,773 edges", link: "hidden=32&width=11", window: [1880, 1080] },
  { name: "matrices, 10,920 edges", link: "hidden=4&width=60", window: [1280, 800], aim: 4 },
  { name: "matrices, 100,200 edges", link: "hidden=11&width=100", window: [1280, 800], aim: 12 },
];

const frame = document.getElementById("page");
const page = () => frame.contentWindow;
const root = () => frame.contentDocument.documentElement;
const find = (id) => frame.contentDocument.getElementById(id);

/** Waits until no task is due before this one. */
const breath = () => new Promise((done) => {
  const { port1, port2 } = new MessageChannel();
  port1.onmessage = () => { port1.close(); done(performance.now()); };
  port2.postMessage(0);
});

/** The next frame of the screen: when it began. */
const screen = () => new Promise((begun) => page().requestAnimationFrame(() => begun(performance.now())));

/** Waits for an attribute of the page's root. */
const until = (name, value) => new Promise((done) => {
  const look = () => root().dataset[name] === value && (observer.disconnect(), done());
  const observer = new MutationObserver(look);
  observer.observe(root(), { attributes: true });
  look();
});

/** Loads a link anew, in a window of a size, and waits until everything is there. */
async function load(link, [width, height]) {
  [frame.width, frame.height] = [width, height];
  await new Promise((loaded) => {
    frame.onload = loaded;
    // Another query makes it another document: a new fragment alone would stay in the old one.
    frame.src = `index.html?${performance.now()}#v1&samples=1000&${link}`;
  });
  await until("ready", "true");
  await rest();
}

/** Waits until the page works no more and what it shows is painted. */
async function rest() {
  await screen();
  await until("busy", "false");
  await screen();
  await breath();
}

/** Does something, and gives the ms that the thread was busy with it, and those until the picture was there. */
async function busy(act) {
  let begun;
  const before = performance.now();
  // This frame is asked for before the page asks for it, so that it marks the beginning.
  page().requestAnimationFrame(() => { begun = performance.now(); });
  act();
  const handled = performance.now() - before;
  await screen();
  const painted = await breath();
  return { busy: handled + painted - begun, picture: painted - before };
}

const sorted = (values) => values.toSorted((a, b) => a - b);
const median = (values) => sorted(values)[values.length >> 1];
const most = (values, share) => sorted(values)[Math.min(values.length - 1, Math.floor(values.length * share))];

const rows = [];
function row(what, values, aim) {
  const ms = values.map((value) => value.toFixed(value < 9.95 ? 1 : 0).padStart(6)).join(" ");
  rows.push({ what, values, aim });
  document.getElementById("rows").append(`${what.padEnd(58)} ${ms}${aim ? `   aim < ${aim}` : ""}\n`);
}
const title = (text) => document.getElementById("rows").append(`${text}\n`);

/** Steps forward, one a frame. */
async function steps({ name, link, window, aim }) {
  await load(link, window);
  const times = [];
  for (let step = 0; step < STEPS; step += 1) {
    performance.mark(`step ${name}`);
    times.push((await busy(() => find("forward").click())).busy);
  }
  performance.mark("step");
  row(`a step: ${name}, ${window.join(" × ")} px`, [median(times), most(times, 0.95)], aim);
}

/** Sets a native input as a hand does. */
function set(id, value, kinds = ["input"]) {
  const input = find(id);
  input.value = value;
  for (const kind of kinds) input.dispatchEvent(new (page().Event)(kind, { bubbles: true }));
}

/** Moves the mouse over an element, to a place in parts of its size. */
function hover(id, x, y) {
  const box = find(id).getBoundingClientRect();
  const [clientX, clientY] = [box.left + x * box.width, box.top + y * box.height];
  const options = { bubbles: true, clientX, clientY, pointerId: 1, pointerType: "mouse", isPrimary: true };
  for (const kind of ["pointermove", "mousemove"]) {
    find(id).dispatchEvent(new (page()[kind === "pointermove" ? "PointerEvent" : "MouseEvent"])(kind, options));
  }
}

/** What a hand does, each a function of the number of times it has been done. */
const CONTROLS = {
  "the scrub bar dragged": (n) => set("scrub", 5 + n),
  "the slider of the width dragged": (n) => set("width-slider", 3 + n % 5),
  "the slider of α dragged": (n) => set("alpha-slider", 20 + n),
  "a choice: the rule": (n) => set("rule", ["edge", "layer"][n % 2], ["change"]),
  "a choice: the law": (n) => set("law", ["uniform", "power"][n % 2], ["change"]),
  "a seed typed": (n) => set("seed", String(n), ["change"]),
  "the other view": (n) => find(["tab-products", "tab-prune"][n % 2]).click(),
  "the theme": () => find("theme").click(),
  "one step back": () => find("back").click(),
  "the mouse over the network": (n) => hover("network-canvas", 0.1 + 0.03 * n, 0.5),
  "the mouse over the histogram": (n) => hover("histogram-canvas", 0.2 + 0.02 * n, 0.8),
};

/** From the input to its first picture, and to the last that it leads to. */
async function latencies(name, link, window) {
  title(`\nFrom a hand to the picture, ${name}, ${window.join(" × ")} px: ms to the first picture, and to the last (median, 95 %)`);
  await load(`${link}&step=30`, window);
  for (const [what, act] of Object.entries(CONTROLS)) {
    const [first, last] = [[], []];
    for (let turn = 0; turn < 10; turn += 1) {
      const before = performance.now();
      first.push((await busy(() => act(turn))).picture);
      await rest();
      last.push(performance.now() - before);
    }
    row(what, [median(first), most(first, 0.95), median(last), most(last, 0.95)], 50);
  }
}

/** The longest time that the thread did not breathe while ten million products were drawn in the worker. */
async function sampling() {
  title("\nWhile 10,000,000 products are drawn in the worker, ms");
  await load("view=products", [1280, 800]);
  let [longest, last, going] = [0, performance.now(), true];
  performance.mark("sampling");
  const begun = performance.now();
  set("samples", "10000000", ["change"]);
  const watched = rest().then(() => { going = false; });
  while (going) {
    const now = await breath();
    longest = Math.max(longest, now - last);
    last = now;
  }
  await watched;
  performance.mark("sampled");
  row("the longest task of the page", [longest], 50);
  row("until all of them are on the screen", [performance.now() - begun]);
}

/** Frames of the screen while a run plays as fast as it can be watched. Reported; it depends on the machine's screen. */
async function frames() {
  title("\nFrames of the screen a second, playing at the speed “max”");
  for (const { name, link, window } of SERIES) {
    await load(link, window);
    find("speed").value = "max";
    find("speed").dispatchEvent(new (page().Event)("change"));
    find("play").click();
    const begun = await screen();
    let [count, now] = [0, begun];
    while (now - begun < 2000 && root().dataset.busy === "true") {
      now = await screen();
      count += 1;
    }
    find("play").click();
    row(`${name}, ${window.join(" × ")} px`, [(1000 * count) / (now - begun)]);
  }
}

title(`Busy time of the main thread, ms (median and 95 % of ${STEPS})`);
for (const series of SERIES) await steps(series);
await latencies("259 edges", "hidden=6&width=7", [1280, 800]);
await latencies("10,920 edges", "hidden=4&width=60", [1280, 800]);
await sampling();
await frames();
frame.removeAttribute("width");
document.getElementById("state").textContent = "Measured.";
globalThis.measured = rows;
