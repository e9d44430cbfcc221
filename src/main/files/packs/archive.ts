import { readdir, readFile, stat } from 'node:fs/promises';
import { join, relative, sep } from 'node:path';
import { openPromise, type ZipFile } from 'yauzl';
import { Refusal } from '#contract/errors';
import type { Checkpoint } from '#domain/kernel/checkpoint';

/** The files of a pack by their path in it, with `/` between folders. */
export type PackFiles = ReadonlyMap<string, Buffer>;

/** What a pack may be at most, unpacked. A page of text has 3 KB; a deck of Anki with 50,000 notes has 60 MB. */
const mostBytes = 256 * 1_048_576;
const mostEntries = 20_000;
/** Text shrinks to a tenth. What shrinks to a hundredth and less, and is large, is made to fill a disk. */
const suspiciousRatio = 150;
const suspiciousBytes = 32 * 1_048_576;

const megabytes = (bytes: number): string => String(Math.ceil(bytes / 1_048_576));

function tooLarge(name: string): Refusal {
  return new Refusal('too_large', `${name} would unpack to more than ${megabytes(mostBytes)} MB. A course is text; leave pictures and recordings out. Nothing was changed.`);
}

function broken(name: string, error: unknown): Refusal {
  const message = error instanceof Error ? error.message : '';
  if (/relative path|absolute path|invalid characters in fileName/i.test(message)) {
    return new Refusal('unreadable_file', `${name} names a file outside itself (${message.replace(/^[^:]*: /, '').slice(0, 100)}). It was made to do harm, or by a faulty program; nothing was changed.`, undefined, { cause: error });
  }
  return new Refusal('unreadable_file', `${name} is no zip file that can be read: it is damaged or was cut short. Get it again, and choose that; nothing was changed.`, undefined, { cause: error });
}

async function readEntry(zip: ZipFile, entry: Parameters<ZipFile['openReadStream']>[0], most: number, name: string): Promise<Buffer> {
  const stream = await zip.openReadStreamPromise(entry);
  const chunks: Buffer[] = [];
  let bytes = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    bytes += chunk.length;
    // What an entry says of its own size is not believed.
    if (bytes > most) throw tooLarge(name);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/**
 * Reads the wanted files of a zip file into memory; nothing is ever unpacked to disk.
 *
 * @param wanted which files, by their path
 * @throws Refusal where it is damaged, names files outside itself, or would unpack to more than a course ever is
 */
export async function readZip(path: string, name: string, wanted: (file: string) => boolean, checkpoint: Checkpoint): Promise<PackFiles> {
  let zip: ZipFile;
  try {
    zip = await openPromise(path, { lazyEntries: true, autoClose: false, validateEntrySizes: true, strictFileNames: true });
  } catch (error) {
    throw broken(name, error);
  }
  const files = new Map<string, Buffer>();
  try {
    let [entries, bytes] = [0, 0];
    for await (const entry of zip.eachEntry()) {
      entries += 1;
      if (entries > mostEntries) throw new Refusal('too_large', `${name} holds more than ${String(mostEntries)} files. Nothing was changed.`);
      const file = entry.fileName;
      if (file.endsWith('/') || !wanted(file)) continue;
      if (entry.isEncrypted()) throw new Refusal('unreadable_file', `${name} is locked with a password. Unlock it in the program that made it, and choose that; nothing was changed.`);
      if (entry.uncompressedSize > suspiciousBytes && entry.uncompressedSize > suspiciousRatio * entry.compressedSize) throw tooLarge(name);
      if (bytes + entry.uncompressedSize > mostBytes) throw tooLarge(name);
      checkpoint(entries, zip.entryCount);
      const content = await readEntry(zip, entry, mostBytes - bytes, name);
      bytes += content.length;
      files.set(file, content);
    }
    return files;
  } catch (error) {
    throw error instanceof Refusal || (error instanceof Error && error.name === 'Cancelled') ? error : broken(name, error);
  } finally {
    zip.close();
  }
}

/** The paths in a zip file. */
export async function listZip(path: string, name: string): Promise<string[]> {
  const names: string[] = [];
  await readZip(
    path,
    name,
    (file) => {
      names.push(file);
      return false;
    },
    () => undefined,
  );
  return names;
}

/** Reads the files of a folder; links are not followed. */
export async function readFolder(folder: string, name: string, checkpoint: Checkpoint): Promise<PackFiles> {
  const files = new Map<string, Buffer>();
  let bytes = 0;
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  if (entries.length > mostEntries) throw new Refusal('too_large', `${name} holds more than ${String(mostEntries)} files. Nothing was changed.`);
  for (const entry of entries) {
    const path = join(entry.parentPath, entry.name);
    const file = relative(folder, path).split(sep).join('/');
    if (!entry.isFile() || file.split('/').some((part) => part.startsWith('.'))) continue;
    bytes += (await stat(path)).size;
    if (bytes > mostBytes) throw tooLarge(name);
    checkpoint(files.size, entries.length);
    files.set(file, await readFile(path));
  }
  return files;
}
