import { afterAll, describe, expect, it, vi } from 'vitest';
import { type Allow, type Entry, role } from '#contract/define';
import { contract, type EntryName, entryNames } from '#contract/index';
import { operations, permissions, resourceTypes } from '#domain/platform/roles';
import type * as Dispatch from '#main/app/dispatch';
import type { HandlerParts } from '#main/app/parts';
import { learningHandlers } from '#main/learning/handlers';
import { modelsHandlers } from '#main/models/handlers';
import { emptyApp } from '#test/support/app';
import { filesBelow, parse, textsIn } from '#test/support/sources';

const wired: { handlers: Readonly<Record<string, unknown>> } = { handlers: {} };

vi.mock('#main/app/dispatch', async (original) => {
  const real = await original<typeof Dispatch>();
  return {
    ...real,
    createDispatch: (parts: Parameters<typeof real.createDispatch>[0]) => {
      wired.handlers = parts.handlers;
      return real.createDispatch(parts);
    },
  };
});

afterAll(() => {
  vi.restoreAllMocks();
});

/** Whether a rule of access says who may call: a permission, an access, or a reason why neither is needed. */
function saysWho(allow: Allow): boolean {
  if (allow.who !== 'role') return allow.why.trim().length >= 10;
  const { permission, access } = allow;
  if (permission === undefined && access === undefined) return false;
  return (permission === undefined || permissions.includes(permission)) && (access === undefined || (resourceTypes.includes(access.resource) && operations.includes(access.operation)));
}

describe('every entry of the contract', () => {
  const entries = Object.entries(contract) as [EntryName, Entry][];

  it('is named area.noun.verb in the words of this program', () => {
    for (const name of entryNames) expect(name).toMatch(/^(admissions|learning|models|platform)\.[a-z][a-zA-Z]+(\.[a-z][a-zA-Z]+){1,2}$/);
  });

  it('says who may call it', () => {
    expect(saysWho(role())).toBe(false);
    expect(saysWho({ who: 'anyone', why: '' })).toBe(false);
    expect(entries.filter(([, { allow }]) => !saysWho(allow)).map(([name]) => name)).toEqual([]);
  });

  it('says what it reads or what it changes, and for whom it is', () => {
    const silent = entries.filter(([, { kind, reads, changes, summary }]) => summary.length < 10 || !summary.endsWith('.') || (kind === 'query' && changes.length > 0) || (kind !== 'query' && reads.length > 0));
    expect(silent.map(([name]) => name)).toEqual([]);
  });

  it('has a handler, and no handler is without an entry', () => {
    emptyApp();
    expect(Object.keys(wired.handlers).sort()).toEqual([...entryNames].sort());
    for (const name of entryNames) expect(wired.handlers[name], name).toBeTypeOf('function');
  });

  it('has its handler in the area that is read later, too', () => {
    const later = { ...learningHandlers({} as HandlerParts), ...modelsHandlers({} as HandlerParts) };
    const areas = entryNames.filter((name) => /^(learning|models)\./.test(name) || name === 'admissions.forecast.model');
    expect(Object.keys(later).sort()).toEqual([...areas].sort());
  });

  it('is called by at least one test', () => {
    const called = new Set(
      filesBelow('test', /\.(test|spec)\.ts$/)
        .filter((path) => !path.startsWith('test/architecture/'))
        .flatMap((path) => textsIn(parse(path)))
        .map(({ written }) => written.join('')),
    );
    expect(entryNames.filter((name) => !called.has(name))).toEqual([]);
  });
});
