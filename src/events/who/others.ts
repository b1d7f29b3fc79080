import type { Token } from '../../nlp/sentence.ts';
import type { Match } from '../match.ts';
import type { OtherRole } from '../ontology.ts';
import type { Claim } from '../reading.ts';
import type { Tree } from '../tree.ts';
import { bare, casing, coordinated, dependents, headOf } from '../tree.ts';
import type { Cast } from './actors.ts';
import { ownersOf, type Parties, partiesAt } from './parties.ts';

/** How a cue stands to the one it tells of. */
type Construction =
  /** The one who does the act that the trigger itself is: "Oman *mediated* talks". */
  | 'subject'
  /** After "by" below a participle: "talks *brokered* by Oman". */
  | 'by'
  /** Whose the noun is, after these prepositions: "*at* the *invitation* of Oman", "*under* UN *auspices*". */
  | 'of'
  /** Whoever stands after the preposition: "*alongside* the envoy". */
  | 'after'
  /** Whoever is named in what stands after the preposition: "talks *about* the war in Yemen". */
  | 'within';

interface Cue {
  readonly role: OtherRole;
  readonly construction: Construction;
  readonly words: ReadonlySet<string>;
  readonly prepositions?: ReadonlySet<string>;
  /** Acts that the cue belongs to; all when absent. */
  readonly events?: ReadonlySet<string>;
}

const words = (text: string): ReadonlySet<string> => new Set(text.split(' '));
const TALKS = words('CONSULT COOPERATE AGREE');

/** Who has another part in an act than to do it or to have it done to: one line a cue. */
const CUES: readonly Cue[] = [
  // "Talks were hosted by Oman."
  { role: 'host', construction: 'by', words: words('host receive welcome invite convene house hold') },
  // "Oman hosted talks between Chad and Niger."
  { role: 'host', construction: 'subject', words: words('host receive welcome greet convene'), events: TALKS },
  // "She visited at the invitation of the king."
  {
    role: 'host',
    construction: 'of',
    words: words('invitation behest'),
    prepositions: words('at on upon'),
  },
  // "A truce brokered by Qatar", "talks mediated by Oman"
  {
    role: 'mediator',
    construction: 'by',
    words: words('mediate broker facilitate moderate arrange sponsor negotiate'),
  },
  // "Qatar brokered a truce between Chad and Niger."
  { role: 'mediator', construction: 'subject', words: words('mediate broker facilitate moderate') },
  // "under United Nations auspices", "through Omani mediation"
  {
    role: 'mediator',
    construction: 'of',
    words: words('auspices auspice aegis mediation sponsorship facilitation supervision umbrella'),
    prepositions: words('under through with by via after'),
  },
  // "accompanied by her defence minister", "in the presence of the envoy", "a delegation led by …"
  { role: 'attendee', construction: 'by', words: words('accompany attend join flank witness lead head') },
  { role: 'attendee', construction: 'of', words: words('presence'), prepositions: words('in') },
  { role: 'attendee', construction: 'after', words: words('alongside accompanying') },
  // "through an interpreter", "interpreted by …"
  { role: 'interpreter', construction: 'by', words: words('interpret translate') },
  // "talks on Yemen", "spoke about the crisis in Chad"
  {
    role: 'about',
    construction: 'within',
    words: words('on about regarding concerning over'),
    events: words('CONSULT'),
  },
];

/** Others with a part in an act. */
export type Others = Claim['others'];

/**
 * Hosts, mediators, attendees, interpreters and those whom talks are about, from the words around an act's trigger, the
 * nouns made with it and the verb that carries it.
 */
export function othersOf(tree: Tree, match: Match, cast: Cast): Others {
  const { trigger } = match.frame;
  const governor = headOf(tree, trigger);
  const carried = trigger.upos === 'NOUN' && governor?.upos === 'VERB' ? [governor] : [];
  const nodes = [trigger, ...match.companions, ...carried];
  const nouns = nodes.flatMap((node) => dependents(tree, node, 'nsubj', 'obj', 'obl', 'nmod'));
  const found: { actor: string; role: OtherRole }[] = [];
  const add = (role: OtherRole, { ids }: Parties): void => {
    for (const actor of ids) if (!found.some((one) => one.actor === actor)) found.push({ actor, role });
  };
  for (const cue of CUES) {
    if (cue.events && !cue.events.has(match.rule.event)) continue;
    switch (cue.construction) {
      case 'subject':
        if (cue.words.has(trigger.lemma)) add(cue.role, named(tree, match.frame.slots.get('subject') ?? [], cast));
        break;
      case 'by':
        for (const verb of [
          ...nodes,
          ...nodes.flatMap((node) => clausesBelow(tree, node)),
          ...nouns.flatMap((noun) => clausesBelow(tree, noun)),
        ])
          if (verb.upos === 'VERB' && cue.words.has(verb.lemma)) add(cue.role, named(tree, agentsOf(tree, verb), cast));
        break;
      case 'of':
        for (const noun of nodes.flatMap((node) => dependents(tree, node, 'obl', 'nmod')))
          if (cue.words.has(noun.lemma) && (cue.prepositions?.has(casing(tree, noun)) ?? true))
            add(cue.role, ownersOf(tree, noun, cast, 'actor'));
        break;
      case 'after':
      case 'within':
        for (const noun of nodes.flatMap((node) => dependents(tree, node, 'obl', 'nmod')))
          if (cue.words.has(casing(tree, noun)))
            add(
              cue.role,
              cue.construction === 'after' ? named(tree, coordinated(tree, noun), cast) : topic(tree, noun, cast),
            );
        break;
    }
  }
  return found;
}

/** Participles and clauses that hang on a word. */
function clausesBelow(tree: Tree, token: Token): readonly Token[] {
  return dependents(tree, token, 'acl', 'advcl').filter(
    (clause) => clause.relation !== 'acl:relcl' || clause.upos === 'VERB',
  );
}

function agentsOf(tree: Tree, verb: Token): readonly Token[] {
  return tree.children[verb.index]!.filter(
    (child) => bare(child.relation) === 'obl' && casing(tree, child) === 'by',
  ).flatMap((child) => coordinated(tree, child));
}

function named(tree: Tree, heads: readonly Token[], cast: Cast): Parties {
  const all = heads.map((head) => partiesAt(tree, head, cast, 'actor'));
  return { ids: all.flatMap(({ ids }) => ids), spans: [] };
}

/** The actors that a topic names: "the crisis in Chad", "Yemen and Oman". */
function topic(tree: Tree, head: Token, cast: Cast): Parties {
  const all = coordinated(tree, head).map((one) => partiesAt(tree, one, cast, 'recipient'));
  return { ids: all.flatMap(({ ids }) => ids), spans: [] };
}
