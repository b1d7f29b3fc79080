import type { Name, Token } from '../../nlp/sentence.ts';
import type { Match, World } from '../../world/world.ts';
import type { Tree } from '../tree.ts';

/** A name in a sentence, with the title before it: tokens `start` to `last`, the name itself from `first`. */
export interface Named {
  readonly start: number;
  readonly first: number;
  readonly last: number;
  /** The title's words, in the singular; "Presidents Ada Oyoo and Jo Berg" gives it to both. */
  readonly title: readonly string[];
  /** What the language room calls it; `undefined` where the tables know the name. */
  readonly kind: Name['kind'] | undefined;
}

/** A stretch of a sentence that is called a name, and what kind. */
interface Called {
  readonly first: number;
  readonly last: number;
  readonly kind: Name['kind'];
}

const HONORIFIC =
  /^(?:mr|mrs|ms|mme|mx|dr|rev|hon|dame|lord|lady|sir|gen|lt|col|sen|rep|gov|prof|sheikh|king|queen|prince|princess|pope)\.?$/i;

/** Last words of names that are no actor's. */
const THINGS = new Set(
  (
    'accords agreements treaties channel coast madness peninsula act accord agreement armistice award bill bridge canal ceasefire charter conference convention crisis cup day declaration ' +
    'doctrine dollar emancipation festival games gulf highway highways hotel hurricane initiative island islands lake language law ' +
    'medal memorandum memorial mountain mountains museum ocean olympics pact pipeline plan prize proclamation process programme ' +
    'protocol race resolution river road sea series strait street summit treaty tournament tower tunnel valley war week year'
  ).split(' '),
);

/** "Treaty" of "Treaty of Lima", "Gulf" of "Persian Gulf". */
function headWord(written: readonly string[]): string {
  const of = written.findIndex((form, at) => at > 0 && /^(?:of|on|for|against)$/i.test(form));
  return written[(of < 0 ? written.length : of) - 1]!;
}

/** True of the last word of a name that is no actor's: "Treaty", "Memorial", "Gulf". */
export function endsThing(word: string): boolean {
  return THINGS.has(word.toLowerCase());
}

/** "Badr al -Omari": the family name behind an article is cut off by its hyphen. */
function withArticle(tree: Tree, last: number): number {
  const next = tree.tokens[last + 1];
  const article = /^(?:al|el|as|ad|an|ar|bin|ibn)$/i.test(tree.tokens[last]!.form);
  return article && next?.upos === 'PROPN' && /^-\p{Lu}/u.test(next.form) ? last + 1 : last;
}

/** Whether what a hyphen joins to a name goes on with it: "ABC-XYZ", "Ban Chan-o-cha", but not "Oman-Yemen". */
function isJoined(tree: Tree, at: number, step: 1 | -1, world: World): boolean {
  const hyphen = tree.tokens[at + step];
  const next = tree.tokens[at + 2 * step];
  if (hyphen?.form !== '-' || !next) return false;
  const [left, right] = step > 0 ? [tree.tokens[at]!, next] : [next, tree.tokens[at]!];
  if (left.to !== hyphen.from || hyphen.to !== right.from) return false;
  if (
    !/^\p{L}(?:[\p{L}-]*\p{L})?$/u.test(next.form) ||
    (next.upos !== 'PROPN' && !(next.relation === 'flat' && next.form.length <= 5))
  )
    return false;
  const isState = (form: string): boolean => world.lookUp(form).some(({ entity }) => entity.kind === 'state');
  return !isState(next.form) && !isState(tree.tokens[at]!.form);
}

function hyphenEnd(tree: Tree, last: number, world: World): number {
  let end = last;
  while (isJoined(tree, end, 1, world)) end += 2;
  return end;
}

function hyphenStart(tree: Tree, first: number, world: World): number {
  let start = first;
  while (isJoined(tree, start, -1, world)) start -= 2;
  return start;
}

/** What stands before a surname in a transcript's label. */
const ADDRESS = /^(?:mr|mrs|ms|dr)\.?$/i;

