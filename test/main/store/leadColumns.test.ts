import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { LeadSort } from '#contract/admissions/leadFields';
import type { Filter } from '#contract/filter';
import { FoldedTexts } from '#main/store/admissions/foldedTexts';
import { leadColumns, prepareLeads } from '#main/store/admissions/leadColumns';
import { orderByValue } from '#main/store/admissions/leadOrders';
import { fold } from '#domain/kernel/text';
import { type Person, workspaceApp } from '#test/support/app';

const seed = 20261005;

describe('orders by value', () => {
  const value = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, 0, -0, -1, 1, 50, Infinity, -Infinity, 1.7e12), fc.integer({ min: 0, max: 9 }));

  it('are those of a comparison: the unanswered apart, equal ones as they stand, without those that are gone', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(value, fc.boolean()), { maxLength: 60 }), (rows) => {
        const values = rows.map(([each]) => each);
        const positions = rows.flatMap(([, alive], position) => (alive ? [position] : []));
        const { answered, unanswered } = orderByValue(values, rows.length, Uint8Array.from(rows, ([, alive]) => (alive ? 1 : 0)));
        const known = positions.filter((position) => !Number.isNaN(values[position]));
        const compare = (a = 0, b = 0): number => (a < b ? -1 : a > b ? 1 : 0);
        expect([...answered]).toEqual(known.sort((a, b) => compare(values[a], values[b]) || a - b));
        expect([...unanswered]).toEqual(positions.filter((position) => Number.isNaN(values[position])));
      }),
      { seed },
    );
  });
});

describe('folded texts', () => {
  const text = fc.oneof(fc.constantFrom('', 'Zoë', 'ZOE', '😀 a', 'İ', 'ﬁsh', 'aab', 'aaab'), fc.string({ maxLength: 12, unit: 'grapheme' }), fc.string({ minLength: 3_000, maxLength: 4_000 }));

  it('find what a string of JavaScript finds, whatever was changed before', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.nat(19), fc.option(text)), { maxLength: 120 }), text, (changes, asked) => {
        const texts = new FoldedTexts();
        texts.grow(20);
        const plain = new Map<number, string>();
        for (const [position, change] of changes) {
          if (change === null) {
            texts.unset(position);
            plain.delete(position);
          } else {
            texts.set(position, change);
            plain.set(position, fold(change));
          }
        }
        const needle = fold(asked);
        const where = (test: (each: string) => boolean): number[] => [...plain].flatMap(([position, each]) => (test(each) ? [position] : [])).sort((a, b) => a - b);
        const found = (marks: Uint8Array): number[] => [...marks.keys()].filter((position) => marks[position] === 1);
        expect(found(texts.present())).toEqual(where(() => true));
        expect(found(texts.equal([needle, 'aab']))).toEqual(where((each) => each === needle || each === 'aab'));
        expect(found(texts.startingWith(needle))).toEqual(where((each) => each.startsWith(needle)));
        expect(found(texts.containing(needle))).toEqual(where((each) => each.includes(needle)));
      }),
      { seed },
    );
  });
});

/** What a list answers: names in order. */
async function names(owner: Person, filter?: Filter, field: LeadSort = 'name'): Promise<string[]> {
  const { items } = await owner.call('admissions.leads.list', { ...(filter === undefined ? {} : { filter }), sort: [{ field, direction: 'ascending' }], limit: 500 });
  return items.map(({ name }) => name);
}

describe('lists after what was read in advance', () => {
  const given = fc.constantFrom('Ada', 'Bea', 'Cleo', 'Zoë', '😀', 'Ümit');

  it('show every change at once', async () => {
    const { app, owner } = await workspaceApp();
    const store = app.inside.workspace.store();
    const ids: string[] = [];
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ which: fc.nat(30), givenName: given, email: fc.option(fc.nat(9).map((number) => `p${String(number)}@post.example`)), prepared: fc.nat(40) }), { minLength: 1, maxLength: 6 }),
        async (steps) => {
          for (const { which, givenName, email, prepared } of steps) {
            // Some of it, or all, is read before the change.
            const reading = prepareLeads(store);
            for (let step = 0; step < prepared && reading.next().done !== true; step += 1);
            const id = ids[which];
            if (id === undefined) ids.push((await owner.call('admissions.leads.create', { givenName, familyName: 'Hughes', ...(email === null ? {} : { email }) })).id);
            else await owner.call('admissions.leads.update', { id, givenName, email });
            const leads = await Promise.all(ids.map((each) => owner.call('admissions.leads.get', { id: each })));
            const sorted = (wanted: typeof leads): string[] => wanted.map(({ name }) => name).sort();
            expect((await names(owner)).sort()).toEqual(sorted(leads));
            expect((await names(owner, { field: 'name', startsWith: 'zoe' })).length).toBe(leads.filter(({ givenName: first }) => first === 'Zoë').length);
            expect((await names(owner, { field: 'email', contains: 'P1@' }, 'score')).sort()).toEqual(sorted(leads.filter((lead) => lead.email?.includes('p1@') === true)));
            expect((await names(owner, { field: 'email', isEmpty: true }, 'enquiredAt')).sort()).toEqual(sorted(leads.filter((lead) => lead.email === null)));
            const columns = leadColumns(store);
            const order = [...columns.order('name').answered].map((position) => columns.keyAt(position));
            expect(order).toEqual(store.column<number>('select key from leads order by sort_name, key'));
          }
        },
      ),
      { seed, numRuns: 25 },
    );
  });

  it('show the new name of a person whose leads nobody changed, and a lead whose key was another’s before', async () => {
    const { app, owner } = await workspaceApp();
    const store = app.inside.workspace.store();
    const create = async (givenName: string): Promise<void> => {
      await owner.call('admissions.leads.create', { givenName, familyName: 'Hughes', email: `${givenName}@post.example` });
    };
    await create('Ada');
    await create('Bea');
    for (const _step of prepareLeads(store));
    store.transaction((writer) => {
      writer.run("update people set email = 'new@post.example' where given_name = 'Ada'");
    });
    expect(await names(owner, { field: 'email', startsWith: 'new' })).toEqual(['Ada Hughes']);
    for (const read of [true, false]) {
      store.transaction((writer) => {
        writer.run('delete from leads where key = (select max(key) from leads)');
      });
      if (read) expect(await names(owner)).toEqual(['Ada Hughes']);
      await create(read ? 'Cleo' : 'Dora');
      expect(await names(owner)).toEqual(['Ada Hughes', read ? 'Cleo Hughes' : 'Dora Hughes']);
      expect(await names(owner, { field: 'name', startsWith: read ? 'cleo' : 'dora' })).toHaveLength(1);
      expect(await names(owner, { field: 'name', startsWith: 'bea' })).toEqual([]);
    }
  });
});
