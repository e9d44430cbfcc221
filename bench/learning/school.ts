import { logistic } from '#domain/kernel/stats';
import { seededRng } from '#domain/kernel/rng';
import type { Writer } from '#main/store/tx';

export const domains = 8;
export const topicsInDomain = 5;
const questionsOfTopic = 20;
const day = 86_400_000;
const topicsInAll = domains * topicsInDomain;
/** A learner who works through all questions has a card for each of so many. */
const cardsOfStudent = 400;

/** One student's answers over half a year: better with practice, better on some topics, with a quarter right by guessing. */
function answersOf(student: number, count: number, now: number): { topic: number; question: number; correct: number; at: number }[] {
  const rng = seededRng(student + 1);
  const strength = (rng() - 0.5) * 2;
  const liking = Array.from({ length: topicsInAll }, () => (rng() - 0.5) * 2);
  const tried = new Map<number, number>();
  return Array.from({ length: count }, (_none, index) => {
    const topic = Math.floor(rng() * topicsInAll);
    const times = (tried.get(topic) ?? 0) + 1;
    tried.set(topic, times);
    const chance = 0.25 + 0.75 * logistic(strength + (liking[topic] ?? 0) - 0.8 + 0.5 * Math.log(times));
    return { topic, question: Math.floor(rng() * questionsOfTopic), correct: rng() < chance ? 1 : 0, at: Math.round(now - (180 * day * (count - index)) / count) };
  });
}

/** What the school writes with: one transaction at a time. */
export interface SchoolParts {
  readonly transaction: <Result>(work: (writer: Writer) => Result) => Result;
  readonly newId: () => string;
  readonly idBytes: (id: string) => Uint8Array;
  readonly now: number;
  readonly students: number;
  readonly answersEach: number;
}

/**
 * Writes a school through statements of many rows, with the indexes of answers made once at the end: a million answers one call each would take
 * the better part of an hour, one statement each some minutes. The owner, who is user 1, is the first student.
 *
 * @returns the ids of the course and of all students
 */
