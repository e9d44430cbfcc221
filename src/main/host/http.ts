import { Hono, type Context } from 'hono';
import { deleteCookie, getCookie, setCookie } from 'hono/cookie';
import type { Answer } from '#contract/answer';
import { type CallError, Refusal } from '#contract/errors';
import type { CoreClient } from '#main/app/coreClient';
import { maximumInputBytes } from '#main/app/limits';
import { type Pages, securityHeaders } from '#main/app/pages';
import { sendDownload } from './downloads';
import type { EventStreams } from './events';
import { guard } from './guard';
import { cookieFlags, cookieNames, type Doorkeeper } from './session';
import { statuses } from './statuses';
import { checkDeclaredLength, fileName, receiveUpload, type UploadOptions } from './uploads';

export interface HostAppParts {
  readonly client: CoreClient;
  readonly pages: Pages;
  readonly doorkeeper: Doorkeeper;
  readonly streams: EventStreams;
  readonly uploads: UploadOptions;
  /** Known once the server listens. */
  readonly port: () => number;
}

interface Visitor {
  Variables: { readonly browser: string; readonly token: string | null };
}
type Request = Context<Visitor>;

const tokenShape = /^[\w-]{20,200}$/;
const tabShape = /^[\w-]{8,64}$/;

const outside = `Ivy has not let this browser in. Each link that Ivy prints opens once, in one browser.

Go to the terminal where Ivy runs and press Enter: it prints a fresh link. If it does not, end Ivy there and start it again.`;

/** The plain page for somebody who is not let in. The link is for a browser that was let in this moment, by a link on another page. */
const outsidePage = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Ivy</title></head><body>
<h1>This link has been used</h1>
${outside
  .split('\n\n')
  .map((paragraph) => `<p>${paragraph}</p>`)
  .join('\n')}
