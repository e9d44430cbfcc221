import type { CohortAnswer, comparisonEntries, PublishedCohort } from '#contract/learning/comparison';
import { type CohortKind, cohortKinds, type ComparedStudent, compareWith, minimumCell } from '#domain/learning/comparison/comparison';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { analyticsCounts, chooseComparison, comparisonNames, coursesWithFigures, forgetAnalytics, isOptedOut, keepAnalytics, readAnalytics } from '#main/store/learning/comparison';
import { statisticsOf } from '#main/store/learning/packReads';
import { cohortOf, comparisonHolds, keepMembers, keptMembers } from './cohorts';
import { configurationOf, type Evidence, gather, headOf, readinessOf, studentOf } from './standing';

/** A comparison as it is kept for an hour; it holds sums alone, and the student's own figures. */
interface Compared {
  readonly alone: boolean;
  readonly cohorts: CohortAnswer[];
  /** What the pack's author published, where the student is alone. */
  readonly published: PublishedCohort | null;
}

function compare(context: CallContext, evidence: Evidence, timeZone: string): Compared {
  const { student, course, outline, attempts, facts } = evidence;
  const { features, estimate } = readinessOf(evidence, configurationOf(context.store));
  const shareOf = (some: typeof attempts): number | null => (some.length === 0 ? null : some.filter(({ correct }) => correct).length / some.length);
  const own: ComparedStudent = {
    userKey: student.key,
    metrics: { accuracy: shareOf(attempts), answers: attempts.length, studyHours: features.studyHours, streak: features.streak, readiness: estimate?.chance ?? null },
    domains: new Map(
      outline.domains.flatMap(({ key }) => {
        const some = attempts.filter(({ domainKey }) => domainKey === key);
        const share = some.length < 5 ? null : shareOf(some);
        return share === null ? [] : [[key, share] as const];
      }),
    ),
  };
  const now = context.now();
  const members = keptMembers(context.store, course.key, timeZone, now) ?? context.store.transaction((writer) => keepMembers(writer, course.key, timeZone, now));
  const others = members.filter(({ userKey }) => userKey !== student.key);
  if (others.length < minimumCell) return { alone: true, cohorts: [], published: publishedFor(context, evidence, own) };
  const mine = cohortOf({ beganOn: attempts[0]?.at ?? evidence.now, examDay: facts.examDay }, timeZone);
  const titles = new Map(outline.domains.map(({ key, title }) => [key, title]));
  const cohorts = cohortKinds.flatMap((kind: CohortKind): CohortAnswer[] => {
    const cohort = mine[kind];
    if (cohort === null) return [];
    const some = others.filter(({ cohorts: theirs }) => theirs[kind] === cohort);
    if (some.length < minimumCell) return [];
    const { domains, weakest, strongest, ...compared } = compareWith(own, some, outline.domains.map(({ key }) => key));
    return [
      {
        kind,
        cohort,
        ...compared,
        metrics: [...compared.metrics],
        domains: domains.map(({ domainKey, ...figures }) => ({ id: outline.ids.get(`domain ${String(domainKey)}`) ?? '', title: titles.get(domainKey) ?? '', ...figures })),
        weakest: weakest === null ? null : (titles.get(weakest) ?? null),
        strongest: strongest === null ? null : (titles.get(strongest) ?? null),
      },
    ];
  });
  return { alone: false, cohorts, published: null };
}

/** What the pack's author published about students of theirs, beside the student's own. */
function publishedFor(context: CallContext, { course, outline }: Evidence, { metrics, domains }: ComparedStudent): PublishedCohort | null {
  const statistics = statisticsOf(context.store, course.key);
  if (statistics === null) return null;
  const { students, when, source, right } = statistics;
  return {
    students,
    when,
    source,
    right: right === null ? null : { own: metrics.accuracy, ...right },
    domains: outline.domains.flatMap(({ key, code, title }) => {
      const found = statistics.domains.find((each) => each.code === code);
      return found === undefined ? [] : [{ id: outline.ids.get(`domain ${String(key)}`) ?? '', title, own: domains.get(key) ?? null, ...found.right }];
    }),
  };
}

/** A student's comparison, worked out at most once an hour. */
export function comparisonOf(context: CallContext, evidence: Evidence, timeZone: string): { readonly compared: Compared; readonly at: number } {
  const now = context.now();
  const name = comparisonNames.student(evidence.course.key, evidence.student.key);
  const kept = context.store.transaction((writer) => readAnalytics(writer, name, now));
  if (kept !== null) return { compared: kept.value as Compared, at: kept.at };
  const compared = compare(context, evidence, timeZone);
  context.store.transaction((writer) => {
    keepAnalytics(writer, name, compared, now, now + comparisonHolds);
  });
  return { compared, at: now };
}

export function comparisonHandlers({ workspace, newId, now }: HandlerParts): HandlersOf<typeof comparisonEntries> {
  const timeZone = (): string => workspace.settings().timeZone;
  return {
    'learning.comparison.get': (input, context) => {
      const evidence = gather(context, input, timeZone());
      const optedOut = isOptedOut(context.store, evidence.student);
      const found = optedOut ? null : comparisonOf(context, evidence, timeZone());
      const { hits, misses } = analyticsCounts(context.store);
      return {
        ...headOf(evidence, context),
        state: found === null ? 'optedOut' : !found.compared.alone ? 'compared' : found.compared.published === null ? 'alone' : 'published',
        cohorts: found?.compared.cohorts ?? [],
        published: found?.compared.published ?? null,
        minimumCell,
        asOf: found?.at ?? null,
        cache: { hits, misses, hitRate: hits + misses === 0 ? null : hits / (hits + misses) },
      };
    },
    'learning.comparison.choose': ({ optedOut }, context) => {
      const student = studentOf(context, actorOf(context).userId);
      context.transact((writer, notes) => {
        chooseComparison(writer, newId(), student, optedOut, now());
        // Everybody's comparison may change by who takes part.
        forgetAnalytics(writer, comparisonNames.all);
        for (const courseKey of coursesWithFigures(writer, student)) keepMembers(writer, courseKey, timeZone(), now());
        notes.target(student.id);
        notes.detail('optedOut', optedOut);
      });
      return { optedOut };
    },
  };
}
