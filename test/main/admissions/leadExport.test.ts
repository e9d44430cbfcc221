import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import readXlsxFile from 'read-excel-file/node';
import { describe, expect, it } from 'vitest';
import { temporaryFolder, workspaceApp } from '#test/support/app';
import { fileWith, smallCsv } from '#test/support/files';
import { readTable } from '#test/support/tables';

async function withLeads() {
  const app = await workspaceApp();
  await app.owner.call('admissions.imports.run', { path: fileWith(smallCsv) });
  const { items } = await app.owner.call('admissions.leads.list', {});
  const idOf = (externalId: string) => items.find((lead) => lead.externalId === externalId)!.id;
  return { ...app, idOf, path: (name: string) => join(temporaryFolder(), name) };
}

const sheetOf = async (path: string) => ((await readXlsxFile(path)) as unknown as { data: unknown[][] }[])[0]!.data;

describe('an export', () => {
  it('holds the columns of a view in its order, typed in a workbook, and an address brings its consent along', async () => {
    const { owner, idOf, path } = await withLeads();
    await owner.call('admissions.tags.add', { ids: [idOf('A-1')], tags: ['=Open', 'Day'] });
    await owner.call('admissions.leads.update', { id: idOf('A-1'), emailConsent: true });
    const target = path('leads.xlsx');
    const columns = ['name', 'email', 'tags', 'enquiredAt', 'converted', 'attribute.occupation', 'attribute.gone', 'webVisits'];
    expect(await owner.call('admissions.leads.export', { path: target, columns, sort: [{ field: 'name', direction: 'ascending' }] })).toMatchObject({ rows: 4, name: 'leads.xlsx', leftOut: 0 });
    const [header, ...rows] = await sheetOf(target);
    expect(header).toEqual(['Name', 'E-mail', 'May be e-mailed', 'Tags', 'Enquiry date', 'Converted', 'Occupation']);
    expect(rows[0]).toEqual(['A-4', null, 'not asked', null, null, false, null]);
    expect(rows[2]).toEqual(['Zara Patel', 'zara.patel@example.com', 'yes', "'=Open, Day", new Date('2026-09-01T00:00:00Z'), false, 'Student']);
  });

  it('holds every field where no column is named', async () => {
    const { owner, path } = await withLeads();
    const target = path('leads.csv');
    await owner.call('admissions.leads.export', { path: target });
    const { header, all } = await readTable(readFileSync(target));
    expect(header.slice(0, 6)).toEqual(['Name', 'External id', 'E-mail', 'May be e-mailed', 'Phone', 'May be called']);
    expect(header.at(-1)).toBe('Occupation');
    expect(all).toHaveLength(4);
  });

  it('leaves out who said no, and says how many', async () => {
    const { owner, idOf, path } = await withLeads();
    await owner.call('admissions.leads.update', { id: idOf('A-1'), emailConsent: false });
    await owner.call('admissions.leads.update', { id: idOf('A-3'), phoneConsent: false });
    const names = async (leaveOut: ('email' | 'phone')[]) => {
      const target = path('leads.xlsx');
      const { rows, leftOut } = await owner.call('admissions.leads.export', { path: target, columns: ['externalId'], leaveOut });
      return { rows, leftOut, ids: (await sheetOf(target)).slice(1).map(([id]) => id).sort() };
    };
    expect(await names([])).toEqual({ rows: 4, leftOut: 0, ids: ['A-1', 'A-2', 'A-3', 'A-4'] });
    expect(await names(['email'])).toEqual({ rows: 3, leftOut: 1, ids: ['A-2', 'A-3', 'A-4'] });
    expect(await names(['email', 'phone'])).toEqual({ rows: 2, leftOut: 2, ids: ['A-2', 'A-4'] });
  });

  it('is of the chosen leads alone, and audited with how many there were', async () => {
    const { owner, newUser, idOf, path } = await withLeads();
    const target = path('some.csv');
    expect(await owner.call('admissions.leads.export', { path: target, chosen: { matching: { filter: { field: 'source', is: 'UCAS' }, except: [idOf('A-2')] }, ids: [idOf('A-3')] } })).toMatchObject({ rows: 2 });
    const [row] = (await owner.call('platform.audit.list', { action: 'admissions.leads.export' })).items;
    expect(row).toMatchObject({ outcome: 'succeeded', details: { rows: 2, format: 'csv', leftOut: 0 } });
    const team = await owner.call('platform.teams.create', { name: 'Elsewhere', department: 'Overseas' });
    const other = await newUser('manager', { teamId: team.id });
    const refusal = await other.refused('admissions.leads.export', { path: path('none.csv'), chosen: { ids: [idOf('A-1')] } });
    expect(refusal.code).toBe('out_of_scope');
  });

  it('that is refused leaves no file', async () => {
    const { owner, path } = await withLeads();
    const target = path('leads.xlsx');
    expect((await owner.refused('admissions.leads.export', { path: target, filter: { field: 'attribute.gone', is: 1 } })).code).toBe('invalid_input');
    expect(existsSync(target)).toBe(false);
  });
});

describe('the list', () => {
  it('says of each lead whether each channel may be used, and brings the attributes that are asked for', async () => {
    const { owner, idOf } = await withLeads();
    await owner.call('admissions.leads.update', { id: idOf('A-1'), emailConsent: false, phoneConsent: true });
    const { items } = await owner.call('admissions.leads.list', { attributes: ['occupation', 'gone'] });
    const lead = (externalId: string) => items.find((each) => each.externalId === externalId)!;
    expect(lead('A-1')).toMatchObject({ attributes: { occupation: 'Student' }, channels: { email: { allowed: false, consent: 'refused', reason: 'Asked not to be e-mailed' }, phone: { allowed: true, consent: 'given', reason: null } } });
    expect(lead('A-4')).toMatchObject({ attributes: {}, channels: { email: { allowed: false, consent: 'unknown', reason: 'No e-mail address' } } });
    expect((await owner.call('admissions.triage.queue', {})).items.find(({ lead: { id } }) => id === idOf('A-1'))?.channels).toEqual(lead('A-1').channels);
  });
});
