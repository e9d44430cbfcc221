import { describe, expect, it } from 'vitest';
import { workspaceApp } from '#test/support/app';
import { connectLanguage, messagesServer } from '#test/support/language';
import { answer } from '#test/doubles/messagesServer';

describe('a drafted e-mail', () => {
  it('comes from templates where nothing may leave, for every purpose and tone, with what is known of the lead', async () => {
    const { owner, newUser } = await workspaceApp();
    const { id } = await owner.call('admissions.leads.create', { givenName: 'Zara', familyName: 'Patel', email: 'zara@example.org', course: 'Law' });
    for (const purpose of ['followUp', 'invite', 'documents', 'offer', 'reconnect'] as const) {
      for (const tone of ['friendly', 'formal', 'brief'] as const) {
        const { drafts, by, offline } = await owner.call('admissions.outreach.draft', { leadId: id, purpose, tone, variants: 2 });
        expect([by, offline?.reason, drafts.map(({ label }) => label)]).toEqual(['template', 'switched_off', ['A', 'B']]);
        for (const { subject, body, checks } of drafts) {
          expect(`${subject}\n${body}`).not.toMatch(/[{}]|outreach\./);
          expect(body).toMatch(/^(Hello|Dear) Zara,\n\n/);
          expect(body).toContain('Ada Lovelace');
          expect(checks).toEqual([]);
        }
        expect(drafts[0]!.body).not.toBe(drafts[1]!.body);
      }
    }
    // Each persona hears something of its own, at each moment of the way.
    const said = new Set<string>();
    for (const stage of ['enquiry', 'applied', 'accepted'] as const) {
      await owner.call('admissions.leads.update', { id, stage });
      for (const persona of ['general', 'professional', 'graduate', 'enthusiast'] as const) {
        const [{ body, checks } = { body: '', checks: [] }] = (await owner.call('admissions.outreach.draft', { leadId: id, persona })).drafts;
        expect([body.includes('outreach.'), checks]).toEqual([false, []]);
        said.add(body);
      }
    }
    expect(said.size).toBe(12);
    const overseas = await owner.call('platform.teams.create', { name: 'International', department: 'Overseas' });
    const far = await newUser('staff', { teamId: overseas.id });
    expect((await far.refused('admissions.outreach.draft', { leadId: id })).code).toBe('out_of_scope');
  });

  it('is written by a model that is told nothing of the lead that points at them', async () => {
    const { owner } = await workspaceApp();
    const { id } = await owner.call('admissions.leads.create', { givenName: 'Zara', familyName: 'Patel', email: 'zara@example.org', course: 'Law', source: 'UCAS' });
    const server = await messagesServer();
    await connectLanguage(owner, server);
    server.next(answer(JSON.stringify({ variants: [{ subject: 'About {course}', body: 'Hello {given_name}, this is urgant. {salary}\n{sender}' }] })));
    const got = await owner.call('admissions.outreach.draft', { leadId: id, instructions: 'Mention that Maria Garcia will call.' });
    expect(got).toMatchObject({ by: 'model', offline: null, email: { allowed: true } });
    expect(got.drafts).toMatchObject([{ label: 'A', subject: 'About Law', body: 'Hello Zara, this is urgant. {salary}\nAda Lovelace', checks: [{ kind: 'unknown', words: ['salary'] }, { kind: 'spelling', words: ['urgant'] }] }]);
    expect(JSON.stringify(server.requests[0]!.body.messages)).not.toMatch(/zara|patel|maria|garcia|law\b|ucas|lovelace/i);
    server.next(answer('no'), answer('no'));
    expect(await owner.call('admissions.outreach.draft', { leadId: id })).toMatchObject({ by: 'template', offline: { reason: 'invalid_answer' } });
    expect(await owner.call('admissions.outreach.draft', { leadId: id, offline: true })).toMatchObject({ by: 'template', offline: null });
  });
});
