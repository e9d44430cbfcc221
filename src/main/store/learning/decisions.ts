import type { Priority, RecommendationKind } from '#domain/learning/recommendations/recommend';
import { idBytes, idText } from '../ids';
import type { Reader, Writer } from '../tx';
import type { Student } from './students';

/** What a student decided about a recommendation. */
export interface Decision {
  readonly cause: string;
  readonly kind: RecommendationKind;
  readonly priority: Priority;
  readonly state: 'completed' | 'dismissed';
  readonly domainKey: number | null;
  readonly topicKey: number | null;
  /** Answers on what it is about, up to then. */
  readonly answersBefore: number;
  readonly correctBefore: number;
  readonly decidedAt: number;
}

/** The decisions of a student in a course, the newest first. */
export function decisionsOf(reader: Reader, student: Student, courseKey: number): Decision[] {
  return reader.all<Decision>(
    `select cause, kind, priority, state, domain_key as domainKey, topic_key as topicKey, answers_before as answersBefore, correct_before as correctBefore, decided_at as decidedAt
     from study_recommendations where user_key = ? and course_key = ? order by decided_at desc, key desc`,
    student.key,
    courseKey,
  );
}

/** Keeps a decision in place of an earlier one about the same cause. */
export function saveDecision(writer: Writer, id: string, student: Student, courseKey: number, decision: Decision): void {
  removeDecision(writer, student, courseKey, decision.cause);
  writer.run(
    `insert into study_recommendations (id, user_key, course_key, cause, kind, priority, state, domain_key, topic_key, answers_before, correct_before, decided_at)
     values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
    idBytes(id),
    student.key,
    courseKey,
    decision.cause,
    decision.kind,
    decision.priority,
    decision.state,
    decision.domainKey,
    decision.topicKey,
    decision.answersBefore,
    decision.correctBefore,
    decision.decidedAt,
  );
}

/** Takes a decision back. @returns whether there was one */
export function removeDecision(writer: Writer, student: Student, courseKey: number, cause: string): boolean {
  return writer.run('delete from study_recommendations where user_key = ? and course_key = ? and cause = ?', student.key, courseKey, cause).changes > 0;
}

export type ConfigurationName = 'readiness' | 'mastery' | 'recommendations';

/** A version of an engine's numbers. */
export interface StoredConfiguration {
  readonly id: string;
  readonly value: unknown;
  readonly note: string;
  readonly at: number;
}

/** The numbers that hold for an engine: the newest version, or null where nobody changed the defaults. */
export function currentConfiguration(reader: Reader, name: ConfigurationName): StoredConfiguration | null {
  const row = reader.get<{ id: Uint8Array; value: string; note: string; at: number }>('select id, value, note, at from learning_configurations where name = ? order by key desc limit 1', name);
  return row === undefined ? null : { ...row, id: idText(row.id), value: JSON.parse(row.value) as unknown };
}

export function insertConfiguration(writer: Writer, id: string, name: ConfigurationName, value: object | null, userKey: number, note: string, now: number): void {
  writer.run('insert into learning_configurations (id, name, value, user_key, note, at) values (?, ?, ?, ?, ?, ?)', idBytes(id), name, JSON.stringify(value), userKey, note, now);
}
