import { execFile } from 'node:child_process';
import { chmodSync, existsSync, lstatSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { FuseV1Options, getCurrentFuseWire } from '@electron/fuses';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { root, whyNotBuilt } from '#test/support/built';

// The packager's own reader of archives; it comes with it.
const asar = createRequire(join(root, 'node_modules', 'app-builder-lib', 'package.json'))('@electron/asar') as {
  listPackage(archive: string, options: { isPack: boolean }): string[];
  extractFile(archive: string, file: string): Buffer;
  extractAll(archive: string, folder: string): void;
  createPackage(folder: string, archive: string): Promise<void>;
};
const notBuilt = whyNotBuilt();
/** How a fuse that is on is written into the binary. */
const on = '1'.charCodeAt(0);
const target = `linux-${process.arch}`;
const work = join(tmpdir(), `ivy-packaging-${String(process.pid)}`);
const unpacked = join(work, 'dist', process.arch === 'x64' ? 'linux-unpacked' : `linux-${process.arch}-unpacked`);
const archive = join(unpacked, 'resources', 'app.asar');

/** As much of Electron as the packager looks at: a binary with eight fuses, and an archive to be replaced. */
async function fakeElectron(): Promise<string> {
  const folder = join(work, 'electron');
  mkdirSync(join(folder, 'resources'), { recursive: true });
  mkdirSync(join(folder, 'locales'));
  mkdirSync(join(work, 'default'));
  const wire = Buffer.concat([Buffer.from('dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'), Buffer.from([1, 8]), Buffer.from('10110001')]);
  writeFileSync(join(folder, 'electron'), Buffer.concat([Buffer.from('not really Electron '), wire, Buffer.from(' the end')]));
  chmodSync(join(folder, 'electron'), 0o755);
  for (const name of ['LICENSE', 'LICENSES.chromium.html', 'version', 'locales/en-US.pak']) writeFileSync(join(folder, name), name);
  writeFileSync(join(work, 'default', 'package.json'), '{}');
  await asar.createPackage(join(work, 'default'), join(folder, 'resources', 'default_app.asar'));
  return folder;
}

describe.skipIf(notBuilt !== null)(`the package${notBuilt === null ? '' : ` (skipped: ${notBuilt})`}`, () => {
  let files: string[] = [];

  beforeAll(async () => {
    const electronDist = await fakeElectron();
    // In a process of its own: the packager reads and changes the environment.
    const script = `const { build, Platform } = require('electron-builder');
      build({ projectDir: ${JSON.stringify(root)}, targets: Platform.LINUX.createTarget('dir'), publish: 'never',
        config: { electronDist: ${JSON.stringify(electronDist)}, directories: { output: ${JSON.stringify(join(work, 'dist'))} } } })
        .catch((error) => { console.error(error); process.exitCode = 1; });`;
    await promisify(execFile)(process.execPath, ['-e', script], { cwd: root, maxBuffer: 16 * 1_024 * 1_024 });
    files = asar.listPackage(archive, { isPack: false }).map((file) => file.replaceAll('\\', '/'));
  }, 120_000);

  afterAll(() => {
    rmSync(work, { recursive: true, force: true });
  });

  it('holds the program: every entry, the preload script and the window', () => {
    for (const entry of ['main/index.js', 'main/host.js', 'main/cli.js', 'main/core.js', 'main/worker.js', 'preload/index.cjs', 'renderer/index.html', 'renderer/bridge.js']) {
      expect(files).toContain(`/out/${entry}`);
    }
    expect(JSON.parse(asar.extractFile(archive, 'package.json').toString())).toMatchObject({ main: 'out/main/index.js', type: 'module' });
  });

  it('holds nothing that is not needed to run it', () => {
    const top = new Set(files.map((file) => file.split('/')[1]));
    expect([...top].sort()).toEqual(['LICENSE', 'node_modules', 'out', 'package.json']);
    expect(files.filter((file) => /\.map$|\.tsx?$|\/\.ivy-/.test(file))).toEqual([]);
    for (const tool of ['electron', 'vitest', 'typescript', 'react', 'vite', '@playwright']) expect(files).not.toContain(`/node_modules/${tool}`);
  });

  it('holds the database for its target alone, outside the archive where the system can load it', () => {
    const natives = files.filter((file) => file.endsWith('.node'));
    expect(natives.filter((file) => file.includes('better-sqlite3'))).toEqual([`/node_modules/better-sqlite3/prebuilds/${target}.node`]);
    for (const native of natives) expect(existsSync(join(`${archive}.unpacked`, native)), native).toBe(true);
    expect(files.some((file) => file.startsWith('/node_modules/better-sqlite3/deps'))).toBe(false);
  });

  it('can do nothing but be Ivy: its fuses are set', async () => {
    const wire = await getCurrentFuseWire(join(unpacked, 'ivy'));
    const fuses = Object.fromEntries(Object.entries(wire).map(([fuse, state]) => [FuseV1Options[Number(fuse)] ?? fuse, Number(state) === on]));
    expect(fuses).toMatchObject({
      RunAsNode: false,
      EnableCookieEncryption: true,
      EnableNodeOptionsEnvironmentVariable: false,
      EnableNodeCliInspectArguments: false,
      EnableEmbeddedAsarIntegrityValidation: true,
      OnlyLoadAppFromAsar: true,
      GrantFileProtocolExtraPrivileges: false,
    });
  });

  it('runs from what it holds', async ({ skip }) => {
    // The packager asks npm what belongs to the program, and npm does not look behind a link.
    if (lstatSync(join(root, 'node_modules')).isSymbolicLink()) skip('node_modules is a link here');
    const folder = join(work, 'extracted');
    asar.extractAll(archive, folder);
    const { stdout } = await promisify(execFile)(process.execPath, [
      join(folder, 'out', 'main', 'cli.js'),
      '--profile',
      join(work, 'profile'),
      'call',
      'platform.workspaces.status',
    ]);
    expect(JSON.parse(stdout)).toMatchObject({ state: 'missing' });
  });

  it('has a drawn icon in every size that a desktop asks for', () => {
    for (const size of [16, 32, 48, 64, 128, 256, 512]) {
      const png = readFileSync(join(root, 'resources', 'icons', `${String(size)}x${String(size)}.png`));
      expect([png.readUInt32BE(16), png.readUInt32BE(20)]).toEqual([size, size]);
    }
  });
});
