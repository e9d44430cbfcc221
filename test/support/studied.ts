import { v7 } from 'uuid';
import { assessments, type Assessment, type Difficulty } from '#domain/learning/attempts';
import type { App } from '#main/app/createApp';
import { idBytes } from '#main/store/ids';
import { monday, workspaceApp } from '#test/support/app';

/** A course of two domains with two topics of ten questions each; 20 are asked and 14 pass. */
export interface StudiedCourse {
  readonly id: string;
  readonly key: number;
  readonly domains: readonly [number, number];
  readonly topics: readonly [number, number, number, number];
  readonly questions: ReadonlyMap<number, readonly number[]>;
}

const titles = ['Words', 'Sensors', 'Packages', 'Plans'];
const levels: readonly Difficulty[] = ['easy', 'medium', 'hard'];

/** Puts a course into the workspace as an import would have left it. */
export function makeCourse(app: App, ownerId: string, exam: { readonly questions: number; readonly pass: number } | null = { questions: 20, pass: 14 }): StudiedCourse {
  return app.inside.workspace.store().transaction((writer) => {
    const owner = writer.value<number>('select key from users where id = ?', ownerId)!;
    const id = v7();
    const { key } = writer.run(
      "insert into study_courses (id, code, title, owner_key, audience, exam_questions, pass_mark, pass_unit, created_at, updated_at) values (?, 'tco', 'Operator', ?, 'everyone', ?, ?, 'questions', 1, 1)",
      idBytes(id),
      owner,
      exam?.questions ?? null,
      exam?.pass ?? null,
    );
    const domains = [['A', 'Asking', 60], ['B', 'Acting', 40]].map(([code, title, weight], position) => writer.run('insert into study_domains (id, course_key, code, title, weight, position) values (?, ?, ?, ?, ?, ?)', idBytes(v7()), key, code!, title!, weight!, position).key);
    const questions = new Map<number, number[]>();
    const topics = titles.map((title, index) => {
      const domain = domains[Math.floor(index / 2)]!;
      const topic = writer.run('insert into study_topics (id, domain_key, code, title, position) values (?, ?, ?, ?, ?)', idBytes(v7()), domain, `T${String(index + 1)}`, title, index).key;
      questions.set(
        topic,
        Array.from({ length: 10 }, (_none, number) =>
          writer.run(
            "insert into study_questions (id, course_key, topic_key, external_id, kind, difficulty, stem, objective, position, created_at, updated_at) values (?, ?, ?, ?, 'single', ?, ?, ?, ?, 1, 1)",
            idBytes(v7()),
            key,
            topic,
            `T${String(index + 1)}-${String(number + 1)}`,
            levels[number % 3]!,
            `What does ${title.toLowerCase()} number ${String(number + 1)} do?`,
            index === 0 ? 'Name the words' : null,
            number,
          ).key,
        ),
      );
      return topic;
    });
    const module = writer.run("insert into study_modules (id, course_key, code, title, position) values (?, ?, 'm1', 'First', 0)", idBytes(v7()), key).key;
    writer.run("insert into study_sections (id, module_key, topic_key, code, title, body, minutes, position) values (?, ?, ?, 's1', 'All about plans', 'Plans.', 8, 0)", idBytes(v7()), module, topics[3]!);
    return { id, key, domains: domains as unknown as StudiedCourse['domains'], topics: topics as unknown as StudiedCourse['topics'], questions };
  });
}

export interface Answered {
  readonly topic: number;
  readonly correct: boolean;
  readonly at: number;
  readonly assessment?: Assessment;
  readonly milliseconds?: number;
}

/** Puts answers into the workspace as practice would have left them, with a sitting for each hour in which there was one. */
export function giveAnswers(app: App, course: StudiedCourse, userId: string, answers: readonly Answered[]): void {
  app.inside.workspace.store().transaction((writer) => {
    const user = writer.value<number>('select key from users where id = ?', userId)!;
    const sittings = new Map<number, number>();
    answers.forEach(({ topic, correct, at, assessment = 'practice', milliseconds = 30_000 }, index) => {
      const hour = Math.floor(at / 3_600_000);
      const session = sittings.get(hour) ?? writer.run("insert into study_sessions (id, user_key, course_key, kind, plan, started_at, last_at) values (?, ?, ?, 'quiz', '{}', ?, ?)", idBytes(v7()), user, course.key, at, at).key;
      sittings.set(hour, session);
      writer.run('update study_sessions set last_at = ? where key = ?', at + milliseconds, session);
      const pool = course.questions.get(topic)!;
      writer.run(
        "insert into study_attempts (id, user_key, course_key, question_key, topic_key, assessment, session_key, chosen, correct, milliseconds, at) values (?, ?, ?, ?, ?, ?, ?, '[0]', ?, ?, ?)",
        idBytes(v7()),
        user,
        course.key,
        pool[index % pool.length]!,
        topic,
        assessments.indexOf(assessment),
        session,
        correct ? 1 : 0,
        milliseconds,
        at,
      );
    });
  });
}

/** Gives a student a goal. */
export function giveGoal(app: App, course: StudiedCourse, userId: string, examDate: string | null, hoursAWeek = 5): void {
  app.inside.workspace.store().transaction((writer) => {
    const user = writer.value<number>('select key from users where id = ?', userId)!;
    writer.run("insert into student_goals (id, user_key, course_key, exam_date, hours_a_week, style, chosen_at, created_at, updated_at) values (?, ?, ?, ?, ?, 'mixed', 1, 1, 1)", idBytes(v7()), user, course.key, examDate, hoursAWeek);
  });
}

/** Answers on topics in turn over some days up to an instant, a share of them right. */
export function overDays(topics: readonly number[], count: number, days: number, share: number, until: number): Answered[] {
  return Array.from({ length: count }, (_none, index) => {
    const round = Math.floor(index / topics.length);
    return { topic: topics[index % topics.length]!, correct: Math.floor((round + 1) * share + 1e-9) > Math.floor(round * share + 1e-9), at: Math.round(until - ((count - 1 - index) * days * 86_400_000) / count) };
  });
}

/** A student who is good at asking and poor at acting, twenty days before the exam. */
export async function withStudent() {
  const test = await workspaceApp();
  const course = makeCourse(test.app, test.owner.userId);
  const student = await test.newUser('student', { email: 'sam@school.example' });
  giveGoal(test.app, course, student.userId, '2026-10-25');
  const [a, b, c, d] = course.topics;
  giveAnswers(test.app, course, student.userId, [...overDays([a, b], 60, 14, 0.95, monday - 3_600_000), ...overDays([c, d], 60, 14, 0.4, monday - 3_600_000)].sort((one, two) => one.at - two.at));
  return { ...test, course, student };
}
