// Runs the tests of the page, as many files at a time as there are cores, three at the most: `node run.mjs [part of a file name …]`.

import { readdir } from "node:fs/promises";
import { availableParallelism } from "node:os";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { fileURLToPath } from "node:url";

const folder = fileURLToPath(new URL(".", import.meta.url));
const wanted = process.argv.slice(2);
const names = (await readdir(folder)).filter((name) => name.endsWith(".test.mjs")).sort();
const files = names
  .filter((name) => wanted.length === 0 || wanted.some((part) => name.includes(part)))
  .map((name) => folder + name);

if (files.length === 0) {
  console.error(`no test file matches ${wanted.join(" ")}; there are: ${names.join(" ")}`);
  process.exitCode = 1;
} else {
  run({ files, concurrency: Math.min(availableParallelism(), 3) })
    .on("test:fail", () => { process.exitCode = 1; })
    .compose(new spec())
    .pipe(process.stdout);
}
