import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { type Person, workspaceApp } from '#test/support/app';
import { fileWith } from '#test/support/files';

const minute = 60_000;
const chrome = 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0';

/** Ann reads a message and clicks in it; the mail of Ben is swept by a scanner. Bounces and strangers are in the file too. */
const mailer = [
  'Recipient,Event,Timestamp,Campaign,URL,User agent,IP',
  `ann@example.org,delivered,2026-10-01T09:00:00Z,Open day,,,`,
  `ann@example.org,open,2026-10-01T10:00:00Z,Open day,,${chrome},203.0.113.5`,
  `ann@example.org,click,2026-10-01T10:00:20Z,Open day,https://school.example/visit,${chrome},203.0.113.5`,
  `ben@example.org,delivered,2026-10-01T09:00:00Z,Open day,,,`,
  `ben@example.org,open,2026-10-01T09:00:01Z,Open day,,Mozilla/5.0,`,
  ...['visit', 'fees', 'courses'].map((page, index) => `ben@example.org,click,2026-10-01T09:00:0${String(3 + index)}Z,Open day,https://school.example/${page},${chrome},198.51.100.7`),
  `ben@example.org,bounce,2026-10-02T09:00:00Z,Open day,,,`,
  `stranger@example.org,open,2026-10-02T09:00:00Z,Open day,,,`,
  `ann@example.org,open,yesterday,Open day,,,`,
].join('\n');

async function school() {
  const app = await workspaceApp();
  const { owner } = app;
  const csv = 'Lead ID,First name,Email,Opens\nA-1,Ann,ann@example.org,2\nA-2,Ben,ben@example.org,\n';
  await owner.call('admissions.imports.run', { path: fileWith(csv, 'fair.csv') });
  const { items } = await owner.call('admissions.leads.list', { sort: [{ field: 'name', direction: 'ascending' }] });
  return { ...app, ann: items[0]!.id, ben: items[1]!.id };
}

const scoreOf = async (person: Person, id: string) => (await person.call('admissions.triage.score', { ids: [id] })).leads[0]!;
const leadOf = (person: Person, id: string) => person.call('admissions.leads.get', { id });

