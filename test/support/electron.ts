// A double of `electron`, for whatever of it this program uses. Its shapes are checked against the installed package's own types, so a
// call that the real one would not take does not pass here either; its behaviour follows the package's documentation, in particular
// what may only be done before it is ready, what a message loses on its way, and the order of events when the program ends.
import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';

/** What a test sees and steers of the double. */
export interface Stage {
  ready: boolean;
  quitting: boolean;
  exitCode: number | null;
  sandboxed: boolean;
  packaged: boolean;
  hasLock: boolean;
  dark: boolean;
  readonly paths: Map<string, string>;
  readonly privileged: Electron.CustomScheme[];
  readonly protocols: Map<string, (request: Request) => Response | Promise<Response>>;
  readonly opened: string[];
  readonly errorBoxes: { readonly title: string; readonly content: string }[];
  readonly dialogs: { readonly kind: 'open' | 'save' | 'message'; readonly options: unknown }[];
  displays: { readonly id: number; readonly workArea: Electron.Rectangle }[];
  menu: Electron.MenuItemConstructorOptions[] | null;
  /** What the person does in the next dialogs. */
  chooses: { open: string | null; save: string | null; button: number };
  readonly windows: BrowserWindow[];
  readonly handlers: Map<string, (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown>;
}

const fresh = (): Stage => ({
  ready: false,
  quitting: false,
  exitCode: null,
  sandboxed: false,
  packaged: false,
  hasLock: true,
  dark: false,
  paths: new Map(),
  privileged: [],
  protocols: new Map(),
  opened: [],
  errorBoxes: [],
  dialogs: [],
  displays: [{ id: 1, workArea: { x: 0, y: 0, width: 1_920, height: 1_040 } }],
  menu: null,
  chooses: { open: null, save: null, button: 0 },
  windows: [],
  handlers: new Map(),
});

export const stage: Stage = fresh();

class FakeEvent {
  defaultPrevented = false;
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

function event<Details extends object>(details: Details): FakeEvent & Details {
  return Object.assign(new FakeEvent(), details);
}

const onlyBefore = (what: string): void => {
  if (stage.ready) throw new Error(`${what} must be called before the app is ready.`);
};
const onlyAfter = (what: string): void => {
  if (!stage.ready) throw new Error(`${what} cannot be used before the app is ready.`);
};

let becomeReady: () => void = () => undefined;
let readiness = new Promise<void>((ready) => {
  becomeReady = ready;
});

const appMethods = {
  enableSandbox() {
    onlyBefore('app.enableSandbox()');
    stage.sandboxed = true;
  },
  whenReady: () => readiness,
  isReady: () => stage.ready,
  setName: () => undefined,
  setAppUserModelId: () => undefined,
  setAboutPanelOptions: () => undefined,
  setPath(name: string, path: string) {
    stage.paths.set(name, path);
  },
  getPath: (name: string) => stage.paths.get(name) ?? '',
  requestSingleInstanceLock: () => stage.hasLock,
  quit() {
    if (stage.exitCode !== null) return;
    const before = new FakeEvent();
    app.emit('before-quit', before);
    if (before.defaultPrevented) return;
    stage.quitting = true;
    for (const window of [...stage.windows]) window.close();
    if (stage.windows.length > 0) return;
    const will = new FakeEvent();
    app.emit('will-quit', will);
    if (will.defaultPrevented) return;
    stage.exitCode = 0;
    app.emit('quit', new FakeEvent(), 0);
  },
  exit(code = 0) {
    // No event is sent and nothing can prevent it.
    stage.exitCode ??= code;
    for (const window of [...stage.windows]) window.destroy();
  },
} satisfies Partial<Electron.App>;

export const app = Object.assign(new EventEmitter(), appMethods, { isPackaged: false });

/** One frame of a page. */
export function frame(url: string, parent: Electron.WebFrameMain | null = null): Electron.WebFrameMain {
  const made: Pick<Electron.WebFrameMain, 'url' | 'parent'> = { url, parent };
  return made as Electron.WebFrameMain;
}

let nextContents = 1;

type UsedOfContents = Pick<Electron.WebContents, 'id' | 'send' | 'isDestroyed' | 'setWindowOpenHandler' | 'reload' | 'getURL'>;

class WebContents extends EventEmitter implements UsedOfContents {
  readonly id = nextContents++;
  readonly sent: { readonly channel: string; readonly args: readonly unknown[] }[] = [];
  mainFrame = frame('about:blank');
  destroyed = false;
  reloads = 0;
  private openHandler: (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse = () => ({ action: 'allow' });

  send(channel: string, ...args: unknown[]): void {
    if (this.destroyed) throw new Error('Object has been destroyed');
    const copies = structuredClone(args);
    this.sent.push({ channel, args: copies });
    // There is one preload script here, and it is that of the window which speaks.
    if (sender?.contents === this) rendererListeners.emit(channel, { sender: ipcRenderer }, ...copies);
  }
  isDestroyed(): boolean {
    return this.destroyed;
  }
  setWindowOpenHandler(handler: (details: Electron.HandlerDetails) => Electron.WindowOpenHandlerResponse): void {
    this.openHandler = handler;
  }
  reload(): void {
    this.reloads += 1;
    this.emit('did-start-navigation', event({ url: this.getURL(), isMainFrame: true, isSameDocument: false, frame: this.mainFrame }));
  }
  getURL(): string {
    return this.mainFrame.url;
  }

  // What a page tries, and whether it comes to pass.

  navigates(url: string, { mainFrame = true } = {}): boolean {
    const details = event({ url, isMainFrame: mainFrame, isSameDocument: false, frame: this.mainFrame });
    this.emit('will-frame-navigate', details);
    if (mainFrame && !details.defaultPrevented) this.emit('will-navigate', details, url, false, true, 1, 1);
    return !details.defaultPrevented;
  }
  isRedirected(url: string): boolean {
    const details = event({ url, isMainFrame: true, isSameDocument: false, frame: this.mainFrame });
    this.emit('will-redirect', details, url, false, true, 1, 1);
    return !details.defaultPrevented;
  }
  attachesGuest(): boolean {
    const details = new FakeEvent();
    this.emit('will-attach-webview', details, {}, { src: 'https://attacker.example' });
    return !details.defaultPrevented;
  }
  opensWindow(url: string): boolean {
    const referrer = { url: '', policy: 'no-referrer' } satisfies Electron.Referrer;
    return this.openHandler({ url, frameName: '', features: '', disposition: 'new-window', referrer }).action === 'allow';
  }
  dies(reason: Electron.RenderProcessGoneDetails['reason'] = 'crashed'): void {
    this.emit('render-process-gone', new FakeEvent(), { reason, exitCode: 5 } satisfies Electron.RenderProcessGoneDetails);
  }
}
export type WebContentsDouble = WebContents;

type UsedOfWindow = Pick<
  Electron.BrowserWindow,
  | 'show'
  | 'focus'
  | 'restore'
  | 'maximize'
  | 'close'
  | 'destroy'
  | 'isDestroyed'
  | 'isMinimized'
  | 'isMaximized'
  | 'getNormalBounds'
  | 'setBackgroundColor'
  | 'loadURL'
>;

export class BrowserWindow extends EventEmitter implements UsedOfWindow {
  readonly webContents = new WebContents();
  readonly options: Electron.BrowserWindowConstructorOptions;
  bounds: Electron.Rectangle;
  shown = false;
  focused = false;
  minimised = false;
  maximised = false;
  colour: string;
  private gone = false;

