import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { event, stage } from './stage';
import type { WebContents } from './window';

export const ipcMain = Object.assign(new EventEmitter(), {
  handle(channel: string, listener: (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown) {
    if (stage.handlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    stage.handlers.set(channel, listener);
  },
} satisfies Partial<Electron.IpcMain>);

/** Where a message comes from: a window, and a frame of it. */
export interface Sender {
  readonly contents: WebContents;
  readonly frame: Electron.WebFrameMain | null;
}

let sender: Sender | null = null;
/** What listens in the preload script. */
export const rendererListeners = new EventEmitter();

/** Whose preload script it is at the moment. */
export const speaker = (): Sender | null => sender;

/** From here on the preload script's side speaks as this window's page. */
export function speakFrom(contents: WebContents, from: Electron.WebFrameMain | null = contents.mainFrame): void {
  sender = { contents, frame: from };
}

export function silence(): void {
  sender = null;
}

function messageEvent(): Electron.IpcMainInvokeEvent & Electron.IpcMainEvent {
  if (sender === null) throw new Error('Nobody speaks: call speakFrom first.');
  return event({ sender: sender.contents, senderFrame: sender.frame, frameId: 1, processId: 1, type: 'frame' }) as unknown as Electron.IpcMainInvokeEvent &
    Electron.IpcMainEvent;
}

export const ipcRenderer = Object.assign(rendererListeners, {
  async invoke(channel: string, ...args: unknown[]): Promise<unknown> {
    const handler = stage.handlers.get(channel);
    if (handler === undefined) throw new Error(`Error invoking remote method '${channel}': Error: No handler registered for '${channel}'`);
    const copies = structuredClone(args);
    const from = messageEvent();
    try {
      return structuredClone(await handler(from, ...copies));
    } catch (error) {
      // Only the words of an error reach the page.
      throw new Error(`Error invoking remote method '${channel}': ${String(error)}`, { cause: undefined });
    }
  },
  send(channel: string, ...args: unknown[]): void {
    ipcMain.emit(channel, messageEvent(), ...structuredClone(args));
  },
} satisfies Partial<Electron.IpcRenderer>);

/** A file that came from the disk, as a drop or a file field gives it. */
export class DroppedFile extends File {
  constructor(readonly diskPath: string) {
    super([], diskPath);
  }
}

export const webUtils = {
  getPathForFile: (file: File) => (file instanceof DroppedFile ? file.diskPath : ''),
} satisfies Partial<Electron.WebUtils>;

/** What the page sees of an object of the preload script: functions are called across, values are copied, errors keep their words alone. */
function across(value: unknown): unknown {
  if (typeof value === 'function') {
    const call = value as (...args: unknown[]) => unknown;
    return (...args: unknown[]): unknown => {
      const result = (() => {
        try {
          return call(...args.map(across));
        } catch (error) {
          throw new Error(error instanceof Error ? error.message : String(error), { cause: undefined });
        }
      })();
      if (!(result instanceof Promise)) return across(result);
      return result.then(across, (error: unknown) => {
        throw new Error(error instanceof Error ? error.message : String(error), { cause: undefined });
      });
    };
  }
  if (value instanceof File || value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map(across);
  if (Object.getPrototypeOf(value) === Object.prototype) return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, across(item)]));
  return structuredClone(value);
}

/** What the preload script has given the page. */
export const mainWorld = new Map<string, unknown>();

export const contextBridge = {
  exposeInMainWorld(key: string, api: unknown) {
    if (mainWorld.has(key)) throw new Error(`Cannot bind an API on top of an existing property on the window object: ${key}`);
    mainWorld.set(key, Object.freeze(across(api)));
  },
} satisfies Partial<Electron.ContextBridge>;
