import { phrase } from '#domain/kernel/phrase';
import type { ConversationKind } from '#domain/learning/tutors/kinds';
import { checkMarks, partWriting } from '#domain/learning/tutors/writing';
import { Refusal } from '#contract/errors';
import type { OutputOf } from '#contract/index';
import type { TutorMessage, TutorSource, tutors } from '#contract/learning/tutors';
import type { Offline } from '#contract/platform/language';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { say } from '#main/app/phrases';
import { askInTalk } from '#main/language/talks';
import { listCourses } from '#main/store/learning/courses';
import { examAnswers, examSpent, readExam } from '#main/store/learning/exams';
import { findConversation, insertConversation, insertMessage, listConversations, messagesOf, setConversationRemoved, type StoredConversation, type StoredMessage, touchConversation } from '#main/store/learning/tutors';
import { hintAnswer, localAnswer, type LocalAnswer, measuredAnswer } from './tutorAnswers';
import { factsOf } from './tutorFacts';
import { measuredMessages, measuredRules, studyMessages, tutorRules } from './tutorModel';
import { type Front, frontOf, inFrontOf, ladderOf, type Measured, measuredOf } from './tutorPlace';
import { askedInFront, publicSource, sectionFor, sourcesFor } from './tutorSources';
import { knownOf, type Student, studentOf, studentOfKey } from './studying';

/** So many of the newest messages of a conversation are shown. */
const mostMessages = 200;
const longestTitle = 80;
/** Tokens of an answer: some 600 words. */
const answerTokens = 1_200;

type Ask = OutputOf<'learning.tutors.ask'>;

/** What is kept beside the words of a message. */
interface Details {
  readonly partial?: boolean;
  readonly offline?: Offline | null;
  readonly rungs?: number;
  readonly sources?: readonly TutorSource[];
  readonly followUps?: readonly string[];
}

/** What is written into the conversation for one question. */
interface Reply {
  readonly body: string;
  readonly by: 'model' | 'course';
  readonly hint: number | null;
  readonly details: Details;
}

const publicConversation = ({ id, kind, title, courseId, courseTitle, startedAt, lastAt }: StoredConversation): Ask['conversation'] => ({ id, kind, title, courseId, courseTitle, startedAt, lastAt });

function publicMessage({ id, author, body, writtenBy, measured, hint, details, at }: Omit<StoredMessage, 'key'>): TutorMessage {
  const { partial = false, offline = null, rungs, sources = [], followUps = [] } = details as Details;
  return { id, role: author, text: body, at, by: writtenBy, partial, offline, measured, hint: hint === null ? null : { rung: hint, of: rungs ?? hint }, sources: [...sources], followUps: [...followUps] };
}

/** The caller’s conversation. Another’s is refused, so that the refusal is audited. */
function ownConversation(context: CallContext, id: string): StoredConversation {
  const found = findConversation(context.store, id);
  if (found === null) throw new Refusal('not_found', 'That conversation is not there any more. Begin another one.', { id });
  if (found.userKey !== actorOf(context).userKey) throw new Refusal('out_of_scope', 'That conversation belongs to somebody else.', { id });
  return found;
}

/** Where a student is in the exam under way. */
function paceOf({ store }: CallContext, { key, kind }: Measured): { readonly answered: number; readonly total: number; readonly minutesLeft: number | null } | null {
  const exam = kind === 'mock' ? readExam(store, key) : null;
  if (exam === null) return null;
  const answered = examAnswers(store, key).filter(({ chosen }) => chosen !== null).length;
  return { answered, total: exam.total, minutesLeft: exam.minutes === null ? null : Math.max(0, Math.round(exam.minutes - examSpent(store, key) / 60_000)) };
}

