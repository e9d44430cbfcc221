import type { LabState } from '#domain/learning/labs/console';
import type { Reader, Writer } from '../tx';

/** How far a user is with a section. */
export interface SectionProgress {
  readonly sectionKey: number;
  readonly readAt: number | null;
  readonly bestShare: number | null;
  readonly passedAt: number | null;
  readonly tries: number;
}

/** The sections of a course that a user began. */
export function sectionProgress(reader: Reader, userKey: number, courseKey: number): Map<number, SectionProgress> {
  const rows = reader.all<SectionProgress>(
    `select p.section_key as sectionKey, p.read_at as readAt, p.best_share as bestShare, p.passed_at as passedAt, p.tries
     from study_section_progress p join study_sections s on s.key = p.section_key join study_modules m on m.key = s.module_key
     where p.user_key = ? and m.course_key = ?`,
    userKey,
    courseKey,
  );
  return new Map(rows.map((row) => [row.sectionKey, row]));
}

export function saveSectionRead(writer: Writer, userKey: number, sectionKey: number, now: number): void {
  writer.run(
    'insert into study_section_progress (user_key, section_key, read_at) values (?, ?, ?) on conflict do update set read_at = coalesce(read_at, excluded.read_at)',
    userKey,
    sectionKey,
    now,
  );
}

/** Keeps the best of a section's checks, and when it was first passed. */
export function saveSectionCheck(writer: Writer, userKey: number, sectionKey: number, share: number, passed: boolean, now: number): void {
  writer.run(
    `insert into study_section_progress (user_key, section_key, best_share, passed_at, tries) values (?, ?, ?, ?, 1)
     on conflict do update set best_share = max(coalesce(best_share, 0), excluded.best_share), passed_at = coalesce(passed_at, excluded.passed_at), tries = tries + 1`,
    userKey,
    sectionKey,
    share,
    passed ? now : null,
  );
}

/** How far a user is with a lab. */
export interface LabProgress {
  readonly labKey: number;
  readonly state: LabState;
  readonly startedAt: number;
  readonly doneAt: number | null;
}

const selectLabProgress = 'select lab_key as labKey, state, started_at as startedAt, done_at as doneAt from study_lab_progress';

const asLabProgress = ({ state, ...row }: Omit<LabProgress, 'state'> & { readonly state: string }): LabProgress => ({ ...row, state: JSON.parse(state) as LabState });

export function labProgress(reader: Reader, userKey: number, labKey: number): LabProgress | null {
  const row = reader.get<Omit<LabProgress, 'state'> & { state: string }>(`${selectLabProgress} where user_key = ? and lab_key = ?`, userKey, labKey);
  return row === undefined ? null : asLabProgress(row);
}

/** The labs that a user began, by key. */
export function labsBegun(reader: Reader, userKey: number): Map<number, LabProgress> {
  return new Map(reader.all<Omit<LabProgress, 'state'> & { state: string }>(`${selectLabProgress} where user_key = ?`, userKey).map((row) => [row.labKey, asLabProgress(row)]));
}

/** Keeps the state of a lab; that it was done once stays. */
export function saveLab(writer: Writer, userKey: number, labKey: number, state: LabState, done: boolean, now: number): void {
  writer.run(
    `insert into study_lab_progress (user_key, lab_key, state, started_at, last_at, done_at) values (?, ?, ?, ?, ?, ?)
     on conflict do update set state = excluded.state, last_at = excluded.last_at, done_at = coalesce(done_at, excluded.done_at)`,
    userKey,
    labKey,
    JSON.stringify(state),
    now,
    now,
    done ? now : null,
  );
}
