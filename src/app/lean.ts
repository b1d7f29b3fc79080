import { READING_SCHEMA } from '../events/ontology.ts';
import type { Reading } from '../events/reading.ts';
import type { Event } from '../record/event.ts';
import { headlineOf } from '../record/headline.ts';
import { momentOf } from '../record/hours.ts';
import { tellingsOf } from '../record/telling.ts';

/** Letters of a document's text, and claims of an event, that are given at once. */
const PART_LETTERS = 20_000;
const PART_CLAIMS = 40;

/** One part of what is long: which of how many, and what asks for the next. */
interface Part {
  readonly part: number;
  readonly parts: number;
  readonly next?: { readonly part: number };
}

/**
 * What a language model is given of an answer: events with their headline and their day in words, and nothing that is of use to
 * programs alone: places in texts, what is empty, and ids that stand beside a claim already. Lists at the top stay, empty
 * or not.
 */
export function lean(value: unknown): unknown {
  const plain = told(JSON.parse(JSON.stringify(value)));
  return Array.isArray(plain) ? { items: plain } : plain;
}

/** The `part` of a whole document with words for what it tells, or of a whole event with many claims; others as they are. */
export function partOf(value: unknown, part: number): unknown {
  if (isReading(value)) return readingPart(value, part);
  if (!isEvent(value)) return value;
  const { claims, ...event } = value;
  const parts = Math.max(1, Math.ceil(claims.length / PART_CLAIMS));
  const at = within(part, parts);
  const shown = claims.slice((at.part - 1) * PART_CLAIMS, at.part * PART_CLAIMS);
  // The headline is of the whole, and so are the fields.
  return { ...heading(value), ...event, claims: shown, ...(parts === 1 ? {} : at) };
}

/** A reading with words where it has places in its text, and ids replaced by what they stand for. */
function readingPart(reading: Reading, part: number): object {
  const { id, title, outlet, published, url, text } = reading.document;
  const starts = startsOf(text);
  const at = within(part, starts.length);
  const [from, to] = [starts[at.part - 1]!, starts[at.part] ?? text.length];
  const claims = tellingsOf(reading)
    .filter(({ evidence: { sentence } }) => sentence.from >= from && sentence.from < to)
    .map(({ document: _, title: __, lead: ___, parties: ____, ...telling }) => telling);
  const document = { id, title, outlet, published, url };
  return { document, claims, text: text.slice(from, to), ...(starts.length === 1 ? {} : at) };
}

/** Where the parts of a text begin: each at a line, or at a word where lines are long. */
function startsOf(text: string): readonly number[] {
  const starts = [0];
  for (let from = 0; text.length - from > PART_LETTERS; ) {
    const piece = text.slice(from, from + PART_LETTERS);
    const end = Math.max(piece.lastIndexOf('\n'), piece.lastIndexOf(' ', PART_LETTERS / 2) + 1, PART_LETTERS / 2);
    from += end;
    starts.push(from);
  }
  return starts;
}

function within(part: number, parts: number): Part {
  const at = Math.min(Math.max(1, part), parts);
  return { part: at, parts, ...(at < parts ? { next: { part: at + 1 } } : {}) };
}

function heading(event: Event): { readonly headline: string; readonly date: string } {
  return { headline: headlineOf(event), date: momentOf(event) };
}

/** Of use to programs alone. */
const DROPPED = new Set(['evidence', 'documents', 'claim', 'codes', 'to', 'cameo', 'scale', 'rule', 'lead']);

function told(value: unknown, depth = 0): unknown {
  if (Array.isArray(value)) return value.map((one) => told(one, depth + 1));
  if (typeof value !== 'object' || value === null) return value;
  const whole = isEvent(value) && !('headline' in value) ? { ...heading(value), ...value } : value;
  const isPart = 'evidence' in value || ('value' in value && 'claims' in value) || 'codes' in value || isEvent(value);
  const entries = Object.entries(whole).flatMap(([name, one]) => {
    if (isPart && DROPPED.has(name)) return [];
    // A report that is nobody's copy is its own origin.
    if (name === 'origin' && one === (value as { readonly document?: unknown }).document) return [];
    const plain = told(one, depth + 1);
    return (depth > 0 || isEvent(value)) && isNothing(plain) ? [] : [[name, plain] as const];
  });
  return Object.fromEntries(entries);
}

function isNothing(value: unknown): boolean {
  if (value === null) return true;
  return typeof value === 'object' && Object.keys(value).length === 0;
}

function isEvent(value: object | unknown): value is Event {
  return (
    typeof value === 'object' && value !== null && 'disagreements' in value && 'claims' in value && 'status' in value
  );
}

function isReading(value: unknown): value is Reading {
  return typeof value === 'object' && value !== null && 'schema' in value && value.schema === READING_SCHEMA;
}
