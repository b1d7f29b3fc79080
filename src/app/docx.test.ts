import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { strFromU8, unzipSync } from 'fflate';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { recordOfStories } from '../../test/records.ts';
import { runReadout } from '../../test/shell.ts';
import { docxOf } from './docx.ts';
import { type Block, cell } from './layout.ts';

const folder = mkdtempSync(join(tmpdir(), 'readout-docx-'));
const db = join(folder, 'record.sqlite');

beforeAll(() => recordOfStories(db));

afterAll(() => rmSync(folder, { recursive: true }));

/** The parts of a document by their names, each well-formed. */
function partsOf(bytes: Uint8Array): Readonly<Record<string, string>> {
  const parts = Object.fromEntries(Object.entries(unzipSync(bytes)).map(([name, part]) => [name, strFromU8(part)]));
  for (const [name, xml] of Object.entries(parts)) checkXml(xml, name);
  return parts;
}

/** The texts of the paragraphs of a style. */
function paragraphs(xml: string, style: string): readonly string[] {
  return [...xml.matchAll(/<w:p>.*?<\/w:p>/gs)]
    .filter(([paragraph]) => paragraph.includes(`<w:pStyle w:val="${style}"/>`))
    .map(([paragraph]) =>
      [...paragraph.matchAll(/<w:t xml:space="preserve">(.*?)<\/w:t>/g)].map((match) => match[1]).join(''),
    );
}

describe('a brief as a Word document', () => {
  test('has headings, lists, evidence and sources that Word knows as such', async () => {
    const place = join(folder, 'brief.docx');
    const { code, out, err } = await runReadout(['brief', 'FIN', 'NOR', '--docx', place, '--db', db]);
    expect({ code, out }).toEqual({ code: 0, out: '' });
    expect(err).toContain(place);
    const parts = partsOf(readFileSync(place));
    const xml = parts['word/document.xml']!;
    expect(paragraphs(xml, 'Heading1')).toEqual(['Finland and Norway']);
    expect(paragraphs(xml, 'Heading2')).toEqual(
      expect.arrayContaining(['What changed last', 'Threats standing', 'Past contacts', 'Sources']),
    );
    expect(paragraphs(xml, 'ListBullet').join()).toContain('reports disagree, see below');
    expect(paragraphs(xml, 'Evidence').join()).toContain('Aino Aalto threatened new tariffs on Norway');
    expect(paragraphs(xml, 'SourceList')[0]).toMatch(
      /^\[1\].*Harbour Post, 8 December 2021: A call in the dark season/,
    );
    for (const id of xml.matchAll(/w:pStyle w:val="(\w+)"/g))
      expect(parts['word/styles.xml']).toContain(`w:styleId="${id[1]}"`);
  });

  test('is the same bytes for the same record', async () => {
    const [one, two] = [join(folder, 'one.docx'), join(folder, 'two.docx')];
    await runReadout(['brief', 'FIN', 'NOR', '--docx', one, '--db', db]);
    await runReadout(['brief', 'FIN', 'NOR', '--docx', two, '--db', db]);
    expect(readFileSync(one).equals(readFileSync(two))).toBe(true);
  });

  test('that cannot be written says so, and leaves what was there', async () => {
    const { code, err } = await runReadout([
      'brief',
      'FIN',
      'NOR',
      '--docx',
      join(folder, 'none', 'x.docx'),
      '--db',
      db,
    ]);
    expect(code).toBe(1);
    expect(err).toContain('--docx');
    const kept = join(folder, 'kept.docx');
    writeFileSync(kept, 'an older one');
    expect(await runReadout(['brief', 'FIN', 'Atlantis', '--docx', kept, '--db', db])).toMatchObject({ code: 1 });
    expect(readFileSync(kept, 'utf8')).toBe('an older one');
    expect(readdirSync(folder).filter((name) => name.includes('.part'))).toEqual([]);
    expect(existsSync(join(folder, 'none'))).toBe(false);
  });
});

describe('whatever a report says', () => {
  const blocksOf = (text: string): readonly Block[] => [
    { kind: 'heading', level: 1, text },
    { kind: 'text', text },
    { kind: 'list', items: [{ lead: text, text, sources: [text], notes: [{ number: 1 }] }] },
    { kind: 'table', columns: [text, 'b'], rows: [[cell(text, { marked: true }), cell('')]] },
    { kind: 'sources', items: [{ number: 1, text, url: text, id: 'abc' }] },
  ];

  test('is plain text, and the document stays whole', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 60 }), (text) => {
        partsOf(docxOf(text, blocksOf(text)));
      }),
      { numRuns: 200 },
    );
  });

  test('markup, entities and control characters are shown or struck', () => {
    const xml = partsOf(docxOf('x', blocksOf('<w:p/> &amp; ]]> \u0000\u001b[2J\u202e \ud800')))['word/document.xml']!;
    expect(paragraphs(xml, 'Heading1')).toEqual(['&lt;w:p/&gt; &amp;amp; ]]&gt; \ufffd\ufffd[2J\ufffd \ufffd']);
  });

  test('only addresses of the web are links', () => {
    const links = (url: string) => {
      const parts = partsOf(docxOf('x', blocksOf(url)));
      return parts['word/_rels/document.xml.rels']!.match(/TargetMode="External"/g)?.length ?? 0;
    };
    expect(links('https://example.org/a?b=1&c=%22')).toBe(1);
    for (const url of ['javascript:alert(1)', 'file:///etc/passwd', 'https://x" y', 'https://a\nb'])
      expect(links(url)).toBe(0);
  });
});

/** Throws where a text is not well-formed XML of elements, attributes and text. */
function checkXml(xml: string, name: string): void {
  const fault = (what: string): never => {
    throw new Error(`${name}: ${what}`);
  };
  const open: string[] = [];
  const body = xml.replace(/^<\?xml [^?]*\?>\n/, '');
  // biome-ignore lint/suspicious/noControlCharactersInRegex: they are what XML does not take
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f\ufffe\uffff]/.test(body)) fault('a character that XML does not take');
  let at = 0;
  for (const match of body.matchAll(/<(\/?)([\w:]+)((?: [\w:]+="[^"<]*")*)(\/?)>/g)) {
    checkText(body.slice(at, match.index));
    checkText(match[3]!);
    at = match.index + match[0].length;
    if (match[1] === '/') {
      if (open.pop() !== match[2]) fault(`</${match[2]}> ends what is not open`);
    } else if (match[4] !== '/') open.push(match[2]!);
  }
  checkText(body.slice(at));
  if (open.length > 0) fault(`${open.join(' ')} is left open`);

  function checkText(text: string): void {
    if (/[<]|&(?!(?:amp|lt|gt|quot);)|\]\]>/.test(text)) fault(`a bare mark in "${text.slice(0, 60)}"`);
  }
}
