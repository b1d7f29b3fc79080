import { CAMEO } from '../cameo.ts';
import { ONTOLOGY } from '../ontology.ts';
import type { PatternFile } from './patternfile.ts';
import type { Condition, Rule } from './patterns.ts';

/*
 * Verb dictionaries of TABARI's family as PETRARCH and PETRARCH2 have them (openeventdata/petrarch2, CAMEO.2.0.txt), read as
 * rules:
 *
 *     &CURRENCY                       a set of words, one to a line
 *     +DOLLARS
 *     ---  AGREE   [050]  ---         a block: its verbs share the code, unless they bring their own, and the patterns
 *     AGREE
 *     +SIDE_WITH [051]                a phrase, "+" before its verb
 *     - * (TO {PEACE PLAN})  [037]    words before and after the verb "*"; $ + % ^ stand for the parties
 *
 * Words of a pattern may stand anywhere on their side of the verb in its clause: trees find the parties, so the marks of
 * nouns, phrases and skipped clauses need no positions; `+` in a phrase names the preposition of the recipient. A code
 * that PLOVER does not have ("---", or 01: comment) makes a pattern that keeps other rules from its verb. Of two patterns
 * the longer is tried first, as there.
 */

/** True for the text of a verb dictionary. */
export function isPetrarch(text: string): boolean {
  return /^---.*\[[^\]]*\].*---[ \t]*$/m.test(text);
}

const RECIPIENTS = [
  'object',
  'to',
  'with',
  'against',
  'on',
  'at',
  'from',
  'for',
  'of',
  'indirect',
  'clause.object',
  'in',
];

interface Block {
  readonly name: string;
  /** The line it begins at. */
  readonly number: number;
  readonly code: string;
  readonly verbs: string[];
  readonly patterns: {
    readonly number: number;
    readonly left: string;
    readonly right: string;
    readonly code: string;
  }[];
}

/** The rules of a verb dictionary, each named by its block and its line: `petrarch.agree.5615`. */
export function petrarchRules({ text }: PatternFile): readonly { readonly rule: Rule; readonly number: number }[] {
  const sets = new Map<string, string[]>();
  const told: { rule: Rule; number: number }[] = [];
  let set: string[] | undefined;
  let block: Block | undefined;

  const close = (): void => {
    if (!block) return;
    const { name, number, code, verbs, patterns } = block;
    const rules = patterns.flatMap((pattern) => {
      const conditions = [...wordsOf(pattern.left, 'left', sets), ...wordsOf(pattern.right, 'right', sets)];
      return ruleOf(name, pattern.number, verbs, pattern.code, conditions, recipientsOf(pattern.right), true);
    });
    told.push(...rules, ...ruleOf(name, number, verbs, code, [], [], false));
    block = undefined;
  };

  for (const [index, raw] of text.split(/\r?\n/).entries()) {
    const line = raw.replace(/#.*|<!--.*?-->/g, '').trim();
    const number = index + 1;
    const code = /\[([^\]]*)\]/.exec(line)?.[1]?.split(':').at(0)?.trim() ?? '';
    if (line === '') continue;
    if (line.startsWith('---')) {
      close();
      set = undefined;
      const name = /^-+\s*([A-Z]+)/.exec(line)?.[1] ?? 'verb';
      block = { name: name.toLowerCase(), number, code, verbs: [], patterns: [] };
    } else if (line.startsWith('&')) {
      set = [];
      sets.set(line.split(/\s+/)[0]!.replace(/_$/, ''), set);
    } else if (line.startsWith('+') && set) {
      set.push(plain(line.slice(1)));
    } else if (!block) {
    } else if (/^-\s/.test(line)) {
      const [left = '', right = ''] = line.slice(1).replace(/\[.*$/, '').split('*');
      block.patterns.push({ number, left, right, code });
    } else {
      set = undefined;
      const phrase = line.replace(/[[{].*$/, '').trim();
      const words = phrase.split('_').filter((word) => word !== '');
      const at = Math.max(
        0,
        words.findIndex((word) => word.startsWith('+')),
      );
      const verb = plain(words[at]?.replace('+', '') ?? '');
      if (verb === '') continue;
      const around = [
        ...wordsOf(words.slice(0, at).join(' '), 'left', sets),
        ...wordsOf(words.slice(at + 1).join(' '), 'right', sets),
      ];
      if (around.length === 0 && code === '') block.verbs.push(verb);
      else told.push(...ruleOf(block.name, number, [verb], code || block.code, around, [], false));
    }
  }
  close();
  return told.sort((a, b) => b.rule.conditions.length - a.rule.conditions.length);
}

function ruleOf(
  name: string,
  number: number,
  triggers: readonly string[],
  code: string,
  conditions: readonly Condition[],
  recipients: readonly string[],
  silencing: boolean,
): readonly { readonly rule: Rule; readonly number: number }[] {
  const known = CAMEO.get(code);
  if (triggers.length === 0 || (!known && !(silencing && /^(?:---|01\d*)$/.test(code)))) return [];
  const id = `petrarch.${name}.${number}`;
  const type = ONTOLOGY.find((row) => row.type === known?.event) ?? ONTOLOGY[0]!;
  return [
    {
      number,
      rule: {
        ...{ id, type, event: known ? type.type : 'none', cameo: code, modes: known?.modes ?? [] },
        ...{ trigger: 'verb', triggers, conditions, joint: false, actors: ['subject'] },
        recipients: [...new Set([...recipients, ...RECIPIENTS])],
        ...{ medium: undefined, status: undefined, again: [], example: '' },
      },
    },
  ];
}

/** A condition for each word of one side; marks of parties and of phrases are none. */
function wordsOf(
  side: string,
  slot: 'left' | 'right',
  sets: ReadonlyMap<string, readonly string[]>,
): readonly Condition[] {
  const words = side.split(/[\s_{}()]+/).filter((word) => word !== '' && !/^[$+%^~]$/.test(word));
  return words.flatMap((word) => {
    const members = word.startsWith('&') ? expand(word, sets, []) : [plain(word)];
    return members.length === 0 ? [] : [{ slot, words: new Set(members), negated: false }];
  });
}

/** The members of a set, those of sets in it too. */
function expand(
  name: string,
  sets: ReadonlyMap<string, readonly string[]>,
  inside: readonly string[],
): readonly string[] {
  if (inside.includes(name)) return [];
  const members = sets.get(name) ?? sets.get(name.replace(/S$/, '')) ?? [];
  return members.flatMap((member) =>
    member.startsWith('&') ? expand(member.toUpperCase(), sets, [...inside, name]) : [member],
  );
}

/** "(TO +)": the recipient stands behind "to". */
function recipientsOf(right: string): readonly string[] {
  return [...right.matchAll(/([A-Z]+)[\s_]+\+/g)].map((found) => found[1]!.toLowerCase());
}

/** Words in small letters, "+" between those of a phrase. */
function plain(words: string): string {
  return words
    .trim()
    .toLowerCase()
    .replace(/[_\s]+$/, '')
    .replace(/[_\s]+/g, '+');
}
