import { type ConsentSaid, consentState } from '#domain/platform/consent';
import { Refusal } from '#contract/errors';
import type { LeadDetail, LeadRow } from '#contract/admissions/leads';
import type { CallContext } from '#main/app/context';
import { listAttributes, optionText } from '#main/store/admissions/catalogue';
import { listConsents } from '#main/store/platform/people';
import { findLead, findLeadKeys, type KeyedLeadRow, leadExists, rowsOfSelected } from '#main/store/admissions/leadRows';
import { readLeadState } from '#main/store/admissions/leadWrites';
import { isReadable } from '#main/store/admissions/scope';
import { othersOf, standing } from '#main/store/admissions/duplicates';
import { importOfLead } from '#main/store/admissions/imports';
import { findMerged } from '#main/store/admissions/merges';
import { factsOf } from '#main/store/admissions/facts';
import type { Reader } from '#main/store/tx';

/** A lead for the outside: without the store's own key. */
export function publicRow({ key: _key, givenName: _given, familyName: _family, ...row }: KeyedLeadRow): LeadRow {
  return row;
}

/** A lead that the actor may touch. Another team's is refused, so that the refusal is audited; what is not there is not found. */
export function requireLead(context: CallContext, id: string): KeyedLeadRow {
  const found = findLead(context.store, context.scope, id);
  if (found !== null) return found;
  throw missing(context, id);
}

/** The keys of leads that the actor may touch, all of them or none. */
export function requireKeys(context: CallContext, ids: readonly string[]): number[] {
  const keys = findLeadKeys(context.store, context.scope, ids);
  const absent = ids.find((id) => !keys.has(id));
  if (absent !== undefined) throw missing(context, absent);
  return ids.flatMap((id) => keys.get(id) ?? []);
}

function missing(context: CallContext, id: string): Refusal {
  const merged = findMerged(context.store, context.scope, id);
  const [into] = merged === null ? [] : rowsOfSelected(context.store, [standing(context.store, merged)]);
  if (into !== undefined && isReadable(context.store, context.scope, into.key)) {
    return new Refusal('not_found', `That lead was merged into ${into.name}. Open that one, or take the merge back.`, { id, mergedInto: into.id });
  }
  return leadExists(context.store, id)
    ? new Refusal('out_of_scope', 'That lead belongs to another team. Ask that team, or an administrator.', { id })
    : new Refusal('not_found', 'That lead does not exist any more.', { id });
}

/** A row of a lead that the actor may touch. Another team's is refused, so that the refusal is audited; what is not there is not found. */
export function requireInScope<Row extends object>(found: Row | 'outOfScope' | null, id: string, gone: string): Row {
  if (found === null) throw new Refusal('not_found', gone, { id });
  if (found === 'outOfScope') throw new Refusal('out_of_scope', 'That belongs to another team. Ask that team, or an administrator.', { id });
  return found;
}

/** Whether a lead may be contacted by a channel, and why not. */
export function channelsOf(reader: Reader, row: { readonly email: string | null; readonly phone: string | null }, personKey: number, now: number): LeadDetail['channels'] {
  const said = listConsents(reader, personKey).filter(({ purpose }) => purpose === 'admissions');
  return channelsBy(row, (channel) => said.find((each) => each.channel === channel) ?? null, now);
}

/** The same of somebody of whom it is known what they said last about each channel, for their application. */
export function channelsBy(row: { readonly email: string | null; readonly phone: string | null }, newestOf: (channel: 'email' | 'phone') => (ConsentSaid & { readonly at: number }) | null, now: number): LeadDetail['channels'] {
  const of = (channel: 'email' | 'phone', missingReason: string, refusedReason: string): LeadDetail['channels']['email'] => {
    const newest = newestOf(channel);
    const consent = consentState(newest, now);
    const address = row[channel];
    return {
      allowed: address !== null && consent !== 'refused',
      reason: address === null ? missingReason : consent === 'refused' ? refusedReason : null,
      consent,
      saidAt: newest?.at ?? null,
    };
  };
  return { email: of('email', 'No e-mail address', 'Asked not to be e-mailed'), phone: of('phone', 'No phone number', 'Asked not to be called') };
}

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** A lead with everything that is known of it. */
export function detailOf(context: CallContext, row: KeyedLeadRow): LeadDetail {
  const { store, scope } = context;
  const state = readLeadState(store, row.key);
  if (state === null) throw new Refusal('not_found', 'That lead does not exist any more.');
  const attributes = listAttributes(store).flatMap(({ key, name, label, type, knownWhen }) => {
    const value = state.attributes[String(key)];
    if (value === undefined) return [];
    const shown = type === 'option' ? (optionText(store, Number(value)) ?? '') : type === 'boolean' ? value === 1 : value;
    return [{ name, label, type, knownWhen, value: shown }];
  });
  const duplicates = othersOf(store, row.key, 'open').filter(({ key }) => isReadable(store, scope, key));
  const names = new Map(rowsOfSelected(store, duplicates.map(({ key }) => key)).map((other) => [other.key, other]));
  return {
    ...publicRow(row),
    givenName: row.givenName,
    familyName: row.familyName,
    channels: channelsOf(store, row, state.personKey, context.now()),
    signals: factsOf(store, scope, [row.key])[0]?.facts.signals ?? {},
    leftOut: { opens: numberOf(state.columns.opens_left_out), clicks: numberOf(state.columns.clicks_left_out) },
    attributes,
    import: importOfLead(store, row.key),
    duplicates: duplicates.flatMap(({ key, basis, pairId }) => {
      const other = names.get(key);
      return other === undefined ? [] : [{ id: other.id, name: other.name, basis, pairId }];
    }),
  };
}
