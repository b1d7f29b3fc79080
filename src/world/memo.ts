/**
 * A function that remembers what it gave: news repeats its words. It forgets all when it holds `most` answers, so that a
 * hostile text cannot fill the heap.
 */
export function remember<Value>(most: number, make: (key: string) => Value): (key: string) => Value {
  const known = new Map<string, { readonly value: Value }>();
  return (key) => {
    let held = known.get(key);
    if (held === undefined) {
      held = { value: make(key) };
      if (known.size >= most) known.clear();
      known.set(key, held);
    }
    return held.value;
  };
}

/**
 * The same for what is found at a token of a sentence. A sentence is known by its list of forms: whoever asks with the same
 * list asks for it once.
 */
export function rememberAt<Value>(
  find: (forms: readonly string[], start: number) => Value,
): (forms: readonly string[], start: number) => Value {
  const known = new WeakMap<readonly string[], { readonly value: Value }[]>();
  return (forms, start) => {
    let cells = known.get(forms);
    if (cells === undefined) {
      cells = [];
      known.set(forms, cells);
    }
    cells[start] ??= { value: find(forms, start) };
    return cells[start].value;
  };
}
