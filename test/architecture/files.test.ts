import { describe, expect, it } from 'vitest';
import { filesBelow, textOf } from '#test/support/sources';

/** Files of more than 300 lines, each with the reason why it is one. None may pass 600. */
const long: Readonly<Record<string, string>> = {
  'src/domain/admissions/queries/scan.ts': 'One walk through the words of a question: each kind of word has its turn, and all see what was said before them.',
  'src/main/app/createApp.ts': 'The one place that wires: every noun has its handlers in here.',
  'src/main/app/dispatch.ts': 'The corridor from one end to the other: its order is read in one piece.',
  'src/main/store/admissions/imports.ts': 'All statements about imports, their mappings, problems and duplicates.',
  'src/main/store/admissions/leadColumns.ts': 'The columns in memory, how they are filled and how they are kept up to date; texts, attributes and orders have files of their own.',
  'src/main/store/admissions/leadTests.ts': 'Every operator of the filter type for every type of field.',
};

function lines(path: string): number {
  return textOf(path).replace(/\n$/, '').split('\n').length;
}

const sources = ['src', 'scripts', 'test', 'bench'].filter((folder) => filesBelow('.').some((path) => path.startsWith(`${folder}/`))).flatMap((folder) => filesBelow(folder, /\.(tsx?|m?js|cjs|css)$/));

describe('files', () => {
  it('have 600 lines at the most', () => {
    expect(sources.filter((path) => lines(path) > 600)).toEqual([]);
  });

  it('have 300 lines at the most, or a reason', () => {
    expect(sources.filter((path) => lines(path) > 300 && !Object.hasOwn(long, path))).toEqual([]);
  });

  it('that were long and are no more are taken off the list', () => {
    expect(Object.keys(long).filter((path) => lines(path) <= 300)).toEqual([]);
  });

  it('are named by a noun, camelCase, a component PascalCase', () => {
    const odd = filesBelow('src', /\.tsx?$/).filter((path) => !/\/([a-z][a-zA-Z0-9]*(\.d)?\.tsx?|[A-Z][a-zA-Z0-9]*\.tsx)$/.test(path));
    expect(odd).toEqual([]);
    expect(filesBelow('src').filter((path) => /(^|\/)(utils?|helpers?|managers?|data2|misc|common)(\/|\.)/i.test(path))).toEqual([]);
  });
});

/** Where somebody's machine or network would show, with lines that must be found and lines that must not. */
const traces: readonly { readonly what: string; readonly pattern: RegExp; readonly found: readonly string[]; readonly free: readonly string[] }[] = [
  {
    what: 'a folder of somebody’s machine',
    pattern: /(?<![\w.}/-])\/(home|Users|root|work|workspace|mnt|builds?)\/[\w.-]+|[A-Z]:\\{1,2}(Users|Documents and Settings)\\/i,
    found: ['/home/ada/ivy', "'/Users/ada/ivy/src'", '/work/main', 'see /root/ivy'],
    free: ['https://school.example/home/page', '#/leads/home/x', 'src/home/page', '/leads'],
  },
  {
    what: 'the host of a package registry',
    pattern: /registry\.npmjs\.org|registry\.yarnpkg\.com|npm\.pkg\.github\.com|\b(artifactory|nexus|verdaccio)\b|https?:\/\/[\w.-]*(registry|npm-?proxy|mirror)[\w.-]*[:/]|"resolved":(?! "(Resolved|\{\{))/i,
    found: ['"resolved": "a"', 'registry=https://registry.npmjs.org/', 'https://npm-proxy.school.example/a'],
    free: ['the npm registry', '"registry": {}', '"resolved": "Resolved {{when}}"'],
  },
];

/** Lines that name such a folder on purpose: a test hands over what a browser of another machine sent. */
const meant: readonly RegExp[] = [/fileName\('C:\\\\Users\\\\Ada\\\\leads\.csv'\)/];

describe.each(traces)('no file holds $what', ({ pattern, found, free }) => {
  it('which would be seen', () => {
    for (const line of found) expect(pattern.test(line), line).toBe(true);
    for (const line of free) expect(pattern.test(line), line).toBe(false);
  });

  it('anywhere', () => {
    const self = 'test/architecture/files.test.ts';
    const texts = filesBelow('.', /\.(tsx?|m?js|cjs|json|css|html|md|ya?ml|sql|sh|svg|txt)$|^(\.npmrc|\.gitignore|run|ivy|LICENSE)$/).filter((path) => path !== self);
    expect(texts.length).toBeGreaterThan(200);
    const lines = texts.flatMap((path) =>
      textOf(path)
        .split('\n')
        .flatMap((line, index) => (pattern.test(line) && !meant.some((allowed) => allowed.test(line)) ? [`${path}:${String(index + 1)}: ${line.trim().slice(0, 120)}`] : [])),
    );
    expect(lines).toEqual([]);
  });
});
