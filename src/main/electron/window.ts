import { app, BrowserWindow, dialog, nativeTheme } from 'electron';
import { startPage } from './protocol';
import { keepPlace, readPlace, smallest } from './windowState';

export interface WindowOptions {
  readonly preloadFile: string;
  /** Where the window's place is remembered. */
  readonly placeFile: string;
  readonly development: boolean;
}

/** A page that dies again so soon would die for ever. */
const againMilliseconds = 60_000;

/** What is seen before the page has drawn itself: the page's own background. */
function background(): string {
  return nativeTheme.shouldUseDarkColors ? '#0B1120' : '#F8FAFC';
}

/** Loads a page that died once more, if the person wants it; one that dies again ends the program. */
function reloadOnce(window: BrowserWindow): void {
  let diedAt = Number.NEGATIVE_INFINITY;
  window.webContents.on('render-process-gone', (_event, { reason }) => {
    if (reason === 'clean-exit' || window.isDestroyed()) return;
    const again = performance.now() - diedAt < againMilliseconds;
    diedAt = performance.now();
    if (again) {
      dialog.showErrorBox('Ivy’s window has stopped again', `It will now close (${reason}). What was saved is safe. Start Ivy again.`);
      app.quit();
      return;
    }
    void dialog
      .showMessageBox(window, {
        type: 'error',
        message: 'Ivy’s window has stopped.',
        detail: `What was saved is safe (${reason}).`,
        buttons: ['Show it again', 'Quit'],
        defaultId: 0,
        cancelId: 0,
      })
      .then(({ response }) => {
        if (response === 1) app.quit();
        else if (!window.isDestroyed()) window.webContents.reload();
      });
  });
}

/** The window: a sandboxed page with nothing but its bridge. */
export function createWindow(options: WindowOptions): BrowserWindow {
  const { bounds, maximised } = readPlace(options.placeFile);
  const window = new BrowserWindow({
    ...bounds,
    minWidth: smallest.width,
    minHeight: smallest.height,
    title: 'Ivy',
    show: false,
    backgroundColor: background(),
    autoHideMenuBar: true,
    webPreferences: {
      preload: options.preloadFile,
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      navigateOnDragDrop: false,
      // Its dictionaries come from the network.
      spellcheck: false,
      devTools: options.development,
    },
  });
  if (maximised) window.maximize();
  window.once('ready-to-show', () => {
    window.show();
  });
  const followTheme = (): void => {
    window.setBackgroundColor(background());
  };
  nativeTheme.on('updated', followTheme);
  window.once('closed', () => {
    nativeTheme.off('updated', followTheme);
  });
  keepPlace(window, options.placeFile);
  reloadOnce(window);
  return window;
}

export function openStartPage(window: BrowserWindow): Promise<void> {
  return window.loadURL(startPage);
}

/** Brings a window to the front. */
export function focusWindow(window: BrowserWindow): void {
  if (window.isMinimized()) window.restore();
  window.show();
  window.focus();
}
