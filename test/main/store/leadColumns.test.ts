import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type LeadSort, leadSorts } from '#contract/admissions/leadFields';
import type { Filter } from '#contract/filter';
import type { RowScope } from '#main/app/scope';
import { FoldedTexts } from '#main/store/admissions/foldedTexts';
import { leadColumns, prepareLeads } from '#main/store/admissions/leadColumns';
import { listFirstLeads, listLeads } from '#main/store/admissions/leadList';
import { type LeadOrder, sortByValue, ValueOrder } from '#main/store/admissions/leadOrders';
import { fold } from '#domain/kernel/text';
import { monday, type Person, workspaceApp } from '#test/support/app';

const seed = 20261005;

function sorted(values: readonly number[], alive: Uint8Array): LeadOrder {
  const steps = sortByValue((position) => values[position] ?? Number.NaN, values.length, alive);
  for (;;) {
    const { done, value } = steps.next();
    if (done === true) return value;
  }
}

describe('orders by value', () => {
  const value = fc.oneof(fc.double(), fc.constantFrom(Number.NaN, 0, -0, -1, 1, 50, Infinity, -Infinity, 1.7e12), fc.integer({ min: 0, max: 9 }));

  it('are those of a comparison: the unanswered apart, equal ones as they stand, without those that are gone', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(value, fc.boolean()), { maxLength: 60 }), (rows) => {
        const values = rows.map(([each]) => each);
        const positions = rows.flatMap(([, alive], position) => (alive ? [position] : []));
        const { answered, unanswered } = sorted(values, Uint8Array.from(rows, ([, alive]) => (alive ? 1 : 0)));
        const known = positions.filter((position) => !Number.isNaN(values[position]));
        const compare = (a = 0, b = 0): number => (a < b ? -1 : a > b ? 1 : 0);
        expect([...answered]).toEqual(known.sort((a, b) => compare(values[a], values[b]) || a - b));
        expect([...unanswered]).toEqual(positions.filter((position) => Number.isNaN(values[position])));
      }),
      { seed },
    );
  });
});

