import { setImmediate as breathe } from 'node:timers/promises';
import { alertMask, raisedAlerts } from '#domain/admissions/alerts/causes';
import { type AlertLimits, limitOf, longestSnooze } from '#domain/admissions/alerts/limits';
import { age, gone, raise, seen } from '#domain/admissions/alerts/lifecycle';
import type { Checkpoint } from '#domain/kernel/checkpoint';
import type { Judgement } from '#domain/admissions/triage/judge';
import type { Settings } from '#contract/platform/settings';
import { agingAlerts, lastAlertedLead, alertsOfLead, insertAlert, insertAlertEvent, saveAlert } from '#main/store/admissions/alerts';
import { type ChangedAlerts, saveAlertMask } from '#main/store/admissions/scores';
import type { Store } from '#main/store/open';
import type { Writer } from '#main/store/tx';

/** The limits of a workspace, as they are set. */
export function limitsOf(settings: Settings): AlertLimits {
  return {
    hours: { 1: settings.alertHoursNormal, 2: settings.alertHoursEscalated, 3: settings.alertHoursUrgent },
    quietFrom: settings.quietFrom,
    quietUntil: settings.quietUntil,
  };
}

/** Brings the alerts of one lead in step with what its blockers raise: one row a cause, whatever comes and goes. */
export function keepAlerts(writer: Writer, { leadKey, raised, first }: ChangedAlerts, limits: AlertLimits, now: number): void {
  const known = first ? [] : alertsOfLead(writer, leadKey);
  for (const each of raised) {
    const alert = known.find(({ cause }) => cause === each.cause);
    if (alert === undefined) {
      insertAlert(writer, leadKey, each, raise(each.level, now, limits));
      continue;
    }
    const { life, step } = seen(alert.life, each.level, now, limits);
    if (step !== null) insertAlertEvent(writer, alert, { id: null, step, at: now, userKey: null, note: null });
    if (life !== alert.life) saveAlert(writer, alert, life, step === null ? alert.userKey : null, each);
  }
  for (const alert of known) {
    if (raised.some(({ cause }) => cause === alert.cause)) continue;
    const life = gone(alert.life, now);
    if (life === alert.life) continue;
    if (alert.life.state !== 'resolved') insertAlertEvent(writer, alert, { id: null, step: 'gone', at: now, userKey: null, note: null });
    saveAlert(writer, alert, life, alert.life.state === 'resolved' ? alert.userKey : null);
  }
}

/** The same for a lead that was just judged, where its alerts are others than before. */
export function keepAlertsOf(writer: Writer, leadKey: number, { score }: Judgement, before: { readonly owned: boolean; readonly alerts: number | null }, limits: AlertLimits, now: number): void {
  const raised = raisedAlerts(score.band, score.blockers, before.owned);
  const mask = alertMask(raised);
  if (mask === (before.alerts ?? 0)) return;
  saveAlertMask(writer, leadKey, null, mask);
  keepAlerts(writer, { leadKey, raised, first: before.alerts === null }, limits, now);
}

/** Leads whose alerts are looked at in one statement: it takes a few milliseconds where none of them has aged. */
const leadsPerLook = 20_000;
/** Alerts that are moved in one transaction: it stays under 50 ms. */
const alertsPerTurn = 500;

/** Lets time do what it alone does to alerts: snoozes end, and what waited too long goes to the manager. */
export async function ageAlerts(store: Store, limits: AlertLimits, now: number, checkpoint: Checkpoint): Promise<{ readonly woken: number; readonly escalated: number }> {
  const counts = { woken: 0, escalated: 0 };
  const furthest = { snooze: now + longestSnooze, due: { 1: now + limitOf(1, limits), 2: now + limitOf(2, limits), 3: now + limitOf(3, limits) } };
  const lastLead = lastAlertedLead(store);
  let after = { leadKey: 0, cause: -1 };
  for (let until = Math.min(lastLead, leadsPerLook); ; ) {
    const aging = agingAlerts(store, now, furthest, after, until, alertsPerTurn);
    const last = aging.at(-1);
    if (last === undefined) {
      if (until >= lastLead) return counts;
      after = { leadKey: until + 1, cause: -1 };
      until = Math.min(lastLead, until + leadsPerLook);
      await breathe();
      continue;
    }
    after = { leadKey: last.leadKey, cause: last.cause };
    store.transaction((writer) => {
      for (const alert of aging) {
        const { life, step } = age(alert.life, now, limits);
        if (step !== null) insertAlertEvent(writer, alert, { id: null, step, at: now, userKey: null, note: null });
        if (step === 'woke') counts.woken += 1;
        if (step === 'escalated') counts.escalated += 1;
        if (life !== alert.life) saveAlert(writer, alert, life, step === 'woke' ? null : alert.userKey);
      }
    });
    checkpoint(counts.woken + counts.escalated, 0, 'Looking at alerts');
    await breathe();
  }
}
