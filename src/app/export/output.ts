import { type FileHandle, mkdir, open, rename, rm, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { ReadoutError } from '../../error.ts';
import type { Context } from '../operation.ts';
import type { Format, Piece } from './format.ts';

/** Where an export goes. */
export interface Output {
  /** Takes the next part of every file of the format; those that are not wanted are dropped. */
  put(pieces: readonly Piece[]): Promise<void>;
  /** Puts the files in their place. */
  finish(): Promise<void>;
  /** Leaves everything as it was before. */
  discard(): Promise<void>;
}

/** Parts are gathered to this many bytes or letters before they are written. */
const CHUNK = 65_536;

/**
 * Opens the output of a format: standard output, a file, or a folder for a format of which several files are wanted. A file
 * is written beside its place and put there when it is whole, so an older one stays until then.
 *
 * Throws `ReadoutError`: `option.value` when the format cannot go there, `output.unwritable` when the disk will not have it.
 */
export async function openOutput(
  format: Format,
  wanted: readonly number[],
  out: string | undefined,
  context: Pick<Context, 'write' | 'cwd'>,
): Promise<Output> {
  if (out === undefined) return standardOutput(format, wanted, context);
  const place = resolve(context.cwd, out);
  const isFolder = (await stat(place).catch(() => undefined))?.isDirectory() === true;
  if (wanted.length === 1) {
    if (isFolder)
      throw new ReadoutError('option.value', `--out: expected a file, got the folder "${out}"; name a file in it.`);
    return fileOutput(new Map([[wanted[0]!, place]]));
  }
  await attempt(place, () => mkdir(place, { recursive: true }));
  return fileOutput(new Map(wanted.map((index) => [index, join(place, `readout.${format.files[index]!.ending}`)])));
}

function standardOutput(format: Format, wanted: readonly number[], context: Pick<Context, 'write'>): Output {
  if (wanted.length > 1) {
    const names = format.files.map(({ name }) => name).join(' or ');
    throw new ReadoutError(
      'option.value',
      `--out: ${format.name} is ${wanted.length} files; name a folder for them, or one of them with --table ${names}.`,
    );
  }
  const index = wanted[0]!;
  if (format.files[index]!.binary === true) {
    throw new ReadoutError('option.value', `--out: ${format.name} is no text; name a file for it.`);
  }
  let gathered = '';
  return {
    async put(pieces) {
      gathered += pieces[index] as string;
      if (gathered.length < CHUNK) return;
      await context.write(gathered);
      gathered = '';
    },
    async finish() {
      if (gathered !== '') await context.write(gathered);
    },
    async discard() {},
  };
}

interface OpenFile {
  readonly place: string;
  readonly part: string;
  readonly handle: FileHandle;
  gathered: string;
}

async function fileOutput(places: ReadonlyMap<number, string>): Promise<Output> {
  const files = new Map<number, OpenFile>();
  const discard = async () => {
    for (const { handle, part } of files.values()) {
      await handle.close().catch(() => {});
      await rm(part, { force: true });
    }
  };
  try {
    for (const [index, place] of places) {
      const part = `${place}.part-${process.pid}`;
      files.set(index, { place, part, handle: await attempt(place, () => open(part, 'w')), gathered: '' });
    }
  } catch (error) {
    await discard();
    throw error;
  }
  const flush = async (file: OpenFile, last: Piece) => {
    const { gathered } = file;
    file.gathered = '';
    await attempt(file.place, async () => {
      if (gathered !== '') await file.handle.appendFile(gathered);
      if (last.length > 0) await file.handle.appendFile(last);
    });
  };
  return {
    async put(pieces) {
      for (const [index, file] of files) {
        const piece = pieces[index]!;
        if (typeof piece !== 'string') await flush(file, piece);
        else {
          file.gathered += piece;
          if (file.gathered.length >= CHUNK) await flush(file, '');
        }
      }
    },
    async finish() {
      for (const file of files.values()) {
        await flush(file, '');
        await attempt(file.place, async () => {
          await file.handle.sync();
          await file.handle.close();
        });
      }
      for (const { place, part } of files.values()) await attempt(place, () => rename(part, place));
    },
    discard,
  };
}

async function attempt<Result>(place: string, work: () => Promise<Result>): Promise<Result> {
  try {
    return await work();
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new ReadoutError(
      'output.unwritable',
      `${place} cannot be written: ${reason}. Name another place with --out.`,
      {
        cause,
      },
    );
  }
}
