import { freshLab, type LabState, showHint, typeLine } from '#domain/learning/labs/console';
import { phrase } from '#domain/kernel/phrase';
import { Refusal } from '#contract/errors';
import type { Lab, labs } from '#contract/learning/labs';
import type { CallContext, HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { say } from '#main/app/phrases';
import { findLab, labsOf, type WholeLab } from '#main/store/learning/material';
import { labProgress, labsBegun, saveLab } from '#main/store/learning/progress';
import { studiedByKey } from '#main/store/learning/studied';
import { topicNames } from './sittings';
import { requireStudent, studentOf, type Student } from './studying';

export function labsHandlers(parts: HandlerParts): HandlersOf<typeof labs> {
  /** A lab of a course that the caller may study. */
  const readable = (context: CallContext, id: string): { readonly lab: WholeLab; readonly student: Student } => {
    const lab = findLab(context.store, id);
    const course = lab === null ? null : studiedByKey(context.store, lab.courseKey);
    if (lab === null || course === null) throw new Refusal('not_found', 'That lab is not there any more.', { id });
    return { lab, student: requireStudent(parts, context, course.id) };
  };

  const shown = (context: CallContext, { lab, student }: { readonly lab: WholeLab; readonly student: Student }): Lab => {
    const progress = labProgress(context.store, student.userKey, lab.key);
    const { step, hints, transcript } = progress?.state ?? freshLab;
    return {
      id: lab.id,
      courseId: student.course.id,
      title: lab.title,
      topic: lab.topicKey === null ? null : topicNames(context.store, lab.courseKey)(lab.topicKey),
      intro: lab.script.intro,
      prompt: lab.script.prompt,
      steps: lab.script.steps.map(({ task, hint }, index) => ({ task, done: index < step, hint: hints.includes(index) ? hint : null, hasHint: hint !== null })),
      at: step,
      transcript: [...transcript],
      doneAt: progress?.doneAt ?? null,
    };
  };

  /** Keeps what a change makes of a lab, in the moment in which it happens. */
  const change = (context: CallContext, id: string, to: (lab: WholeLab, state: LabState) => LabState): Lab => {
    const found = readable(context, id);
    const { lab, student } = found;
    context.transact((writer, notes) => {
      const state = to(lab, labProgress(writer, student.userKey, lab.key)?.state ?? freshLab);
      saveLab(writer, student.userKey, lab.key, state, state.step >= lab.script.steps.length, student.now);
      notes.target(id);
    });
    return shown(context, found);
  };

  return {
    'learning.labs.list': ({ courseId }, context) => {
      const student = studentOf(parts, context, courseId);
      if (student === null) return { courseId: null, items: [] };
      const { store } = context;
      const begun = labsBegun(store, student.userKey);
      const name = topicNames(store, student.course.key);
      return {
        courseId: student.course.id,
        items: labsOf(store, student.course.key).map(({ key, id, title, topicKey, script }) => {
          const progress = begun.get(key);
          return { id, title, topic: topicKey === null ? null : name(topicKey), steps: script.steps.length, stepsDone: progress?.state.step ?? 0, startedAt: progress?.startedAt ?? null, doneAt: progress?.doneAt ?? null };
        }),
      };
    },

    'learning.labs.get': ({ id }, context) => shown(context, readable(context, id)),

    'learning.labs.type': ({ id, input }, context) => change(context, id, (lab, state) => typeLine(lab.script, state, input, say(phrase('studying.lab.unknown')))),

    'learning.labs.hint': ({ id }, context) => change(context, id, (lab, state) => showHint(lab.script, state)),

    'learning.labs.restart': ({ id }, context) => change(context, id, () => freshLab),
  };
}
