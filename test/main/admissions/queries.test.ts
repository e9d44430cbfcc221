import { describe, expect, it } from 'vitest';
import { workspaceApp } from '#test/support/app';
import { fileWith } from '#test/support/files';

const csv = `Lead ID,First name,Last name,Email,Phone,Source,Course,City,Created,Last activity date,Web visits,Converted,Occupation
A-1,Zara,Patel,zara.patel@example.com,07700 900001,UCAS,Computer Science,London,2026-09-29,2026-10-04,12,no,Student
A-2,Zoë,O'Brien,zoe@example.org,,UCAS,Law,Leeds,2026-08-15,2026-08-20,1,no,Unemployed
A-3,Jan,van der Berg,,07700 900003,Referral,Computer Science,London,2026-09-20,2026-09-21,0,yes,Student
A-4,Amir,Khan,amir@example.com,,Referral,Law,Leeds,2026-10-01,2026-10-03,8,no,Unemployed
`;

async function withLeads() {
  const app = await workspaceApp();
  await app.owner.call('admissions.imports.run', { path: fileWith(csv) });
  const ask = (text: string, before?: Parameters<typeof app.owner.call<'admissions.queries.ask'>>[1] extends infer Input ? (Input extends { before?: infer Before } ? Before : never) : never) =>
    app.owner.call('admissions.queries.ask', { text, ...(before === undefined ? {} : { before }) });
  return { ...app, ask };
}

/** What a next question takes of an answer. */
function contextOf<Answer extends { filter: unknown; sort: unknown; limit: unknown; by: unknown; figure: unknown }>({ filter, sort, limit, by, figure }: Answer): Pick<Answer, 'filter' | 'sort' | 'limit' | 'by' | 'figure'> {
  return { filter, sort, limit, by, figure };
}

