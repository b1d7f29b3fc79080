/** How much of a text is looked at, in UTF-16 units: enough for any article, flat for any size. */
const SAMPLE = 20_000;

/**
 * Words that carry grammar, not meaning, and are frequent in running text. A word shared by several languages ("de",
 * "in", "no") stands under each; English keeps those that names of other nations do not bring along.
 */
// biome-ignore format: a table reads best in rows
const FUNCTION_WORDS: Readonly<Record<string, string>> = {
  en: 'the of and to that is was for with on by as at from it has have had will would his her their he she they this which who not but an be been are were its said after over about into than if when while between against under also more could should may during before we you our us in a i or what there where these those it’s don’t met men war die door hat had one told',
  de: 'der die das und ist nicht mit von dem den ein eine einen einer auf für im zu sich auch wurde werden wird sind war haben hat nach bei aus dass über zum zur als noch nur aber oder des',
  fr: 'le la les des et est une un dans pour que qui sur pas avec au aux du ce cette sont été par plus ont a il elle nous leur ses mais ou en de l’ d’',
  es: 'el la los las y es una un en que por para con del se su al como más pero ha han fue son está sobre entre también este esta de lo',
  pt: 'o os as e é uma um em que por para com do da dos das se ao como mais mas foi são está não na no nas nos pelo pela de também',
  it: 'il lo la gli le e è una un in che per con del della dei delle al alla si non sono ha hanno anche come più ma di da nel nella dal',
  nl: 'de het een en van is dat in op te niet met voor zijn werd aan er ook door naar bij om uit maar heeft hebben worden wordt die over als',
  sv: 'och att det som en på är av för med den till inte om har de ett han var men sig från vid kan så efter eller under också',
  da: 'og at det som en på er af for med den til ikke om har de et han var men sig fra ved kan så efter eller under også blev',
  no: 'og at det som en på er av for med den til ikke om har de et han var men seg fra ved kan så etter eller under også ble',
  fi: 'ja on ei että se hän oli ovat mutta kun myös joka tai niin kuin sen mukaan ollut olla jos vain',
  pl: 'i w na z że się nie do to jest o jak za od po przez oraz dla przed ale przy który która które są był była będzie także',
  cs: 'a v na se že je s z do o k za po od jako ale jsou by byl byla bude také který která které pro při',
  ro: 'și în de la a cu pe că nu este pentru din care sunt o un au mai fost ce sau după prin către',
  hu: 'a az és hogy nem is egy volt van meg de ha csak már vagy mint el ez azt szerint után lesz kell',
  tr: 've bir bu da de için ile olarak olan çok daha sonra kadar gibi ancak ise göre olduğu tarafından değil',
  id: 'yang dan di untuk dengan dari ini itu pada tidak dalam akan ke adalah oleh telah juga sebagai karena atau mereka',
  vi: 'và của là có được cho không trong với các một những đã này người tại về theo khi từ',
  sw: 'na ya wa kwa ni katika za la kuwa cha hii huo hiyo alisema pia lakini yake wake',
  tl: 'ang ng sa mga na ay at si ni para hindi ito siya kay niya nang ayon',
  so: 'oo iyo ka ku waa in uu ay ah loo waxaa soo la',
};

/** Scripts that settle the language, or the commonest language written in them. */
const SCRIPTS: readonly (readonly [code: string, letters: RegExp])[] = [
  ['ja', /[\u3040-\u30ff]/g],
  ['ko', /[\uac00-\ud7af\u1100-\u11ff]/g],
  ['zh', /[\u3400-\u9fff]/g],
  ['ar', /[\u0600-\u06ff]/g],
  ['he', /[\u0590-\u05ff]/g],
  ['el', /[\u0370-\u03ff]/g],
  ['ru', /[\u0400-\u04ff]/g],
  ['hi', /[\u0900-\u097f]/g],
  ['bn', /[\u0980-\u09ff]/g],
  ['ta', /[\u0b80-\u0bff]/g],
  ['th', /[\u0e00-\u0e7f]/g],
  ['ka', /[\u10a0-\u10ff]/g],
  ['hy', /[\u0530-\u058f]/g],
  ['am', /[\u1200-\u137f]/g],
];

