import { z } from 'zod';
import { access, query } from '../define';
import { id } from '../shapes';
import { standingTopics } from '../learning/standing';
import { modelType } from './shapes';

const share = z.number().min(0).max(1);
const said = z.object({ probability: share, lower: share, upper: share });
const served = z.object({ modelId: z.string(), modelType, version: z.number().int() });

export const studentPredictions = {
  'models.predictions.students': query({
    reads: ['models', ...standingTopics, 'users'],
    summary: 'What the models that serve say of students within one’s reach, as they were last described: the chance that they stop or fail within four weeks, and that they pass the exam. A student is told of the exam alone.',
    input: z.strictObject({
      courseId: id.optional(),
      /** Left out, all within one’s reach. */
      userIds: z.array(id).min(1).max(500).optional(),
    }),
    output: z.object({
      /** The models that serve; null where none does, and then the rules say all there is. */
      models: z.object({ risk: served.nullable(), readiness: served.nullable() }),
      items: z.array(z.object({ userId: z.string(), course: z.string(), risk: said.nullable(), readiness: said.nullable() })),
    }),
    allow: access('student_records', 'view'),
  }),
};
