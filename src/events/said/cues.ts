/**
 * What a reporting word takes as the thing reported: `clause` ("said that …", a quotation), `infinitive` ("refused to …"),
 * `object` ("condemned the raid"), and its prepositions ("called for …"). `speech` marks words that tell what was uttered:
 * only these report inside another's words ("the ministry said the envoy had told …").
 */
export interface Cue {
  readonly clause: boolean;
  readonly infinitive: boolean;
  readonly object: boolean;
  readonly speech: boolean;
  readonly prepositions: ReadonlySet<string>;
}

/** Verbs of utterance: a clause, a quotation, or a parenthesis ("…, the envoy said") tells what was uttered. */
const SPEECH =
  'say tell add state announce claim note report warn argue insist explain declare acknowledge admit deny confirm ' +
  'suggest ask write reply answer respond continue conclude recall remark comment observe stress emphasize emphasise ' +
  'underline underscore reiterate repeat maintain contend assert allege predict reveal disclose testify promise ' +
  'pledge vow concede complain caution propose recommend urge demand indicate hint imply tweet post shout yell exclaim ' +
  'counter interject clarify point boast brag joke quip muse read inform advise notify remind assure lament affirm ' +
  'reaffirm proclaim opine chant charge cite call email speculate estimate forecast mention retort snap whisper mutter ' +
  'declaim chime rail wonder question quote pronounce posit attest swear crow gripe grumble scoff sneer thunder plead ' +
  'signal relay recount volunteer venture tease vent text chide gush rant elaborate reassure protest object';

/** Verbs of mind and of evidence: the clause is what is thought, known or shown. */
const THOUGHT =
  'think believe know hope expect fear worry feel see find show agree decide want wish learn understand realize ' +
  'realise recognize recognise suspect assume guess doubt consider judge figure remember forget imagine intend rule ' +
  'determine demonstrate reckon bet prefer calculate foresee envision envisage anticipate conceive hold deem dream ' +
  'notice discover regret trust pray';

/** Whose bare infinitive is what someone means, wants or asks: "pledged to leave", not "began to leave". */
const INFINITIVE =
  'want refuse decline seek vow ask say pledge promise urge plan hope decide expect threaten look agree like aim ' +
  'announce offer vote encourage claim call push prefer intend request tell order propose wish swear demand long ' +
  'determine resolve beg implore instruct advise warn volunteer opt choose mean prepare';

/** Whose object is what is said or thought of: "condemned the raid", "announced his resignation". */
const OBJECT =
  'call accuse announce describe cite criticize criticise offer write suggest endorse defend express urge tweet ' +
  'note praise mention discuss oppose claim report back recall argue question reject dismiss issue denounce seek ' +
  'propose declare explain reveal consider post acknowledge mock know expect remind believe highlight blame compare ' +
  'thank order deny portray slam prefer warn decry assure view repeat promise quote identify like echo pledge ' +
  'promote admit reiterate state stress predict tout reference condemn favor favour voice understand recognize ' +
  'recognise applaud remember emphasize emphasise welcome fear lament indicate confirm congratulate demand chide ' +
  'credit retweet detail contrast hail paint recount request concede assail unveil assert chant deem bemoan signal ' +
  'approve estimate label reaffirm disavow rebuke deride articulate attribute liken outline recommend characterize ' +
  'characterise regard coin trumpet downplay preach recite veto contradict rebut dispute relish foresee judge ' +
  'underscore underline pronounce allege lambaste slate berate scold castigate deplore laud commend salute ridicule ' +
  'taunt vilify denigrate disparage belittle repudiate renounce admonish reprimand rebuff protest preview second ' +
  'tease forecast envision envisage contemplate advocate support want ask show admire trust doubt hate love dislike ' +
  'mourn celebrate suspect hope notice disclose proclaim affirm discredit refute invoke tell authorize authorise ' +
  'prohibit summarize summarise mull weigh dub lampoon parody insult disown debunk disagree encourage learn quip ' +
  'shout recollect worry anticipate answer clarify detest regret resent say boast publish broadcast convince ' +
  'persuade document herald perceive pressure convey vindicate debate lobby ponder envy honor honour list blast ' +
  'challenge lambast trash pitch picture foretell intimate accept brush recapitulate evoke enumerate rehash rehearse ' +
  'skewer pillory malign smear';

