// One link, two faces: the page shows the numbers that the command line prints.

import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";
import { pageTest } from "./harness.mjs";
import { settled, text, visit } from "./walk.mjs";

const ROOT = fileURLToPath(new URL("../../", import.meta.url));
const run = (...words) => {
  const cargo = ["run", "--quiet", "--package", "ticketscope-cli", "--", ...words];
  return JSON.parse(execFileSync("cargo", cargo, { cwd: ROOT, maxBuffer: 1 << 28 }).toString());
};

const LINKS = [
  "#v1&hidden=5&width=7&seed=7&prune-seed=157&step=148",
  "#v1&sources=3&hidden=3&width=4&sinks=2&step=20",
  "#v1&hidden=6&width=12&rule=two-choices&step=300&confidence=100&hit-chance=0.5",
  "#v1&hidden=4&width=6&rule=magnitude&step=end",
  "#v1&hidden=4&width=5&orphans=count&step=60",
  "#v1&hidden=5&width=4&protect=two&rule=synflow&law=normal&step=9",
  "#v1&hidden=3&width=9&protect=last&step=40",
];
const PRODUCTS = [
  "#v1&view=products&samples=20000",
  "#v1&view=products&hidden=6&law=exact&samples=30000&bins=31&window=0.4",
  "#v1&view=products&hidden=4&width=6&of=network&step=50&alpha=flat&window=0.2",
  "#v1&view=products&law=uniform&scale=3&window=2&samples=9999",
  "#v1&view=products&law=sign&samples=500",
  "#v1&view=products&law=normal&hidden=2&width=8&samples=5000",
  "#v1&view=products&alpha=1.5&hidden=2&of=network&step=10",
];
const plain = (shown) => Number(shown.replaceAll(",", ""));

/** What a number of the page is to the last digit. */
async function exact(page, id) {
  const title = await page.getAttribute(`#${id}`, "title");
  return title === null ? null : Number(title);
}

pageTest("pruning: the page and the command line agree", { timeout: 300_000 }, async ({ page, open }) => {
  for (const link of LINKS) {
    const json = run("open", link, "--json");
    await page.goto("about:blank");
    await visit(open, page, link);
    assert.equal(await text(page, "where"), `step ${json.step.toLocaleString("en")} of ${json.events.length.toLocaleString("en")}`, link);
    assert.equal(plain(await text(page, "alive")), json.alive_edges, link);
    assert.equal(plain(await text(page, "tickets")), Number(json.surviving_tickets), link);
    const destroyed = json.destroyed_at === null ? "never" : `step ${json.destroyed_at.toLocaleString("en")}`;
    assert.equal(await text(page, "destroyed-at"), destroyed, link);
    assert.equal(await exact(page, "bound-paper"), json.bound.paper, link);
    assert.equal(await exact(page, "bound-lambert"), json.bound.lambert, link);
    assert.equal(plain(await text(page, "bound-bins")), json.bound.balls_in_bins, link);
    const event = json.events[json.step - 1];
    const orphaned = event.orphaned.length ? `, orphaned ${event.orphaned.length}` : "";
    if (!event.wasted) assert.ok((await text(page, "event")).endsWith(orphaned || (await text(page, "event"))), link);
  }
});

pageTest("products: the page and the command line agree", { timeout: 300_000 }, async ({ page, open }) => {
  for (const link of PRODUCTS) {
    const json = run("open", link, "--json");
    await page.goto("about:blank");
    await visit(open, page, link);
    for (const [id, value] of [
      ["law-alpha", json.alpha], ["law-kurtosis", json.theory?.kurtosis ?? null], ["law-ks-uniform", json.ks_uniform],
      ["law-ks-normal", json.ks_normal], ["law-sigma", json.sigma], ["sample-mean", json.sample.mean],
      ["sample-variance", json.sample.variance], ["sample-kurtosis", json.sample.kurtosis],
      ["sample-ks-theory", json.sample.ks_theory], ["sample-ks-uniform", json.sample.ks_uniform],
      ["sample-share", json.sample.share_in_window],
    ]) {
      assert.equal(await exact(page, id), value, `${link} ${id}`);
    }
    await page.click("#bins-twin summary");
    await settled(page);
    const counts = await page.locator("#bins-rows td:last-child").allTextContents();
    assert.deepEqual(counts.map(plain), json.histogram.counts, link);
  }
});
