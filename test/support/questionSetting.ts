import type { ReadingSetting } from '#domain/admissions/queries/read';
import { type KnownField, vocabularyOf } from '#domain/admissions/queries/vocabulary';
import { stages } from '#domain/admissions/leads/stages';
import { leadFields } from '#contract/admissions/leadFields';
import { ada, admissionsTeam, ben, internationalTeam, priya } from './questions';

// The workspace that the questions are put to.

const values: Readonly<Record<string, readonly (string | readonly [string, string])[]>> = {
  source: ['UCAS', 'Website', 'Open day', 'Referral', 'Paid social', 'Education fair', 'Organic Search', 'Google', 'Clearing'],
  course: ['Computer Science', 'Nursing', 'Music Production', 'Business Management', 'Law', 'Graphic Design', 'Mechanical Engineering'],
  campus: ['London', 'Leeds', 'Bristol'],
  country: ['United Kingdom', 'India', 'Nigeria', 'China', 'Ireland', 'Germany'],
  city: ['London', 'Leeds', 'Bristol', 'Manchester', 'Cardiff', 'Lagos', 'Mumbai', 'Dublin'],
  owner: [[ada, 'Ada Lovelace'], [ben, 'Ben Okafor'], [priya, 'Priya Shah']],
  team: [[admissionsTeam, 'Admissions'], [internationalTeam, 'International']],
  tags: ['VIP', 'Scholarship', 'Callback'],
  stage: stages,
};
const pairs = (of: string): KnownField['values'] => (values[of] ?? []).map((value) => (typeof value === 'string' ? { value, label: value } : { value: value[0], label: value[1] }));
const options = (...labels: string[]): KnownField['values'] => labels.map((label) => ({ value: label, label }));

export const questionFields: readonly KnownField[] = [
  ...leadFields.map(({ name, type }): KnownField => ({ name, label: name, type, values: pairs(name) })),
  { name: 'attribute.occupation', label: 'Occupation', type: 'option', values: options('Unemployed', 'Working Professional', 'Student', 'Housewife', 'Other') },
  { name: 'attribute.entryYear', label: 'Entry year', type: 'number', values: [] },
  { name: 'attribute.currentStudy', label: 'Current study', type: 'option', values: options('A levels', 'BTEC', 'Degree') },
  { name: 'attribute.needsVisa', label: 'Needs visa', type: 'boolean', values: [] },
  { name: 'attribute.activityScore', label: 'Activity score', type: 'number', values: [] },
];

/** Monday, 5 October 2026, in London, asked by Ada of Admissions. */
export const questionSetting: ReadingSetting = { vocabulary: vocabularyOf(questionFields), now: Date.UTC(2026, 9, 5, 9), timeZone: 'Europe/London', teamId: admissionsTeam };
