import { detect } from 'chardet';
import { ReadoutError } from '../error.ts';

/**
 * Decodes text strictly: UTF-16 when a byte-order mark says so, else the charset that its server told, else UTF-8. The
 * mark is a signature, not text, and is dropped. Throws `input.encoding`, naming `name` and the first wrong byte, when
 * the bytes are not that.
 */
export function decodeText(bytes: Uint8Array, name: string, charset: string | null = null): string {
  const told = charset === null ? null : encodingOf(charset);
  // Servers call UTF-8 by the name of their default.
  const label = markOf(bytes) ?? (told && wrongByte(bytes) !== -1 ? told : 'utf-8');
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
 * Decodes a web page or feed the way browsers do, never failing: byte-order mark, then the charset its server told, then
 * UTF-8 if the bytes are that, then the charset the markup names, then what the bytes look like. WHATWG Encoding:
 * "iso-8859-1" means windows-1252.
 */
export function decodePage(bytes: Uint8Array, charset: string | null = null): string {
  return mended(new TextDecoder(charsetOf(bytes, charset, true)).decode(bytes));
}

// A NUL is no letter (HTML standard, 13.2.5). Control characters of the second row are windows-1252 punctuation in pages that were recoded byte by byte.
function mended(text: string): string {
  const whole = text.includes('\0') ? text.replaceAll('\0', '') : text;
  return whole.replace(/[\x80-\x9f]/g, (char) => WINDOWS.decode(Uint8Array.of(char.charCodeAt(0))));
}
const WINDOWS = new TextDecoder('windows-1252');

/**
 * Makes a decoder of markup that comes in chunks, by the first of them; called without bytes it gives what is left.
 */
export function markupDecoder(head: Uint8Array, charset: string | null = null): (bytes?: Uint8Array) => string {
  const decoder = new TextDecoder(charsetOf(head, charset, false));
  return (bytes) => mended(bytes ? decoder.decode(bytes, { stream: true }) : decoder.decode());
}

// Where the bytes go on after the head, its last character may be cut.
function charsetOf(head: Uint8Array, told: string | null, whole: boolean): string {
  const mark = markOf(head);
  if (mark) return mark;
  const server = told === null ? null : encodingOf(told);
  const named = charsetNamed(head);
  const wrong = wrongByte(head);
  const claimed = server === 'utf-8' || named === 'utf-8';
  const isUtf8 = wrong === -1 || (!whole && wrong > head.length - 4) || isNearlyUtf8(head, claimed ? 1 : 20);
  if (server && (server !== 'utf-8' || isUtf8)) return server;
  // Stateful seven-bit encodings are valid UTF-8 byte for byte, so there the page's own word must come first.
  if (!named?.startsWith('iso-2022') && isUtf8) return 'utf-8';
  return (named !== 'utf-8' && named) || guessed(head) || 'windows-1252';
}

// One broken letter, a comment pasted from elsewhere, must not turn all others of a page into two.
function isNearlyUtf8(bytes: Uint8Array, share: number): boolean {
  let wrong = 0;
  let letters = 0;
  for (let from = 0; from < bytes.length; wrong += 1) {
    const end = wrongByte(bytes, from);
    const to = end === -1 ? bytes.length : end;
    for (let i = from; i < to; i += 1) if (bytes[i]! >= 0xc2) letters += 1;
    if (end === -1) break;
    from = end + 1;
  }
  return letters > wrong * share;
}

function guessed(bytes: Uint8Array): string | null {
  const guess = detect(bytes.subarray(0, 65_536));
  return guess === null ? null : encodingOf(guess);
}

function encodingOf(label: string): string | null {
  try {
    return new TextDecoder(label.trim()).encoding;
  } catch {
    return null;
  }
}

/** Offset of the first byte at or after `from` that is not part of well-formed UTF-8 (Unicode 15, table 3-7), or -1. */
export function wrongByte(bytes: Uint8Array, from = 0): number {
  for (let i = from; i < bytes.length; ) {
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

// A byte-order mark, or the "<" and "<?" of markup in 16-bit units without one (XML 1.0, appendix F).
function markOf(bytes: Uint8Array): string | null {
  const [a, b, c, d] = bytes;
  if (a === 0xef && b === 0xbb && c === 0xbf) return 'utf-8';
  if (a === 0xff && b === 0xfe) return 'utf-16le';
  if (a === 0xfe && b === 0xff) return 'utf-16be';
  if (a === 0x3c && b === 0 && c !== 0 && d === 0) return 'utf-16le';
  if (a === 0 && b === 0x3c && c === 0 && d !== 0) return 'utf-16be';
  return null;
}

// The HTML standard looks for the name in the first 1,024 bytes; pages in the wild put it later.
function charsetNamed(bytes: Uint8Array): string | null {
  const head = new TextDecoder('windows-1252').decode(bytes.subarray(0, 4096));
  const label =
    /<meta[^>]{0,200}?charset\s{0,4}=\s{0,4}["']?([\w:-]{1,40})/i.exec(head)?.[1] ??
    /^\s{0,20}<\?xml[^>]{0,200}?encoding\s{0,4}=\s{0,4}["']([\w:-]{1,40})/i.exec(head)?.[1];
  const encoding = label === undefined ? null : encodingOf(label);
  // Whoever could write these words in single bytes did not write them in pairs.
  return encoding?.startsWith('utf-16') ? 'utf-8' : encoding;
}
