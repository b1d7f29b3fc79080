import type { Name, NameKind, Sentence } from './sentence.ts';

/**
 * The sentences of one text with names that agree: a name written alike throughout is of one kind, the one that the tagger was
 * surest of over all its places. `text` is what the sentences' offsets are into.
 */
export function agreed(text: string, sentences: readonly Sentence[]): Sentence[] {
  const votes = new Map<string, Map<NameKind, number>>();
  for (const sentence of sentences) {
    for (const name of sentence.names) {
      const key = written(text, sentence, name);
      const kinds = votes.get(key) ?? new Map<NameKind, number>();
      votes.set(key, kinds.set(name.kind, (kinds.get(name.kind) ?? 0) + name.confidence));
    }
  }
  return sentences.map((sentence) => {
    const names = sentence.names.map((name) => {
      const kind = favoured(votes.get(written(text, sentence, name))!);
      return kind === name.kind ? name : { ...name, kind };
    });
    return names.every((name, index) => name === sentence.names[index]) ? sentence : { ...sentence, names };
  });
}

function written(text: string, sentence: Sentence, { first, last }: Name): string {
  return text.slice(sentence.tokens[first]!.from, sentence.tokens[last]!.to).replace(/\s+/g, ' ').toLowerCase();
}

/** The kind with the most votes; of two with the same the one that came first. */
function favoured(kinds: ReadonlyMap<NameKind, number>): NameKind {
  let best: NameKind = 'other';
  let most = -1;
  for (const [kind, votes] of kinds) {
    if (votes > most) {
      best = kind;
      most = votes;
    }
  }
  return best;
}
