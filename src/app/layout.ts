import { escapeHtml, plain, withoutControls } from './escape.ts';
import { csvRow } from './export/cells.ts';

/** A cell of a table: a text, or lines of text; `marked` where reports disagree, `href` where it leads somewhere. */
export interface Cell {
  readonly lines: readonly string[];
  readonly marked?: boolean;
  readonly href?: string;
}

/** A page for a person, before it is text, Markdown, CSV or HTML. All texts are plain: the writers escape. */
export type Block =
  | { readonly kind: 'heading'; readonly level: 1 | 2; readonly text: string }
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'list'; readonly items: readonly Item[] }
  | { readonly kind: 'sources'; readonly items: readonly SourceNote[] }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly Cell[])[] };

/** A line of a list, with lines below it that say where it comes from. */
export interface Item {
  readonly lead: string;
  readonly text: string;
  readonly sources: readonly string[];
  /** Numbers of {@link SourceNote}s; in HTML they lead there, or to `href`. */
  readonly notes?: readonly { readonly number: number; readonly href?: string }[];
  /** Where the text leads, and where each source does; in HTML alone. */
  readonly links?: { readonly text: string; readonly sources: readonly string[] };
}

/** A numbered source at the end of a page, which lines name by its number. */
export interface SourceNote {
  readonly number: number;
  readonly text: string;
  readonly url: string | null;
  /** What `show` shows it by. */
  readonly id: string;
}

/** The forms a page can be written in. */
export type PageForm = 'text' | 'md' | 'csv' | 'html';

/** What of a page stands out. */
export interface Marking {
  /** True for words of lists that were looked for. */
  readonly isLit: (word: string) => boolean;
  /** True for a terminal with colours: without, nothing stands out in text. */
  readonly color: boolean;
}

/** Writes a page. `csv` holds the tables alone. */
export function writePage(title: string, blocks: readonly Block[], form: PageForm, marking?: Marking): string {
  if (form === 'csv')
    return blocks.map((block) => (block.kind === 'table' ? writeCsv(block.columns, block.rows) : '')).join('');
  if (form === 'md') return `${blocks.map((block) => markdownOf(block, marking)).join('\n\n')}\n`;
  if (form === 'html') return `${htmlHead(title)}${htmlOf(blocks, marking)}\n</html>\n`;
  return `${blocks.map((block) => textOf(block, marking)).join('\n\n')}\n`;
}

/** A page that is one table, written as its rows come. */
export interface TableWriter {
  /** What stands before the rows. */
  readonly head: string;
  row(cells: readonly Cell[]): string;
  /** What stands after them. */
  readonly tail: string;
}

/** Opens a page of one table below its title, for tables of any length. */
export function openTable(title: string, columns: readonly string[], form: Exclude<PageForm, 'text'>): TableWriter {
  if (form === 'csv') return { head: csvRow(columns.map(withoutControls)), row: csvLine, tail: '' };
  if (form === 'md') {
    const head = `# ${markdown(title)}\n\n${markdownHead(columns)}\n`;
    return { head, row: (cells) => `${markdownRow(cells)}\n`, tail: '' };
  }
  return {
    head: `${htmlHead(title)}<h1>${escapeHtml(title)}</h1>\n${tableHead(columns)}`,
    row: (cells) => `${tableRow(cells)}\n`,
    tail: '</tbody>\n</table>\n</html>\n',
  };
}

/**
 * Writes rows as CSV (RFC 4180). A cell that a spreadsheet would run as a formula gets an apostrophe in front, control
 * characters are struck.
 */
export function writeCsv(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  return csvRow(columns.map(withoutControls)) + rows.map(csvLine).join('');
}

function csvLine(cells: readonly Cell[]): string {
  return csvRow(cells.map((one) => withoutControls(one.lines.join('; '))));
}

/** A cell of one line. */
export function cell(text: string, options: { readonly marked?: boolean; readonly href?: string } = {}): Cell {
  return { lines: text === '' ? [] : [text], ...options };
}

function textOf(block: Block, marking: Marking | undefined): string {
  switch (block.kind) {
    case 'heading':
      return block.level === 1
        ? `${plain(block.text)}\n${'='.repeat(Math.min(plain(block.text).length, 80))}`
        : plain(block.text);
    case 'text':
      return wrap(plain(block.text), 96).join('\n');
    case 'list':
      return block.items.map((item) => itemText(item, marking)).join('\n');
    case 'sources':
      return block.items.map(sourceText).join('\n');
    case 'table':
      return tableText(block.columns, block.rows);
  }
}

const LEAD_WIDTH = 18;

