import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { FakeEvent, onlyAfter, onlyBefore, stage } from './stage';
import { WebContents } from './window';

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
export class Session extends EventEmitter {
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
