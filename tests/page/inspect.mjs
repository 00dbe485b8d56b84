// What must hold of the page in every state, each as a list of what does not.

import { AXE } from "./harness.mjs";
import { REVIEWED } from "./states.mjs";

/** axe-core, all rules: what it finds, and what it leaves to people, less what people have looked at. */
export async function axe(page, _, forced = false) {
  if (!await page.evaluate(() => "axe" in globalThis)) await page.evaluate(AXE);
  const { violations, incomplete } = await page.evaluate((system) => globalThis.axe.run(document, {
    resultTypes: ["violations", "incomplete"],
    // Contrast is asked for at level AA. Targets are measured below: axe-core takes one that has scrolled under the timeline for a small one.
    // Where the system has its own colours, the page's are not those that are seen: there is nothing to measure.
    rules: { "color-contrast": { enabled: !system }, "color-contrast-enhanced": { enabled: false }, "identical-links-same-purpose": { enabled: true } },
  }), forced);
  const list = (results, kind) => results.flatMap(({ id, help, nodes }) => nodes.map((node) => {
    const target = node.target.join(" ");
    return { id, target, line: `${kind} ${id}: ${help}: ${target}: ${[...node.any, ...node.all, ...node.none].map(({ message }) => message)}` };
  }));
  const undecided = list(incomplete, "undecided")
    .filter(({ id, target }) => !REVIEWED.some((seen) => seen.rule === id && new RegExp(seen.target).test(target)));
  return [...list(violations, "violation"), ...undecided].map(({ line }) => line);
}

/** Texts and symbols of fields against what is behind them: 4.5, or 3 for large ones (WCAG 2), disabled ones too. */
export const contrast = (page) => page.evaluate(() => {
  const parse = (text) => {
    const [r, g, b, a = 1] = text.match(/[\d.]+/g).map(Number);
    return [r, g, b, a];
  };
  const over = ([r, g, b, a], [x, y, z]) => [r * a + x * (1 - a), g * a + y * (1 - a), b * a + z * (1 - a), 1];
  const behind = (element) => {
    if (!element) return [255, 255, 255, 1];
    const own = parse(getComputedStyle(element).backgroundColor);
    return own[3] === 1 ? own : over(own, behind(element.parentElement));
  };
  const opacity = (element) => element ? Number(getComputedStyle(element).opacity) * opacity(element.parentElement) : 1;
  const light = (colour) => {
    const [r, g, b] = colour.map((byte) => (byte / 255 <= 0.04045 ? byte / 255 / 12.92 : ((byte / 255 + 0.055) / 1.055) ** 2.4));
    return 0.2126 * r + 0.7152 * g + 0.0722 * b;
  };
  const faint = [];
  for (const element of document.body.querySelectorAll("*")) {
    const field = element.matches("select, input:not([type=range], [type=checkbox])");
    const text = field || [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!text || element.closest("option, .unseen, svg") || !element.checkVisibility({ visibilityProperty: true, opacityProperty: true })) continue;
    const style = getComputedStyle(element);
    const back = behind(element);
    const [r, g, b, a] = parse(style.color);
    const front = over([r, g, b, a * opacity(element)], back);
    const [one, other] = [light(front), light(back)];
    const ratio = (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
    const size = parseFloat(style.fontSize);
    const wanted = size >= 24 || (size >= 18.66 && Number(style.fontWeight) >= 700) ? 3 : 4.5;
    if (ratio < wanted) faint.push(`contrast ${ratio.toFixed(2)} of ${element.id || element.className || element.tagName} “${(element.value ?? element.textContent).slice(0, 30)}”`);
  }
  return faint;
});

/** Nothing scrolls sideways, and no text is cut off or outside. */
export const fits = (page) => page.evaluate(() => {
  const wrong = [];
  const root = document.documentElement;
  if (root.scrollWidth > root.clientWidth) wrong.push(`the page is ${root.scrollWidth} wide, the window ${root.clientWidth}`);
  const name = (element) => element.id || element.className || element.tagName;
  for (const element of document.body.querySelectorAll("*")) {
    if (element.closest(".unseen, svg") || !element.checkVisibility({ visibilityProperty: true })) continue;
    const { overflowX, overflowY, clipPath } = getComputedStyle(element);
    // Read out, not shown.
    if (clipPath !== "none") continue;
    const scrolls = ["auto", "scroll"].includes(overflowX);
    if (scrolls && element.scrollWidth > element.clientWidth + 1) wrong.push(`${name(element)} scrolls sideways: ${element.scrollWidth} in ${element.clientWidth}`);
    const text = [...element.childNodes].some((node) => node.nodeType === Node.TEXT_NODE && node.data.trim());
    if (!text) continue;
    const cut = (overflowX === "hidden" && element.scrollWidth > element.clientWidth + 1) || (overflowY === "hidden" && element.scrollHeight > element.clientHeight + 1);
    const { left, right, width } = element.getBoundingClientRect();
    if (cut || (width > 0 && (left < -1 || right > root.clientWidth + 1))) {
      wrong.push(`${name(element)} “${element.textContent.slice(0, 30)}” is cut off: ${left.toFixed(0)} to ${right.toFixed(0)} of ${root.clientWidth}`);
    }
  }
  return wrong;
});

/** What can be pressed or dragged is 24 px or more in both directions, and under a thumb 44 px; its label counts, and a box around it. */
export const targets = (page, under) => page.evaluate((least) => {
  const small = [];
  for (const element of document.querySelectorAll("a[href], button, input, select, summary, [role=slider]")) {
    if (!element.checkVisibility({ visibilityProperty: true })) continue;
    // One dialog at a time can be pressed.
    const modal = document.querySelector("dialog:modal");
    if (modal && !modal.contains(element)) continue;
    const shape = element.matches("[type=checkbox], [type=file]") ? element.closest("label") ?? element : element.closest(".choice") ?? element;
    const { width, height } = shape.getBoundingClientRect();
    // Texts in a field have their slider beside them, and a table's heading to open is a line of text: 24 px do.
    const wanted = element.matches("input:not([type=range], [type=checkbox]), summary, [type=checkbox]") ? 24 : least;
    if (width + 0.5 < wanted || height + 0.5 < wanted) small.push(`${element.id || element.textContent} is ${width.toFixed(0)} × ${height.toFixed(0)}, not ${wanted}`);
  }
  return small;
}, under);

/** Nothing moves. */
export const still = (page) => page.evaluate(() => document.getAnimations()
  .filter(({ playState }) => playState === "running")
  .map(({ effect }) => `${effect.target?.id || effect.target?.className} moves`));
