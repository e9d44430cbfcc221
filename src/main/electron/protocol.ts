import { protocol } from 'electron';
import type { Pages } from '#main/app/pages';

const scheme = 'ivy';
const host = 'app';

/** Where the window starts. Its origin is ours alone: no file and no server has it. */
export const startPage = `${scheme}://${host}/`;

/** Whether a URL is a place inside the app. */
export function isOwnUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const url = new URL(text);
  return url.protocol === `${scheme}:` && url.host === host && url.username === '' && url.password === '';
}

/** Makes `ivy://app` an origin like that of a secure site. Must run before Electron is ready. */
export function registerScheme(): void {
  protocol.registerSchemesAsPrivileged([
    { scheme, privileges: { standard: true, secure: true, supportFetchAPI: true, stream: false, bypassCSP: false, corsEnabled: false } },
  ]);
}

/** Serves the built window under `ivy://app`: what lies in its folder and nothing else. */
export function servePages(pages: Pages): void {
  protocol.handle(scheme, (request) => {
    if (!isOwnUrl(request.url)) return new Response('There is no such place in Ivy.', { status: 404 });
    if (request.method !== 'GET' && request.method !== 'HEAD') return new Response('There is nothing to send here.', { status: 405 });
    return pages.answer(new URL(request.url).pathname);
  });
}
