import { DateTime } from 'luxon';
import { alertId } from '#domain/admissions/alerts/derive';
import { causes, shortCause } from '#domain/admissions/alerts/causes';
import { acknowledge, type AlertLife, type AlertStep, type Impossible, type Moved, reopen, resolve, snooze } from '#domain/admissions/alerts/lifecycle';
import { causeName } from '#domain/admissions/alerts/derive';
import { phrase } from '#domain/kernel/phrase';
import type { AlertItem, alerts } from '#contract/admissions/alerts';
import { Refusal } from '#contract/errors';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { say } from '#main/app/phrases';
import { listAlerts, readAlerts } from '#main/store/admissions/alertList';
import { alertsOfSelected, findAlert, insertAlertEvent, lastStepOf, saveAlert, type StoredAlert } from '#main/store/admissions/alerts';
import { leadExists, rowsOfSelected } from '#main/store/admissions/leadRows';
import { ageAlerts, limitsOf } from './alertKeeping';
import { tellOfAlerts } from './alertNotices';
import { filterSetting } from './leads';
import { requireLead } from './leadView';
import { currentSetting, judgeStored } from './scoring';

/** Why a step cannot be taken, in words. */
const whyNot: Readonly<Record<Impossible, string>> = {
  alreadyAcknowledged: 'Somebody has taken that alert on already.',
  alreadyResolved: 'That alert is resolved already. Reopen it first.',
  alreadyOpen: 'That alert is open.',
  inThePast: 'An alert cannot be put off until a moment that has passed. Choose a later one.',
  tooFar: 'An alert can be put off for 90 days at the most. Choose an earlier moment, or resolve it with a note.',
  causeGone: 'What that alert was about is gone, so there is nothing to reopen.',
};

/** An alert that the actor may touch. Another team's is refused, so that the refusal is audited; what is not there is not found. */
function requireAlert(context: CallContext, id: string): StoredAlert {
  const leadId = id.slice(0, 36);
  const found = findAlert(context.store, context.scope, leadId, (causes as readonly string[]).indexOf(id.slice(37)));
  if (found !== null) return found;
  throw leadExists(context.store, leadId) && requireLead(context, leadId).id === leadId
    ? new Refusal('not_found', 'That lead has no such alert.', { id })
    : new Refusal('not_found', 'That alert does not exist any more.', { id });
}

