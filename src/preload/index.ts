import { contextBridge, ipcRenderer, type IpcRendererEvent, webUtils } from 'electron';
import type { Answer, ServerEvent } from '#contract/answer';
import { type ChosenFile, createBridge, type Transport } from './bridge';
import { channels } from './channels';

// The bridge in Electron's window: sandboxed, and all it can do is pass these few messages.

const listeners = new Set<(event: ServerEvent) => void>();
ipcRenderer.on(channels.event, (_event: IpcRendererEvent, event: ServerEvent) => {
  for (const listener of listeners) listener(event);
});

/** Asks the main process for something that is no call of an entry. An error loses all but its message on the way to the page. */
async function ask(channel: string, ...args: readonly unknown[]): Promise<unknown> {
  const answer = (await ipcRenderer.invoke(channel, ...args)) as Answer;
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.result;
}

const transport: Transport = {
  call: (id, entry, input) => ipcRenderer.invoke(channels.call, id, entry, input) as Promise<Answer>,
  cancel(id) {
    ipcRenderer.send(channels.cancel, id);
  },
  subscribe(listener) {
    listeners.add(listener);
    return () => {
      listeners.delete(listener);
    };
  },
  chooseFile: (options) => ask(channels.chooseFile, options) as Promise<ChosenFile | null>,
  chooseFolder: (title) => ask(channels.chooseFolder, title) as Promise<ChosenFile | null>,
  // Only a file that a person dropped or chose has a path; one that a script made up has none.
  addFile: (file) => ask(channels.addFile, webUtils.getPathForFile(file)) as Promise<ChosenFile>,
  saveDownload: (downloadId) => ask(channels.saveDownload, downloadId) as Promise<boolean>,
  async contact(channel, address) {
    await ask(channels.contact, channel, address);
  },
  async openLink(link) {
    await ask(channels.openLink, link);
  },
  async openAttachment(attachmentId) {
    await ask(channels.openAttachment, attachmentId);
  },
};

contextBridge.exposeInMainWorld('ivy', createBridge('electron', transport));
