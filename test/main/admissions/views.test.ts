import { describe, expect, it } from 'vitest';
import { type Filter, withoutFields } from '#contract/filter';
import { workspaceApp } from '#test/support/app';
import { fileWith, smallCsv } from '#test/support/files';

const law: Filter = { all: [{ field: 'course', is: 'Law' }, { field: 'score', atLeast: 20 }] };

async function withLeads() {
  const app = await workspaceApp();
  await app.owner.call('admissions.imports.run', { path: fileWith(smallCsv) });
  return app;
}

describe('a view', () => {
  it('keeps what is shown under a name, can be changed, taken away and put back', async () => {
    const { owner } = await withLeads();
    const made = await owner.call('admissions.views.create', { name: ' Law first ', filter: law, search: 'za', sort: { field: 'name', direction: 'ascending' }, columns: ['name', 'score', 'email'], widths: { name: 320 }, grouping: 'source', groupOrder: { field: 'rate', direction: 'descending' } });
    expect(made).toMatchObject({ name: 'Law first', audience: 'nobody', mine: true, owner: 'Ada Lovelace', filter: law, search: 'za', sort: { field: 'name', direction: 'ascending' }, columns: ['name', 'score', 'email'], widths: { name: 320 }, grouping: 'source', groupOrder: { field: 'rate', direction: 'descending' }, gone: [] });
    const plain = await owner.call('admissions.views.create', { name: 'All' });
    expect(plain).toMatchObject({ filter: null, search: '', sort: { field: 'score', direction: 'descending' }, columns: null, widths: null, grouping: null, groupOrder: null });
    expect((await owner.call('admissions.views.list')).items.map(({ name }) => name)).toEqual(['All', 'Law first']);

    const changed = await owner.call('admissions.views.update', { id: made.id, name: 'Law', filter: null, grouping: 'month', groupOrder: null, widths: null });
    expect(changed).toMatchObject({ name: 'Law', filter: null, search: 'za', grouping: 'month', groupOrder: null, widths: null });
    expect(await owner.call('admissions.views.remove', { id: made.id })).toEqual({ id: made.id, removed: true });
    expect((await owner.call('admissions.views.list')).items.map(({ name }) => name)).toEqual(['All']);
    expect((await owner.refused('admissions.views.update', { id: made.id, name: 'Gone' })).code).toBe('not_found');
    await owner.call('admissions.views.remove', { id: made.id, removed: false });
    expect((await owner.call('admissions.views.list')).items.map(({ id }) => id)).toContain(made.id);
    const { items } = await owner.call('platform.audit.list', {});
    expect(items.map(({ action }) => action)).toEqual(expect.arrayContaining(['admissions.views.create', 'admissions.views.update', 'admissions.views.remove']));
  });

  it('is seen by nobody else, by the team, or by everyone, as its owner says; and changed by its owner alone', async () => {
    const { owner, newUser } = await withLeads();
    const overseas = await owner.call('platform.teams.create', { name: 'Elsewhere', department: 'Overseas' });
    const first = await newUser('staff', { teamId: overseas.id });
    const second = await newUser('staff', { teamId: overseas.id });
    const { id } = await first.call('admissions.views.create', { name: 'Mine' });
    const seen = async () => Promise.all([second, owner].map(async (person) => (await person.call('admissions.views.list')).items.map((view) => view.id).includes(id)));
    expect(await seen()).toEqual([false, false]);
    await first.call('admissions.views.update', { id, audience: 'team' });
    expect(await seen()).toEqual([true, false]);
    await first.call('admissions.views.update', { id, audience: 'everyone' });
    expect(await seen()).toEqual([true, true]);
    expect((await owner.call('admissions.views.list')).items.find((view) => view.id === id)).toMatchObject({ mine: false, owner: 'Some staff' });
    expect((await second.refused('admissions.views.update', { id, name: 'Yours' })).code).toBe('out_of_scope');
    expect((await owner.refused('admissions.views.remove', { id })).code).toBe('out_of_scope');
    expect((await owner.refused('admissions.views.remove', { id: '01890000-0000-7000-8000-000000000000' })).code).toBe('not_found');
  });

  it('shows each person their own leads only', async () => {
    const { owner, newUser } = await withLeads();
    const team = await owner.call('platform.teams.create', { name: 'Elsewhere', department: 'Overseas' });
    const staff = await newUser('staff', { teamId: team.id });
    await owner.call('admissions.views.create', { name: 'All', audience: 'everyone' });
    const [view] = (await staff.call('admissions.views.list')).items;
    expect(view).toMatchObject({ name: 'All', mine: false });
    expect((await staff.call('admissions.leads.list', { sort: [view!.sort] })).total).toBe(0);
  });

  it('holds a filter of 200 conditions, which a list and an export answer', async () => {
    const { owner } = await withLeads();
    const any: Filter = { any: Array.from({ length: 200 }, (_none, index): Filter => ({ field: 'score', between: [index / 2, index / 2 + 0.5] })) };
    const made = await owner.call('admissions.views.create', { name: 'Many', filter: any });
    expect(made.filter).toEqual(any);
    const all: Filter = { all: Array.from({ length: 200 }, (_none, index): Filter => ({ field: 'name', isNot: `Nobody ${String(index)}` })) };
    await owner.call('admissions.views.update', { id: made.id, filter: all });
    expect((await owner.call('admissions.leads.list', { filter: made.filter! })).total).toBe(4);
    expect((await owner.call('admissions.leads.list', { filter: all })).total).toBe(4);
  });

  it('is refused with a filter that cannot be read, and without a name', async () => {
    const { owner } = await withLeads();
    expect((await owner.refused('admissions.views.create', { name: 'Odd', filter: { field: 'nose', is: 'long' } })).message).toContain('nose');
    expect((await owner.refused('admissions.views.create', { name: 'Odd', filter: { field: 'score', contains: 'x' } })).code).toBe('invalid_input');
    expect((await owner.refused('admissions.views.create', { name: '  ' })).code).toBe('invalid_input');
  });
});