  constructor(options: Electron.BrowserWindowConstructorOptions = {}) {
    super();
    onlyAfter('BrowserWindow');
    this.options = options;
    this.bounds = { x: options.x ?? 0, y: options.y ?? 0, width: options.width ?? 800, height: options.height ?? 600 };
    this.shown = options.show !== false;
    this.colour = options.backgroundColor ?? '#FFF';
    stage.windows.push(this);
    app.emit('web-contents-created', new FakeEvent(), this.webContents);
  }
  show(): void {
    this.shown = true;
  }
  focus(): void {
    this.focused = true;
  }
  restore(): void {
    this.minimised = false;
  }
  maximize(): void {
    this.maximised = true;
    this.emit('maximize');
  }
  isMinimized(): boolean {
    return this.minimised;
  }
  isMaximized(): boolean {
    return this.maximised;
  }
  isDestroyed(): boolean {
    return this.gone;
  }
  getNormalBounds(): Electron.Rectangle {
    return this.bounds;
  }
  setBackgroundColor(colour: string): void {
    this.colour = colour;
  }
  async loadURL(url: string): Promise<void> {
    this.webContents.mainFrame = frame(url);
    this.webContents.emit('did-start-navigation', event({ url, isMainFrame: true, isSameDocument: false, frame: this.webContents.mainFrame }));
    await Promise.resolve();
    this.emit('ready-to-show');
  }
  close(): void {
    const closing = new FakeEvent();
    this.emit('close', closing);
    if (!closing.defaultPrevented) this.destroy();
  }
  destroy(): void {
    if (this.gone) return;
    this.gone = true;
    stage.windows.splice(stage.windows.indexOf(this), 1);
    this.webContents.destroyed = true;
    this.webContents.emit('destroyed');
    this.emit('closed');
    if (stage.windows.length === 0 && !stage.quitting && stage.exitCode === null) app.emit('window-all-closed');
  }
  // What a person does with it.
  moves(bounds: Partial<Electron.Rectangle>): void {
    this.bounds = { ...this.bounds, ...bounds };
    this.emit('move');
    this.emit('resize');
  }
}

export const dialog = {
  showErrorBox(title: string, content: string) {
    stage.errorBoxes.push({ title, content });
  },
  showMessageBox: ((_window: unknown, options?: unknown) => {
    stage.dialogs.push({ kind: 'message', options });
    return Promise.resolve({ response: stage.chooses.button, checkboxChecked: false });
  }) as Electron.Dialog['showMessageBox'],
  showOpenDialog: ((_window: unknown, options?: unknown) => {
    stage.dialogs.push({ kind: 'open', options });
    const path = stage.chooses.open;
    return Promise.resolve({ canceled: path === null, filePaths: path === null ? [] : [path] });
  }) as Electron.Dialog['showOpenDialog'],
  showSaveDialog: ((_window: unknown, options?: unknown) => {
    stage.dialogs.push({ kind: 'save', options });
    const path = stage.chooses.save;
    return Promise.resolve({ canceled: path === null, filePath: path ?? '' });
  }) as Electron.Dialog['showSaveDialog'],
} satisfies Partial<Electron.Dialog>;

export const shell = {
  openExternal(url: string) {
    stage.opened.push(url);
    return Promise.resolve();
  },
} satisfies Partial<Electron.Shell>;

export const screen = {
  getAllDisplays: () => stage.displays as Electron.Display[],
  getPrimaryDisplay: () => stage.displays[0] as Electron.Display,
} satisfies Partial<Electron.Screen>;

export const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: false } satisfies Partial<Electron.NativeTheme>);
// These two are looked up each time, so a test may change them in between.
Object.defineProperty(nativeTheme, 'shouldUseDarkColors', { get: () => stage.dark });
Object.defineProperty(app, 'isPackaged', { get: () => stage.packaged });

export const Menu = {
  buildFromTemplate: ((template: Electron.MenuItemConstructorOptions[]) => ({ template }) as unknown as Electron.Menu) as typeof Electron.Menu.buildFromTemplate,
  setApplicationMenu(menu: Electron.Menu | null) {
    stage.menu = menu === null ? null : (menu as unknown as { template: Electron.MenuItemConstructorOptions[] }).template;
  },
} satisfies Partial<typeof Electron.Menu>;

export const protocol = {
  registerSchemesAsPrivileged(schemes: Electron.CustomScheme[]) {
    onlyBefore('protocol.registerSchemesAsPrivileged()');
    stage.privileged.push(...schemes);
  },
  handle(scheme: string, handler: (request: Request) => Response | Promise<Response>) {
    onlyAfter('protocol.handle()');
    if (stage.protocols.has(scheme)) throw new Error(`The scheme ${scheme} has been intercepted`);
    stage.protocols.set(scheme, handler);
  },
} satisfies Partial<Electron.Protocol>;

type PermissionRequest = NonNullable<Parameters<Electron.Session['setPermissionRequestHandler']>[0]>;
type PermissionCheck = NonNullable<Parameters<Electron.Session['setPermissionCheckHandler']>[0]>;
type DeviceCheck = NonNullable<Parameters<Electron.Session['setDevicePermissionHandler']>[0]>;
type BeforeRequest = (details: Electron.OnBeforeRequestListenerDetails, answer: (response: Electron.CallbackResponse) => void) => void;

/** A session that, like the real one, grants whatever nobody refuses. */
class Session extends EventEmitter {
  private request: PermissionRequest = (_contents, _permission, answer) => {
    answer(true);
  };
  private check: PermissionCheck = () => true;
  private device: DeviceCheck = () => true;
  private before: BeforeRequest = (_details, answer) => {
    answer({});
  };
  readonly webRequest = {
    onBeforeRequest: ((listener: BeforeRequest) => {
      this.before = listener;
    }) as Electron.WebRequest['onBeforeRequest'],
  } satisfies Partial<Electron.WebRequest>;

