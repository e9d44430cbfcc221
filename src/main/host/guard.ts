import type { MiddlewareHandler } from 'hono';

/** The hosts under which a page of ours may be asked for. */
function ownHosts(port: number): readonly string[] {
  // A browser leaves the port away where it is the usual one.
  return ['127.0.0.1', 'localhost'].map((name) => new URL(`http://${name}:${String(port)}`).host);
}

/** Whether a person went to the page, rather than a script or another page's frame. */
function isVisit(method: string, header: (name: string) => string | undefined): boolean {
  return method === 'GET' && header('sec-fetch-mode') === 'navigate' && header('sec-fetch-dest') === 'document';
}

/** Why a request is not one of our own page, or null where it is. */
export function foreignness(method: string, header: (name: string) => string | undefined, port: number): string | null {
  const host = header('host');
  // Another name that leads to this machine is how a foreign page would make itself our own (DNS rebinding).
  if (host === undefined || !ownHosts(port).includes(host)) return 'Ivy answers at 127.0.0.1 and localhost only.';
  const origin = header('origin');
  if (origin !== undefined && origin !== `http://${host}`) return 'Ivy answers its own pages only.';
  const site = header('sec-fetch-site');
  // Another port of this machine is "same-site", and gets our cookies sent: that is no page of ours either.
  if (site !== undefined && site !== 'same-origin' && site !== 'none' && !isVisit(method, header)) return 'Ivy answers its own pages only.';
  // A form or an image of another page cannot set a header of its own.
  if (method !== 'GET' && method !== 'HEAD' && header('x-ivy') !== '1') return 'Ivy takes nothing without the header x-ivy: 1.';
  return null;
}

/** Refuses what another page, or another name, sends. */
export function guard(port: () => number): MiddlewareHandler {
  return async (context, next) => {
    const problem = foreignness(context.req.method, (name) => context.req.header(name), port());
    if (problem !== null) return context.json({ ok: false, error: { code: 'not_permitted', message: problem } }, 403);
    await next();
    return undefined;
  };
}
