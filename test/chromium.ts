import { existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, chromium } from 'playwright-core';

/** Starts the machine's own Chromium, or the one that comes as a package. `CHROMIUM` names another. */
export async function launchChromium(): Promise<Browser> {
  const own = process.env['CHROMIUM'] ?? '/usr/bin/chromium';
  if (existsSync(own)) return chromium.launch({ executablePath: own, args: ['--no-sandbox'] });
  const { default: packed } = await import('@sparticuz/chromium');
  // In one process it ends with the first page that has a service worker.
  const args = packed.args.filter((arg) => arg !== '--single-process');
  return chromium.launch({ executablePath: await packed.executablePath(), args });
}

/** Chromium for the test file `asker`; where this machine can start none, says that its tests are left out. */
export async function chromiumFor(asker: string): Promise<Browser | undefined> {
  try {
    return await launchChromium();
  } catch (error) {
    const [why] = (error instanceof Error ? error.message : String(error)).split('\n');
    process.stderr.write(`${asker}: tests in a browser were left out, as Chromium does not run here (${why}).\n`);
    return undefined;
  }
}

/** The folder that the pictures of a test file go to, so that they can be looked at after it. */
export function pictureFolder(asker: string): string {
  const folder = join(tmpdir(), 'readout-pictures', asker);
  mkdirSync(folder, { recursive: true });
  return folder;
}
