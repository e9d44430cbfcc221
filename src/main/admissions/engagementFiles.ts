import { setImmediate as breathe } from 'node:timers/promises';
import type { EngagementRow } from '#domain/admissions/engagement/files';
import type { Phrase } from '#domain/kernel/phrase';
import { actorOf, type CallContext } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import type { RowScope } from '#main/app/scope';
import { beginFile, deleteEventsOfFile, endFile, finishFile, insertEvent, leadOfEmail, leadOfExternalId, leadsOfFile, stagedFiles } from '#main/store/admissions/engagement';
import type { Store } from '#main/store/open';
import type { Reader } from '#main/store/tx';
import type { EngagementReadPayload } from '#main/worker/engagementTasks';
import { currentJudge, recountLead } from './engagementCounting';
import { rescoreAll, rescoreLead } from './scoring';

/** Rows that are taken over, and leads that are counted, before others get a turn. */
const rowsPerTurn = 500;
const leadsPerTurn = 50;
/** From so many leads on, all are scored together: that looks at the workspace anew as well. */
const leadsForRescore = 2_000;
/** Leads that are remembered by their address or id. */
const leadsHeld = 100_000;
/** Problems that an answer lists. */
const shownProblems = 100;

export interface EngagementImport {
  readonly fileKey: number;
  readonly rows: number;
  readonly events: number;
  readonly known: number;
  readonly ignored: number;
  readonly strangers: number;
  readonly rejected: number;
  readonly leads: number;
  readonly problems: readonly { readonly line: number; readonly reason: Phrase }[];
}

/** Finds the lead that a row is about, and remembers it. */
function leadFinder(scope: RowScope): (reader: Reader, row: EngagementRow) => number | null {
  const found = new Map<string, number | null>();
  return (reader, { externalId, email }) => {
    const name = externalId === null ? `e ${email ?? ''}` : `x ${externalId} ${email ?? ''}`;
    const known = found.get(name);
    if (known !== undefined) return known;
    const key = (externalId === null ? null : leadOfExternalId(reader, scope, externalId)) ?? (email === null ? null : leadOfEmail(reader, scope, email));
    if (found.size >= leadsHeld) found.clear();
    found.set(name, key);
    return key;
  };
}

type Parts = Pick<HandlerParts, 'workspace' | 'pool' | 'newId' | 'now'>;

/** Counts some leads anew and scores them, a few at a time. Answers how many changed. */
export async function recountLeads(parts: Parts, store: Store, keys: readonly number[], signal: AbortSignal, tell: (done: number) => void): Promise<number> {
  const settings = parts.workspace.settings();
  const judge = currentJudge(store);
  const oneByOne = keys.length < leadsForRescore;
  let changed = 0;
  for (let from = 0; from < keys.length; from += leadsPerTurn) {
    store.transaction((writer) => {
      for (const key of keys.slice(from, from + leadsPerTurn)) {
        if (!recountLead(writer, key, judge, parts.now())) continue;
        changed += 1;
        if (oneByOne) rescoreLead(writer, key, settings, parts.now());
      }
    });
    tell(Math.min(keys.length, from + leadsPerTurn));
    await breathe();
  }
  if (!oneByOne && changed > 0) await rescoreAll({ store, pool: parts.pool, settings, now: parts.now(), signal, checkpoint: () => undefined });
  return changed;
}

function allLeadsOfFile(store: Store, fileKey: number): number[] {
  const keys: number[] = [];
  for (let after = 0; ; ) {
    const piece = leadsOfFile(store, fileKey, after, 5_000);
    const last = piece.at(-1);
    if (last === undefined) return keys;
    keys.push(...piece);
    after = last;
  }
}

/** Takes the events of a file out again and counts its leads as they were. It can be repeated after a crash. */
export async function removeFile(parts: Parts, store: Store, fileKey: number, signal: AbortSignal, tell: (done: number, total: number) => void): Promise<{ readonly removed: number; readonly leads: number }> {
  const keys = allLeadsOfFile(store, fileKey);
  const settings = parts.workspace.settings();
  const judge = currentJudge(store);
  const oneByOne = keys.length < leadsForRescore;
  let [removed, changed] = [0, 0];
  for (let from = 0; from < keys.length; from += leadsPerTurn) {
    store.transaction((writer) => {
      for (const key of keys.slice(from, from + leadsPerTurn)) {
        removed += deleteEventsOfFile(writer, fileKey, key);
        if (!recountLead(writer, key, judge, parts.now())) continue;
        changed += 1;
        if (oneByOne) rescoreLead(writer, key, settings, parts.now());
      }
    });
    tell(from, keys.length);
    await breathe();
  }
  if (!oneByOne && changed > 0) await rescoreAll({ store, pool: parts.pool, settings, now: parts.now(), signal, checkpoint: () => undefined });
  store.transaction((writer) => {
    endFile(writer, fileKey, parts.now());
  });
  return { removed, leads: keys.length };
}

/** Brings in a file of events: all of it, or none. */
export async function importEvents(parts: Parts, context: CallContext, fileId: string, payload: EngagementReadPayload): Promise<EngagementImport> {
  const { store, scope } = context;
  const { newId, pool } = parts;
  const at = parts.now();
  const { userKey } = actorOf(context);
  const { name } = payload.table;
  const fileKey = store.transaction((writer) => beginFile(writer, { id: fileId, userKey, fileName: name }, at));
  const counts = { rows: 0, events: 0, known: 0, ignored: 0, strangers: 0, rejected: 0 };
  const problems: { line: number; reason: Phrase }[] = [];
  const find = leadFinder(scope);
  try {
    await pool.run('engagement.read', payload, {
      signal: context.signal,
      async onBatch(piece) {
        counts.ignored += piece.ignored;
        counts.rejected += piece.problems.length;
        counts.rows += piece.ignored + piece.problems.length + piece.rows.length;
        problems.push(...piece.problems.slice(0, shownProblems - problems.length));
        for (let from = 0; from < piece.rows.length; from += rowsPerTurn) {
          store.transaction((writer) => {
            for (const row of piece.rows.slice(from, from + rowsPerTurn)) {
              const leadKey = find(writer, row);
              if (leadKey === null) counts.strangers += 1;
              else if (insertEvent(writer, { ...row, id: newId(), leadKey, fileKey, userKey }, at)) counts.events += 1;
              else counts.known += 1;
            }
          });
          await breathe();
        }
        context.checkpoint((50 * piece.bytesRead) / piece.bytes, 100, `Reading ${name}`);
      },
    });
    const keys = allLeadsOfFile(store, fileKey);
    await recountLeads(parts, store, keys, context.signal, (done) => {
      context.checkpoint(50 + (49 * done) / Math.max(1, keys.length), 100, 'Judging opens and clicks');
    });
    context.checkpoint(99, 100, 'Finishing');
    context.transact((writer, notes) => {
      finishFile(writer, fileKey, { events: counts.events, leads: keys.length });
      notes.target(fileId);
      for (const [what, count] of Object.entries(counts)) notes.detail(what, count);
    });
    return { ...counts, fileKey, leads: keys.length, problems };
  } catch (error) {
    // Whoever stops it, or a full disk, leaves nothing of it.
    await removeFile(parts, store, fileKey, new AbortController().signal, () => undefined);
    throw error;
  }
}

/** Takes out what files have left that were cut short by a crash. Answers whether there were any. */
export async function clearStagedFiles(parts: Parts, store: Store, signal: AbortSignal): Promise<boolean> {
  const staged = stagedFiles(store);
  for (const fileKey of staged) await removeFile(parts, store, fileKey, signal, () => undefined);
  return staged.length > 0;
}
