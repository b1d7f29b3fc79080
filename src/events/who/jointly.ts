import { isCountryCode } from '../../world/actor.ts';
import type { World } from '../../world/world.ts';

/** What several states put out together. */
const JOINT =
  /\b(?:joint (?:statement|declaration|communiqu[eé]|vision|press release|readout)|statement (?:of|by|from)|communiqu[eé]|dialogue statement)(?!\p{L})/iu;
/** Words and marks of a title; a dash between two names stands apart: "United States-Peru". */
const PIECES = /\p{L}\.(?:\p{L}\.)+|[\p{L}\d’']+|[,&+–—-]/gu;
/** What stands between two states side by side: "Chad – Peru", "Chad and Peru", "Chad, Peru, and the Netherlands". */
const BESIDE = /^(?:,|&|\+|–|—|-|and|the|of|republic|kingdom)$/i;

/**
 * Codes of the states that a joint statement's title names side by side, its issuer among them: "Joint Statement on the
 * U.S.–Chad Dialogue" is of both, "Joint Statement on Chad" of whoever its text says. None where the issuer stands alone.
 */
export function issuersIn(title: string, world: World, issuer: string): readonly string[] {
  if (!JOINT.test(title)) return [];
  const forms = title.match(PIECES) ?? [];
  let side: string[] = [];
  for (let at = 0; at < forms.length; at++) {
    const match = world.longestMatch(forms, at);
    const entity = match?.candidates[0]?.entity;
    if (match && entity?.kind === 'state' && isCountryCode(entity.country)) {
      side.push(entity.country);
      at += match.length - 1;
    } else if (!BESIDE.test(forms[at]!)) {
      if (isSide(side, issuer)) break;
      side = [];
    }
  }
  return isSide(side, issuer) ? [...new Set(side)] : [];
}

function isSide(side: readonly string[], issuer: string): boolean {
  return new Set(side).size > 1 && side.includes(issuer);
}
