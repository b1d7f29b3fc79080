import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { basename, resolve } from 'node:path';
import { z } from 'zod';
import { ReadoutError } from '../error.ts';
import { READING_SCHEMA } from '../events/ontology.ts';
import type { PatternFile } from '../events/patterns/patternfile.ts';
import { shippedDigest } from './load.ts';
import type { Context } from './operation.ts';
import { packageVersion } from './shell.ts';

/** `--patterns FILE`, as often as one likes: rules of one's own, tried before Readout's. */
export const patternsOption = z
  .array(z.string())
  .default([])
  .meta({ description: 'patterns of your own, tried first (again for more)', placeholder: 'FILE', each: true });

/** Takes the pattern files that the user names. Throws `input.missing` or `input.unreadable` naming the file. */
export function takePatterns(paths: readonly string[], { cwd }: Pick<Context, 'cwd'>): readonly PatternFile[] {
  return paths.map((path) => {
    try {
      return { name: path, text: readFileSync(resolve(cwd, path), 'utf8') };
    } catch (cause) {
      const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
      const problem = missing ? 'no such file. Check the spelling' : 'expected a readable file of patterns';
      throw new ReadoutError(missing ? 'input.missing' : 'input.unreadable', `--patterns ${path}: ${problem}.`, {
        cause,
      });
    }
  });
}

/**
 * What the record notes as the maker of a reading: the form of readings, Readout's version with the digest of its weights,
 * tables and patterns, and the patterns beside its own.
 */
export function readerName(patterns: readonly PatternFile[]): string {
  const own = patterns.map(({ name, text }) => {
    const digest = createHash('sha256').update(text).digest('hex').slice(0, 12);
    return ` + ${basename(name)} sha256:${digest}`;
  });
  return `${READING_SCHEMA} ${packageVersion()} sha256:${shippedDigest()}${own.join('')}`;
}
