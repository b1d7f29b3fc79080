import { randomUUID } from 'node:crypto';
import { rename, rm, writeFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { ReadoutError } from '../error.ts';
import type { Block } from './layout.ts';
import type { Context } from './operation.ts';

/**
 * Writes a page as a Word document. The file has its name only when it is whole, so an older one stays until then. Throws
 * `ReadoutError` `output.unwritable`.
 */
export async function writeDocx(
  path: string,
  title: string,
  blocks: readonly Block[],
  { cwd, tell }: Pick<Context, 'cwd' | 'tell'>,
): Promise<void> {
  const { docxOf } = await import('./docx.ts');
  const place = resolve(cwd, path);
  const part = `${place}.part-${randomUUID().slice(0, 8)}`;
  try {
    await writeFile(part, docxOf(title, blocks));
    await rename(part, place);
  } catch (cause) {
    await rm(part, { force: true });
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ReadoutError(
      'output.unwritable',
      `${place} cannot be written: ${reason}. Name another place with --docx.`,
      {
        cause,
      },
    );
  }
  tell(`${path} is written.`);
}
