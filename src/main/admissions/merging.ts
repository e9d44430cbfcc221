import { cameFirst, later, mergedStage, mergedTotals, stricterConsent, type Totals } from '#domain/admissions/duplicates/merge';
import { signals } from '#domain/admissions/leads/signals';
import { stages } from '#domain/admissions/leads/stages';
import { phrase } from '#domain/kernel/phrase';
import { type ChoosableField, choosableFields } from '#contract/admissions/duplicates';
import { Refusal } from '#contract/errors';
import { say, words } from '#main/app/phrases';
import type { AttributeChanges } from '#main/store/admissions/attributeValues';
import { findAttribute } from '#main/store/admissions/catalogue';
import { decidePair, disinherit, inheritPair, notePair, othersOf, pairOf } from '#main/store/admissions/duplicates';
import { signalColumns } from '#main/store/admissions/facts';
import { currentValues, differences, isEmptyChange, type LeadChanges, type LeadColumns, type LeadState, readLeadState, updateLead, type WritableColumn } from '#main/store/admissions/leadWrites';
import { countSince, effectsOf, insertMerge, markUnmerged, type MergeRow, type MergeUndo, moveOutcomes, moveOutcomesBack, moveRows, moveRowsBack, originOf, setEffects, setMergedInto } from '#main/store/admissions/merges';
import { changeLeadTags, tagKeysOf } from '#main/store/admissions/tags';
import type { TouchpointEffects } from '#main/store/admissions/touchpoints';
import { carryModelRefusal, latestConsents, recordConsent, refusedSince, removeConsents, saidOnModelSince } from '#main/store/platform/people';
import type { Reader, SqlValue, Writer } from '#main/store/tx';
import { currentJudge, recountLead } from './engagementCounting';
import { takenBack } from './touchpoints';

export type Choices = Readonly<Record<string, 'survivor' | 'merged'>>;

/** Where each field that one may choose stands. */
const columnOf = {
  givenName: 'given_name',
  familyName: 'family_name',
  email: 'email',
  phone: 'phone',
  stage: 'stage',
  owner: 'owner_key',
  course: 'course_key',
  campus: 'campus_key',
  country: 'country_key',
  city: 'city_key',
} as const satisfies Readonly<Record<ChoosableField, string>>;

const moments = ['last_contacted_at', 'last_activity_at'] as const;
const numberOf = (value: SqlValue | undefined): number | null => (typeof value === 'number' ? value : null);

/** Whether the last activity of a lead is an open or a click, and what it was before. */
const isEngaged = ({ columns }: LeadState): boolean => columns.engaged_at !== null && columns.engaged_at === columns.last_activity_at;
const activityBefore = (state: LeadState): number | null => numberOf(isEngaged(state) ? state.columns.activity_before : state.columns.last_activity_at);

function totalsOf({ columns }: LeadState): Totals {
  const totals = Object.fromEntries(signals.flatMap((signal) => (typeof columns[signalColumns[signal]] === 'number' ? [[signal, columns[signalColumns[signal]]]] : []))) as Totals['totals'];
  return { totals, opening: (typeof columns.opening === 'string' ? JSON.parse(columns.opening) : {}) as Totals['opening'] };
}

/** The attributes that choices name, by name; a field that there is none of is refused. */
function chosenAttributes(reader: Reader, choices: Choices): Map<string, 'survivor' | 'merged'> {
  const chosen = new Map<string, 'survivor' | 'merged'>();
  for (const [name, whose] of Object.entries(choices)) {
    if ((choosableFields as readonly string[]).includes(name)) continue;
    const attribute = name.startsWith('attribute.') ? findAttribute(reader, name.slice('attribute.'.length)) : null;
    if (attribute === null) throw new Refusal('invalid_input', `A merge does not choose “${name}”. Choose among ${choosableFields.join(', ')} and attribute.<name>.`, { field: name });
    chosen.set(String(attribute.key), whose);
  }
  return chosen;
}

/** Whether the enquiry of the first of two leads came first: its date and source are kept. */
export function firstEnquiry(reader: Reader, a: LeadState, b: LeadState): boolean {
  const of = (state: LeadState) => ({ enquiredAt: numberOf(state.columns.enquired_at), createdAt: originOf(reader, state.key).createdAt });
  return cameFirst(of(a), of(b));
}

