import { z } from 'zod';
import { type Document, REMOVED_REASONS } from '../source/document.ts';
import { inputFields, measureInputs, takeInputs } from './inputs.ts';
import { defineOperation } from './operation.ts';
import { Tally } from './tally.ts';

/** `readout extract`: the document inside a page or a scraped text, and what in it is page furniture, and why. */
export const extractOperation = defineOperation({
  input: z.object({
    ...inputFields,
    json: z.boolean().default(false).meta({ description: 'print one JSON array' }),
    jsonl: z.boolean().default(false).meta({ description: 'print one JSON object a line, one for each document' }),
    text: z.boolean().default(false).meta({ description: 'print the article alone, without its furniture' }),
  }),
  positional: ['inputs'],
  examples: [
    'readout extract page.html',
    'readout extract pages/ --jsonl',
    'curl -s https://example.org/story | readout extract - --text',
  ],
  async run(input, context) {
    let count = 0;
    if (input.json) await context.write('[');
    const meter = await measureInputs(input.inputs, context.cwd);
    const tally = new Tally(['extracted'], context, { json: input.json || input.jsonl, meter });
    for await (const taken of takeInputs(input.inputs, { ...input, ...context, meter })) {
      if ('failure' in taken) {
        tally.fail(taken.failure);
        continue;
      }
      const { document } = taken;
      if (input.json) await context.write(`${count === 0 ? '\n' : ',\n'}${JSON.stringify(document, null, 2)}`);
      else if (input.jsonl) await context.write(`${JSON.stringify(document)}\n`);
      else if (input.text) await context.write(`${count === 0 ? '' : '\n\f\n'}${articleOf(document).trim()}\n`);
      else await context.write(`${count === 0 ? '' : '\n'}${pageOf(document)}`);
      count += 1;
      tally.count('extracted');
    }
    if (input.json) await context.write(count === 0 ? ']\n' : '\n]\n');
    if (tally.failed > 0 && count + tally.failed > 1) context.tell(tally.summary());
  },
});

/** A document's text without its furniture. */
export function articleOf(document: Document): string {
  let text = '';
  let last = 0;
  for (const { from, to } of document.removed) {
    text += document.text.slice(last, from);
    last = Math.max(last, to);
  }
  return (text + document.text.slice(last)).replace(/[^\S\n]+$/gm, '').replace(/\n{3,}/g, '\n\n');
}

function pageOf(document: Document): string {
  const { outlet, published } = document;
  const days = published && (published.from === published.to ? published.from : `${published.from} to ${published.to}`);
  const rows = [
    ['title', document.title],
    ['outlet', outlet && [outlet.name, outlet.kind, outlet.country].filter(Boolean).join(', ')],
    ['published', published && `${days} (${published.basis})`],
    ['address', document.url],
    ['language', document.language],
    ['length', `${document.text.length} characters`],
  ];
  const removed = REMOVED_REASONS.flatMap((reason) =>
    document.removed
      .filter((block) => block.reason === reason)
      .map(({ from, to }) => `  ${reason.padEnd(14)} ${from}-${to}  ${shortened(document.text.slice(from, to))}`),
  );
  return [
    ...rows.map(([label, value]) => `${label!.padEnd(10)} ${value ?? '-'}`),
    ...(removed.length > 0 ? ['removed', ...removed] : []),
    '',
    articleOf(document).trim(),
    '',
  ].join('\n');
}

function shortened(words: string): string {
  const line = words.replace(/\s+/g, ' ');
  return line.length > 70 ? `${line.slice(0, 69)}…` : line;
}
