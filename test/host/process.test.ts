import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { serveHost } from '#main/host/serveHost';
import { passPhrase, temporaryFolder } from '#test/support/app';
import { testBrowser, type TestBrowser } from '#test/support/browser';
import { root, whyNotBuilt, whyNotInstalled } from '#test/support/built';
import { isAlive, run, runBuilt, type Running, systemNode } from '#test/support/processes';

const notBuilt = whyNotBuilt();
const notInstalled = notBuilt ?? whyNotInstalled();
const because = (reason: string | null): string => (reason === null ? '' : ` (skipped: ${reason})`);
const link = /^Open (http:\/\/127\.0\.0\.1:(\d+)\/\?t=[\w-]{43})\n$/;
const password = { environment: { IVY_PASSWORD: passPhrase } };

async function letIn(running: Running): Promise<{ browser: TestBrowser; port: number }> {
  const [, url = '', port = ''] = await running.said(link);
  const browser = testBrowser(Number(port));
  const { pathname, search } = new URL(url);
  expect((await browser.get(pathname + search)).status).toBe(303);
  return { browser, port: Number(port) };
}

const owner = { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase, workspace: 'both' };

/** The processes that were started with this folder among their arguments. */
function processesOf(folder: string): readonly number[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((id) => {
      try {
        return readFileSync(`/proc/${id}/cmdline`, 'utf8').includes(folder);
      } catch {
        return false;
      }
    })
    .map(Number);
}

