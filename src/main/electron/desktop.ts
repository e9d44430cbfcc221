import { app, type BrowserWindow, dialog, session } from 'electron';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Refusal } from '#contract/errors';
import type { OpenCore, OpenCoreOptions } from '#main/app/openCore';
import { createPages } from '#main/app/pages';
import { ensureProfile, profileAt } from '#main/app/profile';
import { serveWindows, type Windows } from './ipc';
import { installMenu } from './menu';
import { registerScheme, servePages } from './protocol';
import { guardContents, guardSession } from './security';
import { createWindow, focusWindow, openStartPage } from './window';

export interface DesktopOptions {
  readonly profileFolder: string;
  /** The folder of the built entries. */
  readonly mainFolder: URL;
  readonly version: string;
  readonly development: boolean;
  readonly platform: NodeJS.Platform;
  readonly openCore: (options: OpenCoreOptions) => Promise<OpenCore>;
  /** Given when the process is asked to end. */
  readonly until: AbortSignal;
}

/** A command line's one call is over sooner than this. */
const patienceMilliseconds = 3_000;
const closingMilliseconds = 5_000;

/** Tells a person why there is no window, and ends. */
function giveUp(error: unknown): void {
  const message = error instanceof Refusal ? error.message : `Ivy could not start: ${error instanceof Error ? error.message : String(error)}`;
  process.stderr.write(`${message}\n`);
  dialog.showErrorBox('Ivy cannot start', message);
  app.exit(1);
}

/** Closes the core when the last window is gone and the program wants to end, and only then lets it end. */
function closeBeforeEnd(core: OpenCore): void {
  let state: 'open' | 'closing' | 'closed' = 'open';
  // Not before: until here a page may still keep its window, and with it the program, open.
  app.on('will-quit', (event) => {
    if (state === 'closed') return;
    event.preventDefault();
    if (state === 'closing') return;
    state = 'closing';
    void core.close({ limitMilliseconds: closingMilliseconds }).finally(() => {
      state = 'closed';
      app.quit();
    });
  });
  core.client.onGone(() => {
    if (state !== 'open') return;
    state = 'closed';
    dialog.showErrorBox('Ivy has ended', 'The part of Ivy that holds your data has ended by itself. Start Ivy again; what was saved is safe.');
    app.exit(1);
  });
}

/** Answers what shows the window, or brings the one that is shown to the front. */
function windowShower(options: DesktopOptions, windows: Windows): () => void {
  let shown: BrowserWindow | null = null;
  return () => {
    if (shown !== null) {
      focusWindow(shown);
      return;
    }
    const window = createWindow({
      preloadFile: fileURLToPath(new URL('../preload/index.cjs', options.mainFolder)),
      placeFile: join(profileAt(options.profileFolder).folder, 'window.json'),
      development: options.development,
    });
    shown = window;
    window.once('closed', () => {
      shown = null;
    });
    windows.add(window);
    openStartPage(window).catch((error: unknown) => {
      // A window that is closed while it loads has nothing to tell.
      if (!window.isDestroyed()) giveUp(error);
    });
  };
}

/** What must be settled before Electron is ready. Answers whether this is the one process of its profile. */
function prepare(options: DesktopOptions): boolean {
  app.enableSandbox();
  registerScheme();
  app.setName('Ivy');
  app.setAppUserModelId('school.ivy.desktop');
  app.setAboutPanelOptions({ applicationName: 'Ivy', applicationVersion: options.version });
  const profile = profileAt(options.profileFolder);
  ensureProfile(profile);
  // What the window keeps lies with the profile, and with it the lock that says whether it is shown already.
  const own = join(profile.folder, 'window');
  mkdirSync(own, { recursive: true, mode: 0o700 });
  app.setPath('userData', own);
  app.on('web-contents-created', (_event, contents) => {
    guardContents(contents);
  });
  return app.requestSingleInstanceLock();
}

/** Shows the app in Electron's window until it is closed. Must be called before Electron is ready. */
export async function startDesktop(options: DesktopOptions): Promise<void> {
  try {
    if (!prepare(options)) {
      // The first one comes to the front; see second-instance.
      app.quit();
      return;
    }
    await app.whenReady();
    const core = await options.openCore({ profileFolder: options.profileFolder, mainFolder: options.mainFolder, mayJoin: false, patienceMilliseconds });
    closeBeforeEnd(core);
    guardSession(session.defaultSession);
    servePages(createPages({ folder: fileURLToPath(new URL('../renderer/', options.mainFolder)), bridge: false }));
    installMenu(options);
    const show = windowShower(options, serveWindows(core.client));
    app.on('second-instance', show);
    app.on('activate', show);
    app.on('window-all-closed', () => {
      if (options.platform !== 'darwin') app.quit();
    });
    const quit = (): void => {
      app.quit();
    };
    if (options.until.aborted) quit();
    else show();
    options.until.addEventListener('abort', quit, { once: true });
  } catch (error) {
    giveUp(error);
  }
}
