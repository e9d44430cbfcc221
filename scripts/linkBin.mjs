// Links bin/ivy into node_modules/.bin, as a package manager does for the packages it installs, so that `npx ivy` finds it here.
import { chmodSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const folder = join(root, 'node_modules', '.bin');
const link = join(folder, 'ivy');
mkdirSync(folder, { recursive: true });
if (process.platform === 'win32') {
  writeFileSync(`${link}.cmd`, '@node "%~dp0\\..\\..\\bin\\ivy" %*\r\n');
} else {
  rmSync(link, { force: true });
  symlinkSync(join('..', '..', 'bin', 'ivy'), link);
  chmodSync(join(root, 'bin', 'ivy'), 0o755);
}
