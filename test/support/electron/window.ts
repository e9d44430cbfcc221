import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { app } from './app';
import { rendererListeners, speaker } from './ipc';
import { event, FakeEvent, onlyAfter, stage } from './stage';

/** One frame of a page. */
export function frame(url: string, parent: Electron.WebFrameMain | null = null): Electron.WebFrameMain {
  const made: Pick<Electron.WebFrameMain, 'url' | 'parent'> = { url, parent };
  return made as Electron.WebFrameMain;
}

let nextContents = 1;

type UsedOfContents = Pick<Electron.WebContents, 'id' | 'send' | 'isDestroyed' | 'setWindowOpenHandler' | 'reload' | 'getURL'>;

export class WebContents extends EventEmitter implements UsedOfContents {
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
    if (speaker()?.contents === this) rendererListeners.emit(channel, {}, ...copies);
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
  openPath(path: string) {
    stage.opened.push(path);
    return Promise.resolve(stage.opens ? '' : 'There is no application for it');
  },
  showItemInFolder(path: string) {
    stage.revealed.push(path);
  },
} satisfies Partial<Electron.Shell>;

export const screen = {
  getAllDisplays: () => stage.displays as Electron.Display[],
  getPrimaryDisplay: () => stage.displays[0] as Electron.Display,
} satisfies Partial<Electron.Screen>;

export const nativeTheme = Object.assign(new EventEmitter(), { shouldUseDarkColors: false } satisfies Partial<Electron.NativeTheme>);
// Looked up each time, so that a test may change it in between.
Object.defineProperty(nativeTheme, 'shouldUseDarkColors', { get: () => stage.dark });

export const Menu = {
  buildFromTemplate: ((template: Electron.MenuItemConstructorOptions[]) => ({ template }) as unknown as Electron.Menu) as typeof Electron.Menu.buildFromTemplate,
  setApplicationMenu(menu: Electron.Menu | null) {
    stage.menu = menu === null ? null : (menu as unknown as { template: Electron.MenuItemConstructorOptions[] }).template;
  },
} satisfies Partial<typeof Electron.Menu>;
