// Pictures as pixels.

import { deflateSync } from "node:zlib";
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

/** A picture on paper: nothing is transparent any more. */
export function onPaper({ width, height, data }, paper) {
  const out = Buffer.alloc(data.length, 255);
  for (let at = 0; at < data.length; at += 4) {
    const alpha = data[at + 3] / 255;
    for (let channel = 0; channel < 3; channel++) out[at + channel] = Math.round(data[at + channel] * alpha + paper[channel] * (1 - alpha));
  }
  return { width, height, data: out };
}

/** The same with four levels a channel: what a golden picture keeps. */
export const coarse = ({ width, height, data }) =>
  ({ width, height, data: data.map((byte, at) => (at % 4 === 3 ? 255 : Math.round(Math.round(byte / 255 * 3) / 3 * 255))) });

/** Pictures one below the other, and where each begins. */
export function stack(pictures) {
  const width = Math.max(...pictures.map((picture) => picture.width));
  const height = pictures.reduce((sum, picture) => sum + picture.height, 0);
  const data = Buffer.alloc(width * height * 4, 255);
  let top = 0;
  const tops = pictures.map((picture) => {
    for (let y = 0; y < picture.height; y++) {
      Buffer.from(picture.data.buffer, picture.data.byteOffset + y * picture.width * 4, picture.width * 4).copy(data, (top + y) * width * 4);
    }
    top += picture.height;
    return top - picture.height;
  });
  return { sheet: { width, height, data }, tops };
}

/** A part of a picture, from a row on. */
export function part({ width, data }, top, size) {
  const out = Buffer.alloc(size.width * size.height * 4);
  for (let y = 0; y < size.height; y++) data.copy(out, y * size.width * 4, (top + y) * width * 4, ((top + y) * width + size.width) * 4);
  return { ...size, data: out };
}

/** A picture of at most 256 colours as a PNG with a palette. */
export function palettePng({ width, height, data }) {
  const colours = new Map();
  const rows = Buffer.alloc((width + 1) * height);
  for (let y = 0, at = 0; y < height; y++) {
    for (let x = 0; x < width; x++, at += 4) {
      const colour = data.readUIntBE(at, 3);
      if (!colours.has(colour)) colours.set(colour, colours.size);
      rows[y * (width + 1) + 1 + x] = colours.get(colour);
    }
  }
  if (colours.size > 256) throw new Error(`${colours.size} colours`);
  const palette = Buffer.alloc(3 * colours.size);
  for (const [colour, place] of colours) palette.writeUIntBE(colour, 3 * place, 3);
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  // Eight bits, a palette.
  header.set([8, 3, 0, 0, 0], 8);
  const chunk = (name, content) => {
    const body = Buffer.concat([Buffer.from(name, "latin1"), content]);
    const [length, check] = [Buffer.alloc(4), Buffer.alloc(4)];
    length.writeUInt32BE(content.length);
    check.writeUInt32BE(crc32(body));
    return Buffer.concat([length, body, check]);
  };
  const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
  const content = chunk("IDAT", deflateSync(rows, { level: 9, memLevel: 9 }));
  return Buffer.concat([signature, chunk("IHDR", header), chunk("PLTE", palette), content, chunk("IEND", Buffer.alloc(0))]);
}

const CRC = Uint32Array.from({ length: 256 }, (_, byte) => {
  let word = byte;
  for (let bit = 0; bit < 8; bit++) word = word & 1 ? 0xedb88320 ^ (word >>> 1) : word >>> 1;
  return word;
});

function crc32(bytes) {
  let word = 0xffffffff;
  for (const byte of bytes) word = CRC[(word ^ byte) & 255] ^ (word >>> 8);
  return (word ^ 0xffffffff) >>> 0;
}
