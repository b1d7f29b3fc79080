import { expect, test } from 'vitest';
import { loadReader } from '../app/load.ts';
import { ONTOLOGY } from './ontology.ts';

/*
 * CAMEO codes by the PLOVER type that takes them up.
 * source: CAMEO2PLOVER-2021.txt of openeventdata/PLOVER (MIT)
 */
// biome-ignore format: a table reads best in rows
const CODES: Readonly<Record<string, string>> = {
  AGREE: '03 030 031 0311 0312 0313 0314 032 033 0331 0332 0333 0334 034 0341 0342 0343 0344 035 0351 0352 0353 0354 0355 0356 036 037 038 039',
  CONSULT: '04 040 041 042 043 044 045 046',
  SUPPORT: '05 050 051 052 053 054 055 056 057',
  CONCEDE: '08 080 081 0811 0812 082 083 0831 0832 0833 0834',
  COOPERATE: '06 060 061 062 063 064',
  AID: '07 070 071 072 073 074 075',
  RETREAT: '08 084 0841 0842 085 086 0861 0862 0863 087 0871 0872 0873 0874 0813 0814',
  REQUEST: '10 100 101 1011 1012 1013 1014 102 103 1031 1032 1033 1034 104 1041 1042 1043 1044 105 1051 1052 1053 1054 1055 1056 106 107 108',
  ACCUSE: '09 090 091 092 093 094 11 110 111 112 1121 1122 1123 1124 1125 113 114 115 116',
  REJECT: '12 120 121 1211 1212 1213 1214 122 1221 1222 1223 1224 123 1231 1232 1233 1234 124 1241 1242 1243 1244 1245 1246 125 126 127 128 129',
  THREATEN: '13 130 131 1311 1312 1313 132 1321 1322 1323 1324 133 134 135 136 137 138 1381 1382 1383 1384 1385 139',
  PROTEST: '14 140 141 1411 1412 1413 1414 142 1421 1422 1423 1424 143 1431 1432 1433 1434 144 1441 1442 1443 1444 145 1451 1452 1453 1454',
  SANCTION: '16 160 161 162 1621 1622 1623 164 165 166 1661 1662 1663',
  MOBILIZE: '15 150 151 152 153 154',
  COERCE: '163 17 170 171 1711 172 1721 1722 1723 1724 173 174 191 192',
  ASSAULT: '1712 18 180 181 182 1821 1822 1823 183 1831 1832 1833 184 185 186 175 201 19 190 193 194 195 196 20 200 202 203 204 2041 2042',
};

/** Where the manual's words, or CAMEO's own root, decide against that table. */
// biome-ignore format: a table reads best in rows
const OTHERWISE: Readonly<Record<string, string>> = {
  CONCEDE: '055 085', // "regret and apology", easing of sanctions
  RETREAT: '0831', // resign is a mode of RETREAT
  SANCTION: '163 116', // international sanctions are SANCTION/discontinue, prison is SANCTION/convict
  COERCE: '175 176', // repression and attacks by computer have CAMEO's root 17
  ASSAULT: '191 192', // blockade and occupation have CAMEO's root 19, FIGHT
};

const rules = [...new Set([...loadReader().patterns.rules.values()].flat())];

test("each rule's CAMEO code is one that its type takes up", () => {
  const astray = rules.filter(
    ({ event, cameo }) => event !== 'none' && !`${CODES[event]} ${OTHERWISE[event] ?? ''}`.split(' ').includes(cameo),
  );
  expect(astray.map(({ id, event, cameo }) => `[${id}] ${event} ${cameo}`)).toEqual([]);
});

test('each type has rules', () => {
  const told = new Set<string>(rules.map(({ event }) => event));
  expect(ONTOLOGY.map(({ type }) => type).filter((type) => !told.has(type))).toEqual([]);
});

test('each mode that words tell has a rule', () => {
  const told = new Set(rules.flatMap(({ event, modes }) => modes.map((mode) => `${event} ${mode}`)));
  // What is asked for, refused or threatened lends its mode; how many met is counted.
  const lent = new Set(['REQUEST', 'REJECT', 'THREATEN']);
  const missing = ONTOLOGY.filter(({ type }) => !lent.has(type)).flatMap(({ type, modes }) =>
    Object.keys(modes)
      .map((mode) => `${type} ${mode}`)
      .filter((mode) => !told.has(mode)),
  );
  expect(missing).toEqual([]);
});
