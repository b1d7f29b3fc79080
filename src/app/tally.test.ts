import { expect, test } from 'vitest';
import { ReadoutError } from '../error.ts';
import { Tally } from './tally.ts';

function asker() {
  let at = 0;
  const lines: string[] = [];
  const failures: string[] = [];
  return {
    lines,
    failures,
    wait: (ms: number) => {
      at += ms;
    },
    progress: (line: string) => lines.push(line),
    fail: (error: Error) => failures.push(error.message),
    now: () => new Date(at),
  };
}

test('progress says how many, what failed, how many a second and what time is left', () => {
  const asking = asker();
  const meter = { read: 0, total: 1000 };
  const tally = new Tally(['extracted'], asking, { meter });
  asking.wait(2000);
  meter.read = 100;
  tally.count('extracted');
  tally.fail(new ReadoutError('input.unreadable', 'a.html: it is broken.'));
  expect(asking.lines).toEqual([
    '1 extracted, 0 failed, 0.5 a second, 18 s left',
    '1 extracted, 1 failed, 0.5 a second, 18 s left',
  ]);
  expect(asking.failures).toEqual(['a.html: it is broken.']);
  asking.wait(1_000_000);
  expect(tally.line()).toMatch(/, 2\.5 h left$/);
});

test('progress as JSON has the same figures; time is left out where the end is not known', () => {
  const asking = asker();
  const tally = new Tally(['added', 'known already'], asking, { json: true });
  asking.wait(1000);
  tally.count('known already');
  expect(JSON.parse(asking.lines[0]!)).toEqual({ added: 0, known: 1, failed: 0, perSecond: 1, secondsLeft: null });
});

test('the report tells failures by their kind where there are many', () => {
  const tally = new Tally(['read'], asker());
  for (let i = 0; i < 12; i++)
    tally.fail(new ReadoutError('input.unreadable', `f${i}: ${i < 10 ? `byte ${i} is wrong` : 'no such file'}.`));
  expect(tally.summary()).toBe('0 read, 12 could not be read.\n      10 × byte … is wrong.\n       2 × no such file.');
});
