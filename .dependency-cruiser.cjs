/** The import table of ARCHITECTURE.md, as rules. */
const domainPackages = ['libphonenumber-js', 'ipaddr.js', 'luxon', 'ts-fsrs', 'chrono-node', 'ml-kmeans', 'ml-matrix'];

/** @type {import('dependency-cruiser').IConfiguration} */
module.exports = {
  forbidden: [
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true, viaOnly: { dependencyTypesNot: ['type-only'] } } },
    { name: 'no-unresolvable', severity: 'error', from: {}, to: { couldNotResolve: true, pathNot: ['^electron$', '\\.css$', '\\?raw$'] } },
    {
      name: 'domain-is-pure',
      comment: 'src/domain imports itself and the few pure packages on the list.',
      severity: 'error',
      from: { path: '^src/domain' },
      to: { pathNot: ['^src/domain', ...domainPackages.map((name) => `node_modules/(@types/)?${name}/`)] },
    },
    {
      name: 'contract-is-shapes',
      comment: 'src/contract imports itself, the domain and zod.',
      severity: 'error',
      from: { path: '^src/contract' },
      to: { pathNot: ['^src/contract', '^src/domain', 'node_modules/zod/'] },
    },
    {
      name: 'renderer-knows-the-contract',
      comment: 'src/renderer imports itself, the contract, the domain and the bridge’s types; never the main process.',
      severity: 'error',
      from: { path: '^src/renderer' },
      to: { path: '^(src/main|src/preload/(index|http)|node_modules/(better-sqlite3|electron)/)' },
    },
    {
      name: 'preload-is-thin',
      comment: 'src/preload imports itself, contract types and electron.',
      severity: 'error',
      from: { path: '^src/preload' },
      to: { pathNot: ['^src/preload', '^src/contract', '^electron$', 'node_modules/electron/'] },
    },
    {
      name: 'electron-in-its-folder',
      comment: 'Only src/main/index.ts, src/main/electron and src/preload import electron.',
      severity: 'error',
      from: { path: '^src', pathNot: ['^src/main/index\\.ts$', '^src/main/electron', '^src/preload/index\\.ts$'] },
      to: { path: ['^electron$', 'node_modules/electron/'] },
    },
    {
      name: 'core-knows-no-electron',
      severity: 'error',
      from: { path: '^src/main/(app|store|admissions|learning|models|platform|files|jobs|worker|language|host|cli|core\\.ts|worker\\.ts|host\\.ts|cli\\.ts)' },
      to: { path: '^src/main/electron' },
    },
    {
      name: 'store-is-below-handlers',
      comment: 'The store never imports a handler, a door or the corridor; it knows scopes by type.',
      severity: 'error',
      from: { path: '^src/main/store' },
      to: { path: '^src/main/(admissions|learning|models|platform|host|cli|electron|jobs|files|app/(?!scope\\.ts))' },
    },
    {
      name: 'sql-lives-in-the-store',
      severity: 'error',
      from: { path: '^src', pathNot: ['^src/main/store', '^src/main/app/profileLock\\.ts$'] },
      to: { path: 'node_modules/better-sqlite3' },
    },
    {
      name: 'areas-are-apart',
      comment: 'Admissions and learning meet only in platform.',
      severity: 'error',
      from: { path: '^src/(domain|contract|main|main/store|renderer)/admissions' },
      to: { path: '^src/(domain|contract|main|main/store|renderer)/learning' },
    },
    {
      name: 'areas-are-apart-too',
      severity: 'error',
      from: { path: '^src/(domain|contract|main|main/store|renderer)/learning' },
      to: { path: '^src/(domain|contract|main|main/store|renderer)/admissions' },
    },
    {
      name: 'kit-has-no-data',
      comment: 'src/renderer/kit draws; it neither reads nor writes.',
      severity: 'error',
      from: { path: '^src/renderer/kit' },
      to: { path: '^src/renderer/(data|shell|admissions|learning|models|platform)' },
    },
    {
      name: 'handlers-do-not-import-doors',
      severity: 'error',
      from: { path: '^src/main/(admissions|learning|models|platform|store|files|worker)/' },
      to: { path: '^src/main/(host|cli|electron)' },
    },
    {
      name: 'the-model-is-asked-in-one-place',
      comment: 'Only src/main/language speaks to a model.',
      severity: 'error',
      from: { path: '^src', pathNot: ['^src/main/language'] },
      to: { path: 'node_modules/@anthropic-ai/' },
    },
    { name: 'tests-stay-tests', severity: 'error', from: { path: '^src' }, to: { path: '^(test|bench)/' } },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.base.json' },
    enhancedResolveOptions: { exportsFields: ['exports'], conditionNames: ['import', 'node', 'default', 'types'], extensions: ['.ts', '.tsx', '.js', '.mjs', '.cjs', '.json', '.css', '.d.ts'] },
  },
};
