import { crc32, deflateSync, inflateSync } from 'node:zlib';

const SIGNATURE = Buffer.from('89504e470d0a1a0a', 'hex');
const COLOURS = 256;

/**
 * A screenshot as a PNG of at most 256 colours: a third of the bytes, and of a page of text nobody sees a difference. Takes
 * what Chromium writes (PNG, ISO/IEC 15948: 8 bits a channel, RGB or RGBA, not interlaced); throws `TypeError` at others.
 */
export function withPalette(png: Uint8Array): Buffer {
  const { width, height, pixels } = pixelsOf(Buffer.from(png));
  const counts = new Map<number, number>();
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1);
  const palette = [...counts]
    .sort(([, a], [, b]) => b - a)
    .slice(0, COLOURS)
    .map(([colour]) => colour);
  const places = new Map(palette.map((colour, place) => [colour, place]));
  // A byte a pixel, each row after a byte that says it is not filtered.
  const rows = Buffer.alloc((width + 1) * height);
  for (const [at, colour] of pixels.entries()) {
    let place = places.get(colour);
    if (place === undefined) {
      place = nearest(palette, colour);
      places.set(colour, place);
    }
    rows[at + Math.floor(at / width) + 1] = place;
  }
  const head = Buffer.alloc(13);
  head.writeUInt32BE(width, 0);
  head.writeUInt32BE(height, 4);
  head.set([8, 3], 8);
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', head),
    chunk('PLTE', colours),
    chunk('IDAT', deflateSync(rows, { level: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** The colours of a picture, row by row, as `0xrrggbb`. */
function pixelsOf(png: Buffer): { readonly width: number; readonly height: number; readonly pixels: Uint32Array } {
  const [width, height] = [png.readUInt32BE(16), png.readUInt32BE(20)];
  const channels = { 2: 3, 6: 4 }[png[25]!];
  if (!png.subarray(0, 8).equals(SIGNATURE) || png[24] !== 8 || png[28] !== 0 || channels === undefined) {
    throw new TypeError('Expected a PNG of 8 bits a channel, RGB or RGBA, not interlaced.');
  }
  const parts: Buffer[] = [];
  for (let at = 8; at < png.length; at += 12 + png.readUInt32BE(at)) {
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT')
      parts.push(png.subarray(at + 8, at + 8 + png.readUInt32BE(at)));
  }
  const data = inflateSync(Buffer.concat(parts));
  const bytes = width * channels;
  const pixels = new Uint32Array(width * height);
  let above = new Uint8Array(bytes);
  for (let y = 0; y < height; y += 1) {
    const filter = data[y * (bytes + 1)]!;
    const row = new Uint8Array(data.subarray(y * (bytes + 1) + 1, (y + 1) * (bytes + 1)));
    for (let x = 0; x < bytes; x += 1) {
      const [left, corner] = x < channels ? [0, 0] : [row[x - channels]!, above[x - channels]!];
      row[x] = row[x]! + foretold(filter, left, above[x]!, corner);
    }
    for (let x = 0; x < width; x += 1) {
      const at = x * channels;
      pixels[y * width + x] = (row[at]! << 16) | (row[at + 1]! << 8) | row[at + 2]!;
    }
    above = row;
  }
  return { width, height, pixels };
}

/** What a filter foretells of a byte from its neighbours: none, left, above, their mean, or Paeth's choice. */
function foretold(filter: number, left: number, above: number, corner: number): number {
  if (filter === 0) return 0;
  if (filter === 1) return left;
  if (filter === 2) return above;
  if (filter === 3) return (left + above) >> 1;
  const guess = left + above - corner;
  const [a, b, c] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)];
  return a <= b && a <= c ? left : b <= c ? above : corner;
}

function nearest(palette: readonly number[], colour: number): number {
  let [best, least] = [0, Number.POSITIVE_INFINITY];
  for (const [place, other] of palette.entries()) {
    const [red, green, blue] = [16, 8, 0].map((bits) => ((colour >> bits) & 255) - ((other >> bits) & 255));
    const far = red! ** 2 + green! ** 2 + blue! ** 2;
    if (far < least) [best, least] = [place, far];
  }
  return best;
}

function chunk(name: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(name, 'latin1'), data]);
  const ends = Buffer.alloc(8);
  ends.writeUInt32BE(data.length, 0);
  ends.writeUInt32BE(crc32(body), 4);
  return Buffer.concat([ends.subarray(0, 4), body, ends.subarray(4)]);
}
