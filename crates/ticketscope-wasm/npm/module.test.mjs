// The JavaScript module as its users call it. Tests what `cargo xtask build` wrote, or the folder that TICKETSCOPE_PKG names.
import assert from "node:assert/strict";
import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { test } from "node:test";
import { pathToFileURL } from "node:url";

const root = resolve(import.meta.dirname, "../../..");
const pkg = resolve(process.env.TICKETSCOPE_PKG ?? join(root, "dist/pkg"));
const loaded = await import(pathToFileURL(join(pkg, "ticketscope_wasm.js")));
const { default: init, bestSubset, Network, ProductLaw, Products, Run, TicketscopeError } = loaded;
const { memory } = await init({ module_or_path: readFile(join(pkg, "ticketscope_wasm_bg.wasm")) });

/** What a refused call says; fails if it is not refused, or in another way. */
function refusal(call, code) {
  try {
    call();
  } catch (error) {
    assert.ok(error instanceof TicketscopeError && error instanceof Error, `${error}`);
    assert.equal(error.name, "TicketscopeError");
    assert.equal(error.code, code, error.message);
    return error.message;
  }
  assert.fail("the call was not refused");
}

test("the example of the README runs and prints what the README says", async () => {
  const readme = await readFile(join(import.meta.dirname, "README.md"), "utf8");
  const block = (language) => readme.split("```" + language + "\n")[1].split("```")[0];
  assert.ok(block("js").trimEnd().split("\n").length <= 15, "the example has at most 15 lines");
  const folder = await mkdtemp(join(tmpdir(), "ticketscope-"));
  try {
    await mkdir(join(folder, "node_modules"));
    await symlink(pkg, join(folder, "node_modules/ticketscope"));
    await writeFile(join(folder, "example.mjs"), block("js"));
    const printed = execFileSync(process.execPath, ["example.mjs"], { cwd: folder, encoding: "utf8" });
    assert.equal(printed, block("text"));
  } finally {
    await rm(folder, { recursive: true });
  }
});

test("the package is whole: every file that it names is there, at the version of the workspace", async () => {
  const manifest = JSON.parse(await readFile(join(pkg, "package.json"), "utf8"));
  for (const path of [manifest.types, ...Object.values(manifest.exports["."]), manifest.exports["./wasm"]]) {
    await readFile(join(pkg, path));
  }
  const workspace = await readFile(join(root, "Cargo.toml"), "utf8");
  assert.ok(workspace.includes(`\nversion = "${manifest.version}"\n`));
  const listed = execFileSync("npm", ["pack", "--dry-run", "--json", "--ignore-scripts", "--offline"], { cwd: pkg, encoding: "utf8" });
  const names = JSON.parse(listed)[0].files.map((file) => file.path);
  const needed = ["README.md", "node.js", "package.json", "ticketscope_wasm.d.ts", "ticketscope_wasm.js", "ticketscope_wasm_bg.wasm"];
  assert.deepEqual(needed.filter((name) => !names.includes(name)), []);
  assert.equal(names.filter((name) => name.endsWith("/error.js")).length, 1);
  assert.equal(names.filter((name) => name.endsWith(".mjs")).length, 0);
});

