import { setTimeout as wait } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { inBatches } from './batches.ts';

async function* numbers(count: number, pauses: Readonly<Record<number, number>> = {}): AsyncGenerator<number> {
  for (let number = 0; number < count; number += 1) {
    if (pauses[number]) await wait(pauses[number]);
    yield number;
  }
}

async function listed(
  source: AsyncIterable<number>,
  most: number,
  ms = 10_000,
): Promise<readonly (readonly number[])[]> {
  const batches: (readonly number[])[] = [];
  for await (const batch of inBatches(source, { most, ms })) batches.push(batch);
  return batches;
}

test('lists are full where things come fast, and the last holds the rest', async () => {
  expect(await listed(numbers(7), 3)).toEqual([[0, 1, 2], [3, 4, 5], [6]]);
  expect(await listed(numbers(6), 3)).toEqual([
    [0, 1, 2],
    [3, 4, 5],
  ]);
  expect(await listed(numbers(0), 3)).toEqual([]);
});

test('what came is given when nothing more comes for a while', async () => {
  expect(await listed(numbers(5, { 2: 400 }), 3, 50)).toEqual([
    [0, 1],
    [2, 3, 4],
  ]);
});

test('an error comes after what came before it was given', async () => {
  const source = (async function* () {
    yield 0;
    await wait(300);
    throw new Error('broken');
  })();
  const batches: (readonly number[])[] = [];
  const all = (async () => {
    for await (const batch of inBatches(source, { most: 3, ms: 50 })) batches.push(batch);
  })();
  await expect(all).rejects.toThrow('broken');
  expect(batches).toEqual([[0]]);
});

test('a full list is given before the next is asked for, and the source is closed with the caller', async () => {
  const asked: number[] = [];
  let closed = false;
  const source = (async function* () {
    try {
      for await (const number of numbers(9)) {
        asked.push(number);
        yield number;
      }
    } finally {
      closed = true;
    }
  })();
  for await (const [number] of inBatches(source, { most: 1, ms: 1000 })) {
    expect(asked.at(-1)).toBe(number);
    if (number === 3) break;
  }
  expect(closed).toBe(true);
});