export function tutorsHandlers(parts: HandlerParts): HandlersOf<typeof tutors> {
  const { newId, now, language } = parts;

  /** The student of what stands in front, of the conversation, of the course that is named, or of the goal; null where there is no course. */
  const studentFor = (context: CallContext, courseKey: number | null, courseId: string | undefined): Student | null => {
    if (courseKey !== null) return studentOfKey(parts, context, courseKey);
    const found = studentOf(parts, context, courseId);
    if (found !== null) return found;
    const [first] = listCourses(context.store, context.scope);
    return first === undefined ? null : studentOf(parts, context, first.id);
  };

  const suggestionsFor = (context: CallContext, kind: ConversationKind, front: Front, student: Student, measured: Measured | null): string[] => {
    if (measured !== null) return [];
    const { question, answered, section } = front;
    if (question !== null) return answered === null ? [say(phrase('tutor.next.where')), say(phrase('tutor.next.explain', { topic: question.topic.title }))] : [say(phrase('tutor.next.why')), say(phrase('tutor.next.weak', { topic: question.topic.title }))];
    if (section !== null) return [say(phrase('tutor.next.summary'))];
    if (front.flashcard?.topicTitle !== null && front.flashcard !== null) return [say(phrase('tutor.next.explain', { topic: front.flashcard.topicTitle }))];
    const { weak } = factsOf(context, student);
    const topic = weak[0]?.title ?? knownOf(context.store, student).material.topics[0]?.title;
    const about = (key: 'explain' | 'weak' | 'stuck'): string[] => (topic === undefined ? [] : [say(phrase(`tutor.next.${key}`, { topic }))]);
    switch (kind) {
      case 'general_help':
        return [...about('explain'), say(phrase('tutor.next.plan')), say(phrase('tutor.next.exam'))];
      case 'concept_explanation':
        return [...about('explain'), ...about('weak')];
      case 'troubleshooting':
        return about('stuck');
      case 'exam_strategy':
        return [say(phrase('tutor.next.exam')), say(phrase('tutor.next.doing'))];
      case 'study_planning':
        return [say(phrase('tutor.next.plan')), say(phrase('tutor.next.practise'))];
      case 'motivation':
        return [say(phrase('tutor.next.doing')), say(phrase('tutor.next.practise'))];
    }
  };

  const fromCourse = ({ text, sources, followUps }: LocalAnswer, courseId: string, more: Details = {}, hint: number | null = null): Reply => ({
    body: text,
    by: 'course',
    hint,
    details: { ...more, followUps, sources: sources.map((each, index) => publicSource(each, index + 1, courseId)) },
  });

  return {
    'learning.tutors.opening': ({ courseId, place, kind }, context) => {
      const { userKey } = actorOf(context);
      const measured = measuredOf(context.store, userKey);
      const front = frontOf(context, place, measured);
      const student = studentFor(context, front.courseKey, courseId);
      const courses = listCourses(context.store, context.scope).map(({ id, title }) => ({ id, title }));
      const ladder = ladderOf(context, front);
      return {
        course: student === null ? null : { id: student.course.id, title: student.course.title },
        courses,
        measured: measured === null ? null : { id: measured.id, kind: measured.kind },
        hints: ladder === null ? null : { given: ladder.given, of: ladder.hints.length },
        suggestions: student === null ? [] : suggestionsFor(context, kind, front, student, measured),
        offline: language().unavailable('tutor', context),
      };
    },

    'learning.tutors.ask': async ({ conversationId, courseId, kind: wishedKind, wish, text, place, offline: alone, preview, streamId }, context) => {
      const { store } = context;
      const { userKey } = actorOf(context);
      if (wish === 'answer' && text === '') throw new Refusal('invalid_input', 'Write a question first.');
      const known = conversationId === undefined || findConversation(store, conversationId) === null ? null : ownConversation(context, conversationId);
      const measured = measuredOf(store, userKey);
      const front = frontOf(context, place, measured);
      const student = studentFor(context, front.courseKey ?? known?.courseKey ?? null, courseId);
      if (student === null) throw new Refusal('not_found', 'There is no course yet. Import one under Packs, or ask your school to share one with you.');
      const { course } = student;
      const kind = known?.kind ?? wishedKind;
      const asked = wish === 'hint' ? say(phrase('tutor.wantsHint')) : text;
      const before = known === null ? [] : messagesOf(store, known.key, mostMessages);

      const save = (reply: Reply): Ask => {
        const at = now();
        const common = { measured: measured !== null, questionKey: front.question?.key ?? null, sectionKey: front.section?.key ?? null, sessionKey: front.sessionKey, at };
        const question = { ...common, id: newId(), author: 'student' as const, body: asked, writtenBy: null, hint: null, details: {} };
        const answer = { ...common, id: newId(), author: 'tutor' as const, body: reply.body, writtenBy: reply.by, hint: reply.hint, details: reply.details };
        const id = known?.id ?? conversationId ?? newId();
        context.transact((writer, notes) => {
          const title = (wish === 'hint' ? (front.question?.stem ?? asked) : asked).replace(/\s+/gu, ' ').slice(0, longestTitle);
          const key = known?.key ?? insertConversation(writer, { id, userKey, courseKey: course.key, kind, title }, at);
          for (const each of [question, answer]) insertMessage(writer, key, each);
          touchConversation(writer, key, at);
          notes.target(id);
          notes.detail('kind', kind);
          notes.detail('by', reply.by);
        });
        return { conversation: publicConversation(ownConversation(context, id)), question: publicMessage(question), answer: publicMessage(answer) };
      };

      if (wish === 'hint' && measured === null) {
        const ladder = ladderOf(context, front);
        if (ladder === null) throw new Refusal('conflict', 'There is no question in front of you that waits for an answer. Ask in words instead.');
        const next = ladder.given + 1;
        const hint = ladder.hints[ladder.given];
        const asked = askedInFront(front);
        const said = hintAnswer(hint, front, asked === null ? null : sectionFor(store, asked));
        return save(fromCourse(said, course.id, { rungs: ladder.hints.length }, hint === undefined ? null : next));
      }

      const material = knownOf(store, student);
      const empty = material.material.questions.length + material.material.sections.length + material.material.flashcards.length === 0;
      const pace = measured === null ? null : paceOf(context, measured);
      // While somebody is examined, nothing of the course is looked up.
      const sources = measured === null ? sourcesFor(store, course, front, text, inFrontOf(store, userKey)) : { passages: [], words: [], fits: false };
      const facts = (): ReturnType<typeof factsOf> => factsOf(context, student, material);
      const local = (more: Details = {}): Reply => fromCourse(measured === null ? localAnswer({ kind, text, front, sources, facts, course: { empty, title: course.title } }) : measuredAnswer(measured, pace), course.id, more);

      if (alone || (empty && measured === null)) return save(local());
      const gateway = language();
      const closed = gateway.unavailable('tutor', context);
      if (closed !== null) return save(local({ offline: closed }));

      const readable = (answer: string): { readonly body: string; readonly details: Details } => {
        const { text: prose, followUps } = partWriting(answer);
        const { text: body, used } = checkMarks(prose, sources.passages.length);
        return { body, details: { followUps, sources: used.flatMap((number) => sources.passages.slice(number - 1, number).map((each) => publicSource(each, number, course.id))) } };
      };
      const fromModel = (answer: string, partial: boolean): Ask => {
        const { body, details } = readable(answer);
        return save({ body, by: 'model', hint: null, details: { ...details, partial } });
      };
      return askInTalk(
        gateway,
        {
          purpose: 'tutor',
          system: measured === null ? tutorRules : measuredRules,
          messages: measured === null ? studyMessages({ kind, text, front, sources, facts: facts(), courseTitle: course.title, before }) : measuredMessages(text, pace, before),
          maximumTokens: answerTokens,
          preview,
        },
        streamId,
        context,
        {
          prose: (answer) => partWriting(answer).text,
          answered: ({ text: answer, cutOff }) => fromModel(answer, cutOff),
          instead: (offline, begun) => {
            const rest = local({ offline });
            if (begun === null) return save(rest);
            // What had come is kept, and what the course says stands below it, with sources of its own.
            return save({ ...rest, body: `${checkMarks(begun, 0).text}\n\n---\n\n${say(phrase('tutor.brokenOff'))}\n\n${rest.body}`, details: { ...rest.details, partial: true } });
          },
          stopped: (answer) => {
            fromModel(answer, true);
            context.changed('tutors');
          },
        },
      );
    },

    'learning.tutors.list': ({ search, limit, offset, after }, context) => {
      const from = after === undefined ? (offset ?? 0) : Number(after) || 0;
      const { items, total } = listConversations(context.store, actorOf(context).userKey, search, limit, from);
      return { items: items.map((each) => ({ ...publicConversation(each), messages: each.messages })), total, totalIsExact: true, nextKey: from + items.length < total ? String(from + items.length) : null };
    },

    'learning.tutors.get': ({ id }, context) => {
      const found = ownConversation(context, id);
      return { conversation: publicConversation(found), messages: messagesOf(context.store, found.key, mostMessages).map(publicMessage) };
    },

    'learning.tutors.remove': ({ id, removed }, context) => {
      const found = ownConversation(context, id);
      context.transact((writer, notes) => {
        setConversationRemoved(writer, found.key, removed ? now() : null);
        notes.target(id);
        notes.detail('removed', removed);
      });
      return { id, removed };
    },
  };
}
