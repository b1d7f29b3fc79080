import type { Token } from './sentence.ts';

/** Verbs that ask for, or are bent on, what a following infinitive tells. */
const BENT = new Set('urge call ask encourage implore press intend plan want aim seek aspire pledge commit'.split(' '));

/** What "we" do in the same breath as "we urge": no further thing that is urged. */
const SPOKEN = new Set(
  (
    'condemn reiterate welcome express thank commend congratulate reaffirm affirm stand support remain look continue ' +
    'reject extend offer send join believe underscore note recognize recognise applaud hope regret deplore praise ' +
    'acknowledge call urge ask wish honor honour mourn share hold oppose appreciate expect have know see think ' +
    'stress emphasize emphasise want demand encourage intend'
  ).split(' '),
);

/**
 * A sentence's tokens with verbs of a series hung where they can stand: in "agreed to fight hunger, share grain and open
 * ports" a bare "share" is no fellow of "agreed" but of the infinitive before it; "we urge them to stop, open the ports and
 * …" asks for all of it. Linear in the sentence but for its series.
 */
export function mended(tokens: readonly Token[]): readonly Token[] {
  return withSeries(withPlans(withUnder(tokens)));
}

/** "Under Secretary Berg thanked …": the title's first word is no preposition, and who has it is the verb's subject or object. */
function withUnder(tokens: readonly Token[]): readonly Token[] {
  const moved = new Map<number, Token>();
  for (const token of tokens) {
    const next = tokens[token.index + 1];
    if (token.form !== 'Under' || token.upos !== 'ADP' || next?.form !== 'Secretary') continue;
    moved.set(token.index, { ...token, upos: 'ADJ', head: next.index, relation: 'amod' });
    const named = tokens[token.head];
    const verb = named?.relation === 'obl' ? tokens[named.head] : undefined;
    if (!named || !verb) continue;
    const led = tokens.some(({ head, relation }) => head === verb.index && /^nsubj/.test(relation));
    moved.set(named.index, { ...named, relation: led ? 'obj' : 'nsubj' });
  }
  return moved.size === 0 ? tokens : tokens.map((token) => moved.get(token.index) ?? token);
}

/** Nouns that an infinitive right behind them is the content of. */
const PLANS = new Set(
  (
    'plan effort attempt intention intent decision commitment pledge promise threat readiness willingness ability bid ' +
    'desire drive determination refusal ambition campaign'
  ).split(' '),
);

/** "warned in clear terms of Chad's plans to close the port": what stands right behind the plans is planned. */
function withPlans(tokens: readonly Token[]): readonly Token[] {
  const moved = new Map<number, Token>();
  for (const token of tokens) {
    const to = tokens[token.index - 1];
    const noun = tokens[token.index - 2];
    if (noun?.upos !== 'NOUN' || !PLANS.has(noun.lemma) || to!.form !== 'to' || to!.head !== token.index) continue;
    if (token.upos !== 'VERB' || token.head === noun.index || !/^(?:acl|advcl)$/.test(token.relation)) continue;
    if (token.head < noun.index && !hangsOn(tokens, noun, token))
      moved.set(token.index, { ...token, head: noun.index, relation: 'acl' });
  }
  return moved.size === 0 ? tokens : tokens.map((token) => moved.get(token.index) ?? token);
}

function withSeries(tokens: readonly Token[]): readonly Token[] {
  const moved = new Map<number, Token>();
  const led = new Set<number>();
  for (const { head, relation } of tokens) if (/^(?:nsubj|aux|mark|cop|expl)/.test(relation)) led.add(head);
  for (const token of tokens) {
    if (token.relation !== 'conj' || led.has(token.index) || !isBareVerb(token)) continue;
    const first = tokens[token.head]!;
    if (first.upos !== 'VERB' || first.index > token.index) continue;
    const before = moved.get(first.index);
    const stands = before !== undefined ? undefined : fellowOf(tokens, first, token);
    if (before === undefined && stands === undefined) continue;
    moved.set(token.index, { ...token, head: stands?.index ?? first.index, feats: 'VerbForm=Inf' });
  }
  return moved.size === 0 ? tokens : tokens.map((token) => moved.get(token.index) ?? token);
}

/** The infinitive between a verb and its conjunct that the conjunct goes with, if it can not go with the verb. */
function fellowOf(tokens: readonly Token[], first: Token, conjunct: Token): Token | undefined {
  const bent = isBareVerb(first);
  if (bent && (!BENT.has(first.lemma) || SPOKEN.has(conjunct.lemma))) return undefined;
  for (let i = conjunct.index - 1; i > first.index; i--) {
    const token = tokens[i]!;
    if (isBareVerb(token) && token.feats.includes('VerbForm=Inf') && hangsOn(tokens, token, first)) return token;
  }
  return undefined;
}

/** "share": as in the dictionary, and no past that looks alike ("put"). */
function isBareVerb({ upos, form, lemma, feats }: Token): boolean {
  return upos === 'VERB' && form === lemma && !/Tense=Past|VerbForm=Part/.test(feats);
}

/** How far up a word is looked for. */
const DEPTH = 6;

function hangsOn(tokens: readonly Token[], token: Token, above: Token): boolean {
  let { head } = token;
  for (let step = 0; head >= 0 && step < DEPTH; step++, head = tokens[head]!.head)
    if (head === above.index) return true;
  return false;
}
