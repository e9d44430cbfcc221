import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from '@playwright/test';
import type { IvyBridge } from '#preload/bridge';
import { root } from '#test/support/built';

type WithBridge = Window & { readonly ivy: IvyBridge };
interface Stage {
  readonly required: string[];
  readonly messages: unknown[][];
  readonly tell: (event: unknown) => void;
}

// The built preload script, in a real browser. A sandboxed one gets a `require` that knows electron and little else, and so it does here;
// what stands behind that name is the page's own.
test('Electron’s preload script is one file that needs electron alone, and passes on what the page says', async ({ page }) => {
  const script = readFileSync(join(root, 'out', 'preload', 'index.cjs'), 'utf8');
  await page.setContent('<!doctype html><title>Page</title>');
  await page.evaluate(() => {
    const required: string[] = [];
    const messages: unknown[][] = [];
    const listeners: ((event: unknown, message: unknown) => void)[] = [];
    const electron = {
      contextBridge: { exposeInMainWorld: (name: string, api: unknown) => Object.assign(window, { [name]: api }) },
      ipcRenderer: {
        on: (_channel: string, listener: (event: unknown, message: unknown) => void) => listeners.push(listener),
        send: (...message: unknown[]) => messages.push(message),
        invoke(...message: unknown[]) {
          messages.push(structuredClone(message));
          const refused = message.includes('javascript:alert(1)');
          return Promise.resolve(refused ? { ok: false, error: { code: 'invalid_input', message: 'Ivy opens only https links.' } } : { ok: true, result: 'done' });
        },
      },
      webUtils: { getPathForFile: (file: File) => `/disk/${file.name}` },
    };
    const require = (name: string): unknown => {
      required.push(name);
      if (name !== 'electron') throw new Error(`module not found: ${name}`);
      return electron;
    };
    const tell = (event: unknown): void => {
      for (const listener of listeners) listener({}, event);
    };
    Object.assign(window, { stage: { required, messages, tell }, requireOfPreload: require });
  });
  await page.addScriptTag({ content: `((require, module, exports, process) => {${script}\n})(requireOfPreload, { exports: {} }, {}, undefined);` });

  const seen = await page.evaluate(async () => {
    const { ivy } = window as unknown as WithBridge;
    const { stage } = window as unknown as { stage: Stage };
    const heard: unknown[] = [];
    const stop = ivy.subscribe((event) => heard.push(event));
    stage.tell({ kind: 'reconnected' });
    stop();
    stage.tell({ kind: 'reconnected' });
    const answers = [
      await ivy.call(1, 'platform.workspaces.status', {}),
      await ivy.chooseFile({ title: 'Leads', extensions: ['csv'] }),
      await ivy.chooseFolder('Papers'),
      await ivy.addFile(new File([], 'leads.csv')),
      await ivy.saveDownload('id', 'name.csv'),
    ];
    ivy.cancel(1);
    await ivy.contact('email', 'ada@school.example');
    await ivy.openAttachment('attachment');
    const refused = await ivy.openLink('javascript:alert(1)').catch((error: unknown) => (error instanceof Error ? error.message : ''));
    return { heard, answers, refused, required: stage.required, messages: stage.messages };
  });
  expect(seen).toEqual({
    required: ['electron'],
    heard: [{ kind: 'reconnected' }],
    answers: [{ ok: true, result: 'done' }, 'done', 'done', 'done', 'done'],
    refused: 'Ivy opens only https links.',
    messages: [
      ['ivy:call', 1, 'platform.workspaces.status', {}],
      ['ivy:chooseFile', { title: 'Leads', extensions: ['csv'] }],
      ['ivy:chooseFolder', 'Papers'],
      ['ivy:addFile', '/disk/leads.csv'],
      ['ivy:saveDownload', 'id'],
      ['ivy:cancel', 1],
      ['ivy:contact', 'email', 'ada@school.example'],
      ['ivy:openAttachment', 'attachment'],
      ['ivy:openLink', 'javascript:alert(1)'],
    ],
  });
});
