import { csv } from './csv.ts';
import type { Format } from './format.ts';
import { ftm } from './ftm.ts';
import { gdelt } from './gdelt.ts';
import { geojson } from './geojson.ts';
import { graphml } from './graphml.ts';
import { jsonl } from './jsonl.ts';
import { parquet } from './parquet.ts';
import { plover } from './plover.ts';
import { polecat } from './polecat.ts';

/** Every format that the record can be exported in; the first is the default. `docs/exports.md` is their page. */
export const FORMATS = [
  jsonl,
  csv,
  parquet,
  plover,
  polecat,
  gdelt,
  ftm,
  geojson,
  graphml,
] as const satisfies readonly Format[];
