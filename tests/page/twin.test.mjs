// The page in words is what the core says: a thousand random steps, each against the command line's report of the same link.

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { pageTest } from "./harness.mjs";
import { visit } from "./walk.mjs";

const PROGRAM = process.env.TICKETSCOPE ?? fileURLToPath(new URL("../../target/debug/ticketscope", import.meta.url));
const run = promisify(execFile);

const SCENES = [
  "hidden=5&width=7&seed=7&prune-seed=157", "hidden=4&width=5", "hidden=8&width=6&prune-seed=63", "hidden=12&width=4&rule=two-choices",
  "width=6&rule=synflow", "hidden=12&width=3&rule=magnitude", "width=6&rule=edge&protect=none", "width=5&rule=node&seed=3",
  "sources=2&hidden=3&width=4&seed=3&protect=none", "sources=2&hidden=3&width=2&orphans=count&protect=none&prune-seed=4",
  "sources=8&hidden=3&width=6", "hidden=6&width=20&hit-chance=0.001", "hidden=3&width=3&mask=_f&edits=0.0.1:-0.5",
];
const STEPS = 80;

/** Numbers from 0 up to 1, the same in every run: xorshift32. */
function* chance(seed) {
  for (let state = seed; ;) {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    yield (state >>> 0) / 2 ** 32;
  }
}

/** The report of a link, by the names of its lines: { value, remark }. */
async function report(link) {
  const { stdout } = await run(PROGRAM, ["open", link]);
  return Object.fromEntries(stdout.split("\n").slice(1).filter((line) => line.startsWith("  ")).map((line) => {
    const [, name, value, remark] = line.match(/^ {2}(.*?) {2,}(.*?)(?: {2}\((.*)\))?$/) ?? [];
    return [name, { value, remark }];
  }));
}

/** All reports, a few at a time. */
async function reports(links) {
  const all = new Map();
  const waiting = [...new Set(links)];
  const clerk = async () => { for (let link; (link = waiting.pop());) all.set(link, await report(link)); };
  await Promise.all([clerk(), clerk(), clerk()]);
  return all;
}

/** Goes to each step by the scrub bar, and reads what the page says there. */
const walk = (page, steps) => page.evaluate(async (wanted) => {
  const text = (id) => document.getElementById(id).textContent.replaceAll("\u{a0}", " ");
  const ids = ["where", "event", "say", "explain", "cut", "orphaned", "alive", "on-ticket", "idle", "tickets", "expected", "destroyed-at", "twin-caption"];
  const seen = [];
  for (const step of wanted) {
    const scrub = document.getElementById("scrub");
    scrub.value = step;
    scrub.dispatchEvent(new Event("input", { bubbles: true }));
    scrub.dispatchEvent(new Event("change", { bubbles: true }));
    // The page's frame was asked for before this one.
    await new Promise((done) => requestAnimationFrame(done));
    seen.push({ ...Object.fromEntries(ids.map((id) => [id, text(id)])), spoken: scrub.getAttribute("aria-valuetext") });
  }
  return seen;
}, steps);

pageTest("a thousand random steps say what the command line says, and are not chatty", { motion: "reduce", timeout: 240_000 }, async ({ page, open }) => {
  const random = chance(20261125);
  let count = 0;
  for (const scene of SCENES) {
    const link = (step) => `#v1&${scene}&step=${step}`;
    await page.goto("about:blank");
    await visit(open, page, `${link(0)}&samples=100`);
    await page.evaluate(() => {
      globalThis.said = [];
      const live = document.getElementById("announce");
      new MutationObserver(() => globalThis.said.push([performance.now(), live.textContent])).observe(live, { childList: true, characterData: true, subtree: true });
    });
    const last = Number(await page.getAttribute("#scrub", "max"));
    const steps = Array.from({ length: STEPS }, () => Math.floor(random.next().value * (last + 1)));
    const seen = await walk(page, steps);
    const core = await reports(steps.map(link));
    for (const [place, step] of steps.entries()) {
      const [page_, said] = [seen[place], core.get(link(step))];
      const where = `${link(step)}: ${JSON.stringify(page_)}`;
      const { value: stands, remark: event } = said.step;
      assert.equal(page_.where, `step ${stands}`, where);
      assert.equal(page_.event, event ?? "", where);
      assert.equal(page_.spoken, `step ${stands}, ${event ?? ""}`, where);
      for (const [id, name] of [["orphaned", "orphaned"], ["alive", "alive"], ["on-ticket", "on a ticket"], ["idle", "idle"]]) {
        assert.equal(page_[id], said[name].value.split(" of ")[0], `${id}: ${where}`);
      }
      const prunable = said["prunable edges"].value.split(" of ")[0];
      const [tickets, all] = (said["surviving tickets"] ?? said["surviving paths"]).value.split(" of ");
      assert.equal(page_.tickets, tickets, where);
      assert.equal(page_.expected, said["winning, expected"].value, where);
      assert.equal(page_["destroyed-at"], said["destroyed at"]?.value ?? "never", where);
      // The sentence holds the same numbers.
      const cut = said.cut.value.split(" of ")[0];
      if (!/^0 |Nothing/.test(page_.say) && cut !== "0") assert.ok(page_.say.startsWith(`${page_.cut.split(" of ")[0]} of ${prunable} edges cut, and `), where);
      if (tickets === "0") assert.ok(page_.say.endsWith(`no ticket of ${all} is left.`), where);
      else assert.ok(page_.say.includes(tickets), where);
      assert.ok(page_["twin-caption"].startsWith(`Step ${step.toLocaleString("en")}: ${event}`), where);
      count += 1;
    }
    // The last step is said, once it has been stood on for a while; and no two sentences come within half a second.
    const end = `Step ${seen.at(-1).where.slice(5)}`;
    await page.waitForFunction((beginning) => globalThis.said.at(-1)?.[1].startsWith(beginning), end, { timeout: 10_000 })
      .catch(async () => assert.fail(`${scene}: not ${end}, but ${JSON.stringify(await page.evaluate(() => globalThis.said.at(-1)))}`));
    const said = await page.evaluate(() => globalThis.said);
    for (const [place, [time]] of said.slice(1).entries()) assert.ok(time - said[place][0] >= 490, `${JSON.stringify(said)}`);
  }
  assert.ok(count >= 1000, `${count} steps`);
});
