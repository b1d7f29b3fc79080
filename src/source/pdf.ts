import { ReadoutError } from '../error.ts';
import type { Span } from './span.ts';

/** A PDF's text, its printed pages as spans of it, and what the file says of itself. */
export interface PrintedDocument {
  readonly text: string;
  readonly pages: readonly Span[];
  readonly title: string | null;
  readonly authors: readonly string[];
  /** Dates of creation as written, `D:20210616…` turned to `2021-06-16`. */
  readonly dates: readonly string[];
}

/** The most pages of one PDF; a longer one is refused. */
export const MOST_PAGES = 500;

/**
 * Reads the text of a PDF. Words that a line end divided are put together, lines of a paragraph joined; scripts in the
 * file are never run. Throws `input.unreadable`, naming `name`, for a file that is damaged, locked with a password or
 * holds pictures of pages only.
 */
export async function readPdf(bytes: Uint8Array, name: string): Promise<PrintedDocument> {
  const { getDocumentProxy, getMeta } = await import('unpdf');
  let proxy: Awaited<ReturnType<typeof getDocumentProxy>>;
  try {
    // The library takes the bytes for itself, so it is given a copy.
    proxy = await getDocumentProxy(bytes.slice(), { stopAtErrors: false, verbosity: 0 });
  } catch (cause) {
    const locked = cause instanceof Error && cause.name === 'PasswordException';
    throw new ReadoutError(
      'input.unreadable',
      locked
        ? `${name}: this PDF is locked with a password. Save it without one.`
        : `${name}: expected a PDF, but its structure cannot be followed. Fetch it again, or save its text.`,
      { cause },
    );
  }
  try {
    if (proxy.numPages > MOST_PAGES)
      throw new ReadoutError(
        'input.too-large',
        `${name}: expected a PDF of at most ${MOST_PAGES} pages, got ${proxy.numPages}. Split it.`,
      );
    let text = '';
    const pages: Span[] = [];
    for (let number = 1; number <= proxy.numPages; number++) {
      const page = await proxy.getPage(number);
      const words = paragraphsOf(linesOf((await page.getTextContent()).items as readonly TextItem[]));
      page.cleanup();
      if (text !== '' && words !== '') text += /[\p{Ll},]$/u.test(text) && /^\p{Ll}/u.test(words) ? '\n' : '\n\n';
      pages.push({ from: text.length, to: text.length + words.length });
      text += words;
    }
    if (text.trim() === '')
      throw new ReadoutError(
        'input.unreadable',
        `${name}: this PDF holds no text, only pictures of its ${proxy.numPages} pages. Run text recognition on it first.`,
      );
    const { info } = await getMeta(proxy);
    const told = info as Readonly<Record<string, unknown>>;
    return {
      text,
      pages,
      title: wordsIn(told['Title']),
      authors: [wordsIn(told['Author'])].filter((author) => author !== null),
      dates: [told['CreationDate']].flatMap((date) => {
        const parts = /^D:(\d{4})(\d{2})(\d{2})/.exec(typeof date === 'string' ? date : '');
        return parts ? [`${parts[1]}-${parts[2]}-${parts[3]}`] : [];
      }),
    };
  } finally {
    await proxy.loadingTask.destroy();
  }
}

interface TextItem {
  readonly str: string;
  readonly hasEOL: boolean;
  readonly height: number;
  /** The last two are where the words stand on the page, in points from its lower left corner. */
  readonly transform: readonly number[];
}

interface Line {
  words: string;
  readonly y: number;
  readonly height: number;
}

function linesOf(items: readonly TextItem[]): readonly Line[] {
  const lines: Line[] = [];
  let open = false;
  for (const item of items) {
    if (item.str !== '') {
      const y = item.transform[5] ?? 0;
      if (open) lines.at(-1)!.words += item.str;
      else lines.push({ words: item.str, y, height: item.height });
      open = true;
    }
    if (item.hasEOL) open = false;
  }
  return lines.filter(({ words }) => words.trim() !== '');
}

// Lines stand one under the other at an even distance; a wider one parts two paragraphs.
function paragraphsOf(lines: readonly Line[]): string {
  const gaps = lines
    .slice(1)
    .map((line, i) => Math.abs(lines[i]!.y - line.y))
    .filter((gap) => gap > 1)
    .sort((a, b) => a - b);
  const usual = gaps[Math.floor(gaps.length / 4)] ?? 0;
  let text = '';
  for (const [i, line] of lines.entries()) {
    const words = line.words.replace(/\s+/g, ' ').trim();
    const before = lines[i - 1];
    if (!before) text = words;
    else if (Math.abs(before.y - line.y) > usual * 1.4 + 1) text += `\n\n${words}`;
    else if (/\p{Ll}-$/u.test(text) && /^\p{Ll}/u.test(words)) text = text.slice(0, -1) + words;
    else text += `\n${words}`;
  }
  return text;
}

function wordsIn(value: unknown): string | null {
  return typeof value === 'string' && value.trim() !== '' ? value.trim().slice(0, 500) : null;
}
