import { join } from 'node:path';
import Database from 'better-sqlite3';
import { Refusal } from '#contract/errors';
import { ensureProfile, type Profile } from './profile';

/**
 * Takes a profile for this process alone. The lock is an exclusive transaction on a small database, so the operating system drops it
 * when the process dies, however it dies.
 *
 * @returns what gives the profile free again
 * @throws Refusal `profile_in_use` where another process has it
 */
export function lockProfile(profile: Profile): () => void {
  ensureProfile(profile);
  const lock = new Database(join(profile.folder, 'lock'), { timeout: 0 });
  try {
    lock.pragma('journal_mode = memory');
    lock.exec('begin exclusive');
  } catch (error) {
    lock.close();
    if (error instanceof Database.SqliteError && error.code.startsWith('SQLITE_BUSY')) {
      throw new Refusal('profile_in_use', 'Ivy is already running on this profile. Use its window, or choose another folder with --profile.');
    }
    throw error;
  }
  return () => {
    if (lock.open) lock.close();
  };
}
