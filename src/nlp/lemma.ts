/**
 * Lemmas by exceptions and suffix rules, learned from treebanks by train/lemmas.ts:
 *
 *     class TAB suffix TAB cut TAB ending        "VERB Past" "ied" 3 "y": carried → carry
 *     class TAB ^form  TAB lemma                 "VERB Past" "^met" "meet"
 *
 * A class is the part of speech and the features that inflect it. The longest suffix that is known decides.
 */
export interface Lemmas {
  readonly exceptions: ReadonlyMap<string, string>;
  readonly rules: ReadonlyMap<string, { readonly cut: number; readonly ending: string }>;
}

/** Longest suffix that a rule may ask for. */
export const LONGEST_SUFFIX = 6;

/** Reads the text of the rules. */
export function readLemmas(text: string): Lemmas {
  const exceptions = new Map<string, string>();
  const rules = new Map<string, { cut: number; ending: string }>();
  for (const line of text.split('\n')) {
    const [group, key, value, ending] = line.split('\t');
    if (group === undefined || key === undefined || value === undefined) continue;
    if (key.startsWith('^')) exceptions.set(`${group} ${key.slice(1)}`, value);
    else rules.set(`${group} ${key}`, { cut: Number(value), ending: ending ?? '' });
  }
  return { exceptions, rules };
}

/** The lemma of a form with its tag. */
export function lemmaOf(lemmas: Lemmas, form: string, upos: string, feats: string): string {
  const group = lemmaClass(form, upos, feats);
  const base = lemmaBase(form, upos);
  const known = lemmas.exceptions.get(`${group} ${base}`);
  if (known !== undefined) return known;
  const from = Math.max(0, base.length - LONGEST_SUFFIX);
  for (let at = from; at <= base.length; at++) {
    const rule = lemmas.rules.get(`${group} ${base.slice(at)}`);
    if (rule !== undefined && rule.cut < base.length) return base.slice(0, base.length - rule.cut) + rule.ending;
  }
  return base;
}

/** What a form is inflected from: names and symbols keep their case. */
export function lemmaBase(form: string, upos: string): string {
  const plain = form.replace(/[‘’]/g, "'");
  return upos === 'PROPN' || upos === 'X' || upos === 'SYM' ? plain : plain.toLowerCase();
}

/** Part of speech with the features that inflect, and whether the form is all capitals ("NGOs" is not "ngo"). */
export function lemmaClass(form: string, upos: string, feats: string): string {
  const kept = feats
    .split('|')
    .filter((feat) => /^(Number|Tense|VerbForm|Person|Degree|Case|Poss|Reflex|Gender)=/.test(feat))
    .map((feat) => feat.slice(feat.indexOf('=') + 1))
    .join(',');
  const capitals = upos === 'NOUN' && form.length > 1 && /^[A-Z]{2}/.test(form) ? ' caps' : '';
  return `${upos} ${kept}${capitals}`;
}
