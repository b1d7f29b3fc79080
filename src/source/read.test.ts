import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { ReadoutError } from '../error.ts';
import { documentSchema } from './document.ts';
import { HEAD_BYTES } from './format.ts';
import { type ReadOptions, type ReadResult, readBytes, readChunks, readText } from './read.ts';

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (text: string, options?: ReadOptions): Promise<readonly ReadResult[]> =>
  readBytes('report.txt', bytesOf(text), options);
const documentOf = (result: ReadResult | undefined) => {
  if (!result || !('document' in result)) throw new Error(`no document: ${JSON.stringify(result)}`);
  return result.document;
};
const failureOf = (result: ReadResult | undefined): ReadoutError => {
  if (!result || !('failure' in result)) throw new Error('no failure');
  return result.failure;
};

const PROSE = 'The envoys of both states met for an hour and agreed to measure the river again in the spring.';
const PIECES = [
  PROSE,
  'Leave a Reply',
  'Shares: 12',
  'By Ann Poe',
  'OSLO, March 3, 2031 (Harbour News) -',
  '(Photo: Harbour Media)',
  'More NEWS',
  '\n',
  '\r\n',
  '\n\n',
  ' ',
  '\u00a0',
  '😀',
  '\ufeff',
  '<p>',
  '{"text":"x"}',
  'Published: June 3, 2031',
];
const scrap = fc
  .array(fc.oneof(fc.constantFrom(...PIECES), fc.string({ unit: 'binary', maxLength: 20 })), { maxLength: 30 })
  .map((pieces) => pieces.join(''));

describe('what always holds', () => {
  test('the text is the text that came in, and every span lies inside it, in order and apart', () => {
    fc.assert(
      fc.property(scrap, (text) => {
        const document = documentSchema.parse(readText(text));
        expect(document.text).toBe(text);
        let last = 0;
        for (const { from, to } of document.removed) {
          expect(from).toBeGreaterThanOrEqual(last);
          expect(to).toBeGreaterThan(from);
          expect(to).toBeLessThanOrEqual(text.length);
          expect(text.slice(from, to).trim()).not.toBe('');
          last = to;
        }
        const evidence = document.published?.evidence;
        if (evidence) expect(text.slice(evidence.from, evidence.to)).toMatch(/\d{4}/);
      }),
    );
  });

  test('the same bytes give the same documents however they are cut into chunks', async () => {
    const chunked = fc.record({
      texts: fc.array(scrap, { minLength: 1, maxLength: 6 }),
      cut: fc.integer({ min: 1, max: 40 }),
    });
    await fc.assert(
      fc.asyncProperty(chunked, async ({ texts, cut }) => {
        const lines = texts.map((text) => JSON.stringify({ text })).join('\n');
        const bytes = bytesOf(lines);
        const chunks: Uint8Array[] = [];
        for (let from = 0; from < bytes.length; from += cut) chunks.push(bytes.subarray(from, from + cut));
        const parts: ReadResult[] = [];
        for await (const result of readChunks('a.jsonl', chunks)) parts.push(result);
        expect(parts).toEqual(await readBytes('a.jsonl', bytes));
        expect(parts.map((part) => documentOf(part).text)).toEqual(texts);
      }),
    );
  });

  test('any bytes at all give documents or named failures, never anything else', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), async (bytes) => {
        for (const result of await readBytes('noise', bytes)) {
          if ('failure' in result) expect(result.failure.message).toContain('noise');
          else documentSchema.parse(result.document);
        }
      }),
    );
  });
});

describe('plain text', () => {
  test('an id is the SHA-256 of the text', () => {
    // The digest of the empty string, FIPS 180-4 test vectors.
    expect(readText('').id).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855');
    expect(readText('abc').id).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
  });

  test('an empty file is an empty document', async () => {
    expect(documentOf((await read(''))[0])).toMatchObject({ text: '', language: null, title: null, removed: [] });
  });

  test('a byte-order mark is no part of the text, and UTF-16 is read by it', async () => {
    expect(documentOf((await readBytes('a', new Uint8Array([0xef, 0xbb, 0xbf, 0x48, 0x69])))[0]).text).toBe('Hi');
    expect(documentOf((await readBytes('a', new Uint8Array([0xff, 0xfe, 0x48, 0, 0x69, 0])))[0]).text).toBe('Hi');
  });

  test('what the user says goes before what the text says', async () => {
    const text = `OSLO, March 3, 2031 (Harbour News) - ${PROSE}`;
    const [told] = await read(text, { published: '2031-04', outlet: 'TASS' });
    expect(documentOf(told).published).toEqual({
      from: '2031-04-01',
      to: '2031-04-30',
      basis: 'given',
      evidence: null,
    });
    expect(documentOf(told).outlet).toEqual({ name: 'TASS', kind: 'wire', country: 'RUS' });
    const [found] = await read(text);
    expect(documentOf(found).published).toMatchObject({ from: '2031-03-03', basis: 'dateline' });
    expect(documentOf(found).outlet?.name).toBe('Harbour News');
  });

  test('the headline is the first line that is no furniture', async () => {
    const [result] = await read(`Skip to content\nShare on Facebook\nRivers apart\nBy Ann Poe\n\n${PROSE}\n`);
    expect(documentOf(result).title).toBe('Rivers apart');
    expect(documentOf((await read(`${PROSE}\n\n${PROSE}`))[0]).title).toBeNull();
  });
});