<p><a href="/">Try once more</a></p>
</body></html>
`;

function refuse(context: Context, error: CallError): Response {
  const { waitSeconds } = error.details ?? {};
  if (typeof waitSeconds === 'number') context.header('retry-after', String(Math.ceil(waitSeconds)));
  return context.json({ ok: false, error } satisfies Answer, statuses[error.code]);
}

/** The body of a request as JSON, read no further than it may go. */
async function jsonBody(request: globalThis.Request): Promise<unknown> {
  const tooLarge = new Refusal('too_large', 'That is more than one call may carry (8 MiB). Send it as a file.');
  if (Number(request.headers.get('content-length') ?? 0) > maximumInputBytes) throw tooLarge;
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of request.body ?? []) {
    bytes += chunk.length;
    if (bytes > maximumInputBytes) throw tooLarge;
    chunks.push(chunk);
  }
  try {
    return bytes === 0 ? {} : (JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(Buffer.concat(chunks))) as unknown);
  } catch {
    throw new Refusal('invalid_input', 'The input is not JSON. Send one JSON value in UTF-8.');
  }
}

/** All that a browser can ask the host for. */
export function createHostApp(parts: HostAppParts): Hono<Visitor> {
  const { client, pages, doorkeeper, streams, port } = parts;
  const app = new Hono<Visitor>();
  const names = (): ReturnType<typeof cookieNames> => cookieNames(port());
  const connectionOf = (context: Request): string => `web ${context.get('browser')}`;

  app.use(async (context, next) => {
    await next();
    // What has headers of its own, a page with its nonce, keeps them.
    for (const [name, value] of Object.entries(securityHeaders())) if (!context.res.headers.has(name)) context.header(name, value);
    if (!context.res.headers.has('cache-control')) context.header('cache-control', 'no-store');
  });
  app.use(guard(port));

  app.onError((error, context) => {
    if (error instanceof Refusal) return refuse(context, error.toCallError());
    // Whoever hung up in the middle of a request is no failure of ours, and hears no answer.
    if (!context.req.raw.signal.aborted) process.stderr.write(`A request failed: ${error.message}\n`);
    return refuse(context, { code: 'internal', message: 'Something went wrong inside Ivy. Try again; if it happens again, restart it.' });
  });

  app.get('/', async (context, next) => {
    const word = context.req.query('t');
    // Whoever only asks what a link would give (HEAD) does not use it up.
    if (word === undefined || context.req.method !== 'GET') return next();
    const key = doorkeeper.admit(word);
    if (key !== null) setCookie(context, names().door, key, cookieFlags);
    else if (doorkeeper.browserOf(getCookie(context, names().door)) === null) return context.html(outsidePage, 403);
    return context.redirect('/', 303);
  });

  // From here on only browsers that were let in.
  app.use(async (context, next) => {
    const browser = doorkeeper.browserOf(getCookie(context, names().door));
    if (browser === null) {
      const wantsPage = context.req.method === 'GET' && context.req.header('accept')?.includes('text/html') === true;
      return wantsPage ? context.html(outsidePage, 403) : refuse(context, { code: 'not_permitted', message: outside });
    }
    const token = getCookie(context, names().session);
    context.set('browser', browser);
    context.set('token', token !== undefined && tokenShape.test(token) ? token : null);
    await next();
    return undefined;
  });

  app.post('/rpc/:entry', async (context) => {
    if (context.req.header('content-type')?.split(';')[0]?.trim().toLowerCase() !== 'application/json') {
      throw new Refusal('invalid_input', 'Send the input as application/json.');
    }
    const input = await jsonBody(context.req.raw);
    const answer = await client.call({
      entry: context.req.param('entry'),
      input,
      token: context.get('token'),
      door: 'web',
      connection: connectionOf(context),
      signal: context.req.raw.signal,
    });
    await streams.answered(context.get('browser'), context.req.header('x-ivy-tab'), answer);
    if (typeof answer.token === 'string') setCookie(context, names().session, answer.token, cookieFlags);
    else if (answer.token === null) deleteCookie(context, names().session, cookieFlags);
    return answer.ok ? context.json({ ok: true, result: answer.result } satisfies Answer) : refuse(context, answer.error);
  });

  /** Whether somebody may hand over a file at all is asked before it is taken; where there is no workspace yet, a backup may be. */
  const mayUpload = async (context: Request): Promise<void> => {
    const answer = await client.call({
      entry: 'platform.sessions.current',
      input: {},
      token: context.get('token'),
      door: 'web',
      connection: connectionOf(context),
    });
    if (!answer.ok && answer.error.code !== 'workspace_missing') throw new Refusal(answer.error.code, answer.error.message);
  };

  app.post('/uploads', async (context) => {
    checkDeclaredLength(context.req.header('content-length'), parts.uploads.maximumBytes);
    const name = context.req.query('name');
    const { body } = context.req.raw;
    if (name === undefined || body === null) throw new Refusal('invalid_input', 'Send the file as the body, and its name as ?name=.');
    await mayUpload(context);
    const { path, bytes, discard } = await receiveUpload(body, parts.uploads);
    try {
      const { fileId } = await client.registerFile(context.get('token'), { path, name: fileName(name), temporary: true });
      return context.json({ ok: true, result: { fileId, name: fileName(name), bytes } } satisfies Answer);
    } catch (error) {
      discard();
      throw error;
    }
  });

  app.get('/events', async (context) => {
    const tab = context.req.query('tab') ?? '';
    if (context.req.method !== 'GET') return context.body(null, 405);
    if (!tabShape.test(tab)) throw new Refusal('invalid_input', 'Name the tab that listens: ?tab=.');
    const stream = await streams.open(context.get('browser'), tab, context.get('token'));
    return context.body(stream, 200, { 'content-type': 'text/event-stream; charset=utf-8' });
  });

  app.get('/files/:id', async (context) => {
    const file = await client.resolveDownload(context.get('token'), context.req.param('id'));
    return sendDownload(file, context.req.method === 'GET');
  });

  app.get('*', (context) => pages.answer(new URL(context.req.url).pathname));

  app.all('*', (context) => {
    context.header('allow', 'GET, HEAD');
    return context.json({ ok: false, error: { code: 'not_found', message: 'There is nothing to send here.' } } satisfies Answer, 405);
  });

  return app;
}
