import { alertStates, type AlertLife, type AlertStep } from '#domain/admissions/alerts/lifecycle';
import type { AlertLevel } from '#domain/admissions/alerts/derive';
import type { RaisedAlert } from '#domain/admissions/alerts/causes';
import { severities, type Severity } from '#domain/admissions/triage/blockers';
import type { Phrase } from '#domain/kernel/phrase';
import type { RowScope } from '#main/app/scope';
import { idBytes } from '../ids';
import type { Reader, Writer } from '../tx';
import { readableLeads } from './scope';

/** An alert as it is kept. */
export interface StoredAlert {
  readonly leadKey: number;
  readonly cause: number;
  readonly severity: Severity;
  readonly evidence: Phrase['params'];
  readonly life: AlertLife;
  readonly userKey: number | null;
  readonly revision: number;
}

interface AlertRow {
  readonly lead_key: number;
  readonly cause: number;
  readonly level: AlertLevel;
  readonly severity: number;
  readonly state: number;
  readonly present: number;
  readonly evidence: string;
  readonly opened_at: number;
  readonly due_at: number;
  readonly acknowledged_at: number | null;
  readonly snoozed_until: number | null;
  readonly resolved_at: number | null;
  readonly escalated_at: number | null;
  readonly told_at: number | null;
  readonly manager_told_at: number | null;
  readonly user_key: number | null;
  readonly revision: number;
}

function asAlert(row: AlertRow): StoredAlert {
  return {
    leadKey: row.lead_key,
    cause: row.cause,
    severity: severities[row.severity] ?? 'low',
    evidence: JSON.parse(row.evidence) as Phrase['params'],
    life: {
      level: row.level,
      state: alertStates[row.state] ?? 'open',
      present: row.present === 1,
      openedAt: row.opened_at,
      dueAt: row.due_at,
      acknowledgedAt: row.acknowledged_at,
      snoozedUntil: row.snoozed_until,
      resolvedAt: row.resolved_at,
      escalatedAt: row.escalated_at,
      toldAt: row.told_at,
      managerToldAt: row.manager_told_at,
    },
    userKey: row.user_key,
    revision: row.revision,
  };
}

/** All alerts that a lead ever had. The lead was found within a scope, or is judged by the program itself. */
export function alertsOfLead(reader: Reader, leadKey: number): StoredAlert[] {
  return reader.all<AlertRow>('select * from alerts where lead_key = ? order by cause', leadKey).map(asAlert);
}

/** One alert of a lead that the actor may touch, or null. */
export function findAlert(reader: Reader, scope: RowScope, leadId: string, cause: number): StoredAlert | null {
  const readable = readableLeads(reader, scope);
  const row = reader.get<AlertRow>(
    `select a.* from leads l join alerts a on a.lead_key = l.key where l.id = ? and a.cause = ? and ${readable.sql}`,
    idBytes(leadId),
    cause,
    ...readable.params,
  );
  return row === undefined ? null : asAlert(row);
}

/** Alerts whose keys were selected within a scope, in the order in which they are named. */
export function alertsOfSelected(reader: Reader, selected: readonly { readonly leadKey: number; readonly cause: number }[]): StoredAlert[] {
  return selected.flatMap(({ leadKey, cause }) => {
    const row = reader.get<AlertRow>('select * from alerts where lead_key = ? and cause = ?', leadKey, cause);
    return row === undefined ? [] : [asAlert(row)];
  });
}

const insertRow = `
  insert into alerts (lead_key, cause, level, severity, state, present, evidence, opened_at, due_at) values (?, ?, ?, ?, 0, 1, ?, ?, ?)`;

/** Adds the first alert of a lead for a cause. */
export function insertAlert(writer: Writer, leadKey: number, { cause, severity, evidence }: RaisedAlert, { level, openedAt, dueAt }: AlertLife): void {
  writer.run(insertRow, leadKey, cause, level, severities.indexOf(severity), JSON.stringify(evidence), openedAt, dueAt);
}

