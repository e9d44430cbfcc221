import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { type HostServer, startHostServer } from '#main/host/server';
import type { UploadOptions } from '#main/host/uploads';
import { passPhrase, temporaryFolder, type TestApp, workspaceApp } from './app';
import { testBrowser, type TestBrowser } from './browser';
import { memoryClient } from './coreClient';

export const page = '<!doctype html><html><head><meta property="csp-nonce" nonce="__NONCE__"><title>Ivy</title></head><body></body></html>';

/** A built window, in so far as a door can tell. */
export function rendererFolder(): string {
  const folder = join(temporaryFolder(), 'renderer');
  mkdirSync(join(folder, 'assets'), { recursive: true });
  writeFileSync(join(folder, 'index.html'), page.replace('<title>', '<script type="module" src="/assets/index-abc123.js"></script><title>'));
  writeFileSync(join(folder, 'bridge.js'), 'export {};');
  writeFileSync(join(folder, 'assets', 'index-abc123.js'), 'export {};');
  writeFileSync(join(folder, '..', 'secret.js'), 'Nobody may read this.');
  return folder;
}

export interface TestHost {
  readonly test: TestApp;
  readonly server: HostServer;
  readonly port: number;
  readonly uploadsFolder: string;
  /** A browser that was not let in. */
  outside(): TestBrowser;
  /** A browser that was let in by a fresh link, and is signed in as the owner or not. */
  browser(options?: { readonly signedIn?: boolean | string }): Promise<TestBrowser>;
}

export interface TestHostOptions {
  readonly uploads?: Partial<UploadOptions>;
  readonly heartbeatMilliseconds?: number;
}

/** A host of this process around an app in memory, with a workspace and its owner. */
export async function testHost(options: TestHostOptions = {}): Promise<TestHost> {
  const test = await workspaceApp();
  const { client } = memoryClient(test.app);
  const uploadsFolder = join(test.folder, 'uploads');
  const server = await startHostServer({
    client,
    port: 0,
    rendererFolder: rendererFolder(),
    uploads: { folder: uploadsFolder, ...options.uploads },
    ...(options.heartbeatMilliseconds === undefined ? {} : { heartbeatMilliseconds: options.heartbeatMilliseconds }),
  });
  onTestFinished(() => server.close());
  const { port } = server;
  return {
    test,
    server,
    port,
    uploadsFolder,
    outside: () => testBrowser(port),
    async browser({ signedIn = false } = {}) {
      const browser = testBrowser(port);
      await browser.get(new URL(server.freshLink()).search.replace(/^/, '/'));
      if (signedIn !== false) {
        const email = signedIn === true ? 'ada@school.example' : signedIn;
        await browser.result('platform.sessions.signIn', { email, passPhrase });
      }
      return browser;
    },
  };
}
