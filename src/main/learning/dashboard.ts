import type { dashboardEntries } from '#contract/learning/dashboard';
import { domainShares } from '#domain/learning/blueprint';
import { mondayOf } from '#domain/learning/calendar';
import { rhythmOf } from '#domain/learning/practice/streak';
import type { HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { isOptedOut } from '#main/store/learning/comparison';
import { predictionsOf } from '#main/store/learning/standing';
import { comparisonOf } from './comparison';
import { masteryOf } from './mastery';
import { adviceFor, publicRecommendation } from './recommendations';
import { weekStart } from './studyTime';
import { configurationOf, gather, headOf, publicId, readinessOf } from './standing';

const shownDays = 28;
const shownRecommendations = 3;

export function dashboardHandlers({ workspace }: HandlerParts): HandlersOf<typeof dashboardEntries> {
  return {
    'learning.dashboard.get': (input, context) => {
      const timeZone = workspace.settings().timeZone;
      const evidence = gather(context, input, timeZone);
      const { attempts, facts, calendar, outline, student, course } = evidence;
      const configuration = configurationOf(context.store);
      const readiness = readinessOf(evidence, configuration);
      const { estimate } = readiness;
      const { open, sectionIds } = adviceFor(context.store, evidence, readiness, configuration);
      const mastery = new Map(masteryOf(evidence, configuration.mastery).map(({ domainKey, estimate: told }) => [domainKey, told.state]));
      const shares = domainShares(outline);
      const first = facts.today - shownDays + 1;
      const days = new Array<number>(shownDays).fill(0);
      for (const { at } of attempts) {
        const place = calendar.dayOf(at) - first;
        if (place >= 0 && place < shownDays) days[place] = (days[place] ?? 0) + 1;
      }
      const earlier = predictionsOf(context.store, student, course.key, facts.today - 60).findLast(({ day, chance }) => day <= facts.today - 7 && chance !== null)?.chance ?? null;
      const comparison = isOptedOut(context.store, student) ? null : comparisonOf(context, evidence, timeZone);
      const titles = new Map(outline.domains.map(({ key, title }) => [key, title]));
      return {
        ...headOf(evidence, context),
        chance: estimate?.chance ?? null,
        low: estimate?.low ?? null,
        high: estimate?.high ?? null,
        change: estimate === null || earlier === null ? null : estimate.chance - earlier,
        daysUntilExam: readiness.features.daysUntilExam,
        next: open.slice(0, shownRecommendations).map((each) => {
          const { id, kind, priority, title } = publicRecommendation(evidence, each, sectionIds);
          return { id, kind, priority, title };
        }),
        domains: readiness.domains.map(({ domainKey, accuracy, standing }) => ({ id: publicId(evidence, 'domain', domainKey), title: titles.get(domainKey) ?? '', share: shares.get(domainKey) ?? 0, accuracy, standing, state: mastery.get(domainKey) ?? 'fewAnswers' })),
        days,
        rhythm: rhythmOf(facts.activeDays, facts.today, mondayOf),
        minutesThisWeek: evidence.minutesSince(weekStart({ calendar, today: facts.today })),
        percentile: comparison?.compared.cohorts.find(({ kind }) => kind === 'global')?.metrics.find(({ metric }) => metric === 'accuracy')?.percentile ?? null,
      };
    },
  };
}