describe('a file of a mailer', () => {
  it('is told from a file of leads, and its columns are proposed', async () => {
    const { owner } = await school();
    const path = fileWith(mailer, 'mailer.csv');
    expect(await owner.call('admissions.imports.preview', { path })).toMatchObject({ holdsEvents: true });
    expect(await owner.call('admissions.imports.preview', { path: fileWith('Lead ID,Email\nA-1,a@example.org\n') })).toMatchObject({ holdsEvents: false });
    expect(await owner.call('admissions.engagement.columns', { path })).toMatchObject({ columns: { email: 0, kind: 1, at: 2, message: 3, link: 4, agent: 5, address: 6 }, format: 'iso', lacks: [] });
  });

  it('counts what people did, keeps apart what machines did, and tells the score with and without', async () => {
    const { owner, ann, ben } = await school();
    const before = await scoreOf(owner, ben);
    expect(before.withMachines).toBeNull();
    const done = await owner.call('admissions.engagement.import', { path: fileWith(mailer, 'mailer.csv') });
    expect(done).toMatchObject({ rows: 11, events: 8, known: 0, ignored: 1, strangers: 1, rejected: 1, leads: 2, human: 2, machine: 4, unsure: 0 });
    expect(done.problems).toEqual([{ line: 12, reason: '“yesterday” is no moment that can be read' }]);
    // What the file of leads brought stays, and a person's open is added.
    expect(await leadOf(owner, ann)).toMatchObject({ signals: { emailOpens: 3, emailClicks: 1 }, lastActivityAt: Date.UTC(2026, 9, 1, 10, 0, 20) });
    // Of Ben nothing is known still: neither opens nor a last activity.
    expect(await leadOf(owner, ben)).toMatchObject({ signals: {}, lastActivityAt: null });
    const after = await scoreOf(owner, ben);
    expect(after.score).toBe(before.score);
    expect(after.withMachines).toMatchObject({ opens: 1, clicks: 3 });
    expect(after.withMachines!.score).toBeGreaterThan(after.score);
    expect((await scoreOf(owner, ann)).withMachines).toBeNull();
    const facts = await owner.call('admissions.engagement.list', { leadId: ben });
    expect(facts).toMatchObject({ delivered: 1, opens: { human: 0, machine: 1, unsure: 0 }, clicks: { human: 0, machine: 3, unsure: 0 }, opening: { opens: null, clicks: null } });
    expect(facts.events.map(({ verdict, reason }) => [verdict, reason])).toEqual([
      ...Array.from({ length: 3 }, () => ['machine', 'One link after the other within 10 seconds']),
      ['machine', 'Within 1 second of the delivery'],
      [null, null],
    ]);
    expect((await owner.call('admissions.engagement.list', { leadId: ann })).opening).toEqual({ opens: 2, clicks: null });
    const { items } = await owner.call('admissions.leads.timeline', { id: ben });
    expect(items.filter(({ kind }) => kind === 'engagement').map(({ title, verdict }) => [title, verdict])).toEqual([['Clicked 3 links', 'machine'], ['Opened an e-mail', 'machine']]);
    const swept = await owner.call('admissions.leads.list', { filter: { field: 'clicksLeftOut', atLeast: 3 } });
    expect(swept.items.map(({ id }) => id)).toEqual([ben]);
  });

  it('that comes twice counts once, and taken back leaves the leads as they were', async () => {
    const { owner, ann, ben } = await school();
    const before = [await leadOf(owner, ann), await leadOf(owner, ben)].map(({ signals, score, lastActivityAt }) => ({ signals, score, lastActivityAt }));
    const { fileId } = await owner.call('admissions.engagement.import', { path: fileWith(mailer, 'mailer.csv') });
    expect(await owner.call('admissions.engagement.import', { path: fileWith(mailer, 'again.csv') })).toMatchObject({ events: 0, known: 8 });
    expect((await owner.call('admissions.engagement.files')).items.map(({ fileName, events, state }) => [fileName, events, state])).toEqual([['again.csv', 0, 'done'], ['mailer.csv', 8, 'done']]);
    expect(await owner.call('admissions.engagement.undo', { fileId })).toEqual({ removed: 8, leads: 2 });
    expect([await leadOf(owner, ann), await leadOf(owner, ben)].map(({ signals, score, lastActivityAt }) => ({ signals, score, lastActivityAt }))).toEqual(before);
    expect((await owner.refused('admissions.engagement.undo', { fileId })).code).toBe('conflict');
  });

  it('that is stopped leaves nothing', async () => {
    const { app, owner, ann } = await school();
    const abort = new AbortController();
    const answer = await app.call(
      { entry: 'admissions.engagement.import', input: { path: fileWith(mailer) }, token: owner.token(), door: 'cli', connection: 'importer', requestId: v7(), wait: true },
      { signal: abort.signal, onProgress({ note }) { if (note === 'Judging opens and clicks') abort.abort(); } },
    );
    expect(answer).toMatchObject({ ok: false, error: { code: 'cancelled' } });
    expect((await owner.call('admissions.engagement.list', { leadId: ann })).total).toBe(0);
    expect((await owner.call('admissions.engagement.files')).total).toBe(0);
    expect((await leadOf(owner, ann)).signals).toEqual({ emailOpens: 2 });
  });

  it('without its moments or leads is refused in words', async () => {
    const { owner } = await school();
    expect((await owner.refused('admissions.engagement.import', { path: fileWith('Email,Colour\na@example.org,red\n') })).message).toContain('what happened');
    expect((await owner.refused('admissions.engagement.import', { path: fileWith('Email,Event,Time\na@example.org,open,soon\n') })).message).toContain('moments');
  });

  it('reaches no lead of another team', async () => {
    const { owner, newUser, ben } = await school();
    const team = await owner.call('platform.teams.create', { name: 'Elsewhere', department: 'Overseas' });
    const other = await newUser('staff', { teamId: team.id });
    expect(await other.call('admissions.engagement.import', { path: fileWith(mailer) })).toMatchObject({ events: 0, strangers: 9 });
    expect((await other.refused('admissions.engagement.list', { leadId: ben })).code).toBe('out_of_scope');
  });
});