/** Prepositions that bring what is said: "called for a truce", "spoke of an attack". */
const PREPOSITIONS: Readonly<Record<string, string>> = {
  about:
    'talk speak ask complain worry boast brag joke care write think inquire enquire wonder tweet hear know lie learn ' +
    'warn comment fret rant dream gripe grumble lecture testify muse speculate',
  against: 'rail vote speak push argue warn protest campaign advise lobby inveigh',
  as: 'see describe view refer cast know portray dismiss regard point identify denounce list label paint hail characterize',
  at: 'hint lash scoff sneer balk bristle rail laugh swipe',
  for: 'call push vote advocate press apologize apologise vouch hope wish thank plead ask argue lobby beg clamor clamour appeal',
  from: 'distance',
  in: 'believe',
  of: 'speak talk warn say think boast accuse complain conceive dream approve disapprove tell write hear learn know remind assure',
  on: 'call focus comment insist double harp write touch remark expand elaborate dwell report opine weigh agree count press',
  over: 'fret agonize disagree clash',
  to: 'refer point allude object appeal agree admit plead confess testify commit respond reply react',
  upon: 'call remark touch',
  with: 'agree disagree side sympathize sympathise',
};

/** Which passives report without naming who does: "is said to have left", "was accused of fraud". */
const UNVOICED = new Set(
  (
    'say report believe see view regard consider remember portray perceive accuse allege rumor rumour think understand ' +
    'suspect claim quote describe know criticize criticise ask tell expect estimate project predict assume presume fear ' +
    'hope anticipate forecast deem judge reckon hold announce condemn denounce order urge warn advise instruct ' +
    'request cite blame credit depict characterize characterise tout hail praise'
  ).split(' '),
);

const TOLD = new Set(
  'announce report condemn denounce criticize criticise accuse claim cite blame credit hail praise allege rumor rumour'.split(
    ' ',
  ),
);

/** Nouns of saying and thinking: "the claim that …", "his call for …", "a warning of …". */
const NOUNS: Readonly<Record<string, string>> = {
  that:
    'claim report statement suggestion belief view fear hope warning argument assertion allegation accusation idea notion ' +
    'announcement assurance admission promise pledge prediction conclusion concern contention charge complaint doubt ' +
    'expectation opinion assumption impression insistence acknowledgment recognition rumor rumour speculation perception ' +
    'proposal recommendation confirmation denial declaration sense estimate revelation thesis observation reminder ' +
    'conviction vow word signal hint message note letter memo comment remark consensus theory guess feeling worry anger ' +
    'surprise disappointment dismay realization realisation finding judgment judgement verdict testimony acknowledgement ' +
    'point forecast outcry boast retort threat regret confidence',
  infinitive:
    'plan promise pledge vow call refusal threat proposal offer intention desire decision wish request demand appeal ' +
    'willingness unwillingness reluctance readiness commitment eagerness hope recommendation',
  to: 'opposition objection reference answer resistance response reaction aversion',
  of:
    'criticism warning accusation endorsement allegation denunciation condemnation assessment praise support mention view ' +
    'claim disapproval defense defence rejection mockery embrace account denial portrayal depiction description disavowal ' +
    'opinion backing perception interpretation misreading understanding prediction forecast assertion complaint message ' +
    'disclosure advocacy forgiveness admission acknowledgment acknowledgement expectation fear hope dismissal repudiation ' +
    'rebuke characterization characterisation dislike distrust appreciation critique declaration announcement statement ' +
    'recognition approval estimate suspicion hint talk promise',
  for:
    'call support hope plan praise demand request disdain contempt appeal preference enthusiasm admiration respect ' +
    'sympathy backing affection gratitude apology argument distaste dislike disregard proposal regard endorsement push ' +
    'recommendation sympathies wish',
  about:
    'question concern claim comment remark doubt warning fear worry complaint statement skepticism scepticism allegation ' +
    'optimism message story speech opinion attitude argument rumor rumour speculation prediction joke note rant anxiety ' +
    'alarm unease pessimism assumption feeling view lie talk reservation misgiving assertion point thought assurance qualm ' +
    'tweet suspicion idea apprehension sentiment enthusiasm criticism',
  on: 'comment position stance view criticism statement stand note ruling remark thought opinion speech insistence attack',
  against: 'allegation accusation charge complaint stance argument warning protest campaign outcry backlash',
  over: 'concern criticism worry outrage anger frustration alarm unease fear anxiety dismay regret',
  at: 'anger outrage swipe jab dig shot frustration dismay shock',
  in: 'confidence belief faith trust interest',
  with: 'agreement disagreement frustration dissatisfaction issue satisfaction solidarity impatience displeasure disappointment',
  toward: 'attitude animosity hostility sentiment',
  towards: 'attitude animosity hostility sentiment',
};

