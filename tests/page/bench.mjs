// Runs www/bench/bench.html in Chromium, reads the same times from a trace beside it, and writes both into docs/speed.md:
// `node bench.mjs [file to write the table into]`.

import { readFile, writeFile } from "node:fs/promises";
import { chromium } from "playwright-core";
import { DIST, FLAGS } from "./browser.mjs";
import { BENCH, serve } from "./server.mjs";

const START = "<!-- page: start (cargo xtask bench) -->";
const END = "<!-- page: end -->";
// Tasks, what they consist of, and the marks that bench.js sets.
const CATEGORIES = ["disabled-by-default-devtools.timeline", "devtools.timeline", "blink.user_timing"];
const PARTS = { script: ["FunctionCall", "FireAnimationFrame"], style: ["UpdateLayoutTree", "RecalculateStyles"], layout: ["Layout"], "pre-paint": ["PrePaint"], paint: ["Paint"], "layers and commit": ["Layerize", "Commit"] };

const site = await serve(DIST, { beside: BENCH });
const browser = await chromium.launch({ executablePath: process.env.CHROME ?? "/usr/bin/chromium", args: FLAGS });
const page = await browser.newPage({ viewport: { width: 1920, height: 1080 }, reducedMotion: "reduce" });
page.on("pageerror", (error) => { throw error; });
await browser.startTracing(page, { categories: CATEGORIES });
await page.goto(`${site.origin}/bench.html`);
await page.waitForFunction(() => globalThis.measured, undefined, { timeout: 0 });
const rows = await page.textContent("#rows");
const trace = JSON.parse(await browser.stopTracing()).traceEvents;
const version = browser.version();
await browser.close();
await site.close();

const median = (values) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? 0;
const most = (values, share) => values.toSorted((a, b) => a - b)[Math.floor(values.length * share)] ?? 0;
const ms = (micros) => (micros / 1000).toFixed(micros < 9950 ? 1 : 0).padStart(6);

/** The marks of bench.js, and all that happened on the thread that sets them, in order of time. */
function mainThread() {
  const marks = trace.filter(({ cat, name }) => cat.includes("user_timing") && /^(step|sampl)/.test(name)).sort((a, b) => a.ts - b.ts);
  const { pid, tid } = marks[0];
  const own = trace.filter((event) => event.pid === pid && event.tid === tid && event.ph === "X").sort((a, b) => a.ts - b.ts);
  return { marks, own };
}

/** Sum of the durations between two moments. */
const spent = (events, { from, to }) => events.filter(({ ts }) => ts >= from && ts < to).reduce((sum, { dur = 0, tdur = dur }) => sum + tdur, 0);

const { marks, own } = mainThread();
const tasks = own.filter(({ name }) => name === "RunTask");
// The task in which a mark is set belongs to what the mark begins.
const beginning = ({ ts }) => tasks.findLast((task) => task.ts <= ts)?.ts ?? ts;
const series = new Map();
for (const [place, mark] of marks.entries()) {
  if (!mark.name.startsWith("step ")) continue;
  const name = mark.name.slice("step ".length);
  series.set(name, [...series.get(name) ?? [], { from: beginning(mark), to: beginning(marks[place + 1]) }]);
}

let table = `${rows}\nThe same steps in the trace: the processor's time in all tasks of the main thread, ms a step (median and 95 %), and in what (medians)\n`;
for (const [name, spans] of series) {
  const whole = spans.map((span) => spent(tasks, span));
  const parts = Object.entries(PARTS).map(([part, names]) => {
    const events = own.filter((event) => names.includes(event.name));
    return `${part} ${ms(median(spans.map((span) => spent(events, span)))).trim()}`;
  });
  table += `${name.padEnd(26)} ${ms(median(whole))} ${ms(most(whole, 0.95))}   ${parts.join(", ")}\n`;
}
const [from, to] = ["sampling", "sampled"].map((wanted) => marks.find(({ name }) => name === wanted)?.ts);
const during = tasks.filter(({ ts }) => ts >= from && ts < to).map(({ dur }) => dur);
table += `the longest task while 10,000,000 products are drawn: ${ms(Math.max(...during)).trim()} ms\n`;
console.log(`Chromium ${version}\n\n${table}`);

const [, , file] = process.argv;
if (file) {
  const text = await readFile(file, "utf8");
  const [before, rest] = text.split(START);
  const after = rest?.split(END)[1];
  if (after === undefined) throw new Error(`${file} has no place for the table`);
  const now = `\nChromium ${version}, headless, without a graphics card, ${new Date().toISOString().slice(0, 10)}:\n\n\`\`\`\n${table}\`\`\`\n`;
  await writeFile(file, before + START + now + END + after);
}
