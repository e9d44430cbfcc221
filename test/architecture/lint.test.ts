import { resolve } from 'node:path';
import { ESLint } from 'eslint';
import { beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const domain = 'src/domain/kernel/text.ts';
const handler = 'src/main/admissions/tasks.ts';
const store = 'src/main/store/ids.ts';
const screen = 'src/renderer/shell/Mark.tsx';
let names = 0;

/** Wrong lines, each put in the place of a real file, and the rule and words that must answer. */
const bad: readonly { readonly why: string; readonly path: string; readonly text: string; readonly rule: string; readonly says?: string }[] = [
  { why: 'an engine reads the clock', path: domain, text: 'export const at = Date.now();', rule: 'no-restricted-properties', says: 'Time is passed in' },
  { why: 'an engine takes the clock out of Date', path: domain, text: 'const { now } = Date;\nexport const at = now();', rule: 'no-restricted-properties', says: 'Time is passed in' },
  { why: 'an engine makes a date of now', path: domain, text: 'export const at = new Date();', rule: 'no-restricted-syntax', says: 'Time is passed in' },
  { why: 'an engine writes out the date of now', path: domain, text: 'export const at = Date();', rule: 'no-restricted-syntax', says: 'Time is passed in' },
  { why: 'an engine draws a number', path: domain, text: 'export const draw = Math.random();', rule: 'no-restricted-properties', says: 'Randomness is passed in' },
  { why: 'a default export', path: handler, text: 'export default 1;', rule: 'no-restricted-syntax', says: 'Name what you export' },
  { why: 'a default export in an engine', path: domain, text: 'export default 1;', rule: 'no-restricted-syntax', says: 'Name what you export' },
  { why: 'a default export by another way', path: handler, text: 'const one = 1;\nexport { one as default };', rule: 'no-restricted-syntax', says: 'Name what you export' },
  { why: 'a default export in a test', path: 'test/support/files.ts', text: 'export default 1;', rule: 'no-restricted-syntax', says: 'Name what you export' },
  { why: 'an import that climbs', path: handler, text: "import { fold } from '../../domain/kernel/text';\nexport const folded = fold('a');", rule: 'no-restricted-syntax', says: 'instead of climbing' },
  { why: 'an export that climbs', path: handler, text: "export { fold } from '../../domain/kernel/text';", rule: 'no-restricted-syntax', says: 'instead of climbing' },
  { why: 'any', path: handler, text: 'export const open = (value: any): number => Number(value);', rule: '@typescript-eslint/no-explicit-any' },
  { why: 'any in a test', path: 'test/support/files.ts', text: 'export const open = (value: any): number => Number(value);', rule: '@typescript-eslint/no-explicit-any' },
  { why: 'the driver in a handler', path: handler, text: "import Database from 'better-sqlite3';\nexport const made = Database;", rule: 'no-restricted-imports', says: 'SQL lives in src/main/store' },
  { why: 'the driver in the Electron door', path: 'src/main/electron/menu.ts', text: "import Database from 'better-sqlite3';\nexport const made = Database;", rule: 'no-restricted-imports', says: 'SQL lives in src/main/store' },
  { why: 'electron in a handler', path: handler, text: "import { app } from 'electron';\nexport const name = app.name;", rule: 'no-restricted-imports', says: 'Electron is known to' },
  { why: 'electron in the store', path: store, text: "import { app } from 'electron';\nexport const name = app.name;", rule: 'no-restricted-imports', says: 'Electron is known to' },
  { why: 'the network in a handler', path: handler, text: "export const page = fetch('https://school.example');", rule: 'no-restricted-syntax', says: 'The network is touched in' },
  { why: 'the network in a screen', path: screen, text: "export const page = fetch('https://school.example');", rule: 'no-restricted-syntax', says: 'The network is touched in' },
  { why: 'the network by its full name', path: screen, text: "export const page = globalThis.fetch('https://school.example');", rule: 'no-restricted-syntax', says: 'The network is touched in' },
  { why: 'a link opened outside the one place', path: 'src/main/electron/window.ts', text: "import { shell } from 'electron';\nexport const opened = shell.openExternal('https://school.example');", rule: 'no-restricted-syntax', says: 'shell.openExternal belongs to' },
  { why: 'ipcMain outside its file', path: 'src/main/electron/window.ts', text: "import { ipcMain } from 'electron';\nexport const ipc = ipcMain;", rule: 'no-restricted-syntax', says: 'ipcMain belongs to' },
  { why: 'ipcRenderer in a transport', path: 'src/preload/http.ts', text: "import { ipcRenderer } from 'electron';\nexport const ipc = ipcRenderer;", rule: 'no-restricted-syntax', says: 'ipcRenderer belongs to' },
  { why: 'a file of more than 600 lines', path: handler, text: 'export const one = 1;\n'.repeat(601).replace(/one/g, () => `x${String((names += 1))}`), rule: 'max-lines' },
  { why: 'a switch that forgets a case', path: handler, text: "export function say(word: 'yes' | 'no'): number {\n  switch (word) {\n    case 'yes':\n      return 1;\n  }\n  return 0;\n}", rule: '@typescript-eslint/switch-exhaustiveness-check' },
  { why: 'a type that is imported as a value', path: handler, text: "import { Phrase } from '#domain/kernel/phrase';\nexport const key = (phrase: Phrase): string => phrase.key;", rule: '@typescript-eslint/consistent-type-imports' },
  { why: 'a shape written as a type', path: handler, text: 'export type Shape = { readonly one: number };', rule: '@typescript-eslint/consistent-type-definitions' },
  { why: 'a name that nobody uses', path: handler, text: 'const one = 1;\nexport const two = 2;', rule: '@typescript-eslint/no-unused-vars' },
  { why: 'a number in a sentence', path: handler, text: 'export const say = (count: number): string => `There are ${count}.`;', rule: '@typescript-eslint/restrict-template-expressions' },
  { why: 'a loose comparison', path: handler, text: 'export const same = (a: number, b: number): boolean => a == b;', rule: 'eqeqeq' },
  { why: 'words on the console', path: handler, text: "console.log('here');", rule: 'no-console' },
  { why: 'a promise that nobody waits for', path: handler, text: 'export function start(): void {\n  Promise.resolve(1);\n}', rule: '@typescript-eslint/no-floating-promises' },
  { why: 'a hook after a condition', path: screen, text: "import { useState } from 'react';\nexport function Odd({ shown }: { readonly shown: boolean }): string {\n  if (!shown) return '';\n  const [word] = useState('a');\n  return word;\n}", rule: 'react-hooks/rules-of-hooks' },
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


describe('lint', () => {
  let eslint: ESLint;

  const lint = async (path: string, text: string): Promise<{ rule: string | null; message: string }[]> => {
    const [result] = await eslint.lintText(`${text}\n`, { filePath: resolve(root, path) });
    return result!.messages.filter(({ severity }) => severity === 2).map(({ ruleId, message }) => ({ rule: ruleId, message }));
  };

  beforeAll(async () => {
    eslint = new ESLint({ cwd: root });
    // The first file makes the type checker read the project; the others find it at hand.
    await lint(handler, 'export const one = 1;');
  });

  it.each(bad)('stops $why', async ({ path, text, rule, says = '' }) => {
    const found = await lint(path, text);
    expect(found.filter((each) => each.rule === rule && each.message.includes(says)), JSON.stringify(found)).not.toHaveLength(0);
  });

  it.each(good)('lets $path do what only it may', async ({ path, text }) => {
    expect(await lint(path, text)).toEqual([]);
  });
});
