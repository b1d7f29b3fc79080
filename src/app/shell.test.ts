import { describe, expect, test } from 'vitest';
import { oldNodeWords } from './shell.ts';

describe('a Node that is too old', () => {
  test.each(['20.20.2', '22.17.9', '18.0.0'])('is told what is needed (%s)', (version) => {
    expect(oldNodeWords(version)).toMatch(new RegExp(`^Node 22\\.18 or newer is needed, and this is ${version};`));
  });

  test.each(['22.18.0', '24.21.0', process.versions.node])('is not one that will do (%s)', (version) => {
    expect(oldNodeWords(version)).toBeUndefined();
  });
});
