import { describe, expect, test } from 'vitest';
import { loadReader } from '../src/app/load.ts';
import { explainClaim } from '../src/events/explain.ts';
import { readAloud } from '../src/pipeline.ts';
import { caseFiles } from './cases.ts';
import { textDocument } from './document.ts';

// The format of these cases stands in test/cases/README.md.
const reader = loadReader();

for (const { file, cases } of caseFiles('explain')) {
  describe(file, () => {
    for (const { name, published, text, expected } of cases) {
      test(name, () => {
        const { reading, sentences } = readAloud(textDocument(text, published), reader);
        const told = reading.claims
          .flatMap((claim) => explainClaim(reading, claim, sentences, reader.patterns))
          .map(({ field, value, words, path, note }) => [field, value, `“${words}”`, path ?? '', note ?? '']);
        const shown = told.map((parts) => parts.join(' | ')).join('\n');
        for (const line of expected) {
          const [field, value, ...rest] = line.split(' | ');
          const found = told.some(
            (parts) =>
              parts[0] === field &&
              parts[1] === value &&
              rest.every((part) => parts.slice(2).some((one) => one.includes(part))),
          );
          expect(found, `expected ${line}\ntold:\n${shown}`).toBe(true);
        }
      });
    }
  });
}