/** "MR BERG:" who holds an office that day: in capitals behind the title, a surname that is a common word too. */
function isLabelled(forms: readonly string[], at: number, match: Match, world: World, on: string | null): boolean {
  const title = forms[at - 1] ?? '';
  if (!ADDRESS.test(title) || title !== title.toUpperCase() || forms[at] !== forms[at]!.toUpperCase()) return false;
  return match.candidates.some(({ entity }) => entity.kind === 'person' && world.tenureOn(entity, on) !== undefined);
}

/** How many words a name after a title can have. */
const LONGEST_NAME = 4;

/**
 * The names of a sentence, in order, each token in one at most: those that the tables know, those that the language room
 * found, capitalized words after a person's title, and surnames of persons named in full elsewhere.
 *
 * @param dated tokens of time expressions, which are in no name
 * @param met from {@link namesMet}
 * @param on the document's date, for offices
 */
export function findNames(
  tree: Tree,
  world: World,
  dated: ReadonlySet<Token>,
  { surnames, called }: NamesMet,
  on: string | null,
): readonly Named[] {
  const { forms } = tree;
  const found: Named[] = [];
  const names = new Map(called.get(tree));
  for (const { index, form } of tree.tokens)
    if (surnames.has(form) && (names.get(index)?.last ?? index) === index)
      names.set(index, { first: index, last: index, kind: 'person' });
  for (let i = 0; i < forms.length; i++) {
    if (dated.has(tree.tokens[i]!)) continue;
    const tagged = names.get(i);
    const match = world.longestMatch(forms, i);
    const sure = match && (isSure(match, tagged) || isLabelled(forms, i, match, world, on));
    const known = sure ? i + match.length - 1 : -1;
    const most = Math.max(known, tagged ? tagged.last : -1);
    const last =
      /^\p{Lu}/u.test(forms[i]!) && isPersons(match, known, tagged)
        ? hyphenEnd(tree, particleEnd(tree, most), world)
        : most;
    if (last < i || (known < i && tagged?.kind === 'other')) continue;
    // Where the tables know the whole name, they know better what it is.
    const kind =
      last === known ? undefined : (tagged?.kind ?? (isPersons(match, known, tagged) ? 'person' : undefined));
    const person = kind === 'person' || (last === known && match?.candidates[0]?.entity.kind === 'person');
    const start = person
      ? titleStart(forms, i, found.findLast((name) => name.kind === 'person')?.last ?? -1, world)
      : i;
    // "U.S. President Joe Biden": the state before the title is part of it, no actor of its own.
    while (found.length > 0 && found.at(-1)!.last >= start) found.pop();
    const title = singularTitle(forms.slice(start, i), world);
    const shared = title.length === 0 && person ? sharedTitle(found.at(-1), forms, i, world) : [];
    found.push({ start, first: i, last, title: [...shared, ...title], kind: person ? 'person' : kind });
    i = last;
  }
  return found;
}

function isPersons(match: Match | undefined, known: number, tagged: Called | undefined): boolean {
  return tagged?.kind === 'person' || (known >= 0 && match?.candidates[0]?.entity.kind === 'person');
}

/** Where a name ends that goes on with a particle: "Abdel Karim al-Najjar", "Said bin Taimur". */
function particleEnd(tree: Tree, last: number): number {
  let end = last;
  while (end >= 0 && PARTICLE.test(tree.tokens[end + 1]?.form ?? '')) {
    const hyphen = tree.tokens[end + 2]?.form === '-' ? 1 : 0;
    const next = tree.tokens[end + 2 + hyphen];
    if (next?.upos !== 'PROPN' || !/^-?\p{Lu}/u.test(next.form)) break;
    end = next.index;
  }
  return end;
}
const PARTICLE = /^(?:al|el|bin|ibn|bint)$/i;

/** A title of several ("Presidents") as that of one. */
function singularTitle(title: readonly string[], world: World): readonly string[] {
  for (let from = 0; from < title.length; from++) {
    const role = pluralAt(title, from, world);
    if (role) return [...title.slice(0, from), ...role.words.split(' '), ...title.slice(from + role.length)];
  }
  return title;
}

