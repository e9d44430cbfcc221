import { DateTime } from 'luxon';
import { isoOf } from '#domain/learning/calendar';
import type { CohortKind, ComparedStudent } from '#domain/learning/comparison/comparison';
import { type CourseMember, forgetAnalytics, keepAnalytics, memberNames, membersOf, peekAnalytics } from '#main/store/learning/comparison';
import type { Reader, Writer } from '#main/store/tx';

/** How long a comparison holds. */
export const comparisonHolds = 3_600_000;

/** The cohorts of somebody; null where there is none of the kind. */
export type CohortsOf = Readonly<Record<CohortKind, string | null>>;

/** Somebody who may be compared with, in their cohorts. */
export interface CohortMember extends ComparedStudent {
  readonly cohorts: CohortsOf;
}

/**
 * The cohorts that a student belongs to: all, those who began in the same month, those whose exams lie in the same month. Null where there is
 * no date of an exam.
 */
export function cohortOf({ beganOn, examDay }: Pick<CourseMember, 'beganOn' | 'examDay'>, timeZone: string): CohortsOf {
  return {
    global: '',
    temporal: DateTime.fromMillis(beganOn, { zone: timeZone }).toFormat('yyyy-MM'),
    goal: examDay === null ? null : isoOf(examDay).slice(0, 7),
  };
}

type KeptMember = readonly [userKey: number, metrics: ComparedStudent['metrics'], domains: readonly (readonly [number, number])[], cohorts: CohortsOf];

/**
 * Works out the members of a course with their cohorts, and keeps them until they are worked out anew. They follow from what the run of each night
 * writes and from who takes part, so both call this in their own transaction: whoever asks for a comparison never waits for it.
 */
export function keepMembers(writer: Writer, courseKey: number, timeZone: string, now: number): CohortMember[] {
  const members = membersOf(writer, courseKey).map((member): CohortMember => ({ userKey: member.userKey, metrics: member.metrics, domains: member.domains, cohorts: cohortOf(member, timeZone) }));
  const kept = members.map(({ userKey, metrics, domains, cohorts }): KeptMember => [userKey, metrics, [...domains], cohorts]);
  forgetAnalytics(writer, memberNames.course(courseKey));
  keepAnalytics(writer, memberNames.within(courseKey, timeZone), kept, now, Number.MAX_SAFE_INTEGER);
  return members;
}

/** The members of a course as they are kept, or null where they have to be worked out: every student of it is compared with the same ones. */
export function keptMembers(reader: Reader, courseKey: number, timeZone: string, now: number): CohortMember[] | null {
  const kept = peekAnalytics(reader, memberNames.within(courseKey, timeZone), now) as readonly KeptMember[] | null;
  return kept?.map(([userKey, metrics, domains, cohorts]) => ({ userKey, metrics, domains: new Map(domains), cohorts })) ?? null;
}
