import { setImmediate as breathe } from 'node:timers/promises';
import { type Checkpoint, noCheckpoint } from '#domain/kernel/checkpoint';
import { stages } from '#domain/admissions/leads/stages';
import type { BulkField, WantedChange } from '#contract/admissions/bulkChanges';
import { Refusal } from '#contract/errors';
import type { Settings } from '#contract/platform/settings';
import { actorOf, type CallContext } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { countLeadsOfBulkChange, type BulkChangeLead, forgetBulkChanges, insertBulkChange, keepBulkChangeLead, leadsOfBulkChange, removeStageOutcome, runningBulkChanges, setBulkChangeState, type StoredBulkChange } from '#main/store/admissions/bulkChanges';
import { readableAmong } from '#main/store/admissions/leadRows';
import { type LeadState, readLeadState, updateLead } from '#main/store/admissions/leadWrites';
import { changeLeadTags, findTagNamed, tagKeysOf, tagSenses } from '#main/store/admissions/tags';
import type { Store } from '#main/store/open';
import { findUser } from '#main/store/platform/users';
import type { Reader, SqlValue, Writer } from '#main/store/tx';
import { recordStageOutcome } from './leadChanges';
import { realertLeads, rescoreLeads } from './scoring';
import { ensureTags, tagDifference } from './tags';

/** Leads that are changed in one transaction: it stays under 50 ms. */
const leadsPerTurn = 100;
/** Leads after which every screen is told, while more are on their way. */
const leadsPerNews = 2_000;
/** Changes that a person can still take back. */
const changesKept = 20;
const rowsForgottenPerTurn = 2_000;

const joined = (keys: readonly number[]): string => keys.join(',');
const split = (keys: SqlValue): number[] => (typeof keys === 'string' && keys !== '' ? keys.split(',').map(Number) : []);

/** What a change comes to for one lead. */
type Work = (writer: Writer, state: LeadState) => Pick<BulkChangeLead, 'before' | 'after'> | null;

interface Plan {
  readonly field: BulkField;
  readonly wanted: string;
  /** Made once the change has begun: it may make tags. */
  readonly prepare: (writer: Writer) => Work;
  /** What follows for the leads that were changed. */
  readonly after: (writer: Writer, keys: readonly number[]) => void;
}

function setColumn(writer: Writer, state: LeadState, column: 'stage' | 'owner_key', value: SqlValue, now: number): void {
  updateLead(writer, state, { lead: { [column]: value }, person: {} }, true, now);
}

function setTags(writer: Writer, state: LeadState, held: readonly number[], { added, removed }: { readonly added: readonly number[]; readonly removed: readonly number[] }, now: number): number[] {
  changeLeadTags(writer, state.key, added, removed);
  updateLead(writer, state, { lead: {}, person: {} }, true, now);
  return [...held.filter((key) => !removed.includes(key)), ...added].sort((a, b) => a - b);
}

function ownerKeyOf(reader: Reader, ownerId: string | null): number | null {
  if (ownerId === null) return null;
  const user = findUser(reader, ownerId);
  if (user?.active !== true) throw new Refusal('not_found', 'That person does not work here any more. Choose somebody else.');
  return user.key;
}

function planOf(change: WantedChange, { reader, settings, userKey, newId, now }: { readonly reader: Reader; readonly settings: Settings; readonly userKey: number; readonly newId: () => string; readonly now: number }): Plan {
  if ('stage' in change) {
    const stage = stages.indexOf(change.stage);
    return {
      field: 'stage',
      wanted: change.stage,
      prepare: () => (writer, state) => {
        const before = state.columns.stage;
        if (before === stage) return null;
        setColumn(writer, state, 'stage', stage, now);
        recordStageOutcome(writer, state.key, change.stage, settings, now);
        return { before, after: stage };
      },
      after: (writer, keys) => { rescoreLeads(writer, keys, settings, now); },
    };
  }
  if ('ownerId' in change) {
    const owner = ownerKeyOf(reader, change.ownerId);
    return {
      field: 'owner',
      wanted: change.ownerId ?? '',
      prepare: () => (writer, state) => {
        const before = state.columns.owner_key;
        if (before === owner) return null;
        setColumn(writer, state, 'owner_key', owner, now);
        return { before, after: owner };
      },
      after: (writer, keys) => { realertLeads(writer, keys, settings, now); },
    };
  }
  return {
    field: 'tags',
    wanted: [...change.addTags.map((name) => `+ ${name}`), ...change.removeTags.map((name) => `− ${name}`)].join(', '),
    prepare: (writer) => {
      const wanted = { added: ensureTags(writer, change.addTags, userKey, newId, now), removed: change.removeTags.flatMap((name) => findTagNamed(writer, name)?.key ?? []) };
      const senses = tagSenses(writer);
      return (inner, state) => {
        const held = tagKeysOf(inner, state.key);
        const difference = tagDifference(held, wanted, senses);
        if (difference.added.length + difference.removed.length === 0) return null;
        return { before: joined(held), after: joined(setTags(inner, state, held, difference, now)) };
      };
    },
    after: () => undefined,
  };
}

