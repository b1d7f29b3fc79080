import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { z } from 'zod';
import { ReadoutError } from '../error.ts';
import { analyze, analyzeWords, readConllu, type Sentence, writeConllu } from '../nlp/index.ts';
import { decodeText } from '../source/decode.ts';
import { loadEnglish } from './load.ts';
import { type Context, defineOperation } from './operation.ts';

/** `readout parse`: words, tags, names and trees of a text, or of words that are given. */
export const parseOperation = defineOperation({
  input: z.object({
    input: z
      .string()
      .default('-')
      .meta({ description: 'a file, or - for standard input (default)', placeholder: 'INPUT' }),
    conllu: z.boolean().default(false).meta({ description: 'print CoNLL-U instead of a table' }),
    goldTokens: z
      .boolean()
      .default(false)
      .meta({ description: 'the input is CoNLL-U; its words and sentences are kept' }),
  }),
  positional: ['input'],
  examples: [
    "echo 'The envoys met in Vienna.' | readout parse",
    'readout parse --conllu report.txt',
    'readout parse --conllu --gold-tokens words.conllu',
  ],
  async run({ input, conllu, goldTokens }, context) {
    const given = decodeText(await bytesOf(input, context), shown(input));
    const model = loadEnglish();
    const { text, sentences } = goldTokens
      ? analyzeWords(named(input, given), model)
      : { text: given, sentences: analyze(given, model) };
    await context.write(conllu ? writeConllu(sentences, text) : sentences.map(tableOf).join('\n'));
  },
});

async function bytesOf(input: string, context: Context): Promise<Uint8Array> {
  if (input === '-') {
    const chunks: Uint8Array[] = [];
    for await (const chunk of context.stdin) chunks.push(chunk);
    return Buffer.concat(chunks);
  }
  try {
    return await readFile(resolve(context.cwd, input));
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    throw new ReadoutError(
      missing ? 'input.missing' : 'input.unreadable',
      missing
        ? `${input}: no such file. Check the spelling, or give - to read standard input.`
        : `${input}: expected a readable file, the system said ${(cause as NodeJS.ErrnoException).code}.`,
      { cause },
    );
  }
}

function named(input: string, content: string): ReturnType<typeof readConllu> {
  try {
    return readConllu(content);
  } catch (cause) {
    if (!(cause instanceof ReadoutError)) throw cause;
    throw new ReadoutError(cause.code, `${shown(input)}: ${cause.message}`, { cause });
  }
}

function shown(input: string): string {
  return input === '-' ? 'standard input' : input;
}

/** One word a line: its number, form, lemma, part of speech, relation and head, and the name that begins there. */
function tableOf(sentence: Sentence): string {
  const rows = sentence.tokens.map((token) => {
    const name = sentence.names.find(({ first }) => first === token.index);
    const words = name && sentence.tokens.slice(name.first, name.last + 1).map(({ form }) => form);
    return [
      String(token.index + 1),
      token.form,
      token.lemma,
      token.upos,
      token.relation,
      token.head < 0 ? '-' : `${sentence.tokens[token.head]!.form} (${token.head + 1})`,
      name === undefined ? '' : `${name.kind}: ${words!.join(' ')}`,
    ];
  });
  const widths = [0, 1, 2, 3, 4, 5].map((column) => Math.max(...rows.map((row) => row[column]!.length)));
  return rows
    .map(
      (row) =>
        `${row
          .map((cell, column) => cell.padEnd(widths[column] ?? 0))
          .join('  ')
          .trimEnd()}\n`,
    )
    .join('');
}
