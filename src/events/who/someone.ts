import type { CodedActor } from '../../world/phrase.ts';
import { bare } from '../tree.ts';
import type { Mention } from './mentions.ts';

/** Someone the document speaks of, while it is being read. */
export interface Someone {
  readonly id: string;
  name: string;
  coded: CodedActor;
  gender: 'he' | 'she' | undefined;
  readonly mentions: Mention[];
  /** Places of a state, by which it is meant only where an act is done to it. */
  readonly towns: Mention[];
  /** Place of the last mention in the document, and whether it was a subject. */
  lastSentence: number;
  lastProminent: boolean;
}

/** Those spoken of as one last: "X and Y", "the two leaders". */
export interface Together {
  readonly sentence: number;
  readonly meant: readonly Someone[];
  /** True where they do something together; "the talks between X and Y" only names them. */
  readonly acting: boolean;
}

/** Gives the one known under a key, or someone new. */
export type Introduce = (key: string, name: string, coded: CodedActor) => Someone;

/** True of a person known by name. */
export function isPerson(someone: Someone): boolean {
  return (
    someone.coded.kind === 'person' &&
    (someone.mentions.length === 0 || someone.mentions.some((mention) => mention.form === 'name'))
  );
}

/** True of a person who can be one of "the two leaders". */
export function isPrincipal(someone: Someone): boolean {
  return (
    isPerson(someone) &&
    !/spokes|press secretary/i.test(someone.coded.office ?? '') &&
    (someone.coded.sectors.length === 0 || someone.coded.sectors.some((sector) => sector === 'GOV' || sector === 'ELI'))
  );
}

/** True of a state. */
export function isState(someone: Someone): boolean {
  return someone.coded.kind === 'state';
}

/** True of the subject of a clause: likelier than others to be meant next. */
export function isProminent(mention: Mention): boolean {
  return bare(mention.head.relation) === 'nsubj';
}

/** A subject and an object of one verb are not the same unless the words say so ("himself"). */
export function isClauseMate(mention: Mention, someone: Someone, sentence: number): boolean {
  const last = someone.mentions.at(-1)!;
  if (someone.lastSentence !== sentence || last.tree !== mention.tree) return false;
  return last.head.head === mention.head.head && mention.head.relation !== 'nmod:poss';
}

/** The last word of a name, in small letters. */
export function lastWordOf(name: string): string {
  return name.slice(name.lastIndexOf(' ') + 1).toLowerCase();
}

/** The noun that a name has before its "of", in small letters: "house" of "House of Representatives". */
export function bodyWord(name: string): string | undefined {
  const at = name.indexOf(' of ');
  return at < 0 ? undefined : lastWordOf(name.slice(0, at));
}
