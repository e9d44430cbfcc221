import { pathToFileURL } from 'node:url';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished, vi } from 'vitest';
import type { OpenCoreOptions } from '#main/app/openCore';
import { startDesktop } from '#main/electron/desktop';
import type { IvyBridge } from '#preload/bridge';
import { temporaryFolder, type TestApp, workspaceApp } from './app';
import { memoryClient } from './coreClient';
import { type BrowserWindow, electronIsReady, mainWorld, resetElectron, speakFrom, stage } from './electron';
import { rendererFolder } from './hostServer';

export interface TestDesktop {
  readonly test: TestApp;
  readonly profileFolder: string;
  readonly window: BrowserWindow;
  /** What the page sees of the program. */
  readonly ivy: IvyBridge;
  readonly coreClosed: () => boolean;
  /** The core goes away by itself. */
  killCore(): void;
  /** The process is asked to end. */
  readonly end: AbortController;
}

export interface TestDesktopOptions {
  readonly development?: boolean;
  readonly platform?: NodeJS.Platform;
  readonly prepare?: (profileFolder: string) => void;
  readonly openCore?: (options: OpenCoreOptions) => Promise<never>;
}

/** Starts the program inside the double, in so far as that may fail. */
export async function launch(options: TestDesktopOptions = {}): Promise<Omit<TestDesktop, 'window' | 'ivy'>> {
  resetElectron();
  const test = await workspaceApp();
  const { client, breakOff } = memoryClient(test.app);
  const profileFolder = join(temporaryFolder(), 'profile');
  mkdirSync(profileFolder);
  options.prepare?.(profileFolder);
  // The built entries lie beside the window's files.
  const mainFolder = pathToFileURL(join(rendererFolder(), '..', 'main', '/'));
  const end = new AbortController();
  let closed = false;
  const silenced = vi.spyOn(process.stderr, 'write').mockReturnValue(true);
  onTestFinished(() => {
    silenced.mockRestore();
  });
  const started = startDesktop({
    profileFolder,
    mainFolder,
    version: '1.2.3',
    development: options.development ?? false,
    platform: options.platform ?? 'linux',
    openCore:
      options.openCore ??
      (() =>
        Promise.resolve({
          client,
          owner: true,
          close: () => {
            closed = true;
            return Promise.resolve();
          },
        })),
    until: end.signal,
  });
  if (stage.exitCode === null) await electronIsReady();
  await started;
  return { test, profileFolder, coreClosed: () => closed, killCore: breakOff, end };
}

/** The program with its window open, and what its page sees. */
export async function desktop(options: TestDesktopOptions = {}): Promise<TestDesktop> {
  const launched = await launch(options);
  const [window] = stage.windows;
  if (window === undefined) throw new Error('There is no window.');
  await vi.waitFor(() => {
    if (!window.shown) throw new Error('The window is not shown yet.');
  });
  await import('#preload/index');
  speakFrom(window.webContents);
  return { ...launched, window, ivy: mainWorld.get('ivy') as IvyBridge };
}
