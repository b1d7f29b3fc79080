import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { type DayInterval, findDates, parseDate } from './date.ts';
import type { Document, DocumentForm, Published, Removed } from './document.ts';
import { findFurniture } from './furniture.ts';
import { languageOf } from './language.ts';
import { creditedOutlet, mastheadOf, outletOf } from './outlet.ts';
import { findPublished, type PublishedHints } from './published.ts';
import type { Span } from './span.ts';

/** What a format gives of a document; the rest is found in the text. */
export interface Parts extends PublishedHints {
  readonly text: string;
  readonly title: string | null;
  /** The outlet's name as given or as the page says. */
  readonly outlet: string | null;
  readonly authors?: readonly string[];
  /** What the format says it is; an official outlet's own page is a statement without saying so. */
  readonly form?: DocumentForm;
  /** Dates of the last change as written, best first. */
  readonly updates?: readonly string[];
  readonly pages?: readonly Span[];
  /** Stretches that the format itself knows to be no part of the report (a page's captions), in order. */
  readonly removed: readonly Removed[];
}

/** Makes a document: its id, language, outlet, date, headline and furniture. The text stays as it came. */
export function composeDocument(parts: Parts): Document {
  const { text, url } = parts;
  const published = findPublished(text, parts);
  const removed = merged([...parts.removed, ...dateLine(text, published)], findFurniture(text));
  const outlet = outletOf(parts.outlet ?? (url ? null : (mastheadOf(text) ?? creditedOutlet(text))), url);
  const form = parts.form ?? 'article';
  return {
    id: bytesToHex(sha256(utf8ToBytes(text))),
    title: parts.title ?? headlineOf(text, removed),
    authors: parts.authors ?? [],
    url,
    language: languageOf(parts.title ? `${parts.title}\n${text}` : text),
    form: form === 'article' && outlet?.kind === 'official' ? 'statement' : form,
    outlet,
    published,
    updated: updatedOf(parts.updates ?? [], published),
    pages: parts.pages ?? null,
    text,
    removed,
  };
}

// A change on the day of publication is none that a reader needs to know of.
function updatedOf(updates: readonly string[], published: Published | null): DayInterval | null {
  const days = updates.map(parseDate).find((one) => one !== null);
  return days && (!published || days.from > published.to) ? { from: days.from, to: days.to } : null;
}

/**
 * The headline of a plain text: its first line that is no furniture, if that is short, no sentence, and more follows.
 * Else null.
 */
export function headlineOf(text: string, removed: readonly Removed[]): string | null {
  const head = text.slice(0, 1500);
  for (const match of head.matchAll(/[^\n]*\S[^\n]*/g)) {
    const line = match[0].trim();
    const from = match.index + match[0].indexOf(line);
    const to = from + line.length;
    if (removed.some((block) => block.from <= from && to <= block.to)) continue;
    const words = line.split(/\s+/).length;
    const shaped = line.length <= 200 && words >= 2 && !/[.,;:][”"’']?$/.test(line) && /\p{L}/u.test(line);
    return shaped && findDates(line).length === 0 && /\S/.test(head.slice(to)) ? line : null;
  }
  return null;
}

// A line that dates the document ("Northgate Times | 26 March 2031") is no sentence of the report.
function dateLine(text: string, published: Published | null): readonly Removed[] {
  if (published?.basis !== 'text' || !published.evidence) return [];
  const end = text.indexOf('\n', published.evidence.to);
  const line = { from: text.lastIndexOf('\n', published.evidence.from) + 1, to: end === -1 ? text.length : end };
  const words = text.slice(line.from, line.to);
  const from = line.from + words.length - words.trimStart().length;
  return [{ from, to: line.from + words.trimEnd().length, reason: 'byline' }];
}

// What the format knows comes first; a line that both found is listed once.
function merged(known: readonly Removed[], found: readonly Removed[]): readonly Removed[] {
  if (known.length === 0) return found;
  const extra = found.filter((line) => known.every((block) => line.to <= block.from || block.to <= line.from));
  return [...known, ...extra].sort((a, b) => a.from - b.from);
}
