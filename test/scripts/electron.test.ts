import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { downloadElectron, electronBinary, hasDisplay, hasFailedBefore } from '#scripts/electron';
import { temporaryFolder } from '#test/support/app';

/** The package as npm installs it: without a binary, and with an installer that does as told. */
function electronPackage(installer: string): string {
  const folder = join(temporaryFolder(), 'electron');
  mkdirSync(folder);
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'electron', version: '45.4.1' }));
  writeFileSync(join(folder, 'install.js'), installer);
  return folder;
}

const unpacks = (version: string): string => `
  const { mkdirSync, writeFileSync } = require('node:fs');
  mkdirSync('dist');
  writeFileSync('dist/electron', '');
  writeFileSync('dist/version', '${version}');
  writeFileSync('path.txt', 'electron');`;

const download = (folder: string, milliseconds = 20_000): Promise<string | null> =>
  downloadElectron({ folder, stamp: join(folder, 'stamp'), node: process.execPath, milliseconds });

describe('Electron’s binary', () => {
  it('is found where the package unpacks it', async () => {
    const folder = electronPackage(unpacks('v45.4.1'));
    expect(electronBinary(folder, {})).toBeNull();
    expect(await download(folder)).toBe(join(folder, 'dist', 'electron'));
    expect(electronBinary(folder, {})).toBe(join(folder, 'dist', 'electron'));
    expect(hasFailedBefore(folder, join(folder, 'stamp'))).toBe(false);
  });

  it('of another version, or half unpacked, is none', async () => {
    expect(await download(electronPackage(unpacks('44.0.0')))).toBeNull();
    const half = electronPackage('');
    mkdirSync(join(half, 'dist'));
    writeFileSync(join(half, 'dist', 'electron'), '');
    writeFileSync(join(half, 'dist', 'version'), '45.4.1');
    expect(electronBinary(half, {})).toBeNull();
  });

  it('may lie elsewhere, as the package itself allows', () => {
    const folder = electronPackage('');
    const elsewhere = temporaryFolder();
    expect(electronBinary(folder, { ELECTRON_OVERRIDE_DIST_PATH: elsewhere })).toBeNull();
    writeFileSync(join(elsewhere, 'electron'), '');
    chmodSync(join(elsewhere, 'electron'), 0o755);
    expect(electronBinary(folder, { ELECTRON_OVERRIDE_DIST_PATH: elsewhere })).toBe(join(elsewhere, 'electron'));
  });

  it('that cannot be had is remembered for this version, so that nobody waits again', async () => {
    const folder = electronPackage('process.exit(1);');
    const stamp = join(folder, 'stamp');
    expect(await download(folder)).toBeNull();
    expect(readFileSync(stamp, 'utf8')).toBe('45.4.1');
    expect(hasFailedBefore(folder, stamp)).toBe(true);
    writeFileSync(join(folder, 'package.json'), JSON.stringify({ name: 'electron', version: '46.0.0' }));
    expect(hasFailedBefore(folder, stamp)).toBe(false);
  });

  it('is not waited for without end', async () => {
    const folder = electronPackage('setInterval(() => {}, 1000);');
    const since = performance.now();
    expect(await download(folder, 500)).toBeNull();
    expect(performance.now() - since).toBeLessThan(5_000);
  });

  it('that came at last is no failure any more', async () => {
    const folder = electronPackage(unpacks('45.4.1'));
    const stamp = join(folder, 'stamp');
    writeFileSync(stamp, '45.4.1');
    await download(folder);
    expect(existsSync(stamp)).toBe(false);
  });

  it('needs a screen, which on Linux is not a matter of course', () => {
    expect(hasDisplay('linux', {})).toBe(false);
    expect(hasDisplay('linux', { DISPLAY: '' })).toBe(false);
    expect(hasDisplay('linux', { DISPLAY: ':0' })).toBe(true);
    expect(hasDisplay('linux', { WAYLAND_DISPLAY: 'wayland-0' })).toBe(true);
    expect(hasDisplay('darwin', {})).toBe(true);
    expect(hasDisplay('win32', {})).toBe(true);
  });
});
