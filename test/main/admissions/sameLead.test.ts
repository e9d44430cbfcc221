import { describe, expect, it } from 'vitest';
import { workspaceApp } from '#test/support/app';

async function twoPeople() {
  const app = await workspaceApp();
  const other = await app.newUser('manager');
  const lead = await app.owner.call('admissions.leads.create', { givenName: 'Zara', familyName: 'Patel', course: 'Law' });
  return { ...app, other, lead };
}

describe('two people who change one lead in the same second', () => {
  it('are told: the first change holds, the second is refused with what it needs to go on, and nothing is lost', async () => {
    const { app, owner, other, lead } = await twoPeople();
    const change = (person: typeof owner, course: string) => app.call({ entry: 'admissions.leads.update', input: { id: lead.id, revision: lead.revision, course }, token: person.token(), door: 'cli', connection: course, requestId: course }, { signal: new AbortController().signal });
    const answers = await Promise.all([change(owner, 'Physics'), change(other, 'Medicine')]);
    expect(answers[0]).toMatchObject({ ok: true });
    expect(answers[1]).toMatchObject({ ok: false, error: { code: 'conflict', message: 'Somebody else has changed this lead meanwhile. Look at it again, then make your change.', details: { id: lead.id, revision: lead.revision + 1 } } });
    expect((await other.call('admissions.leads.get', { id: lead.id })).course).toBe('Physics');
    // Who looks again may still have it their way.
    expect(await other.call('admissions.leads.update', { id: lead.id, revision: lead.revision + 1, course: 'Medicine' })).toMatchObject({ course: 'Medicine', revision: lead.revision + 2 });
  });

  it('keep both changes where these are of different fields', async () => {
    const { owner, other, lead } = await twoPeople();
    await Promise.all([owner.call('admissions.leads.update', { id: lead.id, city: 'Leeds' }), other.call('admissions.tags.add', { ids: [lead.id], tags: ['Call'] }), owner.call('admissions.bulkChanges.run', { leads: { ids: [lead.id] }, change: { stage: 'applied' } })]);
    expect(await owner.call('admissions.leads.get', { id: lead.id })).toMatchObject({ city: 'Leeds', stage: 'applied', tags: [{ name: 'Call' }], course: 'Law' });
  });

  it('of whom one changes many at once: what the other had on the screen is older, and that is told', async () => {
    const { owner, other, lead } = await twoPeople();
    const { id } = await owner.call('admissions.bulkChanges.run', { leads: { matching: {} }, change: { stage: 'lost' } });
    expect((await other.refused('admissions.leads.update', { id: lead.id, revision: lead.revision, stage: 'applied' })).code).toBe('conflict');
    const now = await other.call('admissions.leads.get', { id: lead.id });
    await other.call('admissions.leads.update', { id: lead.id, revision: now.revision, stage: 'applied' });
    // Taking the many back does not overrule what was decided since.
    expect(await owner.call('admissions.bulkChanges.undo', { id })).toMatchObject({ restored: 0, left: 1, leftLeads: [{ name: 'Zara Patel' }] });
    expect((await other.call('admissions.leads.get', { id: lead.id })).stage).toBe('applied');
  });
});
