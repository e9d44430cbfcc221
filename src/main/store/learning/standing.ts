import type { MasteryEstimate } from '#domain/learning/mastery/mastery';
import type { HeatmapKind } from '#domain/learning/heatmaps/heatmaps';
import type { InterventionCause } from '#domain/learning/recommendations/interventions';
import { idBytes } from '../ids';
import type { Reader, Writer } from '../tx';
import type { Student } from './students';

/** A student's figures on a study day, as they are kept. */
export interface Snapshot {
  readonly userKey: number;
  readonly courseKey: number;
  readonly day: number;
  readonly answers: number;
  readonly accuracy: number | null;
  readonly studyHours: number;
  readonly streak: number;
  readonly lastStudyDay: number | null;
  /** The first answer; null before it. */
  readonly beganAt: number | null;
  readonly examDay: number | null;
  readonly domains: Readonly<Record<string, readonly [answers: number, correct: number]>>;
}

/** The chance of passing as it was told on a day. */
export interface Prediction {
  readonly userKey: number;
  readonly courseKey: number;
  readonly day: number;
  readonly chance: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly simulated: number | null;
  readonly answers: number;
  readonly features: object;
}

export function saveSnapshot(writer: Writer, id: string, snapshot: Snapshot, now: number): void {
  writer.run(
    `insert into student_performance_snapshots (id, user_key, course_key, day, answers, accuracy, study_hours, streak, last_study_day, exam_day, domains, began_at, at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (user_key, course_key, day) do update set answers = excluded.answers, accuracy = excluded.accuracy, study_hours = excluded.study_hours, streak = excluded.streak,
       last_study_day = excluded.last_study_day, exam_day = excluded.exam_day, domains = excluded.domains, began_at = excluded.began_at, at = excluded.at`,
    idBytes(id),
    snapshot.userKey,
    snapshot.courseKey,
    snapshot.day,
    snapshot.answers,
    snapshot.accuracy,
    snapshot.studyHours,
    snapshot.streak,
    snapshot.lastStudyDay,
    snapshot.examDay,
    JSON.stringify(snapshot.domains),
    snapshot.beganAt,
    now,
  );
}

export function savePrediction(writer: Writer, id: string, prediction: Prediction, now: number): void {
  writer.run(
    `insert into pass_probability_predictions (id, user_key, course_key, day, chance, low, high, simulated, answers, features, at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (user_key, course_key, day) do update set chance = excluded.chance, low = excluded.low, high = excluded.high, simulated = excluded.simulated,
       answers = excluded.answers, features = excluded.features, at = excluded.at`,
    idBytes(id),
    prediction.userKey,
    prediction.courseKey,
    prediction.day,
    prediction.chance,
    prediction.low,
    prediction.high,
    prediction.simulated,
    prediction.answers,
    JSON.stringify(prediction.features),
    now,
  );
}

export function saveMasteryPrediction(writer: Writer, place: { readonly userKey: number; readonly courseKey: number; readonly domainKey: number; readonly day: number }, { state, now, questions, days }: MasteryEstimate): void {
  writer.run(
    `insert into mastery_predictions (user_key, course_key, domain_key, day, state, share, questions, days) values (?, ?, ?, ?, ?, ?, ?, ?)
     on conflict (user_key, domain_key, day) do update set state = excluded.state, share = excluded.share, questions = excluded.questions, days = excluded.days`,
    place.userKey,
    place.courseKey,
    place.domainKey,
    place.day,
    state,
    now?.share ?? null,
    questions?.middle ?? null,
    days?.middle ?? null,
  );
}

/** Brings a student's open interventions in step with what is seen now. @returns how many were opened */
export function keepInterventions(writer: Writer, student: { readonly userKey: number; readonly courseKey: number }, causes: readonly InterventionCause[], newId: () => string, now: number): number {
  const open = writer.all<{ key: number; intervention: string }>('select key, intervention from intervention_alerts where user_key = ? and course_key = ? and closed_at is null', student.userKey, student.courseKey);
  for (const { key, intervention } of open) {
    const cause = causes.find((each) => each.intervention === intervention);
    if (cause === undefined) writer.run('update intervention_alerts set closed_at = ? where key = ?', now, key);
    else writer.run('update intervention_alerts set evidence = ?, priority = ? where key = ?', JSON.stringify(cause.evidence), cause.priority, key);
  }
  const fresh = causes.filter(({ intervention }) => !open.some((each) => each.intervention === intervention));
  for (const { intervention, priority, evidence } of fresh) {
    writer.run(
      'insert into intervention_alerts (id, user_key, course_key, intervention, priority, evidence, opened_at) values (?, ?, ?, ?, ?, ?, ?)',
      idBytes(newId()),
      student.userKey,
      student.courseKey,
      intervention,
      priority,
      JSON.stringify(evidence),
      now,
    );
  }
  return fresh.length;
}

/** When a student's figures in a course were last worked out; null where they never were. */
export function snapshotState(reader: Reader, userKey: number, courseKey: number): { readonly day: number; readonly at: number } | null {
  return reader.get<{ day: number; at: number }>('select day, at from student_performance_snapshots where user_key = ? and course_key = ? order by day desc limit 1', userKey, courseKey) ?? null;
}

/** The chances that were told on earlier days, the oldest first. */
export function predictionsOf(reader: Reader, student: Student, courseKey: number, since: number): { readonly day: number; readonly chance: number | null; readonly low: number | null; readonly high: number | null }[] {
  return reader.all('select day, chance, low, high from pass_probability_predictions where user_key = ? and course_key = ? and day >= ? order by day', student.key, courseKey, since);
}

/** What was said about mastery on the newest day up to a given one, by domain. */
export function masteryPredictionsOf(reader: Reader, student: Student, courseKey: number, until: number): ReadonlyMap<number, { readonly day: number; readonly days: number | null; readonly share: number | null }> {
  return new Map(
    reader
      .all<{ domainKey: number; day: number; days: number | null; share: number | null }>(
        `select domain_key as domainKey, day, days, share from mastery_predictions m where user_key = ? and course_key = ?
         and day = (select max(day) from mastery_predictions n where n.user_key = m.user_key and n.domain_key = m.domain_key and n.day <= ?)`,
        student.key,
        courseKey,
        until,
      )
      .map(({ domainKey, ...prediction }) => [domainKey, prediction]),
  );
}

/** A kept heatmap, where nothing was answered since and the day is the same. */
export function keptHeatmap(reader: Reader, student: Student, courseKey: number, kind: HeatmapKind, day: number, answers: number): unknown {
  const value = reader.value<string>('select value from performance_heatmaps where user_key = ? and course_key = ? and kind = ? and day = ? and answers = ?', student.key, courseKey, kind, day, answers);
  return value === undefined ? null : (JSON.parse(value) as unknown);
}

export function keepHeatmap(writer: Writer, userKey: number, courseKey: number, kind: HeatmapKind, day: number, answers: number, value: object): void {
  writer.run('insert or replace into performance_heatmaps (user_key, course_key, kind, day, answers, value) values (?, ?, ?, ?, ?, ?)', userKey, courseKey, kind, day, answers, JSON.stringify(value));
}
