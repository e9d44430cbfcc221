import { z } from 'zod';
import { isoOf } from '#domain/learning/calendar';
import type { PathInput, Plan } from '#domain/learning/paths/plan';
import type { LanguageMessage } from '#main/language/question';
import { sectionsByKey } from '#main/store/learning/material';
import type { Reader } from '#main/store/tx';
import { daysToExam, type Known, type Student } from './studying';

/** What a model may say about a plan: an order and reasons. Weeks, hours and what there is to do are the rules’. */
export const proposalForm = z.object({
  first: z.array(z.string().max(300)).max(200),
  reasons: z.array(z.object({ topic: z.string().max(300), reason: z.string().max(300) })).max(8),
  summary: z.string().max(600),
});

export const refineRules = `You look over the study plan of a student. The rules of the program made it from their hours, the day of the exam, the weights of the exam and what they know. You get, as data: the topics of the course by code with what is left of each, and the plan by week.

Say which topics should come first, by their codes from the data and no others, the first first; name only those that should move. Think of what builds on what, of weak topics that weigh much, and of what the student wishes. Give for a few of them a reason of one sentence that rests on the data, and sum up in two sentences what changes for the student. You cannot change hours, dates, or what a topic holds. Write to the student, in the language of their wish where there is one.`;

/** Weeks of the plan that are told. */
const mostWeeks = 12;

interface RefineParts {
  readonly store: Reader;
  readonly student: Student;
  readonly known: Known;
  readonly input: PathInput;
  readonly plan: Plan;
  readonly wish: string;
}

export function refineMessages({ store, student, known, input, plan, wish }: RefineParts): LanguageMessage[] {
  const { topics, domains } = known.material;
  const codes = new Map(topics.map(({ key, code }) => [key, code]));
  const sections = sectionsByKey(store, input.topics.flatMap((topic) => topic.sections.map(({ sectionKey }) => sectionKey)));
  const percent = (share: number | null): number | null => (share === null ? null : Math.round(share * 100));
  const data = {
    course: student.course.title,
    daysToExam: daysToExam(student),
    hoursAWeek: input.hoursAWeek,
    style: input.style,
    kind: plan.kind,
    fits: plan.feasibility.verdict,
    topics: input.topics.flatMap(({ topicKey, weight, share, answers, questions, sections: open }) => {
      const topic = topics.find(({ key }) => key === topicKey);
      if (topic === undefined) return [];
      return [{ code: topic.code, title: topic.title, domain: domains.find(({ key }) => key === topic.domainKey)?.title ?? '', examPercent: percent(weight), knownPercent: percent(share), answers, questions, toRead: open.flatMap(({ sectionKey }) => sections.get(sectionKey)?.title ?? []) }];
    }),
    weeks: plan.weeks.slice(0, mostWeeks).map(({ monday, minutes, steps }) => ({ monday: isoOf(monday), minutes: Math.round(minutes), topics: [...new Set(steps.flatMap(({ topicKey }) => (topicKey === null ? [] : [codes.get(topicKey) ?? ''])))] })),
    leftOut: plan.feasibility.leftOut.map((key) => codes.get(key) ?? ''),
  };
  return [{ role: 'user', content: [{ data, from: 'plan of the student' }, wish === '' ? 'Which topics should come first in my plan?' : wish] }];
}
