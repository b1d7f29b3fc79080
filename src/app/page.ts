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
      document.removed.length === 0 ? '' : `${document.removed.length} pieces of page furniture left out`,
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
    return line(field, [plain(value), said, path && plain(path), note && plain(note)].filter(Boolean).join(' · '));
  });
  return [...tellingLines(telling), '    why', ...why, ...(tree === '' ? [] : [tree])].join('\n');
}

function tellingLines(telling: Telling): readonly string[] {
  const mode = telling.mode.length === 0 ? '' : ` (${telling.mode.join(', ')})`;
  const lines = [
    `${telling.claim}  ${telling.type}${mode}, ${telling.status}${telling.certainty === 'asserted' ? '' : `, ${telling.certainty}`}`,
    line('who', telling.actors.map(actorLine).join('; ')),
    line('to whom', telling.recipients.map(actorLine).join('; ')),
    line('with', telling.others.map(({ role, actor }) => `${actorLine(actor)} (${role})`).join('; ')),
    line('when', telling.when.precision === 'unknown' && telling.when.value === null ? '' : whenWords(telling.when)),
    line('where', telling.where === null ? '' : plain(placeWords(telling.where))),
    line(
      'how',
      [telling.medium ?? '', telling.duration === null ? '' : durationWords(telling.duration)]
        .filter(Boolean)
        .join(', '),
    ),
    line('about', telling.issues.join(', ')),
    line('figures', telling.figures.map(figureWords).join('; ')),
    line('if', plain(telling.condition ?? '')),
    line('then', plain(telling.consequence ?? '')),
    line('says', telling.saidBy.map((speaker) => plain(speaker.name)).join(', citing ')),
    line('words', `“${plain(telling.sentence)}”`),
  ];
  return lines.filter((text) => text !== '');
}

function line(name: string, text: string): string {
  return text === '' ? '' : `    ${name.padEnd(10)} ${text}`;
}

function actorLine({ name, country, office }: ToldActor): string {
  const more = [country ?? '', office ?? ''].filter((part) => part !== '').join(', ');
  return plain(more === '' ? name : `${name} (${more})`);
}

function daysOf(published: { readonly from: string; readonly to: string }): { earliest: string; latest: string } {
  return { earliest: published.from, latest: published.to };
}
