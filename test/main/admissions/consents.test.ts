import { describe, expect, it } from 'vitest';
import { monday, workspaceApp } from '#test/support/app';

const day = 86_400_000;

async function scene() {
  const test = await workspaceApp();
  const { id: leadId } = await test.owner.call('admissions.leads.create', { givenName: 'Zara', email: 'zara@example.org', phone: '07700 900001' });
  const holds = async (purpose: string, channel: string) =>
    (await test.owner.call('admissions.consents.list', { leadId })).standing.find((each) => each.purpose === purpose && each.channel === channel)!;
  const record = (input: object) => test.owner.call('admissions.consents.record', { leadId, ...input } as never);
  return { ...test, leadId, holds, record };
}

describe('a consent', () => {
  it('is recorded for a purpose and a channel: who, when, how, and until when', async () => {
    const { owner, holds, record, leadId } = await scene();
    expect((await owner.call('admissions.consents.list', { leadId })).standing.map(({ state }) => state)).toEqual(Array(7).fill('unknown'));
    await record({ channel: 'email', granted: true, basis: 'form', expiresAt: monday + 30 * day });
    await record({ purpose: 'marketing', channel: 'email', granted: false, basis: 'spoken' });
    expect(await holds('admissions', 'email')).toMatchObject({ state: 'given', record: { basis: 'form', by: 'Ada Lovelace', at: monday, expiresAt: monday + 30 * day } });
    // One purpose says nothing about the other.
    expect((await holds('marketing', 'email')).state).toBe('refused');
    expect((await owner.call('admissions.leads.get', { id: leadId })).channels.email).toMatchObject({ allowed: true, consent: 'given', saidAt: monday });
  });

  it('that ran out is none any more, and is said to have run out', async () => {
    const { signIn, clock, record, leadId } = await scene();
    await record({ channel: 'phone', granted: true, expiresAt: monday + day });
    clock.advance(2 * day);
    const later = await signIn('ada@school.example');
    expect((await later.call('admissions.leads.get', { id: leadId })).channels.phone).toMatchObject({ allowed: true, consent: 'expired' });
  });

  it('that was refused stops a contact with its reason, which is audited; a later yes lets it through', async () => {
    const { owner, record, leadId } = await scene();
    expect(await owner.call('admissions.leads.contact', { id: leadId, channel: 'phone' })).toEqual({ channel: 'phone', address: '+447700900001', consent: 'unknown' });
    await record({ channel: 'phone', granted: false });
    expect(await owner.refused('admissions.leads.contact', { id: leadId, channel: 'phone' })).toMatchObject({ code: 'not_permitted', message: expect.stringContaining('Asked not to be called') });
    expect((await owner.call('admissions.leads.contact', { id: leadId, channel: 'email' })).address).toBe('zara@example.org');
    const { items } = await owner.call('platform.audit.list', { action: 'admissions.leads.contact' });
    expect(items.map(({ outcome, targetIds }) => [outcome, targetIds])).toEqual([['succeeded', [leadId]], ['refused', [leadId]], ['succeeded', [leadId]]]);
    expect(JSON.stringify(items)).not.toContain('zara');
    await record({ channel: 'phone', granted: true });
    expect((await owner.call('admissions.leads.contact', { id: leadId, channel: 'phone' })).consent).toBe('given');
    await owner.call('admissions.leads.update', { id: leadId, email: null });
    expect(await owner.refused('admissions.leads.contact', { id: leadId, channel: 'email' })).toMatchObject({ code: 'not_found', message: expect.stringContaining('has no e-mail address') });
  });

  it('for news alone stops no call about the application, and moves no score', async () => {
    const { owner, record, leadId } = await scene();
    const before = (await owner.call('admissions.leads.get', { id: leadId })).score;
    await record({ purpose: 'marketing', channel: 'phone', granted: false });
    const { channels, score } = await owner.call('admissions.leads.get', { id: leadId });
    expect([channels.phone.allowed, score]).toEqual([true, before]);
    await record({ channel: 'phone', granted: false });
    expect((await owner.call('admissions.leads.get', { id: leadId })).score).toBeLessThan(before!);
  });

  it('holds by what was said last, also where the clock was set back meanwhile', async () => {
    const { clock, signIn, record, leadId } = await scene();
    await record({ channel: 'email', granted: true });
    clock.advance(-3 * day);
    const earlier = await signIn('ada@school.example');
    await earlier.call('admissions.consents.record', { leadId, channel: 'email', granted: false });
    expect((await earlier.call('admissions.leads.get', { id: leadId })).channels.email).toMatchObject({ allowed: false, consent: 'refused' });
  });

  it('is taken back by who recorded it, the newest first, and the one before holds again', async () => {
    const { owner, newUser, holds, record } = await scene();
    const first = await record({ channel: 'email', granted: true });
    const second = await record({ channel: 'email', granted: false });
    const [team] = (await owner.call('platform.teams.list')).items;
    const colleague = await newUser('staff', { teamId: team!.id });
    expect((await colleague.refused('admissions.consents.remove', { id: second.id })).code).toBe('not_permitted');
    expect(await owner.refused('admissions.consents.remove', { id: first.id })).toMatchObject({ code: 'conflict', message: expect.stringContaining('Something newer') });
    await owner.call('admissions.consents.remove', { id: second.id });
    expect((await holds('admissions', 'email')).state).toBe('given');
    await owner.call('admissions.consents.remove', { id: first.id });
    expect((await holds('admissions', 'email')).state).toBe('unknown');
    expect((await owner.refused('admissions.consents.remove', { id: first.id })).code).toBe('not_found');
  });

  it('makes no sense where a no ends, or a yes ends before it begins', async () => {
    const { owner, leadId } = await scene();
    for (const wrong of [{ granted: false, expiresAt: monday + day }, { granted: true, expiresAt: monday - day }]) {
      expect((await owner.refused('admissions.consents.record', { leadId, channel: 'email', ...wrong })).code).toBe('invalid_input');
    }
  });
});
