import { existsSync, renameSync, rmSync, statSync } from 'node:fs';
import type { Clock } from '#domain/kernel/clock';
import { Refusal } from '#contract/errors';
import type { Settings } from '#contract/platform/settings';
import type { Keyring } from '#main/store/keys';
import { sameKey } from '#main/store/keys';
import type { CheckpointPayload } from '#main/store/checkpoint';
import { openStore, type Store } from '#main/store/open';
import { readSettings, readWorkspace, type WorkspaceRow } from '#main/store/platform/workspace';
import type { SlowStatement } from '#main/store/tx';
import { readKeyring, writeKeyring } from './keyringFile';
import type { Profile } from './profile';

/** The one workspace of a profile: missing, locked, or open with its key in memory. */
export interface Workspace {
  state(): 'missing' | 'locked' | 'open';
  keyring(): Keyring | null;
  saveKeyring(ring: Keyring): void;
  /** The open store; a locked workspace refuses. */
  store(): Store;
  dataKey(): Buffer;
  info(): WorkspaceRow;
  settings(): Settings;
  /** Must be called after settings were written. */
  forgetSettings(): void;
  /** Opens with a key that was unwrapped; where it is open already, the key must be the same. */
  open(dataKey: Buffer): void;
  /** Makes the file: `fill` runs on the empty store, and only after it the keyring makes the workspace real. */
  create(dataKey: Buffer, ring: Keyring, fill: (store: Store) => void): void;
  /** Takes a whole workspace file and its keyring for this profile; it stays locked. */
  adopt(file: string, ring: Keyring): void;
  /** Deletes the workspace and its keys. */
  discard(): void;
  close(): void;
}

const sidecars = ['', '-wal', '-shm', '-journal'];

function removeDatabase(file: string): void {
  for (const suffix of sidecars) rmSync(file + suffix, { force: true });
}

export interface WorkspaceOptions {
  readonly profile: Profile;
  readonly now: Clock;
  readonly onSlow: SlowStatement;
  readonly cacheMib?: number;
  readonly runCheckpoint: (payload: CheckpointPayload) => Promise<void>;
  /** Called each time the store was opened, before anybody reads: cleans up what a crash left. */
  readonly onOpen: (store: Store) => void;
  readonly onClose: () => void;
}

export function createWorkspace(options: WorkspaceOptions): Workspace {
  const { profile, now } = options;
  let opened: { readonly store: Store; readonly dataKey: Buffer } | null = null;
  let settings: Settings | null = null;
  let ring: Keyring | null | undefined;

  const start = (file: string, dataKey: Buffer): Store =>
    openStore({ file, dataKey, now, onSlow: options.onSlow, runCheckpoint: options.runCheckpoint, ...(options.cacheMib === undefined ? {} : { cacheMib: options.cacheMib }) });

  /** A file without keys is what an interrupted set-up left, or a workspace whose keys were lost: it is put aside, never deleted. */
  const setAside = (at: number): void => {
    if (existsSync(profile.workspaceFile)) renameSync(profile.workspaceFile, `${profile.workspaceFile}.without-keys-${String(at)}`);
  };

  const current = (): { readonly store: Store; readonly dataKey: Buffer } => {
    if (opened !== null) return opened;
    throw workspace.state() === 'missing'
      ? new Refusal('workspace_missing', 'There is no workspace here yet. Set one up in the window, or with "ivy init".')
      : new Refusal('not_signed_in', 'Sign in first.');
  };

  const workspace: Workspace = {
    state: () => (opened !== null ? 'open' : workspace.keyring() === null ? 'missing' : 'locked'),
    keyring() {
      ring ??= readKeyring(profile);
      return ring;
    },
    saveKeyring(next) {
      writeKeyring(profile, next);
      ring = next;
    },
    store: () => current().store,
    dataKey: () => current().dataKey,
    info: () => readWorkspace(current().store),
    settings() {
      settings ??= readSettings(current().store);
      return settings;
    },
    forgetSettings() {
      settings = null;
    },
    open(dataKey) {
      if (opened !== null) {
        if (!sameKey(opened.dataKey, dataKey)) throw new Refusal('wrong_credentials', 'That key does not open this workspace.');
        return;
      }
      // SQLite would take an empty file for a new database and fill it.
      if ((statSync(profile.workspaceFile, { throwIfNoEntry: false })?.size ?? 0) === 0) {
        throw new Refusal('workspace_damaged', `The workspace file ${profile.workspaceFile} is gone or empty. Restore a backup with "ivy restore FILE".`);
      }
      const store = start(profile.workspaceFile, dataKey);
      opened = { store, dataKey };
      settings = null;
      try {
        options.onOpen(store);
      } catch (error) {
        opened = null;
        store.close();
        throw error;
      }
    },
    create(dataKey, newRing, fill) {
      if (workspace.state() !== 'missing') {
        throw new Refusal('workspace_exists', 'This profile has a workspace already. Sign in, or choose another folder with --profile.');
      }
      setAside(now());
      const draft = `${profile.workspaceFile}.new`;
      removeDatabase(draft);
      const store = start(draft, dataKey);
      try {
        fill(store);
      } finally {
        store.close();
      }
      renameSync(draft, profile.workspaceFile);
      workspace.saveKeyring(newRing);
      workspace.open(dataKey);
    },
    adopt(file, restored) {
      setAside(now());
      removeDatabase(profile.workspaceFile);
      renameSync(file, profile.workspaceFile);
      workspace.saveKeyring(restored);
    },
    discard() {
      workspace.close();
      rmSync(profile.keyringFile, { force: true });
      rmSync(`${profile.keyringFile}.old`, { force: true });
      removeDatabase(profile.workspaceFile);
      ring = undefined;
    },
    close() {
      if (opened === null) return;
      const { store } = opened;
      options.onClose();
      opened = null;
      settings = null;
      store.close();
    },
  };
  return workspace;
}
