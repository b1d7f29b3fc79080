import { z } from 'zod';
import { ReadoutError } from '../error.ts';
import { disagreementWords } from '../record/brief.ts';
import type { Event, Told } from '../record/event.ts';
import { actorWords, headlineOf } from '../record/headline.ts';
import { momentOf, toldWords } from '../record/hours.ts';
import type { KeptDecision } from '../record/review.ts';
import type { Store } from '../record/store.ts';
import type { Telling } from '../record/telling.ts';
import { changeBetween, type Version, type VersionChange } from '../record/versions.ts';
import { durationWords, figureWords, placeWords } from '../record/words.ts';
import { claimWords, decisionsNamed, reviewLines } from './decided.ts';
import { type Block, type Cell, type Item, writePage } from './layout.ts';
import { type Context, defineOperation, recordOption } from './operation.ts';
import { withRecord } from './record.ts';
import { shownSchema } from './shapes.ts';

/** `readout show`: one event or document with its evidence. */
export const showOperation = defineOperation({
  input: z.object({
    id: z.string().meta({ description: 'id of an event, a claim or a document, or how it begins', placeholder: 'ID' }),
    versions: z
      .boolean()
      .default(false)
      .meta({ description: 'the texts that came from the document’s address, and what each changed' }),
    md: z.boolean().default(false).meta({ description: 'print Markdown' }),
    json: z.boolean().default(false).meta({ description: 'print JSON: the event, or the reading of the document' }),
    html: z.boolean().default(false).meta({ description: 'print an HTML page' }),
    db: recordOption,
  }),
  positional: ['id'],
  examples: ['readout show 3f2a91c0', 'readout show 3f2a91c0 --json', 'readout show 9be41d77 --versions'],
  offer: { right: 'read', output: shownSchema, forms: ['md', 'html'] },
  async run(input, context) {
    await withRecord(input.db, context, async (store) => {
      const event = await store.event(input.id);
      const reading = event === undefined ? await store.reading(input.id) : undefined;
      const rejected = event === undefined && reading === undefined ? await store.claim(input.id) : undefined;
      if (event === undefined && reading === undefined && rejected === undefined) {
        throw new ReadoutError(
          'record.not-found',
          `The record holds no event, claim or document "${input.id}"; \`readout timeline\` shows ids.`,
        );
      }
      if (input.versions) {
        if (reading === undefined)
          throw new ReadoutError('option.value', `--versions: expected the id of a document, got that of an event.`);
        await writeVersions(store, reading.document.id, input, context);
        return;
      }
      if (input.json) {
        await context.write(`${JSON.stringify(event ?? reading ?? rejected, null, 2)}\n`);
        return;
      }
      const blocks =
        event !== undefined
          ? eventBlocks(
              event,
              await decisionsNamed(
                store,
                event.claims.map(({ review }) => review),
              ),
            )
          : rejected === undefined
            ? await documentBlocks(store, input.id)
            : await rejectedBlocks(store, [rejected.telling]);
      await context.write(writePage(input.id, blocks, input.md ? 'md' : input.html ? 'html' : 'text'));
    });
  },
});

/**
 * An event as a page: every field with its values and who tells each, then each claim with the words and the reason, and
 * what persons decided of it.
 */
function eventBlocks(event: Event, decisions: ReadonlyMap<string, KeptDecision> = new Map()): readonly Block[] {
  return [
    { kind: 'heading', level: 1, text: headlineOf(event) },
    {
      kind: 'text',
      text: `${event.type} · CAMEO ${event.cameo} · quad ${event.quad} · scale ${event.scale} · ${toldBy(event)} · id ${event.id}`,
    },
    ...(event.disagreements.length === 0
      ? []
      : [{ kind: 'text', text: `Reports disagree. ${disagreementWords(event)}.` } as const]),
    fieldTable(event),
    { kind: 'heading', level: 2, text: 'Told by' },
    {
      kind: 'list',
      items: event.claims.map((claim) => ({
        lead: claim.published?.from ?? 'undated',
        text: `${claim.outlet ?? 'unknown outlet'}: “${claim.sentence}”`,
        sources: [
          [
            claim.status,
            claim.certainty,
            ...(claim.saidBy.length === 0 ? [] : [`said by ${claim.saidBy.map((speaker) => speaker.name).join(', ')}`]),
            `rule ${claim.rule}`,
            `document ${claim.document.slice(0, 8)}`,
            `claim ${claim.id.slice(0, 8)}`,
          ].join(' · '),
          claim.reason.text,
          ...reviewLines(claim.review, decisions),
        ],
      })),
    },
  ];
}

/** "told by 3 reports of 2 origins": a reprint has no voice of its own. */
function toldBy(event: Event): string {
  const reports = new Set(event.claims.map((claim) => claim.document)).size;
  const count = (number: number, word: string): string => `${number} ${word}${number === 1 ? '' : 's'}`;
  return `told by ${count(reports, 'report')}${reports === event.origins ? '' : ` of ${count(event.origins, 'origin')}`}`;
}

