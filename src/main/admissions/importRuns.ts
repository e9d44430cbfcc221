import { setImmediate as breathe } from 'node:timers/promises';
import { phrase } from '#domain/kernel/phrase';
import { currentJudge, recountLead } from './engagementCounting';
import type { UpdateChanges } from './staging';
import type { CallContext } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { removeUnused } from '#main/store/admissions/catalogue';
import { beginUndo, detachLeads, findImport, forgetImport, importsIn, isTouched, leadsOfImport, leaveUpdateOut, markApplied, markUndone, setImportState, type StagedUpdate, updatesOf } from '#main/store/admissions/imports';
import { deleteLead, isEmptyChange, type LeadChanges, type LeadState, readLeadState, updateLead } from '#main/store/admissions/leadWrites';
import type { AttributeChanges } from '#main/store/admissions/attributeValues';
import { mergeOf } from '#main/store/admissions/merges';
import { rowsOfSelected } from '#main/store/admissions/leadRows';
import { recordConsent } from '#main/store/platform/people';
import type { Store } from '#main/store/open';
import type { Writer } from '#main/store/tx';

/** Leads in one transaction of bulk work: each stays under 50 ms. */
const leadsPerTransaction = 300;

function applyOne(writer: Writer, importKey: number, { leadKey, line, after: text }: StagedUpdate, newId: () => string, now: number): void {
  const state = readLeadState(writer, leadKey);
  const after = JSON.parse(text) as UpdateChanges;
  if (state !== null && mergeOf(writer, leadKey) !== null) {
    // Merged since the row was read: what a person chose then is not overruled, just as where the merge came first.
    leaveUpdateOut(writer, importKey, leadKey, { line, header: null, reason: phrase('imports.problems.merged', { value: state.externalId ?? state.person.email ?? '' }), cells: [] });
    return;
  }
  if (state !== null) {
    if (!isEmptyChange(after)) updateLead(writer, state, after, false, now);
    for (const [channel, granted] of Object.entries(after.consents)) {
      recordConsent(writer, { id: newId(), personKey: state.personKey, purpose: 'admissions', channel: channel as 'email' | 'phone', granted, basis: 'import', userKey: null, at: now });
    }
  }
  markApplied(writer, importKey, leadKey);
}

/** Carries out what an import has staged for leads that were there already. It can be repeated after a crash. */
export function applyUpdates(store: Store, importKey: number, newId: () => string, now: number): void {
  for (;;) {
    const updates = updatesOf(store, importKey, false, 0, leadsPerTransaction);
    if (updates.length === 0) break;
    store.transaction((writer) => {
      for (const update of updates) applyOne(writer, importKey, update, newId, now);
    });
  }
  store.transaction((writer) => {
    setImportState(writer, importKey, 'done');
  });
}

/** Takes the hidden leads of an import out of the store, a few at a time. */
async function removeLeads(store: Store, importKey: number, tell: (done: number) => void): Promise<number> {
  let removed = 0;
  for (;;) {
    const keys = leadsOfImport(store, importKey, 0, leadsPerTransaction);
    if (keys.length === 0) return removed;
    store.transaction((writer) => {
      for (const key of keys) deleteLead(writer, key);
    });
    removed += keys.length;
    tell(removed);
    await breathe();
  }
}

/** Removes an import that never became visible, with everything it left. */
export async function discardStaged(store: Store, importKey: number, since: number): Promise<void> {
  await removeLeads(store, importKey, () => undefined);
  store.transaction((writer) => {
    forgetImport(writer, importKey);
    removeUnused(writer, since);
  });
}

/** The changes that bring back what an update overwrote, where nobody has changed it since. */
function restoring(state: Pick<LeadState, 'columns' | 'person' | 'attributes'>, before: LeadChanges, after: LeadChanges): LeadChanges {
  const untouched = (now: Readonly<Record<string, unknown>>, old: object, put: object): object =>
    Object.fromEntries(Object.entries(old).filter(([column]) => now[column] === (put as Record<string, unknown>)[column]));
  return {
    lead: untouched(state.columns, before.lead, after.lead),
    person: untouched(state.person, before.person, after.person),
    attributes: untouched(state.attributes, before.attributes ?? {}, after.attributes ?? {}) as AttributeChanges,
  };
}

