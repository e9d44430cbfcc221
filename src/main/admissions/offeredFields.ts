import { type FieldType, leadFields } from '#contract/admissions/leadFields';
import type { OutputOf } from '#contract/index';
import type { CallContext } from '#main/app/context';
import { words } from '#main/app/phrases';
import { listAttributes, listNamed, listOptions } from '#main/store/admissions/catalogue';
import { listImports } from '#main/store/admissions/imports';
import { readLeads } from '#main/store/admissions/leadColumns';
import { optionsInScope, readableTagCounts } from '#main/store/admissions/leadList';
import type { FilterSetting } from '#main/store/admissions/leadTests';
import { servedModelKey } from '#main/store/models/predictions';
import { tagSenses } from '#main/store/admissions/tags';
import { listTeams, listUsers } from '#main/store/platform/users';

const listedImports = 50;
const types: Readonly<Record<string, FieldType>> = { text: 'text', option: 'option', number: 'number', boolean: 'boolean', date: 'instant' };

/** The fields of filters with the values that they can have: no value that only another's leads have. */
export async function offeredFields(context: CallContext, setting: FilterSetting): Promise<OutputOf<'admissions.leads.options'>> {
  const { store } = context;
  // Whoever sees all leads is offered all options.
  const options = context.scope.kind === 'all' ? [] : listAttributes(store).filter(({ type }) => type === 'option').map(({ key }) => key);
  await readLeads(store, { tags: true, attributes: options });
  const people = listUsers(store, false);
  const senses = tagSenses(store);
  const values = (names: readonly string[]) => names.map((name) => ({ value: name, label: name }));
  const named = (table: 'sources' | 'courses' | 'campuses' | 'countries' | 'cities') => values(listNamed(store, table).map(({ name }) => name));
  const choices: Readonly<Record<string, { value: string; label: string }[]>> = {
    source: named('sources'),
    course: named('courses'),
    campus: named('campuses'),
    country: named('countries'),
    city: named('cities'),
    owner: people.map(({ id, name }) => ({ value: id, label: name })),
    team: listTeams(store).map(({ id, name }) => ({ value: id, label: name })),
    import: listImports(store, context.scope, listedImports, 0).items.map(({ id, fileName }) => ({ value: id, label: fileName })),
    tags: values([...readableTagCounts(store, context.scope, setting, senses).keys()].flatMap((key) => senses.of(key)?.name ?? []).sort((a, b) => a.localeCompare(b))),
  };
  const offered = (attributeKey: number): string[] => {
    const readable = optionsInScope(store, context.scope, attributeKey, setting);
    return listOptions(store, attributeKey).flatMap(({ key, text }) => (readable === null || readable.has(key) ? [text] : []));
  };
  const servesModel = servedModelKey(store) !== null;
  return {
    fields: [
      ...leadFields.filter(({ name }) => servesModel || !(name === 'modelChance' || name === 'modelConfidence')).map((field) => ({
        name: field.name,
        label: words(`fields.${field.name}`),
        type: field.type,
        values: 'values' in field ? field.values.map((value) => ({ value, label: words(`values.${value}`) })) : (choices[field.name] ?? []),
      })),
      ...listAttributes(store).map(({ key, name, label, type }) => ({
        name: `attribute.${name}`,
        label,
        type: types[type] ?? 'text',
        values: type === 'option' ? values(offered(key)) : [],
      })),
    ],
    owners: people.map(({ id, name, teamId }) => ({ id, name, teamId })),
    teams: listTeams(store).map(({ id, name }) => ({ id, name })),
  };
}
