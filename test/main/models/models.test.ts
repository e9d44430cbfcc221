import { describe, expect, it } from 'vitest';
import { seededRng } from '#domain/kernel/rng';
import { watchModel } from '#main/models/watch';
import { type Person, workspaceApp } from '#test/support/app';
import { fileWith } from '#test/support/files';
import { leadsCsv, quick, school } from '#test/support/trained';

const train = (person: Person, input: object = quick) => person.call('models.training.run', input);

describe('training', () => {
  it('learns from outcomes, leaves out what knows them, says how good it is and keeps the model', async () => {
    const { owner } = await school();
    const { modelId, metrics, leakage, gate, card } = await train(owner, { modelType: 'gradient_boosting', folds: 2 });
    expect(leakage).toEqual([expect.objectContaining({ column: 'Tags', field: 'attribute.tags', reason: 'tells_outcome', excluded: true })]);
    expect(metrics.rocAuc).toBeGreaterThan(0.7);
    expect(metrics.rocAuc).toBeLessThan(0.9);
    expect(gate).toMatchObject({ passes: true });
    expect(card.join(' ')).toMatch(/learned from 320 leads .* beats the rules .* One column was left out/s);
    const { items } = await owner.call('models.registry.list');
    expect(items).toEqual([expect.objectContaining({ modelId, version: 1, active: false, modelType: 'gradient_boosting', rows: 320 })]);
    const { report } = await owner.call('models.registry.get', { modelId: modelId! });
    expect(report.columns.map(({ column }) => column)).toContain('Occupation');
    expect(report.columns.map(({ column }) => column)).not.toContain('Tags');
    expect(report.importance[0]!.column).toBe('Website visits');
    expect(report.subgroups).toMatchObject({ by: 'Source', suppressed: { groups: 0 } });
    expect(report.roc.at(-1)).toMatchObject({ truePositiveRate: 1, falsePositiveRate: 1 });
  });

  it('keeps a suspected column where it is told to, and says so', async () => {
    const { owner } = await school();
    const { leakage, metrics, card } = await train(owner, { ...quick, keepColumns: ['Tags'], saveModel: false });
    expect(leakage[0]).toMatchObject({ column: 'Tags', excluded: false });
    expect(metrics.rocAuc).toBeGreaterThan(0.9);
    expect(card.join(' ')).toMatch(/kept although/);
    expect((await owner.call('models.registry.list')).items).toEqual([]);
    expect(await owner.refused('models.training.run', { keepColumns: ['No such column'] })).toMatchObject({ code: 'invalid_input' });
  });

  it('takes the request of the first system as it was written', async () => {
    const { owner } = await school();
    const seeds = {
      config: { model_type: 'logistic_regression', feature_selection: true, cross_validation_folds: 3 },
      feature_config: { create_lag_features: true, handle_missing_values: 'impute' },
      training_data_limit: 300,
      save_model: true,
    };
    const { modelId, modelType } = await train(owner, seeds);
    expect(modelType).toBe('logistic_regression');
    const { report } = await owner.call('models.registry.get', { modelId: modelId! });
    expect(report).toMatchObject({ rows: 300, folds: 3 });
  });

  it('searches for options where it is asked to', async () => {
    const { owner } = await school();
    const { modelId } = await train(owner, { ...quick, folds: 2, search: { method: 'successive_halving', candidates: 4 } });
    expect((await owner.call('models.registry.get', { modelId: modelId! })).report.metrics.logLoss).toBeLessThan(0.69);
  });

  it('is refused on a handful of leads, with what is missing, and to those who may not train', async () => {
    const { owner, newUser } = await school(12);
    const refusal = await owner.refused('models.training.run', {});
    expect(refusal.code).toBe('conflict');
    expect(refusal.message).toMatch(/at least 40 leads that converted and 40 that did not/);
    const staff = await newUser('staff');
    expect((await staff.refused('models.training.run', {})).code).toBe('not_permitted');
  });
});

