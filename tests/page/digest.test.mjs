// The same numbers in Chromium as natively and in Node: every pinned case of tests/digest, to the last bit, computed by the
// JavaScript module inside the page and under its policy.

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { pageTest } from "./harness.mjs";

const [header, ...lines] = (await readFile(new URL("../digest/cases.csv", import.meta.url), "utf8")).trim().split("\n");
const keys = header.split(",");
const cases = lines.map((line) => Object.fromEntries(line.split(",").map((value, column) => [keys[column], value])));

pageTest("pinned cases have their digests in Chromium", async ({ page, open }) => {
  assert.ok(cases.length >= 200);
  await open();
  const found = await page.evaluate(async (cases) => {
    const { default: init, Network, ProductLaw } = await import("./pkg/ticketscope_wasm.js");
    await init();
    return cases.map((given) => {
      const options = {
        sources: +given.sources, hiddenLayers: +given.hidden, width: +given.width, sinks: +given.sinks,
        law: given.law, alpha: +given.alpha, scale: +given.scale, seed: +given.seed,
      };
      const network = Network.random(options);
      const seed = +given.prune_seed;
      const run = network.prune({ rule: given.rule, protect: given.protect, orphans: given.orphans, seed });
      run.seek(Math.floor(run.length / 2));
      const few = run.survivingPaths.reduce((sum, paths) => sum + paths, 0n) <= 20_000n;
      const products = run.products(few ? {} : { samples: 5_000, seed });
      const samples = new ProductLaw(options).samples({ samples: 5_000, seed: options.seed });
      return [network, run, products, samples].map((object) => object.digest());
    });
  }, cases);
  for (const [place, given] of cases.entries()) {
    assert.deepEqual(found[place], [given.network, given.run, given.products, given.samples], lines[place]);
  }
});
