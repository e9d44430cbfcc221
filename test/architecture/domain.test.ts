import { resolve } from 'node:path';
import ts from 'typescript';
import { beforeAll, describe, expect, it } from 'vitest';

const root = resolve(import.meta.dirname, '../..');
const planted = resolve(root, 'src/domain/planted.ts');

/** What an engine may not touch, and the name that its compiler does not know. */
const unknown = [
  ['the process', "export const home = process.env['HOME'];", 'process'],
  ['Node’s buffers', "export const bytes = Buffer.from('a');", 'Buffer'],
  ['a timer', 'export const timer = setTimeout(() => undefined, 1);', 'setTimeout'],
  ['the clock of the machine', 'export const at = performance.now();', 'performance'],
  ['randomness', 'export const id = crypto.randomUUID();', 'crypto'],
  ['the network', "export const page = fetch('https://school.example');", 'fetch'],
  ['the page', 'export const title = document.title;', 'document'],
  ['the window', 'export const bridge = window;', 'window'],
  ['the console', "console.log('a');\nexport {};", 'console'],
] as const;

describe('the domain compiles alone', () => {
  let options: ts.CompilerOptions = {};

  /** What the compiler says of an engine, with the settings of the domain. */
  const problems = (text: string): string[] => {
    const host = ts.createCompilerHost(options);
    const { readFile, fileExists, getSourceFile } = host;
    host.fileExists = (path) => path === planted || fileExists(path);
    host.readFile = (path) => (path === planted ? text : readFile(path));
    host.getSourceFile = (path, language, ...rest) => (path === planted ? ts.createSourceFile(path, text, language) : getSourceFile(path, language, ...rest));
    const program = ts.createProgram([planted], options, host);
    const source = program.getSourceFile(planted);
    return program.getSemanticDiagnostics(source).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
  };

  beforeAll(() => {
    const file = resolve(root, 'tsconfig.domain.json');
    const read = ts.readConfigFile(file, (path) => ts.sys.readFile(path));
    options = ts.parseJsonConfigFileContent(read.config, ts.sys, root).options;
  });

  it.each(unknown)('without %s', (_what, text, name) => {
    expect(problems(text).join('\n')).toContain(`'${name}'`);
  });

  it('with plain values and what is passed in', () => {
    expect(problems("import type { Clock } from '#domain/kernel/clock';\nexport const later = (clock: Clock): number => clock() + 1;")).toEqual([]);
  });
});
