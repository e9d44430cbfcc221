import { type BrowserWindow, dialog } from 'electron';
import { copyFile, stat } from 'node:fs/promises';
import { basename, isAbsolute } from 'node:path';
import { Refusal } from '#contract/errors';
import type { CoreClient } from '#main/app/coreClient';
import type { ChosenFile } from '#preload/bridge';

/** Hands a file of the person's to the core; the page learns an id, never the path. */
export async function takeFile(client: CoreClient, token: string | null, path: string, mayBeFolder = false): Promise<ChosenFile> {
  const about = isAbsolute(path) ? await stat(path).catch(() => null) : null;
  if (about?.isFile() !== true && !(mayBeFolder && about?.isDirectory() === true)) throw new Refusal('not_found', 'That is not a file on this machine. Save it first, then choose it.');
  const name = basename(path);
  const { fileId } = await client.registerFile(token, { path, name, temporary: false });
  return { fileId, name, bytes: about.size };
}

/** Lets the person choose a file; null where they close the dialog. */
export async function chooseFile(
  client: CoreClient,
  token: string | null,
  window: BrowserWindow,
  { title, extensions }: { readonly title: string; readonly extensions: readonly string[] },
): Promise<ChosenFile | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, {
    title,
    properties: ['openFile'],
    filters: extensions.length === 0 ? [] : [{ name: title, extensions: [...extensions] }],
  });
  const [path] = filePaths;
  return canceled || path === undefined ? null : takeFile(client, token, path);
}

/** Lets the person choose a folder to refer to; null where they close the dialog. */
export async function chooseFolder(client: CoreClient, token: string | null, window: BrowserWindow, title: string): Promise<ChosenFile | null> {
  const { canceled, filePaths } = await dialog.showOpenDialog(window, { title, properties: ['openDirectory'] });
  const [path] = filePaths;
  return canceled || path === undefined ? null : takeFile(client, token, path, true);
}

function asRefusal(error: unknown): unknown {
  const { code } = error as NodeJS.ErrnoException;
  if (code === 'ENOSPC' || code === 'EDQUOT') return new Refusal('storage_full', 'The disk is full. Make room on it, or choose another place.', undefined, { cause: error });
  if (code === 'EACCES' || code === 'EPERM' || code === 'EROFS') {
    return new Refusal('unavailable', 'Nothing can be written there. Choose another place.', undefined, { cause: error });
  }
  return error;
}

/** Lets the person choose where a result goes, and copies it there. False where they close the dialog. */
export async function saveDownload(client: CoreClient, token: string | null, window: BrowserWindow, downloadId: string): Promise<boolean> {
  const { path, name } = await client.resolveDownload(token, downloadId);
  const { canceled, filePath } = await dialog.showSaveDialog(window, { defaultPath: basename(name) });
  if (canceled || filePath === '') return false;
  await copyFile(path, filePath).catch((error: unknown) => {
    throw asRefusal(error);
  });
  return true;
}
