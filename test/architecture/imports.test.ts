import { createRequire } from 'node:module';
import { beforeAll, describe, expect, it } from 'vitest';
import { cruise, type Planted, type Violation } from '#test/support/planted';

interface ImportTable {
  readonly forbidden: readonly { readonly name: string; readonly severity: string }[];
}
const table = createRequire(import.meta.url)('../../.dependency-cruiser.cjs') as ImportTable;

/** What each file imports wrongly, and the rule that must say so. */
const bad: readonly { readonly rule: string; readonly path: string; readonly imports: string; readonly why: string }[] = [
  { rule: 'domain-is-pure', why: 'an engine reads a file', path: 'src/domain/readsFiles.ts', imports: 'node:fs' },
  { rule: 'domain-is-pure', why: 'an engine reads the clock of the machine', path: 'src/domain/readsClock.ts', imports: 'node:perf_hooks' },
  { rule: 'domain-is-pure', why: 'an engine draws its own random numbers', path: 'src/domain/drawsNumbers.ts', imports: 'node:crypto' },
  { rule: 'domain-is-pure', why: 'an engine imports a package that is not on its list', path: 'src/domain/validates.ts', imports: 'zod' },
  { rule: 'domain-is-pure', why: 'an engine knows the contract', path: 'src/domain/knowsContract.ts', imports: '#contract/shared' },
  { rule: 'domain-is-pure', why: 'an engine knows the store', path: 'src/domain/knowsStore.ts', imports: '#main/store/rows' },
  { rule: 'contract-is-shapes', why: 'the contract imports a handler', path: 'src/contract/knowsHandler.ts', imports: '#main/admissions/handler' },
  { rule: 'contract-is-shapes', why: 'the contract imports a package other than zod', path: 'src/contract/dates.ts', imports: 'luxon' },
  { rule: 'contract-is-shapes', why: 'the contract imports Node', path: 'src/contract/paths.ts', imports: 'node:path' },
  { rule: 'renderer-knows-the-contract', why: 'a screen imports the main process', path: 'src/renderer/screen.tsx', imports: '#main/app/corridor' },
  { rule: 'renderer-knows-the-contract', why: 'a screen imports the driver', path: 'src/renderer/driver.tsx', imports: 'better-sqlite3' },
  { rule: 'renderer-knows-the-contract', why: 'a screen imports electron', path: 'src/renderer/shell.tsx', imports: 'electron' },
  { rule: 'renderer-knows-the-contract', why: 'a screen imports a transport', path: 'src/renderer/transport.tsx', imports: '#preload/http' },
  { rule: 'preload-is-thin', why: 'the preload script brings a package along', path: 'src/preload/thick.ts', imports: 'zod' },
  { rule: 'preload-is-thin', why: 'the preload script knows the main process', path: 'src/preload/knowsMain.ts', imports: '#main/app/corridor' },
  { rule: 'electron-in-its-folder', why: 'a handler imports electron', path: 'src/main/admissions/opensDialog.ts', imports: 'electron' },
  { rule: 'electron-in-its-folder', why: 'another preload file imports electron', path: 'src/preload/other.ts', imports: 'electron' },
  { rule: 'core-knows-no-electron', why: 'the corridor imports a window', path: 'src/main/app/opensWindow.ts', imports: '#main/electron/pane' },
  { rule: 'core-knows-no-electron', why: 'the command line imports a window', path: 'src/main/cli.ts', imports: '#main/electron/pane' },
  { rule: 'store-is-below-handlers', why: 'the store imports a handler', path: 'src/main/store/knowsHandler.ts', imports: '#main/admissions/handler' },
  { rule: 'store-is-below-handlers', why: 'the store imports the corridor', path: 'src/main/store/knowsCorridor.ts', imports: '#main/app/corridor' },
  { rule: 'store-is-below-handlers', why: 'the store reads files', path: 'src/main/store/readsTables.ts', imports: '#main/files/reader' },
  { rule: 'sql-lives-in-the-store', why: 'a handler opens the database itself', path: 'src/main/platform/opensDatabase.ts', imports: 'better-sqlite3' },
  { rule: 'areas-are-apart', why: 'admissions imports learning', path: 'src/domain/admissions/knowsLearning.ts', imports: '#domain/learning/cards' },
  { rule: 'areas-are-apart', why: 'the store of admissions imports that of learning', path: 'src/main/store/admissions/knowsLearning.ts', imports: '#main/store/learning/cards' },
  { rule: 'areas-are-apart-too', why: 'learning imports admissions', path: 'src/main/learning/knowsAdmissions.ts', imports: '#main/admissions/handler' },
  { rule: 'kit-has-no-data', why: 'a button reads data', path: 'src/renderer/kit/ReadsData.tsx', imports: '#renderer/data/hooks' },
  { rule: 'handlers-do-not-import-doors', why: 'a handler imports the web host', path: 'src/main/admissions/knowsHost.ts', imports: '#main/host/socket' },
  { rule: 'handlers-do-not-import-doors', why: 'a task imports the command line', path: 'src/main/worker/knowsCommandLine.ts', imports: '#main/cli/terminal' },
  { rule: 'the-model-is-asked-in-one-place', why: 'a handler asks the model past the gateway', path: 'src/main/admissions/asksModel.ts', imports: '@anthropic-ai/sdk' },
  { rule: 'tests-stay-tests', why: 'the program imports a test', path: 'src/main/app/knowsTests.ts', imports: '#test/support/double' },
  { rule: 'no-cycles', why: 'two files import each other', path: 'src/domain/egg.ts', imports: '#domain/hen' },
  { rule: 'no-unresolvable', why: 'a file imports what is not there', path: 'src/domain/lost.ts', imports: '#domain/nowhere' },
];

