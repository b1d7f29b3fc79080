import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Block, cell, writeCsv, writePage } from './layout.ts';

describe('CSV', () => {
  test('cells that a spreadsheet would run are made safe', () => {
    for (const start of ['=1+1', '+1', '-1', '@SUM(A1)', '\t=1', '\r=1']) {
      const [, line] = writeCsv(['a'], [[cell(start)]]).split('\r\n');
      expect(line?.replace(/^"/, '')).toMatch(/^'/);
    }
    expect(writeCsv(['a'], [[cell('2021-06-16')]])).toBe('a\r\n2021-06-16\r\n');
  });

  test('quotes, commas and line breaks stay in their cell', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.string(), fc.string()), { minLength: 1 }), (rows) => {
        const csv = writeCsv(
          ['a', 'b'],
          rows.map((row) => row.map((text) => cell(text))),
        );
        expect(parseCsv(csv).slice(1)).toEqual(
          rows.map((row) => row.map((text) => text.replace(/^(?=[=+\-@\t\r])/, "'"))),
        );
      }),
    );
  });
});

describe('a page', () => {
  const hostile = '<script>alert(1)</script> **bold** [link](javascript:x) | pipe \u001b[2J';
  const blocks: readonly Block[] = [
    { kind: 'heading', level: 1, text: hostile },
    { kind: 'text', text: hostile },
    { kind: 'list', items: [{ lead: hostile, text: hostile, sources: [hostile], notes: [{ number: 1 }] }] },
    { kind: 'sources', items: [{ number: 1, text: hostile, url: hostile, id: hostile }] },
    { kind: 'table', columns: [hostile, 'b'], rows: [[cell(hostile, { marked: true }), cell('x')]] },
  ];

  test('in HTML or Markdown shows markup as text', () => {
    for (const form of ['html', 'md'] as const) {
      const page = writePage(hostile, blocks, form);
      expect(page).not.toContain('<script>');
      expect(page).not.toContain('\u001b');
    }
    expect(writePage('', blocks, 'md')).not.toMatch(/[^\\]\[link/);
  });

  test('in a terminal moves no cursor', () => {
    expect(writePage('', blocks, 'text')).not.toContain('\u001b');
  });

  test('keeps table columns in line whatever is in them', () => {
    const table: Block = {
      kind: 'table',
      columns: ['a', 'b'],
      rows: [
        [cell('x'.repeat(500)), cell('y')],
        [cell(''), cell('z')],
      ],
    };
    const lines = writePage('', [table], 'text').trimEnd().split('\n');
    const column = lines[0]!.indexOf('b');
    expect(lines.filter((line) => /[yz]$/.test(line)).map((line) => line.length - 1)).toEqual([column, column]);
  });
});

/** A small reader of RFC 4180, the other way round. */
function parseCsv(text: string): string[][] {
  const rows: string[][] = [];
  let row: string[] = [];
  let at = 0;
  while (at < text.length) {
    let value = '';
    if (text[at] === '"') {
      for (at += 1; !(text[at] === '"' && text[at + 1] !== '"'); at += 1) {
        if (text[at] === '"') at += 1;
        value += text[at];
      }
      at += 1;
    } else {
      while (text[at] !== ',' && text[at] !== '\r') value += text[at++];
    }
    row.push(value);
    if (text[at] === ',') at += 1;
    else {
      at += 2;
      rows.push(row);
      row = [];
    }
  }
  return rows;
}
