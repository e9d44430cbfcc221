import { describe, expect, it } from 'vitest';
import { groupings } from '#domain/admissions/leads/groups';
import type { Filter } from '#contract/filter';
import { workspaceApp } from '#test/support/app';
import { fileWith } from '#test/support/files';

/** Dates at both ends of a summer month in London, an hour from UTC. */
const csv = `Lead ID,First name,Email,Phone,Source,Course,Stage,Created,Converted,Web visits
A-1,Zara,zara@example.com,07700 900001,UCAS,Law,enquiry,2026-07-01,no,12
A-2,Zoe,zoe@example.org,,UCAS,Law,contacted,2026-07-31,no,1
A-3,Jan,,07700 900003,Fair,Physics,enrolled,2026-08-01,,4
A-4,Li,,,,,lost,,,2
A-5,Ana,ana@example.org,,ucas,Law,enrolled,2026-08-31,,9
`;

async function withLeads() {
  const app = await workspaceApp();
  await app.owner.call('admissions.imports.run', { path: fileWith(csv) });
  const { items } = await app.owner.call('admissions.leads.list', {});
  return { ...app, leads: new Map(items.map((lead) => [lead.externalId!, lead])) };
}

describe('leads in groups', () => {
  it('come with counts, means, expectations and outcomes, and with all of them together', async () => {
    const { owner, leads } = await withLeads();
    await owner.call('admissions.leads.update', { id: leads.get('A-2')!.id, emailConsent: false });
    const { groups, total, more } = await owner.call('admissions.leads.groups', { by: 'source' });
    const [zara, zoe] = (await owner.call('admissions.leads.list', { filter: { field: 'stage', in: ['enquiry', 'contacted'] }, sort: [{ field: 'name', direction: 'ascending' }] })).items;
    expect(more).toBe(0);
    expect(groups.map(({ key, label, leads: count }) => [key, label, count])).toEqual([['UCAS', 'UCAS', 3], ['Fair', 'Fair', 1], ['', null, 1]]);
    // Of the three, one is enrolled: two are still to be won. Three outcomes are too few for a rate.
    expect(groups[0]).toMatchObject({ scored: 3, open: 2, expected: Math.round((zara!.probability! + zoe!.probability!) * 100) / 100, known: 3, converted: 1, rate: null, email: { allowed: 2, refused: 1, missing: 0 }, phone: { allowed: 1, refused: 0, missing: 2 } });
    // All five have an outcome: (2 + 20 · .3) / (5 + 20), say, by the neutral prior of the configuration.
    const { configuration } = await owner.call('admissions.triage.config.get');
    const { prior, strength } = configuration.source;
    expect(total).toMatchObject({ leads: 5, known: 5, converted: 2, rate: Math.round(((2 + strength * prior) / (5 + strength)) * 10_000) / 10_000 });
    expect((await owner.call('admissions.leads.groups', {})).groups).toEqual([]);
  });

  it('are found again by the condition of their group, whatever they are grouped by', async () => {
    const { owner, leads } = await withLeads();
    await owner.call('admissions.tags.add', { ids: [leads.get('A-1')!.id, leads.get('A-2')!.id], tags: ['Open day'] });
    await owner.call('admissions.tags.add', { ids: [leads.get('A-1')!.id], tags: ['Bursary'] });
    for (const by of groupings) {
      const { groups, total } = await owner.call('admissions.leads.groups', { by });
      for (const { filter, leads: count, key } of groups) expect((await owner.call('admissions.leads.list', { filter })).total, `${by} ${key}`).toBe(count);
      expect(groups.reduce((sum, group) => sum + group.leads, 0), by).toBe(by === 'tags' ? 6 : total.leads);
    }
  });

  it('by month follow the calendar of the workspace', async () => {
    const { owner } = await withLeads();
    const { groups } = await owner.call('admissions.leads.groups', { by: 'month' });
    expect(groups.map(({ key, leads }) => [key, leads])).toEqual([['2026-07', 2], ['2026-08', 2], ['', 1]]);
  });

  it('are in the order that is asked for, and fit the filter and the search', async () => {
    const { owner } = await withLeads();
    const labels = async (input: Parameters<typeof owner.call<'admissions.leads.groups'>>[1]) => (await owner.call('admissions.leads.groups', input)).groups.map(({ label }) => label);
    expect(await labels({ by: 'stage' })).toEqual(['Enquiry', 'Contacted', 'Enrolled', 'Lost']);
    expect(await labels({ by: 'course', order: { field: 'label', direction: 'descending' } })).toEqual(['Physics', 'Law', null]);
    expect(await labels({ by: 'course', filter: { field: 'source', is: 'Fair' } })).toEqual(['Physics']);
    expect(await labels({ by: 'course', search: 'zoe' })).toEqual(['Law']);
    expect(await labels({ by: 'course', search: 'nobody' })).toEqual([]);
  });

  it('show nobody another team’s leads', async () => {
    const { owner, newUser } = await withLeads();
    const team = await owner.call('platform.teams.create', { name: 'Elsewhere', department: 'Overseas' });
    const staff = await newUser('staff', { teamId: team.id });
    expect(await staff.call('admissions.leads.groups', { by: 'source' })).toMatchObject({ groups: [], total: { leads: 0 } });
  });

  it('answer a filter of 200 conditions, and refuse one that cannot be read', async () => {
    const { owner } = await withLeads();
    const many: Filter = { all: Array.from({ length: 200 }, (_none, index): Filter => ({ field: 'name', isNot: `Nobody ${String(index)}` })) };
    expect((await owner.call('admissions.leads.groups', { by: 'source', filter: many })).total.leads).toBe(5);
    expect((await owner.refused('admissions.leads.groups', { by: 'source', filter: { field: 'attribute.gone', is: 'x' } })).message).toContain('no such attribute any more');
    expect((await owner.refused('admissions.leads.groups', { by: 'shoe' })).code).toBe('invalid_input');
  });
});
