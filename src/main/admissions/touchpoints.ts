import { isContact, isLeadActivity, signalOf, type Touchpoint } from '#domain/admissions/leads/touchpoints';
import { stages } from '#domain/admissions/leads/stages';
import { Refusal } from '#contract/errors';
import type { touchpoints } from '#contract/admissions/touchpoints';
import { actorOf, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { say } from '#main/app/phrases';
import { signalColumns } from '#main/store/admissions/facts';
import { currentValues, type LeadColumns, type LeadState, readLeadState, updateLead } from '#main/store/admissions/leadWrites';
import { type ScoreVersion, scoreVersions } from '#main/store/admissions/scores';
import { deleteTouchpoint, findTouchpoint, insertTouchpoint, type TouchpointEffects } from '#main/store/admissions/touchpoints';
import type { JudgedLead } from '#main/store/admissions/scores';
import { publicRow, requireInScope, requireLead } from './leadView';
import { rescoreLead } from './scoring';

/** A contact may be logged a little ahead of a clock that is slow, no more. */
const slackMilliseconds = 5 * 60_000;

/** How a score moved: each factor whose points differ, the largest move first. */
export function scoreMove(before: ScoreVersion | undefined, after: JudgedLead) {
  const reasons = after.score.factors
    .map(({ factor, points, reason }) => ({
      factor,
      pointsBefore: before?.factors.find((each) => each.factor === factor)?.points ?? null,
      pointsAfter: points,
      reason: say(reason),
    }))
    .filter(({ pointsBefore, pointsAfter }) => pointsBefore !== pointsAfter)
    .sort((a, b) => Math.abs(b.pointsAfter - (b.pointsBefore ?? 0)) - Math.abs(a.pointsAfter - (a.pointsBefore ?? 0)));
  return { before: before?.score ?? null, after: after.score.score, reasons };
}

/** What a touchpoint changes beside itself: totals, last activity, last contact, and the first step from enquiry to contacted. */
function effects(state: LeadState, touchpoint: Touchpoint, at: number): LeadColumns {
  const columns: LeadColumns = {};
  const later = (column: 'last_activity_at' | 'last_contacted_at'): void => {
    const known = state.columns[column];
    if (typeof known !== 'number' || known < at) columns[column] = at;
  };
  if (isLeadActivity(touchpoint)) later('last_activity_at');
  if (isContact(touchpoint)) later('last_contacted_at');
  const signal = signalOf(touchpoint);
  if (signal !== null) {
    const column = signalColumns[signal] as keyof LeadState['columns'];
    columns[column] = Number(state.columns[column] ?? 0) + 1;
  }
  if (isContact(touchpoint) && state.columns.stage === stages.indexOf('enquiry')) columns.stage = stages.indexOf('contacted');
  return columns;
}

/**
 * What taking a touchpoint back puts back: what it set and nobody has set since. A total that has grown since loses one.
 */
export function takenBack(state: LeadState, { before, after }: TouchpointEffects): LeadColumns {
  const columns: LeadColumns = {};
  const totals: readonly string[] = Object.values(signalColumns);
  for (const column of Object.keys(after) as (keyof LeadColumns)[]) {
    const now = state.columns[column];
    if (now === after[column]) columns[column] = before[column] ?? null;
    else if (totals.includes(column) && typeof now === 'number') columns[column] = Math.max(0, now - 1);
  }
  return columns;
}

export function touchpointsHandlers(parts: HandlerParts): HandlersOf<typeof touchpoints> {
  const { workspace, newId, now } = parts;
  return {
    'admissions.touchpoints.create': (input, context) => {
      const row = requireLead(context, input.leadId);
      const at = input.at ?? now();
      if (at > now() + slackMilliseconds) throw new Refusal('invalid_input', 'A contact cannot lie in the future. Make a task instead.');
      const touchpoint: Touchpoint = { kind: input.kind, direction: input.direction, outcome: input.outcome ?? null };
      const id = newId();
      const before = scoreVersions(context.store, row.key, 1)[0];
      const judged = context.transact((writer, notes) => {
        const state = readLeadState(writer, row.key);
        if (state === null) throw new Refusal('not_found', 'That lead does not exist any more.');
        const after = effects(state, touchpoint, at);
        const { lead: before } = currentValues(state, { lead: after, person: {} });
        insertTouchpoint(writer, { ...touchpoint, id, leadKey: row.key, note: input.note ?? null, at, userKey: actorOf(context).userKey, effects: { before, after } }, now());
        updateLead(writer, state, { lead: after, person: {} }, true, now());
        notes.target(row.id, id);
        notes.detail('kind', input.kind);
        return rescoreLead(writer, row.key, workspace.settings(), now());
      });
      context.changed('leads', [row.id]);
      context.changed('touchpoints', [row.id]);
      return { touchpointId: id, lead: publicRow(requireLead(context, row.id)), score: scoreMove(before, judged) };
    },

    'admissions.touchpoints.remove': ({ id }, context) => {
      const found = requireInScope(findTouchpoint(context.store, context.scope, id), id, 'That contact is gone already.');
      const before = scoreVersions(context.store, found.leadKey, 1)[0];
      const judged = context.transact((writer, notes) => {
        deleteTouchpoint(writer, id);
        const state = readLeadState(writer, found.leadKey);
        if (state === null) throw new Refusal('not_found', 'That lead does not exist any more.');
        const columns = takenBack(state, found.effects);
        updateLead(writer, state, { lead: columns, person: {} }, true, now());
        notes.target(id);
        return rescoreLead(writer, found.leadKey, workspace.settings(), now());
      });
      context.changed('leads', [judged.facts.leadId]);
      context.changed('touchpoints', [judged.facts.leadId]);
      return { leadId: judged.facts.leadId, score: scoreMove(before, judged) };
    },
  };
}
