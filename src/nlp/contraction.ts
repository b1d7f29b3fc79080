// "don't" is "do" + "n't", "Biden's" is "Biden" + "'s": the clitics of English, as UD parts them.
const CLITIC = /(?:n['’]t|['’](?:s|re|ve|ll|d|m|em))$/i;

// Contractions that show no apostrophe, with the place where the second word begins.
const WITHOUT_APOSTROPHE: ReadonlyMap<string, number> = new Map([
  ['cannot', 3],
  ['gonna', 3],
  ['wanna', 3],
  ['gotta', 3],
  ['gimme', 3],
  ['lemme', 3],
  ['outta', 3],
  ['dont', 2],
  ['wont', 2],
  ['cant', 2],
  ['didnt', 3],
  ['doesnt', 4],
  ['isnt', 2],
  ['arent', 3],
  ['wasnt', 3],
  ['werent', 4],
  ['hasnt', 3],
  ['havent', 4],
  ['hadnt', 3],
  ['couldnt', 5],
  ['wouldnt', 5],
  ['shouldnt', 6],
  ['aint', 2],
  ['im', 1],
  ['ive', 1],
  ['youre', 3],
  ['youve', 3],
  ['youll', 3],
  ['theyre', 4],
  ['theyve', 4],
  ['weve', 2],
  ['hes', 2],
  ['shes', 3],
  ['thats', 4],
  ['whats', 4],
  ['theres', 5],
  ['lets', 3],
]);

/**
 * Offset inside a written word where its second syntactic word begins, or 0 where it is one word: 2 for "don't" and
 * "John’s", 6 for "states'".
 */
export function contractionAt(word: string): number {
  const length = word.length;
  if (length < 2 || length > 60) return 0;
  const clitic = CLITIC.exec(word);
  if (clitic !== null && clitic.index > 0) return clitic.index;
  const last = word.charCodeAt(length - 1);
  if ((last === 39 || last === 0x2019) && /[sxz]$/i.test(word.slice(0, -1))) return length - 1;
  if (word.startsWith('I') && word === word.toUpperCase()) return 0;
  return WITHOUT_APOSTROPHE.get(word.toLowerCase()) ?? 0;
}
