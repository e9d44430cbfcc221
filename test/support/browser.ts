import { request } from 'node:http';
import { setTimeout as wait } from 'node:timers/promises';
import { onTestFinished } from 'vitest';
import type { Answer, ServerEvent } from '#contract/answer';

/** What came back. */
export interface Reply {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | undefined>>;
  readonly setCookies: readonly string[];
  readonly text: string;
  json(): Answer;
}

export interface Ask {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Uint8Array;
  /** Sends the head of the request, but nothing of its body beyond what is given, and waits for the reply. */
  readonly unfinished?: boolean;
}

/** Sends exactly these bytes: unlike fetch, it leaves the host, the origin and the path alone. */
export function ask(port: number, path: string, { method = 'GET', headers = {}, body, unfinished = false }: Ask = {}): Promise<Reply> {
  return new Promise((done, failed) => {
    const sent = request({ host: '127.0.0.1', port, path, method, headers: { host: `127.0.0.1:${String(port)}`, ...headers }, agent: false }, (incoming) => {
      const chunks: Buffer[] = [];
      incoming.on('data', (chunk: Buffer) => chunks.push(chunk));
      incoming.on('error', failed);
      incoming.on('end', () => {
        const text = Buffer.concat(chunks).toString();
        done({
          status: incoming.statusCode ?? 0,
          headers: incoming.headers as Record<string, string | undefined>,
          setCookies: incoming.headers['set-cookie'] ?? [],
          text,
          json: () => JSON.parse(text) as Answer,
        });
        sent.destroy();
      });
    });
    sent.on('error', failed);
    if (body !== undefined) sent.write(body);
    if (!unfinished) sent.end();
  });
}

/** An open event stream. */
export interface Stream {
  readonly status: number;
  readonly events: readonly ServerEvent[];
  readonly raw: () => string;
  readonly ended: () => boolean;
  /** Waits until the stream has told something. */
  until(isIt: (event: ServerEvent) => boolean): Promise<ServerEvent>;
  close(): void;
}

/** A browser of its own: it keeps cookies and sends what a page of the host would send. */
export interface TestBrowser {
  readonly cookies: ReadonlyMap<string, string>;
  get(path: string, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  send(path: string, options: Omit<Ask, 'method'> & { readonly method?: string }): Promise<Reply>;
  call(entry: string, input?: unknown, headers?: Readonly<Record<string, string>>): Promise<Reply>;
  /** The result of a call that must succeed. */
  result(entry: string, input?: unknown): Promise<unknown>;
  listen(tab?: string): Promise<Stream>;
}

export function testBrowser(port: number): TestBrowser {
  const cookies = new Map<string, string>();
  const jar = (): Record<string, string> =>
    cookies.size === 0 ? {} : { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
  const keep = (reply: Reply): Reply => {
    for (const line of reply.setCookies) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
      if (name === undefined || value === undefined) continue;
      if (/max-age=0/i.test(line)) cookies.delete(name);
      else cookies.set(name, value);
    }
    return reply;
  };
  const browser: TestBrowser = {
    cookies,
    get: async (path, headers = {}) => keep(await ask(port, path, { headers: { ...jar(), ...headers } })),
    send: async (path, { headers = {}, ...rest }) => keep(await ask(port, path, { method: 'POST', ...rest, headers: { 'x-ivy': '1', ...jar(), ...headers } })),
    call: (entry, input = {}, headers = {}) =>
      browser.send(`/rpc/${entry}`, { headers: { 'content-type': 'application/json', ...headers }, body: JSON.stringify(input) }),
    async result(entry, input) {
      const answer = (await browser.call(entry, input)).json();
      if (!answer.ok) throw new Error(`${entry}: ${answer.error.code}: ${answer.error.message}`);
      return answer.result;
    },
    listen(tab = 'tab-number-one') {
      return new Promise((opened, failed) => {
        const sent = request({ host: '127.0.0.1', port, path: `/events?tab=${tab}`, headers: jar(), agent: false }, (incoming) => {
          let raw = '';
          let ended = false;
          const events: ServerEvent[] = [];
          incoming.setEncoding('utf8');
          incoming.on('error', () => undefined);
          incoming.on('close', () => {
            ended = true;
          });
          incoming.on('data', (text: string) => {
            raw += text;
            events.splice(0, events.length, ...[...raw.matchAll(/^data: (.*)$/gm)].map(([, data]) => JSON.parse(data ?? '') as ServerEvent));
          });
          onTestFinished(() => {
            sent.destroy();
          });
          opened({
            status: incoming.statusCode ?? 0,
            events,
            raw: () => raw,
            ended: () => ended,
            close: () => sent.destroy(),
            async until(isIt) {
              for (let tries = 0; tries < 200; tries += 1) {
                const found = events.find(isIt);
                if (found !== undefined) return found;
                await wait(10);
              }
              throw new Error(`Nothing of the kind came, only: ${raw}`);
            },
          });
        });
        sent.on('error', failed);
        sent.end();
      });
    },
  };
  return browser;
}
