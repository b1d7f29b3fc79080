import { createHash } from 'node:crypto';
import { READING_SCHEMA } from '../../src/events/ontology.ts';
import type { Actor, Claim, Figure, Place, Reading, Statement, Time } from '../../src/events/reading.ts';
import type { Span } from '../../src/source/span.ts';
import { dayText, type ToldTime } from './days.ts';
import type { Piece } from './template.ts';
import type { City, Outlet } from './world.ts';

/** What stands in a place of a template: words, and what is to be noted of where they stand. */
export interface Filling {
  readonly words: string;
  readonly note?: (span: Span) => void;
}

/** What goes into a place of a template; `undefined` leaves the brackets around it out. */
export type Fill = (slot: string, words: string) => Filling | undefined;

/** A statement whose source and cue are written, and whose content is not yet. */
export interface OpenStatement {
  readonly id: string;
  readonly filling: Filling;
  close(content: Span): void;
}

/** A report while it is written: its text grows, and with it what is read out of it. */
export class Draft {
  readonly #actors = new Map<string, Omit<Actor, 'mentions'> & { readonly mentions: Span[] }>();
  readonly #times: Time[] = [];
  readonly #places: Place[] = [];
  readonly #figures: Figure[] = [];
  readonly #statements: Statement[] = [];
  readonly #claims: Claim[] = [];
  readonly #most: number;
  #text = '';
  #sentences = 0;

  /** Sentences after the first `most` are not written (default: all are). */
  constructor({ most = Number.POSITIVE_INFINITY }: { readonly most?: number } = {}) {
    this.#most = most;
  }

  /** How many claims there are. */
  get claims(): number {
    return this.#claims.length;
  }

  /** Begins a paragraph. */
  paragraph(): void {
    if (this.#text !== '' && !this.#text.endsWith('\n')) this.#text += '\n';
  }

  /** Writes a sentence, and gives where it stands; `undefined` when the report has ended before. */
  write(pieces: readonly Piece[], fill: Fill): Span | undefined {
    if (this.#sentences >= this.#most) return undefined;
    this.#sentences += 1;
    if (this.#text !== '' && !this.#text.endsWith('\n')) this.#text += ' ';
    const from = this.#text.length;
    let sentence = '';
    const add = (words: string) => {
      sentence += sentence === '' ? words.charAt(0).toUpperCase() + words.slice(1) : words;
    };
    const put = ({ words, note }: Filling) => {
      const at = from + sentence.length;
      add(words);
      note?.({ from: at, to: at + words.length });
    };
    for (const piece of pieces) {
      if (typeof piece === 'string') add(piece);
      else if ('slot' in piece) put(fill(piece.slot, piece.words)!);
      else {
        const filled = piece.optional.map((one) =>
          typeof one === 'string' ? { words: one } : 'slot' in one ? fill(one.slot, one.words) : undefined,
        );
        if (filled.every((one) => one !== undefined)) for (const one of filled) put(one);
      }
    }
    this.#text += sentence;
    return { from, to: from + sentence.length };
  }

  /** An actor called by these words. */
  mention(
    actor: Omit<Actor, 'id' | 'mentions'>,
    words: string,
    note: (id: string, span: Span) => void = () => {},
  ): Filling {
    return {
      words,
      note: (span) => {
        const key = `${actor.kind} ${actor.name}`;
        let known = this.#actors.get(key);
        if (known === undefined) {
          known = { id: `a${this.#actors.size + 1}`, ...actor, mentions: [] };
          this.#actors.set(key, known);
        }
        known.mentions.push(span);
        note(known.id, span);
      },
    };
  }

  /** Words for a time. */
  time(
    { words, value, earliest, latest, basis }: ToldTime,
    note: (index: number, span: Span) => void = () => {},
  ): Filling {
    return {
      words,
      note: (span) => {
        // "on Tuesday": the preposition is not part of it.
        const from = span.from + words.length - words.replace(/^(?:on|in) /, '').length;
        this.#times.push({ from, to: span.to, type: 'date', value, earliest, latest, basis });
        note(this.#times.length - 1, { from, to: span.to });
      },
    };
  }

  /** A city, or the country that it lies in when `country` is its name. */
  place(city: City, country: string | undefined, note: (index: number, span: Span) => void = () => {}): Filling {
    const where =
      country === undefined
        ? { ...city, precision: 'city' as const }
        : { name: country, country: city.country, geonames: null, lat: null, lon: null, precision: 'country' as const };
    return {
      words: where.name,
      note: (span) => {
        this.#places.push({ ...span, ...where });
        note(this.#places.length - 1, span);
      },
    };
  }

  /** A number of something. */
  figure(value: number, unit: string, note: (index: number) => void = () => {}): Filling {
    return {
      words: `${value.toLocaleString('en-US')} ${unit}`,
      note: (span) => {
        this.#figures.push({ ...span, value, bound: 'exact', unit });
        note(this.#figures.length - 1);
      },
    };
  }

  /** A statement by somebody; the sentence that holds it is given to `close`. */
  statement(speaker: Omit<Actor, 'id' | 'mentions'>, words: string): OpenStatement {
    const id = `s${this.#statements.length + 1}`;
    let source: Span | undefined;
    let by: string | undefined;
    const filling = this.mention(speaker, words, (actor, span) => {
      source = span;
      by = actor;
    });
    return {
      id,
      filling,
      close: (content) => {
        const cue = this.#text.indexOf('said', content.from);
        this.#statements.push({
          ...{ id, speaker: by!, source: source!, cue: cue < 0 ? null : { from: cue, to: cue + 4 }, content },
          ...{ quotation: 'indirect', kind: 'said', anonymous: false },
        });
      },
    };
  }

  /** Adds a claim to those that there are. */
  claim(claim: Omit<Claim, 'id'>): void {
    this.#claims.push({ id: `c${this.#claims.length + 1}`, ...claim });
  }

  /** The reading of what was written. */
  reading({
    title,
    outlet,
    url,
    published,
  }: {
    readonly title: string;
    readonly outlet: Outlet;
    readonly url: string;
    readonly published: number;
  }): Reading {
    const day = dayText(published);
    return {
      schema: READING_SCHEMA,
      document: {
        id: createHash('sha256').update(this.#text).digest('hex'),
        ...{ title, authors: [], url, language: 'en', form: outlet.kind === 'official' ? 'statement' : 'article' },
        ...{ outlet, published: { from: day, to: day, basis: 'metadata', evidence: null }, updated: null, pages: null },
        ...{ text: this.#text, removed: [] },
      },
      actors: [...this.#actors.values()],
      times: this.#times,
      places: this.#places,
      figures: this.#figures,
      statements: this.#statements,
      claims: this.#claims,
    };
  }
}