function itemText({ lead, text, sources, notes }: Item, marking: Marking | undefined): string {
  const margin = ' '.repeat(LEAD_WIDTH + 3);
  const lit = (line: string) =>
    marking?.color === true
      ? pieces(line, marking, (piece, isLit) => (isLit ? `\u001b[1;4m${piece}\u001b[22;24m` : piece))
      : line;
  const [first = '', ...rest] = wrap(plain(`${text}${noteWords(notes)}`), 96 - margin.length).map(lit);
  const head = plain(lead);
  const lines = head.length > LEAD_WIDTH ? [`  ${head}`, margin + first] : [`  ${head.padEnd(LEAD_WIDTH)} ${first}`];
  lines.push(...rest.map((line) => margin + line));
  for (const source of sources)
    lines.push(...wrap(plain(source), 94 - margin.length).map((line) => `${margin}  ${lit(line)}`));
  return lines.map((line) => line.trimEnd()).join('\n');
}

function noteWords(notes: Item['notes'] = []): string {
  return notes.length === 0 ? '' : ` ${notes.map(({ number }) => `[${number}]`).join(' ')}`;
}

function sourceText({ number, text, url, id }: SourceNote): string {
  const [first = '', ...rest] = wrap(plain(`${text} · ${id}`), 88);
  const margin = ' '.repeat(6);
  const address = url === null ? [] : [`${margin}  ${plain(url)}`];
  return [`${`[${number}]`.padStart(5)} ${first}`, ...rest.map((line) => `${margin}${line}`), ...address].join('\n');
}

/** A table in columns as wide as they need to be, and no wider than the page shared out among them. */
function tableText(columns: readonly string[], rows: readonly (readonly Cell[])[]): string {
  const mark = (one: Cell) => one.lines.map((line) => (one.marked === true ? `≠ ${plain(line)}` : plain(line)));
  const cells = [columns.map((column) => [plain(column)]), ...rows.map((row) => row.map(mark))];
  const widest = Math.max(16, Math.floor(104 / Math.max(1, columns.length)));
  const needed = columns.map((_, index) =>
    Math.max(1, ...cells.flatMap((row) => (row[index] ?? []).map((line) => line.length))),
  );
  const fits = needed.reduce((sum, width) => sum + 2 + width, -2) <= 108;
  const widths = fits ? needed : needed.map((width) => Math.min(widest, width));
  const lines = cells.flatMap((row, rowIndex) => {
    const wrapped = widths.map((width, index) => (row[index] ?? []).flatMap((line) => wrap(line, width)));
    const height = Math.max(1, ...wrapped.map((part) => part.length));
    const written = Array.from({ length: height }, (_, line) =>
      widths
        .map((width, index) => (wrapped[index]![line] ?? '').padEnd(width))
        .join('  ')
        .trimEnd(),
    );
    return rowIndex === 0 ? [...written, widths.map((width) => '-'.repeat(width)).join('  ')] : written;
  });
  return lines.join('\n');
}

/** Writes a text piece by piece, words and what is between them; each by itself, so that what is written escapes it. */
function pieces(text: string, marking: Marking | undefined, write: (piece: string, isLit: boolean) => string): string {
  if (marking === undefined) return write(text, false);
  const parts = text.split(/([\p{L}\p{N}\p{M}]+)/u);
  // Every other part is a word.
  return parts.map((part, i) => (part === '' ? '' : write(part, i % 2 === 1 && marking.isLit(part)))).join('');
}

/** Breaks a line at blanks to the width; a word longer than that is cut. */
function wrap(text: string, width: number): string[] {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    let rest = word;
    while (rest.length > width) {
      if (line !== '') lines.push(line);
      line = '';
      lines.push(rest.slice(0, width));
      rest = rest.slice(width);
    }
    if (line === '') line = rest;
    else if (line.length + 1 + rest.length <= width) line += ` ${rest}`;
    else {
      lines.push(line);
      line = rest;
    }
  }
  lines.push(line);
  return lines;
}