describe.skipIf(notBuilt !== null)(`the built host${because(notBuilt)}`, () => {
  const host = (profile: string, ...args: string[]): Running => runBuilt('host', ['--profile', profile, '--no-open', ...args]);

  it('prints one line, serves, and ends at a signal with nothing left', async () => {
    const profile = temporaryFolder();
    for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
      const running = host(profile);
      const { browser, port } = await letIn(running);
      expect((await browser.get('/')).text).toContain('/bridge.js');
      expect(await browser.result('platform.workspaces.status')).toMatchObject({ state: 'missing' });
      await browser.listen();
      const since = performance.now();
      running.child.kill(signal);
      expect(await running.ended).toEqual({ code: 0, signal: null });
      expect(performance.now() - since).toBeLessThan(3_000);
      expect(running.stdout()).toMatch(link);
      expect(running.stderr()).toBe('');
      await expect(browser.get('/')).rejects.toThrow(/ECONNREFUSED/);
      expect(port).toBeGreaterThan(0);
    }
    expect(readdirSync(profile)).not.toContain('ivy.sock');
  });

  it('keeps everything it writes from other people of this machine', async () => {
    const profile = join(temporaryFolder(), 'new');
    const running = host(profile);
    const { browser } = await letIn(running);
    await browser.result('platform.workspaces.create', owner);
    await browser.send('/uploads?name=a.csv', { body: 'a' });
    for (const path of [profile, ...readdirSync(profile).map((name) => join(profile, name))]) expect(statSync(path).mode & 0o077, path).toBe(0);
    running.child.kill('SIGINT');
    await running.ended;
  });

  it('refuses a profile that another one has, in one clear line', async () => {
    const profile = temporaryFolder();
    await host(profile).said(link);
    const second = host(profile);
    expect((await second.ended).code).toBe(1);
    expect(second.stdout()).toBe('');
    expect(second.stderr()).toMatch(/^Ivy is already running on this profile\. .*\n$/);
  });

  it('says when its port is taken, and when an argument makes no sense', async () => {
    const other = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void other.close());
    await new Promise((listening) => other.once('listening', listening));
    const taken = host(temporaryFolder(), '--port', String((other.address() as AddressInfo).port));
    expect((await taken.ended).code).toBe(1);
    expect(taken.stderr()).toMatch(/^Port \d+ is taken by another program\. .*\n$/);
    for (const args of [['--port', 'many'], ['--port', '70000'], ['--port', ''], ['--colour', 'red']]) {
      const wrong = host(temporaryFolder(), ...args);
      expect((await wrong.ended).code, args.join(' ')).toBe(2);
      expect(wrong.stderr()).not.toMatch(/\n\s+at /);
    }
  });

  it('gives the profile back where it cannot listen to the command line', async () => {
    const profile = temporaryFolder();
    mkdirSync(join(profile, 'ivy.sock', 'in-the-way'), { recursive: true });
    expect((await host(profile).ended).code).toBe(1);
    rmSync(join(profile, 'ivy.sock'), { recursive: true });
    await host(profile).said(link);
  });

  it('lets the command line speak to its core, which tells the browser what changed', async () => {
    const profile = temporaryFolder();
    const { browser } = await letIn(host(profile));
    await browser.result('platform.workspaces.create', owner);
    const stream = await browser.listen();
    const input = JSON.stringify({ name: 'Grace', email: 'grace@school.example', role: 'staff', passPhrase });
    const call = runBuilt('cli', ['--profile', profile, '--user', 'ada@school.example', 'call', 'platform.users.create', input], password);
    expect((await call.ended).code).toBe(0);
    await stream.until((event) => event.kind === 'changed' && event.changes.some(({ topic }) => topic === 'users'));
  });

  it('starts again after it was killed, with all that was saved', async () => {
    const profile = temporaryFolder();
    const first = host(profile);
    await (await letIn(first)).browser.result('platform.workspaces.create', owner);
    first.child.kill('SIGKILL');
    await first.ended;
    const { browser } = await letIn(host(profile));
    expect(await browser.result('platform.sessions.signIn', { passPhrase })).toMatchObject({ user: { email: 'ada@school.example' } });
  });

  it('waits for a command line that is about to be done with the profile', async () => {
    const profile = temporaryFolder();
    const command = runBuilt('cli', ['--profile', profile, 'call', 'platform.workspaces.status', '--lines'], { input: 'pipe' });
    command.child.stdin?.write('{}\n');
    await command.said(/missing/);
    const running = host(profile);
    setTimeout(() => command.child.stdin?.end(), 400);
    await running.said(link);
  });

  it('prints a fresh link when somebody presses Enter at its terminal', async ({ skip }) => {
    if (!existsSync('/usr/bin/script') || process.platform !== 'linux') skip('it takes the script command of Linux to make a terminal');
    // A shell that waited for the host would itself end at Ctrl-C, with a code of its own.
    const command = `exec ${process.execPath} ${join(root, 'out', 'main', 'host.js')} --no-open --profile ${temporaryFolder()}`;
    const terminal = run('script', ['-qec', command, '/dev/null'], { input: 'pipe' });
    const [, first] = await terminal.said(/Open (http:\S+)/);
    await terminal.said(/Press Enter/);
    terminal.child.stdin?.write('\n');
    const [, again, second] = await terminal.said(/Open (http:\S+)[^]*Open (http:\S+)/);
    expect(again).toBe(first);
    expect(second).not.toBe(first);
    terminal.child.stdin?.write('\u0003');
    expect((await terminal.ended).code).toBe(0);
  });

  it('is what "ivy serve" serves', async () => {
    const running = runBuilt('cli', ['--profile', temporaryFolder(), 'serve', '--no-open']);
    const { browser } = await letIn(running);
    expect((await browser.get('/')).status).toBe(200);
    running.child.kill('SIGINT');
    expect((await running.ended).code).toBe(0);
    expect(running.stdout()).toMatch(link);
  });
});

describe('a core that goes away by itself', () => {
  it('ends its host, which says so', async () => {
    const folder = temporaryFolder();
    // A core that is ready and then dies.
    writeFileSync(
      join(folder, 'core.js'),
      `const { parentPort } = require('node:worker_threads'); parentPort.postMessage({ kind: 'ready' }); setTimeout(() => process.exit(1), 200);`,
    );
    const printed = vi.spyOn(process.stdout, 'write').mockReturnValue(true);
    onTestFinished(() => {
      printed.mockRestore();
    });
    const served = serveHost({
      profileFolder: join(folder, 'profile'),
      mainFolder: pathToFileURL(join(folder, '/')),
      port: 0,
      openBrowser: false,
      until: new AbortController().signal,
    });
    await expect(served).rejects.toMatchObject({ code: 'unavailable', message: expect.stringMatching(/ended by itself/) as string });
    expect(printed).toHaveBeenCalledTimes(1);
  });
});