describe('bad input', () => {
  test('bytes that are not UTF-8 are named with their place', async () => {
    const failure = failureOf((await readBytes('old.txt', new Uint8Array([0x61, 0x62, 0xe9, 0x20, 0x63])))[0]);
    expect(failure.code).toBe('input.encoding');
    expect(failure.message).toMatch(/^old\.txt: .*byte 2 \(0xe9\)/);
  });

  test('a binary file says what it is', async () => {
    const png = new Uint8Array([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
    expect(failureOf((await readBytes('a.txt', png))[0]).code).toBe('input.binary');
    expect(failureOf((await readBytes('a.txt', bytesOf('a\0b')))[0]).code).toBe('input.binary');
    expect(failureOf((await readBytes('a.txt', bytesOf('%PDF-1.7')))[0]).message).toContain('PDF');
  });

  test('a broken line among good ones is one failure with line and column, and the others go on', async () => {
    const lines = ['{"id":"1","text":"One.","extra":[1]}', '', '{"text": "Two.", oops}', '{"text":"Three."}', ''];
    const results = await readBytes('a.jsonl', bytesOf(lines.join('\r\n')));
    expect(results).toHaveLength(3);
    expect(documentOf(results[0]).text).toBe('One.');
    expect(failureOf(results[1]).code).toBe('input.jsonl');
    expect(failureOf(results[1]).message).toMatch(/^a\.jsonl, line 3: not valid JSON at column 18\./);
    expect(documentOf(results[2]).text).toBe('Three.');
  });

  test('a broken first line does not turn records into prose', async () => {
    const results = await readBytes('a.jsonl', bytesOf('oops\n{"text":"One."}\n{"text":"Two."}\n'));
    expect(results.map((result) => ('failure' in result ? result.failure.code : result.document.text))).toEqual([
      'input.jsonl',
      'One.',
      'Two.',
    ]);
  });

  test.each([
    ['{"title":"x"}', 'expected "text"'],
    ['{"text":5}', 'a number'],
    ['[1,2]', 'a list'],
    ['{"text":"x","published":"soon"}', 'expected "published" to be a date, got "soon"'],
    ['{"text":"x","outlet":{}}', 'expected "outlet" to be a string'],
  ])('the record %s is refused with its reason', async (line, reason) => {
    const results = await readBytes('a.jsonl', bytesOf(`{"text":"fine"}\n${line}\n`));
    expect(failureOf(results[1]).code).toBe('input.jsonl');
    expect(failureOf(results[1]).message).toContain('a.jsonl, line 2');
    expect(failureOf(results[1]).message).toContain(reason);
  });

  test('a line that is not UTF-8 fails alone', async () => {
    const bytes = new Uint8Array([...bytesOf('{"text":"a"}\n{"text":"'), 0xff, ...bytesOf('"}\n{"text":"b"}')]);
    const results = await readBytes('a.jsonl', bytes);
    expect(results.map((result) => 'failure' in result)).toEqual([false, true, false]);
    expect(failureOf(results[1]).message).toMatch(/line 2: .*byte 9/);
  });

  test('a date that is none is wrong usage', async () => {
    await expect(read(PROSE, { published: 'Tuesday' })).rejects.toMatchObject({ code: 'option.date' });
    await expect(read(PROSE, { published: '2031-02-30' })).rejects.toThrow('2031-02-30');
  });

  test('a text of 50 MB is refused before it is all in memory', async () => {
    const chunk = bytesOf(`${PROSE}\n`.repeat(1000));
    let taken = 0;
    function* endless() {
      for (; taken < 50 * 1024 * 1024; taken += chunk.length) yield chunk;
    }
    const results: ReadResult[] = [];
    for await (const result of readChunks('big.txt', endless())) results.push(result);
    expect(failureOf(results[0])).toMatchObject({ code: 'input.too-large' });
    expect(failureOf(results[0]).message).toContain('big.txt');
    expect(taken).toBeLessThan(10 * 1024 * 1024);
  });

  test('one line of 2 MB without a space is one document', async () => {
    const text = 'x'.repeat(2 * 1024 * 1024);
    expect(documentOf((await read(text))[0]).text).toBe(text);
  });

  test('a line longer than a document may be fails alone', async () => {
    const results = await readBytes('a.jsonl', bytesOf(`{"text":"a"}\n{"text":"${'b'.repeat(5000)}"}\n{"text":"c"}`), {
      limitBytes: 1000,
    });
    expect(results.map((result) => 'failure' in result)).toEqual([false, true, false]);
    expect(failureOf(results[1]).code).toBe('input.too-large');
  });

  test('a text in another language is a document that says so', async () => {
    const [result] = await read('Die Minister haben sich am Montag nicht auf einen Vertrag über den Fluss geeinigt.');
    expect(documentOf(result).language).toBe('de');
  });
});

describe('JSON lines', () => {
  test('documents come as the bytes do, not after the last of them', async () => {
    const line = `${JSON.stringify({ text: PROSE })}\n`;
    const chunk = bytesOf(line.repeat(Math.ceil(HEAD_BYTES / line.length)));
    let pulled = 0;
    async function* chunks() {
      for (; pulled < 50; pulled += 1) yield chunk;
    }
    for await (const result of readChunks('long.jsonl', chunks())) {
      expect(documentOf(result).text).toBe(PROSE);
      break;
    }
    expect(pulled).toBeLessThan(3);
  });

  test('a record speaks for itself before the options do', async () => {
    const line =
      '{"text":"Nothing new.","published":"2031-03-05","outlet":"AFP","title":"T","url":"https://a.example/1"}';
    const [result] = await readBytes('a.jsonl', bytesOf(line), { published: '2030-01-01', outlet: 'Harbour Post' });
    expect(documentOf(result)).toMatchObject({
      title: 'T',
      url: 'https://a.example/1',
      published: { from: '2031-03-05', basis: 'given' },
      outlet: { name: 'AFP', kind: 'wire', country: 'FRA' },
    });
  });
});

describe('web pages', () => {
  const page = (head: string, body: string): string =>
    `<!doctype html><html><head>${head}</head><body><nav><a href="/">Home</a></nav><article>${body}</article></body></html>`;
  const paragraphs = Array.from(
    { length: 5 },
    (_, i) => `<p>${PROSE} This was day ${i + 1}, and nobody slept.</p>`,
  ).join('');

  test('gives title, address, outlet, date and paragraphs, and no navigation', async () => {
    const head =
      '<title>x</title><meta property="og:title" content="Rivers apart"><meta property="og:site_name" content="Harbour Post">' +
      '<link rel="canonical" href="https://harbour.example/r"><script type="application/ld+json">' +
      '{"@graph":[{"@type":"NewsArticle","headline":"Rivers apart","datePublished":"2031-03-05T23:30:00-02:00"}]}</script>';
    const document = documentOf((await read(page(head, `<h1>Rivers apart</h1>${paragraphs}`)))[0]);
    expect(document).toMatchObject({
      title: 'Rivers apart',
      url: 'https://harbour.example/r',
      outlet: { name: 'Harbour Post', kind: 'news' },
      published: { from: '2031-03-05', to: '2031-03-05', basis: 'metadata' },
      language: 'en',
    });
    expect(document.text.split('\n\n')).toHaveLength(5);
    expect(document.text).not.toContain('Home');
  });

  test('a caption stays in the text and is listed as removed', async () => {
    const figure = '<figure><img src="a.jpg"><figcaption>The river in June</figcaption></figure>';
    const document = documentOf((await read(page('', paragraphs + figure + paragraphs)))[0]);
    expect(document.removed.map(({ from, to, reason }) => [reason, document.text.slice(from, to)])).toEqual([
      ['caption', 'The river in June'],
    ]);
  });

  test('a box that its page calls a newsletter is listed as removed, and one that holds the article is not', async () => {
    const box =
      '<div class="newsletter-box"><p>Our best stories, every Friday.</p><p>One letter, just for you.</p></div>';
    const wrapped = `<div class="has-newsletter related">${paragraphs}${box}${paragraphs}</div>`;
    const document = documentOf((await read(page('', wrapped)))[0]);
    expect(document.removed.map(({ from, to, reason }) => [reason, document.text.slice(from, to)])).toEqual([
      ['newsletter', 'Our best stories, every Friday.'],
      ['newsletter', 'One letter, just for you.'],
    ]);
  });

  test('a caption is known by the name around its paragraph, a line that is a link by its link', async () => {
    const caption = '<div class="info"><div class="caption"><p>The pier at Vardø in a winter storm</p></div></div>';
    const link = '<p><a href="/2"><b>ENVOYS WALK OUT OF THE OSLO TALKS</b></a></p>';
    const sentence = '<p><a href="/3">They had agreed on a second round of talks.</a></p>';
    const heading = '<h3><a href="/4">What the two states want</a></h3>';
    const body = paragraphs + caption + link + sentence + heading + paragraphs;
    const document = documentOf((await read(page('', `<article>${body}</article>`)))[0]);
    expect(document.removed.map(({ from, to, reason }) => [reason, document.text.slice(from, to)])).toEqual([
      ['caption', 'The pier at Vardø in a winter storm'],
      ['related', 'ENVOYS WALK OUT OF THE OSLO TALKS'],
    ]);
  });

  test('a page that lists headlines keeps them', async () => {
    const links = Array.from({ length: 12 }, (_, i) => `<li><a href="/${i}">Headline number ${i} of the day</a></li>`);
    const document = documentOf(
      (await read(page('', `<article><ul>${links.join('')}</ul>${paragraphs}</article>`)))[0],
    );
    expect(document.removed).toEqual([]);
  });

  test('tags inside a script are no tags', async () => {
    const document = documentOf((await read(page('<script>var a = "<style>";</script>', paragraphs)))[0]);
    expect(document.text.split('\n\n')).toHaveLength(5);
  });

  test('the date shown near the headline dates a page that has no other', async () => {
    const shown = '<h1>Rivers apart</h1><span class="pub-date">Posted 5. März 2031</span>';
    expect(documentOf((await read(page('', shown + paragraphs)))[0]).published).toEqual({
      from: '2031-03-05',
      to: '2031-03-05',
      basis: 'text',
      evidence: null,
    });
  });

  test.each([
    ['in a cell without a name', '<h1>Rivers apart</h1><table><tr><td>06 | 03 | 2031</td></tr></table>', '2031-03-06'],
    ['in a block above the headline', '<div>26/03/2031</div><h1>Rivers apart</h1>', '2031-03-26'],
    [
      'beside the headline, not in the masthead',
      `<i class="date">9 April 2031</i>${'<b>x</b>'.repeat(40)}<h1>Rivers</h1><i class="date">6 March 2031</i>`,
      '2031-03-06',
    ],
    [
      'whatever its page says of its layout',
      '<div class="two-columns-sidebar"><h1>Rivers apart</h1><p><time>6 March 2031</time></p></div>',
      '2031-03-06',
    ],
    [
      'but not in a box of other reports',
      '<h1>Rivers apart</h1><div class="related"><p>6 March 2031</p></div>',
      undefined,
    ],
    ['but not within a sentence', '<h1>Rivers apart</h1><div>Held on 6 March 2031</div>', undefined],
  ])('a date shown %s', async (_, shown, expected) => {
    const { published } = documentOf((await read(page('', `<main>${shown}${paragraphs}</main>`)))[0]);
    expect(published?.from).toBe(expected);
  });

  test.each([
    ['/06-23-2031-rivers', '2031-06-23'],
    ['/a/23-06-2031_rivers', '2031-06-23'],
    ['/a/05-06-2031-rivers', undefined],
    ['/a/1-23-06-20318', undefined],
  ])('the address %s tells its day only where one order can be meant', async (path, expected) => {
    const link = `<link rel="canonical" href="https://harbour.example${path}">`;
    expect(documentOf((await read(page(link, paragraphs)))[0]).published?.from).toBe(expected);
  });

  test('the charset is the one the page names, when it is not UTF-8', async () => {
    const source = page('<meta charset="iso-8859-1"><title>Le caf\u00e9</title>', paragraphs);
    const bytes = Uint8Array.from(source, (letter) => letter.charCodeAt(0));
    expect(documentOf((await readBytes('a', bytes))[0]).title).toBe('Le caf\u00e9');
  });

  test('one broken byte does not turn the letters of a UTF-8 page into pairs', async () => {
    const bytes = bytesOf(page('<meta charset="utf-8"><title>Café “Möwe”</title>', `${paragraphs}<p>a?b</p>`));
    bytes[bytes.lastIndexOf(0x3f)] = 0x92;
    expect(documentOf((await readBytes('a', bytes))[0]).title).toBe('Café “Möwe”');
  });

  test('a plain text is decoded by the charset its server told', async () => {
    const bytes = Uint8Array.from('Das Treffen in Malmö endete.', (letter) => letter.charCodeAt(0));
    expect(documentOf((await readBytes('a', bytes, { charset: 'iso-8859-1' }))[0]).text).toContain('Malmö');
  });

  test('a hundred thousand nested tags end in a document or a named failure', async () => {
    const [result] = await readBytes('deep.html', bytesOf(page('', '<div>'.repeat(100_000) + PROSE)));
    if (result && 'failure' in result) expect(result.failure.message).toContain('deep.html');
    else expect(documentOf(result).text).toBeTypeOf('string');
  }, 30_000);

  test('a page without an article is an empty document', async () => {
    expect(documentOf((await read('<html><body></body></html>'))[0]).text).toBe('');
  });
});

describe('what a page is', () => {
  const ld = (data: object): string => `<script type="application/ld+json">${JSON.stringify(data)}</script>`;
  const html = (head: string, body: string): string =>
    `<!doctype html><html><head><title>Envoys meet</title>${head}</head><body><article>${body}</article></body></html>`;
  const paragraphs = `<p>${PROSE}</p>`.repeat(15);
  test.each([
    ['article', ld({ '@type': 'NewsArticle', headline: 'x' }), paragraphs],
    ['article', '', paragraphs],
    ['statement', '<link rel="canonical" href="https://www.state.gov/x/">', paragraphs],
    ['live-blog', ld({ '@graph': [{ '@type': 'LiveBlogPosting', headline: 'x' }] }), paragraphs],
    ['paywalled', ld({ '@type': 'NewsArticle', isAccessibleForFree: 'False' }), `<p>${PROSE}</p>`],
    ['paywalled', '', `<p>${PROSE}</p><p>${PROSE}</p><p>Subscribe now to continue reading.</p>`],
    ['article', ld({ '@type': 'NewsArticle', isAccessibleForFree: false }), paragraphs],
    ['video', ld({ '@type': 'VideoObject' }), `<p>${PROSE}</p><p>${PROSE}</p><p>${PROSE}</p>`],
    ['live-blog', '<meta property="og:title" content="Oslo talks – live">', paragraphs],
    ['live-blog', '<link rel="canonical" href="https://a.example/world/live/2031/mar/06/talks">', paragraphs],
    [
      'article',
      '<meta property="og:title" content="Long live the treaty: how Norway and Chile live with it">',
      paragraphs,
    ],
    ['article', '<link rel="canonical" href="https://a.example/living/live-wires-2">', paragraphs],
    ['video', '<link rel="canonical" href="https://a.example/videos/talks">', `<p>${PROSE}</p>`.repeat(3)],
    ['article', '<link rel="canonical" href="https://a.example/videos/talks">', paragraphs],
    [
      'listing',
      '',
      '<p><a href="/1">Envoys meet on the old quay</a> and <a href="/2">Ministers part in the new harbour</a></p>',
    ],
  ])('%s', async (form, head, body) => {
    expect(documentOf((await read(html(head, body)))[0]).form).toBe(form);
  });

  test('names its authors and its last change, where that is later', async () => {
    const told = ld({
      '@type': 'NewsArticle',
      author: [{ name: 'Ann Poe' }, { name: 'Bo Lim and Cy Ray' }],
      datePublished: '2031-03-06',
      dateModified: '2031-03-08T10:00:00Z',
    });
    const document = documentOf((await read(html(told, paragraphs)))[0]);
    expect(document.authors).toEqual(['Ann Poe', 'Bo Lim', 'Cy Ray']);
    expect(document.published).toMatchObject({ from: '2031-03-06' });
    expect(document.updated).toEqual({ from: '2031-03-08', to: '2031-03-08' });
    const same = told.replace('2031-03-08', '2031-03-06');
    expect(documentOf((await read(html(same, paragraphs)))[0]).updated).toBeNull();
  });

  test('gives the whole article where it shows readers only its beginning', async () => {
    const whole = `${PROSE} `.repeat(12).trim();
    const document = documentOf(
      (await read(html(ld({ '@type': 'NewsArticle', articleBody: whole }), `<p>${PROSE}</p>`)))[0],
    );
    expect(document.text).toBe(whole);
  });
});
