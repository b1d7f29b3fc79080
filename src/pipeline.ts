import { codeEvents } from './events/code.ts';
import { inferPublished } from './events/dated.ts';
import { tokensOfDatelines } from './events/dateline.ts';
import { findFigures } from './events/figures.ts';
import { READING_SCHEMA } from './events/ontology.ts';
import type { PatternFile } from './events/patterns/patternfile.ts';
import { type Patterns, parsePatterns } from './events/patterns/patterns.ts';
import { findPlaces } from './events/places.ts';
import type { Reading } from './events/reading.ts';
import { findStatements } from './events/said/attribution.ts';
import { findTurns } from './events/said/turns.ts';
import { findTimes } from './events/time/times.ts';
import { growTree, tokensIn } from './events/tree.ts';
import { castOf, settledActors } from './events/who/actors.ts';
import { issuersIn } from './events/who/jointly.ts';
import { findMentions } from './events/who/mentions.ts';
import { worldOf } from './events/who/namesakes.ts';
import { withSpeakers } from './events/who/voices.ts';
import { analyze } from './nlp/analyze.ts';
import { loadModel, type Model } from './nlp/model.ts';
import type { Sentence } from './nlp/sentence.ts';
import type { Document } from './source/document.ts';
import { openWorld, type World, type WorldTables } from './world/world.ts';

/** All that reading needs, opened once: the English core, the world's tables, the patterns. */
export interface Reader {
  readonly model: Model;
  readonly world: World;
  readonly patterns: Patterns;
}

/** What a reader is made from. `weights` are the bytes of `model/english.bin`; the first of `patterns` is tried first. */
export interface ReaderFiles {
  readonly weights: Uint8Array;
  readonly tables: WorldTables;
  readonly patterns: readonly PatternFile[];
}

/**
 * Opens a reader.
 *
 * @throws ReadoutError `model.format` or `tables.format` when a file is not what it should be
 */
export function openReader(files: ReaderFiles): Reader {
  return {
    model: loadModel(files.weights),
    world: openWorld(files.tables),
    patterns: parsePatterns(files.patterns),
  };
}

/** Reads one document: source → nlp → events. A document in another language gives an empty reading; one too
 * short to tell is read. */
export function read(doc: Document, reader: Reader): Reading {
  return readAloud(doc, reader).reading;
}

/** {@link read}, with the sentences it stands on, for those who ask why. */
export function readAloud(doc: Document, reader: Reader): { reading: Reading; sentences: readonly Sentence[] } {
  const { model, patterns } = reader;
  // A date inferred by an earlier reading is an answer, not a fact that a later one may count from.
  const published = doc.published?.basis === 'inferred' ? null : doc.published;
  const on = published?.from ?? null;
  const sentences =
    doc.language === 'en' || doc.language === null ? analyze(doc.text, model, { skip: doc.removed }) : [];
  const trees = sentences.map(growTree);
  const world = worldOf(trees, reader.world);

  const times = findTimes(doc.text, sentences, published);
  const figures = findFigures(doc.text, sentences, times);
  const dated = tokensIn(trees, times);
  const places = findPlaces(trees, world, dated);
  const mentions = findMentions(trees, world, on, new Set([...dated, ...tokensOfDatelines(trees)]));
  const turns = findTurns(doc.text);
  const official = doc.outlet?.kind === 'official';
  const issuer = official ? doc.outlet.country : null;
  const headline =
    doc.title !== null && trees.length > 0 && (turns.length > 0 || !official)
      ? findMentions(analyze(doc.title, model).map(growTree), world, on, new Set()).flat()
      : [];
  const named = castOf(mentions, world, {
    ...{ issuer, on, turns },
    // The title of a statement names the other one: "Minister meets Norwegian colleague".
    headline: official ? [] : headline,
    // A conversation calls its speakers by surname; its title has them in full.
    namedBefore: turns.length > 0 ? headline : [],
    jointly: issuer !== null && doc.title !== null && turns.length === 0 ? issuersIn(doc.title, world, issuer) : [],
  });
  const statements = findStatements(doc.text, trees, named, turns);
  const cast = withSpeakers(named, statements);
  const claims = codeEvents(trees, patterns, { cast, times, places, figures, statements, turns, published });

  return {
    reading: {
      schema: READING_SCHEMA,
      document: { ...doc, published: published ?? inferPublished(claims, times) },
      actors: settledActors(cast, claims, statements),
      times,
      places: places.all,
      figures,
      statements,
      claims,
    },
    sentences,
  };
}
