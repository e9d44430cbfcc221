import { fold } from '#domain/kernel/text';
import { roles } from '#domain/platform/roles';
import { Refusal } from '#contract/errors';
import type { Note, notes } from '#contract/admissions/notes';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import type { Actor } from '#main/app/scope';
import { findNote, insertNote, listNotes, type NoteRow, setNoteRemoved, updateNote } from '#main/store/admissions/notes';
import { requireInScope, requireLead } from './leadView';

/** More notes than anybody writes about one lead. */
export const mostNotes = 5_000;

const goneNote = 'That note does not exist any more.';

/** Whether somebody may change the words of a note: who wrote it, and who runs the team. */
function mayChange({ userKey, role }: Actor, { authorKey }: NoteRow): boolean {
  return authorKey === userKey || roles.indexOf(role) >= roles.indexOf('manager');
}

/** A note for the outside. */
export function publicNote({ leadKey: _lead, authorKey: _author, removedAt: _removed, ...note }: NoteRow, mine: boolean): Note {
  return { ...note, mine };
}

/** Notes of a lead for whoever reads, with whether they may change each. */
export function notesOf(context: CallContext, leadKey: number): Note[] {
  const actor = actorOf(context);
  return listNotes(context.store, context.scope, leadKey, mostNotes).map((row) => publicNote(row, mayChange(actor, row)));
}

/** Whether all words of a search stand in a text. */
export function holdsWords(text: string, search: string): boolean {
  const folded = fold(text);
  return fold(search).split(' ').every((word) => folded.includes(word));
}

export function notesHandlers({ newId, now }: HandlerParts): HandlersOf<typeof notes> {
  const require = (context: CallContext, id: string): NoteRow => requireInScope(findNote(context.store, context.scope, id), id, goneNote);

  const requireMine = (context: CallContext, id: string, row: NoteRow): void => {
    if (mayChange(actorOf(context), row)) return;
    throw new Refusal('not_permitted', `${row.author?.name ?? 'Somebody else'} wrote this note. Ask them or a manager to change it, or write one of your own.`, { id });
  };

  const shown = (context: CallContext, id: string): Note => {
    const row = require(context, id);
    return publicNote(row, mayChange(actorOf(context), row));
  };

  return {
    'admissions.notes.list': ({ leadId, search = '', limit }, context) => {
      const found = notesOf(context, requireLead(context, leadId).key).filter(({ text }) => holdsWords(text, search));
      return { items: found.slice(0, limit), total: found.length };
    },

    'admissions.notes.create': ({ leadId, text, pinned }, context) => {
      const lead = requireLead(context, leadId);
      const id = newId();
      context.transact((writer, notes) => {
        insertNote(writer, { id, leadKey: lead.key, text, pinned, userKey: actorOf(context).userKey }, now());
        notes.target(leadId, id);
      });
      return shown(context, id);
    },

    'admissions.notes.update': ({ id, text, pinned, revision }, context) => {
      const row = require(context, id);
      if (row.removedAt !== null) throw new Refusal('not_found', 'That note was taken away. Put it back first.', { id });
      if (text !== undefined && text !== row.text) requireMine(context, id, row);
      if (revision !== undefined && revision !== row.revision) {
        throw new Refusal('conflict', 'Somebody else has changed this note meanwhile. Look at it again, then make your change.', { id, revision: row.revision });
      }
      context.transact((writer, notes) => {
        updateNote(writer, id, { text: text === row.text ? undefined : text, pinned: pinned === row.pinned ? undefined : pinned }, now());
        notes.target(row.leadId, id);
        if (text !== undefined) notes.detail('text', true);
        if (pinned !== undefined) notes.detail('pinned', pinned);
      });
      return shown(context, id);
    },

    'admissions.notes.remove': ({ id, removed }, context) => {
      const row = require(context, id);
      requireMine(context, id, row);
      context.transact((writer, notes) => {
        if ((row.removedAt !== null) !== removed) setNoteRemoved(writer, id, removed, now());
        notes.target(row.leadId, id);
        notes.detail('removed', removed);
      });
      return { id, removed };
    },
  };
}
