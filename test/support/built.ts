import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The root of the repository. */
export const root = dirname(dirname(dirname(fileURLToPath(import.meta.url))));

/** Why nothing built can be tested, or null where it can. `npm test` builds before it tests. */
export function whyNotBuilt(): string | null {
  const entries = ['main/host.js', 'main/cli.js', 'main/core.js', 'main/index.js', 'preload/index.cjs', 'renderer/index.html'];
  const missing = entries.find((entry) => !existsSync(join(root, 'out', entry)));
  return missing === undefined ? null : `out/${missing} is not built: run "npm test", or electron-vite build`;
}

/** Why the start script cannot be tested: it would install the dependencies first, under the feet of this very test. */
export function whyNotInstalled(): string | null {
  const stamp = join(root, 'node_modules', '.ivy-install');
  const lock = createHash('sha256').update(readFileSync(join(root, 'package-lock.json'))).digest('hex');
  const current = existsSync(stamp) && readFileSync(stamp, 'utf8') === lock;
  return current ? null : 'the installed dependencies are not those of package-lock.json: run "npm test"';
}
