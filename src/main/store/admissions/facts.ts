import { unpackReach } from '#domain/admissions/leads/reach';
import { type Signal, signals } from '#domain/admissions/leads/signals';
import { stages } from '#domain/admissions/leads/stages';
import type { CourseFacts, LeadFacts } from '#domain/admissions/triage/facts';
import type { KeptScore } from '#domain/admissions/triage/kept';
import type { PackedNames } from '#domain/admissions/triage/packed';
import type { RowScope } from '#main/app/scope';
import { idText } from '../ids';
import type { Reader } from '../tx';
import { allOf, leadScope } from './scope';

/** The column of each signal. */
export const signalColumns = {
  emailOpens: 'email_opens',
  emailClicks: 'email_clicks',
  eventsAttended: 'events_attended',
  portalLogins: 'portal_logins',
  webVisits: 'web_visits',
  webTime: 'web_time',
  pagesPerVisit: 'pages_per_visit',
  conversations: 'conversations',
} as const satisfies Readonly<Record<Signal, string>>;

/** A lead's facts with its score as it is kept, to see whether a new one differs. */
export interface ScoredFacts {
  readonly key: number;
  readonly facts: LeadFacts;
  readonly kept: KeptScore | null;
  readonly owned: boolean;
  /** The mask of the alerts that are kept, null before the first run. */
  readonly alerts: number | null;
}

type StoredFacts = Readonly<Record<string, number | null>> & {
  readonly key: number;
  readonly id: Buffer;
  readonly stage: number;
  readonly reach: number;
  readonly score: number | null;
};

const selectFacts = `
  select l.key, l.id, l.stage, l.converted, l.reach, l.source_key, l.course_key, l.last_activity_at,
         ${signals.map((signal) => `l.${signalColumns[signal]} as ${signal}`).join(', ')},
         l.score, l.probability, l.confidence, l.eta_days, l.blockers, l.owner_key, l.alerts
  from leads l`;

/** Names for the leads of a few keys, without counting every course. */
function namesFor(reader: Reader, rows: readonly StoredFacts[]): PackedNames {
  const courses = new Map<number, CourseFacts>();
  const sources = new Map<number, string>();
  for (const { course_key: course, source_key: source } of rows) {
    if (typeof course === 'number' && !courses.has(course)) courses.set(course, courseFacts(reader, course));
    if (typeof source === 'number' && !sources.has(source)) {
      sources.set(source, reader.value<string>('select name from sources where key = ?', source) ?? '');
    }
  }
  return { courses, sources };
}

/** One course as the rules see it; places are counted only where somebody has said how many there are. */
export function courseFacts(reader: Reader, key: number): CourseFacts {
  const name = reader.value<string>('select name from courses where key = ?', key) ?? '';
  const capacity = reader.value<number | null>('select sum(places) from course_capacities where course_key = ?', key) ?? null;
  const taken = capacity === null ? 0 : (reader.value<number>('select count(*) from leads l where l.course_key = ? and l.stage in (5, 6) and l.merged_into is null', key) ?? 0);
  return { name, capacity, taken };
}

function asFacts(row: StoredFacts, names: PackedNames): ScoredFacts {
  const totals: Partial<Record<Signal, number>> = {};
  for (const signal of signals) {
    const total = row[signal];
    if (typeof total === 'number') totals[signal] = total;
  }
  const source = row.source_key;
  const course = row.course_key;
  return {
    key: row.key,
    facts: {
      leadId: idText(row.id),
      stage: stages[row.stage] ?? 'enquiry',
      converted: typeof row.converted === 'number' ? row.converted === 1 : null,
      ...unpackReach(row.reach),
      source: typeof source === 'number' ? { key: String(source), name: names.sources.get(source) ?? '' } : null,
      signals: totals,
      lastActivityAt: row.last_activity_at ?? null,
      course: typeof course === 'number' ? (names.courses.get(course) ?? null) : null,
    },
    owned: row.owner_key !== null,
    alerts: row.alerts ?? null,
    kept:
      row.score === null
        ? null
        : {
            score: row.score,
            probability: row.probability ?? 0,
            confidence: row.confidence ?? 0,
            etaDays: row.eta_days ?? null,
            blockers: row.blockers ?? 0,
          },
  };
}

/** The facts of leads by key, within a scope. */
export function factsOf(reader: Reader, scope: RowScope, keys: readonly number[]): ScoredFacts[] {
  const which = allOf([leadScope(scope), { sql: 'l.key in (select value from json_each(?))', params: [JSON.stringify(keys)] }]);
  const rows = reader.all<StoredFacts>(`${selectFacts} where ${which.sql}`, ...which.params);
  const names = namesFor(reader, rows);
  const byKey = new Map(rows.map((row) => [row.key, asFacts(row, names)]));
  return keys.flatMap((key) => byKey.get(key) ?? []);
}
