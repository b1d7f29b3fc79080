import { readdirSync, readFileSync } from 'node:fs';

/** A case of a file in test/cases: a text and what is expected of it, a line each. test/cases/README.md is the manual. */
export interface Case {
  readonly name: string;
  readonly published: string | undefined;
  readonly text: string;
  readonly expected: readonly string[];
}

/**
 * The files of a folder of test/cases with their cases. Throws an `Error` naming file and case where a file has none, or a
 * case has no name, no text or nothing that is expected of it.
 */
export function caseFiles(folder: string): readonly { readonly file: string; readonly cases: readonly Case[] }[] {
  const place = new URL(`cases/${folder}/`, import.meta.url);
  const files = readdirSync(place).sort();
  if (files.length === 0) throw new Error(`test/cases/${folder} holds no cases.`);
  return files.map((file) => ({
    file,
    cases: casesIn(readFileSync(new URL(file, place), 'utf8'), `${folder}/${file}`),
  }));
}

/** The cases of one file's text; `file` is for messages. */
export function casesIn(source: string, file: string): readonly Case[] {
  const [head = '', ...blocks] = source.split(/^== /m);
  const stray = head.split('\n').find((line) => line.trim() !== '' && !line.startsWith('#'));
  if (stray !== undefined)
    throw new Error(`${file}: "${stray}" stands before the first case; begin one with "== its name".`);
  if (blocks.length === 0) throw new Error(`${file} holds no case; begin one with "== its name".`);
  const names = new Set<string>();
  return blocks.map((block) => {
    const [name = '', ...lines] = block.split('\n').map((line) => line.trimEnd());
    const text = lines.filter((line) => line.startsWith('>')).map((line) => line.slice(2));
    const expected = lines.filter((line) => line !== '' && !/^(?:>|#|published )/.test(line));
    if (name === '') throw new Error(`${file}: a case without a name; write it behind "==".`);
    if (names.has(name)) throw new Error(`${file}: two cases are called "${name}"; call one otherwise.`);
    if (text.length === 0) throw new Error(`${file}: "${name}" has no text; write it behind ">".`);
    if (expected.length === 0) throw new Error(`${file}: "${name}" expects nothing; add a line that says what.`);
    names.add(name);
    return {
      name,
      published: lines.find((line) => line.startsWith('published '))?.slice(10),
      text: text.join('\n'),
      expected,
    };
  });
}
