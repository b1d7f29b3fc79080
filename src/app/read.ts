import { z } from 'zod';
import { explainClaim } from '../events/explain.ts';
import type { Claim } from '../events/reading.ts';
import type { Sentence } from '../nlp/sentence.ts';
import { contains } from '../source/span.ts';
import { readTogether } from './crew.ts';
import { inputFields, measureInputs, takeInputs } from './inputs.ts';
import { loadReader } from './load.ts';
import { defineOperation } from './operation.ts';
import { explanationPage, readingPage } from './page.ts';
import { patternsOption, takePatterns } from './patterns.ts';
import { Tally } from './tally.ts';

/** `readout read`: reads documents and prints what they tell. Stores nothing. */
export const readOperation = defineOperation({
  input: z.object({
    ...inputFields,
    patterns: patternsOption,
    json: z.boolean().default(false).meta({ description: 'print each reading as indented JSON' }),
    jsonl: z.boolean().default(false).meta({ description: 'print one reading a line' }),
    text: z.boolean().default(false).meta({ description: 'print a page for people (the default)' }),
    explain: z
      .boolean()
      .default(false)
      .meta({ description: 'print why each field of a claim is what it is: rule, words, way in the tree' }),
  }),
  positional: ['inputs'],
  examples: [
    'readout read report.txt --published 2021-12-08',
    'readout read reports/ --jsonl > readings.jsonl',
    'readout read report.txt --patterns own.txt',
  ],
  async run(input, context) {
    const patterns = takePatterns(input.patterns, context);
    // Reasons are worked out here, where the reader is.
    const crew = input.explain ? undefined : context.crew;
    const reader = crew === undefined ? loadReader(patterns) : undefined;
    let count = 0;
    const meter = await measureInputs(input.inputs, context.cwd);
    const tally = new Tally(['read'], context, { json: input.json || input.jsonl, meter });
    const inputs = takeInputs(input.inputs, { ...input, ...context, meter });
    for await (const told of readTogether(inputs, reader, { aloud: input.explain, patterns, crew })) {
      if ('failure' in told) {
        tally.fail(told.failure);
        continue;
      }
      const { reading, sentences } = told;
      const explain = (claim: Claim) => explainClaim(reading, claim, sentences, reader!.patterns);
      if (input.jsonl || input.json) {
        const why = () => reading.claims.map((claim) => ({ claim: claim.id, reasons: explain(claim) }));
        const whole = input.explain ? { ...reading, why: why() } : reading;
        await context.write(`${JSON.stringify(whole, null, input.jsonl ? undefined : 2)}\n`);
      } else {
        const page = input.explain
          ? reading.claims
              .map((claim) => explanationPage(reading, claim, explain(claim), treeLines(claim, sentences)))
              .join('\n\n')
          : readingPage(reading);
        await context.write(`${count === 0 ? '' : '\n'}${page.trimEnd()}\n`);
      }
      count += 1;
      tally.count('read');
    }
    if (tally.failed > 0 && count + tally.failed > 1) context.tell(tally.summary());
  },
});

/** The tree of a claim's sentence, one word a line, indented by depth. */
function treeLines(claim: Claim, sentences: readonly Sentence[]): string {
  const sentence = sentences.find((one) => contains(one, claim.evidence.trigger));
  if (!sentence) return '';
  const { tokens } = sentence;
  return tokens
    .map((token) => {
      let depth = 0;
      for (let above = tokens[token.head]; above; above = tokens[above.head]) depth++;
      const mark = contains(claim.evidence.trigger, token) ? '*' : ' ';
      return `   ${mark}${'  '.repeat(Math.min(depth, 20))} ${token.form}  ${token.relation} ${token.upos} ${token.lemma}`;
    })
    .join('\n');
}