/** The title that the name before shares with the one at a token: "Presidents Ada Oyoo and Jo Berg". */
function sharedTitle(before: Named | undefined, forms: readonly string[], at: number, world: World): readonly string[] {
  if (before?.kind !== 'person' || before.title.length === 0) return [];
  if (!/^(?:,|and|&|, and)$/.test(forms.slice(before.last + 1, at).join(' '))) return [];
  for (let from = before.start; from < before.first; from++) if (pluralAt(forms, from, world)) return before.title;
  // The third of three shares what the second shared.
  return before.start === before.first ? before.title : [];
}

/** The title of several persons that starts at a token: "Foreign Ministers". */
function pluralAt(
  forms: readonly string[],
  start: number,
  world: World,
): { readonly length: number; readonly words: string } | undefined {
  const found = world.roleAt(forms, start);
  if (found?.role.kind !== 'group' || !/s$/.test(forms[start + found.length - 1]!)) return undefined;
  const words = found.role.words.replace(/s$/, '');
  return world.role(words)?.kind === 'person' ? { length: found.length, words } : undefined;
}

/** What a document calls names, before the tables are asked. */
export interface NamesMet {
  /** The last words of all persons that it names by more than one word. */
  readonly surnames: ReadonlySet<string>;
  readonly called: ReadonlyMap<Tree, ReadonlyMap<number, Called>>;
  /** What its abbreviations stand for, by the abbreviation: "AUC" for "African Union Commission (AUC)". */
  readonly short: ReadonlyMap<string, readonly string[]>;
}

/** The names that the language room and titles call so, in all sentences of a document. */
export function namesMet(trees: readonly Tree[], world: World): NamesMet {
  const surnames = new Set<string>();
  const called = new Map<Tree, ReadonlyMap<number, Called>>();
  const short = new Map<string, readonly string[]>();
  for (const tree of trees) {
    const { forms } = tree;
    for (const { index, form } of tree.tokens) {
      const full = isShortHere(forms, index) ? fullBefore(forms, index - 1, form) : undefined;
      if (full && !short.has(form)) short.set(form, full);
    }
    const names = calledNames(tree, forms, world);
    called.set(tree, names);
    for (const { first, last, kind } of names.values())
      if (kind === 'person' && last > first && world.place(forms[last]!).length === 0) surnames.add(forms[last]!);
  }
  return { surnames, called, short };
}

/** True of capitals alone in brackets. */
function isShortHere(forms: readonly string[], index: number): boolean {
  return /^\p{Lu}{2,8}$/u.test(forms[index]!) && forms[index - 1] === '(' && forms[index + 1] === ')';
}

