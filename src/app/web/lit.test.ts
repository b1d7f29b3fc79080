import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { storyReading } from '../../../test/story.ts';
import { SUMMIT } from '../../../test/summit.ts';
import { escapeHtml } from '../escape.ts';
import { type Lit, litSpans, litText } from './lit.ts';

const litArbitrary = (length: number) =>
  fc.array(
    fc.record({
      from: fc.nat(length),
      size: fc.nat(length),
      role: fc.constantFrom('trigger', 'actor', 'recipient', 'when', 'where', 'sentence', 'removed'),
      of: fc.constantFrom('c1', 'c2', '"><script>'),
    }),
  );

describe('a text with its words lit up', () => {
  test('is the text, whatever spans nest, overlap, are empty or end beyond it', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme' }), litArbitrary(30), (text, raw) => {
        const spans = raw.map(
          ({ from, size, role, of }): Lit => ({ from, to: from + size, role: role as 'actor', of }),
        );
        const html = litText(text, spans);
        expect(html).not.toMatch(/<script/);
        expect(decode(html)).toBe(decode(escapeHtml(text)));
      }),
    );
  });

  test('marks each claim’s trigger, actors, day and place', () => {
    const reading = storyReading(SUMMIT[1]!);
    const html = litText(reading.document.text, litSpans(reading, reading.claims));
    const words = (role: string) =>
      [...html.matchAll(/<mark class="([^"]+)"[^>]*>([^<]*)/g)]
        .filter(([, roles]) => roles?.split(' ').includes(role))
        .map(([, , text]) => text);
    expect(words('trigger')).toEqual(['met', 'expelled']);
    expect(words('actor')).toEqual(['Aino Aalto', 'Nils Berg', 'Norway']);
    expect(words('when')).toEqual(['Wednesday', 'Monday']);
    expect(words('where')).toEqual(['Geneva']);
    expect(html.match(/<a id=/g)).toHaveLength(2);
  });

  test('shows words under two roles as one piece that says both', () => {
    const html = litText('abcdef', [
      { from: 0, to: 4, role: 'actor', of: 'c1' },
      { from: 2, to: 6, role: 'when', of: 'c1' },
    ]);
    expect(html).toBe(
      '<mark class="actor" title="actor">ab</mark><mark class="actor when" title="actor, when">cd</mark><mark class="when" title="when">ef</mark>',
    );
  });

  test('strikes page furniture through and says what it is', () => {
    const html = litText('News. Share this!', [{ from: 6, to: 17, role: 'removed', of: 'share-bar' }]);
    expect(html).toBe('News. <del title="left out: share-bar">Share this!</del>');
  });

  test('anchors a claim once, though a span cuts its trigger in two', () => {
    const html = litText('abcd', [
      { from: 0, to: 4, role: 'trigger', of: 'c1' },
      { from: 2, to: 4, role: 'when', of: 'c1' },
    ]);
    expect(html.match(/id="c1"/g)).toHaveLength(1);
  });
});

/** What a browser shows of the HTML: tags away, entities read. */
function decode(html: string): string {
  return html
    .replace(/<[^>]*>/g, '')
    .replaceAll('&lt;', '<')
    .replaceAll('&gt;', '>')
    .replaceAll('&quot;', '"')
    .replaceAll('&#39;', "'")
    .replaceAll('&amp;', '&');
}
