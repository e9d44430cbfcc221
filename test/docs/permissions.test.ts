import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { Entry } from '#contract/define';
import { contract } from '#contract/index';
import { permissions, resourceTypes, roles } from '#domain/platform/roles';
import { permits } from '#main/app/dispatch';
import { projectRoot, textOf } from '#test/support/sources';

const page = textOf('docs/permissions.md');

/** The cells of the row that begins with a name. */
function rowOf(name: string): string[] {
  const row = page.split('\n').find((line) => line.startsWith(`| \`${name}\` |`));
  return (row ?? '').split(' | ').map((cell) => cell.replace(/^\| | \|$/g, ''));
}

describe('docs/permissions.md', () => {
  it('is what the script prints: where it is stale, run node scripts/permissions.mjs --write', () => {
    const printed = execFileSync(process.execPath, [join(projectRoot, 'scripts/permissions.mjs')], { cwd: projectRoot, encoding: 'utf8' });
    expect(page).toBe(printed);
  });

  it.each(Object.entries(contract) as [string, Entry][])('says of %s what the corridor does', (name, entry) => {
    const [, kind, ...cells] = rowOf(name);
    expect(kind).toBe(entry.kind);
    const about = entry.allow.who === 'role' && entry.allow.access !== undefined;
    expect(cells.slice(0, roles.length)).toEqual(roles.map((role) => {
      const reach = permits(role, entry);
      return reach === null ? '–' : about ? reach : 'yes';
    }));
  });

  it('has every permission and every resource', () => {
    for (const name of [...permissions, ...resourceTypes]) expect(rowOf(name), name).toHaveLength(roles.length + 1);
  });
});
