/** What an office is, whatever its country calls it. The order is the order of rank. */
export const OFFICE_KINDS = [
  'head-of-state',
  'head-of-government',
  'secretary-general',
  'foreign-minister',
  'defence-minister',
  'deputy-head',
  'security-adviser',
  'interior-minister',
  'finance-minister',
  'military-chief',
  'intelligence-chief',
  'speaker',
  'minister',
  'deputy-minister',
  'un-representative',
  'ambassador',
  'envoy',
  'spokesperson',
  'central-bank',
  'prosecutor',
  'party-leader',
  'rebel-leader',
  'legislator',
  'governor',
  'mayor',
  'official',
] as const;
export type OfficeKind = (typeof OFFICE_KINDS)[number];

/**
 * A time in an office. `from` and `to` are ISO dates as exactly as they are known (`2012-05-07`, `2012-05`, `2012`), both
 * days included; null is unknown, and for `to` also "still in office". `seen` is a date at which a source lists the
 * holder without saying since when. `at` is the country (ISO 3166 alpha-3) or body an ambassador is sent to.
 */
export interface Tenure {
  readonly office: string;
  readonly kind: OfficeKind;
  readonly country: string | null;
  readonly from: string | null;
  readonly to: string | null;
  readonly seen: string | null;
  readonly at: string | null;
}

/** Whether a tenure covers a day (ISO, or a month or year: then whether it can). */
export function covers(tenure: Tenure, on: string): boolean {
  if (tenure.from !== null && cut(on, tenure.from) < cut(tenure.from, on)) return false;
  if (tenure.to !== null && cut(on, tenure.to) > cut(tenure.to, on)) return false;
  // A list of holders says nothing about how long: a minister of 2019 is believed for the years around it only.
  const listed = tenure.seen ?? tenure.to;
  if (tenure.from === null && listed !== null)
    return years(listed, on) <= SEEN_YEARS && (tenure.to !== null || years(on, listed) <= SEEN_YEARS);
  // Still in office means when the lists were made: nobody of them is the minister of ten years later.
  if (tenure.to !== null || tenure.from === null) return true;
  const known = LISTED[tenure.kind] ?? LISTED_ELSE;
  return years(on, tenure.from > known ? tenure.from : known) <= SEEN_YEARS;
}

/** The years of the newest lists: leaders of states (Factbook), and ministers and all others (Wikidata, US officials). */
const LISTED: Partial<Record<OfficeKind, string>> = { 'head-of-state': '2026', 'head-of-government': '2026' };
const LISTED_ELSE = '2023';

/** By how many years the first date is later. */
function years(later: string, earlier: string): number {
  return Number(later.slice(0, 4)) - Number(earlier.slice(0, 4));
}
const SEEN_YEARS = 3;

/** The place of a kind in the order of rank, 0 highest. */
export function rankOf(kind: OfficeKind): number {
  return OFFICE_KINDS.indexOf(kind);
}

/**
 * The office held on a day: the highest of those that cover it. Without a day, the last one known: what is still held
 * before what ended later before what ended earlier, the higher office first among equals.
 */
export function tenureOn(tenures: readonly Tenure[], on: string | null): Tenure | undefined {
  if (on !== null) {
    return tenures.filter((tenure) => covers(tenure, on)).sort(byRank)[0];
  }
  return [...tenures].sort((a, b) => lastDay(b).localeCompare(lastDay(a)) || byRank(a, b))[0];
}

function lastDay(tenure: Tenure): string {
  if (tenure.to !== null) return tenure.to;
  return tenure.from === null && tenure.seen !== null ? tenure.seen : '9999';
}

function byRank(a: Tenure, b: Tenure): number {
  // Of two offices of one rank the later begun is the one meant.
  return rankOf(a.kind) - rankOf(b.kind) || (b.from ?? '').localeCompare(a.from ?? '');
}

function cut(date: string, other: string): string {
  return date.slice(0, other.length);
}

/**
 * What kind of office a title names, in lower case and American spelling: "deputy minister of foreign affairs" is a
 * `deputy-minister`. Undefined if the words name no office.
 */
export function officeKind(title: string): OfficeKind | undefined {
  return KINDS.find(([, pattern]) => pattern.test(title))?.[0];
}

