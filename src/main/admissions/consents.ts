import { channelsOfPurpose, consentPurposes, consentState } from '#domain/platform/consent';
import { hasPermission } from '#domain/platform/roles';
import { Refusal } from '#contract/errors';
import type { consents, ConsentRecord, ConsentStanding } from '#contract/admissions/consents';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { readLeadState } from '#main/store/admissions/leadWrites';
import { isReadable } from '#main/store/admissions/scope';
import { type ConsentRow, findConsent, leadKeysOf, listConsents, recordConsent, removeConsents } from '#main/store/platform/people';
import type { Reader, Writer } from '#main/store/tx';
import { requireLead } from './leadView';
import { rescoreLead } from './scoring';

function publicRecord({ personKey: _person, userKey: _user, ...record }: ConsentRow): ConsentRecord {
  return record;
}

/** What holds for each purpose and channel. */
function standingOf(said: readonly ConsentRow[], now: number): ConsentStanding[] {
  return consentPurposes.flatMap((purpose) =>
    channelsOfPurpose(purpose).map((channel) => {
      const newest = said.find((each) => each.purpose === purpose && each.channel === channel) ?? null;
      return { purpose, channel, state: consentState(newest, now), record: newest === null ? null : publicRecord(newest) };
    }),
  );
}

export function consentsHandlers({ workspace, newId, now }: HandlerParts): HandlersOf<typeof consents> {
  const personOf = (reader: Reader, leadKey: number): number => {
    const state = readLeadState(reader, leadKey);
    if (state === null) throw new Refusal('not_found', 'That lead does not exist any more.');
    return state.personKey;
  };

  /** Whom one may reach is a part of every score of a person. */
  const rescorePerson = (writer: Writer, personKey: number): string[] =>
    leadKeysOf(writer, personKey).map((key) => rescoreLead(writer, key, workspace.settings(), now()).facts.leadId);

  return {
    'admissions.consents.list': ({ leadId }, context) => {
      const said = listConsents(context.store, personOf(context.store, requireLead(context, leadId).key));
      return { standing: standingOf(said, now()), history: said.map(publicRecord) };
    },

    'admissions.consents.record': ({ leadId, purpose, channel, granted, basis, expiresAt }, context) => {
      const lead = requireLead(context, leadId);
      if (!channelsOfPurpose(purpose).includes(channel)) throw new Refusal('invalid_input', `For “${purpose}” a consent has one of these channels: ${channelsOfPurpose(purpose).join(', ')}.`, { field: 'channel' });
      if (expiresAt !== null && !granted) throw new Refusal('invalid_input', 'A no has no end: it holds until they say otherwise. Leave the end out.', { field: 'expiresAt' });
      if (expiresAt !== null && expiresAt <= now()) throw new Refusal('invalid_input', 'A yes cannot end before it begins. Choose a later day.', { field: 'expiresAt' });
      const personKey = personOf(context.store, lead.key);
      const id = newId();
      const leadIds = context.transact((writer, notes) => {
        recordConsent(writer, { id, personKey, purpose, channel, granted, basis, at: now(), expiresAt, userKey: actorOf(context).userKey });
        notes.target(leadId, id);
        notes.detail('purpose', purpose);
        notes.detail('channel', channel);
        notes.detail('granted', granted);
        return rescorePerson(writer, personKey);
      });
      context.changed('leads', leadIds);
      return { id, standing: standingOf(listConsents(context.store, personKey), now()) };
    },

    'admissions.consents.remove': ({ id }, context) => {
      const found = findConsent(context.store, id);
      if (found === null) throw new Refusal('not_found', 'That record does not exist any more.', { id });
      requirePersonInScope(context, found);
      const { userKey, role } = actorOf(context);
      if (found.userKey !== userKey && !hasPermission(role, 'pii_consent_manage')) {
        throw new Refusal('not_permitted', 'Somebody else recorded this. Ask a manager, or record what the person says now.', { id });
      }
      const newest = listConsents(context.store, found.personKey).find(({ purpose, channel }) => purpose === found.purpose && channel === found.channel);
      if (newest?.id !== id) throw new Refusal('conflict', 'Something newer was recorded since, and that holds. Take that back first, or record what the person says now.', { id });
      const leadIds = context.transact((writer, notes) => {
        removeConsents(writer, found.personKey, [id], now());
        notes.target(id);
        notes.detail('purpose', found.purpose);
        notes.detail('channel', found.channel);
        return rescorePerson(writer, found.personKey);
      });
      context.changed('leads', leadIds);
      return { standing: standingOf(listConsents(context.store, found.personKey), now()) };
    },
  };
}

/** Refuses a record of a person who has no lead that the actor may touch. */
function requirePersonInScope({ store, scope }: CallContext, { id, personKey }: ConsentRow): void {
  if (leadKeysOf(store, personKey).some((key) => isReadable(store, scope, key))) return;
  throw new Refusal('out_of_scope', 'That belongs to another team. Ask that team, or an administrator.', { id });
}
