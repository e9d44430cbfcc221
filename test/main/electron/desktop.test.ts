import { statSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { Refusal } from '#contract/errors';
import { menuTemplate } from '#main/electron/menu';
import { readLaunchRequest } from '#main/electron/request';
import { desktop, launch } from '#test/support/desktop';
import { app, resetElectron, stage } from '#test/support/electron';

const roles = (development: boolean, platform: NodeJS.Platform = 'linux'): string =>
  JSON.stringify(menuTemplate({ platform, development }));

describe('starting', () => {
  it('keeps what the window keeps with the profile, for its person’s eyes alone', async () => {
    const { profileFolder } = await desktop();
    expect(stage.paths.get('userData')).toBe(join(profileFolder, 'window'));
    expect(statSync(join(profileFolder, 'window')).mode & 0o077).toBe(0);
  });

  it('a second time brings the window to the front', async () => {
    const { window } = await desktop();
    window.minimised = true;
    window.focused = false;
    app.emit('second-instance', {}, [], '/');
    expect(window).toMatchObject({ minimised: false, focused: true });
    expect(stage.windows).toHaveLength(1);
  });

  it('beside one that is running ends at once, without a window', async () => {
    resetElectron();
    const starting = launch({ prepare: () => { stage.hasLock = false; } });
    await starting;
    expect(stage).toMatchObject({ exitCode: 0, windows: [], errorBoxes: [] });
  });

  it('on a profile that another program has says so and ends', async () => {
    await launch({ openCore: () => Promise.reject(new Refusal('profile_in_use', 'Ivy is already running on this profile.')) });
    expect(stage.errorBoxes).toEqual([{ title: 'Ivy cannot start', content: 'Ivy is already running on this profile.' }]);
    expect(stage.exitCode).toBe(1);
    expect(stage.windows).toEqual([]);
  });
});

describe('ending', () => {
  it('closes the window, then the core, then the program', async () => {
    const { window, coreClosed } = await desktop();
    window.close();
    expect(stage.exitCode).toBeNull();
    expect(coreClosed()).toBe(true);
    await vi.waitFor(() => {
      expect(stage.exitCode).toBe(0);
    });
  });

  it('is the same when the process is asked to end', async () => {
    const { end, coreClosed } = await desktop();
    end.abort();
    await vi.waitFor(() => {
      expect(stage.exitCode).toBe(0);
    });
    expect(coreClosed()).toBe(true);
    expect(stage.windows).toEqual([]);
  });

  it('leaves the core open while a page still keeps its window', async () => {
    const { window, coreClosed } = await desktop();
    window.once('close', (event: { preventDefault(): void }) => {
      event.preventDefault();
    });
    app.quit();
    expect(coreClosed()).toBe(false);
    expect(stage.windows).toHaveLength(1);
  });

  it('on a Mac waits for the person, who may open the window again', async () => {
    const { window, coreClosed } = await desktop({ platform: 'darwin' });
    window.close();
    expect(coreClosed()).toBe(false);
    app.emit('activate', {}, false);
    expect(stage.windows).toHaveLength(1);
  });

  it('of the core by itself is told, and ends the program', async () => {
    const { killCore } = await desktop();
    killCore();
    await vi.waitFor(() => {
      expect(stage.exitCode).toBe(1);
    });
    expect(stage.errorBoxes[0]?.content).toMatch(/what was saved is safe/);
  });
});

describe('a page that dies', () => {
  it('is shown again if the person wants it', async () => {
    const { window } = await desktop();
    window.webContents.dies();
    await vi.waitFor(() => {
      expect(window.webContents.reloads).toBe(1);
    });
    expect(stage.dialogs).toMatchObject([{ kind: 'message', options: { buttons: ['Show it again', 'Quit'] } }]);
  });

  it('and dies again ends the program instead of dying for ever', async () => {
    const { window } = await desktop();
    window.webContents.dies();
    await vi.waitFor(() => {
      expect(window.webContents.reloads).toBe(1);
    });
    window.webContents.dies('oom');
    expect(stage.errorBoxes).toHaveLength(1);
    await vi.waitFor(() => {
      expect(stage.exitCode).toBe(0);
    });
    expect(window.webContents.reloads).toBe(1);
  });

  it('because it was closed is left alone', async () => {
    const { window } = await desktop();
    window.webContents.dies('clean-exit');
    expect(stage.dialogs).toEqual([]);
  });
});

describe('the menu', () => {
  it('has what every program has, and the developer’s tools only in development', async () => {
    await desktop();
    expect(JSON.stringify(stage.menu)).toBe(roles(false));
    for (const role of ['editMenu', 'windowMenu', 'zoomIn', 'togglefullscreen', 'quit']) expect(roles(false)).toContain(role);
    expect(roles(false)).not.toMatch(/reload|toggleDevTools/);
    expect(roles(true)).toMatch(/reload.*toggleDevTools/);
    expect(roles(false, 'darwin')).toMatch(/appMenu.*"close"/);
    const { window } = await desktop({ development: true });
    expect(window.options.webPreferences?.devTools).toBe(true);
  });
});

describe('the arguments', () => {
  it('name a profile, among those of Chromium and of the development tools', () => {
    expect(readLaunchRequest(['ivy'])).toEqual({ kind: 'window', profileFolder: null });
    expect(readLaunchRequest(['electron', '--no-sandbox', '.', '--profile', '/tmp/p', '--inspect=0'])).toEqual({ kind: 'window', profileFolder: '/tmp/p' });
    expect(readLaunchRequest(['ivy', '--profile=/tmp/p'])).toEqual({ kind: 'window', profileFolder: '/tmp/p' });
    expect(readLaunchRequest(['ivy', '--profile'])).toEqual({ kind: 'window', profileFolder: null });
  });

  it('ask for the command line', () => {
    expect(readLaunchRequest(['ivy', '--cli', 'call', 'platform.workspaces.status', '--profile', 'p'])).toEqual({
      kind: 'commandLine',
      args: ['call', 'platform.workspaces.status', '--profile', 'p'],
    });
  });

  it('make the packaged program the command line, without a window', async () => {
    resetElectron();
    const before = process.argv;
    const written: string[] = [];
    const stdout = vi.spyOn(process.stdout, 'write').mockImplementation(((text: string, done?: () => void) => {
      written.push(text);
      done?.();
      return true;
    }) as typeof process.stdout.write);
    process.argv = ['ivy', '--cli', 'entries'];
    try {
      await import('#main/index');
    } finally {
      process.argv = before;
      stdout.mockRestore();
    }
    expect(JSON.parse(written.join(''))).toContainEqual(expect.objectContaining({ name: 'platform.workspaces.status' }));
    expect(stage).toMatchObject({ exitCode: 0, windows: [], ready: false });
  });
});