/** What a survivor becomes: each value as chosen, else its own, else the other's; dates, source and totals by their rules. */
function mergedValues(reader: Reader, survivor: LeadState, merged: LeadState, choices: Choices): LeadChanges {
  const lead: LeadColumns = {};
  const person: Record<string, string | null> = {};
  for (const field of choosableFields) {
    const column = columnOf[field];
    const [own, other] = column in survivor.person ? [survivor.person[column as 'email'], merged.person[column as 'email']] : [survivor.columns[column as WritableColumn], merged.columns[column as WritableColumn]];
    const value = choices[field] === 'merged' ? other : choices[field] === 'survivor' ? own : field === 'stage' ? furthest(survivor, merged) : (own ?? other);
    if (column in survivor.person) person[column] = value as string | null;
    else if (column !== 'stage' || value !== null) lead[column as WritableColumn] = value;
  }
  const [first, second] = firstEnquiry(reader, survivor, merged) ? [survivor, merged] : [merged, survivor];
  lead.enquired_at = first.columns.enquired_at ?? second.columns.enquired_at;
  lead.source_key = first.columns.source_key ?? second.columns.source_key;
  lead.converted = survivor.columns.converted === 1 || merged.columns.converted === 1 ? 1 : (survivor.columns.converted ?? merged.columns.converted);
  for (const column of moments) lead[column] = later(numberOf(survivor.columns[column]), numberOf(merged.columns[column]));
  // Opens and clicks are counted anew once they have moved: what is known without them comes first.
  if (isEngaged(survivor) || isEngaged(merged)) {
    lead.last_activity_at = later(activityBefore(survivor), activityBefore(merged));
    lead.engaged_at = null;
    lead.activity_before = null;
  }
  const latest = numberOf(survivor.columns.last_activity_at) === later(numberOf(survivor.columns.last_activity_at), numberOf(merged.columns.last_activity_at)) ? survivor : merged;
  lead.last_activity = latest.columns.last_activity ?? survivor.columns.last_activity;
  const { originKey } = originOf(reader, survivor.key);
  const { totals, opening } = mergedTotals(totalsOf(survivor), totalsOf(merged), originKey !== null && originKey === originOf(reader, merged.key).originKey);
  for (const signal of signals) if (totals[signal] !== undefined) lead[signalColumns[signal]] = totals[signal];
  if (Object.keys(opening).length > 0) lead.opening = JSON.stringify(opening);
  const chosen = chosenAttributes(reader, choices);
  const attributes: AttributeChanges = Object.fromEntries(
    [...new Set([...Object.keys(merged.attributes), ...chosen.keys()])].map((key) => {
      const [own, other] = [survivor.attributes[key] ?? null, merged.attributes[key] ?? null];
      return [key, chosen.get(key) === 'merged' ? other : chosen.get(key) === 'survivor' ? own : (own ?? other)];
    }),
  );
  const wanted = differences(survivor, { lead, person, attributes });
  // What neither has is no change.
  return { ...wanted, attributes: Object.fromEntries(Object.entries(wanted.attributes ?? {}).filter(([key, value]) => value !== null || survivor.attributes[key] !== undefined)) };
}

function furthest(survivor: LeadState, merged: LeadState): number {
  const stageOf = (state: LeadState) => stages[Number(state.columns.stage)] ?? 'enquiry';
  return stages.indexOf(mergedStage(stageOf(survivor), stageOf(merged)));
}

/** What taking a touchpoint back puts back, once another lead has joined: no less than that other lead knew. */
function joinedEffects({ before, after }: TouchpointEffects, other: LeadState): TouchpointEffects {
  const [was, became] = [{ ...before }, { ...after }];
  for (const column of moments) if (column in was) was[column] = later(numberOf(was[column]), numberOf(other.columns[column]));
  if ('stage' in became && other.columns.stage !== stages.indexOf('enquiry')) {
    delete was.stage;
    delete became.stage;
  }
  return { before: was, after: became };
}

/** Opens and clicks are judged among the others of their lead: both leads are counted anew. */
function recountBoth(writer: Writer, keys: readonly number[], now: number): void {
  const judge = currentJudge(writer);
  for (const key of keys) recountLead(writer, key, judge, now);
}

export interface MergeSetting {
  readonly mergeId: string;
  readonly userKey: number;
  readonly newId: () => string;
  readonly now: number;
}

