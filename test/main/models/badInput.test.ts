import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { v7 } from 'uuid';
import { seededRng } from '#domain/kernel/rng';
import { encodePredictor } from '#domain/models/artefact';
import { checksumOf } from '#main/models/serving';
import { emptyApp, fixedClock, passPhrase, type Person, temporaryFolder, type TestApp, workspaceApp } from '#test/support/app';
import { whyNotBuilt } from '#test/support/built';
import { fileWith } from '#test/support/files';
import { runBuilt } from '#test/support/processes';

const notBuilt = whyNotBuilt();

/** Every number of an answer, wherever it stands. JSON would turn what is none into null, so answers are looked at before. */
function expectFigures(answer: unknown, path = ''): void {
  if (typeof answer === 'number') expect(Number.isFinite(answer), path).toBe(true);
  else if (ArrayBuffer.isView(answer)) throw new Error(`${path} is no plain value.`);
  else if (typeof answer === 'object' && answer !== null) for (const [key, inner] of Object.entries(answer)) expectFigures(inner, `${path}.${key}`);
}

const quick = { modelType: 'logistic_regression', folds: 2 } as const;

/** Leads with a column of each kind that goes wrong, and two that tell something. */
function hardCsv(rows: number): string {
  const random = seededRng(3);
  const lines = Array.from({ length: rows }, (_, row) => {
    // Every tenth lead is the one before it once more, under another number.
    const twin = row % 10 === 9 ? row - 1 : row;
    const own = seededRng(twin);
    const visits = Math.floor(own() * 12);
    const source = own() < 0.5 ? 'Referral' : 'Advert';
    const converted = own() < 1 / (1 + Math.exp(2.6 - visits / 4 - (source === 'Referral' ? 1.6 : 0)));
    const budget = ['Infinity', '-inf', '1e999', '12', '7'][Math.floor(random() * 5)]!;
    return `H-${String(row)},${source},${String(visits)},${converted ? 'yes' : 'no'},always,,${budget},code ${String(row)}`;
  });
  return `Lead ID,Source,Web visits,Converted,Constant,Unanswered,Budget,Many\n${lines.join('\n')}\n`;
}

async function hardSchool(rows = 400): Promise<TestApp> {
  const made = await workspaceApp();
  await made.owner.call('admissions.imports.run', { path: fileWith(hardCsv(rows)) });
  return made;
}

/** What a person asks about a lead and a model, all of it. */
async function everythingAbout(owner: Person, leadId: string, modelId: string): Promise<void> {
  for (const answer of [
    await owner.call('models.predictions.predict', { leadId }),
    await owner.call('models.predictions.predict', { leadData: { source: null, webVisits: Number.MAX_VALUE } }),
    await owner.call('models.predictions.predictBatch', { leadIds: [leadId] }),
    await owner.call('models.analysis.shap', { leadId }),
    await owner.call('models.analysis.importance', {}),
    await owner.call('models.analysis.partialDependence', { column: 'webVisits' }),
    await owner.call('models.registry.get', { modelId }),
    await owner.call('models.registry.health', {}),
    await owner.call('admissions.forecast.model', { leadId }),
  ]) expectFigures(answer);
}

describe('leads that models are not made for', () => {
  it('of one outcome only, or twelve, are refused with what is missing', async () => {
    const { owner } = await workspaceApp();
    const lines = (count: number, outcome: string) => Array.from({ length: count }, (_, row) => `O-${String(row)},Fair,${outcome}`).join('\n');
    await owner.call('admissions.imports.run', { path: fileWith(`Lead ID,Source,Converted\n${lines(12, 'yes')}\n`) });
    expect((await owner.refused('models.training.run', quick)).message).toMatch(/There are 12 and 0/);
    await owner.call('admissions.imports.run', { path: fileWith(`Lead ID,Source,Converted\n${lines(200, 'yes')}\n`) });
    const refusal = await owner.refused('models.training.run', quick);
    expect(refusal).toMatchObject({ code: 'conflict', details: { positives: 200, negatives: 0, needed: 40 } });
    expectFigures((await owner.call('admissions.triage.proposal.run', {})).proposal);
  });

  it('with constant, empty, infinite, endless and doubled values are learned from, and no answer holds a figure that is none', async () => {
    const { owner } = await hardSchool();
    const { modelId, leakage } = await owner.call('models.training.run', quick);
    // A column that names its rows is none to learn from.
    expect(leakage.map(({ column }) => column)).not.toContain('Constant');
    await owner.call('models.registry.activate', { modelId: modelId! });
    const { items } = await owner.call('admissions.leads.list', { limit: 1 });
    await everythingAbout(owner, items[0]!.id, modelId!);
    // A lead that lacks everything gets a chance, with a range as wide as it is.
    const bare = await owner.call('admissions.leads.create', { givenName: 'Nobody' });
    await everythingAbout(owner, bare.id, modelId!);
    const { probability, interval } = await owner.call('models.predictions.predict', { leadId: bare.id });
    expect(interval.lower <= probability && probability <= interval.upper).toBe(true);
    expect((await owner.call('admissions.forecast.model', { leadId: bare.id })).modelConfidence).toBeLessThan(0.5);
  });

  it.each(['zero', 'impute'] as const)('are learned from with what is missing filled in: %s', async (missing) => {
    const { owner } = await hardSchool(240);
    expectFigures(await owner.call('models.training.run', { ...quick, features: { missing, rates: true }, selectColumns: 4, saveModel: false }));
  });
});

