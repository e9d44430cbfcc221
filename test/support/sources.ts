import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, resolve, sep } from 'node:path';
import ts from 'typescript';

export const projectRoot = resolve(import.meta.dirname, '../..');

const made = new Set(['.git', '.vitest', 'node_modules', 'out', 'dist', 'test-results', 'playwright-report']);

/** Every file below a folder of the project, as paths from its root; what tools make is left out. */
export function filesBelow(folder: string, ending = /./): string[] {
  return readdirSync(join(projectRoot, folder), { withFileTypes: true }).flatMap((entry) => {
    if (made.has(entry.name)) return [];
    const path = join(folder, entry.name);
    if (entry.isDirectory()) return filesBelow(path, ending);
    return entry.isFile() && ending.test(entry.name) ? [relative('.', path).split(sep).join('/')] : [];
  });
}

export function textOf(path: string): string {
  return readFileSync(join(projectRoot, path), 'utf8');
}

/** A file of the program as its compiler reads it. */
export function parse(path: string): ts.SourceFile {
  return ts.createSourceFile(path, textOf(path), ts.ScriptTarget.Latest, true, path.endsWith('x') ? ts.ScriptKind.TSX : ts.ScriptKind.TS);
}

export function visit(node: ts.Node, see: (node: ts.Node) => void): void {
  see(node);
  ts.forEachChild(node, (child) => {
    visit(child, see);
  });
}

/** A written text: what stands in it word by word, with `null` where something is put in. */
export type Written = readonly (string | null)[];

/** The texts that an expression may be: a literal, a template, or the branches of a choice. Others are not written here. */
export function writtenIn(expression: ts.Expression): Written[] {
  if (ts.isStringLiteral(expression) || ts.isNoSubstitutionTemplateLiteral(expression)) return [[expression.text]];
  if (ts.isTemplateExpression(expression)) {
    return [[expression.head.text, ...expression.templateSpans.flatMap(({ literal }) => [null, literal.text])]];
  }
  if (ts.isConditionalExpression(expression)) return [...writtenIn(expression.whenTrue), ...writtenIn(expression.whenFalse)];
  if (ts.isParenthesizedExpression(expression) || ts.isAsExpression(expression) || ts.isSatisfiesExpression(expression)) return writtenIn(expression.expression);
  return [];
}

/** Every text of a file, with the node at which it stands. */
export function textsIn(file: ts.SourceFile): { readonly written: Written; readonly node: ts.Node }[] {
  const found: { written: Written; node: ts.Node }[] = [];
  visit(file, (node) => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node) || ts.isTemplateExpression(node)) {
      for (const written of writtenIn(node)) found.push({ written, node });
    }
  });
  return found;
}

/** The name of the outermost declaration in which a node stands. */
export function declarationOf(node: ts.Node): { readonly name: string; readonly text: string } {
  let at = node;
  while (!ts.isSourceFile(at.parent)) at = at.parent;
  const name = ts.isVariableStatement(at) ? at.declarationList.declarations[0]?.name.getText() : (at as Partial<ts.FunctionDeclaration>).name?.getText();
  return { name: name ?? '', text: at.getText() };
}
