// Numbers as the page shows them: what is read, and by how much its last digit may be off.

import { readFile } from "node:fs/promises";

const SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹";

/** A number that is shown, `−1.27 × 10³⁰` say: its value, and the worth of its last digit. */
export function figure(shown) {
  const [, minus, digits, sign, power] = shown.trim()
    .match(/^(−?)([\d,]+(?:\.\d+)?)(?:\s×\s10(⁻?)([⁰¹²³⁴-⁹]+))?$/) ?? [];
  if (digits === undefined) throw new Error(`not a number: “${shown}”`);
  const exponent = Number([...(power ?? "⁰")].map((digit) => SUPERSCRIPT.indexOf(digit)).join("")) * (sign ? -1 : 1);
  const unit = 10 ** exponent;
  const decimals = digits.split(".")[1]?.length ?? 0;
  return { value: (minus ? -1 : 1) * Number(digits.replaceAll(",", "")) * unit, last: 10 ** -decimals * unit };
}

/** The whole numbers in a text, in order. */
export const wholes = (text) => [...text.matchAll(/\d[\d,]*/g)].map(([n]) => Number(n.replaceAll(",", "")));

/** The links of all presets, as the program has them. */
export async function presets() {
  const source = await readFile(new URL("../../crates/ticketscope-scene/src/preset.rs", import.meta.url), "utf8");
  return [...source.matchAll(/link:\s*"(#v1[^"]*)"/g)].map(([, link]) => link);
}
