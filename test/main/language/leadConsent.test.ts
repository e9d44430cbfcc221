import { describe, expect, it } from 'vitest';
import { workspaceApp } from '#test/support/app';
import { askAs, connectLanguage, messagesServer, says } from '#test/support/language';
import { answer, useTools } from '#test/doubles/messagesServer';

describe('a lead who does not want to be told to a language model', () => {
  it('is in no request of any feature, whichever way the record came along', async () => {
    const test = await workspaceApp();
    const { owner } = test;
    for (const [givenName, familyName] of [['Ngozi', 'Okafor'], ['Piotr', 'Wilk']] as const) await owner.call('admissions.leads.create', { givenName, familyName, city: `Town of ${givenName}` });
    const { items } = await owner.call('admissions.leads.list');
    const [refused, other] = [items.find(({ name }) => name.includes('Ngozi'))!, items.find(({ name }) => name.includes('Piotr'))!];
    const server = await messagesServer();
    await connectLanguage(owner, server);
    const { id } = await owner.call('admissions.consents.record', { leadId: refused.id, purpose: 'ai', channel: 'model', granted: false });

    expect(await askAs(test, owner, { messages: says('Who is it?'), leads: [other.id, refused.id] })).toMatchObject({ answered: false, offline: { reason: 'lead_refused' }, callId: null });
    expect(await owner.call('admissions.outreach.draft', { leadId: refused.id })).toMatchObject({ by: 'template', offline: { reason: 'lead_refused' } });
    expect(server.requests).toHaveLength(0);

    server.next(useTools({ name: 'admissions__leads__list', input: {} }, { name: 'admissions__triage__queue', input: {} }, { name: 'admissions__leads__get', input: { id: refused.id } }), answer('Done.'));
    await askAs(test, owner, { messages: says('Compare.', { data: [refused, other, { note: 'x', leadId: refused.id }], from: 'lead' }), tools: ['admissions.leads.list', 'admissions.triage.queue', 'admissions.leads.get'] });
    expect(server.requests).toHaveLength(2);
    const sent = server.requests.map(({ raw }) => raw).join('\n');
    expect(sent).toContain('Town of');
    expect(sent).toContain(other.id);
    expect(sent.replaceAll(`"input":{"id":"${refused.id}"}`, '')).not.toContain(refused.id);
    expect(sent.match(/This person is not told to a language model/g)!.length).toBeGreaterThanOrEqual(5);

    await owner.call('admissions.consents.remove', { id });
    expect(await askAs(test, owner, { messages: says('Who is it?'), leads: [refused.id] })).toMatchObject({ answered: true });
  });

  it('has to have said yes where the workspace asks for that, and a yes that has run out is none', async () => {
    const test = await workspaceApp();
    const { owner } = test;
    await owner.call('admissions.leads.create', { givenName: 'Piotr', familyName: 'Wilk' });
    const [lead] = (await owner.call('admissions.leads.list')).items;
    const server = await messagesServer();
    await connectLanguage(owner, server);
    await owner.call('platform.language.update', { leadConsent: 'givenOnly' });
    expect(await askAs(test, owner, { messages: says('Who?'), leads: [lead!.id] })).toMatchObject({ offline: { reason: 'lead_not_asked' } });
    await owner.call('admissions.consents.record', { leadId: lead!.id, purpose: 'ai', channel: 'model', granted: true, expiresAt: Date.now() + 200 });
    expect(await askAs(test, owner, { messages: says('Who?'), leads: [lead!.id] })).toMatchObject({ answered: true });
    await owner.call('admissions.consents.record', { leadId: lead!.id, purpose: 'ai', channel: 'model', granted: false });
    expect(await askAs(test, owner, { messages: says('Who?'), leads: [lead!.id] })).toMatchObject({ offline: { reason: 'lead_refused' } });
    await expect(owner.call('admissions.consents.record', { leadId: lead!.id, purpose: 'ai', channel: 'email', granted: true })).rejects.toThrow(/channel/);
  });

  it('takes the no along into a merge, and both keep it', async () => {
    const { owner } = await workspaceApp();
    for (const givenName of ['Ngozi', 'Ngozy']) await owner.call('admissions.leads.create', { givenName, familyName: 'Okafor' });
    const [survivor, merged] = (await owner.call('admissions.leads.list')).items;
    await owner.call('admissions.consents.record', { leadId: merged!.id, purpose: 'ai', channel: 'model', granted: false });
    await owner.call('admissions.duplicates.merge', { survivorId: survivor!.id, mergedId: merged!.id });
    const { standing } = await owner.call('admissions.consents.list', { leadId: survivor!.id });
    expect(standing.find(({ purpose }) => purpose === 'ai')).toMatchObject({ channel: 'model', state: 'refused' });
  });
});