describe.skipIf(notInstalled !== null)(`the start script${because(notInstalled)}`, () => {
  const start = (profile: string, ...args: string[]): Running =>
    run(systemNode(), [join(root, 'scripts', 'start.mjs'), '--profile', profile, '--no-open', ...args]);

  it('serves within three seconds, and ends with everything gone', async () => {
    const profile = join(temporaryFolder(), 'a-profile-of-its-own');
    // The first one may have to build.
    const first = start(profile, '--host');
    await first.said(link);
    for (const [running, signal] of [[first, 'SIGTERM'], [null, 'SIGINT']] as const) {
      const since = performance.now();
      const started = running ?? start(profile, '--host');
      const { browser } = await letIn(started);
      expect(performance.now() - since).toBeLessThan(3_000);
      expect(await browser.result('platform.workspaces.status')).toMatchObject({ state: 'missing' });
      started.child.kill(signal);
      expect((await started.ended).code).toBe(0);
      await expect(browser.get('/')).rejects.toThrow(/ECONNREFUSED/);
      if (process.platform === 'linux') expect(processesOf(profile)).toEqual([]);
    }
  });

  it('leaves no host behind, even when it is killed without a word', async ({ skip }) => {
    if (process.platform !== 'linux') skip('it looks into /proc');
    const profile = join(temporaryFolder(), 'a-profile-of-its-own');
    const running = start(profile, '--host');
    await running.said(link);
    const [host] = processesOf(profile).filter((id) => id !== running.child.pid);
    expect(isAlive(host ?? 0)).toBe(true);
    running.child.kill('SIGKILL');
    await vi.waitFor(
      () => {
        expect(isAlive(host ?? 0)).toBe(false);
      },
      { timeout: 3_000 },
    );
  });

  it('serves to the browser where there is no screen, and says so, without trying to get Electron', async ({ skip }) => {
    if (process.platform !== 'linux') skip('elsewhere there is always a screen');
    const running = start(temporaryFolder());
    await running.said(link);
    expect(running.stderr()).toMatch(/There is no screen here, so Ivy opens in the browser instead\.\n$/);
    running.child.kill('SIGINT');
    expect((await running.ended).code).toBe(0);
  });

  /** A stand-in for Electron's binary: a shell script, on a machine that says it has a screen. */
  const startWith = (script: string, ...args: string[]): Running => {
    const folder = temporaryFolder();
    writeFileSync(join(folder, 'electron'), `#!/bin/sh\n${script}\n`);
    chmodSync(join(folder, 'electron'), 0o755);
    const environment = { DISPLAY: ':99', ELECTRON_OVERRIDE_DIST_PATH: folder, ELECTRON_RUN_AS_NODE: '1' };
    return run(systemNode(), [join(root, 'scripts', 'start.mjs'), '--no-open', ...args], { environment });
  };

  it('shows the window where Electron and a screen are there, as what it is and not as a mere Node', async ({ skip }) => {
    if (process.platform !== 'linux') skip('the stand-in for Electron is a shell script');
    const running = startWith('echo "$@"; echo "node: $ELECTRON_RUN_AS_NODE"; exit 7', '--profile', '/some/where');
    expect((await running.ended).code).toBe(7);
    expect(running.stdout().split('\n')[0]?.replace(' --no-sandbox', '')).toBe(`${root} --profile /some/where`);
    expect(running.stdout()).toMatch(/^node: $/m);
  });

  it('passes a signal on to the window, and waits for its end', async ({ skip }) => {
    if (process.platform !== 'linux') skip('the stand-in for Electron is a shell script');
    const running = startWith('trap "echo closing; exit 0" TERM; echo shown; while :; do sleep 0.05; done');
    await running.said(/shown/);
    running.child.kill('SIGTERM');
    expect((await running.ended).code).toBe(0);
    expect(running.stdout()).toMatch(/closing/);
  });

  it('serves to the browser where Electron dies as soon as it is started', async ({ skip }) => {
    if (process.platform !== 'linux') skip('the stand-in for Electron is a shell script');
    const running = startWith('kill -TRAP $$', '--profile', temporaryFolder());
    await running.said(link);
    expect(running.stderr()).toMatch(/Electron cannot run on this machine, so Ivy opens in the browser instead\.\n$/);
    running.child.kill('SIGTERM');
    await running.ended;
  });

  it('passes on that the profile is taken, and that an argument makes no sense', async () => {
    const profile = temporaryFolder();
    await start(profile, '--host').said(link);
    const second = start(profile, '--host');
    expect((await second.ended).code).toBe(1);
    expect(second.stderr()).toMatch(/already running on this profile/);
    const wrong = start(profile, '--colour');
    expect((await wrong.ended).code).toBe(2);
    expect(wrong.stderr()).toMatch(/Usage: npm start/);
  });
});
