import { accessSync, constants, existsSync, mkdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, resolve } from 'node:path';
import { Refusal } from '#contract/errors';
import type { CallContext } from './context';
import { actorOf } from './context';
import type { Profile } from './profile';

/** A file that a person chose, known to the core by an id; or one that was made for them. */
interface KnownFile {
  readonly path: string;
  readonly name: string;
  /** Whose it is. */
  readonly userId: string;
  /** Whether the file is a copy of ours that goes with its entry. */
  readonly temporary: boolean;
}

/** Stands for whoever sits at a profile that has no workspace yet. */
export const nobody = '';

export interface Files {
  /** Takes note of a file that a dialog, a drop or an upload named, for one user. */
  register(id: string, file: KnownFile): void;
  /** The path that an input means. Only the command line may name one itself. */
  chosen(input: { readonly path?: string | undefined; readonly fileId?: string | undefined }, context: CallContext): { readonly path: string; readonly name: string };
  /** Whether a chosen file is a copy of ours, as a browser hands it over. */
  isTemporary(fileId: string | undefined): boolean;
  /** Forgets a chosen file; one of ours is deleted. */
  release(fileId: string | undefined): void;
  /** Where a result for download is to be written. */
  target(name: string, path: string | undefined, context: CallContext): { readonly downloadId: string; readonly path: string; readonly name: string; readonly shownPath: string | null };
  /** The file of a download, for its owner alone. */
  download(downloadId: string, userId: string): { readonly path: string; readonly name: string };
  /** Lets a user's own window open what lies at a path, once. Answers by which id. */
  offer(path: string, userId: string): string;
  /** The path that was offered, for its user alone. */
  opening(openingId: string, userId: string): { readonly path: string };
}

/** Offers that nobody takes up are forgotten, the oldest first. */
const mostOffers = 100;

/** Refuses a path that no file can be written to, or where it would take the place of what Ivy itself lives on. */
function requireWritable(at: string, profile: Profile): void {
  const folder = dirname(at);
  if (statSync(folder, { throwIfNoEntry: false })?.isDirectory() !== true) {
    throw new Refusal('not_found', `The folder ${folder} does not exist. Make it first.`);
  }
  if (statSync(at, { throwIfNoEntry: false })?.isDirectory() === true) {
    throw new Refusal('invalid_input', `${at} is a folder. Name a file in it.`);
  }
  const real = existsSync(at) ? realpathSync(at) : join(realpathSync(folder), basename(at));
  if (dirname(real) === realpathSync(profile.folder)) {
    throw new Refusal('invalid_input', `${dirname(real)} is where Ivy keeps its own files. Choose another place.`);
  }
  try {
    accessSync(folder, constants.W_OK);
  } catch (error) {
    throw new Refusal('unavailable', `Ivy may not write in ${folder}. Choose another place.`, undefined, { cause: error });
  }
}

export function createFiles(profile: Profile, newId: () => string): Files {
  const chosen = new Map<string, KnownFile>();
  const made = new Map<string, KnownFile>();
  const offers = new Map<string, { readonly path: string; readonly userId: string }>();
  const mayNamePath = (context: CallContext): void => {
    if (context.door !== 'cli') {
      throw new Refusal('not_permitted', 'A path can only be named on the command line. Choose the file in the dialog.');
    }
  };
  return {
    register(id, file) {
      chosen.set(id, file);
    },
    chosen({ path, fileId }, context) {
      if (path !== undefined) {
        mayNamePath(context);
        return { path: resolve(path), name: basename(path) };
      }
      if (fileId === undefined) throw new Refusal('invalid_input', 'Name a file: "path" on the command line, "fileId" elsewhere.');
      const known = chosen.get(fileId);
      if (known?.userId !== (context.actor?.userId ?? nobody)) {
        throw new Refusal('not_found', 'That file is no longer at hand. Choose it again.');
      }
      return known;
    },
    isTemporary: (fileId) => fileId !== undefined && chosen.get(fileId)?.temporary === true,
    release(fileId) {
      const known = fileId === undefined ? undefined : chosen.get(fileId);
      if (fileId === undefined || known === undefined) return;
      chosen.delete(fileId);
      if (known.temporary) rmSync(known.path, { force: true });
    },
    target(name, path, context) {
      const downloadId = newId();
      if (path !== undefined) {
        mayNamePath(context);
        const at = resolve(path);
        requireWritable(at, profile);
        return { downloadId, path: at, name: basename(at), shownPath: at };
      }
      const folder = join(profile.downloadsFolder, downloadId);
      mkdirSync(folder, { recursive: true, mode: 0o700 });
      const at = join(folder, 'file');
      made.set(downloadId, { path: at, name, userId: actorOf(context).userId, temporary: true });
      return { downloadId, path: at, name, shownPath: context.door === 'cli' ? at : null };
    },
    download(downloadId, userId) {
      const known = made.get(downloadId);
      if (known?.userId !== userId) throw new Refusal('not_found', 'That download is no longer at hand. Make it again.');
      return known;
    },
    offer(path, userId) {
      const openingId = newId();
      const [oldest] = offers.keys();
      if (offers.size >= mostOffers && oldest !== undefined) offers.delete(oldest);
      offers.set(openingId, { path, userId });
      return openingId;
    },
    opening(openingId, userId) {
      const offered = offers.get(openingId);
      if (offered?.userId !== userId) throw new Refusal('not_found', 'That can no longer be opened this way. Open the attachment again.');
      offers.delete(openingId);
      return offered;
    },
  };
}
