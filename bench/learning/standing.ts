import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'vite';
import type * as CreateApp from '#main/app/createApp';
import type * as Ids from '#main/store/ids';
import type * as Log from '#main/app/log';
import type * as Pool from '#main/worker/pool';
import { seededRng } from '#domain/kernel/rng';
import { logistic } from '#domain/kernel/stats';
import { type Figure, percentile } from '#bench/report';
import { root } from '#scripts/prepare';

const passPhrase = 'four ordinary words';
const domains = 8;
const topicsInDomain = 5;
const questionsOfTopic = 20;
const day = 86_400_000;

type Call = (entry: string, input: unknown) => Promise<unknown>;

/** One student's answers over half a year: better with practice, better on some topics, with a quarter right by guessing. */
function* answersOf(student: number, count: number, now: number): Generator<{ topic: number; question: number; correct: number; at: number }> {
  const rng = seededRng(student + 1);
  const strength = (rng() - 0.5) * 2;
  const liking = Array.from({ length: domains * topicsInDomain }, () => (rng() - 0.5) * 2);
  const tried = new Map<number, number>();
  for (let index = 0; index < count; index += 1) {
    const topic = Math.floor(rng() * domains * topicsInDomain);
    const times = (tried.get(topic) ?? 0) + 1;
    tried.set(topic, times);
    const chance = 0.25 + 0.75 * logistic(strength + (liking[topic] ?? 0) - 0.8 + 0.5 * Math.log(times));
    yield { topic, question: Math.floor(rng() * questionsOfTopic), correct: rng() < chance ? 1 : 0, at: Math.round(now - (180 * day * (count - index)) / count) };
  }
}

/**
 * A school with many students, each with many answers: what each screen asks of the core, by the handlers that a window calls. The school is
 * written through the store, because a million answers one call each would take the better part of an hour.
 */
