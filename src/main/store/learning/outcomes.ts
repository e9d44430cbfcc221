import type { OwnRegression } from '#domain/learning/readiness/outcomes';
import { idText } from '../ids';
import type { Reader, Writer } from '../tx';

/** What was told of a student on a day before an exam whose outcome came. */
export interface ToldBefore {
  readonly goalKey: number;
  readonly userKey: number;
  readonly courseId: string;
  readonly style: string;
  readonly hoursAWeek: number;
  /** Exams of the course that the student had sat before. */
  readonly earlierExams: number;
  readonly passed: boolean;
  readonly features: Readonly<Record<string, number | null>>;
}

/** Exams that came out, and when any goal was changed last: what has to change before anything new can be learnt. */
export function outcomeState(reader: Reader): { readonly exams: number; readonly newest: number } {
  return reader.get<{ exams: number; newest: number }>("select count(*) filter (where outcome in ('passed', 'failed')) as exams, coalesce(max(updated_at), 0) as newest from student_goals") ?? { exams: 0, newest: 0 };
}

/**
 * The states in which students were told a chance before an exam that they passed or failed, exam by exam in the order of days. Of all students:
 * nothing is told of it but the numbers of a regression over 80 exams and more.
 */
export function toldBeforeExams(reader: Reader): ToldBefore[] {
  return reader
    .all<Omit<ToldBefore, 'courseId' | 'passed' | 'features'> & { readonly courseId: Uint8Array; readonly outcome: string; readonly features: string }>(
      `select g.key as goalKey, g.user_key as userKey, c.id as courseId, g.style, g.hours_a_week as hoursAWeek, g.outcome, p.features,
              (select count(*) from student_goals e where e.user_key = g.user_key and e.course_key = g.course_key and e.outcome in ('passed', 'failed') and e.closed_at < g.closed_at) as earlierExams
       from student_goals g join study_courses c on c.key = g.course_key
       join pass_probability_predictions p on p.user_key = g.user_key and p.course_key = g.course_key
       where g.outcome in ('passed', 'failed') and p.chance is not null and json_extract(p.features, '$.margin') is not null
         and p.at >= g.created_at and p.at < coalesce(unixepoch(g.exam_date) * 1000, g.closed_at)
       order by g.key, p.day`,
    )
    .map(({ courseId, outcome, features, ...told }) => ({ ...told, courseId: idText(courseId), passed: outcome === 'passed', features: JSON.parse(features) as ToldBefore['features'] }));
}

/** A regression on the workspace's own exams as it is kept. */
export type KeptRegression = Omit<OwnRegression, 'rows'> & { readonly at: number };

export function newestRegression(reader: Reader): KeptRegression | null {
  const row = reader.get<{ at: number; exams: number; passed: number; auc: number; brier: number; publishedAuc: number; publishedBrier: number; better: number; model: string }>(
    'select at, exams, passed, auc, brier, published_auc as publishedAuc, published_brier as publishedBrier, better, model from study_outcome_regressions order by key desc limit 1',
  );
  if (row === undefined) return null;
  const { at, exams, passed, auc, brier, publishedAuc, publishedBrier, better, model } = row;
  return { at, exams, passed, own: { auc, brier }, published: { auc: publishedAuc, brier: publishedBrier }, better: better === 1, model: JSON.parse(model) as KeptRegression['model'] };
}

export function insertRegression(writer: Writer, { model, exams, passed, rows, own, published, better }: OwnRegression, now: number): void {
  writer.run(
    'insert into study_outcome_regressions (at, exams, passed, moments, auc, brier, published_auc, published_brier, better, model) values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)',
    now,
    exams,
    passed,
    rows,
    own.auc,
    own.brier,
    published.auc,
    published.brier,
    better ? 1 : 0,
    JSON.stringify(model),
  );
}

/** Drops what was learnt, where too few outcomes are left. */
export function forgetRegressions(writer: Writer): void {
  writer.run('delete from study_outcome_regressions');
}
