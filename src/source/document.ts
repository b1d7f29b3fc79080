import { z } from 'zod';

/** Schema of {@link Span}. */
export const spanSchema = z.object({ from: z.int().nonnegative(), to: z.int().nonnegative() }).readonly();

/** An ISO 8601 calendar date, `YYYY-MM-DD`. */
export const dateSchema = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);

/** Kinds of outlet: `official` is a government's or international body's own statement. */
export const OUTLET_KINDS = ['news', 'wire', 'official', 'other'] as const;

/** How a publication date was found, best first. */
export const PUBLISHED_BASES = ['given', 'metadata', 'url', 'dateline', 'text', 'inferred'] as const;

/** Why a stretch of text is page furniture and was left out of the reading. */
export const REMOVED_REASONS = [
  'comment-form',
  'share-bar',
  'newsletter',
  'navigation',
  'related',
  'caption',
  'sign-off',
  'copyright',
  'cookie-notice',
  'advertisement',
  'byline',
] as const;

/**
 * What kind of page a document is: a statement is an official body's own words; a paywalled page shows only how the
 * article begins; live blogs, videos and listings are no single report.
 */
export const DOCUMENT_FORMS = ['article', 'statement', 'paywalled', 'live-blog', 'video', 'listing'] as const;

/** Who published a document. `country` is ISO 3166-1 alpha-3. */
export const outletSchema = z
  .object({ name: z.string(), kind: z.enum(OUTLET_KINDS), country: z.string().length(3).nullable() })
  .readonly();

/** When a document was published: an interval of days, how it was found, and the words that say so, if any. */
export const publishedSchema = z
  .object({ from: dateSchema, to: dateSchema, basis: z.enum(PUBLISHED_BASES), evidence: spanSchema.nullable() })
  .readonly();

/** A stretch of page furniture: listed, never coded. */
export const removedSchema = z
  .object({ from: z.int().nonnegative(), to: z.int().nonnegative(), reason: z.enum(REMOVED_REASONS) })
  .readonly();

/**
 * One report or statement as it reached us. This is the shape inside the program and in JSON alike, so what is absent
 * is `null`. `id` is the SHA-256 of `text` in hex; `text` is exactly what came in, decoded, and every span in a reading
 * points into it. `updated` is the day of the last change that the document states; `pages` are the printed pages in
 * order, where it has such.
 */
export const documentSchema = z
  .object({
    id: z.string().regex(/^[0-9a-f]{64}$/),
    title: z.string().nullable(),
    authors: z.array(z.string()).readonly(),
    url: z.string().nullable(),
    language: z.string().nullable(),
    form: z.enum(DOCUMENT_FORMS),
    outlet: outletSchema.nullable(),
    published: publishedSchema.nullable(),
    updated: z.object({ from: dateSchema, to: dateSchema }).readonly().nullable(),
    pages: z.array(spanSchema).readonly().nullable(),
    text: z.string(),
    removed: z.array(removedSchema).readonly(),
  })
  .readonly();

export type DocumentForm = (typeof DOCUMENT_FORMS)[number];
export type OutletKind = (typeof OUTLET_KINDS)[number];
export type Outlet = z.infer<typeof outletSchema>;
export type PublishedBasis = (typeof PUBLISHED_BASES)[number];
export type Published = z.infer<typeof publishedSchema>;
export type RemovedReason = (typeof REMOVED_REASONS)[number];
export type Removed = z.infer<typeof removedSchema>;
export type Document = z.infer<typeof documentSchema>;
