import { diffWordsWithSpace } from 'diff';
import type { Document } from '../source/document.ts';
import type { Event } from './event.ts';

/** A stretch of words that a version has and the one before it lacks, or the other way round; `null`: in both. */
export interface Change {
  readonly words: string;
  readonly change: 'added' | 'removed' | null;
}

/** What a version of a text changed: its words, and the events told only in one of the two. */
export interface VersionChange {
  readonly words: readonly Change[];
  readonly came: readonly Event[];
  readonly went: readonly Event[];
}

/** A version of a text and the events it tells of. */
export interface Version {
  readonly document: Document;
  readonly events: readonly Event[];
}

/** Compares a version with the one before it. A change of blanks is none. */
export function changeBetween(older: Version, newer: Version): VersionChange {
  const had = new Set(older.events.map(({ id }) => id));
  const has = new Set(newer.events.map(({ id }) => id));
  return {
    words: diffWordsWithSpace(bare(older.document), bare(newer.document)).map(({ value, added, removed }) => ({
      words: value,
      change: value.trim() === '' ? null : added ? 'added' : removed ? 'removed' : null,
    })),
    came: newer.events.filter(({ id }) => !had.has(id)),
    went: older.events.filter(({ id }) => !has.has(id)),
  };
}

function bare({ text }: Document): string {
  return text.replace(/[^\S\n]+/g, ' ').trim();
}
