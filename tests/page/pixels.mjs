// Pictures as pixels.

import pixelmatch from "pixelmatch";
import { PNG } from "pngjs";

/** A PNG's pixels: { width, height, data }, four bytes each. */
export const decode = (bytes) => PNG.sync.read(bytes);

/** How many pixels differ to the eye; of pictures of two sizes, all. */
export function differing(one, other, threshold = 0.1) {
  const [a, b] = [one, other];
  if (a.width !== b.width || a.height !== b.height) return a.width * a.height;
  return pixelmatch(a.data, b.data, null, a.width, a.height, { threshold, includeAA: true });
}

/** The relative luminance of a colour (WCAG 2). */
export function luminance(red, green, blue) {
  const [r, g, b] = [red, green, blue].map((byte) => {
    const part = byte / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

/** The contrast of two luminances (WCAG 2). */
export const contrast = (one, other) => (Math.max(one, other) + 0.05) / (Math.min(one, other) + 0.05);