// Read from above: "deputy prime minister" must be met before "prime minister". All linear: no nested repetition.
// biome-ignore format: a table reads best in rows
const KINDS: readonly (readonly [OfficeKind, RegExp])[] = [
  ['spokesperson', /\bspokes(?:man|woman|person|men|women|people)\b|\bpress secretary\b/],
  ['un-representative', /\b(?:permanent )?representative to the (?:un\b|united nations)|\b(?:un|united nations) (?:ambassador|envoy)\b|\bambassador to the (?:un\b|united nations)/],
  ['ambassador', /\bambassador|\bcharge daffaires|\bhigh commissioner to\b/],
  ['envoy', /\benvoy|\bspecial (?:representative|presidential)/],
  ['security-adviser', /\bnational security advis[eo]r|\bsecretary of (?:the )?(?:national )?security council/],
  ['deputy-minister', /\b(?:deputy|vice|assistant|under|junior|state)[- ](?:foreign |defense |interior |finance )?(?:minister|secretary|secretary of state)\b(?! general)|\bundersecretary|\bminister of state\b|\bparliamentary secretary/],
  ['deputy-head', /\b(?:vice|deputy)[- ](?:president|prime minister|premier|chancellor)|\b(?:vice|deputy) (?:chairman|chair) of (?:cabinet|council of (?:ministers|state))|\bcrown prince/],
  ['governor', /\bgovernor general\b/],
  ['central-bank', /\b(?:governor|president|chairman|chair|head)[^,]* (?:central|national|reserve|federal reserve) bank|\bcentral bank (?:governor|chief|president|chair)/],
  ['secretary-general', /\bsecretar(?:y|ies)[- ]general\b|\bpresident of the (?:european (?:commission|council)|un |general assembly)/],
  ['foreign-minister', /\b(?:foreign|external (?:relations|affairs)) (?:affairs )?(?:minister|secretary|secretaries)\b|\bminister[^,]* (?:of|for) (?:foreign|external)|\bsecretary of state(?! for| of)\b|\bsecretary of state for foreign|\btop diplomat|\bminister of (?:international relations|foreign)/],
  ['defence-minister', /\b(?:defense|war) (?:minister|secretary|chief)|\bminister[^,]* (?:of|for) (?:national |the |people's |peoples )?(?:defense|armed forces|war)\b|\bsecretary of (?:state for )?(?:national )?defense|\bpentagon chief/],
  ['interior-minister', /\b(?:interior|home|internal affairs|homeland security) (?:affairs )?(?:minister|secretary)|\bminister[^,]* (?:of|for) (?:the )?(?:interior|home|internal)|\bhome secretary|\bsecretary of (?:the interior|homeland security)/],
  ['finance-minister', /\b(?:finance|treasury) (?:minister|secretary)|\bminister[^,]* (?:of|for) finance|\bchancellor of the exchequer|\bsecretary of the treasury/],
  ['prosecutor', /\battorney general|\b(?:public |chief |state |special |federal )?prosecutor|\bprocurator/],
  ['head-of-government', /\bprime minister|\bpremier\b|\bpremiers\b|\bchancellor\b|\bhead of (?:the )?government|\bchief executive of hong kong/],
  ['military-chief', /\bchief of (?:the )?(?:general |army |defense |naval |air |joint )?staff|\b(?:army|military|armed forces|navy|air force|defense force) (?:chief|commander)|\bcommander[- ]in[- ]chief|\bchairman of the joint chiefs|\bjoint chiefs chairman/],
  ['intelligence-chief', /\b(?:intelligence|spy|cia|fsb|mi6|mossad) (?:chief|director|head)|\bdirector of (?:national|central) intelligence|\bdirector of the (?:cia|fbi|nsa)/],
  ['speaker', /\bspeaker\b|\bpresident of the (?:senate|national assembly|parliament|chamber)/],
  ['governor', /\bgovernors?\b/],
  ['mayor', /\bmayors?\b/],
  ['minister', /\bministers?\b|\bsecretary (?:of|for)\b|\b(?:trade|commerce|energy|labor|agriculture|transport|health|education|environment|justice|business) secretary|\bcommissioner for\b/],
  ['head-of-state', /\bpresidents?\b(?! of the (?:company|board|bank|university|club|league|federation|association|union))|\bking\b|\bqueen\b|\bemperor\b|\bemir\b|\bamir\b|\bsultan\b|\bmonarch\b|\bhead of state\b|\bsupreme leader\b|\bpope\b|\bgrand duke\b|\bprince of monaco\b/],
  ['legislator', /\b(?:senator|congress(?:man|woman)|mps?|lawmaker|legislator|parliamentarian|representative|deputy|deputies|meps?)s?\b/],
  ['party-leader', /\b(?:party|opposition) (?:leader|chief|chair)/],
  ['rebel-leader', /\b(?:rebel|guerrilla|militia|insurgent|separatist) (?:leader|chief|commander)|\bwarlord/],
];
