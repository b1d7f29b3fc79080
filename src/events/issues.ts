import type { Token } from '../nlp/sentence.ts';
import type { Span } from '../source/span.ts';
import type { Tree } from './tree.ts';
import { bare, dependents, feature, headOf } from './tree.ts';

/** What a claim is about, and the words that say so. */
export interface Issue extends Span {
  readonly label: string;
}

/**
 * Issue, PLOVER context it stands for (or none), and its words: lemmas of nouns and adjectives, phrases joined by `_`. A
 * phrase without a label keeps its words from meaning something else: "the West Bank" is no bank. After the issue table
 * of Phoenix (Open Event Data), cut to what passes between states.
 */
// biome-ignore format: a table reads best in rows
const ISSUES: readonly (readonly [string, string | undefined, string])[] = [
  ['cyber', 'cyber', 'cyber cyberattack cybersecurity cyber-attack cyber-security ransomware hacker hacking malware cyberspace cybercrime'],
  ['arms control', 'military', 'arms_control disarmament strategic_stability inf_treaty new_start nonproliferation non-proliferation warhead landmine cluster_munition arms_trade'],
  ['nuclear', 'cbrn', 'nuclear uranium enrichment reactor atomic jcpoa plutonium centrifuge nuclear_deal iaea_safeguard'],
  ['chemical and biological weapons', 'cbrn', 'chemical_weapon biological_weapon novichok sarin nerve_agent chlorine'],
  ['missiles', 'military', 'missile ballistic_missile rocket missile_defense missile_defence'],
  ['sanctions', 'economic', 'sanction embargo blacklist asset_freeze travel_ban'],
  ['trade', 'economic', 'trade tariff export import customs quota free_trade supply_chain'],
  ['economy', 'economic', 'economy economic investment currency inflation debt market infrastructure macroeconomic'],
  ['finance', 'economic', 'bank banking swift payment loan financing'],
  ['energy', 'natural_resource', 'energy natural_gas gas oil pipeline electricity lng fuel nord_stream opec'],
  ['border', 'territory', 'border frontier demarcation boundary'],
  ['territory', 'territory', 'territory territorial sovereignty annexation secession occupation territorial_integrity independence israeli_settlement settlement_activity'],
  ['maritime', 'territory', 'maritime fishing fishery fisheries strait exclusive_economic_zone coast_guard shipping freedom_of_navigation law_of_the_sea piracy'],
  ['military buildup', 'military', 'buildup build-up troop mobilization deployment military_exercise escalation'],
  ['invasion', 'military', 'invasion aggression incursion'],
  ['war', 'military', 'war conflict hostility warfare insurgency'],
  ['ceasefire', 'peacekeeping', 'ceasefire cease-fire truce armistice de-escalation cessation_of_hostility'],
  ['peace process', 'peacekeeping', 'peace peacekeeping peacekeeper reconciliation mediation peace_process peace_talk normalization normalisation'],
  ['prisoners', 'legal', 'prisoner detainee hostage detention imprisonment prisoner_swap captive prisoner_exchange'],
  ['human rights', 'human_rights', 'human_rights abuse torture atrocity genocide persecution war_crime forced_labor forced_labour crime_against_humanity'],
  ['press freedom', 'rights_freedoms', 'press_freedom journalist censorship media_freedom independent_media freedom_of_the_press freedom_of_expression'],
  ['opposition', 'repression', 'opposition dissident crackdown political_prisoner opposition_leader'],
  ['democracy', 'pro_democracy', 'democracy democratic civil_society democratic_transition rule_of_law'],
  ['elections', 'election', 'election ballot referendum electoral electoral_law'],
  ['election interference', 'election', 'interference meddling election_interference'],
  ['coup', 'political_institutions', 'coup junta putsch'],
  ['migration', 'migration', 'migration migrant visa deportation smuggling people_smuggling'],
  ['refugees', 'asylum', 'refugee asylum displacement displaced_person asylum_seeker'],
  ['climate', 'environment', 'climate emission warming decarbonization greenhouse_gas greenhouse_gas_emission paris_agreement climate_change'],
  ['environment', 'environment', 'environment environmental pollution biodiversity deforestation conservation'],
  ['water', 'natural_resource', 'dam river water_sharing irrigation'],
  ['food', 'human_security', 'food_security food grain wheat famine hunger fertilizer'],
  ['health', 'health', 'health vaccine pandemic covid covid-19 virus disease epidemic outbreak'],
  ['humanitarian', 'human_security', 'humanitarian aid_worker humanitarian_access humanitarian_aid'],
  ['disaster', 'disasters', 'earthquake flood hurricane cyclone wildfire drought tsunami typhoon'],
  ['terrorism', 'terrorism', 'terrorism terrorist counterterrorism counter-terrorism extremism extremist isis al-qaeda jihadist'],
  ['drugs', 'illegal_drugs', 'narcotic cocaine fentanyl cartel drug_trafficking drug_trafficker drug_cartel'],
  ['trafficking', 'trafficking', 'trafficking trafficker human_trafficking trafficking_in_person'],
  ['corruption', 'corruption', 'corruption corrupt bribery kleptocracy money_laundering'],
  ['espionage', 'intelligence', 'espionage spy spying intelligence'],
  ['disinformation', 'misinformation', 'disinformation misinformation propaganda'],
  ['diplomatic relations', 'diplomatic', 'embassy consulate diplomatic_relation diplomatic_tie diplomat ambassador persona_non_grata'],
  ['defence', 'military', 'defense defence weapon arms security_guarantee alliance arms_sale security_assistance military_aid'],
  ['space and technology', 'technology', 'outer_space satellite technology semiconductor artificial_intelligence 5g'],
  ['women', 'gender', 'gender gender_equality women_and_girl women_s_right'],
  ['religion', 'religion_ethnicity', 'religious religion religious_freedom ethnic_minority minority_rights mosque'],
  ['', undefined, 'west_bank tear_gas red_cross world_bank development_bank central_bank exercise_of prime_minister minister_of_defense minister_of_defence arms_race trade_union war_crime_tribunal democratic_party democratic_republic peace_corps river_bank world_war cold_war war_veteran conflict_of_interest political_settlement'],
];