/**
 * Changes many leads a few at a time and keeps what each had. Cancelled or failed, it puts back what it had changed; what a crash left is
 * put back at the next start.
 */
export async function runChange(parts: HandlerParts, context: CallContext, keys: readonly number[], change: WantedChange): Promise<{ readonly id: string; readonly field: BulkField; readonly changed: number }> {
  const { store, scope } = context;
  const settings = parts.workspace.settings();
  const now = parts.now();
  const userKey = actorOf(context).userKey;
  const plan = planOf(change, { reader: store, settings, userKey, newId: parts.newId, now });
  const id = parts.newId();
  const [key, work] = store.transaction((writer) => [insertBulkChange(writer, { id, userKey, field: plan.field, wanted: plan.wanted }, now), plan.prepare(writer)] as const);
  let changed = 0;
  try {
    for (let from = 0; from < keys.length; from += leadsPerTurn) {
      context.checkpoint(from, keys.length, 'Changing leads');
      const piece = keys.slice(from, from + leadsPerTurn);
      store.transaction((writer) => {
        const done: number[] = [];
        // A lead may have been merged or handed over since it was chosen.
        for (const leadKey of readableAmong(writer, scope, piece)) {
          const state = readLeadState(writer, leadKey);
          const values = state === null ? null : work(writer, state);
          if (values === null) continue;
          keepBulkChangeLead(writer, key, { leadKey, ...values });
          done.push(leadKey);
        }
        plan.after(writer, done);
        changed += done.length;
      });
      if (from > 0 && from % leadsPerNews === 0) context.changed('leads');
      await breathe();
    }
    context.checkpoint(keys.length, keys.length, 'Changing leads');
    store.transaction((writer) => { setBulkChangeState(writer, key, 'done', now); });
  } catch (error) {
    await putBack(store, { key, id, userKey, field: plan.field, wanted: plan.wanted, state: 'running', at: now }, { settings, now, checkpoint: noCheckpoint });
    throw error;
  }
  context.changed('leads');
  return { id, field: plan.field, changed };
}

interface PuttingBack {
  readonly settings: Settings;
  readonly now: number;
  readonly checkpoint: Checkpoint;
}

/** Gives one lead back what it had. Answers whether it has that now. */
function restoreLead(writer: Writer, change: StoredBulkChange, { leadKey, before, after, there }: BulkChangeLead, now: number): 'restored' | 'was so' | 'left' {
  const state = there === 1 ? readLeadState(writer, leadKey) : null;
  if (state === null) return 'left';
  if (change.field === 'tags') {
    const [had, got, held] = [split(before), split(after), tagKeysOf(writer, leadKey)];
    // Each tag is a value of its own: what somebody has put on or taken off since stays as they want it.
    const added = had.filter((key) => !got.includes(key) && !held.includes(key));
    const removed = got.filter((key) => !had.includes(key) && held.includes(key));
    if (added.length + removed.length === 0) return 'was so';
    setTags(writer, state, held, { added, removed }, now);
    return 'restored';
  }
  const column = change.field === 'stage' ? 'stage' : 'owner_key';
  const current = state.columns[column];
  if (current === before) return 'was so';
  if (current !== after) return 'left';
  setColumn(writer, state, column, before, now);
  if (change.field === 'stage') removeStageOutcome(writer, leadKey, change.at);
  return 'restored';
}

/** Gives each lead of a change back what it had, unless somebody has changed it since. */
export async function putBack(store: Store, change: StoredBulkChange, { settings, now, checkpoint }: PuttingBack): Promise<{ readonly restored: number; readonly left: readonly number[] }> {
  const total = countLeadsOfBulkChange(store, change.key);
  const left: number[] = [];
  let [restored, looked, last] = [0, 0, 0];
  for (;;) {
    checkpoint(looked, total, 'Putting back');
    const piece = leadsOfBulkChange(store, change.key, last, leadsPerTurn);
    if (piece.length === 0) break;
    store.transaction((writer) => {
      const done: number[] = [];
      for (const lead of piece) {
        const outcome = restoreLead(writer, change, lead, now);
        if (outcome === 'restored') done.push(lead.leadKey);
        if (outcome === 'left') left.push(lead.leadKey);
      }
      if (change.field === 'stage') rescoreLeads(writer, done, settings, now);
      if (change.field === 'owner') realertLeads(writer, done, settings, now);
      restored += done.length;
    });
    looked += piece.length;
    last = piece.at(-1)?.leadKey ?? last;
    await breathe();
  }
  store.transaction((writer) => { setBulkChangeState(writer, change.key, 'undone', now); });
  return { restored, left };
}

/** Puts back what changes that were under way had changed when the program ended. Answers whether there were any. */
export async function putBackInterrupted(store: Store, settings: Settings, now: number): Promise<boolean> {
  const interrupted = runningBulkChanges(store);
  for (const change of interrupted) await putBack(store, change, { settings, now, checkpoint: noCheckpoint });
  return interrupted.length > 0;
}

/** Forgets what each lead had before a person's oldest changes. */
export async function forgetOldChanges(store: Store, userKey: number): Promise<void> {
  while (store.transaction((writer) => forgetBulkChanges(writer, userKey, changesKept, rowsForgottenPerTurn))) await breathe();
}

