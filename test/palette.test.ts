import { deflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { withPalette } from './palette.ts';

/** A picture of two rows of two pixels, the second row filtered by what is above. */
function picture(): Buffer {
  const part = (name: string, data: Buffer) => {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(data.length);
    return Buffer.concat([length, Buffer.from(name), data, Buffer.alloc(4)]);
  };
  const head = Buffer.from([0, 0, 0, 2, 0, 0, 0, 2, 8, 2, 0, 0, 0]);
  const rows = Buffer.from([0, 255, 0, 0, 0, 0, 255, 2, 0, 0, 0, 0, 0, 1]);
  const signature = Buffer.from('89504e470d0a1a0a', 'hex');
  return Buffer.concat([signature, part('IHDR', head), part('IDAT', deflateSync(rows)), part('IEND', Buffer.alloc(0))]);
}

test('a picture keeps its size and its colours, as places in a palette', () => {
  const small = withPalette(picture());
  expect([small.readUInt32BE(16), small.readUInt32BE(20), small[25]]).toEqual([2, 2, 3]);
  const at = small.indexOf('PLTE') + 4;
  // Red is there twice, so it stands first; blue comes twice too, once as 0000ff and once as 000100 wrapped around.
  expect(small.subarray(at, at + 3)).toEqual(Buffer.from([255, 0, 0]));
});

test('what is no such picture is refused', () => {
  expect(() => withPalette(Buffer.alloc(40))).toThrow(TypeError);
});
