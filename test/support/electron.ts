// A double of `electron`, for whatever of it this program uses. Its shapes are checked against the installed package's own types, so a
// call that the real one would not take does not pass here either; its behaviour follows the package's documentation, in particular
// what may only be done before it is ready, what a message loses on its way, and the order of events when the program ends.
import { app, resetReadiness } from './electron/app';
import { ipcMain, silence } from './electron/ipc';
import { Session, session } from './electron/session';
import { fresh, stage } from './electron/stage';
import { nativeTheme } from './electron/window';

export { app, electronIsReady } from './electron/app';
export { contextBridge, DroppedFile, ipcMain, ipcRenderer, mainWorld, speakFrom, webUtils } from './electron/ipc';
export { Notification } from './electron/notification';
export { protocol, session } from './electron/session';
export { stage } from './electron/stage';
export { BrowserWindow, dialog, frame, Menu, nativeTheme, screen, shell } from './electron/window';

/** Puts everything back to before the program was started. */
export function resetElectron(): void {
  Object.assign(stage, fresh());
  app.removeAllListeners();
  ipcMain.removeAllListeners();
  nativeTheme.removeAllListeners();
  session.defaultSession = new Session();
  silence();
  resetReadiness();
}
