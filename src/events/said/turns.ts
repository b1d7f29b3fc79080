import type { Span } from '../../source/span.ts';

/** What one speaker says in a transcript, from behind the label to the next label. */
export interface Turn extends Span {
  /** Who speaks, as the label has it: "FOREIGN MINISTER HOLM". */
  readonly label: string;
  /** Where the label stands, without its colon. */
  readonly labelled: Span;
  /** True for the questions of reporters: what they take for granted is nobody's report. */
  readonly asked: boolean;
  /** True in an interview as a wiki sets it down: whoever answers there need not speak for anybody. */
  readonly interview: boolean;
}

// "MR. HOLM:", "FOREIGN MINISTER DE LA CRUZ:", "QUESTION:", "Q:" at the beginning of a line; "((Ana Holm))" with a wiki.
const LABEL =
  /^[ \t]*(?:((?:\p{Lu}[\p{Lu}.'’-]*[ ]?){1,8}|Question|Moderator)(?:\([^)\n]{1,60}\))?:[ \t]|\(\((\p{Lu}[^()\n]{1,50})\)\)[ \t]*:?[ \t])/gmu;
const ASKED = /^(?:QUESTION|Q|REPORTER|JOURNALIST|PARTICIPANT|INTERVIEWER|OPERATOR)$/i;
/** A single label may be a heading; a talk goes back and forth. */
const FEWEST = 2;

/** The turns of a transcript, in order; none in a text that is no transcript. Linear in the text. */
export function findTurns(text: string): readonly Turn[] {
  const labels = [...text.matchAll(LABEL)];
  if (labels.length < FEWEST) return [];
  const turns = labels.map((match, index) => {
    const label = (match[1] ?? match[2]!).trim();
    const start = match.index + match[0].indexOf(label);
    const next = labels[index + 1]?.index ?? text.length;
    return {
      label,
      labelled: { from: start, to: start + label.length },
      from: match.index + match[0].length,
      to: match[2] === undefined ? next : endOfSection(text, match.index, next),
      asked: ASKED.test(label),
      interview: match[2] !== undefined,
    };
  });
  const askers = whoAsk(text, turns);
  return turns.map((turn) => (askers.has(turn.label) ? { ...turn, asked: true } : turn));
}

/** An interview inside an article ends where the article goes on: at two blank lines. */
function endOfSection(text: string, from: number, next: number): number {
  const end = text.slice(from, next).indexOf('\n\n\n');
  return end < 0 ? next : from + end;
}

/** Labels in capitals, most of whose turns end in a question: an outlet's initials, "WN". */
function whoAsk(text: string, turns: readonly Turn[]): ReadonlySet<string> {
  const counts = new Map<string, { asked: number; all: number }>();
  for (const { label, from, to } of turns) {
    if (!/^\p{Lu}{2,5}$/u.test(label)) continue;
    const count = counts.get(label) ?? { asked: 0, all: 0 };
    count.all++;
    if (text.slice(from, to).trimEnd().endsWith('?')) count.asked++;
    counts.set(label, count);
  }
  return new Set([...counts].filter(([, { asked, all }]) => asked * 2 > all).map(([label]) => label));
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
