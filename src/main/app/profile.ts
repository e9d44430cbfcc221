import { createHash } from 'node:crypto';
import { closeSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeSync } from 'node:fs';
import { homedir, platform, tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { Refusal } from '#contract/errors';

// Doors read this file, so it needs neither the driver nor the schemas: those belong to the core's thread alone.

/** The folder of one workspace and what lies in it. */
export interface Profile {
  readonly folder: string;
  /** The encrypted workspace. */
  readonly workspaceFile: string;
  /** The wrapped data key. Without it nobody can read the workspace. */
  readonly keyringFile: string;
  readonly attemptsFile: string;
  readonly uploadsFolder: string;
  readonly downloadsFolder: string;
  readonly logFile: string;
}

/** Where a person's data lives when they do not say. */
export function defaultProfileFolder(environment: NodeJS.ProcessEnv = process.env): string {
  if (environment.IVY_PROFILE !== undefined && environment.IVY_PROFILE !== '') return resolve(environment.IVY_PROFILE);
  switch (platform()) {
    case 'win32':
      return join(environment.APPDATA ?? join(homedir(), 'AppData', 'Roaming'), 'Ivy');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'Ivy');
    default:
      return join(environment.XDG_DATA_HOME ?? join(homedir(), '.local', 'share'), 'ivy');
  }
}

export function profileAt(folder: string): Profile {
  const at = resolve(folder);
  return {
    folder: at,
    workspaceFile: join(at, 'workspace.ivy'),
    keyringFile: join(at, 'workspace.keys'),
    attemptsFile: join(at, 'attempts.json'),
    uploadsFolder: join(at, 'uploads'),
    downloadsFolder: join(at, 'downloads'),
    logFile: join(at, 'ivy.log'),
  };
}

/** Where the owner of a profile listens for the command line. A folder too deep for a socket's name is stood for by a short one. */
export function socketPath(profile: Profile): string {
  const digest = createHash('sha256').update(profile.folder).digest('hex').slice(0, 24);
  if (platform() === 'win32') return `\\\\.\\pipe\\ivy-${digest}`;
  const direct = join(profile.folder, 'ivy.sock');
  return Buffer.byteLength(direct) < 100 ? direct : join(tmpdir(), `ivy-${String(userInfo().uid)}-${digest}`, 'ivy.sock');
}

/** Makes the folder of a profile, readable by its owner alone. */
export function ensureProfile(profile: Profile): void {
  try {
    mkdirSync(profile.folder, { recursive: true, mode: 0o700 });
  } catch (error) {
    throw new Refusal('unavailable', `Ivy cannot make its folder ${profile.folder}. Choose another with --profile.`, undefined, { cause: error });
  }
}

/** Replaces a small file as a whole: after a crash there is the old one or the new one. */
export function writeWhole(file: string, content: string): void {
  const draft = `${file}.new`;
  const handle = openSync(draft, 'w', 0o600);
  try {
    writeSync(handle, content);
    fsyncSync(handle);
  } finally {
    closeSync(handle);
  }
  renameSync(draft, file);
}

/** Clears what only an earlier run could have used. */
export function clearTemporary(profile: Profile): void {
  rmSync(profile.uploadsFolder, { recursive: true, force: true });
  rmSync(profile.downloadsFolder, { recursive: true, force: true });
}
