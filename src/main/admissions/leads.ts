import { stages } from '#domain/admissions/leads/stages';
import { displayName } from '#domain/admissions/leads/normalise';
import type { TriageConfiguration } from '#domain/admissions/triage/configuration';
import { Refusal } from '#contract/errors';
import type { leads } from '#contract/admissions/leads';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { currentConfiguration } from '#main/store/admissions/configuration';
import { readLeads } from '#main/store/admissions/leadColumns';
import type { FilterSetting } from '#main/store/admissions/leadTests';
import { type LeadListQuery, needsOf, readLeadPage } from '#main/store/admissions/leadList';
import { type KeyedLeadRow, rowsOfSelected } from '#main/store/admissions/leadRows';
import { differences, indexSearch, insertLead, isEmptyChange, readLeadState, updateLead } from '#main/store/admissions/leadWrites';
import { insertPerson } from '#main/store/platform/people';
import { findUser, firstTeamKey } from '#main/store/platform/users';
import { groupsOf } from './leadGroups';
import { changesOf, recordConsents, recordStageOutcome } from './leadChanges';
import { listedLeads } from './listedLeads';
import { offeredFields } from './offeredFields';
import { detailOf, requireKeys, requireLead } from './leadView';
import { notePairsOf } from './pairs';
import { realertLeads, rescoreLead } from './scoring';
import { timelineOf } from './timeline';

/** The filter setting of a call: the actor's clock, zone, bands and self. */
export function filterSetting(parts: HandlerParts, context: CallContext): FilterSetting {
  return {
    store: context.store,
    now: context.now(),
    timeZone: parts.workspace.settings().timeZone,
    bands: currentConfiguration<TriageConfiguration>(context.store, 'triage').value.bands,
    userKey: context.actor?.userKey ?? null,
  };
}

const defaultSort: LeadListQuery['sort'] = { field: 'score', direction: 'descending' };

