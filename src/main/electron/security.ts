import { type IpcMainEvent, type IpcMainInvokeEvent, type Session, shell, type WebContents } from 'electron';
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

/** Opens the mail program or the telephone for an address, with a link that is made here. */
export async function openContact(channel: 'email' | 'phone', address: string): Promise<void> {
  const link = contactLink(channel, address);
  if (link === null) throw new Refusal('invalid_input', 'That is not an address that can be opened. Correct it first.');
  await shell.openExternal(link);
}
