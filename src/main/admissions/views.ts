import { leadFields } from '#contract/admissions/leadFields';
import type { View, views } from '#contract/admissions/views';
import { Refusal } from '#contract/errors';
import { type Filter, withoutFields } from '#contract/filter';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { listAttributes } from '#main/store/admissions/catalogue';
import { readLeads } from '#main/store/admissions/leadColumns';
import { countLeads, needsOf } from '#main/store/admissions/leadList';
import { findView, insertView, listViews, setViewRemoved, type StoredView, updateView } from '#main/store/admissions/views';
import type { Reader } from '#main/store/tx';
import { filterSetting } from './leads';

/** Tells which fields leads do not have any more. */
function goneFields(reader: Reader): (field: string) => boolean {
  const attributes = new Set(listAttributes(reader).map(({ name }) => `attribute.${name}`));
  return (field) => !attributes.has(field) && !leadFields.some(({ name }) => name === field);
}

/** A view with what of it still exists. Columns of the lead itself are the screen's; those of attributes go with the attribute. */
function publicView({ ownerKey, removed: _removed, ...view }: StoredView, userKey: number, isGone: (field: string) => boolean): View {
  const { filter, gone } = view.filter === null ? { filter: null, gone: [] } : withoutFields(view.filter, isGone);
  const lost = (view.columns ?? []).filter((column) => column.startsWith('attribute.') && isGone(column));
  return { ...view, mine: ownerKey === userKey, filter, columns: view.columns?.filter((column) => !lost.includes(column)) ?? null, gone: [...new Set([...gone, ...lost])] };
}

export function viewsHandlers(parts: HandlerParts): HandlersOf<typeof views> {
  const { newId, now } = parts;

  /** A view that the caller owns. Another person's is refused, so that the refusal is audited. */
  const own = (context: CallContext, id: string): StoredView => {
    const found = findView(context.store, id);
    if (found === null) throw new Refusal('not_found', 'That view does not exist any more.');
    if (found.ownerKey !== actorOf(context).userKey) throw new Refusal('out_of_scope', 'That view belongs to somebody else. Save one of your own instead.', { id });
    return found;
  };

  const shown = (context: CallContext, id: string): View => {
    const found = findView(context.store, id);
    if (found === null) throw new Error('A view that was just written is gone.');
    return publicView(found, actorOf(context).userKey, goneFields(context.store));
  };

  /** Refuses a filter that could not be read back: better now than whenever the view is opened. */
  const check = async (context: CallContext, filter: Filter | null | undefined): Promise<void> => {
    if (filter === null || filter === undefined) return;
    const setting = filterSetting(parts, context);
    await readLeads(context.store, needsOf({ filter }, setting));
    countLeads(context.store, context.scope, { filter }, setting);
  };

  return {
    'admissions.views.list': (_input, context) => {
      const { userKey, teamKey } = actorOf(context);
      const isGone = goneFields(context.store);
      return { items: listViews(context.store, userKey, teamKey).map((view) => publicView(view, userKey, isGone)) };
    },

    'admissions.views.create': async (input, context) => {
      const { userKey, teamKey } = actorOf(context);
      await check(context, input.filter);
      const id = newId();
      context.transact((writer, notes) => {
        insertView(writer, { id, userKey, teamKey, ...input }, now());
        notes.target(id);
        notes.detail('audience', input.audience);
      });
      return shown(context, id);
    },

    'admissions.views.update': async ({ id, ...changes }, context) => {
      const { removed } = own(context, id);
      if (removed) throw new Refusal('not_found', 'That view was taken away. Put it back first.');
      await check(context, changes.filter);
      context.transact((writer, notes) => {
        updateView(writer, id, changes, actorOf(context).teamKey, now());
        notes.target(id);
        notes.detail('changed', Object.keys(changes).join(' '));
        if (changes.audience !== undefined) notes.detail('audience', changes.audience);
      });
      return shown(context, id);
    },

    'admissions.views.remove': ({ id, removed }, context) => {
      own(context, id);
      context.transact((writer, notes) => {
        setViewRemoved(writer, id, removed, now());
        notes.target(id);
        notes.detail('removed', removed);
      });
      return { id, removed };
    },
  };
}
