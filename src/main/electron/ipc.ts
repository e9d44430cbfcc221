import { type BrowserWindow, ipcMain, type IpcMainInvokeEvent } from 'electron';
import { z } from 'zod';
import type { Answer, Notice, ServerEvent } from '#contract/answer';
import { Refusal } from '#contract/errors';
import type { OutputOf } from '#contract/index';
import type { CoreClient } from '#main/app/coreClient';
import { maximumInputBytes } from '#main/app/limits';
import { createListening, type Listening } from '#main/app/listening';
import { channels } from '#preload/channels';
import { chooseFile, chooseFolder, saveDownload, takeFile } from './dialogs';
import { systemNotifications } from './notifications';
import { isTrustedSender, openContact, openLink, openReference } from './security';

/** The windows that may speak to the core. */
export interface Windows {
  /** Takes in a window: from now on its page can call, and hears what changes. */
  add(window: BrowserWindow): void;
}

/** One window, and who is signed in there. The token never leaves the main process. */
interface Visitor {
  readonly window: BrowserWindow;
  readonly connection: string;
  readonly listening: Listening;
  readonly calls: Map<number, AbortController>;
  token: string | null;
}

const stranger: Answer = { ok: false, error: { code: 'not_permitted', message: 'Ivy answers its own window only.' } };

const callShape = z.tuple([z.number(), z.string().max(200), z.unknown()]);
const fileChoiceShape = z.tuple([z.object({ title: z.string().max(200), extensions: z.array(z.string().regex(/^[a-z0-9]{1,10}$/i)).max(50) })]);
const textShape = z.tuple([z.string().min(1).max(8_192)]);
const contactShape = z.tuple([z.enum(['email', 'phone']), z.string().max(400)]);

function parse<Shape extends z.ZodType>(shape: Shape, args: readonly unknown[]): z.output<Shape> {
  const parsed = shape.safeParse(args);
  if (!parsed.success) throw new Refusal('invalid_input', 'The window asked for something that Ivy does not understand.');
  return parsed.data;
}

/** An input as it would come over any other door: plain JSON of limited size. */
function asJson(input: unknown): unknown {
  const text = JSON.stringify(input ?? {});
  if (Buffer.byteLength(text) > maximumInputBytes) {
    throw new Refusal('too_large', 'That is more than one call may carry (8 MiB). Send it as a file.');
  }
  return JSON.parse(text) as unknown;
}

function failure(error: unknown): Answer {
  if (error instanceof Refusal) return { ok: false, error: error.toCallError() };
  process.stderr.write(`A request of the window failed: ${error instanceof Error ? error.message : String(error)}\n`);
  return { ok: false, error: { code: 'internal', message: 'Something went wrong inside Ivy. Try again; if it happens again, restart it.' } };
}

/** Answers the windows' messages with the core. This is the only place that listens to a page. */
export function serveWindows(client: CoreClient): Windows {
  const visitors = new Map<number, Visitor>();

  /** Answers a channel's messages, those of our own windows alone. */
  const handle = (channel: string, work: (visitor: Visitor, args: readonly unknown[]) => Promise<Answer>): void => {
    ipcMain.handle(channel, async (event: IpcMainInvokeEvent, ...args: readonly unknown[]) => {
      const visitor = visitors.get(event.sender.id);
      if (visitor === undefined || !isTrustedSender(event)) return stranger;
      return work(visitor, args).catch(failure);
    });
  };
  const answer = (channel: string, work: (visitor: Visitor, args: readonly unknown[]) => Promise<unknown>): void => {
    handle(channel, async (visitor, args) => ({ ok: true, result: await work(visitor, args) }));
  };

  handle(channels.call, async (visitor, args) => {
    const [id, entry, given] = parse(callShape, args);
    const input = asJson(given);
    const abort = new AbortController();
    visitor.calls.set(id, abort);
    const { token, connection, listening } = visitor;
    const answered = await client
      .call({ entry, input, token, door: 'electron', connection, signal: abort.signal })
      .finally(() => visitor.calls.delete(id));
    if (answered.token !== undefined) {
      visitor.token = answered.token;
      await listening.use(answered.token);
    } else if (answered.ok) await listening.retry();
    // The token stays here.
    return answered.ok ? { ok: true, result: answered.result } : { ok: false, error: answered.error };
  });
  ipcMain.on(channels.cancel, (event, id: unknown) => {
    if (isTrustedSender(event) && typeof id === 'number') visitors.get(event.sender.id)?.calls.get(id)?.abort();
  });
  answer(channels.chooseFile, async ({ token, window }, args) => chooseFile(client, token, window, parse(fileChoiceShape, args)[0]));
  answer(channels.chooseFolder, async ({ token, window }, args) => chooseFolder(client, token, window, parse(textShape, args)[0]));
  answer(channels.addFile, async ({ token }, args) => takeFile(client, token, parse(textShape, args)[0]));
  answer(channels.saveDownload, async ({ token, window }, args) => saveDownload(client, token, window, parse(textShape, args)[0]));
  answer(channels.contact, async (_visitor, args) => openContact(...parse(contactShape, args)));
  answer(channels.openLink, async (_visitor, args) => openLink(parse(textShape, args)[0]));
  answer(channels.openAttachment, async ({ token, connection }, args) => {
    const [id] = parse(textShape, args);
    const answered = await client.call({ entry: 'admissions.attachments.open', input: { id }, token, door: 'electron', connection });
    if (!answered.ok) throw new Refusal(answered.error.code, answered.error.message, answered.error.details);
    const { link, openingId } = answered.result as OutputOf<'admissions.attachments.open'>;
    if (link !== null) await openLink(link);
    else if (openingId !== null) await openReference((await client.resolveOpening(token, openingId)).path);
  });

  return {
    add(window) {
      const contents = window.webContents;
      const { id } = contents;
      const connection = `window ${String(id)}`;
      const calls = new Map<number, AbortController>();
      const endCalls = (): void => {
        for (const abort of calls.values()) abort.abort();
        calls.clear();
      };
      const send = (event: ServerEvent): void => {
        if (!contents.isDestroyed()) contents.send(channels.event, event);
      };
      const toPage = (notice: Notice): void => {
        send({ kind: 'notice', notice });
      };
      const notifications = systemNotifications(window, toPage);
      const listening = createListening(client, connection, (event) => {
        if (event.kind !== 'notice') send(event);
        else {
          // Where the system shows nothing, the page does.
          notifications.show(event.notice, () => {
            toPage(event.notice);
          });
        }
      });
      visitors.set(id, { window, connection, listening, calls, token: null });
      // A page that is loaded anew counts its calls anew, and waits for none of the old.
      contents.on('did-start-navigation', (details) => {
        if (details.isMainFrame && !details.isSameDocument) endCalls();
      });
      contents.on('render-process-gone', endCalls);
      contents.once('destroyed', () => {
        endCalls();
        listening.stop();
        visitors.delete(id);
      });
    },
  };
}
