import { type Event, outletsOf } from '../../record/event.ts';
import type { Facets, FacetValue } from '../../record/facets.ts';
import { facetsOf } from '../../record/facets.ts';
import type { EventFilter } from '../../record/find.ts';
import { oneLine, personMark } from '../../record/marks.ts';
import { fold } from '../../record/party.ts';
import type { Store } from '../../record/store.ts';
import { isExact, parseWords } from '../../record/terms.ts';
import { QUAD_NAMES } from '../filter.ts';
import { addressWith } from './addresses.ts';
import { typeWords } from './asked.ts';
import { type Html, html } from './html.ts';
import { countWords } from './lines.ts';
import { countryName, namesOfParties, personTold } from './names.ts';
import { remembered } from './remembered.ts';

/** Events whose marks are counted, and of those that have words: more would take longer than a page may. */
const LOOKED_AT = 3000;
const LOOKED_AT_WITH_WORDS = 1500;
const SHOWN = 6;
const MOST = 30;

/** What a view can be narrowed down by, each with the word of its marks and its name in an address. */
const GROUPS = [
  ['party', 'Who', 'between'],
  ['person', 'Persons and bodies', 'actor'],
  ['type', 'What', 'type'],
  ['quad', 'Kind', 'quad'],
  ['status', 'Status', 'status'],
  ['issue', 'About', 'issue'],
  ['in', 'Where', 'country'],
  ['outlet', 'Told by', 'outlet'],
  ['disputed', 'Disputed', 'disputed'],
] as const;
type Group = (typeof GROUPS)[number];

/** What the events of a view can be narrowed down by, counted once for all its pages. */
export async function narrowsOf(store: Store, filter: EventFilter): Promise<Facets> {
  return remembered(store, `narrows ${JSON.stringify(filter)}`, () =>
    facetsOf(store.engine, filter, filter.words === undefined ? LOOKED_AT : LOOKED_AT_WITH_WORDS),
  );
}

/** How many events there are in words: words in a row are counted as single ones, so of those there are so many at most. */
export function totalWords(
  events: number,
  { complete, words }: { readonly complete: boolean; readonly words?: string | undefined },
): string {
  const isRough = words !== undefined && isExact(parseWords(words));
  return `${isRough && complete ? 'at most ' : ''}${countWords(events, complete)}`;
}

/**
 * Links that narrow a view down or widen it again, with how many events each leaves. `events` are those of the page: names
 * that the counts lack are taken from them. Nothing where there is nothing to narrow down or to widen.
 */
export async function narrowLinks(
  store: Store,
  {
    path,
    query,
    facets,
    events,
  }: {
    readonly path: string;
    readonly query: URLSearchParams;
    readonly facets: Facets;
    readonly events: readonly Event[];
  },
): Promise<Html | null> {
  const parties = (facets.values.get('party') ?? []).slice(0, MOST + 2).map(({ value }) => value);
  const names = new Map(namesIn(events));
  const partyNames = await namesOfParties(store, [...parties, ...query.getAll('between')]);
  const chosenPerson = query.get('actor') ?? '';
  const person = chosenPerson === '' ? undefined : await personTold(store, chosenPerson);
  if (person !== undefined) names.set(oneLine(`person ${chosenPerson}`), person.name);
  const nameOf = ([word]: Group, value: string): string | undefined => {
    switch (word) {
      case 'party':
        return partyNames.get(value) ?? value;
      case 'person':
        return names.get(oneLine(`person ${value}`)) ?? (value.startsWith('~') ? capitals(value.slice(1)) : undefined);
      case 'quad':
        return QUAD_NAMES[Number(value) - 1]?.replace('-', ' ');
      case 'in':
        return countryName(value);
      case 'type':
        return typeWords(value);
      case 'outlet':
        return names.get(`outlet ${value}`) ?? capitals(value);
      case 'disputed':
        return value === '' ? 'anything' : value;
      default:
        return value;
    }
  };
  const groups = GROUPS.flatMap((group) => groupOf(group) ?? []);
  if (groups.length === 0) return null;
  return html`<nav class="narrow" id="narrow" aria-labelledby="narrow-title"><h2 id="narrow-title">Narrow down</h2>
${!facets.complete && html`<p class="soft">Counted in the first ${facets.total.toLocaleString('en-US')} events.</p>`}
${groups}</nav>`;

  function groupOf(group: Group): Html | null {
    const [word, title, name] = group;
    const chosen = query.getAll(name).filter((value) => value !== '');
    // Whoever asks for one type has no other left to choose; sides and what is disputed can be added to.
    const single = name !== 'between' && chosen.length > 0;
    const values: (FacetValue & { readonly words: string })[] = single
      ? []
      : (facets.values.get(word) ?? []).flatMap((one) => {
          const words = nameOf(group, one.value);
          const isChosen = chosen.some((value) => fold(value) === fold(one.value) || fold(value) === fold(words ?? ''));
          // "A neighbour", told once, is nobody in particular.
          const isNobody = word === 'party' && one.value.startsWith('~') && one.events < 2;
          return words === undefined || isChosen || isNobody ? [] : [{ ...one, words }];
        });
    if (values.length === 0 && chosen.length === 0) return null;
    const rows = values.slice(0, MOST).map(({ value, events, words }) => {
      const given = word === 'disputed' && value === '' ? 'any' : value;
      const address = addressWith(path, query, { [name]: [...(name === 'between' ? chosen : []), given], after: null });
      return html`<li><a href="${address}">${words}</a> <span class="number">${events.toLocaleString('en-US')}</span></li>`;
    });
    return html`<section><h3>${title}</h3>
${chosen.length > 0 && html`<ul>${chosen.map((value) => html`<li class="chosen"><a href="${addressWith(path, query, { [name]: chosen.filter((one) => one !== value), after: null })}"><span aria-hidden="true">×</span> ${nameOf(group, value) ?? value}<span class="unseen">, no longer asked for</span></a></li>`)}</ul>`}
${rows.length > 0 && html`<ul>${rows.slice(0, SHOWN)}</ul>`}
${rows.length > SHOWN && html`<details><summary>${rows.length - SHOWN} more</summary><ul>${rows.slice(SHOWN)}</ul></details>`}
</section>
`;
  }
}

/** Names of persons and outlets as the events have them, by their marks. */
function namesIn(events: readonly Event[]): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const event of events) {
    for (const { value } of [...event.actors, ...event.recipients]) {
      if (value.kind !== 'state') names.set(oneLine(personMark(value)), value.name);
    }
    for (const outlet of outletsOf(event)) names.set(`outlet ${fold(outlet)}`, outlet);
  }
  return names;
}

/** A folded name with capitals, where no event of the page has it as it is written. */
function capitals(name: string): string {
  return name.replace(/(?<![\p{L}\p{N}])\p{Ll}/gu, (letter) => letter.toUpperCase());
}