export function leadsHandlers(parts: HandlerParts): Omit<HandlersOf<typeof leads>, 'admissions.leads.export'> {
  const { workspace, newId, now } = parts;

  const ownerKeyOf = (context: CallContext, ownerId: string | null | undefined): number | null => {
    if (ownerId === undefined || ownerId === null) return null;
    const user = findUser(context.store, ownerId);
    if (user?.active !== true) throw new Refusal('not_found', 'That person does not work here any more. Choose somebody else.');
    return user.key;
  };

  return {
    'admissions.leads.list': async ({ filter, search, sort, limit, offset, after, attributes = [] }, context) => {
      const query: LeadListQuery = { filter, search, sort: sort?.[0] ?? defaultSort, limit, offset, after };
      const page = await readLeadPage(context.store, context.scope, query, filterSetting(parts, context));
      return {
        items: listedLeads(context.store, rowsOfSelected(context.store, page.keys), attributes, context.now()),
        total: page.total,
        totalIsExact: page.totalIsExact,
        nextKey: page.nextKey,
      };
    },

    'admissions.leads.get': ({ id }, context) => detailOf(context, requireLead(context, id)),

    'admissions.leads.timeline': ({ id, search, limit }, context) => ({ items: timelineOf(context, requireLead(context, id), limit, search) }),

    'admissions.leads.options': (_input, context) => offeredFields(context, filterSetting(parts, context)),

    'admissions.leads.groups': async (query, context) => {
      const setting = filterSetting(parts, context);
      await readLeads(context.store, { ...needsOf(query, setting), tags: true });
      return groupsOf(parts, context, query, setting);
    },

    'admissions.leads.create': (input, context) => {
      const actor = actorOf(context);
      const settings = workspace.settings();
      const at = now();
      const ownerKey = input.ownerId === undefined ? actor.userKey : ownerKeyOf(context, input.ownerId);
      const id = newId();
      context.transact((writer, notes) => {
        const { lead, person } = changesOf(writer, input, settings, newId, at);
        const names = { givenName: person.given_name ?? null, familyName: person.family_name ?? null, email: person.email ?? null, phone: person.phone ?? null };
        const personKey = insertPerson(writer, { id: newId(), ...names }, at);
        const key = insertLead(
          writer,
          {
            id,
            personKey,
            importKey: null,
            originKey: null,
            externalId: input.externalId ?? null,
            ...names,
            columns: { enquired_at: at, ...lead, stage: stages.indexOf(input.stage ?? 'enquiry'), owner_key: ownerKey, team_key: actor.teamKey ?? firstTeamKey(writer) },
          },
          at,
        );
        indexSearch(writer, key, { name: displayName({ given: names.givenName, family: names.familyName }) ?? '', email: names.email, reference: input.externalId ?? null }, true);
        recordConsents(writer, personKey, input, actor.userKey, newId, at);
        recordStageOutcome(writer, key, input.stage, settings, at);
        notePairsOf(writer, key, newId, at);
        rescoreLead(writer, key, settings, at);
        notes.target(id);
      });
      context.changed('leads', [id]);
      return detailOf(context, requireLead(context, id));
    },

    'admissions.leads.update': (input, context) => {
      const row = requireLead(context, input.id);
      if (input.revision !== undefined && input.revision !== row.revision) {
        throw new Refusal('conflict', 'Somebody else has changed this lead meanwhile. Look at it again, then make your change.', { id: row.id, revision: row.revision });
      }
      const settings = workspace.settings();
      const at = now();
      context.transact((writer, notes) => {
        const state = readLeadState(writer, row.key);
        if (state === null) throw new Refusal('not_found', 'That lead does not exist any more.');
        const changes = differences(state, changesOf(writer, input, settings, newId, at));
        if (!isEmptyChange(changes)) updateLead(writer, state, changes, true, at);
        recordConsents(writer, state.personKey, input, actorOf(context).userKey, newId, at);
        if (changes.lead.stage !== undefined) recordStageOutcome(writer, row.key, input.stage, settings, at);
        if (!isEmptyChange(changes)) notePairsOf(writer, row.key, newId, at);
        rescoreLead(writer, row.key, settings, at);
        notes.target(row.id);
        for (const column of [...Object.keys(changes.lead), ...Object.keys(changes.person)]) notes.detail(column, true);
      });
      context.changed('leads', [row.id]);
      return detailOf(context, requireLead(context, row.id));
    },

    'admissions.leads.assign': ({ ids = [], ownerId, assignments = [] }, context) => {
      const wanted = [...assignments, ...ids.map((id) => ({ id, ownerId: ownerId ?? null }))];
      const keys = requireKeys(context, wanted.map(({ id }) => id));
      const owners = new Map(wanted.map(({ ownerId: owner }) => [owner, ownerKeyOf(context, owner)]));
      const before = new Map(rowsOfSelected(context.store, keys).map((row: KeyedLeadRow) => [row.key, row.owner?.id ?? null]));
      const at = now();
      context.transact((writer, notes) => {
        wanted.forEach(({ ownerId: owner }, index) => {
          const state = readLeadState(writer, keys[index] ?? 0);
          const ownerKey = owners.get(owner) ?? null;
          if (state === null || state.columns.owner_key === ownerKey) return;
          updateLead(writer, state, { lead: { owner_key: ownerKey }, person: {} }, true, at);
        });
        realertLeads(writer, keys, workspace.settings(), at);
        notes.target(...wanted.map(({ id }) => id));
        if (ownerId !== undefined) notes.detail('ownerId', ownerId);
      });
      context.changed('leads', wanted.map(({ id }) => id));
      return { assigned: wanted.length, previous: wanted.map(({ id }, index) => ({ id, ownerId: before.get(keys[index] ?? 0) ?? null })) };
    },

    'admissions.leads.snooze': ({ id, until }, context) => {
      const row = requireLead(context, id);
      const previous = context.transact((writer, notes) => {
        const state = readLeadState(writer, row.key);
        if (state === null) throw new Refusal('not_found', 'That lead does not exist any more.');
        updateLead(writer, state, { lead: { snoozed_until: until }, person: {} }, true, now());
        notes.target(id);
        return state.columns.snoozed_until as number | null;
      });
      context.changed('leads', [id]);
      return { id, until, previous };
    },

    'admissions.leads.contact': ({ id, channel }, context) => {
      const row = requireLead(context, id);
      const { allowed, reason, consent } = detailOf(context, row).channels[channel];
      const address = row[channel];
      if (address === null) throw new Refusal('not_found', `${row.name} has no ${channel === 'email' ? 'e-mail address' : 'phone number'}. Ask for one, then add it to the lead.`, { id });
      if (!allowed) throw new Refusal('not_permitted', `${row.name}: ${reason ?? ''}. Record a new consent first, if they changed their mind.`, { id, channel });
      context.transact((_writer, notes) => {
        notes.target(id);
        notes.detail('channel', channel);
      });
      return { channel, address, consent };
    },
  };
}
