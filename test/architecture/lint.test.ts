import { spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const domain = 'src/domain/kernel/text.ts';
const handler = 'src/main/admissions/tasks.ts';
const store = 'src/main/store/ids.ts';
const screen = 'src/renderer/shell/Mark.tsx';
let names = 0;

/** Files that a rule lets do what no other may. */
const named: readonly string[] = ['src/main/index.ts', 'src/main/electron/security.ts', 'src/main/electron/ipc.ts', 'src/preload/index.ts', 'src/preload/http.ts'];

/** Wrong lines, each put in the place of a real file, and the rule and words that must answer. */
const bad: readonly { readonly why: string; readonly path: string; readonly text: string; readonly rule: string; readonly says?: string }[] = [
  { why: 'an engine reads the clock', path: domain, text: 'export const at = Date.now();', rule: 'eslint(no-restricted-properties)', says: 'Time is passed in' },
  { why: 'an engine takes the clock out of Date', path: domain, text: 'const { now } = Date;\nexport const at = now();', rule: 'eslint(no-restricted-properties)', says: 'Time is passed in' },
  { why: 'an engine makes a date of now', path: domain, text: 'export const at = new Date();', rule: 'house(no-clock)', says: 'Time is passed in' },
  { why: 'an engine writes out the date of now', path: domain, text: 'export const at = Date();', rule: 'house(no-clock)', says: 'Time is passed in' },
  { why: 'an engine draws a number', path: domain, text: 'export const draw = Math.random();', rule: 'eslint(no-restricted-properties)', says: 'Randomness is passed in' },
  { why: 'a default export', path: handler, text: 'export default 1;', rule: 'house(named-exports)', says: 'Name what you export' },
  { why: 'a default export in an engine', path: domain, text: 'export default 1;', rule: 'house(named-exports)', says: 'Name what you export' },
  { why: 'a default export by another way', path: handler, text: 'const one = 1;\nexport { one as default };', rule: 'house(named-exports)', says: 'Name what you export' },
  { why: 'a default export in a test', path: 'test/support/files.ts', text: 'export default 1;', rule: 'house(named-exports)', says: 'Name what you export' },
  { why: 'an import that climbs', path: handler, text: "import { fold } from '../../domain/kernel/text';\nexport const folded = fold('a');", rule: 'house(no-climbing)', says: 'instead of climbing' },
  { why: 'an export that climbs', path: handler, text: "export { fold } from '../../domain/kernel/text';", rule: 'house(no-climbing)', says: 'instead of climbing' },
  { why: 'any', path: handler, text: 'export const open = (value: any): number => Number(value);', rule: 'typescript(no-explicit-any)' },
  { why: 'any in a test', path: 'test/support/files.ts', text: 'export const open = (value: any): number => Number(value);', rule: 'typescript(no-explicit-any)' },
  { why: 'the driver in a handler', path: handler, text: "import Database from 'better-sqlite3';\nexport const made = Database;", rule: 'eslint(no-restricted-imports)', says: 'SQL lives in src/main/store' },
  { why: 'the driver in the Electron door', path: 'src/main/electron/menu.ts', text: "import Database from 'better-sqlite3';\nexport const made = Database;", rule: 'eslint(no-restricted-imports)', says: 'SQL lives in src/main/store' },
  { why: 'electron in a handler', path: handler, text: "import { app } from 'electron';\nexport const name = app.name;", rule: 'eslint(no-restricted-imports)', says: 'Electron is known to' },
  { why: 'electron in the store', path: store, text: "import { app } from 'electron';\nexport const name = app.name;", rule: 'eslint(no-restricted-imports)', says: 'Electron is known to' },
  { why: 'the network in a handler', path: handler, text: "export const page = fetch('https://school.example');", rule: 'house(no-network)', says: 'The network is touched in' },
  { why: 'the network in a screen', path: screen, text: "export const page = fetch('https://school.example');", rule: 'house(no-network)', says: 'The network is touched in' },
  { why: 'the network by its full name', path: screen, text: "export const page = globalThis.fetch('https://school.example');", rule: 'house(no-network)', says: 'The network is touched in' },
  { why: 'a link opened outside the one place', path: 'src/main/electron/window.ts', text: "import { shell } from 'electron';\nexport const opened = shell.openExternal('https://school.example');", rule: 'house(no-open-external)', says: 'shell.openExternal belongs to' },
  { why: 'ipcMain outside its file', path: 'src/main/electron/window.ts', text: "import { ipcMain } from 'electron';\nexport const ipc = ipcMain;", rule: 'house(no-ipc-main)', says: 'ipcMain belongs to' },
  { why: 'ipcRenderer in a transport', path: 'src/preload/http.ts', text: "import { ipcRenderer } from 'electron';\nexport const ipc = ipcRenderer;", rule: 'house(no-ipc-renderer)', says: 'ipcRenderer belongs to' },
  { why: 'a file of more than 600 lines', path: handler, text: 'export const one = 1;\n'.repeat(601).replace(/one/g, () => `x${String((names += 1))}`), rule: 'eslint(max-lines)' },
  { why: 'a switch that forgets a case', path: handler, text: "export function say(word: 'yes' | 'no'): number {\n  switch (word) {\n    case 'yes':\n      return 1;\n  }\n  return 0;\n}", rule: 'typescript(switch-exhaustiveness-check)' },
  { why: 'a type that is imported as a value', path: handler, text: "import { Phrase } from '#domain/kernel/phrase';\nexport const key = (phrase: Phrase): string => phrase.key;", rule: 'typescript(consistent-type-imports)' },
  { why: 'a shape written as a type', path: handler, text: 'export type Shape = { readonly one: number };', rule: 'typescript(consistent-type-definitions)' },
  { why: 'a name that nobody uses', path: handler, text: 'const one = 1;\nexport const two = 2;', rule: 'eslint(no-unused-vars)' },
  { why: 'a number in a sentence', path: handler, text: 'export const say = (count: number): string => `There are ${count}.`;', rule: 'typescript(restrict-template-expressions)' },
  { why: 'a loose comparison', path: handler, text: 'export const same = (a: number, b: number): boolean => a == b;', rule: 'eslint(eqeqeq)' },
  { why: 'words on the console', path: handler, text: "console.log('here');", rule: 'eslint(no-console)' },
  { why: 'a promise that nobody waits for', path: handler, text: 'export function start(): void {\n  Promise.resolve(1);\n}', rule: 'typescript(no-floating-promises)' },
  { why: 'Node in an engine', path: domain, text: 'export const id = process.pid;', rule: 'typescript(TS2591)' },
  { why: 'a word in the place of a number', path: handler, text: "export const one: number = 'a';", rule: 'typescript(TS2322)' },
  { why: 'a hook after a condition', path: screen, text: "import { useState } from 'react';\nexport function Odd({ shown }: { readonly shown: boolean }): string {\n  if (!shown) return '';\n  const [word] = useState('a');\n  return word;\n}", rule: 'react-hooks(rules-of-hooks)' },
];

/** The one place where each forbidden thing stands. */
const good: readonly { readonly path: string; readonly text: string }[] = [
  { path: domain, text: 'export const at = (milliseconds: number): Date => new Date(milliseconds);' },
  { path: store, text: "import Database from 'better-sqlite3';\nexport const made = Database;" },
  { path: 'src/main/index.ts', text: "import { app } from 'electron';\nexport const name = app.name;" },
  { path: 'src/main/electron/security.ts', text: "import { shell } from 'electron';\nexport const opened = shell.openExternal('https://school.example');" },
  { path: 'src/main/electron/ipc.ts', text: "import { ipcMain } from 'electron';\nexport const ipc = ipcMain;" },
  { path: 'src/preload/index.ts', text: "import { ipcRenderer } from 'electron';\nexport const ipc = ipcRenderer;" },
  { path: 'src/preload/http.ts', text: "export const page = fetch('https://school.example');" },
  { path: handler, text: 'export const one = 1;\n'.repeat(590).replace(/one/g, () => `x${String((names += 1))}`) },
];

interface Found {
  readonly code: string;
  readonly message: string;
  readonly help?: string;
  readonly severity: string;
  readonly filename: string;
}

/**
 * Lints texts as if they stood beside the files that they name, all in one run. A file that a rule knows by its own name keeps that name.
 * @returns for each text what was found in it.
 */
function lint(folder: string, texts: readonly { readonly path: string; readonly text: string }[]): readonly (readonly Found[])[] {
  for (const file of ['.oxlintrc.json', 'package.json', 'tsconfig.json', 'tsconfig.base.json', 'tsconfig.domain.json', 'tsconfig.main.json', 'tsconfig.renderer.json', 'scripts/lint', 'src/domain/kernel']) {
    cpSync(join(root, file), join(folder, file), { recursive: true });
  }
  symlinkSync(join(root, 'node_modules'), join(folder, 'node_modules'), 'junction');
  const files = texts.map(({ path }, index) => (named.includes(path) ? path : join(dirname(path), `planted${String(index)}${basename(path)}`).replaceAll('\\', '/')));
  texts.forEach(({ text }, index) => {
    const file = join(folder, files[index]!);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `${text}\n`);
  });
  const run = spawnSync(process.execPath, [join(root, 'node_modules/oxlint/bin/oxlint'), '--format', 'json', ...files], { cwd: folder, encoding: 'utf8' });
  const { diagnostics } = JSON.parse(run.stdout) as { readonly diagnostics: readonly Found[] };
  return files.map((file) => diagnostics.filter(({ filename, severity }) => severity === 'error' && filename.replaceAll('\\', '/') === file));
}

describe('lint', () => {
  const folders = [mkdtempSync(join(tmpdir(), 'ivy-lint-')), mkdtempSync(join(tmpdir(), 'ivy-lint-'))] as const;
  let stopped: readonly (readonly Found[])[] = [];
  let allowed: readonly (readonly Found[])[] = [];

  beforeAll(() => {
    stopped = lint(folders[0], bad);
    allowed = lint(folders[1], good);
  });
  afterAll(() => {
    for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  });

  it.each(bad.map((each, index) => ({ ...each, index })))('stops $why', ({ rule, says = '', index }) => {
    const found = stopped[index]!;
    expect(found.filter((each) => each.code === rule && `${each.message} ${each.help ?? ''}`.includes(says)), JSON.stringify(found)).not.toHaveLength(0);
  });

  it.each(good.map((each, index) => ({ ...each, index })))('lets $path do what only it may', ({ index }) => {
    expect(allowed[index]).toEqual([]);
  });
});
