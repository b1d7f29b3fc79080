import { ReadoutError } from '../error.ts';

/**
 * Decodes text strictly: UTF-8, or UTF-16 when a byte-order mark says so. The mark is a signature, not text, and is
 * dropped. Throws `input.encoding`, naming `name` and the first wrong byte, when the bytes are not that.
 */
export function decodeText(bytes: Uint8Array, name: string): string {
  const label = markOf(bytes) ?? 'utf-8';
  try {
    return new TextDecoder(label, { fatal: true }).decode(bytes);
  } catch (cause) {
    const offset = label === 'utf-8' ? wrongByte(bytes) : bytes.length - 1;
    const hex = bytes[offset]?.toString(16).padStart(2, '0') ?? '';
    throw new ReadoutError(
      'input.encoding',
      `${name}: expected ${label.toUpperCase()} text, but byte ${offset} (0x${hex}) does not belong to it. ` +
        'Save the file as UTF-8, for example with: iconv -f WINDOWS-1252 -t UTF-8.',
      { cause },
    );
  }
}

/**
 * Decodes a web page the way browsers do, never failing: byte-order mark, then UTF-8 if the bytes are that, then the
 * charset the page names, then windows-1252. WHATWG Encoding: "iso-8859-1" means windows-1252.
 */
export function decodePage(bytes: Uint8Array): string {
  const mark = markOf(bytes);
  if (mark) return new TextDecoder(mark).decode(bytes);
  const named = charsetNamed(bytes);
  // Stateful seven-bit encodings are valid UTF-8 byte for byte, so there the page's own word must come first.
  if (!named?.startsWith('iso-2022') && wrongByte(bytes) === -1) return new TextDecoder().decode(bytes);
  return new TextDecoder(named ?? 'windows-1252').decode(bytes);
}

/** Offset of the first byte that is not part of well-formed UTF-8 (Unicode 15, table 3-7), or -1. */
export function wrongByte(bytes: Uint8Array): number {
  for (let i = 0; i < bytes.length; ) {
    const lead = bytes[i]!;
    if (lead < 0x80) {
      i += 1;
      continue;
    }
    const length =
      lead >= 0xc2 && lead <= 0xdf ? 2 : lead >= 0xe0 && lead <= 0xef ? 3 : lead >= 0xf0 && lead <= 0xf4 ? 4 : 0;
    if (length === 0) return i;
    const second = bytes[i + 1] ?? 0;
    const low = lead === 0xe0 ? 0xa0 : lead === 0xf0 ? 0x90 : 0x80;
    const high = lead === 0xed ? 0x9f : lead === 0xf4 ? 0x8f : 0xbf;
    if (second < low || second > high) return i;
    for (let k = 2; k < length; k += 1) if (((bytes[i + k] ?? 0) & 0xc0) !== 0x80) return i;
    i += length;
  }
  return -1;
}

function markOf(bytes: Uint8Array): string | null {
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) return 'utf-8';
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return 'utf-16le';
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return 'utf-16be';
  return null;
}

// The HTML standard looks for the name in the first 1,024 bytes; pages in the wild put it later.
function charsetNamed(bytes: Uint8Array): string | null {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 4096));
  const label = /<meta[^>]{0,200}?charset\s{0,4}=\s{0,4}["']?([\w:-]{1,40})/i.exec(head)?.[1];
  if (!label) return null;
  try {
    return new TextDecoder(label).encoding;
  } catch {
    return null;
  }
}
