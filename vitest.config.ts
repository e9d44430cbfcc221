import { globSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vitest/config';

const every = 'test/**/*.test.ts';
const elsewhere = ['test/e2e/**', 'test/electron/real/**'];

// Tests of engines, handlers and screens share a thread's modules: reading contract and handlers anew for each file would take a third of
// the time. A file that replaces a module, or that works on the process itself (its signals, its doors, its threads), runs alone.
const alone = [
  'test/{architecture,host}/**/*.test.ts',
  'test/main/{app,cli,electron,store}/**/*.test.ts',
  ...globSync(every, { cwd: import.meta.dirname }).filter((path) => /\bvi\.(mock|doMock|stubGlobal|stubEnv|useFakeTimers)\(/.test(readFileSync(path, 'utf8'))),
];

export default defineConfig({
  // Outside Electron its package would try to download it: every test gets the double.
  resolve: { alias: [{ find: /^electron$/, replacement: fileURLToPath(new URL('test/support/electron.ts', import.meta.url)) }] },
  test: {
    pool: 'forks',
    maxWorkers: 2,
    testTimeout: 20_000,
    hookTimeout: 60_000,
    projects: [
      { extends: true, test: { name: 'alone', include: alone, exclude: elsewhere } },
      { extends: true, test: { name: 'together', include: [every], exclude: [...elsewhere, ...alone], isolate: false } },
    ],
  },
});