/** The fields of an event, a row a value: field, value, outlets. */
export function fieldTable(event: Event): Block {
  const disputed = new Set<string>(event.disagreements.map((disagreement) => disagreement.field));
  const rows = <Value>(field: string, told: readonly Told<Value>[], wordsOf: (value: Value) => string): Cell[][] =>
    told.map((one, index) => [
      { lines: index === 0 ? [field] : [] },
      { lines: [wordsOf(one.value)], marked: disputed.has(field) },
      { lines: [one.outlets.length === 0 ? 'unknown outlet' : one.outlets.join(', ')] },
    ]);
  return {
    kind: 'table',
    columns: ['field', 'value', 'told by'],
    rows: [
      ...rows('actors', event.actors, actorWords),
      ...rows('recipients', event.recipients, actorWords),
      ...rows('others', event.others, ({ role, actor }) => `${actorWords(actor)}, ${role}`),
      ...rows('when', event.when.told, toldWords),
      ...rows('where', event.where.told, placeWords),
      ...rows('status', event.status.told, String),
      ...rows('mode', event.mode, String),
      ...rows('medium', event.medium.told, String),
      ...rows('duration', event.duration.told, durationWords),
      ...rows('issues', event.issues, String),
      ...rows('figures', event.figures, figureWords),
    ],
  };
}

/** The versions of a text in the order they came: the first as it was, each later one by what it changed. */
async function writeVersions(
  store: Store,
  id: string,
  { json, md, html }: { readonly json: boolean; readonly md: boolean; readonly html: boolean },
  context: Pick<Context, 'write'>,
): Promise<void> {
  const versions: Version[] = [];
  for (const one of await store.versions(id)) {
    const { document } = (await store.reading(one))!;
    versions.push({ document, events: await store.events({ document: document.id }) });
  }
  const changes = versions.slice(1).map((version, i) => changeBetween(versions[i]!, version));
  if (json) {
    const told = versions.map(({ document }, i) => ({
      id: document.id,
      title: document.title,
      change: changes[i - 1] ?? null,
    }));
    await context.write(`${JSON.stringify(told, null, 2)}\n`);
    return;
  }
  const blocks: Block[] = [
    { kind: 'heading', level: 1, text: versions.at(-1)!.document.title ?? 'Untitled document' },
    { kind: 'text', text: versions.length === 1 ? 'One version.' : `${versions.length} versions.` },
  ];
  for (const [i, { document, events }] of versions.entries()) {
    const change = changes[i - 1];
    blocks.push({ kind: 'heading', level: 2, text: `Version ${i + 1} · ${document.id.slice(0, 12)}` });
    if (change === undefined) blocks.push({ kind: 'text', text: `${events.length} events.` });
    else blocks.push({ kind: 'list', items: changeItems(change) });
  }
  await context.write(writePage(id, blocks, md ? 'md' : html ? 'html' : 'text'));
}

function changeItems({ words, came, went }: VersionChange): readonly Item[] {
  const wordItems = words.flatMap(({ words: text, change }) =>
    change === null ? [] : [{ lead: change === 'added' ? '+' : '−', text: text.trim(), sources: [] }],
  );
  const eventItems = (lead: string, events: readonly Event[]) =>
    events.map((event) => ({ lead, text: headlineOf(event), sources: [] }));
  return [...wordItems, ...eventItems('now tells', came), ...eventItems('no longer tells', went)];
}

async function documentBlocks(store: Store, id: string): Promise<readonly Block[]> {
  const { document } = (await store.reading(id))!;
  const events = await store.events({ document: document.id });
  const rejected = (await store.claims(document.id)).filter(({ event }) => event === null);
  return [
    { kind: 'heading', level: 1, text: document.title ?? 'Untitled document' },
    {
      kind: 'text',
      text: [
        document.outlet?.name ?? 'unknown outlet',
        document.published?.from ?? 'undated',
        document.url ?? '',
        document.id,
      ]
        .filter((part) => part !== '')
        .join(' · '),
    },
    { kind: 'heading', level: 2, text: `It tells of ${events.length} events` },
    {
      kind: 'list',
      items: events.map((event) => ({
        lead: momentOf(event),
        text: headlineOf(event),
        sources: event.claims
          .filter((claim) => claim.document === document.id)
          .map((claim) => `“${claim.sentence}” · ${event.id.slice(0, 8)}`),
      })),
    },
    ...(rejected.length === 0
      ? []
      : await rejectedBlocks(
          store,
          rejected.map(({ telling }) => telling),
        )),
  ];
}

/** Claims that stand in no event because a person rejected them. */
async function rejectedBlocks(store: Store, claims: readonly Telling[]): Promise<readonly Block[]> {
  const decisions = await decisionsNamed(
    store,
    claims.map(({ review }) => review),
  );
  return [
    { kind: 'heading', level: 2, text: 'Rejected' },
    {
      kind: 'list',
      items: claims.map((telling) => ({
        lead: `claim ${telling.id.slice(0, 8)}`,
        text: claimWords(telling),
        sources: [`“${telling.sentence}”`, ...reviewLines(telling.review, decisions)],
      })),
    },
  ];
}
