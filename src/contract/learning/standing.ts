import { z } from 'zod';
import { id } from '../shapes';

/** Whose standing in which course. Left out, it is the caller's own, in the course whose goal they chose last or that they answered in. */
export const standingOf = { courseId: id.optional(), userId: id.optional() };

export const courseName = z.object({ id, title: z.string() });
export const studentName = z.object({ id, name: z.string(), self: z.boolean() });

/** A share or a chance between 0 and 1. */
export const share = z.number().min(0).max(1);

/** What every answer about a student's standing begins with. */
export const standingHead = { course: courseName, student: studentName, answers: z.number().int() };

/** What changes where a student stands: what is taught, what they want and did, and what was decided about it. */
export const standingTopics = ['studyCourses', 'goals', 'practice', 'cards', 'exams', 'standing'] as const;
