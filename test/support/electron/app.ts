import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { FakeEvent, onlyBefore, stage } from './stage';

let becomeReady: () => void = () => undefined;
let readiness: Promise<void>;

/** Before anything has started. */
export function resetReadiness(): void {
  readiness = new Promise((ready) => {
    becomeReady = ready;
  });
}
resetReadiness();

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

/** Electron has started up. */
export async function electronIsReady(): Promise<void> {
  stage.ready = true;
  becomeReady();
  app.emit('ready');
  await readiness;
}

Object.defineProperty(app, 'isPackaged', { get: () => stage.packaged });