export function alertsHandlers(parts: HandlerParts): HandlersOf<typeof alerts> {
  const { workspace, newId, now } = parts;

  /** The chosen alerts with the words of today: of each lead's blockers as they are now, else of the evidence that was kept. */
  const itemsOf = (context: CallContext, selected: readonly { readonly leadKey: number; readonly cause: number }[]): AlertItem[] => {
    const { store } = context;
    const keys = [...new Set(selected.map(({ leadKey }) => leadKey))];
    const leads = new Map(rowsOfSelected(store, keys).map((row) => [row.key, row]));
    const { setting } = currentSetting(store, workspace.settings(), now());
    const blockers = new Map(judgeStored(store, context.scope, keys, setting).map(({ key, score }) => [key, score.blockers]));
    return alertsOfSelected(store, selected).flatMap(({ leadKey, cause, severity, evidence, life }): AlertItem[] => {
      const lead = leads.get(leadKey);
      const name = causes[cause];
      if (lead === undefined || name === undefined) return [];
      const blocker = blockers.get(leadKey)?.find((each) => `${each.type}:${causeName(each)}` === name);
      const said = (part: 'description' | 'action'): string => say(phrase(`blockers.${shortCause(cause)}.${part}`, evidence));
      const last = lastStepOf(store, leadKey, cause);
      const { level, state, openedAt, dueAt, acknowledgedAt, snoozedUntil, resolvedAt, escalatedAt } = life;
      return [
        {
          id: alertId(lead.id, name),
          lead: { id: lead.id, name: lead.name, score: lead.score, band: lead.band, owner: lead.owner, team: lead.team },
          cause: name,
          ...{ level, state, openedAt, dueAt, acknowledgedAt, snoozedUntil, resolvedAt, escalatedAt },
          severity: blocker?.severity ?? severity,
          title: blocker === undefined ? said('description') : say(blocker.description),
          actionRequired: blocker === undefined ? said('action') : say(blocker.actionRequired),
          lastStep: last === null ? null : { step: last.step, at: last.at, by: last.userName, note: last.note },
        },
      ];
    });
  };

  /** Moves alerts, all of them or none. */
  const moveAll = (context: CallContext, ids: readonly string[], step: AlertStep, move: (life: AlertLife, alert: StoredAlert) => Moved, note: string | null = null) => {
    const { userKey } = actorOf(context);
    const unique = [...new Set(ids)];
    const at = now();
    context.transact((writer, notes) => {
      for (const id of unique) {
        const alert = requireAlert(context, id);
        const result = move(alert.life, alert);
        if (!result.ok) throw new Refusal(result.why === 'inThePast' || result.why === 'tooFar' ? 'invalid_input' : 'conflict', whyNot[result.why], { id, why: result.why });
        insertAlertEvent(writer, alert, { id: newId(), step, at, userKey, note });
        saveAlert(writer, alert, result.life, userKey);
      }
      notes.target(...unique.map((id) => id.slice(0, 36)));
      notes.detail('causes', [...new Set(unique.map((id) => id.slice(37)))].join(' '));
    });
    return { moved: unique.length };
  };

  return {
    'admissions.alerts.list': async ({ limit, offset = 0, after, states, level, mine, escalated, leadId }, context) => {
      const from = after === undefined ? offset : Number(after) || 0;
      const settings = workspace.settings();
      const query = {
        states,
        level: level ?? null,
        ownerKey: mine ? actorOf(context).userKey : null,
        leadKey: leadId === undefined ? null : requireLead(context, leadId).key,
        escalated,
        newSince: DateTime.fromMillis(now(), { zone: settings.timeZone }).startOf('day').minus({ days: 1 }).toMillis(),
        limit,
        offset: from,
      };
      await readAlerts(context.store);
      const page = listAlerts(context.store, context.scope, query, filterSetting(parts, context));
      const next = from + page.selected.length;
      return {
        items: itemsOf(context, page.selected),
        total: page.total,
        totalIsExact: true,
        nextKey: next < page.total ? String(next) : null,
        counts: page.counts,
        sinceYesterday: page.fresh,
      };
    },

    'admissions.alerts.acknowledge': ({ ids }, context) => moveAll(context, ids, 'acknowledged', (life) => acknowledge(life, now(), limitsOf(workspace.settings()))),

    'admissions.alerts.snooze': ({ ids, until }, context) => moveAll(context, ids, 'snoozed', (life) => snooze(life, until, now())),

    'admissions.alerts.resolve': ({ ids, note }, context) => moveAll(context, ids, 'resolved', (life) => resolve(life, now()), note === undefined || note === '' ? null : note),

    'admissions.alerts.reopen': ({ ids, undo }, context) => {
      if (!undo) return moveAll(context, ids, 'reopened', (life) => reopen(life, now(), limitsOf(workspace.settings())));
      const { userKey } = actorOf(context);
      return moveAll(context, ids, 'undone', (life, alert) => {
        const last = lastStepOf(context.store, alert.leadKey, alert.cause);
        if (last?.userKey !== userKey || last.step === 'undone' || life.present !== last.before.present) {
          throw new Refusal('conflict', 'That alert has moved on since, so your step cannot be taken back. Look at it again.', { id: alertIdOf(context, alert) });
        }
        const { userKey: _by, ...before } = last.before;
        return { ok: true, life: { ...before, level: life.level, toldAt: life.toldAt, managerToldAt: life.managerToldAt } };
      });
    },

    'admissions.alerts.age': async (_input, context) => {
      const settings = workspace.settings();
      const aged = await ageAlerts(context.store, limitsOf(settings), now(), context.checkpoint);
      const told = await tellOfAlerts(context.store, parts.events, settings, now());
      context.transact((_writer, notes) => {
        notes.detail('woken', aged.woken);
        notes.detail('escalated', aged.escalated);
      });
      return { ...aged, told };
    },
  };
}

function alertIdOf(context: CallContext, { leadKey, cause }: StoredAlert): string {
  return alertId(rowsOfSelected(context.store, [leadKey])[0]?.id ?? '', causes[cause] ?? '');
}
