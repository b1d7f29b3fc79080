import type { Store } from '../../record/store.ts';

/** Answers of one record that are remembered at most. */
const MOST = 200;
const kept = new WeakMap<Store, { version: string; readonly answers: Map<string, unknown> }>();

/**
 * What `make` gives, from memory as long as the record stays as it is: the pages of one view, and the forms of all, count the
 * same events again and again.
 */
export async function remembered<Answer>(store: Store, key: string, make: () => Promise<Answer>): Promise<Answer> {
  const version = await store.version();
  let memory = kept.get(store);
  if (memory?.version !== version) {
    memory = { version, answers: new Map() };
    kept.set(store, memory);
  }
  const { answers } = memory;
  if (answers.has(key)) return answers.get(key) as Answer;
  const answer = await make();
  answers.set(key, answer);
  if (answers.size > MOST) answers.delete([...answers.keys()][0]!);
  return answer;
}