/** Letters that tell two languages of one script apart; the first hit wins. */
const TELLING: Readonly<Record<string, readonly (readonly [code: string, letters: RegExp])[]>> = {
  ru: [
    ['uk', /[іїєґ]/iu],
    ['sr', /[ђјљњћџ]/iu],
    ['be', /ў/iu],
  ],
  ar: [
    ['ur', /[ٹڈڑےں]/u],
    ['fa', /[پچژگی]/u],
  ],
};

const WORDS_TO_LANGUAGES: ReadonlyMap<string, readonly string[]> = (() => {
  const languages = new Map<string, string[]>();
  for (const [code, words] of Object.entries(FUNCTION_WORDS)) {
    for (const word of words.split(' ')) languages.set(word, [...(languages.get(word) ?? []), code]);
  }
  return languages;
})();

/**
 * The language a text is written in, as an ISO 639-1 code: `en`, another code, `und` for a long text in no language
 * known here, or null when there is too little to tell (a name, a number, nothing). Counts function words, weighing
 * each by how few languages share it; other scripts are told by their letters. Looks at the first, middle and last part
 * of a long text.
 */
export function languageOf(text: string): string | null {
  const sample = sampleOf(text);
  const latin = count(sample, /[A-Za-z\u00c0-\u024f\u1e00-\u1eff]/g);
  const scripts = SCRIPTS.map(([code, letters]) => ({ code, letters: count(sample, letters) }));
  const other = scripts.reduce((sum, script) => sum + script.letters, 0);
  if (latin + other === 0) return null;
  if (other > latin) return languageOfScript(sample, scripts);
  return languageOfWords(sample);
}

function languageOfScript(sample: string, scripts: readonly { code: string; letters: number }[]): string {
  // Japanese is written with Han signs between its kana, so a tenth of kana is enough.
  const [kana, , han] = scripts;
  if (kana!.letters > 0 && kana!.letters * 10 >= han!.letters) return 'ja';
  const { code } = scripts.reduce((best, script) => (script.letters > best.letters ? script : best));
  return TELLING[code]?.find(([, letters]) => letters.test(sample))?.[0] ?? code;
}

function languageOfWords(sample: string): string | null {
  const scores = new Map<string, number>();
  let words = 0;
  for (const [word] of sample.matchAll(/[\p{L}’']+/gu)) {
    words += 1;
    const languages = WORDS_TO_LANGUAGES.get(word.toLowerCase().replaceAll("'", '’'));
    if (!languages) continue;
    for (const code of languages) scores.set(code, (scores.get(code) ?? 0) + 1 / languages.length);
  }
  const english = scores.get('en') ?? 0;
  let [best, most] = ['en', english];
  for (const [code, score] of scores) if (score > most) [best, most] = [code, score];
  // Two thirds of an English text's function words may be quoted or names ("de la", "al"); a foreign one has almost none.
  if (best !== 'en' && most >= 1.5 * english && most >= 1) return best;
  if (english > 0 && english * 50 >= words) return 'en';
  if (words >= 40) return best !== 'en' && most * 20 >= words ? best : 'und';
  return words >= 2 && !/[\u00c0-\u024f\u1e00-\u1eff]/.test(sample) && most === english ? 'en' : null;
}

function sampleOf(text: string): string {
  if (text.length <= SAMPLE) return text;
  const part = SAMPLE / 4;
  const middle = Math.floor(text.length / 2);
  return `${text.slice(0, part * 2)}\n${text.slice(middle, middle + part)}\n${text.slice(-part)}`;
}

function count(text: string, letters: RegExp): number {
  let found = 0;
  for (const _ of text.matchAll(letters)) found += 1;
  return found;
}
