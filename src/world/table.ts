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
  for (let start = 0; start < text.length; ) {
    let end = text.indexOf('\n', start);
    if (end < 0) end = text.length;
    if (text.charCodeAt(start) !== 35 && end > start) {
      lines.push(start);
      let keysEnd = text.indexOf('\t', start);
      if (keysEnd < 0 || keysEnd > end) keysEnd = end;
      for (const marked of text.slice(start, keysEnd).split('|')) {
        const key = marked.slice(marked.indexOf('=') + 1);
        const known = starts.get(key);
        if (known === undefined) starts.set(key, start);
        else if (typeof known === 'number') starts.set(key, [known, start]);
        else known.push(start);
        noteReach(reaches, key);
      }
    }
    start = end + 1;
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
      const unique = typeof at === 'number' ? [at] : [...new Set(at)];
      return unique.flatMap((start) => usesOf(text, start, key).map((use) => ({ row: row(start), use })));
    },
    reach: (firstWord) => reaches.get(firstWord) ?? 0,
    rows: () => lines.map(row),
  };
}

function noteReach(reaches: Map<string, number>, key: string): void {
  const blank = key.indexOf(' ');
  const first = blank < 0 ? key : key.slice(0, blank);
  let count = 1;
  for (let at = blank; at >= 0; at = key.indexOf(' ', at + 1)) count++;
  if (count > (reaches.get(first) ?? 0)) reaches.set(first, count);
}

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
  const end = text.indexOf('\n', start);
  return text.slice(start, end < 0 ? text.length : end);
}
