/**
 * Builds the shipped tables in `data/` from a folder of public facts: `npx node train/tables.ts DATA_DIR`, where
 * `DATA_DIR/facts` holds the files named in each table's head and `DATA_DIR/raw` the State Department's releases. `data/bodies.tsv` is written by hand and not touched.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { buildCountries } from './table-countries.ts';
import { buildGroups } from './table-groups.ts';
import { buildPeople } from './table-people.ts';
import { buildPlaces } from './table-places.ts';
import { buildRoles } from './table-roles.ts';

/** Reads a JSONL file of facts, gzipped or not. */
export type ReadFacts = <Row>(name: string) => Row[];
/** The code (ISO 3166 alpha-3) that a name of a country stands for. */
export type CodeOf = (name: string) => string | undefined;
/** Reads a table written by hand, as rows of fields. */
export type ReadHand = (name: string) => string[][];

function main(dataDir: string | undefined): void {
  if (dataDir === undefined) throw new Error('usage: node train/tables.ts DATA_DIR (the folder that holds facts/)');
  const facts: ReadFacts = (name) => {
    const bytes = readFileSync(`${dataDir}/facts/${name}`);
    const text = (name.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8');
    return text
      .split('\n')
      .filter((line) => line.trim() !== '')
      .map((line) => JSON.parse(line));
  };
  const hand: ReadHand = (name) =>
    readFileSync(new URL(`./hand/${name}.tsv`, import.meta.url), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'))
      .map((line) => line.split('\t'));
  const bodies = readFileSync(new URL('../data/bodies.tsv', import.meta.url), 'utf8');
  const countries = buildCountries(facts, hand);
  write('countries', countries.text);
  const common = commonWords(dataDir);
  write('people', buildPeople(facts, hand, countries.codeOf, common));
  const roles = buildRoles(facts, hand);
  write('roles', roles);
  write('groups', buildGroups(facts, countries, bodies, roles, common));
  write('places', buildPlaces(facts, hand, countries));
}

/** Words that American official prose writes small: a surname spelled like one is weak evidence of the person. */
function commonWords(dataDir: string): ReadonlySet<string> {
  const text = gunzipSync(readFileSync(`${dataDir}/raw/state-releases.jsonl.gz`)).toString('utf8');
  const counts = new Map<string, number>();
  for (const [word] of text.matchAll(/(?<=[a-z,] )[a-z]{3,}(?=[ ,.])/g)) counts.set(word, (counts.get(word) ?? 0) + 1);
  const always = [
    'monday',
    'tuesday',
    'wednesday',
    'thursday',
    'friday',
    'saturday',
    'sunday',
    'january',
    'february',
    'march',
    'april',
    'june',
    'july',
    'august',
  ];
  return new Set([...always, ...[...counts].filter(([, count]) => count >= 3).map(([word]) => word)]);
}

function write(name: string, text: string): void {
  writeFileSync(new URL(`../data/${name}.tsv`, import.meta.url), text);
  process.stdout.write(`data/${name}.tsv ${text.split('\n').length} lines, ${Buffer.byteLength(text)} bytes\n`);
}

main(process.argv[2]);