export function fillSchool({ transaction, newId, idBytes, now, students, answersEach }: SchoolParts): { readonly courseId: string; readonly userIds: readonly string[] } {
  const courseId = newId();
  const { course, topics, questions } = transaction((writer) => {
    const key = writer.run("insert into study_courses (id, code, title, owner_key, audience, exam_questions, pass_mark, pass_unit, created_at, updated_at) values (?, 'bench', 'Bench', 1, 'everyone', 60, 0.7, 'share', 1, 1)", idBytes(courseId)).key;
    const module = writer.run("insert into study_modules (id, course_key, code, title, position) values (?, ?, 'm1', 'First', 0)", idBytes(newId()), key).key;
    const made: { topics: number[]; questions: number[][] } = { topics: [], questions: [] };
    for (let domain = 0; domain < domains; domain += 1) {
      const domainKey = writer.run('insert into study_domains (id, course_key, code, title, weight, position) values (?, ?, ?, ?, 12.5, ?)', idBytes(newId()), key, `D${String(domain)}`, `Domain ${String(domain)}`, domain).key;
      for (let topic = 0; topic < topicsInDomain; topic += 1) {
        const topicKey = writer.run('insert into study_topics (id, domain_key, code, title, position) values (?, ?, ?, ?, ?)', idBytes(newId()), domainKey, `D${String(domain)}${String(topic)}`, `Topic ${String(topic)}`, topic).key;
        made.topics.push(topicKey);
        writer.run("insert into study_sections (id, module_key, topic_key, code, title, body, minutes, position) values (?, ?, ?, ?, 'All about it', 'Some words of a section, about as long as one reads in eight minutes.', 8, ?)", idBytes(newId()), module, topicKey, `s${String(topicKey)}`, topic);
        made.questions.push(
          Array.from({ length: questionsOfTopic }, (_none, index) => {
            const question = writer.run(
              "insert into study_questions (id, course_key, topic_key, external_id, kind, difficulty, stem, position, created_at, updated_at) values (?, ?, ?, ?, 'single', ?, ?, ?, 1, 1)",
              idBytes(newId()),
              key,
              topicKey,
              `Q${String(topicKey)}-${String(index)}`,
              ['easy', 'medium', 'hard'][index % 3] ?? 'easy',
              'What is asked here, in a sentence of some length that a question usually has?',
              index,
            ).key;
            for (let option = 0; option < 4; option += 1) writer.run('insert into study_options (question_key, position, text, correct) values (?, ?, ?, ?)', question, option, `Answer ${String(option)}`, option === 0 ? 1 : 0);
            return question;
          }),
        );
      }
    }
    return { course: key, ...made };
  });
  const ownerId = transaction((writer) => writer.value<string>('select id from users where key = 1') ?? '');
  const userIds = [ownerId, ...Array.from({ length: students - 1 }, newId)];
  const exams = (student: number): string => new Date(now + (10 + (student % 60)) * day).toISOString().slice(0, 10);
  const users = transaction((writer) =>
    userIds.map((id, student) => {
      const email = `s${String(student)}@school.example`;
      const user = student === 0 ? 1 : writer.run("insert into users (id, person_key, email, role, created_at, updated_at) values (?, ?, ?, 'student', 1, 1)", id, writer.run('insert into people (id, given_name, family_name, email, created_at, updated_at) values (?, ?, ?, ?, 1, 1)', idBytes(newId()), 'Student', String(student), email).key, email).key;
      writer.run("insert into student_goals (id, user_key, course_key, exam_date, hours_a_week, style, chosen_at, created_at, updated_at) values (?, ?, ?, ?, 5, 'mixed', 1, 1, 1)", idBytes(newId()), user, course, exams(student));
      return user;
    }),
  );
  const kept = transaction((writer) => {
    const objects = writer.all<{ type: string; name: string; sql: string }>("select type, name, sql from sqlite_master where tbl_name = 'study_attempts' and sql is not null and type in ('index', 'trigger')");
    for (const { type, name } of objects) writer.run(`drop ${type} ${name}`);
    return objects;
  });
  // In the order of time, as a school writes them: what one student answered lies scattered among what the others did.
  const byDay = new Map<number, { readonly user: number; readonly answers: ReturnType<typeof answersOf> }[]>();
  for (const [student, user] of users.entries()) {
    for (const [on, answers] of Map.groupBy(answersOf(student, answersEach, now), ({ at }) => Math.floor(at / day))) {
      const sittings = byDay.get(on);
      if (sittings === undefined) byDay.set(on, [{ user, answers }]);
      else sittings.push({ user, answers });
    }
  }
  let session = 0;
  for (const on of [...byDay.keys()].sort((one, other) => one - other)) {
    const sessions: (readonly [number, number, number])[] = [];
    const rows: (readonly (number | string)[])[] = [];
    for (const { user, answers } of byDay.get(on) ?? []) {
      session += 1;
      sessions.push([session, user, answers[0]?.at ?? now]);
      for (const { topic, question, correct, at } of answers) rows.push([user, questions[topic]?.[question] ?? 0, topics[topic] ?? 0, session, correct, at]);
    }
    byDay.delete(on);
    transaction((writer) => {
      writer.run(
        `insert into study_sessions (key, id, user_key, course_key, kind, plan, started_at, last_at, ended_at)
         select value ->> 0, randomblob(16), value ->> 1, ?, 'quiz', '{}', value ->> 2, (value ->> 2) + 1800000, (value ->> 2) + 1800000 from json_each(?)`,
        course,
        JSON.stringify(sessions),
      );
      writer.run(
        `insert into study_attempts (id, user_key, course_key, question_key, topic_key, assessment, session_key, chosen, correct, milliseconds, at)
         select randomblob(16), value ->> 0, ?, value ->> 1, value ->> 2, 1, value ->> 3, '[0]', value ->> 4, 30000, value ->> 5 from json_each(?)`,
        course,
        JSON.stringify(rows),
      );
    });
  }
  for (let from = 0; from < students; from += 20) {
    transaction((writer) => {
      writer.run(
        `insert into study_cards (id, user_key, course_key, question_key, scheduler, state, due_at, stability, difficulty, reps, lapses, step, last_review_at, created_at)
         select randomblob(16), u.value, ?, q.key, 'fsrs', 2, ? + (q.key * 7919 % 60 - 5) * ${String(day)}, 20, 5, 4, 0, 0, ? - ${String(5 * day)}, 1
         from json_each(?) u join study_questions q on q.course_key = ? where q.key % 2 = 0 limit ?`,
        course,
        now,
        now,
        JSON.stringify(users.slice(from, from + 20)),
        course,
        20 * cardsOfStudent,
      );
    });
  }
  transaction((writer) => {
    for (const { sql } of kept) writer.run(sql);
    // What the trigger would have counted, answer by answer.
    writer.run(
      `insert into study_topic_tallies (topic_key, difficulty, answers, correct)
       select a.topic_key, case q.difficulty when 'easy' then 1 when 'medium' then 2 when 'hard' then 3 else 0 end, count(*), sum(a.correct)
       from study_attempts a join study_questions q on q.key = a.question_key where true group by 1, 2`,
    );
  });
  return { courseId, userIds };
}