/** Makes two leads one, within a transaction. The merged one stays as it is, out of sight. */
export function mergeLeads(writer: Writer, survivor: LeadState, merged: LeadState, choices: Choices, { mergeId, userKey, newId, now }: MergeSetting): void {
  const changes = mergedValues(writer, survivor, merged, choices);
  const before = currentValues(survivor, changes);
  updateLead(writer, survivor, changes, true, now);
  const effects: Record<string, MergeUndo['effects'][string]> = {};
  for (const [state, other] of [[survivor, merged], [merged, survivor]] as const) {
    for (const [id, kept] of effectsOf(writer, state.key)) {
      const joined = joinedEffects(kept, other);
      effects[id] = { before: kept, after: joined };
      setEffects(writer, id, joined);
    }
  }
  const consents: string[] = [];
  if (survivor.personKey !== merged.personKey) {
    const [own, others] = [latestConsents(writer, survivor.personKey, now), latestConsents(writer, merged.personKey, now)];
    for (const channel of ['email', 'phone'] as const) {
      const granted = stricterConsent(own.get(channel), others.get(channel));
      if (granted === undefined || granted === own.get(channel)) continue;
      const id = newId();
      recordConsent(writer, { id, personKey: survivor.personKey, purpose: 'admissions', channel, granted, basis: 'merge', userKey: null, at: now });
      consents.push(id);
    }
    // Whoever of the two is not to be told to a model: the survivor holds what is written about both.
    const id = newId();
    if (carryModelRefusal(writer, merged.personKey, survivor.personKey, id, now)) consents.push(id);
  }
  const pair = pairOf(writer, survivor.key, merged.key);
  if (pair === null) notePair(writer, survivor.key, merged.key, { basis: 'chosen', score: 100, reasons: [phrase('duplicates.chosen')] }, newId, now);
  decidePair(writer, pair?.id ?? pairOf(writer, survivor.key, merged.key)?.id ?? '', 'merged', userKey, now);
  const pairs = othersOf(writer, merged.key, 'unmerged').flatMap(({ key, pairId }) => inheritPair(writer, { pairId, otherKey: key }, survivor.key, newId) ?? []);
  const held = new Set(tagKeysOf(writer, survivor.key));
  const tags = tagKeysOf(writer, merged.key).filter((key) => !held.has(key));
  changeLeadTags(writer, survivor.key, tags, []);
  const undo: MergeUndo = {
    before,
    after: changes,
    touchpoints: moveRows(writer, 'touchpoints', merged.key, survivor.key),
    effects,
    tasks: moveRows(writer, 'tasks', merged.key, survivor.key),
    applications: moveRows(writer, 'applications', merged.key, survivor.key),
    engagement: moveRows(writer, 'engagement_events', merged.key, survivor.key),
    notes: moveRows(writer, 'notes', merged.key, survivor.key),
    attachments: moveRows(writer, 'attachments', merged.key, survivor.key),
    outcomes: moveOutcomes(writer, merged.key, survivor.key),
    tags,
    consents,
    pairs,
    pairState: pair === null || pair.state === 'merged' ? null : pair.state,
  };
  if ((undo.engagement?.length ?? 0) > 0 || isEngaged(survivor)) recountBoth(writer, [survivor.key, merged.key], now);
  setMergedInto(writer, merged.key, survivor.key, now);
  insertMerge(writer, { id: mergeId, survivorKey: survivor.key, mergedKey: merged.key, userKey, undo }, now);
}

/** Names of columns as people know them; those that follow from others have none. */
const fieldOf: Readonly<Partial<Record<string, string>>> = {
  ...Object.fromEntries(Object.entries(columnOf).map(([field, column]) => [column, field])),
  source_key: 'source',
  converted: 'converted',
  enquired_at: 'enquiredAt',
};

/** Columns that count something; pages per visit are a mean. */
const counts: readonly string[] = Object.values(signalColumns).filter((column) => column !== 'pages_per_visit');

interface Restored {
  readonly changes: LeadChanges;
  /** Columns that somebody has changed since. */
  readonly changed: readonly string[];
}

/**
 * What a survivor goes back to: every value that is still as the merge left it; a total loses what the merge added to it.
 *
 * @param goneTotals what has left the totals already, with contacts of the other lead that were taken back since
 */
function restoredValues(state: LeadState, { before, after }: MergeUndo, goneTotals: Readonly<Record<string, number>>): Restored {
  const changed: string[] = [];
  const back = (now: Readonly<Record<string, unknown>>, was: object, became: object): Record<string, SqlValue> => {
    const values: Record<string, SqlValue> = {};
    for (const [column, value] of Object.entries(was) as [string, SqlValue][]) {
      const put = ((became as Record<string, SqlValue>)[column] ?? null);
      const current = now[column] ?? null;
      if (counts.includes(column)) values[column] = Number(current ?? 0) - (Number(put ?? 0) - Number(value ?? 0)) + (goneTotals[column] ?? 0);
      else if (current === put) values[column] = value;
      else if (current !== value) changed.push(column);
      // Nothing counted, where nothing was known before: unknown again.
      if (counts.includes(column) && Number(values[column]) <= 0) values[column] = value === null ? null : 0;
    }
    return values;
  };
  const lead = back(state.columns, before.lead, after.lead);
  const person = back(state.person, before.person, after.person) as LeadChanges['person'];
  const attributes = back(state.attributes, before.attributes ?? {}, after.attributes ?? {}) as AttributeChanges;
  return { changes: { lead, person, attributes }, changed };
}

