import { describe, expect, it } from 'vitest';
import { round } from '#domain/kernel/stats';
import { monday, passPhrase, type Person, type TestApp, workspaceApp } from '#test/support/app';
import { fileWith, smallCsv } from '#test/support/files';

const day = 86_400_000;

interface Scene extends TestApp {
  readonly leadId: string;
}

/** A workspace with a few leads, and the one that the story is about. */
async function scene(): Promise<Scene> {
  const app = await workspaceApp();
  await app.owner.call('admissions.imports.run', { path: fileWith(smallCsv) });
  const [lead] = (await app.owner.call('admissions.leads.list', { search: 'zara' })).items;
  return { ...app, leadId: lead!.id };
}

async function later({ app, clock, owner }: TestApp, milliseconds: number): Promise<void> {
  clock.advance(milliseconds);
  await owner.call('platform.sessions.signIn', { passPhrase });
  await app.inside.settled();
}

const history = (person: Person, id: string, more: object = {}) => person.call('admissions.triage.history', { id, ...more });

/** What two versions must always hold against each other. */
function addsUp({ comparison }: Awaited<ReturnType<typeof history>>): void {
  const { change, factors, causes, before, after } = comparison!;
  expect(change).toBe(round(after.score - before.score, 1));
  expect(round(factors.reduce((sum, factor) => sum + factor.change, 0), 1)).toBe(change);
  expect(round(causes.reduce((sum, cause) => sum + cause.points, 0), 1)).toBe(change);
  expect(causes.map(({ cause }) => cause)).not.toContain('rest');
}

describe('the history of a score', () => {
  it('begins with the first score, and has nothing to compare yet', async () => {
    const { owner, leadId } = await scene();
    const { versions, total, comparison } = await history(owner, leadId);
    expect(total).toBe(1);
    expect(versions[0]).toMatchObject({ number: 1, change: null, why: ['The first score'] });
    expect(comparison).toBeNull();
  });

  it('says what moved it, factor by factor: a contact, an edit, the weights, the days', async () => {
    const here = await scene();
    const { owner, leadId } = here;
    await later(here, 60_000);
    await owner.call('admissions.touchpoints.create', { leadId, kind: 'call', outcome: 'reached' });
    const called = await history(owner, leadId);
    addsUp(called);
    expect(called.comparison!.causes).toEqual([{ cause: 'activity', points: called.comparison!.change, text: 'A contact was logged' }]);
    expect(called.comparison!.factors.find(({ factor }) => factor === 'contactability')).toMatchObject({ change: 0 });

    await later(here, 60_000);
    await owner.call('admissions.leads.update', { id: leadId, phone: null });
    const edited = await history(owner, leadId);
    addsUp(edited);
    expect(edited.comparison!.causes.map(({ text }) => text)).toEqual(['What is known of them was edited']);
    expect(edited.comparison!.factors.find(({ factor }) => factor === 'contactability')!.after.reason).toBe('Has an e-mail address, no usable phone number');

    await later(here, 60_000);
    await owner.call('admissions.triage.config.update', { weights: { recency: 90 }, reason: 'Speed matters in clearing.' });
    await here.app.inside.settled();
    await owner.call('admissions.triage.rescore');
    const weighted = await history(owner, leadId);
    addsUp(weighted);
    expect(weighted.versions[0]!.why).toContain('Ada Lovelace changed the weights: Speed matters in clearing.');
    expect(weighted.comparison!.factors.find(({ factor }) => factor === 'recency')).toMatchObject({ before: { maximum: 30 }, after: { maximum: 90 } });

    await later(here, 10 * day);
    await owner.call('admissions.triage.rescore');
    const aged = await history(owner, leadId);
    addsUp(aged);
    expect(aged.versions[0]!.change).toBeLessThan(0);
    expect(aged.versions[0]!.why[0]).toMatch(/^\d+ days went by$/);
    expect(aged.versions.map(({ number }) => number)).toEqual([5, 4, 3, 2, 1]);
  });

  it('compares any two versions, by number, by moment or by day', async () => {
    const here = await scene();
    const { owner, leadId } = here;
    await later(here, 2 * day);
    await owner.call('admissions.touchpoints.create', { leadId, kind: 'email', outcome: 'replied' });
    await later(here, 2 * day);
    await owner.call('admissions.leads.update', { id: leadId, course: null });
    const { versions } = await history(owner, leadId);
    const byNumber = await history(owner, leadId, { fromVersion: 1, toVersion: versions[0]!.number });
    addsUp(byNumber);
    expect(byNumber.comparison!.causes.length).toBeGreaterThan(1);
    const byDay = await history(owner, leadId, { from: '2026-10-05', to: '2026-10-09' });
    expect(byDay.comparison).toEqual(byNumber.comparison);
    const byMoment = await history(owner, leadId, { from: monday + 1, to: monday + 30 * day, limit: 1 });
    expect(byMoment.comparison).toEqual(byNumber.comparison);
    expect(byMoment.versions).toHaveLength(1);
    const same = await history(owner, leadId, { fromVersion: 1, toVersion: 1 });
    expect(same.comparison).toMatchObject({ change: 0, causes: [] });
  });

  it('names the file that brought something newer', async () => {
    const here = await scene();
    const { owner, leadId } = here;
    await later(here, 60_000);
    const again = fileWith(smallCsv.replace(',2026-10-04,12,', ',2026-10-05,90,'), 'later.csv');
    const { columns } = await owner.call('admissions.imports.preview', { path: again });
    await owner.call('admissions.imports.run', { path: again, columns });
    const story = await history(owner, leadId);
    addsUp(story);
    expect(story.versions[0]).toMatchObject({ number: 2, why: expect.arrayContaining(['later.csv brought something newer']) as unknown });
  });
});

describe('the history is refused', () => {
  it('for a lead that is not there, and for another team’s, which is audited', async () => {
    const { owner, leadId, newUser } = await scene();
    const gone = '01890000-0000-7000-8000-000000000000';
    expect((await owner.refused('admissions.triage.history', { id: gone })).code).toBe('not_found');
    const team = await owner.call('platform.teams.create', { name: 'Elsewhere', department: 'Overseas' });
    const other = await newUser('staff', { teamId: team.id });
    expect((await other.refused('admissions.triage.history', { id: leadId })).code).toBe('out_of_scope');
    const { items } = await owner.call('platform.audit.list', {});
    expect(items.some(({ action, outcome }) => action === 'admissions.triage.history' && outcome === 'refused')).toBe(true);
  });

  it('for versions that do not exist, and the wrong way round', async () => {
    const { owner, leadId } = await scene();
    await owner.call('admissions.touchpoints.create', { leadId, kind: 'call', outcome: 'reached' });
    expect((await owner.refused('admissions.triage.history', { id: leadId, fromVersion: 9 })).code).toBe('not_found');
    expect((await owner.refused('admissions.triage.history', { id: leadId, fromVersion: 2, toVersion: 1 })).message).toContain('before the second');
  });
});
