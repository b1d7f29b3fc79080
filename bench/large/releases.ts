import { createHash } from 'node:crypto';
import { createReadStream, existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { gunzipSync } from 'node:zlib';
import { loadReader } from '../../src/app/load.ts';
import type { Reading } from '../../src/events/reading.ts';
import { read } from '../../src/pipeline.ts';
import { readText } from '../../src/source/read.ts';

interface Release {
  readonly text: string;
  readonly title?: string;
  readonly url?: string;
  readonly date?: string;
}

/**
 * Real releases among the invented reports: the lines of a packed file of them, read with what is shipped. Readings are
 * kept in the temporary folder, under the hash of the file; remove them when what is shipped reads otherwise.
 */
export async function* readReleases(path: string): AsyncGenerator<Reading> {
  const packed = readFileSync(path);
  const kept = join(
    tmpdir(),
    `readout-releases-${createHash('sha256').update(packed).digest('hex').slice(0, 12)}.jsonl`,
  );
  if (!existsSync(kept)) {
    const reader = loadReader();
    const lines = gunzipSync(packed).toString('utf8').trim().split('\n');
    const readings = lines.map((line) => {
      const { text, title, url, date } = JSON.parse(line) as Release;
      const given = {
        ...{ outlet: 'U.S. Department of State' },
        ...(title === undefined ? {} : { title }),
        ...(url === undefined ? {} : { url }),
        ...(date === undefined ? {} : { published: date.slice(0, 10) }),
      };
      return JSON.stringify(read(readText(text, given), reader));
    });
    writeFileSync(`${kept}.part`, `${readings.join('\n')}\n`);
    renameSync(`${kept}.part`, kept);
  }
  for await (const line of createInterface({ input: createReadStream(kept) })) yield JSON.parse(line) as Reading;
}
