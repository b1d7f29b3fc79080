/** A value of a table's cell: numbers are ours and stand as they are, texts come from reports. */
export type CellValue = string | number | boolean | null;

/**
 * A text that no spreadsheet runs: one that begins with `=`, `+`, `-`, `@`, a tab or a return (or their wide forms) gets
 * an apostrophe in front.
 */
export function defused(text: string): string {
  return /^[=+\-@\t\r\n＝＋－＠]/.test(text) ? `'${text}` : text;
}

/** A row of CSV (RFC 4180) with its line end. Nothing is an empty cell. */
export function csvRow(cells: readonly CellValue[]): string {
  const texts = cells.map((cell) => {
    if (typeof cell !== 'string') return cell === null ? '' : String(cell);
    const safe = defused(cell.replaceAll('\0', ' '));
    return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe;
  });
  return `${texts.join(',')}\r\n`;
}

/**
 * A row of tab-separated values with its line end. Tabs and line ends in a text become blanks, so that every row has as
 * many cells as the first; `missing` stands for nothing.
 */
export function tsvRow(cells: readonly CellValue[], missing: string): string {
  const texts = cells.map((cell) => {
    if (typeof cell !== 'string') return cell === null ? missing : String(cell);
    // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is looked for
    const line = cell.replace(/[\s\u0000-\u001f\u007f-\u009f]+/g, ' ').trim();
    return line === '' ? missing : defused(line);
  });
  return `${texts.join('\t')}\n`;
}