describe('a training that does not come to its end', () => {
  it('keeps nothing where somebody cancels it', async () => {
    const { app, owner } = await hardSchool(200);
    const started = await app.call({ entry: 'models.training.run', input: quick, token: owner.token(), door: 'cli', connection: 'c', requestId: v7(), wait: false }, { signal: new AbortController().signal });
    const { jobId } = (started as { result: { jobId: string } }).result;
    await owner.call('platform.jobs.cancel', { jobId });
    await expect.poll(async () => (await owner.call('platform.jobs.get', { jobId })).state).toBe('cancelled');
    expect((await owner.call('models.registry.list')).items).toEqual([]);
  });

  it('keeps nothing where the disk is full, says so, and works again when there is room', async () => {
    const { app, owner } = await hardSchool(200);
    const store = app.inside.workspace.store();
    store.limitPages(store.pages());
    const refusal = await owner.refused('models.training.run', quick);
    expect(refusal.message).toMatch(/disk|full|space/i);
    store.limitPages(1_000_000);
    expect((await owner.call('models.registry.list')).items).toEqual([]);
    expect(await owner.call('platform.backups.check')).toEqual({ intact: true, problems: [] });
    expect((await owner.call('models.training.run', quick)).modelId).not.toBeNull();
  });

  it.skipIf(notBuilt !== null)(`keeps nothing where its process is killed${notBuilt === null ? '' : ` (skipped: ${notBuilt})`}`, async () => {
    const { app, folder } = await (async () => {
      const made = await workspaceApp({ clock: fixedClock(Date.now()) });
      await made.owner.call('admissions.imports.run', { path: fileWith(hardCsv(2_000)) });
      return made;
    })();
    await app.close();
    const profile = join(temporaryFolder(), 'profile');
    cpSync(folder, profile, { recursive: true });
    const running = runBuilt('cli', ['--profile', profile, 'call', 'models.training.run', '{"modelType":"ensemble","folds":10}'], { environment: { IVY_PASSWORD: passPhrase } });
    await running.said(/Training and judging/, 'stderr');
    running.child.kill('SIGKILL');
    expect((await running.ended).signal).toBe('SIGKILL');
    const { app: again, stranger } = emptyApp({ folder: profile, clock: fixedClock(Date.now()) });
    const owner = stranger();
    await owner.call('platform.sessions.signIn', { passPhrase });
    expect((await owner.call('models.registry.list')).items).toEqual([]);
    expect((await owner.call('platform.jobs.list')).items.find(({ entry }) => entry === 'models.training.run')).toMatchObject({ state: 'interrupted' });
    expect(await owner.call('platform.backups.check')).toEqual({ intact: true, problems: [] });
    await again.close();
  });
});

describe('a model that this program cannot read', () => {
  it('from a newer version gives way to the one before, in every answer', async () => {
    const { app, owner } = await hardSchool(240);
    const first = await owner.call('models.training.run', quick);
    const second = await owner.call('models.training.run', { ...quick, seed: 2 });
    await owner.call('models.registry.activate', { modelId: first.modelId! });
    await owner.call('models.registry.activate', { modelId: second.modelId! });
    const newer = Buffer.from(Buffer.from(encodePredictor({} as never)).toString('latin1').replace(/"version":\d/, '"version":9'), 'latin1');
    app.inside.workspace.store().transaction((writer) => writer.run('update models set artefact = ?, checksum = ? where id = ?', newer, checksumOf(newer), second.modelId));
    expect(await owner.call('models.registry.health', {})).toMatchObject({ state: 'fallback', modelId: first.modelId, broken: { modelId: second.modelId, reason: 'newer' } });
    const { items } = await owner.call('admissions.leads.list', { limit: 1 });
    const said = await owner.call('admissions.forecast.model', { leadId: items[0]!.id });
    expect(said).toMatchObject({ state: 'model', modelId: first.modelId });
    expect(said.notice).toMatch(/the one before it answers/);
    expect((await owner.refused('models.registry.activate', { modelId: second.modelId })).message).toMatch(/newer version/);
    // Nothing that was kept is lost.
    expect((await owner.call('models.registry.list')).items).toHaveLength(2);
  });
});
