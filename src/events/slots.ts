/** The slots of a frame that have names of their own; the others are prepositions (`frame.ts` fills them). */
export const SLOT_NAMES: readonly string[] = [
  ...['subject', 'object', 'indirect', 'complement', 'clause', 'purpose', 'possessor', 'modifier', 'doer'],
];

/** What `mood` can be. */
export const MOODS: readonly string[] = ['future', 'conditional', 'obliged', 'negated', 'open', 'plain'];

const PREPOSITIONS = new Set(
  (
    'aboard about above according across after against ahead along alongside amid amidst among amongst around as aside at atop ' +
    'away because before behind below beneath beside besides between beyond by concerning despite down due during except ' +
    'following for from in including inside instead into involving like near next of off on onto opposite out outside over ' +
    'pending per prior regarding round since than through throughout till to together toward towards under underneath until ' +
    'unto up upon versus via with within without'
  ).split(' '),
);

/**
 * True for a slot that a rule may name: `object`, `with`, `out of`, `clause.subject`. A condition may ask for the `mood`,
 * the `clause.act` and the words on the `left` or `right` too, a role for an `owner`.
 */
export function isSlot(slot: string, place: 'condition' | 'role'): boolean {
  const [outer, inner, ...more] = slot.split('.') as [string, ...string[]];
  if (more.length > 0) return false;
  const known = (name: string) => SLOT_NAMES.includes(name) || PREPOSITIONS.has(name.split(' ')[0]!);
  const alone = place === 'condition' ? ['mood', 'left', 'right'] : [];
  if (inner === undefined) return known(outer) || alone.includes(outer);
  return (
    known(outer) &&
    (known(inner) || (place === 'condition' && inner === 'mood') || inner === (place === 'condition' ? 'act' : 'owner'))
  );
}
