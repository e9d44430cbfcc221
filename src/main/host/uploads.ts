import { randomUUID } from 'node:crypto';
import { createWriteStream, mkdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { Readable, Transform, type Writable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { Refusal } from '#contract/errors';

/** The largest file that a browser may hand over. */
export const maximumUploadBytes = 4 * 1_024 ** 3;

const tooLarge = (): Refusal => new Refusal('too_large', 'That file is larger than 4 GiB. Split it, or name its path on the command line.');

export interface UploadOptions {
  readonly folder: string;
  readonly maximumBytes?: number;
  /** For tests: where the bytes go instead of a file. */
  readonly openFile?: (path: string) => Writable;
}

/** A file that was taken whole. */
export interface Upload {
  readonly path: string;
  readonly bytes: number;
  /** Deletes it, where nobody may have it after all. */
  readonly discard: () => void;
}

function openPrivately(path: string): Writable {
  return createWriteStream(path, { flags: 'wx', mode: 0o600 });
}

/** What a browser says a file is called, as a mere name. */
export function fileName(given: string): string {
  const last = given.split(/[/\\]/).at(-1) ?? '';
  // Control characters have no place in a name that is shown and logged.
  const name = last.replace(/\p{Cc}/gu, '').trim().slice(0, 200);
  return name === '' || name === '.' || name === '..' ? 'file' : name;
}

function asRefusal(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code !== 'ENOSPC' && code !== 'EDQUOT') return error;
  return new Refusal('storage_full', 'The disk is full. Make room on it, then choose the file again.', undefined, { cause: error });
}

/**
 * Writes an upload to a file of its own, as it comes. Where it breaks off, is too large or finds no room, nothing of it stays.
 *
 * @throws Refusal `too_large`, `storage_full`
 */
export async function receiveUpload(body: ReadableStream<Uint8Array>, options: UploadOptions): Promise<Upload> {
  const { folder, maximumBytes = maximumUploadBytes, openFile = openPrivately } = options;
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const path = join(folder, randomUUID());
  let bytes = 0;
  const counting = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length;
      if (bytes > maximumBytes) done(tooLarge());
      else done(null, chunk);
    },
  });
  const discard = (): void => {
    rmSync(path, { force: true });
  };
  try {
    await pipeline(Readable.fromWeb(body as WebStream<Uint8Array>), counting, openFile(path));
    return { path, bytes, discard };
  } catch (error) {
    discard();
    throw asRefusal(error);
  }
}

/** Refuses an upload that says beforehand that it is too large. */
export function checkDeclaredLength(header: string | undefined, maximumBytes = maximumUploadBytes): void {
  if (header !== undefined && Number(header) > maximumBytes) throw tooLarge();
}
