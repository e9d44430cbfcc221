import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { actorOf, type CallContext } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';

const root = '../../../resources/packs/tco/';
const files = import.meta.glob<string>('../../../resources/packs/tco/**/*.{yaml,md}', { query: '?raw', import: 'default', eager: true });

/** The files of the sample course by their path in the pack. */
export const samplePackFiles: ReadonlyMap<string, string> = new Map(Object.entries(files).map(([path, text]) => [path.slice(root.length), text]));

/** Writes the sample course to a folder of the profile for as long as the work takes, which then travels the way of every import. */
export async function withSamplePack<Result>(parts: HandlerParts, context: CallContext, work: (fileId: string) => Promise<Result>): Promise<Result> {
  const fileId = parts.newId();
  const folder = join(parts.profile.uploadsFolder, fileId);
  try {
    for (const [path, text] of samplePackFiles) {
      const at = join(folder, path);
      mkdirSync(dirname(at), { recursive: true, mode: 0o700 });
      writeFileSync(at, text, { mode: 0o600 });
    }
    parts.files.register(fileId, { path: folder, name: 'Sample course', userId: actorOf(context).userId, temporary: false });
    return await work(fileId);
  } finally {
    parts.files.release(fileId);
    rmSync(folder, { recursive: true, force: true });
  }
}
