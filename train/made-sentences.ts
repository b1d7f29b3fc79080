/**
 * Sentences made up for the sentence classifier: what news is full of and treebanks have little of. Datelines that belong to
 * the sentence after them, and abbreviations with a full stop before a capital, at the end of a sentence and inside it.
 */
const SLOTS: Readonly<Record<string, readonly string[]>> = {
  city: 'Geneva,Lisbon,Vienna,Oslo,Cairo,Nairobi,Ankara,Doha,Lima,Tokyo,Madrid,Warsaw,Tbilisi,Amman,Jakarta,New Delhi,Abu Dhabi,Buenos Aires'.split(
    ',',
  ),
  CITY: 'GENEVA,LISBON,VIENNA,OSLO,CAIRO,NAIROBI,ANKARA,DOHA,LIMA,TOKYO,WASHINGTON,MOSCOW,UNITED NATIONS,NEW DELHI,BEIRUT'.split(
    ',',
  ),
  day: 'Monday,Tuesday,Wednesday,Thursday,Friday,Saturday,Sunday'.split(','),
  month: 'January,February,March,April,May,June,July,August,September,October,November,December'.split(','),
  mon: 'Jan.,Feb.,Mar.,Apr.,Aug.,Sept.,Oct.,Nov.,Dec.'.split(','),
  n: '1,2,3,4,6,7,9,10,12,14,16,18,21,23,25,28,30'.split(','),
  year: '1998,2004,2011,2016,2019,2021,2023,2024'.split(','),
  wire: 'Meridian Wire,Tagus Wire,Reuters,AP,AFP,Northern Press,Coast News'.split(','),
  half: 'a.m.,p.m.,a.m.,p.m.,A.M.,P.M.'.split(','),
  state: 'U.S.,U.S.,U.S.,U.K.,U.N.,U.A.E.,E.U.,D.C.'.split(','),
  name: 'Okoro,Haukdal,Lodge,Vega,Marlow,Iversen,Rahimi,Tanaka,Petrov,Silva,Duarte,Novak,Mbeki,Larsen'.split(','),
  given: 'Amara,Leon,Ana,Tomas,Ingrid,Yusuf,Mika,Clara,Pavel,Nadia'.split(','),
  title: 'President,Foreign Minister,Prime Minister,Ambassador,Secretary,Defense Minister,Chancellor,King'.split(','),
  short: 'Mr.,Mrs.,Ms.,Dr.,Gen.,Sen.,Rep.,Gov.,Lt. Gen.,Col.,Prof.,Adm.,Maj. Gen.'.split(','),
  firm: 'Corp.,Inc.,Ltd.,Co.,Bros.'.split(','),
  verb: 'met,called,left,spoke,arrived,refused,agreed,voted,resigned,protested'.split(','),
  start: 'The,He,She,They,It,Both,But,In,A,No,Neither,On,After,We,Officials,This'.split(','),
  rest: 'talks went on,envoys were told to wait,two sides shook hands,reply came late,text was signed there,vote was put off,road was closed,aid came too late'.split(
    ',',
  ),
  body: 'Embassy,Army,Senate,Congress,State Department,Navy,Treasury,Supreme Court,Security Council,Central Command'.split(
    ',',
  ),
};

// `|` ends a sentence.
const TEMPLATES = [
  '{city} {n} {month}, {year}: The {rest}.|{start} {rest}.',
  '{city}, {n} {month} {year}: {title} {name} {verb} on {day}.|{start} {rest}.',
  '{CITY}, {mon} {n} ({wire}) - {title} {name} {verb} on {day}.|The {rest}.',
  '{CITY}, {month} {n} ({wire}) — The {rest} on {day}.|{start} {rest}.',
  '{CITY} ({wire}) - {city} {verb} on {day}, {title} {name} said.|{start} {rest}.',
  '{CITY} ({wire}) – The {rest}.|{start} {rest}.',
  '{CITY} — The {rest} on {day}.|{start} {rest}.',
  '({wire}) - The {rest}.|{start} {rest}.',
  'The {rest} at {n} {half} {city} time.|{start} {rest}.',
  'The {rest} at {n} {half} {day}.|{start} {rest}.',
  'At {n}:30 {half} {title} {name} {verb}.|{start} {rest}.',
  'At {n} {half} {given} {name} {verb} and the {rest}.',
  'The {rest} until {n} {half}|The {rest}.',
  '{title} {name} {verb} at {n}:15 {half}|{start} {rest}.',
  '{short} {name} {verb} at {n} {half}|{start} {rest}.',
  'The {state} {body} said the {rest}.|{start} {rest}.',
  '{state} {title} {given} {name} {verb} on {day}.|{start} {rest}.',
  '{title} {name} {verb} with {state} {title} {given} {name} in {city}.',
  'The {rest} in Washington, D.C. {day}, officials said.|{start} {rest}.',
  'The {rest} in Washington, D.C.|The {rest}.',
  'The {rest} in the {state}|{start} {rest}.',
  '{city} and the {state} {day} said the {rest}.|{start} {rest}.',
  'He {verb} with the {state} {day} after the {rest}.',
  '{short} {name} and {short} {given} {name} {verb} on {mon} {n}.|{start} {rest}.',
  'The {rest} on {mon} {n}, and {short} {name} {verb}.|{start} {rest}.',
  '{name} {firm} {day} said the {rest}.|{start} {rest}.',
  'He works for {name} {firm}|{start} {rest}.',
  '{given} J. {name} {verb}.|J. {name} {verb} too.',
  '{title} {name} said: "The {rest}."|{start} {rest}.',
  '“The {rest}.” — {given} {name}|{start} {rest}.',
  'He added: “The {rest}.”|{start} {rest}.',
  '“The {rest},” {short} {name} said.|“{start} {rest}.”',
  '"The {rest}," {title} {name} said.|"{start} {rest}."|{start} {rest}.',
];

/** `count` short texts, each as its sentences. */
export function madeTexts(count: number, random: () => number): string[][] {
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)]!;
  return Array.from({ length: count }, () =>
    Array.from({ length: 3 }, () => pick(TEMPLATES))
      .join('|')
      .split('|')
      .map((template) => template.replace(/\{(\w+)\}/g, (_, slot: string) => pick(SLOTS[slot]!))),
  );
}