/** The words before a token whose initials make an abbreviation, small words counted or not. */
function fullBefore(forms: readonly string[], end: number, short: string): readonly string[] | undefined {
  let left = short.length;
  for (let at = end - 1; at >= 0 && end - at <= 2 * short.length + 2; at--) {
    const initial = forms[at]!.charAt(0);
    if (initial === short.charAt(left - 1)) left--;
    else if (!/^(?:of|the|for|and|on|in|to|&|-|['’]s)$/.test(forms[at]!)) return undefined;
    if (left === 0) return forms.slice(at, end);
  }
  return undefined;
}

/** Names by their first token, without the titles that the language room took into them: "Chancellor Merkel". */
function calledNames(tree: Tree, forms: readonly string[], world: World): ReadonlyMap<number, Called> {
  const called = new Map<number, Called>();
  for (const name of tree.sentence.names) {
    const written = forms.slice(name.first, name.last + 1);
    if (!written.some((form) => /^\p{Lu}/u.test(form)) || isTitle(forms, name, world)) continue;
    // An address is no name, nor what a treaty, a monument or a sea is called.
    if (
      written.some((form) => /[@/]|\.\w{3}$/.test(form)) ||
      ((name.kind !== 'person' || written.length > 1) && endsThing(headWord(written)))
    )
      continue;
    const role = name.kind === 'person' ? world.roleAt(forms, name.first) : undefined;
    const first = role && name.first + role.length <= name.last ? name.first + role.length : name.first;
    // "and Prime Minister …" taken into a name is none of it.
    const open = /^(?:and|or|the|of|,|-)$/i.test(forms[first]!) && first < name.last ? first + 1 : first;
    const titled = name.kind === 'person' && open < name.last && ADDRESS.test(forms[open]!) ? open + 1 : open;
    const whole =
      name.kind === 'organisation' ? pairStart(tree, compoundStart(tree, titled), name.last, world) : titled;
    const start = hyphenStart(tree, whole, world);
    called.set(start, { first: start, last: hyphenEnd(tree, withArticle(tree, name.last), world), kind: name.kind });
  }
  for (const { index, form } of tree.tokens) {
    const role = world.roleAt(forms, index);
    // "Civilian Security" is nobody's title and name.
    if (
      role &&
      ((role.role.kind === 'person' && form !== 'Civilian') || (/^\p{Lu}/u.test(form) && pluralAt(forms, index, world)))
    ) {
      const own = called.get(index + role.length);
      // "Hassan al-Najjar": where the language room sees the name go on, it does.
      const last = Math.max(nameEnd(tree, forms, index + role.length, world), own?.kind === 'person' ? own.last : -1);
      if (last >= index + role.length) {
        // What the language room took across the title gives way: "Icelandic Foreign Minister Ana" is no name.
        for (const [first, name] of called) if (first <= last && name.last >= index) called.delete(first);
        called.set(index + role.length, { first: index + role.length, last, kind: 'person' });
      }
    }
    // "Secretary of State": what stands inside a title is no name.
    if (role && role.length > 1)
      for (let inner = index; inner < index + role.length; inner++)
        if ((called.get(inner)?.last ?? Infinity) < index + role.length) called.delete(inner);
  }
  return called;
}

/** Where the capitalized words begin that a name is compounded with: "Presidential" of "Presidential Leadership Council". */
function compoundStart(tree: Tree, first: number): number {
  let start = first;
  while (start > 0 && first - start < LONGEST_NAME) {
    const before = tree.tokens[start - 1]!;
    const joined =
      /^\p{Lu}\p{Ll}/u.test(before.form) && (before.upos === 'PROPN' || (before.upos === 'ADJ' && start > 1));
    const below =
      before.head >= first && before.head <= first + LONGEST_NAME && /^(?:compound|amod|flat)$/.test(before.relation);
    if (!joined || !below) break;
    start--;
  }
  return start;
}

/** "Life" of "the Life and Liberty Party": a name that begins with two words of a kind. */
function pairStart(tree: Tree, first: number, last: number, world: World): number {
  const [before, and] = [tree.tokens[first - 2], tree.tokens[first - 1]];
  if (and?.form !== 'and' || before?.upos !== 'PROPN' || before.relation !== 'compound') return first;
  const inside = before.head > first && before.head <= last && /^\p{Lu}\p{Ll}/u.test(before.form);
  return inside && world.longestMatch(tree.forms, before.index) === undefined ? before.index : first;
}

/** Where the capitalized words end that begin at a token, as long as the tables know none of them otherwise. */
function nameEnd(tree: Tree, forms: readonly string[], first: number, world: World): number {
  let last = first - 1;
  while (last + 1 < forms.length && last + 1 < first + LONGEST_NAME) {
    const next = tree.tokens[last + 1]!;
    const known = world.longestMatch(forms, next.index)?.candidates[0]?.entity;
    if (next.upos !== 'PROPN' || !/^\p{Lu}/u.test(next.form) || (known && known.kind !== 'person')) break;
    if (world.roleAt(forms, next.index)) break;
    last = next.index;
  }
  return last;
}

/** A weak name ("May", "Rice") counts only where the sentence itself calls it one. */
function isSure(match: Match, tagged: Called | undefined): boolean {
  return match.candidates.some((candidate) => !candidate.weak) || tagged?.kind === 'person';
}

/** "President" alone is a title, though the language room may call it a name. */
function isTitle(forms: readonly string[], name: Name, world: World): boolean {
  const whole = world.role(forms.slice(name.first, name.last + 1).join(' '));
  return whole !== undefined || (name.kind !== 'person' && world.role(forms[name.last]!)?.kind === 'person');
}

/** Where the title before a name begins: "Russian Foreign Minister", "Mr.", "opposition leader". */
function titleStart(forms: readonly string[], name: number, floor: number, world: World): number {
  // "D.C. MR BERG": a form of address begins it.
  if (name - 1 > floor && PLAIN_ADDRESS.test(forms[name - 1]!)) return name - 1;
  let start = name;
  let titled = false;
  while (start - 1 > floor) {
    const end: number = titled || isOffice(forms[start - 4], world) ? withoutShort(forms, start) : start;
    const longer = longestTitle(forms, end, floor, world);
    if (longer === end) break;
    const kind = world.role(forms.slice(longer, start).join(' '))?.kind;
    titled ||= HONORIFIC.test(forms[start - 1]!) || (kind !== undefined && kind !== 'unknown');
    start = longer;
  }
  // A state right before a name, without a title, is no title: "in Norway Ana Lima said".
  if (!titled) return remoteTitle(forms, name, floor, world) ?? name;
  return doubleTitle(forms, start, floor, world) ?? start;
}

/** "Republic of Peru (RP) Foreign Minister Ana Lima": where the words before a short form in brackets end. */
function isOffice(form: string | undefined, world: World): boolean {
  return form !== undefined && world.role(form)?.kind === 'person';
}

function withoutShort(forms: readonly string[], end: number): number {
  const short = forms[end - 1] === ')' && forms[end - 3] === '(' && /^\p{Lu}{2,6}$/u.test(forms[end - 2]!);
  return short ? end - 3 : end;
}

const PLAIN_ADDRESS = /^(?:mr|mrs|ms)\.?$/i;

/** "Deputy Prime Minister and Foreign Minister Ana Lima": one who holds both; with an article it may be two. */
function doubleTitle(forms: readonly string[], start: number, floor: number, world: World): number | undefined {
  if (forms[start - 1] !== 'and' || start - 2 <= floor || !/^\p{Lu}/u.test(forms[start - 2]!)) return undefined;
  let first = start - 1;
  while (first - 1 > floor) {
    const longer = longestTitle(forms, first, floor, world);
    if (longer === first) break;
    first = longer;
  }
  const role = world.role(forms.slice(first, start - 1).join(' ')) ?? world.role(forms[start - 2]!);
  if (first === start - 1 || role?.kind !== 'person') return undefined;
  // "Prime Minister and President Lima" are two.
  if (role.words === 'prime minister' && /^president$/i.test(forms[start] ?? '')) return undefined;
  // "met Premier Jo Berg and Deputy Prime Minister and Foreign Minister Ana Lima"
  if (forms[first - 1] === 'and' && first - 2 === floor) return first;
  // "the Deputy Prime Minister and Foreign Minister Ana Lima": nobody is a deputy alone.
  if (role.words === 'deputy prime minister' && forms[first - 1] !== 'and') return first;
  return /^(?:the|an?|and|,)$/i.test(forms[first - 1] ?? '') ? undefined : first;
}

/** "Assistant Secretary for African Affairs Ana Lima", "President of Chile Ana Lima": a title with its field. */
function remoteTitle(forms: readonly string[], name: number, floor: number, world: World): number | undefined {
  if (forms[name - 1] === ',') return undefined;
  for (let at = name - 1; at > Math.max(floor, name - LONGEST_FIELD); at--) {
    if (!/^(?:\p{Lu}.*|and|the|of|for|&|-|,|\(|\))$/u.test(forms[at]!)) return undefined;
    if (!/^(?:of|for)$/.test(forms[at]!)) continue;
    for (let from = Math.max(floor + 1, at - 6); from < at; from++) {
      const found = /^\p{Lu}/u.test(forms[from]!) ? world.roleAt(forms, from) : undefined;
      if (found?.role.kind === 'person' && from + found.length === at) return from;
    }
  }
  return undefined;
}
const LONGEST_FIELD = 18;

function longestTitle(forms: readonly string[], end: number, floor: number, world: World): number {
  for (let from = Math.max(floor + 1, end - 6); from < end; from++) {
    const role = world.roleAt(forms, from);
    if (role && from + role.length === end) return from;
    const match = world.longestMatch(forms, from);
    if (match && from + match.length === end && match.candidates[0]!.entity.kind !== 'person') return from;
    // "New Mexico governor": a region is no actor, and whose the title is all the same.
    const place =
      end - from > 1 && !/^(?:in|at|from|to|near)$/i.test(forms[from - 1] ?? '') && world.placeAt(forms, from);
    if (place && from + place.length === end) return from;
  }
  return HONORIFIC.test(forms[end - 1]!) ? end - 1 : end;
}
