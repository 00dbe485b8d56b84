// Times every task of crates/ticketscope-bench as WebAssembly, in the order of its list.
//   node bench.mjs MODULE.js RESULTS.json [PART-OF-A-NAME]
import { writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { resolve } from 'node:path';
import { Bench } from 'tinybench';

const [module, results, part = ''] = process.argv.slice(2);
const { Ready, taskIds } = createRequire(import.meta.url)(resolve(module));
const times = {};

for (const [place, id] of taskIds().entries()) {
  if (!id.includes(part)) continue;
  // One task at a time, so that only one is kept ready.
  const ready = Ready.at(place);
  const bench = new Bench({ time: 2000, iterations: 10, warmupTime: 300, warmupIterations: 3 });
  bench.add(id, () => ready.run());
  const [task] = await bench.run();
  if (task.result.state !== 'completed') throw task.result.error ?? new Error(`${id}: ${task.result.state}`);
  const { p50: median, min: least } = task.result.latency;
  times[id] = { median, least };
  console.log(`${id.padEnd(20)} ${median.toPrecision(4)} ms, at best ${least.toPrecision(4)} ms`);
  ready.free();
}
writeFileSync(results, JSON.stringify(times, null, 1));