describe('a model that serves', () => {
  it('is activated, says the chance of leads with its range, and gives way to the one before', async () => {
    const { owner, leadIds } = await school();
    expect((await owner.refused('models.predictions.predict', { leadId: leadIds[0] })).message).toMatch(/No model serves yet/);
    const first = await train(owner);
    const second = await train(owner, { ...quick, folds: 3 });
    expect(await owner.call('models.registry.activate', { modelId: first.modelId! })).toMatchObject({ active: true });
    const said = await owner.call('models.predictions.predict', { leadId: leadIds[0]! });
    expect(said).toMatchObject({ modelId: first.modelId, leadId: leadIds[0], interval: { share: 0.8, groupRows: 50 } });
    expect(said.interval.lower).toBeLessThan(said.probability);
    expect(said.interval.upper).toBeGreaterThan(said.probability);

    expect((await owner.refused('models.registry.rollback', {})).code).toBe('conflict');
    await owner.call('models.registry.activate', { modelId: second.modelId! });
    expect((await owner.call('models.predictions.predict', { leadId: leadIds[0]! })).modelId).toBe(second.modelId);
    expect(await owner.call('models.registry.rollback', {})).toMatchObject({ modelId: first.modelId, active: true });
    expect((await owner.call('models.predictions.predict', { leadId: leadIds[0]! })).modelId).toBe(first.modelId);
    expect((await owner.refused('models.registry.rollback', {})).code).toBe('conflict');

    const compared = await owner.call('models.registry.compare', { first: first.modelId!, second: second.modelId! });
    expect(compared.differences.find(({ metric }) => metric === 'logLoss')).toMatchObject({ first: first.metrics.logLoss, second: second.metrics.logLoss });
    expect(compared).toMatchObject({ onlyFirst: [], onlySecond: [] });
  });

  it('says the chance of a lead that is described, and what of the description it does not know', async () => {
    const { owner } = await school();
    const { modelId } = await train(owner);
    const predict = (leadData: Record<string, string | number>) => owner.call('models.predictions.predict', { modelId: modelId!, leadData });
    const likely = await predict({ Source: 'Referral', occupation: 'Working', webVisits: Math.log1p(11), lead_score: 85 });
    const unlikely = await predict({ source: 'Advert', 'attribute.occupation': 'Student', webVisits: 0 });
    expect(likely.probability).toBeGreaterThan(unlikely.probability + 0.3);
    expect(likely.unknownColumns).toEqual(['lead_score']);
    expect((await predict({})).probability).toBeGreaterThan(0);
    expect((await owner.refused('models.predictions.predict', { modelId })).code).toBe('invalid_input');
  });

  it('scores all leads that its caller sees, and no others', async () => {
    const { owner, leadIds, newUser } = await school();
    await owner.call('models.registry.activate', { modelId: (await train(owner)).modelId! });
    expect(await owner.call('models.predictions.predictBatch', {})).toMatchObject({ scored: 320, items: [] });
    const { items } = await owner.call('models.predictions.predictBatch', { leadIds: leadIds.slice(0, 3) });
    expect(items.map(({ leadId }) => leadId).sort()).toEqual(leadIds.slice(0, 3).sort());
    expect(items.find(({ leadId }) => leadId === leadIds[1])!.probability).toBe((await owner.call('models.predictions.predict', { leadId: leadIds[1]! })).probability);
    const { id: departmentTeam } = await owner.call('platform.teams.create', { name: 'Elsewhere', department: 'Elsewhere' }) as { id: string };
    const stranger = await newUser('staff', { teamId: departmentTeam });
    expect(await stranger.call('models.predictions.predictBatch', {})).toMatchObject({ scored: 0 });
    expect((await stranger.refused('models.predictions.predict', { leadId: leadIds[0] })).code).toBe('not_found');
    expect((await stranger.refused('models.analysis.shap', { leadId: leadIds[0] })).code).toBe('not_found');
  });

  it('says why: parts that add up, the columns that matter, and how the chance moves with one', async () => {
    const { owner, leadIds } = await school();
    await owner.call('models.registry.activate', { modelId: (await train(owner, { modelType: 'gradient_boosting', folds: 2 })).modelId! });
    const why = await owner.call('models.analysis.shap', { leadId: leadIds[0]! });
    const sum = why.contributions.reduce((total, { contribution }) => total + contribution, why.base);
    expect(1 / (1 + Math.exp(-sum))).toBeCloseTo(why.rawProbability, 6);
    expect(why.contributions.map(({ column }) => column)).toContain('Occupation');
    expect((await owner.call('models.analysis.importance', {})).items.length).toBeGreaterThan(3);
    const { points } = await owner.call('models.analysis.partialDependence', { column: 'Occupation' });
    const chance = new Map(points.map(({ value, meanProbability }) => [value, meanProbability]));
    expect(chance.get('Working')).toBeGreaterThan(chance.get('Student')!);
    expect((await owner.refused('models.analysis.partialDependence', { column: 'Tags' })).code).toBe('not_found');
  });

  it('is refused where it does not beat the rules and the base rate', async () => {
    const { owner } = await workspaceApp();
    const random = seededRng(2);
    const rows = Array.from({ length: 120 }, (_, row) => `L-${String(row)},${random() < 0.5 ? 'A' : 'B'},${random() < 0.5 ? 'yes' : 'no'}`);
    await owner.call('admissions.imports.run', { path: fileWith(`Lead ID,Group,Converted\n${rows.join('\n')}\n`) });
    const { modelId, gate } = await train(owner, { modelType: 'random_forest', folds: 2 });
    expect(gate.passes).toBe(false);
    expect((await owner.refused('models.registry.activate', { modelId })).code).toBe('conflict');
  });
});

