import ts from 'typescript';
import { describe, expect, it } from 'vitest';
import { filesBelow, parse, textOf, textsIn, visit, type Written, writtenIn } from '#test/support/sources';

interface Catalogue {
  readonly [key: string]: string | Catalogue;
}

const plural = /_(zero|one|two|few|many|other)$/;

/** The keys of a catalogue, its plural forms as one. */
function keysOf(catalogue: Catalogue, before = ''): string[] {
  return Object.entries(catalogue).flatMap(([name, value]) =>
    typeof value === 'string' ? [`${before}${name}`.replace(plural, '')] : keysOf(value, `${before}${name}.`),
  );
}

function read(name: string): Catalogue {
  return JSON.parse(textOf(`resources/locales/en/${name}`)) as Catalogue;
}

const phrases = new Set(keysOf(read('phrases.json')));
const screens = new Map(
  filesBelow('resources/locales/en', /\.json$/)
    .filter((path) => !path.endsWith('/phrases.json'))
    .map((path) => [path, new Set(keysOf(read(path.slice(path.lastIndexOf('/') + 1))))]),
);
const screenKeys = new Set([...screens.values()].flatMap((keys) => [...keys]).concat([...phrases].map((key) => `words.${key}`)));

const files = filesBelow('src', /\.tsx?$/).map((path) => ({ path, file: parse(path) }));
const inScreens = files.filter(({ path }) => path.startsWith('src/renderer/'));
const inCore = files.filter(({ path }) => /^src\/(domain|main|contract)\//.test(path));

/** Functions that put the beginning of a key before what they are given, or its end behind it. */
const wrappers: readonly { readonly path: string; readonly callee: string; readonly argument: number; readonly keys: (word: string) => readonly string[] }[] = [
  { path: 'src/domain/admissions/imports/rows.ts', callee: 'problem', argument: 0, keys: (word) => [`imports.problems.${word}`] },
  { path: 'src/domain/admissions/triage/blockers.ts', callee: 'blocker', argument: 2, keys: (word) => ['description', 'impact', 'action'].map((part) => `blockers.${word}.${part}`) },
];

/** The arguments that calls of some functions take, in a file. */
function argumentsOf(file: ts.SourceFile, callees: readonly string[], argument = 0): Written[] {
  const found: Written[] = [];
  visit(file, (node) => {
    if (!ts.isCallExpression(node) || !callees.includes(node.expression.getText())) return;
    const given = node.arguments[argument];
    if (given !== undefined) found.push(...writtenIn(given));
  });
  return found;
}

/** What a template may become: each hole is one word, or the name of an entry with its points. */
function shape(written: Written): RegExp {
  return new RegExp(`^${written.map((part) => (part === null ? '(.+)' : part.replace(/[.*+?^${}()|[\]\\]/g, '\\$&'))).join('')}$`);
}

function isKey(written: Written, keys: ReadonlySet<string>): boolean {
  return written.includes(null) ? [...keys].some((key) => shape(written).test(key)) : keys.has(written.join(''));
}

/** Words that stand for themselves somewhere in the sources: texts, and names of what an object holds. */
function wordsOf(some: typeof files): Set<string> {
  const words = new Set<string>();
  for (const { file } of some) {
    visit(file, (node) => {
      if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node)) words.add(node.text);
      else if (ts.isPropertyAssignment(node) || ts.isShorthandPropertyAssignment(node)) words.add(node.name.getText().replace(/^'|'$/g, ''));
    });
  }
  return words;
}

const words = wordsOf(files);

/** What some files write in full, and the templates in them whose holes a word fills; each is read once. */
function readTexts(some: typeof files): { readonly whole: ReadonlySet<string>; readonly templates: readonly RegExp[] } {
  const texts = some.flatMap(({ file }) => textsIn(file)).map(({ written }) => written);
  const templates = texts.filter((written) => written.includes(null) && written[0]?.endsWith('.') === true).map(shape);
  return {
    whole: new Set(texts.filter((written) => written.length === 1).map((written) => written.join(''))),
    templates: [...new Map(templates.map((template) => [template.source, template])).values()],
  };
}
const saidByScreens = readTexts(inScreens);
const saidByCore = readTexts(inCore);

/** The keys that nothing writes, neither in full nor as a template whose holes take a word that is there. */
function unused(keys: ReadonlySet<string>, { whole, templates }: typeof saidByScreens, more: ReadonlySet<string> = new Set()): string[] {
  const fits = (key: string): boolean =>
    templates.some((template) => {
      const holes = template.exec(key)?.slice(1);
      return holes?.every((word) => words.has(word)) === true;
    });
  return [...keys].filter((key) => !whole.has(key) && !more.has(key) && !fits(key));
}

const wrapped = wrappers.flatMap(({ path, callee, argument, keys }) => argumentsOf(parse(path), [callee], argument).flatMap((written) => keys(written.join(''))));

describe('every key that a source names', () => {
  it('is found by these means at all', () => {
    expect(isKey(['triage.recency.days'], phrases)).toBe(true);
    expect(isKey(['triage.recency.weeks'], phrases)).toBe(false);
    expect(isKey(['contact.kinds.', null, ''], screenKeys)).toBe(true);
    expect(isKey(['contact.sorts.', null, ''], screenKeys)).toBe(false);
    expect(wrapped.length).toBeGreaterThan(30);
  });

  it('is in the catalogue of phrases, where an engine or a handler says it', () => {
    const named = inCore.flatMap(({ path, file }) =>
      argumentsOf(file, ['phrase', 'words', 'catalogue.t'])
        .filter((written) => !isKey(written, phrases))
        .map((written) => `${path}: ${written.map((part) => part ?? '…').join('')}`),
    );
    expect([...named, ...wrapped.filter((key) => !phrases.has(key))]).toEqual([]);
  });

  it('is in the catalogue of the screens, where a screen says it', () => {
    const named = inScreens.flatMap(({ path, file }) =>
      argumentsOf(file, ['t', 'i18next.t', 'i18n.t'])
        .filter((written) => !isKey(written, screenKeys))
        .map((written) => `${path}: ${written.map((part) => part ?? '…').join('')}`),
    );
    expect(named).toEqual([]);
  });
});

describe('every key of a catalogue', () => {
  it('is said by an engine, a handler or a screen, if it is a phrase', () => {
    const notShown = new Set(unused(new Set([...phrases].map((key) => `words.${key}`)), saidByScreens));
    const shown = [...phrases].filter((key) => !notShown.has(`words.${key}`));
    expect(unused(phrases, saidByCore, new Set([...wrapped, ...shown]))).toEqual([]);
  });

  it.each([...screens])('of %s is shown by a screen', (_path, keys) => {
    expect(unused(keys, saidByScreens)).toEqual([]);
  });

  it('stands in one catalogue only', () => {
    const all = [...screens.values()].flatMap((keys) => [...keys]);
    expect(all.filter((key, index) => all.indexOf(key) !== index)).toEqual([]);
    const first = [...screens.values()].flatMap((keys) => [...new Set([...keys].map((key) => key.split('.')[0] ?? ''))]);
    expect(first.filter((noun, index) => first.indexOf(noun) !== index)).toEqual([]);
  });
});
