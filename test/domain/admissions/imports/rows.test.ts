import { describe, expect, it } from 'vitest';
import type { ImportField } from '#domain/admissions/imports/fields';
import { acceptProposals, type ColumnMapping, headerLikeness, mappingProblems, proposeMapping, targetOf } from '#domain/admissions/imports/mapping';
import { ColumnTally, profileColumn } from '#domain/admissions/imports/columns';
import { type ImportedLead, longestText, rowReader, sortName, stageOf } from '#domain/admissions/imports/rows';
import { say } from '#main/app/phrases';
import { monday } from '#test/support/app';
import { textColumn } from '#test/support/tables';

const column = (index: number, field: ImportField, given: Partial<ColumnMapping> = {}): ColumnMapping => ({ ...textColumn(index, field), target: { kind: 'field', field }, ...given });

function read(cells: readonly string[], ...mapping: ColumnMapping[]) {
  return rowReader({ mapping, columns: cells.length, timeZone: 'Europe/London', defaultCountry: 'GB', now: monday })(cells, 7);
}

function leadOf(cells: readonly string[], ...mapping: ColumnMapping[]): ImportedLead {
  const result = read(cells, ...mapping);
  if (result.kind !== 'lead') throw new Error(`The row was ${result.kind}.`);
  return result.lead;
}

describe('a cell of a field', () => {
  it('becomes a person: names split, addresses normalised, numbers in E.164', () => {
    expect(leadOf(['van der Berg, Jan', ' Jan <JAN@Example.org> ', '07700 900001'], column(0, 'fullName'), column(1, 'email'), column(2, 'phone'))).toMatchObject({ givenName: 'Jan', familyName: 'van der Berg', email: 'jan@example.org', phone: '+447700900001', line: 7 });
  });

  it('that refuses a channel is a refusal; one that does not is no consent', () => {
    expect(leadOf(['yes', 'no'], column(0, 'doNotEmail'), column(1, 'doNotPhone'))).toMatchObject({ emailConsent: false, phoneConsent: null });
    expect(leadOf(['yes', 'yes'], column(0, 'consentEmail'), column(1, 'doNotEmail')).emailConsent).toBe(false);
    expect(leadOf(['yes', 'yes'], column(0, 'doNotEmail'), column(1, 'consentEmail')).emailConsent).toBe(false);
  });

  it('that holds a placeholder is unanswered, and an absent signal is unknown, not zero', () => {
    expect(leadOf(['Select', 'x'], column(0, 'course', { placeholders: ['select'] }), textColumn(1, 'Other')).course).toBeNull();
    expect(leadOf(['', '0'], column(0, 'webVisits'), column(1, 'emailOpens')).signals).toEqual({ emailOpens: 0 });
  });

  it.each([
    ['New', 'enquiry'],
    ['Attempted to contact', 'contacted'],
    ['MQL', 'qualified'],
    ['Application submitted', 'applied'],
    ['Offer made', 'offered'],
    ['Deposit paid', 'accepted'],
    ['Enrolled', 'enrolled'],
    ['Closed - lost', 'lost'],
    ['Not interested', 'lost'],
    ['Blue', null],
  ])('with the stage “%s” means %s', (word, stage) => {
    expect(stageOf(word)).toBe(stage);
  });
});

describe('a cell that cannot be read', () => {
  const words = (cells: readonly string[], ...mapping: ColumnMapping[]): string => {
    const result = read(cells, ...mapping);
    if (result.kind === 'rejected') return `rejected: ${say(result.reason)}`;
    return result.kind === 'lead' ? result.warnings.map(({ reason }) => `left out: ${say(reason)}`).join() : result.kind;
  };

  it.each([
    ['email', 'nobody', 'left out: “nobody” in “email” is no e-mail address'],
    ['phone', '12', 'left out: “12” in “phone” is no phone number'],
    ['stage', 'Blue', 'left out: “Blue” in “stage” is no stage that Ivy knows'],
    ['webVisits', 'many', 'left out: “many” in “webVisits” is no number'],
    ['webVisits', '-3', 'left out: “-3” in “webVisits” is below zero'],
    ['enquiredAt', '2026-02-30', 'rejected: “2026-02-30” in “enquiredAt” is no date of the form iso'],
    ['lastActivityAt', '2027-01-01', 'rejected: “2027-01-01” in “lastActivityAt” lies in the future'],
    ['converted', 'perhaps', 'rejected: “perhaps” in “converted” is neither yes nor no'],
    ['givenName', 'x'.repeat(201), 'rejected: “givenName” has 201 characters; the most is 200'],
    ['externalId', 'x'.repeat(201), 'rejected: “externalId” has 201 characters; the most is 200'],
  ] as const)('of %s is told in words, and its row comes in without it or not at all', (field, cell, said) => {
    expect(words([cell, 'x'], column(0, field, { dateFormat: 'iso' }), textColumn(1, 'Other'))).toBe(said);
  });

  it('of an attribute is left out, and a text of 10,000 characters is not one too many', () => {
    expect(words(['x'.repeat(longestText)], textColumn(0, 'Essay'))).toBe('');
    expect(words(['x'.repeat(longestText + 1), 'y'], textColumn(0, 'Essay'), textColumn(1, 'Other'))).toBe('left out: “Essay” has 10,001 characters; the most is 10,000');
    expect(words(['soon'], { ...textColumn(0, 'When'), type: 'date', dateFormat: 'd/M/yyyy' })).toContain('no date of the form d/M/yyyy');
  });

  it('does not make an empty row a lead', () => {
    expect(words(['', '  '], textColumn(0, 'A'), textColumn(1, 'B'))).toBe('empty');
  });
});