/** Phrases of more words than this are in no row. */
const LONGEST = 4;

const BY_WORD = new Map(ISSUES.flatMap(([label, , words]) => words.split(' ').map((word) => [word, label] as const)));
const CONTEXT = new Map(ISSUES.map(([label, context]) => [label, context]));

/** The labels of all issues, sorted. */
export const ISSUE_LABELS: readonly string[] = ISSUES.flatMap(([label]) => (label === '' ? [] : [label])).sort();

/** PLOVER's context for an issue's label, if it has one. */
export function contextOf(label: string): string | undefined {
  return CONTEXT.get(label);
}

/** Clauses below an act that tell of something else. */
const APART = new Set(['parataxis', 'csubj', 'acl:relcl', 'discourse', 'vocative']);

/**
 * The words of an act's own clause: what hangs on its trigger, or on the verb that carries a noun, without coordinated
 * verbs, relative clauses and finite adverbial clauses, which tell of other acts. In order.
 */
export function ownClause(tree: Tree, trigger: Token): readonly Token[] {
  const governor = headOf(tree, trigger);
  const queue = [trigger.upos === 'VERB' || governor?.upos !== 'VERB' ? trigger : governor];
  for (let i = 0; i < queue.length; i++)
    for (const child of tree.children[queue[i]!.index]!) if (!isApart(tree, child)) queue.push(child);
  return queue.sort((a, b) => a.index - b.index);
}

function isApart(tree: Tree, token: Token): boolean {
  if (APART.has(token.relation) || APART.has(bare(token.relation))) return true;
  if (token.relation === 'conj') return token.upos === 'VERB' && dependents(tree, token, 'nsubj').length > 0;
  if (bare(token.relation) !== 'advcl') return false;
  return feature(token, 'VerbForm') === 'Fin' || dependents(tree, token, 'nsubj').length > 0;
}

/**
 * The issues that the words of a clause name, the first words of each; longer phrases before shorter. Words that name
 * someone are passed over by `isName`: the Minister of Trade does not make a meeting one about trade.
 */
export function findIssues(tokens: readonly Token[], isName: (token: Token) => boolean): readonly Issue[] {
  const found = new Map<string, Issue>();
  for (let i = 0; i < tokens.length; i++) {
    for (let length = LONGEST; length > 0; length--) {
      const run = tokens.slice(i, i + length);
      if (run.length < length || run.some((token, k) => k > 0 && token.index !== run[k - 1]!.index + 1)) continue;
      const label = BY_WORD.get(run.map((token) => token.lemma.toLowerCase()).join('_'));
      if (label === undefined || (length === 1 && !NAMING.has(run[0]!.upos))) continue;
      if (label !== '' && !run.some(isName) && !found.has(label))
        found.set(label, { label, from: run[0]!.from, to: run.at(-1)!.to });
      i += length - 1;
      break;
    }
  }
  return [...found.values()];
}

const NAMING: ReadonlySet<string> = new Set(['NOUN', 'ADJ', 'PROPN']);
