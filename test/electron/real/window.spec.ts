import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { _electron, type ElectronApplication, expect, type Page, test } from '@playwright/test';
import { electronBinary, hasDisplay } from '#scripts/electron';
import type { IvyBridge } from '#preload/bridge';
import { root, whyNotBuilt } from '#test/support/built';

type WithBridge = Window & { readonly ivy: IvyBridge };

const binary = electronBinary(join(root, 'node_modules', 'electron'));

/** Why no window can be shown here, or null where it can. */
function whyNot(): string | null {
  if (binary === null) return 'Electron’s binary is not here; "npx install-electron" downloads it';
  if (!hasDisplay()) return 'there is no screen to show a window on';
  return whyNotBuilt();
}

const reason = whyNot();
if (reason !== null && process.env.IVY_ELECTRON === 'required') throw new Error(`The real window cannot be tested: ${reason}`);

interface Shown {
  readonly electron: ElectronApplication;
  readonly page: Page;
  readonly profile: string;
}

const shown: { electron: ElectronApplication; profile: string }[] = [];

async function show(profile = mkdtempSync(join(tmpdir(), 'ivy-electron-'))): Promise<Shown> {
  const asRoot = process.platform === 'linux' && process.getuid?.() === 0;
  const electron = await _electron.launch({
    executablePath: binary ?? '',
    args: [root, '--profile', profile, ...(asRoot ? ['--no-sandbox'] : [])],
  });
  shown.push({ electron, profile });
  const page = await electron.firstWindow();
  await page.waitForLoadState();
  return { electron, page, profile };
}

test.describe(`the real window${reason === null ? '' : ` (skipped: ${reason})`}`, () => {
  test.skip(reason !== null, reason ?? '');

  test.afterEach(async () => {
    for (const { electron, profile } of shown.splice(0)) {
      await electron.close().catch(() => undefined);
      rmSync(profile, { recursive: true, force: true });
    }
  });

  test('shows the app under an origin of its own, with its bridge and nothing of Node', async () => {
    const { page } = await show();
    expect(page.url()).toBe('ivy://app/');
    await expect(page).toHaveTitle('Ivy');
    const seen = await page.evaluate(() => ({
      door: (window as unknown as WithBridge).ivy.door,
      node: ['require', 'process', 'module', 'Buffer', 'electron'].filter((name) => name in window),
    }));
    expect(seen).toEqual({ door: 'electron', node: [] });
    const answer = await page.evaluate(() => (window as unknown as WithBridge).ivy.call(1, 'platform.workspaces.status', {}));
    expect(answer).toMatchObject({ ok: true, result: { state: 'missing' } });
  });

  test('keeps its page inside: no navigation, no window, no network', async () => {
    const { electron, page } = await show();
    const tried = await page.evaluate(async () => {
      const opened = window.open('https://attacker.example/');
      const fetched = await fetch('https://attacker.example/').then(
        () => 'reached',
        () => 'refused',
      );
      location.href = 'https://attacker.example/';
      await new Promise((done) => setTimeout(done, 500));
      return { opened: opened === null, fetched };
    });
    expect(tried).toEqual({ opened: true, fetched: 'refused' });
    expect(page.url()).toBe('ivy://app/');
    expect(electron.windows()).toHaveLength(1);
  });

  test('hears what it changes itself', async () => {
    const { page } = await show();
    const kinds = await page.evaluate(async () => {
      const { ivy } = window as unknown as WithBridge;
      const heard: string[] = [];
      ivy.subscribe(({ kind }) => heard.push(kind));
      const passPhrase = 'four ordinary words';
      await ivy.call(1, 'platform.workspaces.create', { name: 'Ada', email: 'ada@school.example', passPhrase, workspace: 'both' });
      await ivy.call(2, 'platform.users.create', { name: 'Grace', email: 'grace@school.example', role: 'staff', passPhrase });
      await new Promise((done) => setTimeout(done, 500));
      return heard;
    });
    expect(kinds).toContain('changed');
  });

  test('gives its profile free when its window closes', async () => {
    const { electron, profile } = await show();
    const ended = new Promise((done) => electron.process().once('exit', done));
    await electron.evaluate(({ BrowserWindow }) => {
      for (const window of BrowserWindow.getAllWindows()) window.close();
    });
    expect(await ended).toBe(0);
    const call = spawnSync(process.execPath, [join(root, 'out', 'main', 'cli.js'), '--profile', profile, 'call', 'platform.workspaces.status']);
    expect(call.status).toBe(0);
  });
});
