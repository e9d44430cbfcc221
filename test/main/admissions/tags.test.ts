import { describe, expect, it } from 'vitest';
import type { Filter } from '#contract/filter';
import { type Person, workspaceApp } from '#test/support/app';
import { fileWith, smallCsv } from '#test/support/files';

async function withLeads() {
  const app = await workspaceApp();
  await app.owner.call('admissions.imports.run', { path: fileWith(smallCsv) });
  const { items } = await app.owner.call('admissions.leads.list', { sort: [{ field: 'name', direction: 'ascending' }] });
  const byName = new Map(items.map(({ name, id }) => [name, id]));
  const [zara, zoe, jan] = ['Zara Patel', "Zoë O'Brien", 'Jan van der Berg'].map((name) => byName.get(name)!);
  return { ...app, zara: zara!, zoe: zoe!, jan: jan! };
}

const tagsOf = async (person: Person, id: string) => (await person.call('admissions.leads.get', { id })).tags.map(({ name }) => name);
const namesFor = async (person: Person, filter: Filter) => (await person.call('admissions.leads.list', { filter, sort: [{ field: 'name', direction: 'ascending' }] })).items.map(({ name }) => name);
const idOf = async (person: Person, name: string) => (await person.call('admissions.tags.list')).items.find((tag) => tag.name === name)!.id;

