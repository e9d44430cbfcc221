import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { stages } from '#domain/admissions/leads/stages';
import { blockerTypes } from '#domain/admissions/triage/blockers';
import { bands } from '#domain/admissions/triage/configuration';
import { type FieldType, leadFields, operatorsByType } from '#contract/admissions/leadFields';
import type { Condition, ConditionOperator, Filter } from '#contract/filter';
import { monday, type Person, workspaceApp } from '#test/support/app';
import { fileWith } from '#test/support/files';
import { type Detail, heldBy, matches } from '#test/support/filters';
import { csvLine } from '#test/support/tables';

const seed = 20261005;
const day = 86_400_000;
const dayAt = (days: number): string => new Date(monday + days * day).toISOString().slice(0, 10);

interface Field {
  readonly name: string;
  readonly type: FieldType;
}

/** Fields that the second reading knows; attributes among them. */
const fields: readonly Field[] = [
  // What a model says is told apart, where one serves.
  ...leadFields.filter(({ name }) => name !== 'campus' && name !== 'import' && name !== 'modelChance' && name !== 'modelConfidence'),
  { name: 'attribute.colour', type: 'option' },
  { name: 'attribute.budget', type: 'number' },
  { name: 'attribute.member', type: 'boolean' },
  { name: 'attribute.visitDay', type: 'instant' },
  { name: 'attribute.essay', type: 'text' },
];

/** The columns of a file, each with what may stand in it besides nothing. */
const columnsOfFile: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'First name': fc.constantFrom('Zara', 'Zoë', 'ZOE', "O'Brien", '😀 Smiley', 'Jan van', 'Ünal', 'Li'),
  'Last name': fc.constantFrom('Patel', 'Smith', 'van der Berg', 'Ångström'),
  Email: fc.nat(999).map((number) => `p${String(number)}@Example.org`),
  Phone: fc.integer({ min: 100, max: 999 }).map((end) => `07700 900${String(end)}`),
  Source: fc.constantFrom('UCAS', 'Fair', 'unknown', 'Référence'),
  Course: fc.constantFrom('Law', 'Computer Science'),
  Country: fc.constantFrom('France', 'Österreich'),
  City: fc.constantFrom('London', 'Leeds'),
  Stage: fc.constantFrom(...stages),
  Converted: fc.constantFrom('yes', 'no'),
  Created: fc.integer({ min: -200, max: 0 }).map(dayAt),
  'Last activity date': fc.integer({ min: -60, max: 0 }).map(dayAt),
  'Web visits': fc.nat(12).map(String),
  'Email opens': fc.nat(12).map(String),
  Conversations: fc.nat(12).map(String),
  Colour: fc.constantFrom('Red', 'red', 'Blue', 'Light blue'),
  Budget: fc.constantFrom('0', '1.5', '-3', '1000'),
  Member: fc.constantFrom('yes', 'no'),
  'Visit day': fc.integer({ min: -200, max: 0 }).map(dayAt),
  Essay: fc.nat(60).map((number) => `An essay, the ${String(number)}th`),
};

function fileOfLeads(): string {
  const row = fc.tuple(...Object.values(columnsOfFile).map((column) => fc.oneof({ weight: 3, arbitrary: column }, { weight: 1, arbitrary: fc.constant('') })));
  const rows = fc.sample(row, { seed, numRuns: 60 }).map((cells, index) => [`L-${String(index)}`, ...cells]);
  return `${[['Lead ID', ...Object.keys(columnsOfFile)], ...rows].map((cells) => csvLine(cells, ',')).join('\n')}\n`;
}

async function everyLead(owner: Person): Promise<Detail[]> {
  const { items } = await owner.call('admissions.leads.list', { limit: 500 });
  return Promise.all(items.map(({ id }) => owner.call('admissions.leads.get', { id })));
}

/** Operands that hit, nearly hit and miss. */
function operandsOf(leads: readonly Detail[], { name, type }: Field): fc.Arbitrary<string | number | boolean> {
  const present = leads.flatMap((lead) => heldBy(lead, name).values);
  switch (type) {
    case 'number': {
      const numbers = fc.constantFrom<number>(0, 1, 0.5, -1, 70, ...present.map(Number));
      return fc.oneof(numbers, numbers.map((value) => value + 1e-9));
    }
    case 'boolean':
      return fc.boolean();
    case 'instant':
      return fc.oneof(fc.integer({ min: -200, max: 5 }).map(dayAt), fc.constantFrom<number>(monday, ...present.map(Number)));
    default: {
      const texts = fc.constantFrom('', 'a', 'e', '😀', 'zo', 'SMITH', ...bands, ...blockerTypes, ...present.map(String));
      return fc.oneof(texts, texts.map((text) => Array.from(text).slice(0, 3).join('')), texts.map((text) => text.toUpperCase()));
    }
  }
}

