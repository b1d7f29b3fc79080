import type { Reason } from '../events/explain.ts';
import type { Claim, Reading } from '../events/reading.ts';
import { type Telling, type ToldActor, tellingsOf } from '../record/telling.ts';
import { durationWords, figureWords, placeWords, whenWords } from '../record/words.ts';
import { plain } from './escape.ts';

/** A reading as a page for people: the document, then each claim with who, what, when, where, says who, the sentence. */
export function readingPage(reading: Reading): string {
  const { document } = reading;
  const head = [
    document.title === null ? 'Untitled document' : plain(document.title),
    [
      plain(document.outlet?.name ?? 'unknown outlet'),
      document.published === null ? 'undated' : `published ${whenWords(daysOf(document.published))}`,
      document.language === 'en' ? '' : `language ${document.language ?? 'unknown'}: read in English only`,
      document.removed.length === 0
        ? ''
        : `${document.removed.length === 1 ? 'a piece' : `${document.removed.length} pieces`} of page furniture left out`,
    ]
      .filter((part) => part !== '')
      .join(' · '),
  ].join('\n');
  const claims = tellingsOf(reading).map((telling) => tellingLines(telling).join('\n'));
  return `${[head, ...(claims.length === 0 ? ['No claims.'] : claims)].join('\n\n')}\n`;
}

/** One claim with the reasons for each field, and the tree of its sentence. */
export function explanationPage(reading: Reading, claim: Claim, reasons: readonly Reason[], tree: string): string {
  const telling = tellingsOf(reading).find((one) => one.claim === claim.id);
  if (telling === undefined) throw new TypeError(`The reading holds no claim ${claim.id}.`);
  const why = reasons.map(({ field, value, words, path, note }) => {
    const said = words === null ? '' : `“${plain(words)}”`;
    const told = [plain(value), said, path && plain(path), note && plain(note)].filter(Boolean).join(' · ');
    return told === '' ? '' : line(field, told);
  });
  return [...tellingLines(telling), '    why', ...why, ...(tree === '' ? [] : [tree])].join('\n');
}

function tellingLines(telling: Telling): readonly string[] {
  return [
    `${telling.claim}  ${tellingHead(telling)}`,
    ...tellingFields(telling).map(([name, text]) => line(name, text)),
  ];
}

/** The act itself and how sure it is: `CONSULT (phone), planned, probable`. */
export function tellingHead({ type, mode, status, certainty }: Telling): string {
  const modes = mode.length === 0 ? '' : ` (${mode.join(', ')})`;
  return `${type}${modes}, ${status}${certainty === 'asserted' ? '' : `, ${certainty}`}`;
}

/** The fields of a claim that hold something, each with its words for a person, in the order in which one asks. */
export function tellingFields(telling: Telling): readonly (readonly [name: string, text: string])[] {
  const fields = [
    ['who', telling.actors.map(actorLine).join('; ')],
    ['to whom', telling.recipients.map(actorLine).join('; ')],
    ['with', telling.others.map(({ role, actor }) => `${actorLine(actor)} (${role})`).join('; ')],
    ['when', telling.when.precision === 'unknown' && telling.when.value === null ? '' : whenWords(telling.when)],
    ['where', telling.where === null ? '' : plain(placeWords(telling.where))],
    [
      'how',
      [telling.medium ?? '', telling.duration === null ? '' : durationWords(telling.duration)]
        .filter(Boolean)
        .join(', '),
    ],
    ['about', telling.issues.join(', ')],
    ['figures', telling.figures.map(figureWords).join('; ')],
    ['if', plain(telling.condition ?? '')],
    ['then', plain(telling.consequence ?? '')],
    ['says', telling.saidBy.map((speaker) => plain(speaker.name)).join(', citing ')],
    ['words', `“${plain(telling.sentence)}”`],
  ] as const;
  return fields.filter(([, text]) => text !== '');
}

function line(name: string, text: string): string {
  return `    ${name.padEnd(10)} ${text}`;
}

function actorLine({ name, country, office }: ToldActor): string {
  const more = [country ?? '', office ?? ''].filter((part) => part !== '').join(', ');
  return plain(more === '' ? name : `${name} (${more})`);
}

function daysOf(published: { readonly from: string; readonly to: string }): { earliest: string; latest: string } {
  return { earliest: published.from, latest: published.to };
}