/** Adjectives of mind: "is confident that …", "was critical of …", "seem eager to …". */
const ADJECTIVES: Readonly<Record<string, string>> = {
  that:
    'clear sure confident hopeful certain concerned worried aware convinced optimistic afraid adamant glad disappointed ' +
    'proud angry unclear skeptical sceptical doubtful surprised fearful mindful positive',
  to: 'willing unwilling eager reluctant ready happy proud keen loath prepared hesitant',
  about:
    'clear sure confident concerned worried optimistic skeptical sceptical nervous enthusiastic unhappy upset anxious angry ' +
    'pessimistic candid frank silent serious excited passionate coy outspoken vocal right wrong',
  of:
    'critical aware supportive skeptical sceptical wary afraid proud sure confident dismissive fearful mindful ' +
    'tired fond respectful contemptuous certain suspicious',
  with: 'impressed unhappy angry disappointed frustrated happy comfortable',
};

/** What the verb with this lemma reports; nothing when it is no reporting verb. */
export function verbCue(lemma: string): Cue | undefined {
  // Lemmas of forms that the lemma table lacks come short of their last letter or with one too many: "blam", "slamm".
  const word = lemma.toLowerCase();
  return (
    VERBS.get(word) ??
    VERBS.get(`${word}e`) ??
    (isDoubled(word) || word.endsWith('e') ? VERBS.get(word.slice(0, -1)) : undefined)
  );
}

/** True when the passive of a verb reports what unnamed people say. */
export function isUnvoiced(lemma: string): boolean {
  return UNVOICED.has(lemma) || UNVOICED.has(`${lemma}e`);
}

/** True when the passive alone tells what was said of its subject: "the deal was announced", not "the ship was seen". */
export function isTold(lemma: string): boolean {
  return TOLD.has(lemma) || TOLD.has(`${lemma}e`);
}

/** True for verbs whose passive tells what is to come, and no one's words: "is expected to arrive". */
export function isExpecting(lemma: string): boolean {
  return lemma === 'expect' || lemma === 'anticipate' || lemma === 'project';
}

/** The ways in which a noun brings what is said: "that", "infinitive", a preposition. */
export function nounCue(lemma: string): ReadonlySet<string> | undefined {
  return NOUN_CUES.get(lemma);
}

/** The ways in which an adjective brings what is thought. */
export function adjectiveCue(lemma: string): ReadonlySet<string> | undefined {
  return ADJECTIVE_CUES.get(lemma);
}

function isDoubled(lemma: string): boolean {
  return lemma.length > 3 && lemma.at(-1) === lemma.at(-2);
}

/** True for words that judge what they take for granted: "condemned the shelling", "regretted that he had left". */
export function isAttitude(lemma: string): boolean {
  return ATTITUDES.has(lemma) || ATTITUDES.has(`${lemma}e`);
}

const ATTITUDES = new Set(
  (
    'condemn regret welcome praise mourn deplore applaud hail commend laud lament bemoan celebrate criticize criticise ' +
    'decry denounce salute thank congratulate admire detest resent castigate rebuke assail slam lambaste protest ' +
    'blast trash lambast skewer pillory malign smear challenge contradict support back endorse oppose promote defend ' +
    'favor favour mock ridicule deride belittle discuss debate accept backing opposition confidence sympathy solidarity ' +
    'gratitude respect dismay frustration disappointment ' +
    'condemnation criticism praise denunciation outrage anger'
  ).split(' '),
);

const NONE: ReadonlySet<string> = new Set();
const VERBS = gatherVerbs();
const NOUN_CUES = turned(NOUNS);
const ADJECTIVE_CUES = turned(ADJECTIVES);

function gatherVerbs(): ReadonlyMap<string, Cue> {
  const speech = new Set(SPEECH.split(' '));
  const thought = new Set(THOUGHT.split(' '));
  const infinitive = new Set(INFINITIVE.split(' '));
  const object = new Set(OBJECT.split(' '));
  const prepositions = turned(PREPOSITIONS);
  const all = new Set([...speech, ...thought, ...infinitive, ...object, ...prepositions.keys()]);
  return new Map(
    [...all].map((lemma) => [
      lemma,
      {
        clause: speech.has(lemma) || thought.has(lemma),
        infinitive: infinitive.has(lemma),
        object: object.has(lemma),
        speech: speech.has(lemma),
        prepositions: prepositions.get(lemma) ?? NONE,
      },
    ]),
  );
}

function turned(table: Readonly<Record<string, string>>): ReadonlyMap<string, ReadonlySet<string>> {
  const found = new Map<string, Set<string>>();
  for (const [way, lemmas] of Object.entries(table))
    for (const lemma of lemmas.split(' ')) found.set(lemma, (found.get(lemma) ?? new Set()).add(way));
  return found;
}
