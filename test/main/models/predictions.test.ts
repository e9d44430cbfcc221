import { describe, expect, it } from 'vitest';
import { fileWith } from '#test/support/files';
import { leadsCsv, predicted, quick, school, serving } from '#test/support/trained';

const byChance = { sort: [{ field: 'modelChance' as const, direction: 'descending' as const }], limit: 500 };

describe('what a model says in lists', () => {
  it('is not there before one serves, and follows when one is activated, with range and confidence', async () => {
    const { owner } = await school();
    expect(await owner.call('models.predictions.status')).toMatchObject({ state: 'no_model', model: null, leads: 320, predicted: 0, jobId: null });
    expect((await owner.call('admissions.leads.list', { limit: 1 })).items[0]?.prediction).toBeNull();
    const named = async () => (await owner.call('admissions.leads.options')).fields.map(({ name }) => name);
    expect(await named()).not.toContain('modelChance');
    const modelId = await serving(owner);
    await predicted(owner);
    expect(await owner.call('models.predictions.status')).toMatchObject({ state: 'serving', model: { modelId, version: 1 }, leads: 320, predicted: 320, changed: 0 });
    expect(await named()).toContain('modelChance');
    const { items } = await owner.call('admissions.leads.list', byChance);
    expect(items).toHaveLength(320);
    const chances = items.map(({ prediction }) => prediction?.probability ?? Number.NaN);
    expect(chances).toEqual([...chances].sort((a, b) => b - a));
    for (const { prediction } of items.slice(0, 5)) {
      expect(prediction).toMatchObject({ confidence: 1, current: true });
      expect(prediction!.lower).toBeLessThan(prediction!.probability);
      expect(prediction!.upper).toBeGreaterThan(prediction!.probability);
    }
    const said = await owner.call('models.predictions.predict', { leadId: items[0]!.id });
    expect(items[0]!.prediction!.probability).toBeCloseTo(said.probability, 6);
    expect(said.confidence).toBeCloseTo(1, 12);
  });

  it('can be filtered and searched by, and goes with the lead into a file', async () => {
    const { owner } = await school();
    await serving(owner);
    await predicted(owner);
    const all = (await owner.call('admissions.leads.list', byChance)).items;
    const high = await owner.call('admissions.leads.list', { ...byChance, filter: { field: 'modelChance', atLeast: 0.7 } });
    expect(high.total).toBe(all.filter(({ prediction }) => prediction!.probability >= 0.7).length);
    expect(high.total).toBeGreaterThan(10);
    expect((await owner.call('admissions.leads.list', { filter: { field: 'modelConfidence', lessThan: 1 } })).total).toBe(0);
    const groups = await owner.call('admissions.leads.groups', { filter: { field: 'modelChance', atLeast: 0.7 } });
    expect(groups.total.leads).toBe(high.total);
  });

  it('is old where the lead has changed since, and a refresh works out that alone', async () => {
    const { owner } = await school();
    await serving(owner);
    await predicted(owner);
    const [lead] = (await owner.call('admissions.leads.list', byChance)).items;
    await owner.call('admissions.leads.update', { id: lead!.id, source: 'Advert' });
    expect(await owner.call('models.predictions.status')).toMatchObject({ predicted: 320, changed: 1 });
    const find = async () => (await owner.call('admissions.leads.list', byChance)).items.find(({ id }) => id === lead!.id)!.prediction!;
    expect((await find()).current).toBe(false);
    const { jobId } = await owner.call('models.predictions.refresh', {});
    await predicted(owner);
    expect((await owner.call('platform.jobs.get', { jobId })).result).toMatchObject({ scored: 1 });
    const after = await find();
    expect(after.current).toBe(true);
    expect(after.probability).toBeLessThanOrEqual(lead!.prediction!.probability);
    await owner.call('admissions.imports.run', { path: fileWith(leadsCsv(30, 7, 'N')) });
    expect(await owner.call('models.predictions.status')).toMatchObject({ leads: 350, predicted: 320, changed: 0 });
    await owner.call('models.predictions.refresh', {});
    await predicted(owner);
    expect(await owner.call('models.predictions.status')).toMatchObject({ leads: 350, predicted: 350 });
  });

  it('is of the model that serves after a roll-back, and of the one before where that is damaged', async () => {
    const { owner, app } = await school();
    const first = await serving(owner);
    const second = await serving(owner, { ...quick, keepColumns: ['Tags'] });
    await predicted(owner);
    const chances = async () => (await owner.call('admissions.leads.list', { limit: 5, sort: [{ field: 'name', direction: 'ascending' }] })).items.map(({ prediction }) => prediction?.probability);
    const bySecond = await chances();
    await owner.call('models.registry.rollback', {});
    await predicted(owner);
    const byFirst = await chances();
    expect(byFirst).not.toEqual(bySecond);
    await owner.call('models.registry.activate', { modelId: second });
    await predicted(owner);
    expect(await chances()).toEqual(bySecond);
    app.inside.workspace.store().transaction((writer) => writer.run("update models set artefact = x'0102', checksum = 'other' where id = ?", second));
    expect(await owner.call('models.predictions.status')).toMatchObject({ state: 'fallback', model: { modelId: first }, broken: { modelId: second, version: 2, reason: 'damaged' }, predicted: 0 });
    expect((await owner.call('models.registry.list')).items.map(({ modelId, active }) => [modelId, active])).toEqual([[second, false], [first, true]]);
    expect(await chances()).toEqual([undefined, undefined, undefined, undefined, undefined]);
    await owner.call('models.predictions.refresh', {});
    await predicted(owner);
    expect(await chances()).toEqual(byFirst);
  });

  it('reaches only as far as its reader does', async () => {
    const { owner, newUser } = await school(200);
    await serving(owner);
    await predicted(owner);
    const { id: teamId } = (await owner.call('platform.teams.create', { name: 'Elsewhere', department: 'Elsewhere' })) as { id: string };
    const stranger = await newUser('staff', { teamId });
    expect(await stranger.call('models.predictions.status')).toMatchObject({ state: 'serving', leads: 0, predicted: 0 });
    const student = await newUser('student');
    expect((await student.refused('models.predictions.status')).code).toBe('not_permitted');
    expect((await student.refused('models.predictions.refresh')).code).toBe('not_permitted');
  });
});

describe('before training', () => {
  it('is told how many outcomes are known, how many are needed, and which columns there are', async () => {
    const { owner, newUser } = await school(30);
    const options = await owner.call('models.training.options');
    expect(options).toMatchObject({ open: 0, needed: 40 });
    expect(options.converted + options.notConverted).toBe(30);
    expect(options.columns.map(({ column }) => column)).toEqual(expect.arrayContaining(['Occupation', 'Tags', 'Source']));
    expect((await (await newUser('staff')).refused('models.training.options')).code).toBe('not_permitted');
  });
});