/** What may be imported by whom: nobody is to be stopped at these. */
const good: readonly { readonly path: string; readonly imports: string }[] = [
  { path: 'src/domain/phones.ts', imports: 'libphonenumber-js' },
  { path: 'src/domain/dates.ts', imports: 'luxon' },
  { path: 'src/contract/fine.ts', imports: 'zod' },
  { path: 'src/contract/words.ts', imports: '#domain/hen' },
  { path: 'src/renderer/fine.tsx', imports: '#contract/shared' },
  { path: 'src/preload/index.ts', imports: 'electron' },
  { path: 'src/main/index.ts', imports: 'electron' },
  { path: 'src/main/electron/windows.ts', imports: 'electron' },
  { path: 'src/main/store/opens.ts', imports: 'better-sqlite3' },
  { path: 'src/main/store/scoped.ts', imports: '#main/app/scope' },
  { path: 'src/main/app/profileLock.ts', imports: 'better-sqlite3' },
  { path: 'src/main/language/asks.ts', imports: '@anthropic-ai/sdk' },
];

const imported = [
  'src/contract/shared.ts',
  'src/preload/http.ts',
  'src/main/store/rows.ts',
  'src/main/admissions/handler.ts',
  'src/main/app/corridor.ts',
  'src/main/app/scope.ts',
  'src/main/electron/pane.ts',
  'src/main/files/reader.ts',
  'src/main/host/socket.ts',
  'src/main/cli/terminal.ts',
  'src/main/store/learning/cards.ts',
  'src/domain/learning/cards.ts',
  'src/renderer/data/hooks.tsx',
  'test/support/double.ts',
];

const importing = ({ path, imports }: { readonly path: string; readonly imports: string }): Planted => ({
  path,
  text: `import * as planted from '${imports}';\nexport const kept = planted;\n`,
});

describe('the import table', () => {
  let violations: readonly Violation[] = [];

  beforeAll(() => {
    const hen = { path: 'src/domain/hen.ts', imports: '#domain/egg' };
    violations = cruise([...imported.map((path) => ({ path, text: 'export const here = 1;\n' })), ...[...bad, ...good, hen].map(importing)]);
  });

  it.each(bad)('$rule: $why', ({ rule, path }) => {
    expect(violations.filter(({ from }) => from === path).map((violation) => violation.rule)).toContain(rule);
  });

  it.each(good)('lets $path import $imports', ({ path }) => {
    expect(violations.filter(({ from }) => from === path)).toEqual([]);
  });

  it('has no rule that nothing here breaks, and none that only warns', () => {
    expect(new Set(table.forbidden.map(({ name }) => name))).toEqual(new Set(bad.map(({ rule }) => rule)));
    expect(new Set(table.forbidden.map(({ severity }) => severity))).toEqual(new Set(['error']));
  });
});
