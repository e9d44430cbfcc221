import { createWriteStream, type WriteStream } from 'node:fs';
import { rename, rm, stat } from 'node:fs/promises';
import { Refusal } from '#contract/errors';

/** What systems say where nothing more can be written: a full disk, a quota, a file that may grow no further. */
const fullCodes = ['ENOSPC', 'EDQUOT', 'EFBIG'];

/**
 * Writes a file as a whole or not at all: beside its place first, and into it once all is written. What was there before stays until then.
 *
 * @returns the file's size in bytes
 * @throws Refusal `storage_full` where the disk is full
 */
export async function writeWhole(path: string, write: (to: WriteStream) => Promise<void>): Promise<number> {
  const part = `${path}.part`;
  try {
    await rm(part, { force: true });
    await write(createWriteStream(part, { mode: 0o600, flags: 'wx' }));
    const { size } = await stat(part);
    await rename(part, path);
    return size;
  } catch (error) {
    await rm(part, { force: true });
    if (error instanceof Error && 'code' in error && fullCodes.includes(String(error.code))) {
      throw new Refusal('storage_full', 'The disk is full. Nothing was left on it. Free some space, or choose another place, and export again.', undefined, { cause: error });
    }
    throw error;
  }
}
