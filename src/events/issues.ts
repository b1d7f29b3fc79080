import type { Token } from '../nlp/sentence.ts';
import type { Span } from '../source/span.ts';

/** What a claim is about, and the words that say so. */
export interface Issue extends Span {
  readonly label: string;
}

/** Issue, PLOVER context it stands for (or none), and its words: lemmas, phrases joined by `_`. */
// biome-ignore format: a table reads best in rows
const ISSUES: readonly (readonly [string, string | undefined, string])[] = [
  ['cyber', 'cyber', 'cyber cyberattack cybersecurity ransomware hacker hacking hack malware cyberspace cybercrime'],
  ['arms control', 'military', 'arms_control disarmament strategic_stability inf_treaty new_start nonproliferation non-proliferation warhead'],
  ['nuclear', 'cbrn', 'nuclear uranium enrichment reactor atomic jcpoa plutonium'],
  ['chemical and biological weapons', 'cbrn', 'chemical_weapon biological_weapon novichok sarin nerve_agent'],
  ['sanctions', 'economic', 'sanction embargo blacklist'],
  ['trade', 'economic', 'trade tariff export import customs quota'],
  ['economy', 'economic', 'economy economic investment currency inflation debt financial market'],
  ['finance', 'economic', 'bank swift payment asset loan'],
  ['energy', 'natural_resource', 'energy gas oil pipeline electricity lng fuel nord_stream'],
  ['border', 'territory', 'border frontier demarcation boundary'],
  ['territory', 'territory', 'territory territorial sovereignty annexation secession occupation integrity'],
  ['maritime', 'territory', 'maritime fishing fishery fisheries vessel strait exclusive_economic_zone coast_guard fleet'],
  ['military buildup', 'military', 'buildup troop mobilization deployment exercise escalation'],
  ['invasion', 'military', 'invasion invade aggression incursion'],
  ['ceasefire', 'peacekeeping', 'ceasefire cease-fire truce armistice de-escalation deescalate'],
  ['peace process', 'peacekeeping', 'peace peacekeeping peacekeeper reconciliation mediation'],
  ['prisoners', 'legal', 'prisoner detainee hostage detention imprisonment prisoner_swap captive'],
  ['human rights', 'human_rights', 'human_rights abuse torture atrocity genocide persecution'],
  ['press freedom', 'rights_freedoms', 'press_freedom journalist censorship media_freedom'],
  ['opposition', 'repression', 'opposition dissident crackdown political_prisoner activist'],
  ['democracy', 'pro_democracy', 'democracy democratic civil_society reform'],
  ['elections', 'election', 'election vote ballot referendum electoral'],
  ['election interference', 'election', 'interference meddling meddle'],
  ['coup', 'political_institutions', 'coup junta putsch'],
  ['migration', 'migration', 'migration migrant visa deportation smuggling'],
  ['refugees', 'asylum', 'refugee asylum displaced displacement'],
  ['climate', 'environment', 'climate emission warming decarbonization paris_agreement'],
  ['environment', 'environment', 'environment environmental pollution biodiversity deforestation'],
  ['water', 'natural_resource', 'dam river water_sharing irrigation'],
  ['food', 'human_security', 'food grain wheat famine hunger fertilizer'],
  ['health', 'health', 'health vaccine pandemic covid covid-19 virus disease medical epidemic'],
  ['humanitarian', 'human_security', 'humanitarian relief aid_worker'],
  ['disaster', 'disasters', 'earthquake flood hurricane cyclone wildfire drought tsunami'],
  ['terrorism', 'terrorism', 'terrorism terrorist counterterrorism extremism extremist isis al-qaeda jihadist'],
  ['drugs', 'illegal_drugs', 'drug narcotic cocaine fentanyl cartel'],
  ['trafficking', 'trafficking', 'trafficking trafficker'],
  ['corruption', 'corruption', 'corruption bribery kleptocracy money_laundering'],
  ['espionage', 'intelligence', 'espionage spy spying intelligence'],
  ['disinformation', 'misinformation', 'disinformation misinformation propaganda'],
  ['diplomatic relations', 'diplomatic', 'embassy consulate ambassador envoy diplomatic_relation diplomatic_tie'],
  ['defence', 'military', 'defense defence missile weapon arms security_guarantee alliance'],
  ['space and technology', 'technology', 'space satellite technology semiconductor artificial_intelligence 5g'],
  ['women', 'gender', 'woman gender girl'],
  ['religion', 'religion_ethnicity', 'religious religion mosque church ethnic minority'],
];

const BY_WORD = new Map(ISSUES.flatMap(([label, , words]) => words.split(' ').map((word) => [word, label] as const)));
const CONTEXT = new Map(ISSUES.map(([label, context]) => [label, context]));

/** PLOVER's context for an issue's label, if it has one. */
export function contextOf(label: string): string | undefined {
  return CONTEXT.get(label);
}

/** The issues that a run of tokens names, the first words of each; phrases of two or three words before single ones. */
export function findIssues(tokens: readonly Token[]): readonly Issue[] {
  const found = new Map<string, Issue>();
  for (let i = 0; i < tokens.length; i++) {
    for (let length = 3; length > 0; length--) {
      const run = tokens.slice(i, i + length);
      if (run.length < length || run.some((token) => token.upos === 'VERB' && length > 1)) continue;
      const label = BY_WORD.get(run.map((token) => token.lemma.toLowerCase()).join('_'));
      if (label === undefined) continue;
      if (!found.has(label)) found.set(label, { label, from: run[0]!.from, to: run.at(-1)!.to });
      i += length - 1;
      break;
    }
  }
  return [...found.values()];
}
