import { cleanText, nameFor, optional, writtenProblem } from '#domain/learning/courses/question';
import { asksTheSame, isSameQuestion } from '#domain/learning/courses/compare';
import { isSmallRewording } from '#domain/learning/courses/rewording';
import type { PackQuestion } from '#domain/learning/courses/pack';
import { Refusal } from '#contract/errors';
import type { Question, questions } from '#contract/learning/questions';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { say } from '#main/app/phrases';
import { setQuestionRetired, writeQuestion } from '#main/store/learning/questionWrites';
import { findOwnedQuestion, findQuestion, insertEdit, isTakenName, listQuestions, questionAt, type QuestionRow, topicKeyOf } from '#main/store/learning/questions';
import { courseOf, ownedCourse } from './courses';
import { refuseWhileExamined } from './withoutAids';

function publicQuestion({ question, ...row }: QuestionRow): Question {
  const { id: externalId, ...parts } = question;
  const { id, courseId, domain, domainTitle, topicTitle, edited, retired } = row;
  return { id, courseId, externalId, domain, domainTitle, topicTitle, edited, retired, ...parts, options: [...parts.options] };
}

/** A question as it is kept, or a refusal that says what keeps it from being asked. */
function checked(question: PackQuestion): PackQuestion {
  const clean: PackQuestion = {
    ...question,
    stem: cleanText(question.stem),
    options: question.options.map((option) => ({ text: cleanText(option.text), correct: option.correct, tolerance: question.kind === 'numeric' ? option.tolerance : null, feedback: optional(option.feedback) })),
    explanation: optional(question.explanation),
    reference: optional(question.reference),
    objective: optional(question.objective),
    flagged: optional(question.flagged),
  };
  const wrong = writtenProblem(clean);
  if (wrong !== null) throw new Refusal('invalid_input', say(wrong));
  return clean;
}

export function questionsHandlers(parts: HandlerParts): HandlersOf<typeof questions> {
  const { newId, now } = parts;

  const own = (context: CallContext, id: string): QuestionRow => {
    const found = findOwnedQuestion(context.store, context.scope, id);
    if (found !== null) return found;
    if (findQuestion(context.store, context.scope, id) !== null) throw new Refusal('out_of_scope', 'That question is in somebody else’s course. Ask them to change it.', { id });
    throw new Refusal('not_found', 'That question does not exist any more.');
  };

  const topicKey = (context: CallContext, courseKey: number, topic: string): number => {
    const key = topicKeyOf(context.store, courseKey, topic);
    if (key === null) throw new Refusal('invalid_input', `The course has no topic ${topic.slice(0, 100)}. Choose one of its topics.`);
    return key;
  };

  return {
    'learning.questions.list': ({ courseId, limit, offset, after, ...filter }, context) => {
      const course = courseOf(context, courseId);
      refuseWhileExamined(context, course.key);
      const from = after === undefined ? (offset ?? 0) : Number(after) || 0;
      const { items, total } = listQuestions(context.store, context.scope, course.key, filter, limit, from);
      const next = from + items.length;
      return { items: items.map(publicQuestion), total, totalIsExact: true, nextKey: next < total ? String(next) : null };
    },

    'learning.questions.get': ({ id }, context) => {
      const found = findQuestion(context.store, context.scope, id);
      if (found === null) throw new Refusal('not_found', 'That question does not exist any more, or its course is not shared with you.');
      refuseWhileExamined(context, found.courseKey);
      return publicQuestion(found);
    },

    'learning.questions.create': ({ courseId, externalId, ...given }, context) => {
      const course = ownedCourse(context, courseId);
      if (course.removed) throw new Refusal('not_found', 'That course was taken away. Put it back first.');
      const question = checked({ ...given, id: externalId ?? nameFor([given.stem, ...given.options.map(({ text }) => text)].join('\n')) });
      if (isTakenName(context.store, course.key, question.id)) throw new Refusal('conflict', externalId === undefined ? 'The course asks exactly this already.' : `The course has a question named ${question.id} already. Choose another name.`);
      const within = topicKey(context, course.key, question.topic);
      const at = now();
      return context.transact((writer, notes) => {
        const key = writeQuestion({ writer, courseKey: course.key, newId, now: at }, null, question, within);
        insertEdit(writer, { id: newId(), questionKey: key, userKey: actorOf(context).userKey, before: null, after: question }, at);
        const written = publicQuestion(questionAt(writer, key));
        notes.target(course.id, written.id);
        return written;
      });
    },

    'learning.questions.update': ({ id, ...changes }, context) => {
      const old = own(context, id);
      if (old.retired) {
        throw new Refusal('conflict', old.replacedByKey === null ? 'That question was taken out of its course. Put it back first.' : 'That question was changed meanwhile. Open it again to see how it is now.');
      }
      const question = checked({ ...old.question, ...(changes as Partial<PackQuestion>) });
      if (isSameQuestion(old.question, question)) return { ...publicQuestion(old), memory: 'same' };
      const memory = asksTheSame(old.question, question) ? 'same' : isSmallRewording(old.question, question) ? 'kept' : 'anew';
      const within = topicKey(context, old.courseKey, question.topic);
      const at = now();
      return context.transact((writer, notes) => {
        const key = writeQuestion({ writer, courseKey: old.courseKey, newId, now: at }, old, question, within);
        insertEdit(writer, { id: newId(), questionKey: key, userKey: actorOf(context).userKey, before: old.question, after: question }, at);
        const written = publicQuestion(questionAt(writer, key));
        notes.target(id, ...(written.id === id ? [] : [written.id]));
        notes.detail('changed', Object.keys(changes).join(' '));
        return { ...written, memory };
      });
    },

    'learning.questions.retire': ({ id, retired }, context) => {
      const found = own(context, id);
      if (found.retired === retired) return publicQuestion(found);
      if (!retired && (found.replacedByKey !== null || isTakenName(context.store, found.courseKey, found.question.id))) {
        throw new Refusal('conflict', 'Another question has taken its place. Take that one out first.');
      }
      if (!retired) topicKey(context, found.courseKey, found.question.topic);
      const at = now();
      return context.transact((writer, notes) => {
        setQuestionRetired({ writer, courseKey: found.courseKey, newId, now: at }, found, retired);
        insertEdit(writer, { id: newId(), questionKey: found.key, userKey: actorOf(context).userKey, before: retired ? found.question : null, after: retired ? null : found.question }, at);
        notes.target(id);
        notes.detail('retired', retired);
        return publicQuestion(questionAt(writer, found.key));
      });
    },
  };
}
