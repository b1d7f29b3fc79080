import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ReadoutError } from '../error.ts';
import { findAnchored } from '../record/anchor.ts';
import type { EventFilter } from '../record/find.ts';
import { anchorsOf, type Decision, decisionId, decisionSchema, type KeptDecision, standing } from '../record/review.ts';
import type { Store } from '../record/store.ts';
import type { Telling } from '../record/telling.ts';
import { actWords, claimWords, sentenceWords, signed } from './decided.ts';
import { type Item, writePage } from './layout.ts';
import type { Context } from './operation.ts';

/** The record, and who asks. */
interface Desk {
  readonly store: Store;
  readonly context: Context;
}

/** A decision with what has become of it. */
interface Standing {
  readonly decision: KeptDecision;
  readonly stands: boolean;
  readonly undoneBy: string | null;
  /** The claims that it is about: those found now, and those named in all. */
  readonly claims: { readonly found: number; readonly named: number };
}

/** Prints the decisions, the newest first, with what they stand on; those on events that pass a filter, if one is given. */
export async function listDecisions(
  { limit, json }: { readonly limit: number; readonly json: boolean },
  filter: EventFilter | undefined,
  { store, context }: Desk,
): Promise<void> {
  const decisions = await store.decisions();
  const holding = new Set(standing(decisions).map(({ id }) => id));
  const wanted = filter === undefined ? undefined : await decisionsOnEvents(store, filter);
  const shown = decisions
    .toReversed()
    .filter(({ id }) => wanted === undefined || wanted.has(id))
    .slice(0, limit);
  const documents = new Map<string, readonly Telling[]>();
  const tellingsOf = async (document: string): Promise<readonly Telling[]> => {
    const known = documents.get(document) ?? (await store.claims(document)).map(({ telling }) => telling);
    documents.set(document, known);
    return known;
  };
  const rows: (Standing & { readonly sources: readonly string[] })[] = [];
  for (const decision of shown) {
    const sources: string[] = [];
    let found = 0;
    const anchors = anchorsOf(decision);
    for (const anchor of anchors) {
      const tellings = await tellingsOf(anchor.document);
      const telling = tellings[findAnchored(tellings, anchor) ?? -1];
      if (telling !== undefined) found += 1;
      if (sources.length >= MOST_SOURCES) continue;
      if (telling !== undefined)
        sources.push(`${telling.id.slice(0, 8)} ${claimWords(telling)}: ${sentenceWords(telling)}`);
      else
        sources.push(`“${anchor.words}” in document ${anchor.document.slice(0, 8)}, which tells of no such claim now`);
    }
    if (anchors.length > MOST_SOURCES) sources.push(`and ${anchors.length - MOST_SOURCES} more`);
    const undoing = undoingOf(decision, decisions);
    const stands = decision.kind === 'undo' ? undoing === undefined : holding.has(decision.id);
    rows.push({ decision, stands, undoneBy: undoing?.id ?? null, claims: { found, named: anchors.length }, sources });
  }
  if (json) {
    const plain = rows.map(({ sources: _, ...row }) => row);
    await context.write(`${JSON.stringify(plain, null, 2)}\n`);
    return;
  }
  if (rows.length === 0) {
    context.tell('Nothing has been decided.');
    return;
  }
  const items = rows.map(({ decision, undoneBy, claims, sources }): Item => {
    const nothing = claims.named > 0 && claims.found === 0 ? ['it stands on nothing: no claim is there any more'] : [];
    const notes = [...(undoneBy === null ? [] : [`undone by ${undoneBy}`]), ...nothing];
    const text = `${actWords(decision)} ${signed(decision)}${notes.length === 0 ? '' : ` [${notes.join('; ')}]`}`;
    return { lead: decision.id, text, sources };
  });
  await context.write(writePage('Decisions', [{ kind: 'list', items }], 'text'));
}

/** Claims shown below a decision. */
const MOST_SOURCES = 4;

/** The decisions on claims of the events that pass a filter. */
async function decisionsOnEvents(store: Store, filter: EventFilter): Promise<ReadonlySet<string>> {
  const ids = new Set<string>();
  for await (const event of store.eachEvent({ ...filter, reviewed: true })) {
    for (const { review } of event.claims) for (const id of review?.decisions ?? []) ids.add(id);
  }
  return ids;
}

/** Takes decisions from a file of JSON lines (`-`: standard input), in their order. Those that the record holds already are passed over. */
export async function importDecisions(path: string, json: boolean, { store, context }: Desk): Promise<void> {
  const text = path === '-' ? await textOf(context.stdin) : await fileText(path, context);
  const known = new Set((await store.decisions()).map(({ id }) => id));
  let taken = 0;
  let held = 0;
  const ids = new Set(known);
  const decisions = text.split(/\r?\n/).flatMap((line, index) => {
    if (line.trim() === '') return [];
    const where = `${path === '-' ? 'standard input' : path}:${index + 1}`;
    const decision = decisionIn(line, where);
    if (decision.kind === 'undo' && !ids.has(decision.undoes)) {
      throw new ReadoutError(
        'input.jsonl',
        `${where}: expected decision ${decision.undoes} in the record or in a line before: this one undoes it.`,
      );
    }
    ids.add(decisionId(decision));
    return [decision];
  });
  for (const decision of decisions) {
    const id = await store.decide(decision);
    if (known.has(id)) held += 1;
    else taken += 1;
    known.add(id);
    context.progress(`${taken + held} of ${decisions.length} decisions`);
  }
  if (json) await context.write(`${JSON.stringify({ taken, held })}\n`);
  else context.tell(`${taken} decision${taken === 1 ? '' : 's'} taken, ${held} held already.`);
}

function decisionIn(line: string, where: string): Decision {
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch (cause) {
    throw new ReadoutError(
      'input.jsonl',
      `${where}: expected a decision as JSON, as \`readout review export\` writes it.`,
      {
        cause,
      },
    );
  }
  const checked = decisionSchema.safeParse(value);
  if (checked.success) return checked.data;
  const { path, message } = checked.error.issues[0]!;
  throw new ReadoutError(
    'input.jsonl',
    `${where}: expected a decision as \`readout review export\` writes it; ${path.join('.') || 'it'}: ${message}.`,
    { cause: checked.error },
  );
}

async function fileText(path: string, { cwd }: Context): Promise<string> {
  try {
    return await readFile(resolve(cwd, path), 'utf8');
  } catch (cause) {
    const missing = (cause as NodeJS.ErrnoException).code === 'ENOENT';
    const problem = missing ? 'no such file. Check the spelling' : 'expected a readable file of decisions';
    throw new ReadoutError(missing ? 'input.missing' : 'input.unreadable', `${path}: ${problem}.`, { cause });
  }
}

async function textOf(stdin: AsyncIterable<Uint8Array>): Promise<string> {
  const pieces: Uint8Array[] = [];
  for await (const piece of stdin) pieces.push(piece);
  return Buffer.concat(pieces).toString('utf8');
}

/** The decision that undoes another and stands itself. */
export function undoingOf({ id }: KeptDecision, decisions: readonly KeptDecision[]): KeptDecision | undefined {
  return decisions.find((one) => one.kind === 'undo' && one.undoes === id && undoingOf(one, decisions) === undefined);
}
