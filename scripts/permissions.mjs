// Prints docs/permissions.md from the contract and the roles: who may call what, and over which rows. `--write` writes the file.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { registerHooks } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import ts from 'typescript';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');

// The sources are TypeScript whose imports have no ending: they are read as they stand, without a build.
registerHooks({
  resolve(specifier, context, next) {
    if (specifier.startsWith('.') && context.parentURL?.endsWith('.ts')) {
      const file = new URL(`${specifier}.ts`, context.parentURL);
      if (existsSync(file)) return { url: file.href, shortCircuit: true };
    }
    return next(specifier, context);
  },
  load(url, context, next) {
    if (!url.endsWith('.ts')) return next(url, context);
    const compilerOptions = { module: ts.ModuleKind.ESNext, target: ts.ScriptTarget.ES2024, verbatimModuleSyntax: true };
    return { format: 'module', shortCircuit: true, source: ts.transpileModule(readFileSync(fileURLToPath(url), 'utf8'), { compilerOptions }).outputText };
  },
});

const { contract } = await import('#contract/index');
const { accessScope, dataScopes, hasPermission, permissions, resourceTypes, roleGrants, roles } = await import('#domain/platform/roles');

const yes = 'yes';
const no = '–';

/** What one role may do with an entry: over which rows, or not at all. */
function reach(role, { allow }) {
  if (allow.who !== 'role') return yes;
  if (allow.permission !== undefined && !hasPermission(role, allow.permission)) return no;
  if (allow.access === undefined) return yes;
  return accessScope(role, allow.access.resource, allow.access.operation) ?? no;
}

/** What an entry asks of whoever calls it. */
function needs({ allow }) {
  if (allow.who === 'anyone') return `nothing: ${allow.why}`;
  if (allow.who === 'signedIn') return `a session: ${allow.why}`;
  const access = allow.access === undefined ? [] : [`${allow.access.operation} \`${allow.access.resource}\``];
  return [...(allow.permission === undefined ? [] : [`\`${allow.permission}\``]), ...access].join(' and ');
}

function table(header, rows) {
  return [header, header.map(() => '---'), ...rows].map((cells) => `| ${cells.map((cell) => cell.replaceAll('|', '\\|')).join(' | ')} |`);
}

const entries = Object.entries(contract);
const areas = [...new Set(entries.map(([name]) => name.split('.').slice(0, 2).join('.')))];

const page = [
  '# Who may do what',
  '',
  'Every screen, command-line call and web request is one entry of the contract; this is each of them against the five roles. The page is',
  'printed by `node scripts/permissions.mjs --write` from the sources, and a test fails when it is stale.',
  '',
  `A cell says over which rows a role may call an entry: ${dataScopes.map((scope) => `\`${scope}\``).join(', ')}. “${yes}” means that the entry is about no`,
  `rows of anybody, “${no}” that it is refused. A refusal is audited.`,
  '',
  ...areas.flatMap((area) => [
    `## ${area}`,
    '',
    ...table(
      ['entry', 'kind', ...roles, 'needs'],
      entries.filter(([name]) => name.startsWith(`${area}.`)).map(([name, entry]) => [`\`${name}\``, entry.kind, ...roles.map((role) => reach(role, entry)), needs(entry)]),
    ),
    '',
  ]),
  '## Permissions',
  '',
  ...table(['permission', ...roles], permissions.map((permission) => [`\`${permission}\``, ...roles.map((role) => (hasPermission(role, permission) ? yes : no))])),
  '',
  '## Resources',
  '',
  'The rows that a role reaches, and what it may do with them where that is not everything.',
  '',
  ...table(
    ['resource', ...roles],
    resourceTypes.map((resource) => [
      `\`${resource}\``,
      ...roles.map((role) => {
        const grant = roleGrants[role].resources[resource];
        if (grant === undefined) return no;
        return grant.operations.length === roleGrants.super_admin.resources[resource].operations.length ? grant.scope : `${grant.scope}: ${grant.operations.join(', ')}`;
      }),
    ]),
  ),
  '',
].join('\n');

if (process.argv.includes('--write')) {
  mkdirSync(join(root, 'docs'), { recursive: true });
  writeFileSync(join(root, 'docs/permissions.md'), page);
} else process.stdout.write(page);
