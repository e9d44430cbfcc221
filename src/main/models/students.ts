import { predictRows } from '#domain/models/judgement';
import { onOneThread } from '#domain/models/parallel';
import { type StudentTarget, studentFrame } from '#domain/models/students/table';
import type { studentPredictions } from '#contract/models/students';
import { actorOf, type HandlersOf } from '#main/app/context';
import { idBytes } from '#main/store/ids';
import { newestMoments } from '#main/store/models/studentTable';
import type { Reader } from '#main/store/tx';
import type { Serving } from './serving';

export function studentPredictionsHandlers(serving: Serving): HandlersOf<typeof studentPredictions> {
  const servedFor = (reader: Reader, target: StudentTarget) => serving.active(reader, target).served;
  return {
    'models.predictions.students': ({ courseId, userIds }, context) => {
      const { store, scope } = context;
      // A chance to stop is for those who can help. Told to the person it speaks of, it helps to make itself true.
      const models = { risk: actorOf(context).role === 'student' ? null : servedFor(store, 'student.risk'), readiness: servedFor(store, 'student.readiness') };
      const nothing = models.risk === null && models.readiness === null;
      const moments = nothing ? [] : newestMoments(store, scope, { courseId: courseId === undefined ? null : idBytes(courseId), userIds: userIds ?? null });
      const frame = studentFrame(moments);
      const said = { risk: models.risk === null ? null : predictRows(models.risk.predictor, frame, onOneThread), readiness: models.readiness === null ? null : predictRows(models.readiness.predictor, frame, onOneThread) };
      const of = (which: 'risk' | 'readiness', row: number) => {
        const prediction = said[which];
        return prediction === null ? null : { probability: prediction.probabilities[row] ?? 0, lower: prediction.lower[row] ?? 0, upper: prediction.upper[row] ?? 0 };
      };
      const publicModel = (which: 'risk' | 'readiness') => {
        const served = models[which];
        return served === null ? null : { modelId: served.stored.id, modelType: served.stored.type, version: served.stored.version };
      };
      return {
        models: { risk: publicModel('risk'), readiness: publicModel('readiness') },
        items: moments.map(({ userId, course }, row) => ({ userId, course, risk: of('risk', row), readiness: of('readiness', row) })),
      };
    },
  };
}
