import { describe, expect, it } from 'vitest';
import { workspaceApp } from '#test/support/app';
import { fileWith, smallCsv } from '#test/support/files';

describe('a course', () => {
  it('is added once, however its name is spelled', async () => {
    const { owner } = await workspaceApp();
    const made = await owner.call('admissions.courses.create', { name: '  Marine Biology ', places: 12 });
    expect(made).toMatchObject({ name: 'Marine Biology', leads: 0, places: 12, taken: 0 });
    expect((await owner.refused('admissions.courses.create', { name: 'MARINE biology' })).code).toBe('conflict');
    expect((await owner.call('admissions.courses.list')).items.map(({ name }) => name)).toEqual(['Marine Biology']);
  });

  it('is not made by an officer, who may look', async () => {
    const { newUser } = await workspaceApp();
    const officer = await newUser('staff');
    expect((await officer.refused('admissions.courses.create', { name: 'Law' })).code).toBe('not_permitted');
    expect((await officer.call('admissions.courses.list')).items).toEqual([]);
  });
});

describe('an attribute that an import brought', () => {
  it('is listed with its type, and can be named and confirmed', async () => {
    const { owner } = await workspaceApp();
    await owner.call('admissions.imports.run', { path: fileWith(smallCsv) });
    const [attribute] = (await owner.call('admissions.attributes.list')).items;
    expect(attribute).toMatchObject({ name: 'occupation', label: 'Occupation', type: 'option', knownWhen: 'at_enquiry', confirmed: false });
    await owner.call('admissions.attributes.update', { id: attribute!.id, label: 'What they do', knownWhen: 'after_contact' });
    expect((await owner.call('admissions.attributes.list')).items).toEqual([{ ...attribute, label: 'What they do', knownWhen: 'after_contact', confirmed: true }]);
    const [lead] = (await owner.call('admissions.leads.list', { search: 'zara' })).items;
    expect((await owner.call('admissions.leads.get', { id: lead!.id })).attributes).toEqual([expect.objectContaining({ name: 'occupation', label: 'What they do', value: 'Student' })]);
    expect((await owner.refused('admissions.attributes.update', { id: lead!.id, label: 'x' })).code).toBe('not_found');
  });
});

describe('what a filter offers', () => {
  it('is every field with its words and values, sources and attributes included', async () => {
    const { owner } = await workspaceApp();
    await owner.call('admissions.imports.run', { path: fileWith(smallCsv, 'Fair.csv') });
    const { fields, owners, teams } = await owner.call('admissions.leads.options');
    const field = (name: string) => fields.find((each) => each.name === name)!;
    expect(field('stage')).toMatchObject({ label: 'Stage', type: 'option' });
    expect(field('stage').values[0]).toEqual({ value: 'enquiry', label: 'Enquiry' });
    expect(field('source').values.map(({ label }) => label).sort()).toEqual(['Referral', 'UCAS', 'Unknown']);
    expect(field('course').values.map(({ label }) => label).sort()).toEqual(['Computer Science', 'Law']);
    expect(field('import').values.map(({ label }) => label)).toEqual(['Fair.csv']);
    expect(field('attribute.occupation')).toEqual({ name: 'attribute.occupation', label: 'Occupation', type: 'option', values: [{ value: 'Student', label: 'Student' }] });
    expect(field('score')).toEqual({ name: 'score', label: 'Score', type: 'number', values: [] });
    expect(owners.map(({ name }) => name)).toEqual(['Ada Lovelace']);
    expect(teams).toHaveLength(1);
    // A label is words, never the key of words that are missing.
    for (const { label, values } of fields) for (const text of [label, ...values.map((value) => value.label)]) expect(text).not.toMatch(/^(fields|values)\./);
  });
});

describe('the numbers of the forecast', () => {
  it('are those of the specification until somebody changes them', async () => {
    const { owner } = await workspaceApp();
    const { configuration, defaults } = await owner.call('admissions.forecast.config.get');
    expect(configuration).toEqual({
      bias: -3,
      weights: { engagement: 0.085, recency: 0.07, source: 0.06, contactability: 0.055, courseFit: 0.05 },
      etaBaseDays: 45,
      etaEngagementShorteningMax: 20,
      minProbabilityForEta: 0.25,
    });
    await owner.call('admissions.forecast.config.update', { bias: -2 });
    const changed = await owner.call('admissions.forecast.config.get');
    expect(changed.configuration.bias).toBe(-2);
    expect(changed.defaults).toEqual(defaults);
  });
});
