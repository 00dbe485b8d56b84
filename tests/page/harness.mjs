// What every test of the page stands on: one browser a file, a fresh profile a test, and recorders that must stay
// empty. A test that neither looks at the console nor at the network still fails when something goes wrong there.
//
//   pageTest("name", { width: 1280, height: 800, scheme: "dark", … }, async ({ page, open, shot, axe, expect }) => {
//     await open("#w=5");                 // dist/ in the browser, once it has started
//     await page.click("#play");          // Playwright's page
//     expect(/Failed to fetch/);          // one more thing that the recorders must hold, and may
//     await axe();                        // axe-core finds nothing
//     await shot("prune-dark");           // tests/page/shots/prune-dark.png, for people to look at
//   });

import assert from "node:assert/strict";
import { mkdir, readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import { after, before, test } from "node:test";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { DIST, FLAGS } from "./browser.mjs";
import { serve } from "./server.mjs";

export { DIST };
const SHOTS = fileURLToPath(new URL("./shots/", import.meta.url));
export const AXE = await readFile(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

let browser;
before(async () => {
  browser = await chromium.launch({ executablePath: process.env.CHROME ?? "/usr/bin/chromium", args: FLAGS });
});
after(() => browser?.close());

/**
 * A test of the page. Options: `width`, `height` (CSS pixels), `scale` (device pixels a CSS pixel), `scheme` ("light",
 * "dark"), `motion` ("reduce", "no-preference"), `touch`; `root`, `under` and `alter` as in server.mjs; and whatever
 * node:test takes (`timeout`, `skip`).
 */
export function pageTest(name, ...rest) {
  const body = rest.pop();
  const options = { width: 1280, height: 800, scale: 1, scheme: "light", timeout: 60_000, ...rest.pop() };
  test(name, options, async () => {
    const server = await serve(options.root ?? DIST, options);
    const context = await browser.newContext({
      viewport: { width: options.width, height: options.height },
      deviceScaleFactor: options.scale,
      colorScheme: options.scheme,
      reducedMotion: options.motion,
      hasTouch: options.touch,
      acceptDownloads: true,
    });
    try {
      const records = await record(context, server.origin);
      const page = await context.newPage();
      const home = `${server.origin}${options.under ?? "/"}`;
      const started = () => page.waitForSelector("html[data-ready]", { state: "attached" });
      const open = async (link = "") => {
        await page.goto(home + link);
        await started();
      };
      const shot = (file) => save(page, file);
      const axe = (include) => inspect(page, include);
      await body({ page, context, home, open, started, shot, axe, expect: records.expect, seen: records.seen });
      await records.verify();
    } catch (error) {
      // What the page looked like helps to see why; a page that is gone has no picture.
      await save(context.pages()[0], `failed ${name}`.replace(/[^\w]+/g, "-").slice(0, 80)).catch(() => {});
      throw error;
    } finally {
      await context.close();
      await server.close();
    }
  });
}

/**
 * Records everything that must not happen: errors and warnings on the console, uncaught errors, breaches of the
 * policy, and requests to anywhere but `origin`; from the page and from its workers.
 */
async function record(context, origin) {
  const seen = [];
  const expected = [];
  const note = (what) => seen.push(what);
  context.on("console", (message) => {
    if (["error", "warning"].includes(message.type())) note(`console: ${message.text()}`);
  });
  context.on("weberror", (error) => note(`uncaught: ${error.error().message}`));
  context.on("request", (request) => {
    const url = new URL(request.url());
    if (!["data:", "blob:"].includes(url.protocol) && url.origin !== origin) note(`foreign request: ${url}`);
  });
  await context.exposeBinding("recordViolation", (source, what) => note(`policy: ${what}`));
  await context.addInitScript(() => {
    addEventListener("securitypolicyviolation", ({ violatedDirective, blockedURI, sourceFile, lineNumber }) =>
      globalThis.recordViolation(`${violatedDirective} ${blockedURI} at ${sourceFile}:${lineNumber}`));
  });
  return {
    seen,
    /** Allows, and demands, at least one record that matches. */
    expect: (pattern) => expected.push(pattern),
    verify: async () => {
      // What the browser has already sent is heard before this answers.
      for (const page of context.pages()) await page.evaluate(() => {});
      const surprises = seen.filter((what) => !expected.some((pattern) => pattern.test(what)));
      assert.deepEqual(surprises, [], "the recorders must stay empty");
      for (const pattern of expected) assert.ok(seen.some((what) => pattern.test(what)), `nothing matched ${pattern}`);
    },
  };
}

/** Runs axe-core over the page, or over one part of it, and asserts that it finds nothing. */
async function inspect(page, include = "html") {
  await page.evaluate(AXE); // through the debugger, which the page's policy does not bind
  const { violations } = await page.evaluate((part) => globalThis.axe.run(part), include);
  const found = violations.map(({ id, impact, help, nodes }) =>
    `${impact} ${id}: ${help}: ${nodes.map((node) => node.target.join(" ")).join(", ")}`);
  assert.deepEqual(found, [], "axe-core must find nothing");
}

/** Writes a picture of the page to tests/page/shots/, for people to look at. */
async function save(page, file) {
  await mkdir(SHOTS, { recursive: true });
  await page.screenshot({ path: join(SHOTS, `${file}.png`) });
}
