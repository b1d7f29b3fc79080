import { ReadoutError } from '../error.ts';
import type { Sentence } from './sentence.ts';

/** One word line of a CoNLL-U file. `from`/`to` are offsets into the text of its sentence. */
export interface ConlluWord {
  readonly form: string;
  readonly lemma: string;
  readonly upos: string;
  readonly xpos: string;
  readonly feats: string;
  /** Index of the head, from 0; -1 for the root; `undefined` where the column is `_`. */
  readonly head: number | undefined;
  readonly relation: string;
  readonly misc: string;
  /** True for the second and later words of a multiword token: "n't" in "don't". */
  readonly joined: boolean;
  readonly from: number;
  readonly to: number;
}

/** One sentence of a CoNLL-U file, comments without their line ends. */
export interface ConlluSentence {
  readonly comments: readonly string[];
  readonly text: string;
  readonly words: readonly ConlluWord[];
}

interface Surface {
  readonly form: string;
  readonly spaced: boolean;
  readonly words: string[][];
}

/**
 * Reads CoNLL-U (https://universaldependencies.org/format.html): forms, multiword tokens and whatever columns are
 * filled. Empty nodes are skipped. Throws `input.conllu` naming the line that is broken.
 */
export function readConllu(content: string): readonly ConlluSentence[] {
  const sentences: ConlluSentence[] = [];
  let comments: string[] = [];
  let surfaces: Surface[] = [];
  let count = 0;
  let until = 0;
  let number = 0;
  const finish = () => {
    if (until > count)
      throw broken(number, `a multiword token promises words up to ${until}, the sentence ends before`);
    if (count > 0) sentences.push(placed(comments, surfaces));
    comments = [];
    surfaces = [];
    count = 0;
    until = 0;
  };
  for (const line of content.split('\n')) {
    number++;
    const trimmed = line.endsWith('\r') ? line.slice(0, -1) : line;
    if (trimmed.trim() === '') {
      finish();
      continue;
    }
    if (trimmed.startsWith('#')) {
      comments.push(trimmed);
      continue;
    }
    const columns = trimmed.split('\t');
    if (columns.length !== 10)
      throw broken(number, `ten columns with tabs between were expected, ${columns.length} came`);
    const id = columns[0]!;
    const form = columns[1]!;
    if (/^\d+\.\d+$/.test(id)) continue;
    if (form === '') throw broken(number, 'the form is empty');
    const range = /^(\d+)-(\d+)$/.exec(id);
    if (range !== null) {
      const last = Number(range[2]);
      if (Number(range[1]) !== count + 1 || last <= count || until > count)
        throw broken(number, `the range ${id} is out of order`);
      until = last;
      surfaces.push({ form, spaced: !/(^|\|)SpaceAfter=No(\||$)/.test(columns[9]!), words: [] });
      continue;
    }
    if (id !== String(count + 1)) throw broken(number, `the id ${count + 1} was expected, "${id}" came`);
    count++;
    if (count <= until) surfaces.at(-1)!.words.push(columns);
    else surfaces.push({ form, spaced: !/(^|\|)SpaceAfter=No(\||$)/.test(columns[9]!), words: [columns] });
    const head = columns[6]!;
    if (head !== '_' && !/^\d+$/.test(head)) throw broken(number, `the head "${head}" is no number`);
  }
  number++;
  finish();
  return sentences;
}

function broken(line: number, why: string): ReadoutError {
  return new ReadoutError('input.conllu', `Line ${line} is not CoNLL-U: ${why}. Mend the line or leave it out.`);
}

/** Finds every word in the sentence's own text; where `# text` does not fit its words, the text is put together anew. */
function placed(comments: readonly string[], surfaces: readonly Surface[]): ConlluSentence {
  const told = comments.find((comment) => comment.startsWith('# text = '))?.slice('# text = '.length);
  const starts = told === undefined ? undefined : startsIn(told, surfaces);
  const text = starts === undefined ? joinedText(surfaces) : told!;
  const places = starts ?? startsIn(text, surfaces)!;
  const words: ConlluWord[] = [];
  for (const [index, surface] of surfaces.entries()) {
    const from = places[index]!;
    const lengths = surface.words.map((columns) => columns[1]!.length);
    // "do|n't" splits where its characters do; "du" as "de le" does not, and both words cover the whole.
    const splits = lengths.reduce((sum, length) => sum + length, 0) === surface.form.length;
    let at = from;
    for (const [part, columns] of surface.words.entries()) {
      const head = columns[6] === '_' ? undefined : Number(columns[6]) - 1;
      words.push({
        form: columns[1]!,
        lemma: columns[2]!,
        upos: columns[3]!,
        xpos: columns[4]!,
        feats: columns[5]!,
        head,
        relation: columns[7]!,
        misc: columns[9]!,
        joined: part > 0,
        from: splits ? at : from,
        to: splits ? at + lengths[part]! : from + surface.form.length,
      });
      at += lengths[part]!;
    }
  }
  return { comments, text, words };
}

function joinedText(surfaces: readonly Surface[]): string {
  let text = '';
  for (const [index, surface] of surfaces.entries()) {
    text += surface.form;
    if (surface.spaced && index < surfaces.length - 1) text += ' ';
  }
  return text;
}

function startsIn(text: string, surfaces: readonly Surface[]): number[] | undefined {
  const starts: number[] = [];
  let at = 0;
  for (const surface of surfaces) {
    while (at < text.length && /\s/.test(text[at]!) && !surface.form.startsWith(text[at]!)) at++;
    if (!text.startsWith(surface.form, at)) return undefined;
    starts.push(at);
    at += surface.form.length;
  }
  return starts;
}

/** Sentences as CoNLL-U with `# text`, multiword tokens and `SpaceAfter=No`. `text` is the text that they were read from. */
export function writeConllu(sentences: readonly Sentence[], text: string): string {
  const lines: string[] = [];
  for (const sentence of sentences) {
    lines.push(`# text = ${text.slice(sentence.from, sentence.to).replace(/\s+/g, ' ')}`);
    const tokens = sentence.tokens;
    for (const token of tokens) {
      const next = tokens[token.index + 1];
      if (!token.joined && next?.joined) {
        let last = token.index + 1;
        while (tokens[last + 1]?.joined) last++;
        const end = tokens[last]!;
        const misc = touches(sentence, last) ? 'SpaceAfter=No' : '_';
        lines.push(
          `${token.index + 1}-${last + 1}\t${cell(text.slice(token.from, end.to))}\t_\t_\t_\t_\t_\t_\t_\t${misc}`,
        );
      }
      const inside = token.joined || next?.joined === true;
      const misc = !inside && touches(sentence, token.index) ? 'SpaceAfter=No' : '_';
      lines.push(
        `${token.index + 1}\t${cell(token.form)}\t${cell(token.lemma)}\t${token.upos}\t_\t${token.feats}\t${token.head + 1}\t${token.relation}\t_\t${misc}`,
      );
    }
    lines.push('');
  }
  return lines.length === 0 ? '' : `${lines.join('\n')}\n`;
}

/** True when the next word follows without a blank. */
function touches(sentence: Sentence, index: number): boolean {
  const next = sentence.tokens[index + 1];
  return next !== undefined && next.from === sentence.tokens[index]!.to;
}

/** A column may hold no tab, no line end and may not be empty. */
function cell(value: string): string {
  const clean = value.replace(/[\s\p{Zl}\p{Zp}]+/gu, ' ');
  return clean === '' ? '_' : clean;
}
