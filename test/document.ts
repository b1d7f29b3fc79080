import { composeDocument } from '../src/source/compose.ts';
import type { Document } from '../src/source/document.ts';
import { givenDate } from '../src/source/published.ts';

/** A plain text as a document, dated as `--published` would. */
export function textDocument(text: string, published?: string): Document {
  const given = published === undefined ? null : givenDate(published, '--published');
  return composeDocument({ text, title: null, outlet: null, url: null, metadata: [], removed: [], given });
}
