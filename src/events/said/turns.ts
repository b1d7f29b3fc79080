import type { Span } from '../../source/span.ts';

/** What one speaker says in a transcript, from behind the label to the next label. */
export interface Turn extends Span {
  /** Who speaks, as the label has it: "FOREIGN MINISTER HOLM". */
  readonly label: string;
  /** Where the label stands, without its colon. */
  readonly labelled: Span;
  /** True for the questions of reporters: what they take for granted is nobody's report. */
  readonly asked: boolean;
}

// "MR. HOLM:", "FOREIGN MINISTER DE LA CRUZ:", "QUESTION:", "Q:" at the beginning of a line.
const LABEL = /^[ \t]*((?:\p{Lu}[\p{Lu}.'’-]*[ ]?){1,8}|Question|Moderator)(?:\([^)\n]{1,60}\))?:[ \t]/gmu;
const ASKED = /^(?:QUESTION|Q|REPORTER|JOURNALIST|PARTICIPANT|INTERVIEWER|OPERATOR)$/i;
/** A single label may be a heading; a talk goes back and forth. */
const FEWEST = 2;

/** The turns of a transcript, in order; none in a text that is no transcript. Linear in the text. */
export function findTurns(text: string): readonly Turn[] {
  const labels = [...text.matchAll(LABEL)];
  if (labels.length < FEWEST) return [];
  return labels.map((match, index) => {
    const label = match[1]!.trim();
    const start = match.index + match[0].indexOf(label);
    return {
      label,
      labelled: { from: start, to: start + label.length },
      from: match.index + match[0].length,
      to: labels[index + 1]?.index ?? text.length,
      asked: ASKED.test(label),
    };
  });
}

/** The turn that a place in the text lies in; turns in order. */
export function turnAt(turns: readonly Turn[], at: number): Turn | undefined {
  let low = 0;
  let high = turns.length - 1;
  while (low <= high) {
    const middle = (low + high) >> 1;
    const turn = turns[middle]!;
    if (at < turn.from) high = middle - 1;
    else if (at >= turn.to) low = middle + 1;
    else return turn;
  }
  return undefined;
}
