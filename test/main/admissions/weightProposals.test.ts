import { describe, expect, it } from 'vitest';
import { seededRng } from '#domain/kernel/rng';
import { factors } from '#domain/admissions/triage/configuration';
import { workspaceApp } from '#test/support/app';
import { fileWith } from '#test/support/files';

/** Leads whose source tells nearly all, while today's weights lean on engagement. */
function outcomes(rows: number): string {
  const random = seededRng(11);
  const lines = Array.from({ length: rows }, (_, row) => {
    const source = ['Referral', 'Advert', 'Fair'][Math.floor(random() * 3)]!;
    const converted = random() < (source === 'Referral' ? 0.85 : source === 'Fair' ? 0.5 : 0.1);
    return `W-${String(row)},w${String(row)}@example.com,${source},${String(Math.floor(random() * 20))},${converted ? 'yes' : 'no'}`;
  });
  return `Lead ID,Email,Source,Web visits,Converted\n${lines.join('\n')}\n`;
}

describe('weights that are fitted to outcomes', () => {
  it('are proposed beside today’s, applied when they are taken, and audited', async () => {
    const { owner, newUser } = await workspaceApp();
    expect((await owner.call('admissions.triage.proposal.get', {})).proposal).toBeNull();
    expect((await owner.call('admissions.triage.proposal.run', {})).proposal).toMatchObject({ verdict: 'too_few', needed: 40, positives: 0, proposed: null });

    await owner.call('admissions.imports.run', { path: fileWith(outcomes(500)) });
    const { weights: before } = await owner.call('admissions.triage.config.get', {});
    const { proposal } = await owner.call('admissions.triage.proposal.run', {});
    expect(proposal).toMatchObject({ verdict: 'proposal', state: 'open', today: before, rows: 500 });
    expect(proposal.logLossRefit).toBeLessThan(proposal.logLossToday!);
    expect(proposal.proposed!.source).toBeGreaterThan(1.3 * before.source);
    // Looking changes nothing; what taking it would do to the queue can be seen first.
    expect((await owner.call('admissions.triage.config.get', {})).weights).toEqual(before);
    expect((await owner.call('admissions.triage.config.preview', { weights: proposal.proposed! })).rise).toBeGreaterThan(20);

    const staff = await newUser('staff');
    expect((await staff.call('admissions.triage.proposal.get', {})).proposal!.id).toBe(proposal.id);
    expect((await staff.refused('admissions.triage.proposal.accept', { id: proposal.id })).code).toBe('not_permitted');

    await owner.call('admissions.triage.proposal.accept', { id: proposal.id });
    const after = await owner.call('admissions.triage.config.get', {});
    expect(after.weights).toEqual(proposal.proposed);
    expect(after.history[0]!.reason).toMatch(/500 known outcomes/);
    expect((await owner.call('admissions.triage.proposal.get', {})).proposal).toMatchObject({ state: 'accepted' });
    const { items } = await owner.call('platform.audit.list', { limit: 20 });
    expect(items.map(({ action }) => action)).toEqual(expect.arrayContaining(['admissions.triage.proposal.accept']));
    expect(factors.every((factor) => Number.isFinite(after.weights[factor]))).toBe(true);
  });

  it('are not proposed again where they were not wanted, nor decided on after the weights were changed', async () => {
    const { owner } = await workspaceApp();
    await owner.call('admissions.imports.run', { path: fileWith(outcomes(500)) });
    const look = async () => (await owner.call('admissions.triage.proposal.run', {})).proposal;
    const first = await look();
    await owner.call('admissions.triage.proposal.dismiss', { id: first.id });
    expect(await look()).toMatchObject({ verdict: 'not_better', proposed: null });
    expect((await owner.refused('admissions.triage.proposal.accept', { id: first.id })).code).toBe('not_found');

    await owner.call('admissions.triage.config.update', { weights: { engagement: 41 } });
    const second = await look();
    expect(second).toMatchObject({ verdict: 'proposal', state: 'open' });
    await owner.call('admissions.triage.config.update', { weights: { engagement: 42 } });
    expect((await owner.call('admissions.triage.proposal.get', {})).proposal).toMatchObject({ state: 'outdated' });
    expect((await owner.refused('admissions.triage.proposal.accept', { id: second.id })).message).toMatch(/changed since/);
  });
});
