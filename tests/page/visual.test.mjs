// What the canvases show, pixel by pixel: the same by two routes, in any browser; and as it was when it was last approved, in the browser
// and with the fonts that it was approved in. `BLESS=1 node run.mjs visual` approves what is there now.

import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { mkdir, readFile, writeFile } from "node:fs/promises";
import { test } from "node:test";
import { fileURLToPath } from "node:url";
import { pageTest } from "./harness.mjs";
import { coarse, decode, differing, luminance, onPaper, palettePng, part, stack } from "./pixels.mjs";
import { STATES, walker } from "./states.mjs";
import { frame, settled, step } from "./walk.mjs";

const GOLDENS = fileURLToPath(new URL("./goldens/", import.meta.url));
const BLESS = process.env.BLESS === "1";
// What is behind a canvas: www/css/tokens.css.
const PAPER = { light: [0xfb, 0xfa, 0xf6], dark: [0x15, 0x16, 0x1a] };
// Of so many pixels one may differ.
const OF = 5000;

const SEEN = STATES.filter(({ picture }) => picture);

test("forty states are compared", () => assert.ok(SEEN.length >= 40, String(SEEN.length)));

/** The pixels of the page's own canvases that can be seen, by name: the charts of many networks fill while one looks. */
async function canvases(page, paper) {
  const urls = await page.evaluate(() => [...document.querySelectorAll("canvas")]
    .filter((canvas) => canvas.checkVisibility() && canvas.width * canvas.height > 0 && !canvas.closest(".many"))
    .map((canvas) => [canvas.id, canvas.toDataURL()]));
  return new Map(urls.map(([id, url]) => [id, onPaper(decode(Buffer.from(url.split(",")[1], "base64")), paper)]));
}

/** One step away and back, by key. */
async function awayAndBack(page) {
  const { k } = await step(page);
  await page.evaluate(() => document.activeElement?.blur());
  for (const key of k === 0 ? ["ArrowRight", "ArrowLeft"] : ["ArrowLeft", "ArrowRight"]) {
    await page.keyboard.press(key);
    await settled(page);
  }
  await frame(page);
}

for (const scheme of ["light", "dark"]) {
  for (const scale of [1, 2]) {
    const name = `${scheme}-${scale}`;
    // Many pixels on a small screen: the golden pictures stay small.
    const [width, height] = scale === 1 ? [860, 560] : [360, 740];
    pageTest(`pictures: ${scheme}, ${scale} pixels a CSS px`, { width, height, scheme, scale, motion: "reduce", timeout: 240_000 },
      async ({ page, open, context }) => {
        const go = walker(page, open);
        const pictures = [];
        for (const state of SEEN) {
          await go(state);
          const seen = await canvases(page, PAPER[scheme]);
          assert.ok(seen.size > 0, state.name);
          await awayAndBack(page);
          const again = await canvases(page, PAPER[scheme]);
          for (const [id, picture] of seen) {
            assert.equal(Buffer.compare(picture.data, again.get(id).data), 0, `${state.name}: ${id} is another after a step away and back`);
            pictures.push({ what: `${state.name}: ${id}`, ...coarse(picture) });
          }
          if (scale === 2) assert.ok(sharp(seen.get("network-canvas") ?? [...seen.values()][0]), `${state.name} is blurred`);
        }
        await compare(name, pictures, `${context.browser().version()} with the fonts ${await fonts(page)}`);
      });
  }
}

/** A digest of how this machine writes: pictures hold labels, and another font is not a change of ours. */
async function fonts(page) {
  const url = await page.evaluate(() => {
    const pen = Object.assign(document.createElement("canvas"), { width: 480, height: 80 }).getContext("2d");
    const style = getComputedStyle(document.documentElement);
    for (const [place, family] of ["--sans", "--serif"].entries()) {
      pen.font = `${place ? "italic " : ""}16px ${style.getPropertyValue(family)}`;
      pen.fillText("hidden 12 of 345, 6,789 × −0.25 = x₁ y ↗ ·", 4, 30 + 40 * place);
    }
    return pen.canvas.toDataURL();
  });
  return createHash("sha256").update(url).digest("hex").slice(0, 12);
}

/** A picture made for these pixels: among those blocks of 2 × 2 that are not of one colour, many hold a full edge. One that was made
 * smaller and drawn out has none. */
function sharp({ width, height, data }) {
  let [edged, full] = [0, 0];
  const at = (x, y) => luminance(...data.subarray((y * width + x) * 4, (y * width + x) * 4 + 3));
  for (let y = 0; y + 1 < height; y += 2) {
    for (let x = 0; x + 1 < width; x += 2) {
      const four = [at(x, y), at(x + 1, y), at(x, y + 1), at(x + 1, y + 1)];
      const spread = Math.max(...four) - Math.min(...four);
      if (spread > 0.02) edged += 1;
      if (spread > 0.25) full += 1;
    }
  }
  return full > edged / 20;
}

/** Holds pictures against the golden ones, or makes them golden. */
async function compare(name, pictures, browser) {
  const [index, png] = [`${GOLDENS}${name}.json`, `${GOLDENS}${name}.png`];
  if (BLESS) {
    const { sheet, tops } = stack(pictures);
    await mkdir(GOLDENS, { recursive: true });
    await writeFile(png, palettePng(sheet));
    const rows = pictures.map(({ what, width, height }, place) => JSON.stringify({ what, top: tops[place], width, height }));
    await writeFile(index, `{"chromium": "${browser}", "pictures": [\n${rows.join(",\n")}\n]}\n`);
    return;
  }
  const golden = JSON.parse(await readFile(index, "utf8").catch(() => '{"chromium": "none"}'));
  if (golden.chromium !== browser) {
    console.log(`# not compared: the golden pictures are of Chromium ${golden.chromium}, this is ${browser}`);
    return;
  }
  const sheet = decode(await readFile(png));
  assert.deepEqual(pictures.map(({ what }) => what), golden.pictures.map(({ what }) => what));
  const changed = [];
  for (const [place, picture] of pictures.entries()) {
    const { top, width, height } = golden.pictures[place];
    const pixels = differing(picture, part(sheet, top, { width, height }));
    if (pixels > picture.width * picture.height / OF) changed.push(`${picture.what}: ${pixels} pixels of ${picture.width} × ${picture.height}`);
  }
  assert.deepEqual(changed, [], "look, and approve with BLESS=1 if it is meant");
}
