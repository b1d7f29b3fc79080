import { expect, test } from 'vitest';
import { Progress } from './progress.ts';

function watched(isTTY: boolean): { progress: Progress; written: string[]; at: (milliseconds: number) => void } {
  const written: string[] = [];
  let now = 0;
  const progress = new Progress({ isTTY, columns: 20, write: (text) => written.push(text) }, () => now);
  return {
    progress,
    written,
    at: (milliseconds) => {
      now = milliseconds;
    },
  };
}

test('the first second is silent', () => {
  const { progress, written, at } = watched(true);
  at(999);
  progress.show('early');
  progress.clear();
  expect(written).toEqual([]);
});

test('on a terminal the newest line replaces the last, no wider than it, and is taken away at the end', () => {
  const { progress, written, at } = watched(true);
  at(1000);
  progress.show('one that is much too long for it');
  at(1050);
  progress.show('too soon');
  at(1200);
  progress.show('two');
  progress.clear();
  expect(written).toEqual(['\r\u001b[Kone that is much to', '\r\u001b[Ktwo', '\r\u001b[K']);
});

test('in a file a plain line stands every five seconds', () => {
  const { progress, written, at } = watched(false);
  for (let second = 0; second < 13; second += 1) {
    at(second * 1000);
    progress.show(`${second}`);
  }
  progress.clear();
  expect(written).toEqual(['1\n', '6\n', '11\n']);
});
