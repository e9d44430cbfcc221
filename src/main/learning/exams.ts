import { seededRng } from '#domain/kernel/rng';
import { drawExam, optionOrder } from '#domain/learning/exams/draw';
import { questionsToPass } from '#domain/learning/passMark';
import { Refusal } from '#contract/errors';
import type { Exam, exams } from '#contract/learning/exams';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { markedBy } from '#main/store/learning/attempts';
import { drawnBefore, examAnswers, examSpent, insertExam, listExams, readExam, saveExamAnswer, submitExam, type StoredExam } from '#main/store/learning/exams';
import { questionsByKey, readMaterial } from '#main/store/learning/material';
import { endSitting, findSitting, insertSitting, openSittings, type StoredSitting, touchSitting } from '#main/store/learning/sittings';
import type { StudiedCourse } from '#main/store/learning/studied';
import { idText } from '#main/store/ids';
import type { Writer } from '#main/store/tx';
import { judgeExam, reviewOf } from './examReview';
import { adaptPath } from './planning';
import { recordAnswer, requireFitting } from './recording';
import { askedOf } from './sittings';
import { requireStudent, studentOf, studentOfKey } from './studying';

/** An exam may be handed in so long after its time: the last answer is on its way. */
const graceMilliseconds = 5_000;
/** A course that says nothing of its exam is examined with so many questions at the most, and no limit of time. */
const usualQuestions = 40;

/** A course that says nothing of its pass mark is passed by seven in ten. */
const usualPassMark = 0.7;
const passing = ({ passMark, passUnit }: Pick<StudiedCourse, 'passMark' | 'passUnit'>, questions: number, asked = questions): number =>
  passMark === null ? questionsToPass(usualPassMark, 'share', questions, asked) : questionsToPass(passMark, passUnit, questions, asked);

type Sat = StoredSitting & { readonly exam: StoredExam };

/** The caller’s exam. Another’s is refused, so that the refusal is audited. */
export function ownExam(context: CallContext, id: string): Sat {
  const sitting = findSitting(context.store, id);
  const exam = sitting === null ? null : readExam(context.store, sitting.key);
  if (sitting === null || exam === null) throw new Refusal('not_found', 'That exam is not there. Begin another one.', { id });
  if (sitting.userKey !== actorOf(context).userKey) throw new Refusal('out_of_scope', 'That exam belongs to somebody else.', { id });
  return { ...sitting, exam };
}

