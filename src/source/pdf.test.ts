import { describe, expect, test } from 'vitest';
import { readPdf } from './pdf.ts';

/** A PDF (ISO 32000) of one font, a stream of text lines for each page, 14 points apart unless a line is empty. */
function pdf(pages: readonly (readonly string[])[], info = '', trailer = '', catalog = ''): Uint8Array {
  const objects: string[] = [`<</Type/Catalog/Pages 2 0 R${catalog}>>`, ''];
  const kids: string[] = [];
  objects.push('<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>');
  for (const lines of pages) {
    let y = 760;
    const drawn = lines.map((line) => {
      y -= 14;
      return line === '' ? '' : `BT /F1 11 Tf 1 0 0 1 72 ${y} Tm (${line}) Tj ET\n`;
    });
    const stream = drawn.join('');
    objects.push(`<</Length ${stream.length}>>stream\n${stream}\nendstream`);
    objects.push(
      `<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]/Contents ${objects.length} 0 R/Resources<</Font<</F1 3 0 R>>>>>>`,
    );
    kids.push(`${objects.length} 0 R`);
  }
  objects[1] = `<</Type/Pages/Count ${pages.length}/Kids[${kids.join(' ')}]>>`;
  objects.push(`<<${info}>>`);
  let text = '%PDF-1.4\n';
  const places = objects.map((object, i) => {
    const at = text.length;
    text += `${i + 1} 0 obj\n${object}\nendobj\n`;
    return `${String(at).padStart(10, '0')} 00000 n \n`;
  });
  const start = text.length;
  text += `xref\n0 ${objects.length + 1}\n0000000000 65535 f \n${places.join('')}trailer<</Size ${objects.length + 1}/Root 1 0 R/Info ${objects.length} 0 R${trailer}>>\nstartxref\n${start}\n%%EOF`;
  return new TextEncoder().encode(text);
}

describe('a PDF', () => {
  test('gives its paragraphs, its pages as spans of the text, title, author and date', async () => {
    const read = await readPdf(
      pdf(
        [
          ['Norway and Chile met on Monday in', 'Oslo to discuss the fish-', 'eries.', '', 'They will meet again.'],
          ['The second page.'],
        ],
        '/Title(Joint statement)/Author(The Ministry)/CreationDate(D:20310306101500Z)',
      ),
      'a.pdf',
    );
    expect(read.text).toBe(
      'Norway and Chile met on Monday in\nOslo to discuss the fisheries.\n\nThey will meet again.\n\nThe second page.',
    );
    expect(read.pages.map(({ from, to }) => read.text.slice(from, to))).toEqual([
      'Norway and Chile met on Monday in\nOslo to discuss the fisheries.\n\nThey will meet again.',
      'The second page.',
    ]);
    expect(read).toMatchObject({ title: 'Joint statement', authors: ['The Ministry'], dates: ['2031-03-06'] });
  });

  test('with scripts is read as if it had none', async () => {
    const script = '/OpenAction<</S/JavaScript/JS(this.title = 1; while (true) {})>>/AA<</O<</S/Launch/F(sh)>>>>';
    const read = await readPdf(pdf([['The envoys met.']], '/Title(Note)', '', script), 'a.pdf');
    expect(read).toMatchObject({ text: 'The envoys met.', title: 'Note' });
  });

  test('with a password, without text or without structure is refused by name with the remedy', async () => {
    const locked =
      '/Encrypt<</Filter/Standard/V 1/R 2/P -44/O(12345678901234567890123456789012)/U(12345678901234567890123456789012)>>/ID[(a)(a)]';
    await expect(readPdf(pdf([['x']], '', locked), 'a.pdf')).rejects.toThrow(
      'a.pdf: this PDF is locked with a password',
    );
    await expect(readPdf(pdf([[]]), 'a.pdf')).rejects.toThrow('a.pdf: this PDF holds no text');
    await expect(readPdf(new TextEncoder().encode('%PDF-1.7 and nothing'), 'a.pdf')).rejects.toThrow(
      'a.pdf: expected a PDF',
    );
  });
});
