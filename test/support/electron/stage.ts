import type * as Electron from 'electron';
import type { Notification as ShownNotification } from './notification';
import type { BrowserWindow as ShownWindow } from './window';

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
  /** What was shown in its folder. */
  readonly revealed: string[];
  /** Whether there is a program for what is opened. */
  opens: boolean;
  readonly errorBoxes: { readonly title: string; readonly content: string }[];
  readonly dialogs: { readonly kind: 'open' | 'save' | 'message'; readonly options: unknown }[];
  displays: { readonly id: number; readonly workArea: Electron.Rectangle }[];
  menu: Electron.MenuItemConstructorOptions[] | null;
  /** What the person does in the next dialogs. */
  chooses: { open: string | null; save: string | null; button: number };
  /** What the system shows, and whether it does. */
  readonly notifications: ShownNotification[];
  notifies: 'yes' | 'no' | 'fails' | 'throws';
  readonly windows: ShownWindow[];
  readonly handlers: Map<string, (event: Electron.IpcMainInvokeEvent, ...args: unknown[]) => unknown>;
}

export const fresh = (): Stage => ({
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
  revealed: [],
  opens: true,
  errorBoxes: [],
  dialogs: [],
  displays: [{ id: 1, workArea: { x: 0, y: 0, width: 1_920, height: 1_040 } }],
  menu: null,
  chooses: { open: null, save: null, button: 0 },
  notifications: [],
  notifies: 'yes',
  windows: [],
  handlers: new Map(),
});

export const stage: Stage = fresh();

/** An event whose default can be prevented. */
export class FakeEvent {
  defaultPrevented = false;
  preventDefault(): void {
    this.defaultPrevented = true;
  }
}

/** An event that carries details. */
export function event<Details extends object>(details: Details): FakeEvent & Details {
  return Object.assign(new FakeEvent(), details);
}

export const onlyBefore = (what: string): void => {
  if (stage.ready) throw new Error(`${what} must be called before the app is ready.`);
};
export const onlyAfter = (what: string): void => {
  if (!stage.ready) throw new Error(`${what} cannot be used before the app is ready.`);
};