function conditionOf(leads: readonly Detail[], field: Field, operator: ConditionOperator): fc.Arbitrary<Condition> {
  const operand = operandsOf(leads, field);
  const made = (value: unknown): Condition => ({ field: field.name, [operator]: value }) as unknown as Condition;
  switch (operator) {
    case 'isEmpty':
    case 'isNotEmpty':
      return fc.constant(made(true));
    case 'in':
      return fc.array(operand, { maxLength: 4 }).map(made);
    case 'between':
      return fc.tuple(operand, operand).map(made);
    case 'withinLast':
      return fc.record({ amount: fc.integer({ min: 1, max: 24 }), unit: fc.constantFrom('hours', 'days', 'weeks') }).map(made);
    default:
      return operand.map(made);
  }
}

/** Bands and blockers are chosen from a list: nobody looks for a part of one. */
function offered({ name, type }: Field): readonly ConditionOperator[] {
  const whole = name === 'band' || name === 'blocker';
  return operatorsByType[type].filter((operator) => !(whole && (operator === 'contains' || operator === 'startsWith')));
}

/** Asks the store and reads plainly, and expects the same leads. */
async function agree(owner: Person, leads: readonly Detail[], filter: Filter): Promise<void> {
  const { items, total } = await owner.call('admissions.leads.list', { filter, limit: 500 });
  const expected = leads.filter((lead) => matches(lead, filter, monday)).map(({ externalId }) => externalId);
  expect(items.map(({ externalId }) => externalId).sort(), JSON.stringify(filter)).toEqual(expected.sort());
  expect(total).toBe(expected.length);
}

async function agreeOnEverything(owner: Person, numRuns: number): Promise<void> {
  const leads = await everyLead(owner);
  const pairs = fields.flatMap((field) => offered(field).map((operator) => ({ field, operator })));
  for (const { field, operator } of pairs) {
    for (const condition of fc.sample(conditionOf(leads, field, operator), { seed, numRuns: 4 })) await agree(owner, leads, condition);
  }
  const condition = fc.constantFrom(...pairs).chain(({ field, operator }) => conditionOf(leads, field, operator));
  const { filter } = fc.letrec<{ filter: Filter }>((tie) => ({
    filter: fc.oneof(
      { maxDepth: 4, depthSize: 'small' },
      condition,
      fc.array(tie('filter'), { maxLength: 3 }).map((all): Filter => ({ all })),
      fc.array(tie('filter'), { maxLength: 3 }).map((any): Filter => ({ any })),
      tie('filter').map((not): Filter => ({ not })),
    ),
  }));
  await fc.assert(fc.asyncProperty(filter, (each) => agree(owner, leads, each)), { seed, numRuns });
}

describe('a filter', () => {
  it('takes an emoji for one character at the beginning of a text', async () => {
    const { owner } = await workspaceApp();
    await owner.call('admissions.leads.create', { givenName: '😀 Smiley' });
    for (const startsWith of ['😀', '😀 s', '']) expect((await owner.call('admissions.leads.list', { filter: { field: 'name', startsWith } })).total, startsWith).toBe(1);
    expect((await owner.call('admissions.leads.list', { filter: { field: 'name', startsWith: 's' } })).total).toBe(0);
  });

  it('answers what a plain reading of every lead answers, whatever it is made of, before and after changes', async () => {
    const { owner, newUser } = await workspaceApp();
    const path = fileWith(fileOfLeads());
    const { columns } = await owner.call('admissions.imports.preview', { path });
    const typed = columns.map((column) => (column.header === 'Essay' ? { ...column, type: 'text' as const } : column));
    expect(await owner.call('admissions.imports.run', { path, columns: typed })).toMatchObject({ imported: 60, rejected: 0 });
    const attributes = (await owner.call('admissions.attributes.list')).items.map(({ name, type }) => `${name} ${type}`);
    expect(attributes.sort()).toEqual(['budget number', 'colour option', 'essay text', 'member boolean', 'visitDay date']);
    const tagged = (await owner.call('admissions.leads.list', { limit: 500, sort: [{ field: 'name', direction: 'ascending' }] })).items.map(({ id }) => id);
    await owner.call('admissions.tags.add', { ids: tagged.filter((_id, index) => index % 3 === 0), tags: ['Open day', 'Émigré'] });
    await agreeOnEverything(owner, 150);

    await owner.call('admissions.tags.add', { ids: tagged.filter((_id, index) => index % 7 === 0), tags: ['Bursary'] });
    const { items } = await owner.call('admissions.leads.list', { limit: 500, sort: [{ field: 'name', direction: 'ascending' }] });
    const officer = await newUser('manager');
    for (const [index, { id }] of items.entries()) {
      if (index % 4 === 0) await owner.call('admissions.leads.update', { id, givenName: 'Changed', course: 'Medicine', city: null, email: null });
      if (index % 5 === 0) await owner.call('admissions.touchpoints.create', { leadId: id, kind: 'call', outcome: 'reached' });
      if (index % 6 === 0) await owner.call('admissions.leads.assign', { ids: [id], ownerId: index % 12 === 0 ? officer.userId : owner.userId });
    }
    await agreeOnEverything(owner, 100);
  }, 60_000);
});
