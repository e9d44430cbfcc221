import { stages } from '#domain/admissions/leads/stages';
import { bands } from '#domain/admissions/triage/configuration';
import { blockerTypes } from '#domain/admissions/triage/blockers';
import type { ConditionOperator } from '../filter';

/** What a field holds: it decides which operators fit and how a value is given. */
export type FieldType = 'text' | 'option' | 'number' | 'boolean' | 'instant';

export interface LeadField {
  readonly name: string;
  readonly type: FieldType;
  /** The values of a field that has a closed list of them. */
  readonly values?: readonly string[];
}

/** The fields of a lead that filters know. Imported attributes join them as `attribute.<name>`. */
export const leadFields = [
  { name: 'name', type: 'text' },
  { name: 'email', type: 'text' },
  { name: 'phone', type: 'text' },
  { name: 'externalId', type: 'text' },
  { name: 'stage', type: 'option', values: stages },
  { name: 'band', type: 'option', values: bands },
  { name: 'blocker', type: 'option', values: blockerTypes },
  { name: 'source', type: 'option' },
  { name: 'course', type: 'option' },
  { name: 'campus', type: 'option' },
  { name: 'country', type: 'option' },
  { name: 'city', type: 'option' },
  { name: 'owner', type: 'option' },
  { name: 'team', type: 'option' },
  { name: 'import', type: 'option' },
  { name: 'tags', type: 'option' },
  { name: 'score', type: 'number' },
  { name: 'confidence', type: 'number' },
  { name: 'probability', type: 'number' },
  { name: 'etaDays', type: 'number' },
  { name: 'modelChance', type: 'number' },
  { name: 'modelConfidence', type: 'number' },
  { name: 'emailOpens', type: 'number' },
  { name: 'emailClicks', type: 'number' },
  { name: 'opensLeftOut', type: 'number' },
  { name: 'clicksLeftOut', type: 'number' },
  { name: 'eventsAttended', type: 'number' },
  { name: 'portalLogins', type: 'number' },
  { name: 'webVisits', type: 'number' },
  { name: 'webTime', type: 'number' },
  { name: 'pagesPerVisit', type: 'number' },
  { name: 'conversations', type: 'number' },
  { name: 'converted', type: 'boolean' },
  { name: 'hasEmail', type: 'boolean' },
  { name: 'hasPhone', type: 'boolean' },
  { name: 'enquiredAt', type: 'instant' },
  { name: 'lastActivityAt', type: 'instant' },
  { name: 'lastContactedAt', type: 'instant' },
  { name: 'createdAt', type: 'instant' },
] as const satisfies readonly LeadField[];
export type LeadFieldName = (typeof leadFields)[number]['name'];

/** The operators that fit a type. */
export const operatorsByType: Readonly<Record<FieldType, readonly ConditionOperator[]>> = {
  text: ['is', 'isNot', 'in', 'contains', 'startsWith', 'isEmpty', 'isNotEmpty'],
  option: ['is', 'isNot', 'in', 'contains', 'startsWith', 'isEmpty', 'isNotEmpty'],
  number: ['is', 'isNot', 'in', 'lessThan', 'atMost', 'moreThan', 'atLeast', 'between', 'isEmpty', 'isNotEmpty'],
  boolean: ['is', 'isNot', 'isEmpty', 'isNotEmpty'],
  instant: ['is', 'isNot', 'lessThan', 'atMost', 'moreThan', 'atLeast', 'between', 'withinLast', 'isEmpty', 'isNotEmpty'],
};

/** The sorts that a list of leads offers; each has an index of its own. */
export const leadSorts = ['score', 'probability', 'modelChance', 'name', 'enquiredAt', 'lastActivityAt', 'stage', 'source'] as const;
export type LeadSort = (typeof leadSorts)[number];
