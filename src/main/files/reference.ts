import { statSync } from 'node:fs';
import { isAbsolute } from 'node:path';

/** What lies at a path of this machine: a file, a folder, or nothing that can be opened. */
export function kindAt(path: string): 'file' | 'folder' | null {
  if (!isAbsolute(path)) return null;
  try {
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined) return null;
    return found.isDirectory() ? 'folder' : found.isFile() ? 'file' : null;
  } catch {
    // A disk that is gone and a folder that may not be looked into say nothing else.
    return null;
  }
}
