import { Refusal } from '#contract/errors';
import type { bulkChanges } from '#contract/admissions/bulkChanges';
import { actorOf, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { findBulkChange, listBulkChanges } from '#main/store/admissions/bulkChanges';
import { isReadable } from '#main/store/admissions/scope';
import { rowsOfSelected } from '#main/store/admissions/leadRows';
import { forgetOldChanges, putBack, runChange } from './bulkRuns';
import { chosenKeys } from './chosenLeads';

/** Leads that are named where not all were put back. */
const listedLeads = 20;

export function bulkChangesHandlers(parts: HandlerParts): HandlersOf<typeof bulkChanges> {
  const { workspace } = parts;
  return {
    'admissions.bulkChanges.run': async ({ leads, change }, context) => {
      const keys = chosenKeys(parts, context, leads);
      await forgetOldChanges(context.store, actorOf(context).userKey);
      const done = await runChange(parts, context, keys, change);
      context.transact((_writer, notes) => {
        notes.target(done.id);
        notes.detail('field', done.field);
        notes.detail('leads', done.changed);
      });
      return { id: done.id, chosen: keys.length, changed: done.changed };
    },

    'admissions.bulkChanges.undo': async ({ id }, context) => {
      const { store, scope } = context;
      const change = findBulkChange(store, id);
      if (change === null) throw new Refusal('not_found', 'That change is too old to be taken back, or never was.');
      if (change.userKey !== actorOf(context).userKey) throw new Refusal('out_of_scope', 'Somebody else made that change. Ask them to take it back.', { id });
      if (change.state === 'undone') throw new Refusal('conflict', 'That change was taken back already.');
      const { restored, left } = await putBack(store, change, { settings: workspace.settings(), now: parts.now(), checkpoint: context.checkpoint });
      context.transact((_writer, notes) => {
        notes.target(id);
        notes.detail('restored', restored);
        notes.detail('left', left.length);
      });
      const shown = left.filter((key) => isReadable(store, scope, key)).slice(0, listedLeads);
      return { restored, left: left.length, leftLeads: rowsOfSelected(store, shown).map(({ id: leadId, name }) => ({ id: leadId, name })) };
    },

    'admissions.bulkChanges.list': (_input, context) => ({
      items: listBulkChanges(context.store, actorOf(context).userKey).map(({ id, field, wanted, leads, at, state }) => ({ id, field, wanted, leads, at, undone: state === 'undone' })),
    }),
  };
}
