import type { Answer, ServerEvent } from '#contract/answer';
import { contactLink, webLink } from '#contract/links';
import { type ChosenFile, createBridge, type Transport } from './bridge';

// The bridge in a browser tab: the host's page loads it before the app's own script.

/** A tab that nobody looks at gives its event stream back after this: a browser grants a site six connections in all. */
const hiddenMilliseconds = 10_000;
const firstRetryMilliseconds = 1_000;
const longestRetryMilliseconds = 15_000;

const tab = crypto.randomUUID();
const headers = { 'x-ivy': '1', 'x-ivy-tab': tab };
const calls = new Map<number, AbortController>();

const outOfTouch = 'Ivy cannot be reached. See whether it still runs, start it again if not, and open its new link.';

/** What the host says to a request; that it says nothing is an answer too. */
async function ask(path: string, init: RequestInit): Promise<Answer> {
  try {
    const response = await fetch(path, { ...init, method: 'POST' });
    return (await response.json()) as Answer;
  } catch {
    if (init.signal?.aborted === true) return { ok: false, error: { code: 'cancelled', message: 'This was cancelled.' } };
    return { ok: false, error: { code: 'unavailable', message: outOfTouch } };
  }
}

/** One stream for all who listen in this tab. */
function createEventStream(): (listener: (event: ServerEvent) => void) => () => void {
  const listeners = new Set<(event: ServerEvent) => void>();
  let source: EventSource | null = null;
  let retry: number | undefined;
  let hide: number | undefined;
  let delay = firstRetryMilliseconds;
  let missed = false;

  const tell = (event: ServerEvent): void => {
    for (const listener of listeners) listener(event);
  };
  const close = (): void => {
    clearTimeout(retry);
    source?.close();
    if (source !== null) missed = true;
    source = null;
  };
  const open = (): void => {
    if (source !== null || listeners.size === 0) return;
    const opened = new EventSource(`/events?tab=${tab}`);
    source = opened;
    opened.onopen = () => {
      delay = firstRetryMilliseconds;
      if (missed) tell({ kind: 'reconnected' });
      missed = false;
    };
    opened.onmessage = (message: MessageEvent<string>) => {
      tell(JSON.parse(message.data) as ServerEvent);
    };
    opened.onerror = () => {
      missed = true;
      // A connection that broke is tried again by the browser; one that was refused only by us.
      if (opened.readyState !== EventSource.CLOSED) return;
      close();
      retry = window.setTimeout(open, delay);
      delay = Math.min(longestRetryMilliseconds, delay * 2);
    };
  };
  const followVisibility = (): void => {
    clearTimeout(hide);
    if (document.visibilityState === 'hidden') hide = window.setTimeout(close, hiddenMilliseconds);
    else open();
  };
  document.addEventListener('visibilitychange', followVisibility);
  return (listener) => {
    listeners.add(listener);
    open();
    followVisibility();
    return () => {
      listeners.delete(listener);
      if (listeners.size > 0) return;
      close();
      missed = false;
    };
  };
}

async function upload(file: File): Promise<ChosenFile> {
  const answer = await ask(`/uploads?name=${encodeURIComponent(file.name)}`, {
    headers: { ...headers, 'content-type': 'application/octet-stream' },
    body: file,
  });
  if (!answer.ok) throw new Error(answer.error.message);
  return answer.result as ChosenFile;
}

/** Lets the person choose one file; null where they close the dialog. */
function pickFile(extensions: readonly string[]): Promise<File | null> {
  const input = document.createElement('input');
  input.type = 'file';
  input.accept = extensions.map((extension) => `.${extension}`).join(',');
  input.hidden = true;
  document.body.append(input);
  return new Promise<File | null>((chosen) => {
    input.addEventListener('change', () => { chosen(input.files?.[0] ?? null); });
    input.addEventListener('cancel', () => { chosen(null); });
    input.click();
  }).finally(() => {
    input.remove();
  });
}

function follow(href: string, download?: string): void {
  const anchor = document.createElement('a');
  anchor.href = href;
  if (download !== undefined) anchor.download = download;
  anchor.hidden = true;
  document.body.append(anchor);
  anchor.click();
  anchor.remove();
}

const transport: Transport = {
  async call(id, entry, input) {
    const abort = new AbortController();
    calls.set(id, abort);
    try {
      return await ask(`/rpc/${encodeURIComponent(entry)}`, {
        headers: { ...headers, 'content-type': 'application/json' },
        body: JSON.stringify(input ?? {}),
        signal: abort.signal,
      });
    } finally {
      calls.delete(id);
    }
  },
  cancel(id) {
    calls.get(id)?.abort();
  },
  subscribe: createEventStream(),
  async chooseFile({ extensions }) {
    const file = await pickFile(extensions);
    return file === null ? null : upload(file);
  },
  chooseFolder: () => Promise.reject(new Error('A browser tab cannot refer to a folder. Attach a link here, or the folder in Ivy’s own window.')),
  addFile: upload,
  async saveDownload(downloadId, name) {
    const path = `/files/${encodeURIComponent(downloadId)}`;
    // Asked first, so that a download which is no longer there is told here and not in the browser's list.
    const found = await fetch(path, { method: 'HEAD' }).then(({ ok }) => ok).catch(() => null);
    if (found === null) throw new Error(outOfTouch);
    if (!found) throw new Error('That download is no longer at hand. Make it again.');
    follow(path, name);
    return true;
  },
  contact(channel, address) {
    const link = contactLink(channel, address);
    if (link === null) return Promise.reject(new Error('That is not an address that can be opened. Correct it first.'));
    follow(link);
    return Promise.resolve();
  },
  openLink(link) {
    const checked = webLink(link);
    if (checked === null) return Promise.reject(new Error('Ivy opens only https links.'));
    window.open(checked, '_blank', 'noopener,noreferrer');
    return Promise.resolve();
  },
  openAttachment: () => Promise.reject(new Error('A browser tab cannot open files of this machine. Open the lead in Ivy’s own window.')),
};

Object.defineProperty(window, 'ivy', { value: Object.freeze(createBridge('web', transport)) });
