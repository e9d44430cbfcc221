import { setImmediate as breathe } from 'node:timers/promises';
import type { Checkpoint } from '#domain/kernel/checkpoint';
import { benchmarkOf, type CohortKind, cohortKinds, comparedMetrics } from '#domain/learning/comparison/comparison';
import { studyCalendar } from '#domain/learning/calendar';
import { outcomeColumns } from '#domain/learning/readiness/readiness';
import { interventionsFor, type InterventionCause } from '#domain/learning/recommendations/interventions';
import type { RowScope } from '#main/app/scope';
import { comparisonNames, forgetAnalytics, saveCohorts } from '#main/store/learning/comparison';
import { courseByKey } from '#main/store/learning/evidence';
import { keepHeatmap, keepInterventions, saveMasteryPrediction, savePrediction, saveSnapshot, snapshotState } from '#main/store/learning/standing';
import { studentByKey, studentsWithAnswers } from '#main/store/learning/students';
import type { Store } from '#main/store/open';
import { type CohortMember, keepMembers } from './cohorts';
import { heatmapOf, keptWeeks } from './heatmaps';
import { masteryOf } from './mastery';
import { configurationOf, type Evidence, evidenceOf, readinessOf, type StandingConfiguration } from './standing';

/** What a student's record asks for. */
export function interventionsOf(evidence: Evidence, chance: number | null, { recommendations }: Pick<StandingConfiguration, 'recommendations'>): InterventionCause[] {
  const { attempts, facts, record, calendar, minutesSince } = evidence;
  return interventionsFor(
    {
      attempts,
      today: facts.today,
      activeDays: facts.activeDays,
      hoursLastWeek: minutesSince(calendar.startOf(facts.today - 6)) / 60,
      hoursAWeek: record.goal?.hoursAWeek ?? null,
      examDay: facts.examDay,
      chance,
    },
    recommendations,
  );
}

export interface RefreshParts {
  readonly store: Store;
  readonly scope: RowScope;
  readonly timeZone: string;
  readonly newId: () => string;
  readonly now: number;
  readonly checkpoint: Checkpoint;
  /** Also those whose figures are of today and who answered nothing since. */
  readonly all: boolean;
}

/**
 * Works out the figures of every student within a scope and keeps them, one student a transaction; then sums up the cohorts. A student who did
 * nothing since is done again on a new day, because days without study count too.
 */
export async function refreshStanding({ store, scope, timeZone, newId, now, checkpoint, all }: RefreshParts): Promise<{ readonly students: number; readonly interventions: number }> {
  const configuration = configurationOf(store);
  const today = studyCalendar(timeZone).dayOf(now);
  const due = studentsWithAnswers(store, scope).filter(({ userKey, courseKey, lastAt }) => {
    const kept = snapshotState(store, userKey, courseKey);
    return all || kept?.day !== today || lastAt > kept.at;
  });
  let opened = 0;
  for (const [done, { userKey, courseKey }] of due.entries()) {
    checkpoint(done, due.length, 'Working out where students stand');
    const student = studentByKey(store, userKey);
    const course = student === null ? null : courseByKey(store, student, courseKey);
    if (student === null || course === null) continue;
    const evidence = evidenceOf(store, student, course, timeZone, now);
    const { attempts, facts, outline } = evidence;
    const { estimate, features, work } = readinessOf(evidence, configuration);
    const causes = interventionsOf(evidence, estimate?.chance ?? null, configuration);
    const mastery = masteryOf(evidence, configuration.mastery);
    const place = { userKey, courseKey, day: today };
    const maps = (['domainByWeek', 'topicByDifficulty'] as const).map((kind) => ({ kind, map: heatmapOf(evidence, kind, keptWeeks) }));
    const domains = Object.fromEntries(
      outline.domains.map(({ key }): [string, [number, number]] => {
        const own = attempts.filter(({ domainKey }) => domainKey === key);
        return [String(key), [own.length, own.filter(({ correct }) => correct).length]];
      }),
    );
    store.transaction((writer) => {
      const accuracy = attempts.length === 0 ? null : attempts.filter(({ correct }) => correct).length / attempts.length;
      saveSnapshot(writer, newId(), { ...place, answers: attempts.length, accuracy, studyHours: features.studyHours ?? 0, streak: features.streak ?? 0, lastStudyDay: facts.activeDays.at(-1) ?? null, beganAt: attempts[0]?.at ?? null, examDay: facts.examDay, domains }, now);
      savePrediction(writer, newId(), { ...place, chance: estimate?.chance ?? null, low: estimate?.low ?? null, high: estimate?.high ?? null, simulated: estimate?.simulated.chance ?? null, answers: attempts.length, features: work === null ? features : outcomeColumns(features, work) }, now);
      for (const { domainKey, estimate: told } of mastery) saveMasteryPrediction(writer, { ...place, domainKey }, told);
      for (const { kind, map } of maps) keepHeatmap(writer, userKey, courseKey, kind, today, attempts.length, map);
      opened += keepInterventions(writer, { userKey, courseKey }, causes, newId, now);
    });
    await breathe();
  }
  for (const courseKey of new Set(due.map((each) => each.courseKey))) {
    sumUpCohorts(store, courseKey, timeZone, now);
    await breathe();
  }
  return { students: due.length, interventions: opened };
}

/** Who belongs to which cohort of a course, and what each cohort of five or more comes to. */
function sumUpCohorts(store: Store, courseKey: number, timeZone: string, now: number): void {
  const members = store.transaction((writer) => {
    forgetAnalytics(writer, comparisonNames.course(courseKey));
    return keepMembers(writer, courseKey, timeZone, now);
  });
  const assignments = members.flatMap(({ userKey, cohorts }) => cohortKinds.flatMap((kind) => (cohorts[kind] === null ? [] : [{ userKey, kind, cohort: cohorts[kind] }])));
  const groups = new Map<string, { readonly kind: CohortKind; readonly cohort: string; readonly members: CohortMember[] }>();
  for (const member of members) {
    for (const kind of cohortKinds) {
      const cohort = member.cohorts[kind];
      if (cohort === null) continue;
      const group = groups.get(`${kind} ${cohort}`) ?? { kind, cohort, members: [] };
      group.members.push(member);
      groups.set(`${kind} ${cohort}`, group);
    }
  }
  const benchmarks = [...groups.values()].flatMap(({ kind, cohort, members: some }) => {
    const domainKeys = [...new Set(some.flatMap(({ domains }) => [...domains.keys()]))];
    const figures = [
      ...comparedMetrics.map((metric) => ({ metric, values: some.flatMap(({ metrics }) => metrics[metric] ?? []) })),
      ...domainKeys.map((key) => ({ metric: `domain ${String(key)}`, values: some.flatMap(({ domains }) => domains.get(key) ?? []) })),
    ];
    return figures.flatMap(({ metric, values }) => {
      const benchmark = benchmarkOf(values);
      return benchmark === null ? [] : [{ kind, cohort, metric, benchmark }];
    });
  });
  store.transaction((writer) => {
    saveCohorts(writer, courseKey, assignments, benchmarks, now);
  });
}
