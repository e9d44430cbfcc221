import { setImmediate as breathe } from 'node:timers/promises';
import type { Identity } from '#domain/admissions/duplicates/judge';
import { mergedStage, stricterConsent } from '#domain/admissions/duplicates/merge';
import { signals } from '#domain/admissions/leads/signals';
import type { DuplicatePair, duplicates } from '#contract/admissions/duplicates';
import { Refusal } from '#contract/errors';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { say, words } from '#main/app/phrases';
import { type AttributeRow, listAttributes, optionText } from '#main/store/admissions/catalogue';
import { countOpenPairs, decidePair, findPair, identitiesAfter, listPairs, type PairRow } from '#main/store/admissions/duplicates';
import { signalColumns } from '#main/store/admissions/facts';
import { importOfLead } from '#main/store/admissions/imports';
import { type KeyedLeadRow, rowsOfSelected } from '#main/store/admissions/leadRows';
import { type LeadState, readLeadState } from '#main/store/admissions/leadWrites';
import { findMerge, idsOf, isWithin, mergeOf, mergesInto } from '#main/store/admissions/merges';
import { latestConsents } from '#main/store/platform/people';
import type { Reader } from '#main/store/tx';
import { detailOf, publicRow, requireLead } from './leadView';
import { firstEnquiry, mergeLeads, unmergeLeads } from './merging';
import { keepPairs } from './pairs';
import { rescoreLead } from './scoring';

/** Leads that are read at once, so that the core can answer others between. */
const leadsPerTurn = 2_000;

type Field = DuplicatePair['fields'][number];

function stateOf(reader: Reader, key: number): LeadState {
  const state = readLeadState(reader, key);
  if (state === null) throw new Refusal('not_found', 'That lead does not exist any more.');
  return state;
}

function shownAttribute(reader: Reader, { key, type }: AttributeRow, state: LeadState): string | number | boolean | null {
  const value = state.attributes[String(key)];
  if (value === undefined) return null;
  return type === 'option' ? optionText(reader, Number(value)) : type === 'boolean' ? value === 1 : value;
}

/** Where two leads differ, and what a merge would do with each. */
function differingFields(reader: Reader, first: KeyedLeadRow, second: KeyedLeadRow, attributes: readonly AttributeRow[], now: number): Field[] {
  const [a, b] = [stateOf(reader, first.key), stateOf(reader, second.key)];
  const fields: Field[] = [];
  const add = (name: string, type: Field['type'], of: readonly [Field['first'], Field['second']], rest: Partial<Pick<Field, 'kept' | 'choosable' | 'label'>> = {}): void => {
    if (of[0] === of[1]) return;
    fields.push({ name, label: rest.label ?? words(`fields.${name}`), type, first: of[0], second: of[1], kept: rest.kept ?? 'survivor', choosable: rest.choosable ?? true });
  };
  add('givenName', 'text', [first.givenName, second.givenName]);
  add('familyName', 'text', [first.familyName, second.familyName]);
  add('email', 'text', [first.email, second.email]);
  add('phone', 'text', [first.phone, second.phone]);
  const stage = mergedStage(first.stage, second.stage) === first.stage ? 'first' : 'second';
  add('stage', 'text', [words(`values.${first.stage}`), words(`values.${second.stage}`)], { kept: stage });
  add('owner', 'text', [first.owner?.name ?? null, second.owner?.name ?? null]);
  for (const name of ['course', 'campus', 'country', 'city'] as const) add(name, 'text', [first[name], second[name]]);
  const earlier = firstEnquiry(reader, a, b);
  const [early, late] = earlier ? (['first', 'second'] as const) : (['second', 'first'] as const);
  add('enquiredAt', 'date', [first.enquiredAt, second.enquiredAt], { kept: (earlier ? first : second).enquiredAt === null ? late : early, choosable: false });
  add('source', 'text', [first.source, second.source], { kept: (earlier ? first : second).source === null ? late : early, choosable: false });
  const [saidA, saidB] = [latestConsents(reader, a.personKey, now), latestConsents(reader, b.personKey, now)];
  for (const [channel, name] of [['email', 'emailConsent'], ['phone', 'phoneConsent']] as const) {
    const said = [saidA.get(channel), saidB.get(channel)] as const;
    const shown = (granted: boolean | undefined): string => (granted === undefined ? 'unknown' : granted ? 'given' : 'refused');
    add(name, 'consent', [shown(said[0]), shown(said[1])], { kept: stricterConsent(...said) === said[0] ? 'first' : 'second', choosable: false });
  }
  for (const signal of signals) {
    const total = (state: LeadState): number | null => (typeof state.columns[signalColumns[signal]] === 'number' ? Number(state.columns[signalColumns[signal]]) : null);
    add(signal, 'number', [total(a), total(b)], { kept: 'both', choosable: false });
  }
  for (const attribute of attributes) {
    const type = attribute.type === 'date' ? 'date' : attribute.type === 'boolean' ? 'boolean' : attribute.type === 'number' ? 'number' : 'text';
    add(`attribute.${attribute.name}`, type, [shownAttribute(reader, attribute, a), shownAttribute(reader, attribute, b)], { label: attribute.label });
  }
  return fields;
}