describe('tags', () => {
  it('are put on leads, found by the one filter, and taken off again', async () => {
    const { owner, zara, zoe } = await withLeads();
    expect(await owner.call('admissions.tags.add', { ids: [zara, zoe], tags: [' Open day '] })).toEqual({ changed: 2, previous: [{ id: zara, tags: [] }, { id: zoe, tags: [] }] });
    // However it is spelled, it is one tag; and what is there already is no change.
    expect(await owner.call('admissions.tags.add', { ids: [zara, zoe, zara], tags: ['OPEN DAY'] })).toEqual({ changed: 0, previous: [] });
    await owner.call('admissions.tags.add', { ids: [zara], tags: ['Bursary', 'open day'] });
    expect(await tagsOf(owner, zara)).toEqual(['Bursary', 'Open day']);
    expect((await owner.call('admissions.tags.list')).items).toMatchObject([{ name: 'Bursary', leads: 1, changeable: true }, { name: 'Open day', leads: 2, changeable: true }]);

    expect(await namesFor(owner, { field: 'tags', is: 'bursary' })).toEqual(['Zara Patel']);
    expect(await namesFor(owner, { field: 'tags', in: ['Bursary', 'Open day'] })).toEqual(["Zoë O'Brien", 'Zara Patel']);
    expect(await namesFor(owner, { field: 'tags', isNot: 'Bursary' })).toHaveLength(3);
    expect(await namesFor(owner, { field: 'tags', isEmpty: true })).toEqual(['A-4', 'Jan van der Berg']);
    expect(await namesFor(owner, { not: { field: 'tags', isEmpty: true } })).toEqual(await namesFor(owner, { field: 'tags', isNotEmpty: true }));
    expect(await namesFor(owner, { field: 'tags', contains: 'day' })).toHaveLength(2);
    const field = (await owner.call('admissions.leads.options')).fields.find(({ name }) => name === 'tags');
    expect(field).toMatchObject({ label: 'Tags', type: 'option', values: [{ value: 'Bursary' }, { value: 'Open day' }] });

    const { previous } = await owner.call('admissions.tags.remove', { ids: [zara, zoe], tags: ['Open day', 'Never made'] });
    expect(previous).toEqual([{ id: zara, tags: ['Bursary', 'Open day'] }, { id: zoe, tags: ['Open day'] }]);
    expect(await namesFor(owner, { field: 'tags', is: 'Open day' })).toEqual([]);
  });

  it('are renamed, merged and deleted on every lead at once, each with a way back', async () => {
    const { owner, zara, zoe } = await withLeads();
    await owner.call('admissions.tags.add', { ids: [zara], tags: ['Open day'] });
    await owner.call('admissions.tags.add', { ids: [zara, zoe], tags: ['Openday'] });
    const [right, wrong] = [await idOf(owner, 'Open day'), await idOf(owner, 'Openday')];
    expect((await owner.refused('admissions.tags.rename', { id: wrong, name: 'open DAY' })).message).toBe('There is a tag “Open day” already. Merge the two, or choose another name.');

    await owner.call('admissions.tags.merge', { id: wrong, into: right });
    expect([await tagsOf(owner, zara), await tagsOf(owner, zoe)]).toEqual([['Open day'], ['Open day']]);
    expect(await namesFor(owner, { field: 'tags', is: 'Open day' })).toHaveLength(2);
    expect((await owner.refused('admissions.tags.merge', { id: right, into: wrong })).code).toBe('invalid_input');
    // Taking off what it stands for takes off both.
    await owner.call('admissions.tags.remove', { ids: [zoe], tags: ['Open day'] });
    expect(await tagsOf(owner, zoe)).toEqual([]);
    await owner.call('admissions.tags.merge', { id: wrong, into: null });
    expect(await tagsOf(owner, zara)).toEqual(['Open day', 'Openday']);

    await owner.call('admissions.tags.delete', { id: wrong });
    expect(await tagsOf(owner, zara)).toEqual(['Open day']);
    expect(await namesFor(owner, { field: 'tags', is: 'Openday' })).toEqual([]);
    expect(await owner.call('admissions.tags.rename', { id: right, name: 'Openday' })).toMatchObject({ name: 'Openday', leads: 1 });
    expect((await owner.refused('admissions.tags.delete', { id: wrong, deleted: false })).code).toBe('conflict');
    await owner.call('admissions.tags.rename', { id: right, name: 'Visit' });
    await owner.call('admissions.tags.delete', { id: wrong, deleted: false });
    expect(await tagsOf(owner, zara)).toEqual(['Openday', 'Visit']);
    expect((await owner.refused('admissions.tags.delete', { id: zara })).code).toBe('not_found');
  });

  it('reach no further than the leads that one sees', async () => {
    const { owner, newUser, zara } = await withLeads();
    const team = await owner.call('platform.teams.create', { name: 'Elsewhere', department: 'Overseas' });
    const staff = await newUser('staff', { teamId: team.id });
    const { id: own } = await staff.call('admissions.leads.create', { givenName: 'Own' });
    await owner.call('admissions.tags.add', { ids: [zara], tags: ['Secret', 'Shared'] });
    await staff.call('admissions.tags.add', { ids: [own], tags: ['shared', 'Ours'] });
    expect((await staff.call('admissions.tags.list')).items.map(({ name, leads, changeable }) => [name, leads, changeable])).toEqual([['Ours', 1, true], ['Shared', 1, false]]);
    expect((await staff.call('admissions.leads.options')).fields.find(({ name }) => name === 'tags')?.values.map(({ value }) => value)).toEqual(['Ours', 'Shared']);
    expect((await staff.refused('admissions.tags.add', { ids: [own, zara], tags: ['Mine'] })).code).toBe('out_of_scope');
    expect((await staff.refused('admissions.tags.rename', { id: await idOf(owner, 'Shared'), name: 'Taken' })).code).toBe('out_of_scope');
    expect((await staff.refused('admissions.tags.delete', { id: await idOf(owner, 'Secret') })).code).toBe('out_of_scope');
    expect(await staff.call('admissions.tags.rename', { id: await idOf(owner, 'Ours'), name: 'Mine' })).toMatchObject({ name: 'Mine' });
  });

  it('go with a merge of duplicates and come back with its undo', async () => {
    const { owner } = await workspaceApp();
    const first = await owner.call('admissions.leads.create', { givenName: 'Zara', familyName: 'Patel', email: 'z@example.org' });
    const second = await owner.call('admissions.leads.create', { givenName: 'Zara', familyName: 'Patel', email: 'z@example.org' });
    await owner.call('admissions.tags.add', { ids: [first.id, second.id], tags: ['Both'] });
    await owner.call('admissions.tags.add', { ids: [second.id], tags: ['Second'] });
    const { mergeId } = await owner.call('admissions.duplicates.merge', { survivorId: first.id, mergedId: second.id });
    expect(await tagsOf(owner, first.id)).toEqual(['Both', 'Second']);
    expect((await owner.call('admissions.tags.list')).items.map(({ leads }) => leads)).toEqual([1, 1]);
    await owner.call('admissions.duplicates.unmerge', { mergeId });
    expect([await tagsOf(owner, first.id), await tagsOf(owner, second.id)]).toEqual([['Both'], ['Both', 'Second']]);
  });

  it('are logged for synchronisation, each as a column of its lead, and audited by ids alone', async () => {
    const { app, owner, zara } = await withLeads();
    await owner.call('admissions.tags.add', { ids: [zara], tags: ['Open day'] });
    await owner.call('admissions.tags.remove', { ids: [zara], tags: ['Open day'] });
    const store = app.inside.workspace.store();
    const tag = store.value<string>('select id from tags');
    expect(store.all("select table_name as kind, column_name as name, value from change_log where column_name like 'tag %' or table_name = 'tags' order by sequence")).toEqual([
      { kind: 'tags', name: '*', value: null },
      { kind: 'leads', name: `tag ${tag!}`, value: 1 },
      { kind: 'leads', name: `tag ${tag!}`, value: 0 },
    ]);
    const { items } = await owner.call('platform.audit.list', { action: 'admissions.tags.add' });
    expect(JSON.stringify(items)).not.toContain('Open day');
    expect(items[0]!.targetIds).toEqual([zara]);
  });
});
