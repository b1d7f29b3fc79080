import { ReadoutError } from '../../error.ts';
import { limited } from '../http/body.ts';
import { keepFile, keepSent } from '../http/documents.ts';
import { HttpError } from '../http/problem.ts';
import type { Site } from '../http/site.ts';

/** What came of a form that was sent: the first document, and how many more. */
interface Kept {
  readonly id: string;
  readonly more: readonly unknown[];
}

/**
 * Reads what a form sends into the record: a file, a text, or the address of a page. Throws `HttpError` 413 and 415,
 * `ReadoutError` `option.value` where nothing was given, and what reading throws.
 */
export async function sentDocument(site: Site, request: Request): Promise<Kept> {
  const form = await formOf(request);
  const word = (name: string) => {
    const value = form.get(name);
    return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined;
  };
  const [published, outlet] = [word('published'), word('outlet')];
  const dated = { ...(published === undefined ? {} : { published }), ...(outlet === undefined ? {} : { outlet }) };
  const file = form.get('file');
  // A browser sends an empty file without a name where none was chosen.
  if (file !== null && typeof file !== 'string' && (file.size > 0 || file.name !== '')) {
    return keepFile(site, new Uint8Array(await file.arrayBuffer()), dated);
  }
  const text = word('text');
  if (text === undefined) {
    throw new ReadoutError(
      'option.value',
      'Nothing was sent: paste a text or the address of a page, or choose a file.',
    );
  }
  if (/^https?:\/\/\S+$/i.test(text)) return keepSent(site, { url: text, ...dated });
  return keepSent(site, { ...(isPage(text) ? { html: text } : { text }), ...dated });
}

/** Where whoever sent it is led: to the document, or where there are several, to what came in last. */
export function keptAddress({ id, more }: Kept): string {
  return more.length > 0 ? '/' : `/documents/${id}`;
}

function isPage(text: string): boolean {
  return /^\s*<(?:!doctype\s+html|html)\b/i.test(text);
}

async function formOf(request: Request): Promise<FormData> {
  const type = request.headers.get('content-type') ?? '';
  if (!/^(?:multipart\/form-data|application\/x-www-form-urlencoded)\b/i.test(type)) {
    throw new HttpError(415, 'form', 'Send a form, with content-type: multipart/form-data.');
  }
  const body = (await limited(request)) as Uint8Array<ArrayBuffer>;
  try {
    return await new Response(body, { headers: { 'content-type': type } }).formData();
  } catch (cause) {
    throw new HttpError(400, 'form', 'The form could not be taken apart.', {}, cause);
  }
}
