import { z } from 'zod';
import type { RecommendationItem } from '#contract/learning/recommendations';
import type { LanguageMessage } from '#main/language/question';
import type { Evidence } from './standing';

/** What a model may say about recommendations: an order, and a sentence to some. What there is to do is the rules’. */
export const adviceForm = z.object({
  order: z.array(z.string().max(200)).max(100),
  notes: z.array(z.object({ id: z.string().max(200), note: z.string().max(240) })).max(8),
  summary: z.string().max(400),
});

export const adviceRules = `You look over what a program recommends to a student who prepares for an exam. Its rules made the list from their answers. You get it as data, each with an id.

Put the ids in the order in which you would do them; those of a higher priority stay before the others whatever you say. Add a sentence to some that says what makes it worth doing now, from the data and nothing else. Sum up in one or two sentences what you would do first and why. Use no id that is not in the data. Write to the student: plain, no praise without ground, no exclamation marks.`;

export function adviceMessages({ course, facts, attempts }: Evidence, items: readonly RecommendationItem[]): LanguageMessage[] {
  const data = {
    course: course.title,
    answers: attempts.length,
    daysToExam: facts.examDay === null ? null : facts.examDay - facts.today,
    recommendations: items.map(({ id, kind, priority, title, reason, minutes, gain }) => ({ id, kind, priority, title, reason, minutes, gainPercent: gain === null ? null : Math.round(gain * 100) })),
  };
  return [{ role: 'user', content: [{ data, from: 'recommendations of the rules' }, 'What should I do first?'] }];
}