export function examsHandlers(parts: HandlerParts): HandlersOf<typeof exams> {
  const { newId, now } = parts;

  const leftOf = (context: CallContext, { key, exam }: Sat): number | null => (exam.minutes === null ? null : Math.max(0, Math.round(exam.minutes * 60_000 - examSpent(context.store, key))));

  const shown = (context: CallContext, id: string): Exam => {
    const sat = ownExam(context, id);
    const { exam, key } = sat;
    const { store } = context;
    const questions = questionsByKey(store, exam.drawn.map(({ questionKey }) => questionKey));
    const marked = markedBy(store, sat.userKey);
    return {
      id,
      courseId: sat.courseId,
      courseTitle: sat.courseTitle,
      startedAt: sat.startedAt,
      submittedAt: exam.submittedAt,
      minutes: exam.minutes,
      leftMilliseconds: leftOf(context, sat),
      passCount: exam.passCount,
      missing: (sat.plan as { missing: number }).missing,
      questions: examAnswers(store, key).flatMap(({ position, questionKey, chosen, confidence, flagged, milliseconds }) => {
        const question = questions.get(questionKey);
        if (question === undefined) return [];
        return [{ position, question: askedOf(question, exam.drawn[position]?.order, marked.has(questionKey)), chosen: chosen === null || typeof chosen === 'string' ? chosen : [...chosen], confidence, flagged, milliseconds }];
      }),
    };
  };

  /** Hands an exam in: every answer goes into the log, and what it showed into cards and plan. */
  const handIn = (context: CallContext, writer: Writer, sat: Sat, expired: boolean): void => {
    const student = studentOfKey(parts, context, sat.courseKey);
    const questions = questionsByKey(writer, sat.exam.drawn.map(({ questionKey }) => questionKey));
    const judged = judgeExam(writer, sat.key, sat.exam);
    for (const { questionKey, chosen, confidence, milliseconds, changedFrom } of judged.answers) {
      const question = questions.get(questionKey);
      // What was left open says nothing of memory.
      if (question !== undefined && chosen !== null) recordAnswer(writer, student, newId, question, { chosen, confidence, milliseconds, changedFrom }, { assessment: 'mock', sessionKey: sat.key });
    }
    submitExam(writer, sat.key, judged.score, expired, student.now);
    endSitting(writer, sat.key, Math.max(student.now, sat.startedAt), null);
    adaptPath(writer, student, newId);
  };

  return {
    'learning.exams.list': ({ courseId }, context) => {
      const student = studentOf(parts, context, courseId);
      if (student === null) return { courseId: null, courseTitle: null, blueprint: null, items: [] };
      const { store } = context;
      const { course, userKey } = student;
      const { questions, topics } = readMaterial(store, course.key);
      const asked = Math.min(course.examQuestions ?? usualQuestions, questions.length);
      const withQuestions = new Set(questions.map(({ topicKey }) => topicKey));
      return {
        courseId: course.id,
        courseTitle: course.title,
        blueprint:
          course.examQuestions === null
            ? null
            : {
                questions: course.examQuestions,
                minutes: course.examMinutes,
                passCount: passing(course, course.examQuestions),
                draw: course.draw,
                available: asked,
                topics: topics.filter(({ key }) => !withQuestions.has(key)).map(({ id, code, title }) => ({ id, code, title })),
              },
        items: listExams(store, userKey, course.key).map(({ id, ...item }) => ({ ...item, id: idText(id), passed: item.score === null ? null : item.score >= item.passCount })),
      };
    },

    'learning.exams.start': ({ courseId, timed }, context) => {
      const { store } = context;
      const student = requireStudent(parts, context, courseId);
      const { course, userKey } = student;
      const open = openSittings(store, userKey).find(({ kind, courseKey }) => kind === 'mock' && courseKey === course.key);
      if (open !== undefined) return shown(context, open.id);
      const { domains, questions } = readMaterial(store, course.key);
      if (questions.length === 0) throw new Refusal('not_found', 'This course has no question that may be in an exam.');
      const before = drawnBefore(store, userKey, course.key);
      const id = newId();
      const rng = seededRng(Number.parseInt(id.slice(-8), 16) | 0);
      const count = course.examQuestions ?? Math.min(usualQuestions, questions.length);
      const drawn = drawExam(
        { questions: count, draw: course.draw, domains: domains.map(({ key, weight }) => ({ domainKey: key, weight })) },
        questions.map(({ questionKey, topicKey, domainKey }) => ({ questionKey, topicKey, domainKey, drawnBefore: before.get(questionKey) ?? 0 })),
        rng,
      );
      const texts = questionsByKey(store, drawn.questions);
      context.transact((writer, notes) => {
        const sessionKey = insertSitting(writer, { id, userKey, courseKey: course.key, kind: 'mock', plan: { missing: drawn.missing } }, student.now);
        insertExam(writer, {
          sessionKey,
          drawn: drawn.questions.map((questionKey) => {
            const question = texts.get(questionKey);
            return { questionKey, order: question === undefined ? [] : optionOrder(question.kind, question.options.map(({ text }) => text), rng) };
          }),
          // A shorter exam than the blueprint's has as much time for each question.
          minutes: timed && course.examMinutes !== null ? (course.examMinutes * drawn.questions.length) / count : null,
          passCount: passing(course, count, drawn.questions.length),
          total: drawn.questions.length,
        });
        notes.target(id);
      });
      return shown(context, id);
    },

    'learning.exams.get': ({ id }, context) => shown(context, id),

    'learning.exams.save': ({ id, position, milliseconds, ...changes }, context) => {
      const sat = ownExam(context, id);
      if (sat.exam.submittedAt !== null) throw new Refusal('conflict', 'This exam was handed in. Look at its review.', { id });
      if (sat.endedAt !== null) throw new Refusal('conflict', 'This exam was put away. Take it up again first.', { id });
      const before = examAnswers(context.store, sat.key).find((answer) => answer.position === position);
      if (before === undefined) throw new Refusal('not_found', 'This exam has no such question.', { position });
      const question = questionsByKey(context.store, [before.questionKey]).get(before.questionKey);
      if (question !== undefined && changes.chosen !== undefined && changes.chosen !== null) requireFitting(question, changes.chosen);
      const chosen = changes.chosen === undefined ? before.chosen : changes.chosen;
      const changed = JSON.stringify(chosen) !== JSON.stringify(before.chosen);
      const left = leftOf(context, sat);
      const over = left !== null && left <= milliseconds - graceMilliseconds;
      context.transact((writer, notes) => {
        saveExamAnswer(
          writer,
          sat.key,
          {
            position,
            // What comes after the time is no answer any more; what stood before it stays.
            chosen: over ? before.chosen : chosen,
            confidence: changes.confidence === undefined ? before.confidence : changes.confidence,
            flagged: changes.flagged ?? before.flagged,
            milliseconds: before.milliseconds + (left === null ? milliseconds : Math.min(milliseconds, left)),
            answeredAt: changed && !over ? now() : before.answeredAt,
            changedFrom: changed && !over && before.chosen !== null ? [...before.changedFrom, before.chosen] : before.changedFrom,
          },
          now(),
        );
        touchSitting(writer, sat.key, now());
        if (left !== null && left <= milliseconds) handIn(context, writer, sat, true);
        notes.target(id);
      });
      const after = ownExam(context, id);
      if (after.exam.submittedAt !== null) for (const topic of ['practice', 'cards', 'paths'] as const) context.changed(topic);
      return { leftMilliseconds: leftOf(context, after), submitted: after.exam.submittedAt !== null };
    },

    'learning.exams.submit': ({ id }, context) => {
      const sat = ownExam(context, id);
      if (sat.exam.submittedAt !== null) return reviewOf(context.store, sat);
      if (sat.endedAt !== null) throw new Refusal('conflict', 'This exam was put away. Take it up again first.', { id });
      context.transact((writer, notes) => {
        handIn(context, writer, sat, false);
        notes.target(id);
      });
      return reviewOf(context.store, ownExam(context, id));
    },

    'learning.exams.review': ({ id }, context) => {
      const sat = ownExam(context, id);
      if (sat.exam.submittedAt === null) throw new Refusal('conflict', 'This exam was not handed in yet.', { id });
      return reviewOf(context.store, sat);
    },

    'learning.exams.discard': ({ id, discarded }, context) => {
      const sat = ownExam(context, id);
      if (sat.exam.submittedAt !== null) throw new Refusal('conflict', 'An exam that was handed in stays.', { id });
      const other = openSittings(context.store, sat.userKey).find(({ kind, courseKey, key }) => kind === 'mock' && courseKey === sat.courseKey && key !== sat.key);
      if (!discarded && other !== undefined) throw new Refusal('conflict', 'Another exam of this course is open. Put that one away first.', { id: other.id });
      context.transact((writer, notes) => {
        endSitting(writer, sat.key, discarded ? Math.max(now(), sat.startedAt) : null, null);
        notes.target(id);
        notes.detail('discarded', discarded);
      });
      return { id, discarded };
    },
  };
}