function publicPairs(context: CallContext, pairs: readonly PairRow[]): DuplicatePair[] {
  const { store } = context;
  const rows = new Map(rowsOfSelected(store, [...new Set(pairs.flatMap(({ firstKey, secondKey }) => [firstKey, secondKey]))]).map((row) => [row.key, row]));
  const attributes = listAttributes(store);
  const side = (row: KeyedLeadRow): DuplicatePair['first'] => ({
    ...publicRow(row),
    touchpoints: idsOf(store, 'touchpoints', row.key).length,
    tasks: idsOf(store, 'tasks', row.key).length,
    origin: importOfLead(store, row.key)?.fileName ?? null,
  });
  return pairs.flatMap(({ id, firstKey, secondKey, basis, score, reasons, state, foundAt, decidedAt, merge }) => {
    const [first, second] = [rows.get(firstKey), rows.get(secondKey)];
    if (first === undefined || second === undefined) return [];
    return [
      {
        id,
        basis,
        score,
        reasons: reasons.map(say),
        state,
        foundAt,
        decidedAt,
        merge: merge === null ? null : { id: merge.id, survivorId: merge.survivorKey === firstKey ? first.id : second.id, at: merge.at },
        first: side(first),
        second: side(second),
        fields: differingFields(store, first, second, attributes, context.now()),
      },
    ];
  });
}

/** Refuses a change that was decided on an older state of a lead. */
function requireRevision(row: KeyedLeadRow, revision: number | undefined): void {
  if (revision === undefined || revision === row.revision) return;
  throw new Refusal('conflict', `Somebody else has changed ${row.name} meanwhile. Look at the two again, then merge them.`, { id: row.id, revision: row.revision });
}

const pairGone = 'That pair is gone: one of its leads was changed, merged or removed, or belongs to another team.';