describe('an order by value', () => {
  it('is after any changes what sorting all anew would make it', () => {
    const change = fc.tuple(fc.nat(24), fc.oneof(fc.constant(Number.NaN), fc.integer({ min: -2, max: 4 }), fc.double()), fc.boolean());
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.array(change, { maxLength: 8 }), fc.integer({ min: 0, max: 25 }), fc.nat(3)), { maxLength: 12 }), (turns) => {
        const values = new Float64Array(25);
        const alive = new Uint8Array(25).fill(1);
        let size = 10;
        const order = new ValueOrder({ size: () => size, isAlive: (position) => alive[position] === 1, values: () => (position) => values[position] ?? Number.NaN, aliveMarks: () => alive });
        for (const [changes, nextSize, steps] of turns) {
          for (const [position, value, lives] of changes) {
            values[position] = value;
            alive[position] = lives ? 1 : 0;
            order.touch(position);
          }
          for (let position = Math.min(size, nextSize); position < Math.max(size, nextSize); position += 1) order.touch(position);
          size = nextSize;
          // A few steps of what is to be done, or all of it.
          for (let step = 0; step < steps; step += 1) order.advance();
          if (steps === 3) continue;
          const { answered, unanswered } = order.order();
          const anew = sorted([...values.subarray(0, size)], alive.subarray(0, size));
          expect([...answered]).toEqual([...anew.answered]);
          expect([...unanswered]).toEqual([...anew.unanswered]);
        }
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
        const [word] = needle.split(/[^\p{L}\p{N}]+/u).filter((each) => each !== '');
        if (word === undefined) return;
        const begins = where((each) => each.split(/[^\p{L}\p{N}]+/u).some((one) => one.startsWith(word)));
        const marks = new Uint8Array(20);
        texts.markWord(word, null, marks);
        expect(found(marks)).toEqual(begins);
        const among = new Uint8Array(20).fill(1, 0, 10);
        const fewer = new Uint8Array(20);
        texts.markWord(word, among, fewer);
        expect(found(fewer)).toEqual(begins.filter((position) => position < 10));
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

describe('common and rare texts among many', () => {
  it('are found alike, also where some were changed', () => {
    const texts = new FoldedTexts();
    const count = 3_000;
    texts.grow(count);
    const plain = Array.from({ length: count }, (_none, position) => (position % 7 === 0 ? `Needle ${String(position)}` : position % 3 === 0 ? `hay’nee ${String(position)}` : 'stack of needles'));
    plain.forEach((text, position) => { texts.set(position, text); });
    for (const position of [5, 99, 2_999, 4]) {
      plain[position] = `changed to a needle ${String(position)}`;
      texts.set(position, plain[position] ?? '');
    }
    texts.unset(14);
    plain[14] = '';
    for (const needle of ['needle', 'nee', 'stack', 'hay', 'ne', 'e', '2999', 'absent', ' ']) {
      const held = texts.containing(needle);
      const found = [...held.keys()].filter((position) => held[position] === 1);
      expect(found, needle).toEqual(plain.flatMap((text, position) => (fold(text).includes(needle) ? [position] : [])));
      const marks = new Uint8Array(count);
      if (needle !== ' ') texts.markWord(needle, null, marks);
      if (needle !== ' ') expect([...marks.keys()].filter((position) => marks[position] === 1), needle).toEqual(plain.flatMap((text, position) => (fold(text).split(/[^\p{L}\p{N}]+/u).some((word) => word.startsWith(needle)) ? [position] : [])));
    }
  });
});

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

describe('a first page, while the columns of all leads are still being read', () => {
  it('is the one that all leads give, for whoever asks', async () => {
    const { app, owner } = await workspaceApp();
    const store = app.inside.workspace.store();
    // Workspaces with few keys are read at once.
    store.transaction((writer) => {
      writer.run("insert into people (key, id, created_at, updated_at) values (90000, x'90', 0, 0)");
      writer.run("insert into leads (key, id, person_key, sort_name, stage, team_key, created_at, updated_at) values (90000, x'90', 90000, 'zz', 0, (select min(key) from teams), 0, 0)");
    });
    const given = ['Ada', 'Bea', 'Cleo', 'Zoë'];
    for (let number = 0; number < 24; number += 1) {
      await owner.call('admissions.leads.create', { givenName: given[number % 4] ?? '', familyName: number % 5 === 0 ? 'Hughes' : 'Patel', stage: number % 3 === 0 ? 'applied' : 'enquiry', ...(number % 2 === 0 ? { email: `p${String(number)}@post.example`, phone: '+44 20 7946 0018' } : {}) });
    }
    const [team, user] = [store.value<number>('select min(key) from teams') ?? 0, store.value<number>('select min(key) from users') ?? 0];
    store.transaction((writer) => {
      writer.run('update leads set owner_key = null where key % 4 = 0');
      writer.run('update leads set merged_into = 90000 where key = 90005');
    });
    const setting = { store, now: monday, timeZone: 'Europe/London', bands: { high: 70, medium: 40 }, userKey: user };
    const scope = fc.constantFrom<RowScope>({ kind: 'all' }, { kind: 'own', userKey: user }, { kind: 'team', userKey: user, teamKey: team }, { kind: 'own', userKey: -1 });
    const query = fc.record(
      {
        sort: fc.record({ field: fc.constantFrom(...leadSorts), direction: fc.constantFrom('ascending' as const, 'descending' as const) }),
        limit: fc.integer({ min: 1, max: 12 }),
        offset: fc.nat(6),
        filter: fc.constantFrom<Filter>({ field: 'stage', is: 'applied' }, { field: 'hasEmail', is: true }, { field: 'name', contains: 'a' }, { not: { field: 'owner', isEmpty: true } }),
        search: fc.constantFrom('hughes', 'zoe pat', 'post', '!!!', 'nobody'),
      },
      { requiredKeys: ['sort', 'limit'] },
    );
    let answered = 0;
    fc.assert(
      fc.property(scope, query, (who, asked) => {
        const first = listFirstLeads(store, who, asked, setting);
        if (first === null) return;
        answered += 1;
        const whole = listLeads(store, who, asked, setting);
        expect(first.keys).toEqual(whole.keys);
        if (first.totalIsExact) expect(first.total).toBe(whole.total);
        else expect(first.total).toBeLessThanOrEqual(whole.total);
      }),
      { seed, numRuns: 300 },
    );
    expect(answered).toBeGreaterThan(50);
  });
});
