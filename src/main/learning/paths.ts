import { isoOf, mondayOf } from '#domain/learning/calendar';
import { phrase } from '#domain/kernel/phrase';
import { type Plan, planPath } from '#domain/learning/paths/plan';
import { checkProposal, isWorthIt, type Refinement } from '#domain/learning/paths/refine';
import { Refusal } from '#contract/errors';
import type { Path, paths, PathStep } from '#contract/learning/paths';
import type { Offline } from '#contract/platform/language';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { say } from '#main/app/phrases';
import { attemptsOf } from '#main/store/learning/attempts';
import { cardsReviewedSince } from '#main/store/learning/cards';
import { listExams } from '#main/store/learning/exams';
import { currentGoal, type StoredGoal } from '#main/store/learning/goals';
import { labsByKey, readMaterial, sectionsByKey } from '#main/store/learning/material';
import { currentPath, type StoredPath } from '#main/store/learning/paths';
import { labsBegun, sectionProgress } from '#main/store/learning/progress';
import { ownGoal } from './goals';
import { makePath, pathInput } from './planning';
import { proposalForm, refineMessages, refineRules } from './pathModel';
import { topicNames } from './sittings';
import { cardsAhead, knownOf, studentOfKey, type Student } from './studying';
import { minutesSince } from './studyTime';

/** The verdict of a plan in words, with what would do. */
function messageOf({ feasibility }: Plan): string {
  const { verdict, covered, hoursThatFit, dayThatFits, doneOn, neededMinutes, leftOut } = feasibility;
  const share = Math.round(covered * 100);
  const hours = hoursThatFit ?? 0;
  const date = dayThatFits === null ? '' : isoOf(dayThatFits);
  switch (verdict) {
    case 'fits':
      return say(phrase('studying.plan.fits', { hours: Math.round(neededMinutes / 6) / 10 }));
    case 'open':
      return say(phrase('studying.plan.open', { date: doneOn === null ? '' : isoOf(doneOn) }));
    case 'past':
      return say(phrase(dayThatFits === null ? 'studying.plan.past' : 'studying.plan.pastUntil', { date }));
    case 'hours':
      return say(phrase(hoursThatFit === null ? 'studying.plan.hours' : 'studying.plan.hoursThat', { hours }));
    case 'short':
      if (hoursThatFit !== null && dayThatFits !== null) return say(phrase('studying.plan.shortBoth', { share, hours, date, count: leftOut.length }));
      if (hoursThatFit !== null) return say(phrase('studying.plan.shortHours', { share, hours, count: leftOut.length }));
      if (dayThatFits !== null) return say(phrase('studying.plan.shortDate', { share, date, count: leftOut.length }));
      return say(phrase('studying.plan.short', { share, count: leftOut.length }));
  }
}