describe('a question', () => {
  it('is answered from the leads by a filter that anybody can read', async () => {
    const { ask } = await withLeads();
    const answer = await ask('stalled leads from UCAS with score below 80');
    expect(answer.filter).toEqual({ all: [{ field: 'blocker', is: 'engagement_stall' }, { field: 'source', is: 'UCAS' }, { field: 'score', lessThan: 80 }] });
    expect(answer.chips.map(({ label, words }) => [label, words])).toEqual([
      ['Blocker is Stalled', 'stalled'],
      ['Source is UCAS', 'UCAS'],
      ['Score < 80', 'score below 80'],
    ]);
    expect(answer.items.map(({ name }) => name)).toEqual(['Zoë O\'Brien']);
    expect(answer).toMatchObject({ total: 1, answer: '1 lead.', confidence: 1, sure: true, understood: true, notes: [], unused: [], language: null });
  });

  it('goes on from the one before, and proposes how to go on', async () => {
    const { ask } = await withLeads();
    const first = await ask('leads from London');
    expect(first.total).toBe(2);
    expect(first.followUps.length).toBeGreaterThan(2);
    for (const next of first.followUps) {
      const went = await ask(next, contextOf(first));
      expect([next, went.sure, went.follows, went.notes]).toEqual([next, true, true, []]);
    }
    const second = await ask('only those from UCAS', contextOf(first));
    expect(second.items.map(({ name }) => name)).toEqual(['Zara Patel']);
    const { follows, total } = await ask('leads from Leeds', contextOf(second));
    expect({ follows, total }).toEqual({ follows: false, total: 2 });
  });

  it('for groups is answered by groups, and for a figure by that figure', async () => {
    const { ask } = await withLeads();
    const groups = await ask('average score by source');
    expect(groups.groups.map(({ key, leads }) => [key, leads]).sort()).toEqual([['Referral', 2], ['UCAS', 2]]);
    expect(groups.answer).toMatch(/^Mean score by source: \w+ \d+, \w+ \d+\.$/);
    expect((await ask('how many leads from Leeds')).answer).toBe('2 leads.');
    expect((await ask('conversion rate')).answer).toBe('Not enough data for a rate: the outcomes of 4 are known.');
    expect((await ask('top 2 leads by name')).items.map(({ name }) => name)).toHaveLength(2);
    expect((await ask('unemployed people')).total).toBe(2);
  });

  it('that is not understood says so, names the words and looks nothing up', async () => {
    const { ask } = await withLeads();
    const nothing = await ask('will it rain tomorrow?');
    expect(nothing).toMatchObject({ understood: false, sure: false, confidence: 0, total: 0, items: [], filter: null });
    expect(nothing.notes[0]).toContain('Nothing in it is a word that Ask knows');
    expect(nothing.notes[1]).toBe('Not used: “rain”, “tomorrow”.');
    expect(nothing.alternatives.map(({ label }) => label)).toEqual(['Show every lead']);
    const half = await ask('leads from London with brown eyes and curly hair');
    expect(half).toMatchObject({ understood: true, sure: false, unused: ['brown', 'eyes', 'curly', 'hair'], total: 2 });
    const several = await ask('London leads');
    expect(several.filter).toEqual({ field: 'city', is: 'London' });
  });

  it('in another language is told so plainly', async () => {
    const { ask } = await withLeads();
    expect(await ask('zeige mir alle Interessenten aus London')).toMatchObject({ language: 'de', sure: false, notes: [expect.stringContaining('This looks like German. Ask understands English only so far.')] });
    expect((await ask('покажи всех студентов')).language).toBe('ru');
    expect((await ask('muéstrame todos los estudiantes de Derecho')).language).toBe('es');
  });

  it('of a workspace without leads says that there are none', async () => {
    const { owner } = await workspaceApp();
    const answer = await owner.call('admissions.queries.ask', { text: 'stalled leads' });
    expect(answer).toMatchObject({ total: 0, items: [], followUps: [], notes: ['There are no leads yet. Import a file or add one, then ask again.'] });
    expect((await owner.call('admissions.queries.analyse', {})).insights).toEqual([]);
  });

  it('is refused where it is no question', async () => {
    const { owner } = await workspaceApp();
    expect((await owner.refused('admissions.queries.ask', { text: '  ' })).message).toContain('Ask something');
    expect((await owner.refused('admissions.queries.ask', { text: 'word '.repeat(60_000) })).message).toContain('longer than a question');
  });

  it('never shows another team’s leads, and does not know their words', async () => {
    const { owner, newUser } = await withLeads();
    const team = await owner.call('platform.teams.create', { name: 'Elsewhere', department: 'Overseas' });
    const staff = await newUser('staff', { teamId: team.id });
    const answer = await staff.call('admissions.queries.ask', { text: 'unemployed leads from UCAS' });
    expect(answer).toMatchObject({ total: 0, items: [], unused: ['unemployed'] });
    expect((await staff.call('admissions.queries.suggest', { text: 'unemp' })).items).toEqual([]);
  });

  it('by dates that no lead has is offered by when leads were added', async () => {
    const { owner } = await workspaceApp();
    await owner.call('admissions.imports.run', { path: fileWith('Lead ID,Source\nA-1,UCAS\nA-2,UCAS\n') });
    const answer = await owner.call('admissions.queries.ask', { text: 'leads this week' });
    expect(answer.total).toBe(0);
    expect(answer.alternatives[0]).toMatchObject({ label: 'No lead has a date of enquiry: by when it was added instead', filter: { field: 'createdAt', atLeast: '2026-10-05' } });
    expect((await owner.call('admissions.leads.list', { filter: answer.alternatives[0]!.filter! })).total).toBe(2);
  });
});

