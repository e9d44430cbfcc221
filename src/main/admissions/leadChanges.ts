import { normaliseEmail, normalisePhone } from '#domain/admissions/leads/normalise';
import { hasReached, type Stage, stages } from '#domain/admissions/leads/stages';
import { Refusal } from '#contract/errors';
import type { Settings } from '#contract/platform/settings';
import { ensureNamed, type NamedTable } from '#main/store/admissions/catalogue';
import type { LeadChanges, LeadColumns, PersonColumns } from '#main/store/admissions/leadWrites';
import { recordOutcome } from '#main/store/admissions/leadWrites';
import { recordConsent } from '#main/store/platform/people';
import type { Writer } from '#main/store/tx';

/** What a person says about a lead: null takes a value away, what is left out stays. */
export interface LeadValues {
  readonly givenName?: string | null | undefined;
  readonly familyName?: string | null | undefined;
  readonly email?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly source?: string | null | undefined;
  readonly course?: string | null | undefined;
  readonly campus?: string | null | undefined;
  readonly country?: string | null | undefined;
  readonly city?: string | null | undefined;
  readonly stage?: Stage | undefined;
  readonly enquiredAt?: number | null | undefined;
  readonly emailConsent?: boolean | undefined;
  readonly phoneConsent?: boolean | undefined;
}

const blankToNull = (text: string | null): string | null => (text === null || text === '' ? null : text);

function emailOf(text: string | null): string | null {
  if (text === null || text === '') return null;
  const email = normaliseEmail(text);
  if (email === null) throw new Refusal('invalid_input', `“${text}” is no e-mail address. Check it, or leave it empty.`, { field: 'email' });
  return email;
}

function phoneOf(text: string | null, country: string): string | null {
  if (text === null || text === '') return null;
  const phone = normalisePhone(text, country);
  if (phone === null) throw new Refusal('invalid_input', `“${text}” is no telephone number. Write it with its country code, such as +44 20 7946 0000, or leave it empty.`, { field: 'phone' });
  return phone;
}

/** Turns what a person says into columns; names that are new join the catalogue. */
export function changesOf(writer: Writer, values: LeadValues, settings: Settings, newId: () => string, now: number): LeadChanges {
  const person: PersonColumns = {};
  if (values.givenName !== undefined) person.given_name = blankToNull(values.givenName);
  if (values.familyName !== undefined) person.family_name = blankToNull(values.familyName);
  if (values.email !== undefined) person.email = emailOf(values.email);
  if (values.phone !== undefined) person.phone = phoneOf(values.phone, settings.defaultCountry);
  const lead: LeadColumns = {};
  const named = (column: keyof LeadColumns, table: NamedTable, name: string | null | undefined): void => {
    if (name === undefined) return;
    lead[column] = name === null || name === '' ? null : ensureNamed(writer, table, name, newId, now);
  };
  named('source_key', 'sources', values.source);
  named('course_key', 'courses', values.course);
  named('campus_key', 'campuses', values.campus);
  named('country_key', 'countries', values.country);
  named('city_key', 'cities', values.city);
  if (values.stage !== undefined) lead.stage = stages.indexOf(values.stage);
  if (values.enquiredAt !== undefined) lead.enquired_at = values.enquiredAt;
  return { lead, person };
}

/** Records what a person said about being contacted. */
export function recordConsents(writer: Writer, personKey: number, values: LeadValues, userKey: number, newId: () => string, now: number): void {
  for (const [channel, granted] of [['email', values.emailConsent], ['phone', values.phoneConsent]] as const) {
    if (granted !== undefined) recordConsent(writer, { id: newId(), personKey, purpose: 'admissions', channel, granted, basis: 'staff', userKey, at: now });
  }
}

/** A stage that is an outcome makes one known. */
export function recordStageOutcome(writer: Writer, leadKey: number, stage: Stage | undefined, settings: Settings, now: number): void {
  if (stage === undefined) return;
  if (stage === 'lost') recordOutcome(writer, leadKey, false, 'stage', now);
  else if (hasReached(stage, settings.convertedStage)) recordOutcome(writer, leadKey, true, 'stage', now);
}