function markdownOf(block: Block, marking: Marking | undefined): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level)} ${markdown(block.text)}`;
    case 'text':
      return markdown(block.text);
    case 'list':
      return block.items
        .map((item) =>
          [
            `- **${markdown(item.lead)}** ${markdown(item.text, marking)}${markdown(noteWords(item.notes)).replace(/^(?=.)/, ' ')}`,
            ...item.sources.map((source) => `  - ${markdown(source, marking)}`),
          ].join('\n'),
        )
        .join('\n');
    case 'sources':
      return block.items
        .map(({ number, text, url, id }) => {
          const address = url !== null && isWebAddress(url) ? ` <${url}>` : '';
          return `- ${markdown(`[${number}] ${text} · ${id}`)}${address}`;
        })
        .join('\n');
    case 'table':
      return [markdownHead(block.columns), ...block.rows.map(markdownRow)].join('\n');
  }
}

function markdownHead(columns: readonly string[]): string {
  return `| ${columns.map((column) => markdown(column)).join(' | ')} |\n| ${columns.map(() => '---').join(' | ')} |`;
}

function markdownRow(cells: readonly Cell[]): string {
  const cellOf = (one: Cell) =>
    one.lines.map((line) => (one.marked === true ? `**≠ ${markdown(line)}**` : markdown(line))).join('<br>');
  return `| ${cells.map(cellOf).join(' | ')} |`;
}

/** Plain text as Markdown that shows it: everything Markdown or HTML could take as markup is escaped. */
function markdown(text: string, marking?: Marking): string {
  const escaped = pieces(plain(text), marking, (piece, isLit) => {
    const safe = piece
      .replace(/[\\`*_{}[\]#|~!]/g, '\\$&')
      .replaceAll('&', '&amp;')
      .replaceAll('<', '&lt;')
      .replaceAll('>', '&gt;');
    return isLit ? `**${safe}**` : safe;
  });
  return escaped.replace(/^([-+]|\d+[.)])(?=\s)/, '\\$&');
}

/** True for an address that a page may lead to: of the web, and without what could end a link or a line. */
export function isWebAddress(url: string): boolean {
  return /^https?:\/\/[^\s<>"'`\\\p{Cc}]+$/iu.test(url);
}

function htmlHead(title: string): string {
  return `${[
    '<!doctype html>',
    '<html lang="en">',
    `<meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>${escapeHtml(title)}</title>`,
    '<style>body{font:16px/1.5 system-ui,sans-serif;max-width:75rem;margin:2rem auto;padding:0 1rem;color-scheme:light dark}',
    'table{border-collapse:collapse}td,th{text-align:left;vertical-align:top;padding:.3rem .8rem .3rem 0;border-bottom:1px solid #8886}',
    'mark{background:#fd08;color:inherit}small{opacity:.75;display:block}</style>',
  ].join('\n')}\n`;
}

/** The blocks as HTML, without a page around them. */
export function htmlOf(blocks: readonly Block[], marking?: Marking): string {
  return blocks.map((block) => blockHtml(block, marking)).join('\n');
}

function blockHtml(block: Block, marking: Marking | undefined): string {
  switch (block.kind) {
    case 'heading':
      return `<h${block.level}>${escapeHtml(block.text)}</h${block.level}>`;
    case 'text':
      return `<p>${escapeHtml(block.text)}</p>`;
    case 'list': {
      const items = block.items.map(({ lead, text, sources, notes = [], links }) => {
        const small = sources.map(
          (source, index) => `<small>${linked(source, links?.sources[index], marking)}</small>`,
        );
        const numbers = notes.map(
          ({ number, href = `#source-${number}` }) => `<sup><a href="${escapeHtml(href)}">${number}</a></sup>`,
        );
        return `<li><b>${escapeHtml(lead)}</b> ${linked(text, links?.text, marking)}${numbers.join(' ')}${small.join('')}</li>`;
      });
      return `<ul>\n${items.join('\n')}\n</ul>`;
    }
    case 'sources': {
      const items = block.items.map(({ number, text, url }) => {
        const isLink = url !== null && (isWebAddress(url) || url.startsWith('/documents/'));
        const rel = isLink && !url.startsWith('/') ? ' rel="noreferrer noopener"' : '';
        const words = isLink ? `<a href="${escapeHtml(url)}"${rel}>${escapeHtml(text)}</a>` : escapeHtml(text);
        return `<li id="source-${number}" value="${number}">${words}</li>`;
      });
      return `<ol>\n${items.join('\n')}\n</ol>`;
    }
    case 'table':
      return `${tableHead(block.columns)}${block.rows.map(tableRow).join('\n')}\n</tbody>\n</table>`;
  }
}

function tableHead(columns: readonly string[]): string {
  const head = columns.map((column) => `<th scope="col">${escapeHtml(column)}</th>`).join('');
  return `<table>\n<thead><tr>${head}</tr></thead>\n<tbody>\n`;
}

function tableRow(cells: readonly Cell[]): string {
  return `<tr>${cells.map(cellHtml).join('')}</tr>`;
}

function linked(text: string, href: string | undefined, marking: Marking | undefined): string {
  const words = pieces(text, marking, (piece, isLit) =>
    isLit ? `<mark>${escapeHtml(piece)}</mark>` : escapeHtml(piece),
  );
  return href === undefined ? words : `<a href="${escapeHtml(href)}">${words}</a>`;
}

function cellHtml(one: Cell): string {
  const lines = one.lines.map((line) => (one.marked === true ? `<mark>${escapeHtml(line)}</mark>` : escapeHtml(line)));
  const text = lines.join('<br>');
  return `<td>${one.href === undefined ? text : `<a href="${escapeHtml(one.href)}">${text}</a>`}</td>`;
}
