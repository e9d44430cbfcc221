import { type IpcMainEvent, type IpcMainInvokeEvent, type Session, shell, type WebContents } from 'electron';
import { stat } from 'node:fs/promises';
import { extname } from 'node:path';
import { contactLink, webLink } from '#contract/links';
import { Refusal } from '#contract/errors';
import { isOwnUrl } from './protocol';

/** Keeps whatever shows a page inside the app: it goes nowhere else, opens no window and holds no guest. */
export function guardContents(contents: WebContents): void {
  const stayInside = (event: { preventDefault(): void; readonly url: string }): void => {
    if (!isOwnUrl(event.url)) event.preventDefault();
  };
  contents.on('will-navigate', stayInside);
  contents.on('will-frame-navigate', stayInside);
  contents.on('will-redirect', stayInside);
  contents.on('will-attach-webview', (event) => {
    event.preventDefault();
  });
  contents.setWindowOpenHandler(() => ({ action: 'deny' }));
}

/** What a page may load at all: the app, what it made itself, and the developer's tools. */
const loadable = /^(ivy:\/\/app\/|data:|blob:ivy:\/\/app\/|devtools:\/\/)/;

/** Grants no permission, reaches no network, and saves only what the page made itself. */
export function guardSession(session: Session): void {
  session.setPermissionRequestHandler((_contents, _permission, answer) => {
    answer(false);
  });
  session.setPermissionCheckHandler(() => false);
  session.setDevicePermissionHandler(() => false);
  session.webRequest.onBeforeRequest((request, answer) => {
    answer({ cancel: !loadable.test(request.url) });
  });
  session.on('will-download', (event, item) => {
    if (!/^(blob:ivy:\/\/app\/|data:)/.test(item.getURL())) event.preventDefault();
  });
}

/** Whether a message comes from our own page in the window's main frame, and not from a frame or a page that crept in. */
export function isTrustedSender(event: Pick<IpcMainEvent | IpcMainInvokeEvent, 'senderFrame'>): boolean {
  const frame = event.senderFrame;
  return frame !== null && frame.parent === null && isOwnUrl(frame.url);
}

/** Opens a web page in the person's browser. */
export async function openLink(link: string): Promise<void> {
  const checked = webLink(link);
  if (checked === null) throw new Refusal('invalid_input', 'Ivy opens only https links.');
  await shell.openExternal(checked);
}

/** Kinds of files that a program shows and none runs. Whatever else is attached is shown in its folder, where the person decides. */
const shown = /\.(pdf|txt|md|csv|tsv|rtf|docx|xlsx|pptx|odt|ods|odp|pages|numbers|key|jpe?g|png|gif|webp|heic|tiff?|bmp|mp3|m4a|wav|ogg|mp4|mov|webm|eml|msg|ics|vcf)$/i;

/** Opens a file or folder that somebody attached. One that could run is not opened but shown where it lies. */
export async function openReference(path: string): Promise<void> {
  const about = await stat(path).catch(() => null);
  if (about === null) throw new Refusal('not_found', 'It is not there any more. It was moved, renamed or deleted, or its disk is not connected.');
  // A program of a Mac is a folder with an ending.
  const harmless = about.isDirectory() ? extname(path) === '' : shown.test(path);
  if (!harmless) {
    shell.showItemInFolder(path);
    return;
  }
  const problem = await shell.openPath(path);
  if (problem !== '') throw new Refusal('unavailable', `No program here opens it (${problem}). Open it from its folder.`);
}

/** Opens the mail program or the telephone for an address, with a link that is made here. */
export async function openContact(channel: 'email' | 'phone', address: string): Promise<void> {
  const link = contactLink(channel, address);
  if (link === null) throw new Refusal('invalid_input', 'That is not an address that can be opened. Correct it first.');
  await shell.openExternal(link);
}