export function pathsHandlers(parts: HandlerParts): HandlersOf<typeof paths> {
  const { newId, language } = parts;

  const goalOf = (context: CallContext, goalId: string | undefined): StoredGoal | null => (goalId === undefined ? currentGoal(context.store, actorOf(context).userKey) : ownGoal(context, goalId));

  const shown = (context: CallContext, student: Student, goal: StoredGoal, path: StoredPath): Path => {
    const { store } = context;
    const { userKey, course, calendar, today } = student;
    const { plan } = path;
    const name = topicNames(store, course.key);
    const steps = plan.weeks.flatMap((week) => week.steps);
    const sections = sectionsByKey(store, steps.flatMap(({ sectionKey }) => (sectionKey === null ? [] : [sectionKey])));
    const labs = labsByKey(store, steps.flatMap(({ labKey }) => (labKey === null ? [] : [labKey])));
    const read = sectionProgress(store, userKey, course.key);
    const begun = labsBegun(store, userKey);
    const attempts = attemptsOf(store, userKey, course.key);
    const exams = listExams(store, userKey, course.key);
    const weekOf = (at: number): number => mondayOf(calendar.dayOf(at));
    return {
      id: path.id,
      goalId: goal.id,
      courseId: course.id,
      kind: plan.kind,
      generatedAt: path.generatedAt,
      cause: path.cause,
      refinement: (path.refinement ?? null) === null ? null : { summary: path.refinement?.summary ?? '', reasons: (path.refinement?.reasons ?? []).map(({ topicKey, reason }) => ({ topic: name(topicKey), reason })) },
      weeks: plan.weeks.map((week) => {
        const from = calendar.startOf(week.monday);
        const begunYet = week.monday <= today;
        // What was done before the plan was made is no part of it.
        const since = Math.max(from, path.generatedAt);
        const until = calendar.startOf(week.monday + 7);
        const answered = new Map<number, number>();
        for (const { topicKey, at, assessment } of attempts) if (at >= since && at < until && assessment !== 'mock') answered.set(topicKey, (answered.get(topicKey) ?? 0) + 1);
        const reviewed = begunYet && week.monday === mondayOf(today) ? cardsReviewedSince(store, userKey, course.key, since) : 0;
        return {
          weekStart: isoOf(week.monday),
          availableMinutes: week.available,
          plannedMinutes: week.minutes,
          doneMinutes: begunYet ? minutesSince(store, userKey, from) - minutesSince(store, userKey, until) : 0,
          covered: week.covered,
          steps: week.steps.map(({ activity, topicKey, sectionKey, labKey, amount, minutes }): PathStep => {
            const section = sectionKey === null ? undefined : sections.get(sectionKey);
            const lab = labKey === null ? undefined : labs.get(labKey);
            const isDone = (): boolean => {
              switch (activity) {
                case 'section':
                  return sectionKey !== null && (read.get(sectionKey)?.passedAt ?? null) !== null;
                case 'lab':
                  return labKey !== null && (begun.get(labKey)?.doneAt ?? null) !== null;
                case 'practice':
                  return topicKey !== null && amount !== null && (answered.get(topicKey) ?? 0) >= amount;
                case 'mock':
                  return exams.some(({ submittedAt }) => submittedAt !== null && submittedAt >= path.generatedAt && weekOf(submittedAt) === week.monday);
                case 'review':
                case 'flashcards':
                  return amount !== null && amount > 0 && reviewed >= amount;
              }
            };
            return {
              activity,
              topic: topicKey === null ? null : name(topicKey),
              section: section === undefined ? null : { id: section.id, title: section.title },
              lab: lab === undefined ? null : { id: lab.id, title: lab.title },
              amount,
              minutes,
              done: begunYet && isDone(),
            };
          }),
        };
      }),
      feasibility: {
        verdict: plan.feasibility.verdict,
        message: messageOf(plan),
        neededMinutes: plan.feasibility.neededMinutes,
        availableMinutes: plan.feasibility.availableMinutes,
        covered: plan.feasibility.covered,
        leftOut: plan.feasibility.leftOut.map(name),
        hoursThatFit: plan.feasibility.hoursThatFit,
        dateThatFits: plan.feasibility.dayThatFits === null ? null : isoOf(plan.feasibility.dayThatFits),
        doneOn: plan.feasibility.doneOn === null ? null : isoOf(plan.feasibility.doneOn),
      },
    };
  };

  return {
    'learning.paths.get': ({ goalId }, context) => {
      const goal = goalOf(context, goalId);
      const path = goal === null ? null : currentPath(context.store, goal.key);
      return { path: goal === null || path === null ? null : shown(context, studentOfKey(parts, context, goal.courseKey), goal, path) };
    },

    'learning.paths.generate': ({ goalId, kind, topicIds }, context) => {
      const { store } = context;
      const goal = goalOf(context, goalId);
      if (goal === null) throw new Refusal('not_found', 'There is no goal yet. Say first what to study for.');
      if (goal.closedAt !== null) throw new Refusal('conflict', 'That goal is closed. Open it again first.');
      const student = { ...studentOfKey(parts, context, goal.courseKey), goal };
      const { topics } = readMaterial(store, goal.courseKey);
      const chosenTopics = (topicIds ?? []).map((id) => {
        const found = topics.find((topic) => topic.id === id.toLowerCase());
        if (found === undefined) throw new Refusal('not_found', 'That topic is not in the course any more. Choose again.', { id });
        return found.key;
      });
      if (kind === 'custom' && chosenTopics.length === 0) throw new Refusal('invalid_input', 'Choose at least one topic for a path of your own.');
      context.transact((writer, notes) => {
        makePath(writer, student, newId, { cause: 'asked', kind: kind ?? null, chosenTopics: kind === 'custom' ? chosenTopics : null });
        notes.target(goal.id);
        notes.detail('kind', kind ?? 'suitable');
      });
      const path = currentPath(store, goal.key);
      if (path === null) throw new Error('A plan that was just written is gone.');
      return shown(context, student, goal, path);
    },

    'learning.paths.refine': async ({ goalId, wish, preview }, context) => {
      const { store } = context;
      const goal = goalOf(context, goalId);
      if (goal === null) throw new Refusal('not_found', 'There is no goal yet. Say first what to study for.');
      if (goal.closedAt !== null) throw new Refusal('conflict', 'That goal is closed. Open it again first.');
      const student = { ...studentOfKey(parts, context, goal.courseKey), goal };
      const before = currentPath(store, goal.key);
      const own = before?.kind === 'custom';
      const wished = { kind: own ? ('custom' as const) : null, chosenTopics: own ? before.chosenTopics : null };
      const keep = (refinement: Refinement | null): void => {
        context.transact((writer, notes) => {
          makePath(writer, student, newId, { cause: 'asked', ...wished, refinement });
          notes.target(goal.id);
          notes.detail('refined', refinement !== null);
        });
      };
      const answer = (outcome: 'refined' | 'offline' | 'refused' | 'same', message: string, offline: Offline | null = null) => {
        const path = currentPath(store, goal.key);
        if (path === null) throw new Error('A plan that was just written is gone.');
        return { path: shown(context, student, goal, path), outcome, message, offline };
      };
      if (before === null) keep(null);
      const known = knownOf(store, student);
      const input = pathInput(store, student, known, cardsAhead(store, student), wished.chosenTopics);
      const ruled = planPath(input, wished.kind);
      const given = await language().ask({ purpose: 'paths', system: refineRules, messages: refineMessages({ store, student, known, input, plan: ruled, wish }), schema: proposalForm, maximumTokens: 1_500, preview }, context);
      if (!given.answered) return answer('offline', `${say(phrase('studying.refine.offline'))} ${given.offline.message}`, given.offline);
      const { topics } = known.material;
      const checked = checkProposal(given.value, topics);
      if (!checked.ok) return answer('refused', say(phrase('studying.refine.refused', { names: checked.unknown.slice(0, 3).join(', ').slice(0, 120) })));
      const { refinement } = checked;
      if (!isWorthIt(planPath({ ...input, first: refinement.first }, wished.kind), ruled)) return answer('same', say(phrase('studying.refine.same')));
      keep(refinement);
      return answer('refined', say(phrase('studying.refine.refined')));
    },
  };
}
