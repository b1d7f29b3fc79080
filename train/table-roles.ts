import { normalizeName } from '../src/world/name.ts';
import { officeKind } from '../src/world/office.ts';
import type { ReadFacts, ReadHand } from './tables.ts';

/** Words for what an actor is ("ambassador", "foreign ministry", "troops") with their PLOVER sectors. */
export function buildRoles(facts: ReadFacts, hand: ReadHand): string {
  const rows = new Map<string, { sectors: string; kind: string; office: string }>();
  const heads = new Map(
    hand('heads').flatMap(([endings = '', kind = '']) => endings.split('|').map((end) => [end, kind])),
  );
  for (const { pattern, code } of facts<{ pattern: string; code: string }>('plover-agents.jsonl')) {
    const key = normalizeName(pattern);
    const sectors = (code.match(/.{3}/g) ?? []).join(' ');
    if (key === '' || /JNK|NON/.test(code) || / (?:of|in|for|the)$/.test(key)) continue;
    if (!rows.has(key))
      rows.set(key, { sectors, ...kindAndOffice(key, sectors, headKind(key, heads) ?? kindOf(key, sectors)) });
  }
  for (const [keys = '', sectors = '', kind = ''] of hand('roles')) {
    for (const key of keys.split('|'))
      rows.set(key, { sectors, ...kindAndOffice(key, sectors, headKind(key, heads) ?? kind) });
  }
  const lines = [...rows]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, row]) => [key, row.sectors, row.kind, row.office].join('\t'));
  return `${HEAD}\n${lines.join('\n')}\n`;
}

const HEAD = `# Words for what an actor is, with PLOVER sectors.
# source: NGEC agents by Andrew Halterman (ahalterman/NGEC); words added by hand. licence: MIT; Apache-2.0
# columns: key (normalized, singular where it has one); PLOVER sectors, most telling first; kind; kind of office (src/world/office.ts)
# built by train/tables.ts`;

const BODY =
  /\b(?:ministr(?:y|ies)|departments?|agenc(?:y|ies)|councils?|commissions?|committees?|parliaments?|congress|senate|court|tribunal|government|administration|authority|authorities|bureau|office|embass(?:y|ies)|consulate|part(?:y|ies)|university|school|hospital|bank|company|companies|firm|corporation|union|unions|newspaper|media|press|agency|television|radio|league|organi[sz]ation|association|institute|assembly|cabinet|regime|junta|directorate|secretariat|service|legislature|duma|knesset|coalition|federation|foundation|church|police|army|navy|air force|state|bloc|alliance)$/;
const GROUP =
  /\b(?:troops|forces?|soldiers|rebels|militias?|guerrillas|militants|protest[eo]rs|demonstrators|police|gunmen|people|civilians|workers|students|refugees|crowd|team|group|gang|cartel|fleet|squad|unit|battalion|brigade|regiment|division|patrol|warships?|warplanes?|aircraft|jets?|tanks?|vessels?|ships?|destroyer|missiles?|rocket|launcher|movement|front|cell|convoy|.*[^s]s)$/;

function kindOf(key: string, sectors: string): string {
  if (BODY.test(key)) return 'body';
  if (GROUP.test(key) || /\b(?:men|women)$/.test(key)) return 'group';
  return sectors === '' ? 'unknown' : 'person';
}

/** What the longest listed ending of a role's head says: "disputed region" is a place, "region's governor" is not. */
function headKind(key: string, heads: ReadonlyMap<string, string>): string | undefined {
  const words = key.split(/ (?:of|for|to|in|at|on) /)[0]!.split(' ');
  for (let from = 0; from < words.length; from++) {
    const kind = heads.get(words.slice(from).join(' '));
    if (kind !== undefined) return kind;
  }
  return undefined;
}

function kindAndOffice(key: string, sectors: string, kind: string): { kind: string; office: string } {
  const official = kind === 'person' && /GOV|LEG|JUD|MIL|SPY|ELI|PTY|IGO/.test(sectors);
  return { kind, office: official ? (officeKind(key) ?? '') : '' };
}
