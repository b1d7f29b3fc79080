import { existsSync } from 'node:fs';
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