/** Writes where an alert is now. `raised` renews its evidence, `userKey` says who moved it; null means that it moved by itself. */
export function saveAlert(writer: Writer, alert: StoredAlert, life: AlertLife, userKey: number | null, raised?: Pick<RaisedAlert, 'severity' | 'evidence'>): void {
  writer.run(
    `update alerts set level = ?, severity = ?, state = ?, present = ?, evidence = ?, opened_at = ?, due_at = ?, acknowledged_at = ?, snoozed_until = ?,
       resolved_at = ?, escalated_at = ?, told_at = ?, manager_told_at = ?, user_key = ?, revision = revision + 1
     where lead_key = ? and cause = ?`,
    life.level,
    severities.indexOf(raised?.severity ?? alert.severity),
    alertStates.indexOf(life.state),
    life.present ? 1 : 0,
    JSON.stringify(raised?.evidence ?? alert.evidence),
    life.openedAt,
    life.dueAt,
    life.acknowledgedAt,
    life.snoozedUntil,
    life.resolvedAt,
    life.escalatedAt,
    life.toldAt,
    life.managerToldAt,
    userKey,
    alert.leadKey,
    alert.cause,
  );
}

export interface AlertEvent {
  /** Null for what happened by itself. */
  readonly id: string | null;
  readonly step: AlertStep;
  readonly at: number;
  readonly userKey: number | null;
  readonly note: string | null;
}

/** Adds a step to an alert's history, with what it was before. */
export function insertAlertEvent(writer: Writer, alert: StoredAlert, { id, step, at, userKey, note }: AlertEvent): void {
  writer.run(
    'insert into alert_events (id, lead_key, cause, step, at, user_key, note, before) values (?, ?, ?, ?, ?, ?, ?, ?)',
    id === null ? null : idBytes(id),
    alert.leadKey,
    alert.cause,
    step,
    at,
    userKey,
    note,
    JSON.stringify({ ...alert.life, userKey: alert.userKey }),
  );
}

export interface LastStep {
  readonly step: AlertStep;
  readonly at: number;
  readonly userKey: number | null;
  readonly userName: string | null;
  readonly note: string | null;
  readonly before: AlertLife & { readonly userKey: number | null };
}

/** The last step of an alert that was found within a scope, or null where it has only been opened. */
export function lastStepOf(reader: Reader, leadKey: number, cause: number): LastStep | null {
  const row = reader.get<Omit<LastStep, 'before'> & { readonly before: string }>(
    `select e.step, e.at, e.user_key as userKey, nullif(trim(coalesce(p.given_name, '') || ' ' || coalesce(p.family_name, '')), '') as userName, e.note, e.before
     from alert_events e left join users u on u.key = e.user_key left join people p on p.key = u.person_key
     where e.lead_key = ? and e.cause = ? order by e.key desc limit 1`,
    leadKey,
    cause,
  );
  return row === undefined ? null : { ...row, before: JSON.parse(row.before) as LastStep['before'] };
}

/** The latest moments that are no sign of a clock that was ahead: of a snooze, and of what is due, by level. UTC milliseconds. */
export interface Furthest {
  readonly snooze: number;
  readonly due: Readonly<Record<AlertLevel, number>>;
}

/** The last lead that ever had an alert, or 0. */
export function lastAlertedLead(reader: Reader): number {
  return reader.value<number | null>('select max(lead_key) from alerts') ?? 0;
}

/** Alerts that time alone may move by now, or that a clock which was set back holds; some at a time, beyond the last and up to a lead. */
export function agingAlerts(reader: Reader, now: number, furthest: Furthest, after: { readonly leadKey: number; readonly cause: number }, lastLead: number, limit: number): StoredAlert[] {
  return reader
    .all<AlertRow>(
      `select * from alerts
       where (lead_key, cause) > (?, ?) and lead_key <= ? and state <> 3
         and (state = 2 and (snoozed_until <= ? or snoozed_until > ?) or state <> 2 and escalated_at is null
           and (due_at <= ? or due_at > case level when 1 then ? when 2 then ? else ? end))
       order by lead_key, cause limit ?`,
      after.leadKey,
      after.cause,
      lastLead,
      now,
      furthest.snooze,
      now,
      furthest.due[1],
      furthest.due[2],
      furthest.due[3],
      limit,
    )
    .map(asAlert);
}