/** Finishes taking an import back: restores what it updated, removes what it brought. It can be repeated after a crash. */
async function finishUndo(store: Store, importKey: number, since: number, now: number, tell: (done: number) => void): Promise<{ removed: number; restored: number }> {
  const judge = currentJudge(store);
  let restored = 0;
  for (;;) {
    const updates = updatesOf(store, importKey, true, 0, leadsPerTransaction);
    if (updates.length === 0) break;
    store.transaction((writer) => {
      for (const { leadKey, before, after } of updates) {
        const state = readLeadState(writer, leadKey);
        const changes = state === null ? null : restoring(state, JSON.parse(before) as LeadChanges, JSON.parse(after) as LeadChanges);
        if (state !== null && changes !== null && !isEmptyChange(changes)) {
          updateLead(writer, state, changes, false, now);
          // What came from the file is gone; opens and clicks that came since stay.
          if (state.columns.opens_left_out !== null || state.columns.clicks_left_out !== null) recountLead(writer, leadKey, judge, now);
          restored += 1;
        }
        markApplied(writer, importKey, leadKey, false);
      }
    });
    tell(restored);
    await breathe();
  }
  const removed = await removeLeads(store, importKey, tell);
  store.transaction((writer) => {
    removeUnused(writer, since);
    markUndone(writer, importKey, now);
  });
  return { removed, restored };
}

export interface UndoResult {
  readonly removed: number;
  readonly restored: number;
  readonly kept: number;
  readonly keptLeads: { readonly id: string; readonly name: string }[];
}

/** The most kept leads that an answer lists by name. */
const listedLeads = 1_000;

/** Takes an import back. From one small transaction on, its untouched leads are hidden; then they are removed. */
export async function undoImport(parts: HandlerParts, context: CallContext, importId: string): Promise<UndoResult> {
  const { store } = context;
  const found = findImport(store, importId);
  if (found === null) throw new Error('An import that was just found is gone.');
  const touched: number[] = [];
  for (let after = 0; ; ) {
    const keys = leadsOfImport(store, found.key, after, leadsPerTransaction);
    const last = keys.at(-1);
    if (last === undefined) break;
    touched.push(...keys.filter((key) => isTouched(store, key)));
    after = last;
    context.checkpoint(touched.length, 0, 'Looking for leads that somebody has worked on');
    await breathe();
  }
  const keptLeads = rowsOfSelected(store, touched.slice(0, listedLeads)).map(({ id, name }) => ({ id, name }));
  context.transact((writer, notes) => {
    detachLeads(writer, touched);
    beginUndo(writer, found.key, touched.length);
    notes.target(importId);
    notes.detail('kept', touched.length);
  });
  context.changed('leads');
  const { removed, restored } = await finishUndo(store, found.key, found.startedAt, parts.now(), (done) => {
    // From here on there is no way back, so a cancel comes too late.
    if (!context.signal.aborted) context.checkpoint(done, found.imported + found.updated, 'Taking the import back');
  });
  return { removed, restored, kept: touched.length, keptLeads };
}

/** Before anybody reads: updates that were cut short by a crash are carried out to their end. */
export function finishVisibleImports(store: Store, newId: () => string, now: number): void {
  for (const { key } of importsIn(store, 'applying')) applyUpdates(store, key, newId, now);
}

/** Afterwards, unseen: imports that never became visible, and undos that were cut short, are cleared away. Answers whether there were any. */
export async function clearHiddenImports(store: Store, now: number): Promise<boolean> {
  const staged = importsIn(store, 'staging');
  const undoing = importsIn(store, 'undoing');
  for (const { key, startedAt } of staged) await discardStaged(store, key, startedAt);
  for (const { key, startedAt } of undoing) await finishUndo(store, key, startedAt, now, () => undefined);
  return staged.length + undoing.length > 0;
}
