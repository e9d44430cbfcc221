import type { Answer, ServerEvent } from '#contract/answer';

/** A file that a person chose; its path stays with the door. */
export interface ChosenFile {
  readonly fileId: string;
  readonly name: string;
  readonly bytes: number;
}

/** What a door must be able to do for the window; one for Electron, one for HTTP. */
export interface Transport {
  call(id: number, entry: string, input: unknown): Promise<Answer>;
  cancel(id: number): void;
  /** Listens until the returned function is called. */
  subscribe(listener: (event: ServerEvent) => void): () => void;
  /** Lets the person choose a file, of any kind where no extension is named; null where they chose none. */
  chooseFile(options: { readonly title: string; readonly extensions: readonly string[] }): Promise<ChosenFile | null>;
  /** Lets the person choose a folder to refer to; null where they chose none. A browser tab cannot. */
  chooseFolder(title: string): Promise<ChosenFile | null>;
  /** Takes a file that was dropped on the window. */
  addFile(file: File): Promise<ChosenFile>;
  /** Lets the person save a result; false where they thought better of it. */
  saveDownload(downloadId: string, name: string): Promise<boolean>;
  /** Opens the mail program or the telephone for one address. */
  contact(channel: 'email' | 'phone', address: string): Promise<void>;
  /** Opens a page in the person's browser; only https. */
  openLink(url: string): Promise<void>;
  /** Opens the file or folder of an attachment in its own program. A browser tab cannot. */
  openAttachment(attachmentId: string): Promise<void>;
}

/** All that the renderer sees of the world outside it: `window.ivy`. */
export interface IvyBridge extends Transport {
  readonly door: 'electron' | 'web';
}

declare global {
  // Only an interface can be merged into the global one.
  interface Window {
    readonly ivy: IvyBridge;
  }
}

/** The bridge over a transport. The source is one for every door. */
export function createBridge(door: IvyBridge['door'], transport: Transport): IvyBridge {
  return {
    door,
    call: (id, entry, input) => transport.call(id, entry, input),
    cancel: (id) => {
      transport.cancel(id);
    },
    subscribe: (listener) => transport.subscribe(listener),
    chooseFile: (options) => transport.chooseFile(options),
    chooseFolder: (title) => transport.chooseFolder(title),
    addFile: (file) => transport.addFile(file),
    saveDownload: (downloadId, name) => transport.saveDownload(downloadId, name),
    contact: (channel, address) => transport.contact(channel, address),
    openLink: (url) => transport.openLink(url),
    openAttachment: (attachmentId) => transport.openAttachment(attachmentId),
  };
}