export async function benchStanding(students = 1_000, answersEach = 1_000): Promise<Figure[]> {
  const folder = mkdtempSync(join(tmpdir(), 'ivy-standing-'));
  // The sources name each other without endings, as the bundler has it, so the bundler loads them.
  const server = await createServer({ root, configFile: false, logLevel: 'error', server: { middlewareMode: true, hmr: false, watch: null }, appType: 'custom', optimizeDeps: { noDiscovery: true } });
  try {
    const load = async <Module>(path: string): Promise<Module> => (await server.ssrLoadModule(path)) as unknown as Module;
    const { createApp } = await load<typeof CreateApp>('/src/main/app/createApp.ts');
    const { createInlinePool } = await load<typeof Pool>('/src/main/worker/pool.ts');
    const { silentLog } = await load<typeof Log>('/src/main/app/log.ts');
    const { idBytes } = await load<typeof Ids>('/src/main/store/ids.ts');
    const slow = new Map<string, number>();
    const app = createApp({
      profileFolder: join(folder, 'profile'),
      pool: createInlinePool(),
      checkOutput: false,
      passPhraseCost: { memoryKib: 8, iterations: 1, parallelism: 1 },
      log: { ...silentLog, warn: (given: { sql?: string; milliseconds?: number }) => { if (given.sql !== undefined) slow.set(given.sql.slice(0, 80), Math.max(slow.get(given.sql.slice(0, 80)) ?? 0, given.milliseconds ?? 0)); } },
    });
    let token: string | null = null;
    let ids = 0;
    const newId = (): string => {
      ids += 1;
      return `01890000-0000-7000-8000-${ids.toString(16).padStart(12, '0')}`;
    };
    const call: Call = async (entry, input) => {
      const answer = await app.call({ entry, input, token, door: 'cli', connection: 'bench', requestId: newId(), wait: true }, { signal: new AbortController().signal });
      if (answer.token !== undefined) token = answer.token;
      if (!answer.ok) throw new Error(`${entry}: ${answer.error.message}`);
      return answer.result;
    };
    await call('platform.workspaces.create', { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase, workspace: 'learning', timeZone: 'Europe/London' });
    const store = app.inside.workspace.store();
    const now = Date.now();
    const courseId = newId();
    const userIds: string[] = [];
    const filling = performance.now();
    const made = store.transaction((writer) => {
      const course = writer.run("insert into study_courses (id, code, title, owner_key, audience, exam_questions, pass_mark, pass_unit, created_at, updated_at) values (?, 'bench', 'Bench', 1, 'everyone', 60, 0.7, 'share', 1, 1)", idBytes(courseId)).key;
      const topics: number[] = [];
      const questions: number[][] = [];
      for (let domain = 0; domain < domains; domain += 1) {
        const domainKey = writer.run('insert into study_domains (id, course_key, code, title, weight, position) values (?, ?, ?, ?, 12.5, ?)', idBytes(newId()), course, `D${String(domain)}`, `Domain ${String(domain)}`, domain).key;
        for (let topic = 0; topic < topicsInDomain; topic += 1) {
          const topicKey = writer.run('insert into study_topics (id, domain_key, code, title, position) values (?, ?, ?, ?, ?)', idBytes(newId()), domainKey, `D${String(domain)}${String(topic)}`, `Topic ${String(topic)}`, topic).key;
          topics.push(topicKey);
          questions.push(
            Array.from({ length: questionsOfTopic }, (_none, index) =>
              writer.run(
                "insert into study_questions (id, course_key, topic_key, external_id, kind, difficulty, stem, position, created_at, updated_at) values (?, ?, ?, ?, 'single', ?, ?, ?, 1, 1)",
                idBytes(newId()),
                course,
                topicKey,
                `Q${String(topicKey)}-${String(index)}`,
                ['easy', 'medium', 'hard'][index % 3]!,
                'What is asked here, in a sentence of some length that a question usually has?',
                index,
              ).key,
            ),
          );
        }
      }
      return { course, topics, questions };
    });
    for (let student = 0; student < students; student += 1) {
      store.transaction((writer) => {
        const person = writer.run('insert into people (id, given_name, family_name, email, created_at, updated_at) values (?, ?, ?, ?, 1, 1)', idBytes(newId()), 'Student', String(student), `s${String(student)}@school.example`).key;
        const id = newId();
        userIds.push(id);
        const user = writer.run("insert into users (id, person_key, email, role, created_at, updated_at) values (?, ?, ?, 'student', 1, 1)", id, person, `s${String(student)}@school.example`).key;
        writer.run("insert into student_goals (id, user_key, course_key, exam_date, hours_a_week, style, chosen_at, created_at, updated_at) values (?, ?, ?, ?, 5, 'mixed', 1, 1, 1)", idBytes(newId()), user, made.course, new Date(now + (10 + (student % 60)) * day).toISOString().slice(0, 10));
        let session = 0;
        let sitting = -1;
        for (const { topic, question, correct, at } of answersOf(student, answersEach, now)) {
          if (Math.floor(at / day) !== sitting) {
            sitting = Math.floor(at / day);
            session = writer.run("insert into study_sessions (id, user_key, course_key, kind, plan, started_at, last_at) values (?, ?, ?, 'quiz', '{}', ?, ?)", idBytes(newId()), user, made.course, at, at + 1_800_000).key;
          }
          writer.run(
            "insert into study_attempts (id, user_key, course_key, question_key, topic_key, assessment, session_key, chosen, correct, milliseconds, at) values (?, ?, ?, ?, ?, 1, ?, '[0]', ?, 30000, ?)",
            idBytes(newId()),
            user,
            made.course,
            made.questions[topic]![question]!,
            made.topics[topic]!,
            session,
            correct,
            at,
          );
        }
      });
    }
    const filled = (performance.now() - filling) / 1_000;
    const refreshing = performance.now();
    await call('learning.readiness.refresh', {});
    const refreshed = (performance.now() - refreshing) / 1_000;
    const entries = ['learning.readiness.get', 'learning.heatmaps.domainByWeek', 'learning.heatmaps.topicByDifficulty', 'learning.heatmaps.objectiveByAssessment', 'learning.mastery.get', 'learning.recommendations.list', 'learning.comparison.get', 'learning.dashboard.get'] as const;
    const figures: Figure[] = [];
    for (const entry of entries) {
      const times: number[] = [];
      for (let round = 0; round < 20; round += 1) {
        const userId = userIds[(round * 37) % userIds.length]!;
        const started = performance.now();
        await call(entry, { courseId, userId, ...(entry === 'learning.heatmaps.domainByWeek' ? { weeks: 52 } : {}) });
        times.push(performance.now() - started);
      }
      figures.push({ name: entry, value: percentile(times, 0.95), unit: 'ms', target: 50, note: `95th percentile of 20 students; middle ${percentile(times, 0.5).toFixed(1)}, longest ${Math.max(...times).toFixed(1)}` });
    }
    const pages: number[] = [];
    for (let offset = 0; offset < students; offset += 50) {
      const started = performance.now();
      await call('learning.readiness.students', { courseId, limit: 50, offset });
      pages.push(performance.now() - started);
    }
    figures.push({ name: 'learning.readiness.students', value: percentile(pages, 0.95), unit: 'ms', target: 50, note: `95th percentile of ${String(pages.length)} pages of 50` });
    const worst = [...slow].sort(([, a], [, b]) => b - a)[0];
    figures.push({ name: 'working out all students', value: refreshed, unit: 's', target: null, note: `${String(students)} students, ${(students * answersEach).toLocaleString('en')} answers, which took ${filled.toFixed(0)} s to write; slowest statement ${worst === undefined ? 'under 40 ms' : `${String(worst[1])} ms`}` });
    await app.close();
    return figures;
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
