/**
 * What comes, in lists of at most `most`, each given at the latest `ms` milliseconds after its first has come. The next
 * is asked for only while a list is open: a full one is given first.
 */
export async function* inBatches<One>(
  source: AsyncIterable<One>,
  { most, ms }: { readonly most: number; readonly ms: number },
): AsyncGenerator<readonly One[]> {
  const iterator = source[Symbol.asyncIterator]();
  let next: Promise<IteratorResult<One>> | undefined;
  let timer: NodeJS.Timeout | undefined;
  try {
    for (;;) {
      const batch: One[] = [];
      let late: Promise<undefined> | undefined;
      while (batch.length < most) {
        next ??= iterator.next();
        const result: IteratorResult<One> | undefined = await (late ? Promise.race([next, late]) : next);
        if (result === undefined) break;
        next = undefined;
        if (result.done) {
          if (batch.length > 0) yield batch;
          return;
        }
        batch.push(result.value);
        late ??= new Promise((resolve) => {
          timer = setTimeout(() => resolve(undefined), ms);
        });
      }
      clearTimeout(timer);
      // Its error is heard by whoever waits for the next list; until then it must not end the program.
      next?.catch(() => {});
      yield batch;
    }
  } finally {
    clearTimeout(timer);
    const closed = iterator.return?.();
    // A source that lets us wait would let us wait for its end too.
    if (next === undefined) await closed;
    else closed?.catch(() => {});
  }
}