describe('what leads come to', () => {
  it('adds up to the leads that fit', async () => {
    const { owner } = await withLeads();
    const filter = { field: 'source', is: 'UCAS' } as const;
    const { totals, distribution, unscored, trend, undated, segments, predictive } = await owner.call('admissions.queries.analyse', { filter });
    expect(totals.leads).toBe(2);
    expect(distribution.reduce((sum, { leads }) => sum + leads, unscored)).toBe(2);
    for (const bin of distribution) expect((await owner.call('admissions.leads.list', { filter: bin.filter })).total).toBe(bin.leads);
    expect(trend.map(({ key, leads }) => [key, leads])).toEqual([['2026-08', 1], ['2026-09', 1]]);
    expect(undated).toBe(0);
    for (const groups of Object.values(segments)) expect(groups.reduce((sum, { leads }) => sum + leads, 0)).toBe(2);
    expect(predictive).toBeNull();
  });

  it('is what the model that serves expects of those of them that it has spoken of', async () => {
    const { owner, app } = await withLeads();
    app.inside.workspace.store().transaction((writer) => {
      const report = '{}';
      writer.run("insert into models (key, id, target, type, version, report, artefact, checksum, created_at) values (1, 'm1', 'lead.conversion', 'logistic_regression', 3, ?, x'00', 'c', 1)", report);
      writer.run("insert into model_activations (target, model_key, reason, at) values ('lead.conversion', 1, 'activated', 1)");
      const leads = writer.all<{ readonly key: number; readonly source: string }>('select l.key, s.name as source from leads l join sources s on s.key = l.source_key order by l.key');
      // Of UCAS one has a chance of 90 %, the other of 25 %; of the others nothing has been said but of one.
      for (const [index, { key }] of leads.filter(({ source }) => source === 'UCAS').entries()) writer.run('insert into lead_predictions (lead_key, model_key, probability, lower, upper, at) values (?, 1, ?, 0.1, 0.9, 1)', key, [0.9, 0.25][index] ?? 0);
      writer.run('insert into lead_predictions (lead_key, model_key, probability, lower, upper, at) values (?, 1, 0.5, 0.1, 0.9, 1)', leads.find(({ source }) => source === 'Referral')!.key);
    });
    const { predictive } = await owner.call('admissions.queries.analyse', { filter: { field: 'source', is: 'UCAS' } });
    expect(predictive).toMatchObject({ modelId: 'm1', version: 3, predicted: 2, expected: 1.2 });
    expect(predictive!.meanProbability).toBeCloseTo(0.575);
    expect(predictive!.bins.map(({ leads }) => leads)).toEqual([0, 0, 1, 0, 0, 0, 0, 0, 0, 1]);
  });

  it('is told in sentences whose leads can be opened', async () => {
    const { owner } = await withLeads();
    const { insights } = await owner.call('admissions.queries.analyse', {});
    expect(insights.length).toBeGreaterThan(0);
    const stalled = insights.find(({ text }) => text.includes('stalled'))!;
    expect((await owner.call('admissions.leads.list', { filter: stalled.filter! })).total).toBe(Number(/^\d+/.exec(stalled.text)![0]));
  });
});

describe('questions that are kept', () => {
  it('are remembered for oneself, the same once, and forgotten', async () => {
    const { owner, newUser, clock } = await withLeads();
    for (const text of ['stalled leads', 'law leads', 'Stalled leads']) {
      clock.advance(1000);
      await owner.call('admissions.queries.record', { text });
    }
    const { history } = await owner.call('admissions.queries.list');
    expect(history.map(({ text }) => text)).toEqual(['Stalled leads', 'law leads']);
    const other = await newUser('staff');
    expect((await other.call('admissions.queries.list')).history).toEqual([]);
    expect((await owner.call('admissions.queries.suggest', { text: 'sta' })).items[0]).toEqual({ text: 'Stalled leads', kind: 'history' });
    expect(await owner.call('admissions.queries.forget', { id: history[0]!.id })).toEqual({ forgotten: 1 });
    expect(await owner.call('admissions.queries.forget')).toEqual({ forgotten: 1 });
  });

  it('are saved, shared, changed by their owner alone, taken away and put back', async () => {
    const { owner, newUser, ask } = await withLeads();
    const first = await ask('law leads');
    const made = await owner.call('admissions.queries.save', { name: ' Stalled in law ', text: 'only the stalled ones', before: contextOf(first) });
    expect(made).toMatchObject({ name: 'Stalled in law', audience: 'nobody', mine: true, owner: 'Ada Lovelace', before: { filter: { field: 'course', is: 'Law' } } });
    const other = await newUser('staff');
    expect((await other.call('admissions.queries.list')).saved).toEqual([]);
    await owner.call('admissions.queries.update', { id: made.id, audience: 'everyone' });
    expect((await other.call('admissions.queries.list')).saved).toMatchObject([{ name: 'Stalled in law', mine: false }]);
    expect((await other.refused('admissions.queries.update', { id: made.id, name: 'Mine' })).code).toBe('out_of_scope');
    await owner.call('admissions.queries.remove', { id: made.id });
    expect((await owner.call('admissions.queries.list')).saved).toEqual([]);
    expect((await owner.refused('admissions.queries.update', { id: made.id, name: 'Gone' })).code).toBe('not_found');
    await owner.call('admissions.queries.remove', { id: made.id, removed: false });
    expect((await owner.call('admissions.queries.list')).saved).toHaveLength(1);
  });

  it('are completed while they are typed', async () => {
    const { owner } = await withLeads();
    const texts = async (text: string) => (await owner.call('admissions.queries.suggest', { text })).items.map((item) => item.text);
    expect(await texts('leads from lon')).toEqual(['leads from London']);
    expect(await texts('leads for computer sc')).toEqual(['leads for Computer Science']);
    expect((await texts('')).length).toBeGreaterThan(4);
  });
});
