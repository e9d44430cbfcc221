import { z } from 'zod';
import { difficulties } from '#domain/learning/attempts';
import { questionKinds } from '#domain/learning/practice/grade';
import { id } from '../shapes';

/** A topic as screens name it. */
export const topicName = z.object({ id, code: z.string(), title: z.string() });

/** A question as it is asked: nothing of it says what is right. Texts are Markdown. */
export const askedQuestion = z.object({
  id,
  kind: z.enum(questionKinds),
  stem: z.string(),
  topic: topicName,
  domain: z.string(),
  difficulty: z.enum(difficulties).nullable(),
  /** In the order in which they are shown; `position` is what an answer names. Empty where the answer is typed. */
  options: z.array(z.object({ position: z.number().int(), text: z.string() })),
  marked: z.boolean(),
});
export type AskedQuestion = z.output<typeof askedQuestion>;

/** Positions of options, or what was typed. */
export const chosen = z.union([z.array(z.number().int().min(0).max(99)).max(100), z.string().max(1_000)]);

/** What is right, and why. */
export const solution = z.object({
  /** Positions of the right options. */
  right: z.array(z.number().int()),
  /** The right answers of a question that is typed. */
  answers: z.array(z.string()),
  explanation: z.string().nullable(),
  reference: z.string().nullable(),
  /** What the pack says to each option, by its position; null where it says nothing. */
  feedback: z.array(z.string().nullable()),
});
export type Solution = z.output<typeof solution>;

export const confidence = z.union([z.literal(1), z.literal(2), z.literal(3), z.literal(4)]);
/** Time in front of something, by a clock that never goes back. A day at the most: nobody thinks longer. */
export const milliseconds = z.number().int().min(0).max(86_400_000);
