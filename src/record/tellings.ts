import type { Session } from './engine.ts';
import { damagedError, pack, unpack } from './pack.ts';
import type { Recent } from './recent.ts';
import type { Telling } from './telling.ts';

/** Tellings by the numbers of their claims, kept from one transaction to the next: what is told under a number never changes. */
export type TellingCache = Recent<number, Telling>;

/** What the tellings of one document have in common. */
const SHARED = ['document', 'title', 'outlet', 'outletKind', 'published'] as const;
/** Bytes that tell how long a part is. */
const LENGTH = 4;

/**
 * The tellings of one document: what they have in common once, then each on its own, so that one is had without the others;
 * packed, each behind its length.
 */
export function packTellings(tellings: readonly Telling[]): Uint8Array {
  const shared = Object.fromEntries(SHARED.map((name) => [name, tellings[0]?.[name]]));
  const own = tellings.map((telling) =>
    Object.fromEntries(Object.entries(telling).filter(([name]) => !Object.hasOwn(shared, name))),
  );
  const parts = [shared, ...own].flatMap((value) => {
    const body = pack(value);
    const length = Buffer.alloc(LENGTH);
    length.writeUInt32LE(body.length);
    return [length, body];
  });
  return Buffer.concat(parts);
}

/** The tellings that {@link packTellings} packed; `ordinals` limits them to these. Throws `record.damaged` where one is not there. */
export function unpackTellings(body: Uint8Array, ordinals?: readonly number[]): readonly Telling[] {
  const parts = partsOf(body);
  const [first, ...own] = parts;
  if (first === undefined) throw damagedError('the claims of a document tell nothing');
  const shared = unpack(first) as Partial<Telling>;
  return (ordinals ?? [...own.keys()]).map((ordinal) => {
    const part = own[ordinal];
    if (part === undefined) throw damagedError('a claim of a document tells nothing');
    return { ...(unpack(part) as Telling), ...shared };
  });
}

function partsOf(body: Uint8Array): readonly Uint8Array[] {
  // A file with other bits than were written gives whatever they say.
  if (!(body instanceof Uint8Array)) throw damagedError('the claims of a document are no bytes');
  const bytes = Buffer.from(body.buffer, body.byteOffset, body.byteLength);
  const parts: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const from = at + LENGTH;
    const to = from <= bytes.length ? from + bytes.readUInt32LE(at) : Number.POSITIVE_INFINITY;
    if (to > bytes.length) throw damagedError('the claims of a document are cut short');
    parts.push(bytes.subarray(from, to));
    at = to;
  }
  return parts;
}

/** The tellings of claims by their numbers; those that are not there are left out. */
export async function loadTellings(
  session: Session,
  numbers: readonly number[],
  cache: TellingCache,
): Promise<ReadonlyMap<number, Telling>> {
  const found = new Map<number, Telling>();
  const missing: number[] = [];
  for (const number of numbers) {
    const telling = cache.get(number);
    if (telling === undefined) missing.push(number);
    else found.set(number, telling);
  }
  if (missing.length === 0) return found;
  const rows = await session.rows<{ number: number; document: number; ordinal: number }>(
    'SELECT number, document, ordinal FROM claims WHERE number IN INTS(?)',
    [missing],
  );
  const wanted = new Map<number, { readonly number: number; readonly ordinal: number }[]>();
  for (const row of rows) {
    const others = wanted.get(row.document);
    if (others === undefined) wanted.set(row.document, [row]);
    else others.push(row);
  }
  const bodies = await session.rows<{ document: number; body: Uint8Array }>(
    'SELECT document, body FROM tellings WHERE document IN INTS(?)',
    [[...wanted.keys()]],
  );
  for (const { document, body } of bodies) {
    const claims = wanted.get(document)!;
    wanted.delete(document);
    const tellings = unpackTellings(
      body,
      claims.map(({ ordinal }) => ordinal),
    );
    for (const [i, { number }] of claims.entries()) {
      found.set(number, tellings[i]!);
      cache.set(number, tellings[i]!);
    }
  }
  for (const [claim] of wanted.values()) throw damagedError(`claim number ${claim!.number} tells nothing`);
  return found;
}