test("the type declarations name exactly what the classes have", async () => {
  const text = await readFile(join(pkg, "ticketscope_wasm.d.ts"), "utf8");
  for (const type of [Network, Run, Products, ProductLaw]) {
    const body = text.split(`export class ${type.name} {`)[1].split("\n}")[0].replaceAll(/\/\*\*[^]*?\*\//g, "");
    const declared = [...body.matchAll(/^ {4}(?:static |readonly )*(\w+)[(:]/gm)].map((match) => match[1]);
    const own = (object) => Object.getOwnPropertyNames(object).filter((name) => !/^__|^(length|name|prototype)$/.test(name));
    const members = Object.getOwnPropertyDescriptors(type.prototype);
    const present = [...Object.keys(members).filter((name) => !name.startsWith("__")), ...own(type)];
    if (type !== ProductLaw) assert.match(body, /private constructor\(\)/);
    const names = (list) => [...new Set(list.filter((name) => name !== "constructor"))].sort();
    assert.deepEqual(names(present), names(declared));
    for (const [name, member] of Object.entries(members)) {
      if (member.get) assert.match(body, new RegExp(`readonly ${name}: `));
    }
  }
  assert.match(text, /export class TicketscopeError extends Error/);
  assert.doesNotMatch(text.replaceAll(/\/\*\*[^]*?\*\//g, ""), /\b(any|unknown)\b/);
});

/** The digest of a list of numbers, written once more: 64-bit FNV-1a over the length and the bits of each (every NaN the same). */
function fnv(list) {
  const numbers = Float64Array.from(list, (number) => (Number.isNaN(number) ? NaN : number));
  const words = new BigUint64Array([BigInt(list.length), ...new BigUint64Array(numbers.buffer)]);
  let digest = 0xcbf29ce484222325n;
  for (const byte of new Uint8Array(words.buffer)) digest = BigInt.asUintN(64, (digest ^ BigInt(byte)) * 0x100000001b3n);
  return digest.toString(16).padStart(16, "0");
}

/** As `said_of` in tests/cases/mod.rs. */
function saidOf(products, scale) {
  const { counts, below, above } = products.histogram({ low: -scale, high: scale, bins: 80 });
  const { mean, variance, kurtosis } = products.moments();
  return [...counts, below, above, mean, variance, kurtosis, ...present(products.ksUniform(0.5 * scale))];
}

/** As the second half of `samples` in tests/cases/mod.rs. */
function tally(law, { scale, seed }) {
  const { counts, below, above, mean, variance, kurtosis } = law.tally({ samples: 5_000, seed, low: -scale, high: scale, bins: 100 });
  return [...counts, below, above, mean, variance, kurtosis];
}

/** As `theory` in tests/cases/mod.rs. */
function theory(network, law, { scale, hiddenLayers }) {
  const [auto, flat] = ["auto", "flat"].map((alpha) => new ProductLaw({ hiddenLayers, alpha }).alpha);
  const curve = [];
  for (let i = -17; i <= 17; i++) curve.push(law.density((scale * i) / 16) ?? NaN, law.cdf((scale * i) / 16) ?? NaN);
  const bounds = network.bounds();
  const limits = [bounds.paper, bounds.lambert, bounds.ballsInBins].flatMap(present);
  const normal = law.nearestNormal();
  const distances = [...present(law.distanceFromUniform(0.5 * scale)), ...present(normal?.sigma), ...present(normal?.distance)];
  return [auto, flat, law.kurtosis, ...curve, ...limits, ...law.modes, ...distances];
}

const present = (value) => (value === undefined ? [] : [value]);

test("every pinned case has its digests, through the module's own interface", async () => {
  const [header, ...lines] = (await readFile(join(root, "tests/digest/cases.csv"), "utf8")).trim().split("\n");
  const keys = header.split(",");
  assert.ok(lines.length >= 200);
  for (const line of lines) {
    const values = line.split(",");
    const given = Object.fromEntries(keys.map((key, column) => [key, values[column]]));
    const number = (key) => Number(given[key]);
    const options = {
      sources: number("sources"), hiddenLayers: number("hidden"), width: number("width"), sinks: number("sinks"),
      law: given.law, alpha: number("alpha"), scale: number("scale"), seed: number("seed"),
    };
    const network = Network.random(options);
    const run = network.prune({ rule: given.rule, protect: given.protect, orphans: given.orphans, seed: number("prune_seed") });
    run.seek(Math.floor(run.length / 2));
    const few = run.survivingPaths.reduce((sum, paths) => sum + paths, 0n) <= 20_000n;
    const products = run.products(few ? {} : { samples: 5_000, seed: number("prune_seed") });
    assert.deepEqual([network.digest(), run.digest(), products.digest()], [given.network, given.run, given.products], line);
    const law = new ProductLaw(options);
    const samples = law.samples({ samples: 5_000, seed: options.seed });
    const said = [...saidOf(products, options.scale), ...tally(law, options)];
    assert.deepEqual([fnv(said), fnv(theory(network, law, options)), samples.digest()], [given.said, given.theory, given.samples], line);
    for (const object of [network, run, products, law, samples]) object.free();
  }
});

test("weights, states and products are views of the module's memory", () => {
  const network = Network.random({ width: 3 });
  const run = network.prune();
  const products = network.products();
  for (const view of [network.weights, run.edges, run.edgeStates, run.nodeStates, products.values]) {
    assert.equal(view.buffer, memory.buffer);
  }
  assert.equal(network.weights.byteOffset, network.weights.byteOffset);
  assert.equal(network.weights.length, network.edgeCount);
  assert.equal(run.nodeStates.length, network.nodeCount);
  const [before, kept] = [network.weights, network.weights.slice()];
  memory.grow(1);
  assert.equal(before.length, 0);
  assert.deepEqual(network.weights, kept);
});

test("a network by hand: its weights, its paths, its products", () => {
  const network = Network.fromWeights({ hiddenLayers: 1, width: 2, weights: [0.5, -2, 3, 0.25] });
  assert.deepEqual([...network.products().values].sort(), [-0.5, 1.5]);
  assert.deepEqual(network.edge(3), { layer: 1, from: 1, to: 0 });
  assert.equal(network.edgeId(1, 1, 0), 3);
  assert.equal(network.pathCount, 2n);
  const masked = network.withMask([true, true, false, true]);
  assert.deepEqual([...masked.kept], [1, 1, 0, 1]);
  assert.deepEqual([...masked.products().values], [-0.5]);
  assert.deepEqual([...network.withMask(new Uint8Array(4)).products().values], []);
  const typed = Network.fromWeights({ hiddenLayers: 1, width: 2, weights: Float64Array.of(0.5, -2, 3, 0.25) });
  assert.equal(typed.digest(), network.digest());
  assert.notEqual(masked.digest(), network.digest());
});

test("a run goes forward and back, and says at each step what is so", () => {
  const network = Network.random({ sources: 2, hiddenLayers: 3, width: 4, sinks: 2 });
  const run = network.prune({ rule: "edge", protect: "none", seed: 3 });
  const states = [run.edgeStates.slice()];
  const gone = new Set();
  while (run.forward()) {
    const event = run.event(run.step);
    assert.equal(event.edge, run.edges[run.step - 1]);
    assert.equal(network.edgeId(event.layer, event.from, event.to), event.edge);
    for (const edge of [event.edge, ...event.orphaned]) gone.add(edge);
    run.edgeStates.forEach((state, edge) => assert.equal(state >= 2, gone.has(edge)));
    assert.equal(run.alive, network.edgeCount - gone.size);
    assert.equal(run.cut + run.orphaned, gone.size);
    assert.equal(run.survivingTickets, run.survivingPaths.reduce((product, paths) => product * paths, 1n));
    assert.equal(run.destroyed, run.survivingTickets === 0n);
    assert.equal(run.onTicket, run.edgeStates.filter((state) => state === 0).length);
    assert.equal(run.products().length, Number(run.survivingPaths[0] + run.survivingPaths[1]));
    states.push(run.edgeStates.slice());
  }
  assert.equal(run.step, run.length);
  assert.equal(run.destroyedAt, run.length);
  do assert.deepEqual(run.edgeStates, states[run.step]);
  while (run.back());
  assert.equal(run.step, 0);
  assert.equal(run.seek(7), 7);
  assert.deepEqual(run.edgeStates, states[7]);
  assert.equal(run.seek(Infinity), run.length);
});

test("numbers of any size are exact", () => {
  const network = Network.random({ sources: 2, hiddenLayers: 32, width: 100 });
  assert.equal(network.pathCount, 2n * 100n ** 32n);
  const run = Network.random({ hiddenLayers: 30, width: 100, law: "sign" }).prune({ protect: "last", seed: 5 });
  assert.deepEqual(run.survivingPaths, [100n ** 30n]);
  assert.equal(Network.random({ sources: 2, hiddenLayers: 2, width: 2 }).minimalTickets, 12n);
  assert.equal(Network.random({ sinks: 2 }).minimalTickets, undefined);
});

test("products in numbers: histogram, moments, distance, and the law they follow", () => {
  const sampled = Network.random({ hiddenLayers: 2, width: 500, law: "exact" }).products({ samples: 200_000, seed: 9 });
  assert.equal(sampled.exact, false);
  const { counts, below, above, low, high } = sampled.histogram({ low: -0.5, high: 0.5, bins: 4 });
  assert.equal(counts.reduce((sum, count) => sum + count, below + above), 200_000);
  const inBin = (bin) => sampled.values.filter((z) => z >= low + bin / 4 && z < low + (bin + 1) / 4).length;
  assert.deepEqual([low, high, counts[0], counts[1]], [-0.5, 0.5, inBin(0), inBin(1)]);
  // Uniform on [−1, 1]: variance 1/3, kurtosis 9/5, no distance. Paths of one network share edges, so not to sampling error.
  const { mean, variance, kurtosis } = sampled.moments();
  assert.ok(Math.abs(mean) < 0.02 && Math.abs(variance - 1 / 3) < 0.02 && Math.abs(kurtosis - 1.8) < 0.1);
  assert.ok(sampled.ksUniform(1) < 0.02);
  assert.equal(Network.fromWeights({ hiddenLayers: 1, width: 1, weights: [1, 2] }).products().ksUniform(1), undefined);
  const law = new ProductLaw({ hiddenLayers: 1, law: "uniform" });
  assert.ok(Math.abs(law.density(0.5) - Math.LN2 / 2) < 1e-15);
  assert.equal(law.cdf(0), 0.5);
  assert.deepEqual([...law.modes], [0]);
  assert.equal(law.alpha, 1);
  assert.ok(Math.abs(law.kurtosis - (9 / 5) ** 2) < 1e-12);
  assert.equal(new ProductLaw({ law: "normal" }).cdf(0), undefined);
  assert.ok(new ProductLaw({ hiddenLayers: 5 }).nearestNormal().distance < 0.02);
  const flat = { hiddenLayers: 5, alpha: "flat", window: 0.1 };
  const [near, far] = [new ProductLaw(flat), new ProductLaw({ hiddenLayers: 5 })];
  assert.ok(near.distanceFromUniform(0.1) < far.distanceFromUniform(0.1));
});

test("samples of a law, kept or only counted", () => {
  const law = new ProductLaw({ hiddenLayers: 5, law: "uniform", scale: 2 });
  const [samples, tally] = [law.samples({ samples: 50_000, seed: 4 }), law.tally({ samples: 50_000, seed: 4, low: -2, high: 2 })];
  assert.deepEqual([samples.length, samples.exact], [50_000, false]);
  assert.deepEqual({ ...samples.histogram({ low: -2, high: 2 }), ...samples.moments() }, tally);
  // The standard error of the mean is 2·(1/3)³/√50,000; six of them.
  assert.ok(Math.abs(tally.mean) < (6 * 2 * (1 / 3) ** 3) / Math.sqrt(50_000));
  assert.equal(law.samples().length, 100_000);
  assert.notEqual(law.samples({ seed: 2 }).digest(), law.samples({ seed: 3 }).digest());
});

test("bounds on how many edges may be cut", () => {
  // Width 2, three hidden layers, c = e: two bins of four; the paper's k is (8/e)·(2e)^(−1/4).
  const bounds = Network.random({ hiddenLayers: 3, width: 2 }).bounds();
  assert.deepEqual([bounds.bins, bounds.binSize, bounds.applies], [2, 4, true]);
  assert.ok(Math.abs(bounds.paper - (8 / Math.E) * (2 * Math.E) ** -0.25) < 1e-12);
  assert.ok(bounds.paper < bounds.lambert);
  // Balls in two bins: after four balls one is full with chance 2/16, after five with chance 12/32.
  const network = Network.random({ hiddenLayers: 3, width: 2 });
  assert.deepEqual([7.9, 2.7, 2.6].map((confidence) => network.bounds({ confidence }).ballsInBins), [4, 4, 5]);
  const none = Network.random({ hiddenLayers: 2 }).bounds({ protect: "two" });
  assert.deepEqual([none.bins, none.paper, none.lambert, none.ballsInBins], [0, undefined, undefined, undefined]);
  assert.equal(network.bounds({ protect: "last" }).applies, false);
});

test("what is wrong is refused with a sentence", () => {
  const network = Network.random({ hiddenLayers: 1, width: 2 });
  const refusals = [
    ["option", () => Network.random({ depth: 3 }), /no option "depth"; the options are: sources, hiddenLayers/],
    ["option", () => Network.random(7), /options must be an object/],
    ["option", () => Network.random(null), /options must be an object/],
    ["option", () => Network.random({ width: "5" }), /width must be a number/],
    ["option", () => Network.random({ width: null }), /width must be a number/],
    ["option", () => Network.random({ width: 5n }), /width must be a number/],
    ["option", () => Network.random({ alpha: true }), /alpha must be "auto", "flat" or a number above 0 and at most 8/],
    ["option", () => Network.random({ alpha: "round" }), /alpha must be "auto"/],
    ["option", () => Network.random({ law: 3 }), /law must be a word/],
    ["range", () => Network.random({ law: "cauchy" }), /law must be one of uniform, power, exact, normal, sign, not "cauchy"/],
    ["range", () => Network.random({ width: 0 }), /width must be a whole number from 1 to 512, not 0/],
    ["range", () => Network.random({ width: 513 }), /not 513/],
    ["range", () => Network.random({ width: 2.5 }), /not 2.5/],
    ["range", () => Network.random({ width: NaN }), /not NaN/],
    ["range", () => Network.random({ width: -Infinity }), /not -Infinity/],
    ["range", () => Network.random({ hiddenLayers: 33 }), /hiddenLayers must be a whole number from 1 to 32/],
    ["range", () => Network.random({ seed: 2 ** 53 }), /seed must be a whole number from 0 to 9007199254740991/],
    ["range", () => Network.random({ seed: -1 }), /not -1/],
    ["range", () => Network.random({ alpha: 0 }), /alpha must be/],
    ["range", () => Network.random({ alpha: 8.1 }), /not 8.1/],
    ["range", () => Network.random({ scale: 0 }), /scale must be above 0/],
    ["range", () => Network.random({ scale: 1e-320, resolution: 1 }), /resolution must be above 0 and below 1/],
    ["range", () => Network.random({ scale: 1e300 }), /not 1e300/],
    ["range", () => Network.random({ window: 2e6 }), /window must be above 0 and at most 1000000/],
    ["option", () => Network.fromWeights(), /weights must be a Float64Array or a list of numbers/],
    ["option", () => Network.fromWeights({ weights: "1,2" }), /weights must be/],
    ["option", () => Network.fromWeights({ weights: [1, 2n] }), /weights must be/],
    ["length", () => Network.fromWeights({ hiddenLayers: 1, width: 2, weights: [1, 2, 3] }), /3 weights were given for 4 edges/],
    ["range", () => Network.fromWeights({ hiddenLayers: 1, width: 1, weights: [1, NaN] }), /the weight of edge \(layer 1, from 0, to 0\)/],
    ["range", () => Network.fromWeights({ hiddenLayers: 1, width: 1, weights: [1e10, 1] }), /from −10⁹ to 10⁹/],
    ["length", () => network.withMask([true]), /the mask has 1 entries, the network 4 edges/],
    ["option", () => network.withMask([1, 0, 1, 0]), /kept must be a Uint8Array or a list of booleans/],
    ["option", () => network.withMask(), /kept must be/],
    ["range", () => network.edge(4), /id must be a whole number from 0 to 3, not 4/],
    ["range", () => network.edgeId(2, 0, 0), /layer must be a whole number from 0 to 1/],
    ["range", () => network.edgeId(0, 1, 0), /from must be/],
    ["range", () => network.prune({ rule: "random" }), /rule must be one of layer, two-choices/],
    ["option", () => network.prune({ rule: "edge", orphans: "count" }), /orphans must be "skip", unless the rule is "layer"/],
    ["option", () => network.prune({ Rule: "edge" }), /no option "Rule"/],
    ["range", () => network.prune().event(1), /the run has no step/],
    ["range", () => network.prune().seek(-1), /step must be a whole number from 0/],
    ["range", () => network.prune().seek(NaN), /not NaN/],
    ["range", () => network.products({ samples: 0 }), /samples must be a whole number from 1 to 100000000/],
    ["size", () => Network.random({ hiddenLayers: 8, width: 8 }).products(), /16777216 paths survive, and at most 10000000 are listed/],
    ["range", () => network.products().histogram({ low: 1, high: 1 }), /high must be a number above low, not 1/],
    ["range", () => network.products().histogram({ low: -Infinity }), /low must be a number/],
    ["range", () => network.products().histogram({ bins: 1001 }), /bins must be a whole number from 1 to 1000/],
    ["range", () => network.products().ksUniform(0), /window must be/],
    ["range", () => new ProductLaw().samples({ samples: 1e9 }), /samples must be a whole number from 1 to 100000000/],
    ["option", () => new ProductLaw().tally({ window: 1 }), /no option "window"/],
    ["range", () => network.bounds({ confidence: 0.5 }), /confidence must be a number from 1, not 0.5/],
    ["range", () => network.bounds({ protect: "all" }), /protect must be one of ends, two, last, none/],
    ["option", () => network.evaluate({ input: [1, 2, 3] }), /input must be a number, or a Float64Array or a list of numbers, one a source/],
    ["range", () => network.evaluate({ input: Infinity }), /input must be finite, not Infinity/],
    ["range", () => network.evaluate({ activation: "tanh" }), /activation must be one of linear, relu/],
    ["range", () => network.lit({ low: NaN }), /low must be a number/],
    ["option", () => network.lit({ closed: 1 }), /closed must be true or false/],
    ["size", () => bestSubset(new Float64Array(21), 0), /at most 20 terms can be searched, not 21/],
    ["range", () => bestSubset(new Float64Array([NaN]), 0), /must be finite numbers/],
    ["range", () => new ProductLaw().distanceFromUniform(NaN), /window must be/],
  ];
  for (const [code, call, words] of refusals) assert.match(refusal(call, code), words);
});

test("a forward pass adds up, and its outputs are the sum over the paths", () => {
  const network = Network.fromWeights({ sources: 2, hiddenLayers: 1, width: 2, weights: [1, -2, 3, 4, 5, 7] });
  const linear = network.evaluate({ input: [1, 0.5], activation: "linear" });
  assert.deepEqual([...linear.sums], [1, 0.5, 2.5, 0, 12.5]);
  const relu = network.evaluate({ input: [1, 0], activation: "relu" });
  assert.deepEqual([[...relu.sums], [...relu.values], [...relu.outputs]], [[1, 0, 1, -2, 5], [1, 0, 1, 0, 5], [5]]);
  assert.deepEqual(network.evaluate({ input: 2 }).outputs, network.evaluate({ input: [2, 2] }).outputs);
  const random = Network.random({ hiddenLayers: 3, width: 4 });
  const sum = random.products().values.reduce((total, product) => total + product, 0);
  assert.ok(Math.abs(random.evaluate({ activation: "linear" }).outputs[0] - sum) < 1e-13);
});

test("the paths of a bin are those that the histogram counts, through every layer", () => {
  const run = Network.random({ hiddenLayers: 3, width: 5, seed: 4 }).prune({ protect: "last" });
  run.seek(9);
  const { low, high, counts } = run.products().histogram({ low: -0.5, high: 0.5, bins: 10 });
  for (let bin = 0; bin < 10; bin++) {
    const edge = (place) => low + (place * (high - low)) / 10;
    const lit = run.lit({ low: edge(bin), high: edge(bin + 1), closed: bin === 9 });
    assert.equal(Number(lit.paths), counts[bin]);
    const layers = [lit.through.slice(0, 5), lit.through.slice(5, 30), lit.through.slice(30, 55), lit.through.slice(55)];
    for (const layer of layers) assert.equal(layer.reduce((sum, paths) => sum + paths, 0n), lit.paths);
  }
});

test("what destroyed a network is w² edges that are gone at the end", () => {
  const run = Network.random({ sources: 2, hiddenLayers: 4, width: 3, seed: 2 }).prune({ seed: 5 });
  run.seek(Infinity);
  const { source, edges, cut, orphaned } = run.lastCut();
  assert.deepEqual([edges.length, cut + orphaned], [9, 9]);
  assert.ok(run.edgeStates.length > 0 && [...edges].every((edge) => run.edgeStates[edge] >= 2));
  assert.ok(run.survivingPaths[source] === 0n);
  assert.equal(Network.random({ hiddenLayers: 1 }).prune().lastCut(), undefined);
});

test("the best subset", () => {
  const { kept, sum, error, candidates } = bestSubset(new Float64Array([0.5, -0.25, 0.125, 0.75]), 0.6);
  assert.deepEqual([[...kept], sum, error, candidates], [[1, 0, 1, 0], 0.625, 0.625 - 0.6, 16]);
});

test("options that stand at the ends of their ranges are taken", () => {
  for (const options of [
    { sources: 64, hiddenLayers: 1, width: 1, sinks: 16 }, { hiddenLayers: 32, width: 1 }, { seed: 0 }, { seed: 2 ** 53 - 1 },
    { scale: 5e-324 }, { scale: 1e6 }, { alpha: 5e-324 }, { alpha: 8 }, { alpha: "flat", window: 1e6, scale: 1e-300 },
    { alpha: "flat", window: 5e-324, scale: 1e6 }, { resolution: 5e-324 }, { resolution: 1 - 2 ** -53 }, { sources: undefined },
  ]) {
    const network = Network.random(options);
    assert.ok(network.weights.every(Number.isFinite), JSON.stringify(options));
    const law = new ProductLaw(options);
    for (const z of [0, -0, 1e-300, 1, -1, NaN, Infinity]) law.cdf(z), law.density(z);
    law.nearestNormal();
    for (const window of [5e-324, 1e6]) law.distanceFromUniform(window);
    network.products().histogram({ low: -1e300, high: 1e300 });
    network.prune({ protect: "none" }).digest();
  }
});

test("an option whose getter fails is refused, and leaves the module whole", () => {
  const options = { get width() { throw new RangeError("mine"); } };
  assert.match(refusal(() => Network.random(options), "option"), /width must be readable/);
  assert.equal(Network.random({ width: 2 }).width, 2);
});

test("a network with nothing to prune has an empty run", () => {
  const run = Network.random({ hiddenLayers: 1 }).prune();
  assert.deepEqual([run.length, run.destroyedAt, run.forward(), run.back(), run.edges.length], [0, undefined, false, false, 0]);
});
