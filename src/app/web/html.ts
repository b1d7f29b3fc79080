import { escapeHtml } from '../escape.ts';

/** Markup that is safe to be put into a page: made by {@link html} alone. */
export class Html {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  toString(): string {
    return this.text;
  }
}

/** What can stand in a template: text is escaped, markup stands as it is, `null` and `false` are nothing. */
export type Part = string | number | Html | null | false | undefined | readonly Part[];

/**
 * A template of markup. Whatever text is put in comes out as text, in elements and in quoted attributes:
 *
 *     html`<a href="/events/${event.id}">${headlineOf(event)}</a>`
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return new Html(strings.map((string, i) => (i === 0 ? string : markupOf(parts[i - 1]) + string)).join(''));
}

/** Markup from elsewhere in the program that has escaped what it holds (`litText`, `htmlOf`). */
export function trusted(markup: string): Html {
  return new Html(markup);
}

function markupOf(part: Part): string {
  if (part === null || part === undefined || part === false) return '';
  if (part instanceof Html) return part.text;
  if (typeof part === 'string') return escapeHtml(part);
  if (typeof part === 'number') return String(part);
  return part.map(markupOf).join('');
}