export function duplicatesHandlers(parts: HandlerParts): HandlersOf<typeof duplicates> {
  const { workspace, pool, newId, now } = parts;
  return {
    'admissions.duplicates.find': async (_input, context) => {
      const { store, scope } = context;
      const began = performance.now();
      const identities: Identity[] = [];
      for (let after = 0; ; ) {
        const piece = identitiesAfter(store, scope, after, leadsPerTurn);
        identities.push(...piece);
        const last = piece.at(-1);
        if (last === undefined) break;
        after = last.key;
        context.checkpoint(0, 100, 'Reading all leads');
        await breathe();
      }
      const { pairs, capped } = await pool.run('duplicates.search', { identities }, {
        signal: context.signal,
        onBatch: (share) => {
          context.checkpoint(share * 95, 100, 'Comparing leads');
        },
      });
      // From here on it is a matter of a second: what was found is kept whole.
      context.checkpoint(95, 100, 'Keeping what was found');
      const found = await keepPairs(store, pairs, newId, now());
      context.transact((_writer, notes) => {
        notes.detail('compared', identities.length);
        notes.detail('found', found);
      });
      return { compared: identities.length, found, open: countOpenPairs(store, scope), capped, milliseconds: performance.now() - began };
    },

    'admissions.duplicates.list': ({ state, id, limit, offset, after }, context) => {
      if (id !== undefined) {
        const pair = findPair(context.store, context.scope, id);
        const items = publicPairs(context, pair === null ? [] : [pair]);
        return { items, total: items.length, totalIsExact: true, nextKey: null };
      }
      const from = after === undefined ? (offset ?? 0) : /^\d{1,9}$/.test(after) ? Number(after) : 0;
      const { items, total } = listPairs(context.store, context.scope, state, limit, from);
      return { items: publicPairs(context, items), total, totalIsExact: true, nextKey: from + items.length < total ? String(from + items.length) : null };
    },

    'admissions.duplicates.merge': ({ survivorId, mergedId, fields, survivorRevision, mergedRevision }, context) => {
      if (survivorId === mergedId) throw new Refusal('invalid_input', 'A lead cannot be merged with itself. Choose two.', { id: survivorId });
      const [survivor, merged] = [requireLead(context, survivorId), requireLead(context, mergedId)];
      requireRevision(survivor, survivorRevision);
      requireRevision(merged, mergedRevision);
      const mergeId = newId();
      context.transact((writer, notes) => {
        mergeLeads(writer, stateOf(writer, survivor.key), stateOf(writer, merged.key), fields, { mergeId, userKey: actorOf(context).userKey, newId, now: now() });
        rescoreLead(writer, survivor.key, workspace.settings(), now());
        notes.target(survivorId, mergedId);
        notes.detail('mergeId', mergeId);
      });
      context.changed('leads', [survivorId, mergedId]);
      return { mergeId, lead: detailOf(context, requireLead(context, survivorId)) };
    },

    'admissions.duplicates.unmerge': ({ mergeId }, context) => {
      const { store, scope } = context;
      const merge = findMerge(store, mergeId);
      if (merge === null) throw new Refusal('not_found', 'There is no such merge.');
      if (!isWithin(store, scope, merge.survivorKey) || !isWithin(store, scope, merge.mergedKey)) {
        throw new Refusal('out_of_scope', 'That lead belongs to another team. Ask that team, or an administrator.', { id: mergeId });
      }
      if (merge.undoneAt !== null) throw new Refusal('conflict', 'That merge was taken back already. Both leads are on their own.', { mergeId });
      const outer = mergeOf(store, merge.survivorKey);
      if (outer !== null) throw new Refusal('conflict', 'The lead that was kept has itself been merged into another since. Take that merge back first.', { mergeId: outer.id });
      const [newest] = mergesInto(store, merge.survivorKey);
      if (newest !== undefined && newest.key !== merge.key) {
        throw new Refusal('conflict', 'Another lead has been merged into the same one since. Take that merge back first.', { mergeId: newest.id });
      }
      const both = [merge.survivorKey, merge.mergedKey];
      const [survivor, merged] = rowsOfSelected(store, both);
      if (survivor === undefined || merged === undefined) throw new Refusal('not_found', 'One of the two leads does not exist any more.');
      const kept = context.transact((writer, notes) => {
        const said = unmergeLeads(writer, merge, { survivor: survivor.name, merged: merged.name }, { userKey: actorOf(context).userKey, newId, now: now() });
        for (const key of both) rescoreLead(writer, key, workspace.settings(), now());
        notes.target(survivor.id, merged.id);
        notes.detail('mergeId', mergeId);
        notes.detail('kept', said.length);
        return said;
      });
      context.changed('leads', [survivor.id, merged.id]);
      return { survivor: publicRow(requireLead(context, survivor.id)), merged: publicRow(requireLead(context, merged.id)), kept };
    },

    'admissions.duplicates.dismiss': ({ id, dismissed }, context) => {
      const pair = findPair(context.store, context.scope, id);
      if (pair === null) throw new Refusal('not_found', pairGone);
      if (pair.state === 'merged') throw new Refusal('conflict', 'The two were merged meanwhile. Take the merge back first.', { id });
      const state = dismissed ? 'dismissed' : 'open';
      context.transact((writer, notes) => {
        if (state !== pair.state) decidePair(writer, id, state, actorOf(context).userKey, now());
        notes.target(id);
        notes.detail('dismissed', dismissed);
      });
      return { id, state };
    },
  };
}
