/**
 * A shipped table read in place. Its text is lines of tab-separated fields under a head of `#` lines (source, licence,
 * columns); the first field holds the keys a line is found by, joined by `|`, each normalized and optionally marked with
 * its use: `russia|adjective=russian|capital=moscow`. Opening only notes where each key's lines start; a line is parsed
 * when it is first asked for.
 */
export interface KeyedTable<Row> {
  /** Rows with this normalized key, in the table's order, with the use the key is marked with. */
  find(key: string): readonly { readonly row: Row; readonly use: string }[];
  /** How many words the longest key has that starts with this word; 0 if none does. */
  reach(firstWord: string): number;
  /** Every row, in the table's order. */
  rows(): readonly Row[];
}

/** Opens the text of a table. `parse` gets a line's fields, the keys' field first, as `rows` and `find` ask for them. */
export function openTable<Row>(text: string, parse: (fields: readonly string[]) => Row): KeyedTable<Row> {
  // One line start for most keys, a list for shared ones: most maps then hold plain numbers.
  const starts = new Map<string, number | number[]>();
  const reaches = new Map<string, number>();
  const lines: number[] = [];
  const parsed = new Map<number, Row>();
  // What a text names once it names again; only keys of the table get in here.
  const met = new Map<string, readonly { readonly row: Row; readonly use: string }[]>();
  const note = (start: number, from: number, to: number) => {
    const key = text.slice(from, to);
    const known = starts.get(key);
    if (known === undefined) starts.set(key, start);
    else if (typeof known === 'number') starts.set(key, [known, start]);
    else known.push(start);
  };
  // One pass over the characters: this runs at every start of the program.
  for (let start = 0; start < text.length; ) {
    if (text.charCodeAt(start) === HASH) {
      start = lineEnd(text, start) + 1;
      continue;
    }
    lines.push(start);
    let from = start;
    let blank = -1;
    let blanks = 0;
    for (let at = start; ; at++) {
      const code = at < text.length ? text.charCodeAt(at) : NEWLINE;
      if (code === EQUALS) from = at + 1;
      else if (code === BLANK) {
        if (blanks++ === 0) blank = at;
      } else if (code === BAR || code === TAB || code === NEWLINE) {
        if (at > from) note(start, from, at);
        if (blanks > 0) {
          const first = text.slice(from, blank);
          if (blanks >= (reaches.get(first) ?? 0)) reaches.set(first, blanks + 1);
        }
        if (code !== BAR) break;
        from = at + 1;
        blanks = 0;
      }
    }
    start = lineEnd(text, start) + 1;
  }
  const row = (start: number): Row => {
    let found = parsed.get(start);
    if (found === undefined) {
      found = parse(lineAt(text, start).split('\t'));
      parsed.set(start, found);
    }
    return found;
  };
  return {
    find: (key) => {
      const at = starts.get(key);
      if (at === undefined) return [];
      let entries = met.get(key);
      if (entries === undefined) {
        const unique = typeof at === 'number' ? [at] : [...new Set(at)];
        entries = unique.flatMap((start) => usesOf(text, start, key).map((use) => ({ row: row(start), use })));
        met.set(key, entries);
      }
      return entries;
    },
    reach: (firstWord) => reaches.get(firstWord) ?? (starts.has(firstWord) ? 1 : 0),
    rows: () => lines.map(row),
  };
}

const HASH = 35;
const EQUALS = 61;
const BLANK = 32;
const BAR = 124;
const TAB = 9;
const NEWLINE = 10;

function usesOf(text: string, start: number, key: string): string[] {
  const uses: string[] = [];
  const line = lineAt(text, start);
  const tab = line.indexOf('\t');
  for (const marked of (tab < 0 ? line : line.slice(0, tab)).split('|')) {
    const mark = marked.indexOf('=');
    if (marked.slice(mark + 1) === key) uses.push(mark < 0 ? 'name' : marked.slice(0, mark));
  }
  return uses;
}

function lineAt(text: string, start: number): string {
  return text.slice(start, lineEnd(text, start));
}

function lineEnd(text: string, start: number): number {
  const end = text.indexOf('\n', start);
  return end < 0 ? text.length : end;
}