describe('a verdict', () => {
  it('is overruled by a person, who gets the score that follows, and taken back again', async () => {
    const { owner, ben } = await school();
    await owner.call('admissions.engagement.import', { path: fileWith(mailer) });
    const score = (await leadOf(owner, ben)).score;
    const { events } = await owner.call('admissions.engagement.list', { leadId: ben });
    const click = events.find(({ kind }) => kind === 'clicked')!;
    const judged = await owner.call('admissions.engagement.judge', { verdicts: [{ id: click.id, verdict: 'human' }] });
    expect(judged.previous).toEqual([{ id: click.id, verdict: null }]);
    expect(judged.scores[0]!.score.after).toBeGreaterThan(score!);
    expect(await leadOf(owner, ben)).toMatchObject({ signals: { emailClicks: 1 }, lastActivityAt: click.at });
    expect((await owner.call('admissions.engagement.list', { leadId: ben })).events[0]).toMatchObject({ verdict: 'human', rules: 'machine', overruled: { by: 'Ada Lovelace' } });
    // It holds when the rules judge anew.
    await owner.call('admissions.engagement.rejudge');
    expect((await leadOf(owner, ben)).signals).toEqual({ emailClicks: 1 });
    await owner.call('admissions.engagement.judge', { verdicts: judged.previous });
    expect(await leadOf(owner, ben)).toMatchObject({ signals: {}, score, lastActivityAt: null });
    const delivery = events.find(({ kind }) => kind === 'delivered')!;
    expect((await owner.refused('admissions.engagement.judge', { verdicts: [{ id: delivery.id, verdict: 'human' }] })).code).toBe('invalid_input');
  });

  it('follows the lists and thresholds of the workspace', async () => {
    const { owner, ann } = await school();
    await owner.call('admissions.engagement.import', { path: fileWith(mailer) });
    const { configuration } = await owner.call('admissions.engagement.config.get');
    expect((await owner.refused('admissions.engagement.config.update', { configuration: { scanners: [{ name: 'Ours', agents: [], ranges: ['203.0.113.0'] }] } })).message).toContain('no address range');
    await owner.call('admissions.engagement.config.update', { configuration: { scanners: [...configuration.scanners, { name: 'Our gateway', agents: [], ranges: ['203.0.113.0/24'] }] } });
    await expect.poll(async () => (await leadOf(owner, ann)).signals).toEqual({ emailOpens: 2 });
    expect((await owner.call('admissions.engagement.list', { leadId: ann })).events[0]!.reason).toBe('Our gateway scans mail for harm');
  });
});

describe('single events', () => {
  it('are added by a program, once each, and move with a merge and back', async () => {
    const { owner, clock, ann, ben } = await school();
    const events = [{ leadId: ann, kind: 'opened' as const, at: clock() - minute, message: 'Fees', agent: chrome }, { leadId: ben, kind: 'clicked' as const, at: clock() - minute, message: 'Fees', link: 'https://school.example', agent: 'Mimecast' }];
    expect(await owner.call('admissions.engagement.create', { events })).toEqual({ added: 2, known: 0, human: 1, machine: 1, unsure: 0 });
    expect(await owner.call('admissions.engagement.create', { events })).toEqual({ added: 0, known: 2, human: 0, machine: 0, unsure: 0 });
    expect((await owner.refused('admissions.engagement.create', { events: [{ ...events[0]!, at: clock() + 48 * 60 * minute }] })).message).toContain('future');
    const { mergeId } = await owner.call('admissions.duplicates.merge', { survivorId: ben, mergedId: ann });
    expect(await leadOf(owner, ben)).toMatchObject({ signals: { emailOpens: 3 }, lastActivityAt: clock() - minute });
    expect((await owner.call('admissions.engagement.list', { leadId: ben })).total).toBe(2);
    // Of a merged lead, too, an activity goes with the verdict that made it.
    const open = (await owner.call('admissions.engagement.list', { leadId: ben })).events.find(({ kind }) => kind === 'opened')!;
    const { previous } = await owner.call('admissions.engagement.judge', { verdicts: [{ id: open.id, verdict: 'machine' }] });
    expect(await leadOf(owner, ben)).toMatchObject({ signals: { emailOpens: 2 }, lastActivityAt: null });
    await owner.call('admissions.engagement.judge', { verdicts: previous });
    await owner.call('admissions.duplicates.unmerge', { mergeId });
    expect(await leadOf(owner, ben)).toMatchObject({ signals: {}, lastActivityAt: null });
    expect(await leadOf(owner, ann)).toMatchObject({ signals: { emailOpens: 3 }, lastActivityAt: clock() - minute });
  });

  it('stay when an import of leads that changed their totals is taken back', async () => {
    const { owner, clock, ann } = await school();
    const path = fileWith('Lead ID,First name,Email,Opens,Last activity date\nA-1,Ann,ann@example.org,5,2026-09-01\n', 'fair.csv');
    await owner.call('admissions.engagement.create', { events: [{ leadId: ann, kind: 'opened', at: clock() - minute, message: 'Fees', agent: chrome }] });
    const { importId, updated } = await owner.call('admissions.imports.run', { path, origin: 'fair' });
    expect(updated).toBe(1);
    expect(await leadOf(owner, ann)).toMatchObject({ signals: { emailOpens: 6 }, lastActivityAt: clock() - minute });
    await owner.call('admissions.engagement.create', { events: [{ leadId: ann, kind: 'opened', at: clock() - 2 * minute, message: 'Visit', agent: chrome }] });
    await owner.call('admissions.imports.undo', { importId });
    expect((await leadOf(owner, ann)).signals).toEqual({ emailOpens: 4 });
  });
});
