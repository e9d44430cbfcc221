import type { EngagementConfiguration } from '#domain/admissions/engagement/configuration';
import type { Verdict } from '#domain/admissions/engagement/events';
import { engagementJudge } from '#domain/admissions/engagement/judge';
import { type EngagementTotals, engagementTotals, leftOut } from '#domain/admissions/engagement/totals';
import type { Signal } from '#domain/admissions/leads/signals';
import { engagementConfiguration, eventsOf, heldVerdict, setVerdict, showEvents } from '#main/store/admissions/engagement';
import { differences, isEmptyChange, type LeadColumns, type LeadState, readLeadState, updateLead } from '#main/store/admissions/leadWrites';
import type { Reader, Writer } from '#main/store/tx';

export type EngagementJudge = ReturnType<typeof engagementJudge>;

/** The judge by the rules that hold, or by others. */
export function currentJudge(reader: Reader, configuration: EngagementConfiguration = engagementConfiguration(reader)): EngagementJudge {
  return engagementJudge(configuration);
}

const numberOf = (value: unknown): number | null => (typeof value === 'number' ? value : null);

/** The totals that files of leads brought. */
export function openingOf(state: LeadState): Partial<Record<Signal, number>> {
  return typeof state.columns.opening === 'string' ? (JSON.parse(state.columns.opening) as Partial<Record<Signal, number>>) : {};
}

/**
 * What a lead's columns become by its events. What people did adds to the totals that files brought; a total that nothing is known of
 * stays unknown. The last activity is that of an event only where nothing later is known, and goes back to what it was with the event.
 */
function columnsOf(state: LeadState, { opens, clicks, lastHumanAt }: EngagementTotals): LeadColumns {
  const opening = openingOf(state);
  const total = (signal: Signal, human: number): number | null => (human === 0 && opening[signal] === undefined ? null : (opening[signal] ?? 0) + human);
  const left = (counts: EngagementTotals['opens']): number | null => (counts.human + counts.machine + counts.unsure === 0 ? null : leftOut(counts));
  const [activity, engaged] = [numberOf(state.columns.last_activity_at), numberOf(state.columns.engaged_at)];
  const before = engaged !== null && activity === engaged ? numberOf(state.columns.activity_before) : activity;
  const isLast = lastHumanAt !== null && (before === null || lastHumanAt > before);
  return {
    email_opens: total('emailOpens', opens.human),
    email_clicks: total('emailClicks', clicks.human),
    opens_left_out: left(opens),
    clicks_left_out: left(clicks),
    last_activity_at: isLast ? lastHumanAt : before,
    engaged_at: isLast ? lastHumanAt : null,
    activity_before: isLast ? before : null,
  };
}

/**
 * Judges the events of a lead together and brings its totals in step, within a transaction; shows those that have just come in. Its score
 * is the caller's. Answers whether anything of the lead changed.
 */
export function recountLead(writer: Writer, leadKey: number, judge: EngagementJudge, now: number): boolean {
  showEvents(writer, leadKey);
  const state = readLeadState(writer, leadKey);
  if (state === null) return false;
  const events = eventsOf(writer, leadKey);
  const judged = judge(events);
  const held: { readonly kind: (typeof events)[number]['kind']; readonly at: number; readonly verdict: Verdict | null }[] = [];
  for (const [index, event] of events.entries()) {
    const verdict = judged[index] ?? null;
    const rules = verdict === null ? null : verdict.verdict;
    if (rules !== event.verdict || JSON.stringify(verdict === null ? null : verdict.reason) !== JSON.stringify(event.reason)) setVerdict(writer, event.key, verdict);
    held.push({ kind: event.kind, at: event.at, verdict: heldVerdict({ verdict: rules, overruled: event.overruled }) });
  }
  const changes = differences(state, { lead: columnsOf(state, engagementTotals(held)), person: {} });
  if (isEmptyChange(changes)) return false;
  updateLead(writer, state, changes, false, now);
  return true;
}
