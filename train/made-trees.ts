/**
 * Trees made up for what treebanks hold too little of: verbs with a particle and an object, which an act of diplomacy often is
 * ("called off the talks"). `node train/made-trees.ts OUT.conllu`. Features and names are left open.
 */
import { writeFileSync } from 'node:fs';

interface Word {
  readonly form: string;
  readonly upos: string;
  /** Place of the head in the phrase, from 0; -1 for the phrase's own head. */
  readonly head: number;
  readonly relation: string;
}

const [target] = process.argv.slice(2);
if (target === undefined) throw new Error('usage: made-trees.ts OUT.conllu');

let seed = 7;
/** A small generator with a fixed seed (mulberry32): the same trees on every run. */
function random(): number {
  seed = (seed + 0x6d2b79f5) | 0;
  let t = Math.imul(seed ^ (seed >>> 15), 1 | seed);
  t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
  return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
}

const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
const list = (words: string) => words.split(' ');

// Plain form, past, participle, particle.
const VERBS = [
  'call called called off',
  'break broke broken off',
  'cut cut cut off',
  'put put put off',
  'turn turned turned down',
  'shut shut shut down',
  'play played played down',
  'water watered watered down',
  'set set set up',
  'step stepped stepped up',
  'give gave given up',
  'hold held held up',
  'break broke broken up',
  'take took taken up',
  'draw drew drawn up',
  'carry carried carried out',
  'rule ruled ruled out',
  'work worked worked out',
  'throw threw thrown out',
  'kick kicked kicked out',
  'lay laid laid out',
  'hand handed handed over',
  'take took taken over',
  'send sent sent back',
  'bring brought brought back',
  'pull pulled pulled back',
  'hold held held back',
  'put put put forward',
  'wave waved waved through',
].map(list);
const COUNTRIES = list(
  'Russia Chad Peru Israel China Iran Turkey Norway Mali India Ukraine Cuba Egypt Japan Serbia Kenya',
);
const DAYS = list('Monday Tuesday Wednesday Thursday Friday Saturday Sunday');
const THINGS = list(
  'talks meeting visit summit offer plan attack operation blockade force commission border embassy troops envoys sanctions deal draft proposal hostages aid relations negotiations',
);
const PEOPLE = list('minister president envoy government army rebels ambassador council parliament sides');
const KINDS = list('planned joint new military trade nuclear direct peace second');

const subject = (): Word[] =>
  random() < 0.5
    ? [{ form: pick(COUNTRIES), upos: 'PROPN', head: -1, relation: '' }]
    : [
        { form: 'The', upos: 'DET', head: 1, relation: 'det' },
        { form: pick(PEOPLE), upos: 'NOUN', head: -1, relation: '' },
      ];

function thing(): Word[] {
  const head = { form: pick(THINGS), upos: 'NOUN', head: -1, relation: '' };
  const luck = random();
  if (luck < 0.2) return [head];
  const first = pick([
    { form: 'the', upos: 'DET', relation: 'det' },
    { form: 'its', upos: 'PRON', relation: 'nmod:poss' },
    { form: 'all', upos: 'DET', relation: 'det' },
  ]);
  if (luck < 0.7) return [{ ...first, head: 1 }, head];
  return [{ ...first, head: 2 }, { form: pick(KINDS), upos: 'ADJ', head: 2, relation: 'amod' }, head];
}

const sentences = Array.from({ length: 900 }, sentence);
writeFileSync(target, sentences.join('\n'));
console.log(`${sentences.length} sentences`);

function sentence(): string {
  const words: Word[] = [];
  const [plain = '', past = '', participle = '', particle = ''] = pick(VERBS);
  const place = (phrase: readonly Word[], relation: string): number => {
    const start = words.length;
    for (const word of phrase) {
      words.push(word.head < 0 ? { ...word, head: -2, relation } : { ...word, head: start + word.head });
    }
    return start + phrase.findIndex((word) => word.head < 0);
  };
  const word = (form: string, upos: string, head: number, relation: string): number =>
    words.push({ form, upos, head, relation }) - 1;
  const luck = random();
  let root: number;
  let verb: number;
  if (luck < 0.2) {
    // The talks were called off.
    place(thing(), 'nsubj:pass');
    word(pick(['was', 'were']), 'AUX', -2, 'aux:pass');
    root = verb = word(participle, 'VERB', -1, 'root');
    word(particle, 'ADP', verb, 'compound:prt');
  } else {
    place(subject(), 'nsubj');
    if (luck < 0.4) {
      // Chad agreed to call off the talks.
      root = word(pick(['agreed', 'refused', 'wants', 'threatened', 'decided']), 'VERB', -1, 'root');
      word('to', 'PART', root + 2, 'mark');
      verb = word(plain, 'VERB', root, 'xcomp');
    } else if (luck < 0.55) {
      word(pick(['will', 'would', 'could', 'must']), 'AUX', -2, 'aux');
      root = verb = word(plain, 'VERB', -1, 'root');
    } else if (luck < 0.7) {
      word(pick(['has', 'had', 'have']), 'AUX', -2, 'aux');
      root = verb = word(participle, 'VERB', -1, 'root');
    } else root = verb = word(past, 'VERB', -1, 'root');
    const before = random() < 0.8;
    if (before) word(particle, 'ADP', verb, 'compound:prt');
    const object = place(thing(), 'obj');
    words[object] = { ...words[object]!, head: verb };
    if (random() < 0.25) {
      word('with', 'ADP', words.length + 1, 'case');
      word(pick(COUNTRIES), 'PROPN', object, 'nmod');
    }
    if (!before) word(particle, 'ADP', verb, 'compound:prt');
  }
  if (random() < 0.6) {
    word('on', 'ADP', words.length + 1, 'case');
    word(pick(DAYS), 'PROPN', verb, 'obl');
  }
  word('.', 'PUNCT', root, 'punct');
  // What still hangs nowhere belongs to the root.
  const rows = words.map(({ form, upos, head, relation }, index) => {
    const shown = index === 0 ? form[0]!.toUpperCase() + form.slice(1) : form;
    const above = head === -2 ? root + 1 : head + 1;
    const misc = index === words.length - 2 ? 'SpaceAfter=No' : '_';
    return [index + 1, shown, '_', upos, '_', '_', above, relation, '_', misc].join('\t');
  });
  return `# names = unknown\n${rows.join('\n')}\n`;
}
