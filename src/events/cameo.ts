import type { PloverType } from './ontology.ts';

/*
 * CAMEO's codes with the PLOVER type and mode each became: the official conversion of 2021 (openeventdata/PLOVER,
 * CC BY-SA 4.0). Where its modes are not in the manual's draft 2.0 the nearest one there is meant, or none; 1712 (destroy
 * property) is ASSAULT there, 175 (repress) stays COERCE as its root, and 176 (attack by computer) is CAMEO 1.1's own.
 */
// biome-ignore format: a table reads best in rows
const ROWS: readonly (readonly [PloverType, string, string])[] = [
  ['AGREE', '', '03 030 031 0311 0312 0313 0314 032 033 0331 0332 0333 0334 034 0341 0342 0343 0344 035 0351 0352 0353 0354 0355 0356 036 037 038 039'],
  ['CONSULT', '', '04 040 045 046'],
  ['CONSULT', 'phone', '041'],
  ['CONSULT', 'visit', '042 043'],
  ['CONSULT', 'third-party', '044'],
  ['SUPPORT', '', '05 050 051 052 053 054 055 056 057'],
  ['COOPERATE', '', '06 060 061 062 063 064'],
  ['AID', '', '07 070 071 072 073 074 075'],
  ['CONCEDE', '', '08 080 081 0811 0812 082 083 0831 0832 0833 0834'],
  ['RETREAT', '', '084 0842 085 0813 0814'],
  ['RETREAT', 'release', '0841'],
  ['RETREAT', 'access', '086 0861 0862 0863'],
  ['RETREAT', 'disarm', '087 0873 0874'],
  ['RETREAT', 'ceasefire', '0871'],
  ['RETREAT', 'withdraw', '0872'],
  ['ACCUSE', '', '09 11'],
  ['ACCUSE', 'investigate', '090 091 092 093 094'],
  ['REQUEST', '', '10 100'],
  ['REQUEST', 'assist', '101 1011 1012 1013 1014 102 103 1031 1032 1033 1034'],
  ['REQUEST', 'change', '104 1041 1042 1043 1044 105'],
  ['REQUEST', 'yield', '1051 1052 1053 1054 1055 1056'],
  ['REQUEST', 'meet', '106 107 108'],
  ['ACCUSE', 'disapprove', '110 111 112 113 116'],
  ['ACCUSE', 'allege', '1121 1122 1123 1124 1125 114 115'],
  ['REJECT', '', '12 120'],
  ['REJECT', 'assist', '121 1211 1212 1213 1214 122 1221 1222 1223 1224'],
  ['REJECT', 'change', '123 1231 1232 1233 1234 124 1241 1242'],
  ['REJECT', 'yield', '1243 1244 1245 1246 128 129'],
  ['REJECT', 'meet', '125 126 127'],
  ['THREATEN', '', '13 130 131'],
  ['THREATEN', 'relations', '1311 1313 1321 133 134 135 139'],
  ['THREATEN', 'restrict', '1312 132 1322 1323 1324 1381'],
  ['THREATEN', 'expel', '136'],
  ['THREATEN', 'violence', '137 138 1383 1384 1385'],
  ['THREATEN', 'territory', '1382'],
  ['PROTEST', '', '14 140'],
  ['PROTEST', 'demo', '141 1411 1412 1413 1414'],
  ['PROTEST', 'hunger', '142 1421 1422 1423 1424'],
  ['PROTEST', 'boycott', '143 1431 1432 1433 1434'],
  ['PROTEST', 'obstruct', '144 1441 1442 1443 1444'],
  ['PROTEST', 'riot', '145 1451 1452 1453 1454'],
  ['MOBILIZE', '', '15 150'],
  ['MOBILIZE', 'police', '151 153'],
  ['MOBILIZE', 'troops', '152 154'],
  ['SANCTION', '', '16 160'],
  ['SANCTION', 'withdraw', '161 164 165'],
  ['SANCTION', 'discontinue', '162 1621 1622 1623'],
  ['COERCE', 'restrict', '163 172 1721 1722 191'],
  ['SANCTION', 'expel', '166 1661 1662 1663'],
  ['COERCE', '', '17 170 175'],
  ['COERCE', 'seize', '171 1711 192'],
  ['ASSAULT', 'destroy', '1712'],
  ['COERCE', 'curfew', '1723'],
  ['COERCE', 'martial-law', '1724'],
  ['COERCE', 'arrest', '173'],
  ['COERCE', 'deport', '174'],
  ['ASSAULT', '', '18 180 1823 201 19 190 196 20 200 202 203'],
  ['ASSAULT', 'abduct', '181 184'],
  ['ASSAULT', 'beat', '182'],
  ['ASSAULT', 'sexual', '1821'],
  ['ASSAULT', 'torture', '1822'],
  ['ASSAULT', 'suicide-attack', '183 1831'],
  ['ASSAULT', 'explosives', '1832 1833'],
  ['ASSAULT', 'targeted', '185 186'],
  ['ASSAULT', 'firearms', '193'],
  ['ASSAULT', 'heavy-weapons', '194 195'],
  ['ASSAULT', 'unconventional', '204 2041 2042'],
  ['COERCE', 'cyber', '176'],
];

/** What a CAMEO code is in PLOVER. */
export interface Plover {
  readonly event: PloverType;
  readonly modes: readonly string[];
}

/** Every CAMEO code of two to four digits, as PLOVER has it. */
export const CAMEO: ReadonlyMap<string, Plover> = new Map(
  ROWS.flatMap(([event, mode, codes]) =>
    codes.split(' ').map((code) => [code, { event, modes: mode === '' ? [] : [mode] }] as const),
  ),
);
