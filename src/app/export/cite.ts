/** What made an export: the program's version, and its English core by the first eight hex digits of its SHA-256. */
export interface Maker {
  readonly version: string;
  readonly core: string;
}

/** What a citation of an export needs to be followed back. */
export interface Citation {
  readonly maker: Maker;
  /** The day the export was made, `YYYY-MM-DD`; handed in, so that the same day gives the same bytes. */
  readonly date: string;
  /** What was asked for, in words: `between USA RUS; from 2021-01-01`. Empty: everything. */
  readonly filter: string;
}

/**
 * The citation as a line: `Readout 0.1.0, English core 1f2e3d4c, record of 2026-11-28, 1,234 events, filter: type
 * SANCTION`. Without `events` it leaves out how many they are: where it stands before the last one is known.
 */
export function citationLine(citation: Citation, events?: number): string {
  const { maker, date, filter } = citation;
  return [
    `Readout ${maker.version}`,
    `English core ${maker.core}`,
    `record of ${date}`,
    ...(events === undefined ? [] : [eventCount(events)]),
    filter === '' ? 'no filter' : `filter: ${filter}`,
  ].join(', ');
}

/** The citation as a BibTeX entry. */
export function citationBibtex(citation: Citation, events: number): string {
  const { maker, date, filter } = citation;
  return [
    `@misc{readout-${date},`,
    `  author  = {{Readout ${latex(maker.version)}}},`,
    `  title   = {A record of diplomacy: ${latex(eventCount(events))}},`,
    `  year    = {${date.slice(0, 4)}},`,
    `  month   = {${Number(date.slice(5, 7))}},`,
    `  note    = {English core ${latex(maker.core)}, record of ${date}, ${filter === '' ? 'no filter' : `filter: ${latex(filter)}`}}`,
    '}',
  ].join('\n');
}

function eventCount(events: number): string {
  return `${events.toLocaleString('en-US')} event${events === 1 ? '' : 's'}`;
}

function latex(text: string): string {
  return text.replace(/[\\{}$&#_%~^]/g, (letter) =>
    letter === '\\' ? '\\textbackslash{}' : letter === '~' || letter === '^' ? `\\${letter}{}` : `\\${letter}`,
  );
}