describe('the health of models', () => {
  it('begins with none, is well after training, and asks for a new one where leads have changed', async () => {
    const { owner, app, clock, signIn } = await school();
    expect(await owner.call('models.registry.health', {})).toMatchObject({ state: 'no_model', retrain: [] });
    const { modelId } = await train(owner);
    await owner.call('models.registry.activate', { modelId: modelId! });
    expect(await owner.call('models.registry.health', {})).toMatchObject({ state: 'healthy', modelId, broken: null });
    const moved = leadsCsv(1_800, 9, 'N').replaceAll('Student', 'Retired').replaceAll('Working', 'Retired');
    await owner.call('admissions.imports.run', { path: fileWith(moved) });
    const health = await owner.call('models.registry.health', {});
    expect(health.state).toBe('watch');
    expect(health.drift[0]).toMatchObject({ column: 'Occupation', moved: true });
    expect(health.retrain[0]).toMatch(/moved since the model was trained/);

    // The daily look finds the same, keeps since when, and tells who may train, once.
    owner.listen();
    const look = () => watchModel(app.inside.workspace.store(), { listening: () => true, toUser: (_id, event) => told.push(event.kind), changed: () => undefined }, app.inside.workspace.settings(), clock());
    const told: string[] = [];
    expect(await owner.call('models.registry.watch', {})).toMatchObject({ checkedAt: null, retrain: [], retrainSince: null });
    const begun = clock();
    expect(look()).toBe(true);
    clock.advance(86_400_000);
    expect(look()).toBe(true);
    expect(told).toEqual(['notice']);
    const again = await signIn('ada@school.example');
    const watched = await again.call('models.registry.watch', {});
    expect(watched).toMatchObject({ modelId, version: 1, checkedAt: clock(), retrainSince: begun });
    expect(watched.retrain[0]).toMatch(/moved since the model was trained/);
    expect(watched.looks.map(({ column }) => column)).toEqual(['Occupation', 'Occupation']);
  });

  it('falls back to the model before where the one that should serve is damaged', async () => {
    const { owner, app, leadIds } = await school();
    const first = await train(owner);
    const second = await train(owner, { ...quick, folds: 3 });
    await owner.call('models.registry.activate', { modelId: first.modelId! });
    await owner.call('models.registry.activate', { modelId: second.modelId! });
    app.inside.workspace.store().transaction((writer) => writer.run("update models set artefact = x'0102', checksum = 'other' where id = ?", second.modelId));
    expect(await owner.call('models.registry.health', {})).toMatchObject({ state: 'fallback', modelId: first.modelId, broken: { modelId: second.modelId, reason: 'damaged' } });
    expect((await owner.call('models.predictions.predict', { leadId: leadIds[0]! })).modelId).toBe(first.modelId);
    expect((await owner.refused('models.predictions.predict', { leadId: leadIds[0], modelId: second.modelId })).code).toBe('conflict');
  });
});
