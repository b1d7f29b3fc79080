import { z } from 'zod';
import { ReadoutError } from '../../error.ts';
import type { readingSchema } from '../../events/reading.ts';
import { addOperation } from '../add.ts';
import type { Operation } from '../operation.ts';
import { readOperation } from '../read.ts';
import { askOperation } from './ask.ts';
import { HttpError } from './problem.ts';
import type { Site } from './site.ts';

const dated = {
  published: z
    .string()
    .max(100)
    .optional()
    .meta({ description: 'when it was published, if it does not say so itself' }),
  outlet: z.string().max(500).optional().meta({ description: 'who published it' }),
};

/** A document that is sent to be read: a text, or a page as HTML. */
export const sentTextSchema = z.strictObject({
  text: z.string().min(1).optional().meta({ description: 'the text of a report or statement' }),
  html: z.string().min(1).optional().meta({ description: 'a page as HTML, instead of a text' }),
  title: z.string().max(2000).optional().meta({ description: 'its title; with `text` alone' }),
  ...dated,
});

/** A document that is sent to be kept: a text, a page as HTML, or the address of one. */
export const sentSchema = sentTextSchema.extend({
  url: z
    .string()
    .max(2000)
    .optional()
    .meta({ description: 'an address that is fetched (http, https); with `text`, where the text is from' }),
});

const addedSchema = z.object({
  id: z.string(),
  state: z.enum(['added', 'known']),
  claims: z.number().meta({ description: 'how many claims it makes' }),
});
/** What came of it: the document, and others that stood at the same address, as in a feed. */
export const keptSchema = addedSchema.extend({ more: z.array(addedSchema) });

type Sent = z.output<typeof sentSchema>;

/** At most so many documents are waited for at once. */
const MOST_WAITING = 8;

/** Reads what was sent into the record, as `readout add` does. */
export async function keepSent(site: Reader, body: unknown): Promise<z.output<typeof keptSchema>> {
  return told(site, await run(site, addOperation, inputOf(checked(sentSchema, body))));
}

/** What the lines say that `readout add` writes. */
async function told({ store }: Reader, text: string): Promise<z.output<typeof keptSchema>> {
  const documents = [];
  for (const line of text.trim().split('\n')) {
    const { id, state, claims } = JSON.parse(line) as { id: string; state: 'added' | 'known'; claims?: number };
    documents.push({ id, state, claims: claims ?? (await store.claims(id)).length });
  }
  const [first, ...more] = documents;
  return { ...first!, more };
}

/** Reads a file of any kind that `readout add` takes into the record, as it does. Throws `option.value` where it is empty. */
export async function keepFile(
  site: Reader,
  content: Uint8Array,
  dated: Pick<Sent, 'published' | 'outlet'>,
): Promise<z.output<typeof keptSchema>> {
  if (content.length === 0) throw new ReadoutError('option.value', 'The file is empty.');
  return told(site, await run(site, addOperation, { raw: { ...dated, inputs: ['-'] }, stdin: content }));
}

/** The reading of what was sent, as `readout read` gives it; nothing is kept. */
export async function readSent(site: Reader, body: unknown): Promise<z.output<typeof readingSchema>> {
  return JSON.parse(await run(site, readOperation, inputOf(checked(sentTextSchema, body))));
}

function checked<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0]!;
  const where = issue.path.length === 0 ? '' : `${issue.path.join('.')}: `;
  const problem =
    issue.code === 'unrecognized_keys'
      ? `${issue.keys.join(', ').slice(0, 200)}: there is no such field here; known: ${Object.keys(sentSchema.shape).join(', ')}`
      : issue.message;
  throw new ReadoutError('option.value', `${where}${problem}.`, { cause: parsed.error });
}

/** What reads. */
type Reader = Pick<Site, 'store' | 'late' | 'crew' | 'now'>;
const waiting = new WeakMap<Reader, number>();

async function run(site: Reader, operation: Operation, { raw, stdin }: Input): Promise<string> {
  const before = waiting.get(site) ?? 0;
  if (before >= MOST_WAITING) {
    throw new HttpError(503, 'busy', `${MOST_WAITING} documents are being read; send this one again in a moment.`, {
      'retry-after': '2',
    });
  }
  waiting.set(site, before + 1);
  try {
    const { store, late, now } = site;
    const asked = { store, raw: { ...raw, json: true }, crew: site.crew(), signal: late, now };
    const { body, failures } = await askOperation(operation, { ...asked, ...(stdin ? { stdin } : {}) });
    const text = typeof body === 'string' ? body : await new Response(body).text();
    if (text === '') throw failures[0] ?? new ReadoutError('input.unreadable', 'There is nothing in it to be read.');
    return text;
  } finally {
    waiting.set(site, waiting.get(site)! - 1);
  }
}

/** What an operation is given. */
interface Input {
  readonly raw: Readonly<Record<string, unknown>>;
  readonly stdin?: Uint8Array;
}

/** What `readout add` is given for what was sent. Throws `option.value` when it is not one of text, page or address. */
function inputOf(sent: Sent): Input {
  const { text, html, url, title, published, outlet } = sent;
  const raw = { ...(published === undefined ? {} : { published }), ...(outlet === undefined ? {} : { outlet }) };
  if (url !== undefined && !isWebAddress(url)) {
    throw new ReadoutError('option.value', `url: expected an address that begins with http:// or https://.`);
  }
  if (text !== undefined && html === undefined) {
    // As a record, so that a text that looks like something else is taken as what it was sent as.
    return { raw: { ...raw, inputs: ['-'] }, stdin: bytes(`${JSON.stringify({ text, title, url })}\n`) };
  }
  if (title !== undefined) throw new ReadoutError('option.value', 'title: a page has its own; leave it out.');
  if (html !== undefined && text === undefined && url === undefined) {
    const page = /^\s*<(?:!doctype\s+html|html)\b/i.test(html) ? html : `<!doctype html>\n${html}`;
    // The mark says that it is UTF-8, whatever the page says of itself.
    return { raw: { ...raw, inputs: ['-'] }, stdin: bytes(`\uFEFF${page}`) };
  }
  if (url !== undefined && html === undefined) return { raw: { ...raw, inputs: [url] } };
  throw new ReadoutError('option.value', 'Send one of text, html and url; url may stand beside text.');
}

function isWebAddress(url: string): boolean {
  return /^https?:\/\//i.test(url) && URL.parse(url) !== null;
}

function bytes(text: string): Uint8Array {
  return new TextEncoder().encode(text);
}