describe('a view over a column that is gone', () => {
  it('says which, and keeps the rest', async () => {
    const { owner, app } = await withLeads();
    const [attribute] = (await owner.call('admissions.attributes.list')).items;
    const field = `attribute.${attribute!.name}`;
    const filter: Filter = { all: [{ field, isNotEmpty: true }, { field: 'score', atLeast: 20 }] };
    const { id } = await owner.call('admissions.views.create', { name: 'Old', filter, columns: ['name', field, 'score'] });
    app.inside.workspace.store().transaction((writer) => {
      writer.run('delete from attributes where name = ?', attribute!.name);
    });
    const view = (await owner.call('admissions.views.list')).items.find((each) => each.id === id)!;
    expect(view).toMatchObject({ gone: [field], filter: { all: [{ field: 'score', atLeast: 20 }] }, columns: ['name', 'score'] });
    expect((await owner.call('admissions.leads.list', { filter: view.filter! })).total).toBe(4);
    expect((await owner.refused('admissions.leads.list', { filter })).message).toContain('no such attribute any more');
  });

  it.each<[string, Filter, Filter | null]>([
    ['one condition', { field: 'gone', is: 1 }, null],
    ['a part of any', { any: [{ field: 'gone', is: 1 }, { field: 'kept', is: 1 }] }, { any: [{ field: 'kept', is: 1 }] }],
    ['all of all', { all: [{ field: 'gone', is: 1 }, { not: { field: 'gone', is: 2 } }] }, null],
    ['something deep', { not: { all: [{ field: 'kept', is: 1 }, { any: [{ field: 'gone', is: 1 }] }] } }, { not: { all: [{ field: 'kept', is: 1 }] } }],
  ])('loses %s and no more', (_name, from, left) => {
    expect(withoutFields(from, (field) => field === 'gone')).toEqual({ filter: left, gone: ['gone'] });
  });
});
