import { copyFileSync, existsSync, readFileSync } from 'node:fs';
import { Refusal } from '#contract/errors';
import { keyring, type Keyring } from '#main/store/keys';
import { type Profile, writeWhole } from './profile';

/** Reads the keyring, or null where the profile has no workspace. */
export function readKeyring(profile: Profile): Keyring | null {
  if (!existsSync(profile.keyringFile)) return null;
  const problem = new Refusal(
    'workspace_damaged',
    `The key file ${profile.keyringFile} cannot be read. A copy lies beside it (workspace.keys.old); put it in its place, or restore a backup.`,
  );
  try {
    const parsed = keyring.safeParse(JSON.parse(readFileSync(profile.keyringFile, 'utf8')));
    if (!parsed.success) throw problem;
    return parsed.data;
  } catch (error) {
    if (error instanceof SyntaxError) throw problem;
    throw error;
  }
}

/** Replaces the keyring and keeps the one before beside it. */
export function writeKeyring(profile: Profile, ring: Keyring): void {
  if (existsSync(profile.keyringFile)) copyFileSync(profile.keyringFile, `${profile.keyringFile}.old`);
  writeWhole(profile.keyringFile, JSON.stringify(ring, null, 2));
}
