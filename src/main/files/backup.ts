import { createHash } from 'node:crypto';
import { closeSync, createReadStream, createWriteStream, openSync, readSync, renameSync, rmSync, statSync } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { Transform } from 'node:stream';
import { z } from 'zod';
import { Refusal } from '#contract/errors';
import { keyring } from '#main/store/keys';

// A backup is one file: a line that says what it is, a line of JSON (when, whose keys, how long, which checksum), then the
// encrypted workspace as it is. So it opens with the same pass phrases and the same recovery key, and nothing in it is in clear.

const magic = 'Ivy backup 1';
const longestHeader = 1_048_576;

const header = z.object({
  createdAt: z.number().int(),
  bytes: z.number().int().positive(),
  sha256: z.string().regex(/^[0-9a-f]{64}$/),
  keyring,
});
export type BackupHeader = z.output<typeof header>;

/** The SHA-256 of a file, read as a stream. */
export async function checksumOf(file: string, from = 0): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file, { start: from }), hash);
  return hash.digest('hex');
}

/**
 * Puts a copy of an encrypted workspace and its keyring into one file.
 *
 * @returns the size of the backup in bytes
 */
export async function writeBackup(copy: string, to: string, about: Omit<BackupHeader, 'bytes' | 'sha256'>, signal: AbortSignal): Promise<BackupHeader> {
  const { size } = statSync(copy);
  const full: BackupHeader = { ...about, bytes: size, sha256: await checksumOf(copy) };
  const draft = `${to}.part`;
  let begun = false;
  const prefix = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      if (!begun) {
        begun = true;
        this.push(`${magic}\n${JSON.stringify(full)}\n`);
      }
      done(null, chunk);
    },
  });
  try {
    await pipeline(createReadStream(copy), prefix, createWriteStream(draft, { mode: 0o600 }), { signal });
  } catch (error) {
    rmSync(draft, { force: true });
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') {
      throw new Refusal('storage_full', 'The disk is full. Choose another place for the backup.', undefined, { cause: error });
    }
    throw error;
  }
  renameSync(draft, to);
  return full;
}

const unreadable = (file: string): Refusal => new Refusal('unreadable_file', `${file} is no whole Ivy backup. Try an older one.`);

/** Reads what a backup says about itself, and where the workspace begins in it. */
export function readBackupHeader(file: string): { readonly header: BackupHeader; readonly offset: number } {
  const found = statSync(file, { throwIfNoEntry: false });
  if (found === undefined) throw new Refusal('not_found', `There is no file ${file}. Check the path.`);
  if (!found.isFile()) throw unreadable(file);
  const handle = openSync(file, 'r');
  try {
    const buffer = Buffer.alloc(Math.min(longestHeader, found.size));
    readSync(handle, buffer, 0, buffer.length, 0);
    const first = buffer.indexOf(10);
    const second = first < 0 ? -1 : buffer.indexOf(10, first + 1);
    if (second < 0 || buffer.toString('utf8', 0, first) !== magic) throw unreadable(file);
    const parsed = header.safeParse(JSON.parse(buffer.toString('utf8', first + 1, second)));
    if (!parsed.success) throw unreadable(file);
    return { header: parsed.data, offset: second + 1 };
  } catch (error) {
    if (error instanceof SyntaxError) throw unreadable(file);
    throw error;
  } finally {
    closeSync(handle);
  }
}

/** Takes the workspace out of a backup once its length and checksum are right. */
export async function extractBackup(file: string, to: string): Promise<BackupHeader> {
  const { header: about, offset } = readBackupHeader(file);
  if (statSync(file).size - offset !== about.bytes || (await checksumOf(file, offset)) !== about.sha256) throw unreadable(file);
  await pipeline(createReadStream(file, { start: offset }), createWriteStream(to, { mode: 0o600 }));
  return about;
}
