import { z } from 'zod';
import { type Anchor, anchorSchema, findAnchored, sameAnchor } from './anchor.ts';
import { CORRECTABLE, type CorrectableField, corrected, isCorrectable } from './correction.ts';
import { hashOf, type Telling, type TellingReview, withLeads } from './telling.ts';

const anchors = z.array(anchorSchema).min(1).readonly();
const signed = {
  by: z.string().min(1).max(200),
  at: z.iso.datetime().or(z.iso.date()),
  why: z.string().max(10_000).nullable(),
};

/**
 * What a person decided: that claims are right or wrong, what a field should say, that claims are of one event or that
 * some (`claims`) are not of the event of others (`rest`), or that an earlier decision does not stand.
 */
export const decisionSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('accept'), ...signed, claims: anchors }).readonly(),
  z.object({ kind: z.literal('reject'), ...signed, claims: anchors }).readonly(),
  z
    .object({ kind: z.literal('correct'), ...signed, claims: anchors, field: z.string(), value: z.unknown() })
    .superRefine(({ field, value }, context) => {
      const fields = Object.keys(CORRECTABLE).join(', ');
      const problem = !isCorrectable(field)
        ? `expected one of ${fields}; got "${field}"`
        : CORRECTABLE[field].safeParse(value).error?.issues[0]?.message;
      if (problem !== undefined) context.addIssue({ code: 'custom', path: ['value'], message: problem });
    })
    .readonly(),
  z.object({ kind: z.literal('merge'), ...signed, claims: anchors }).readonly(),
  z.object({ kind: z.literal('split'), ...signed, claims: anchors, rest: anchors }).readonly(),
  z.object({ kind: z.literal('undo'), ...signed, undoes: z.string().min(1) }).readonly(),
]);

export type Decision = z.infer<typeof decisionSchema>;

/** A decision as the record keeps it: with the id that names it. */
export type KeptDecision = Decision & { readonly id: string };

/** The id of a decision: the same decision has the same id in every record. */
export function decisionId(decision: Decision): string {
  return hashOf(JSON.stringify(decision)).slice(0, 12);
}

/** What a decision is anchored to. */
export function anchorsOf(decision: Decision): readonly Anchor[] {
  if (decision.kind === 'undo') return [];
  return decision.kind === 'split' ? [...decision.claims, ...decision.rest] : decision.claims;
}

/** The decisions that stand: those that no other takes back; an undoing can be undone. In their order. */
export function standing(decisions: readonly KeptDecision[]): readonly KeptDecision[] {
  const undone = new Set<string>();
  // From the last to the first: whether an undoing stands is known before what it undoes is met.
  for (const decision of decisions.toReversed()) {
    if (decision.kind === 'undo' && !undone.has(decision.id)) undone.add(decision.undoes);
  }
  return decisions.filter((decision) => decision.kind !== 'undo' && !undone.has(decision.id));
}

/** A claim with what was decided of it; one that is not shown stands in no event. */
export interface Reviewed {
  readonly telling: Telling;
  readonly shown: boolean;
}

/**
 * The tellings of one document with the decisions on it, all of them in their order. Of two decisions that cannot both
 * hold the later does. Decisions on claims that are gone change nothing, and are kept: they hold again when the claims
 * come back.
 */
export function reviewTellings(tellings: readonly Telling[], decisions: readonly KeptDecision[]): readonly Reviewed[] {
  if (decisions.length === 0) return tellings.map((telling) => ({ telling, shown: true }));
  const states = new Map<number, State>();
  const touched = (some: readonly Anchor[]): readonly [number, State][] =>
    [...new Set(some.flatMap((anchor) => findAnchored(tellings, anchor) ?? []))].map((index) => {
      const state: State = states.get(index) ?? {
        together: [],
        apart: [],
        fields: new Map(),
        decisions: [],
        verdict: null,
      };
      states.set(index, state);
      return [index, state];
    });
  const earlier: KeptDecision[] = [];
  for (const decision of standing(decisions)) {
    const { id } = decision;
    if (decision.kind === 'split') {
      const [some, rest] = [touched(decision.claims), touched(decision.rest)];
      // Where a new reading makes one claim of two that were split, it is of both events.
      const both = new Set(some.flatMap(([index]) => (rest.some(([other]) => other === index) ? [index] : [])));
      for (const [index, state] of [...some, ...rest]) {
        if (both.has(index)) continue;
        const away = some.some(([other]) => other === index);
        if (away) state.together = state.together.map((token) => without(token, decision));
        state.apart.push(`${id}${away ? '+' : '-'}`);
        state.decisions.push(id);
      }
    } else if (decision.kind !== 'undo') {
      for (const [, state] of touched(decision.claims)) {
        state.decisions.push(id);
        if (decision.kind === 'merge') {
          state.together.push({ name: id, claims: decision.claims });
          state.apart = state.apart.filter((side) => !heals(decision.claims, side, earlier));
        } else if (decision.kind === 'correct') {
          if (isCorrectable(decision.field)) state.fields.set(decision.field, { value: decision.value, decision: id });
        } else {
          state.verdict = decision.kind === 'accept' ? 'accepted' : 'rejected';
        }
      }
    }
    earlier.push(decision);
  }
  return settled(tellings, states);
}

/** Claims that a decision put together, and the word by which they find each other. */
interface Token {
  readonly name: string;
  readonly claims: readonly Anchor[];
}

/** What was decided of one claim so far. */
interface State {
  together: Token[];
  apart: string[];
  readonly fields: Map<CorrectableField, { readonly value: unknown; readonly decision: string }>;
  readonly decisions: string[];
  verdict: TellingReview['verdict'];
}

/** What is left of a merge for claims that a later split took away: they are together among themselves. */
function without(token: Token, { id, claims, rest }: KeptDecision & { readonly kind: 'split' }): Token {
  if (!token.claims.some((one) => rest.some((other) => sameAnchor(one, other)))) return token;
  const left = token.claims.filter((one) => claims.some((other) => sameAnchor(one, other)));
  return { name: `${token.name}/${id}`, claims: left };
}

/** True when claims now put together are of both sides of an earlier split: whom it took away is apart no more. */
function heals(claims: readonly Anchor[], side: string, earlier: readonly KeptDecision[]): boolean {
  if (side.endsWith('-')) return false;
  const split = earlier.find((decision) => decision.id === side.slice(0, -1));
  return split?.kind === 'split' && claims.some((one) => split.rest.some((other) => sameAnchor(one, other)));
}

/** The tellings with all that was decided of them. What a story opens with is asked anew: the claims left open it. */
function settled(tellings: readonly Telling[], states: ReadonlyMap<number, State>): readonly Reviewed[] {
  const reviewed = tellings.map((telling, index) => {
    const state = states.get(index);
    if (state === undefined) return { telling, shown: true };
    const { together, apart, fields, decisions, verdict } = state;
    const values = new Map([...fields].map(([field, { value }]) => [field, value]));
    const review: TellingReview = {
      together: [...new Set(together.map(({ name }) => name))],
      apart,
      corrected: [...fields].map(([field, { decision }]) => ({ field, machine: telling[field], decision })),
      decisions: [...new Set(decisions)],
      verdict,
    };
    return { telling: { ...corrected(telling, values), review }, shown: verdict !== 'rejected' };
  });
  const leads = new Map(
    withLeads(reviewed.filter(({ shown }) => shown).map(({ telling }) => telling)).map(({ id, lead }) => [id, lead]),
  );
  return reviewed.map(({ telling, shown }) => ({
    telling: { ...telling, lead: leads.get(telling.id) ?? null },
    shown,
  }));
}