describe('the name by which a list sorts', () => {
  it('is the family’s before the given one, without accents; else the address; else the id', () => {
    const none = { givenName: null, familyName: null, email: null, externalId: null };
    expect(sortName({ ...none, givenName: 'Zoë', familyName: 'Ångström' })).toBe('angstrom zoe');
    expect(sortName({ ...none, email: 'Z@example.org', externalId: 'A-1' })).toBe('z@example.org');
    expect(sortName({ ...none, externalId: 'A-1' })).toBe('a-1');
    expect(sortName(none)).toBe('');
  });
});

describe('what is proposed for a column', () => {
  const proposals = (columns: Readonly<Record<string, readonly string[]>>) =>
    proposeMapping(
      Object.entries(columns).map(([header, cells]) => {
        const tally = new ColumnTally();
        for (const cell of cells) tally.add(cell);
        return { header, profile: profileColumn(tally, 'Europe/London'), missingnessAuc: null };
      }),
    );
  const proposed = (columns: Readonly<Record<string, readonly string[]>>) => proposals(columns).map(({ proposedField }) => proposedField);

  it('needs its header and its cells to agree', () => {
    expect(proposed({ Email: ['a@example.org', 'b@example.org'] })).toEqual(['email']);
    expect(proposed({ Email: ['weekly', 'never'] })).toEqual(['attribute.email']);
    expect(proposed({ Phone: ['07700 900001', '+44 7700 900002'] })).toEqual(['phone']);
    expect(proposed({ Kontakt: ['a@example.org', 'b@example.org'] })).toEqual(['email']);
    expect(proposed({ 'Lead ID': ['1', '1', '1', '1'] })).toEqual(['attribute.leadId']);
  });

  it('is a field once only, for the column that fits it best', () => {
    expect(proposed({ 'Original source': ['A', 'B'], 'Lead source': ['A', 'B'] })).toEqual(['attribute.originalSource', 'source']);
    expect(proposed({ Note: ['a', 'b'], 'NOTE!': ['c', 'd'] })).toEqual(['attribute.note', 'attribute.note2']);
  });

  it('is nothing for an empty column, and is marked where it sounds like after the contact', () => {
    expect(proposals({ Empty: ['', ''], 'Lead Quality': ['Good', 'Bad'] }).map(({ proposedField, knownWhen }) => [proposedField, knownWhen])).toEqual([[null, 'unknown'], ['attribute.leadQuality', 'after_contact']]);
  });

  it('is surer the plainer the header', () => {
    const likeness = ['Email', 'E-mail address', 'Email of parent', 'Town'].map((header) => headerLikeness(header, 'email'));
    expect(likeness).toEqual([...likeness].sort((a, b) => b - a));
    expect([likeness[0], likeness[3]]).toEqual([1, 0]);
  });

  it('is read back as it was meant, and contradictions are told', () => {
    expect([targetOf('email'), targetOf('attribute.note'), targetOf(null), targetOf('nonsense')]).toEqual([{ kind: 'field', field: 'email' }, { kind: 'attribute', key: 'note' }, { kind: 'ignore' }, { kind: 'ignore' }]);
    const accepted = acceptProposals(proposals({ Email: ['a@example.org'], Other: ['x'] }));
    expect(mappingProblems(accepted)).toEqual([]);
    expect(mappingProblems([column(0, 'email'), { ...column(1, 'email'), header: 'Second' }])).toEqual(['“email” and “Second” cannot both become email.']);
    expect(mappingProblems([column(0, 'enquiredAt')])).toEqual(['“enquiredAt” needs a date format.']);
    expect(mappingProblems([{ ...textColumn(0, 'A'), target: { kind: 'ignore' } }])).toEqual(['Every column is left out: there is nothing to import.']);
  });
});
