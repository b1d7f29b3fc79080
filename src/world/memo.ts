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