  setPermissionRequestHandler(handler: PermissionRequest | null): void {
    if (handler !== null) this.request = handler;
  }
  setPermissionCheckHandler(handler: PermissionCheck | null): void {
    if (handler !== null) this.check = handler;
  }
  setDevicePermissionHandler(handler: DeviceCheck | null): void {
    if (handler !== null) this.device = handler;
  }

  // What a page asks for, and whether it gets it.

  grants(permission: Parameters<PermissionRequest>[1]): boolean {
    const answers: boolean[] = [];
    const details = { requestingUrl: 'ivy://app/', isMainFrame: true } as Parameters<PermissionRequest>[3];
    this.request(new WebContents() as unknown as Electron.WebContents, permission, (granted) => answers.push(granted), details);
    answers.push(this.check(null, permission, 'ivy://app', {} as Parameters<PermissionCheck>[3]));
    answers.push(this.device({ deviceType: 'usb', origin: 'ivy://app', device: {} } as Parameters<DeviceCheck>[0]));
    return answers.includes(true);
  }
  loads(url: string): boolean {
    let cancelled = false;
    this.before({ url } as Electron.OnBeforeRequestListenerDetails, ({ cancel }) => {
      cancelled = cancel === true;
    });
    return !cancelled;
  }
  downloads(url: string): boolean {
    const will = new FakeEvent();
    this.emit('will-download', will, { getURL: () => url } satisfies Pick<Electron.DownloadItem, 'getURL'>, {}, null);
    return !will.defaultPrevented;
  }
}
export const session = { defaultSession: new Session() };
// The methods that are used take what the real ones take.
session.defaultSession satisfies Pick<Electron.Session, 'setPermissionRequestHandler' | 'setPermissionCheckHandler' | 'setDevicePermissionHandler'>;

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
const rendererListeners = new EventEmitter();

/** From here on the preload script's side speaks as this window's page. */
export function speakFrom(contents: WebContents, from: Electron.WebFrameMain | null = contents.mainFrame): void {
  sender = { contents, frame: from };
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

/** Electron has started up. */
export async function electronIsReady(): Promise<void> {
  stage.ready = true;
  becomeReady();
  app.emit('ready');
  await readiness;
}

/** Puts everything back to before the program was started. */
export function resetElectron(): void {
  Object.assign(stage, fresh());
  app.removeAllListeners();
  ipcMain.removeAllListeners();
  nativeTheme.removeAllListeners();
  session.defaultSession = new Session();
  sender = null;
  readiness = new Promise((ready) => {
    becomeReady = ready;
  });
}