/** Makes one lead two again, within a transaction. Answers in words what could not be put back. */
export function unmergeLeads(writer: Writer, merge: MergeRow, names: { readonly survivor: string; readonly merged: string }, { userKey, newId, now }: Omit<MergeSetting, 'mergeId'>): string[] {
  const { undo, survivorKey, mergedKey } = merge;
  const kept: string[] = [];
  const [survivor, merged] = [readLeadState(writer, survivorKey), readLeadState(writer, mergedKey)];
  if (survivor === null || merged === null) throw new Refusal('not_found', 'One of the two leads does not exist any more.');
  const gone = moveRowsBack(writer, 'touchpoints', undo.touchpoints, survivorKey, mergedKey);
  const goneTasks = moveRowsBack(writer, 'tasks', undo.tasks, survivorKey, mergedKey);
  moveRowsBack(writer, 'applications', undo.applications, survivorKey, mergedKey);
  moveRowsBack(writer, 'engagement_events', undo.engagement ?? [], survivorKey, mergedKey);
  moveRowsBack(writer, 'notes', undo.notes ?? [], survivorKey, mergedKey);
  moveRowsBack(writer, 'attachments', undo.attachments ?? [], survivorKey, mergedKey);
  moveOutcomesBack(writer, undo.outcomes, survivorKey, mergedKey);
  const goneTotals: Record<string, number> = {};
  // A contact that was taken back since has left the survivor's totals already: it leaves those of the lead that it came from too.
  for (const id of gone) {
    const effects = undo.effects[id]?.before;
    if (effects === undefined) continue;
    for (const column of counts as WritableColumn[]) goneTotals[column] = (goneTotals[column] ?? 0) + Number(effects.after[column] ?? 0) - Number(effects.before[column] ?? 0);
    const state = readLeadState(writer, mergedKey);
    if (state !== null) updateLead(writer, state, { lead: takenBack(state, effects), person: {} }, true, now);
  }
  const hasEvents = (undo.engagement?.length ?? 0) > 0 || isEngaged(survivor);
  if (hasEvents) recountBoth(writer, [survivorKey, mergedKey], now);
  const { changes, changed } = restoredValues(hasEvents ? (readLeadState(writer, survivorKey) ?? survivor) : survivor, undo, goneTotals);
  changeLeadTags(writer, survivorKey, [], undo.tags ?? []);
  if (!isEmptyChange(changes) || (undo.tags ?? []).length > 0) updateLead(writer, survivor, changes, true, now);
  const stillThere = new Map([...effectsOf(writer, survivorKey), ...effectsOf(writer, mergedKey)]);
  for (const [id, { before, after }] of Object.entries(undo.effects)) if (JSON.stringify(stillThere.get(id)) === JSON.stringify(after)) setEffects(writer, id, before);
  // The totals that files brought are the survivor's own again.
  if (hasEvents) recountBoth(writer, [survivorKey], now);
  removeConsents(writer, survivor.personKey, undo.consents, now);
  setMergedInto(writer, mergedKey, null, now);
  for (const channel of survivor.personKey === merged.personKey ? [] : refusedSince(writer, survivor.personKey, merge.at, undo.consents)) {
    // Whoever of the two said no since, neither is contacted against it.
    recordConsent(writer, { id: newId(), personKey: merged.personKey, purpose: 'admissions', channel, granted: false, basis: 'merge', userKey: null, at: now });
    kept.push(say(phrase(`duplicates.kept.refusal.${channel}`)));
  }
  if (survivor.personKey !== merged.personKey && saidOnModelSince(writer, survivor.personKey, merge.at)) carryModelRefusal(writer, survivor.personKey, merged.personKey, newId(), now);
  disinherit(writer, undo.pairs);
  const pair = pairOf(writer, survivorKey, mergedKey);
  if (pair !== null) decidePair(writer, pair.id, undo.pairState ?? 'open', userKey, now);
  markUnmerged(writer, merge.key, userKey, now);
  const { survivor: name, merged: other } = names;
  for (const column of changed) {
    const field = fieldOf[column];
    if (field !== undefined) kept.push(say(phrase('duplicates.kept.field', { field: words(`fields.${field}`), name })));
    else if (/^\d+$/.test(column)) kept.push(say(phrase('duplicates.kept.answer', { name })));
  }
  const tellNewer = (what: 'touchpoints' | 'tasks' | 'notes' | 'attachments'): void => {
    const count = countSince(writer, what, survivorKey, merge.at);
    if (count > 0) kept.push(say(phrase(`duplicates.kept.${what}`, { count, name })));
  };
  const tellGone = (what: 'touchpoints' | 'tasks', lost: readonly string[]): void => {
    if (lost.length > 0) kept.push(say(phrase(`duplicates.kept.gone.${what}`, { count: lost.length, name: other })));
  };
  tellNewer('touchpoints');
  tellGone('touchpoints', gone);
  tellNewer('tasks');
  tellGone('tasks', goneTasks);
  tellNewer('notes');
  tellNewer('attachments');
  return kept;
}
