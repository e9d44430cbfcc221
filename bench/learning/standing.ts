import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'vite';
import type * as CreateApp from '#main/app/createApp';
import type * as Ids from '#main/store/ids';
import type * as Log from '#main/app/log';
import type * as Pool from '#main/worker/pool';
import { fillSchool } from '#bench/learning/school';
import { type Figure, percentile } from '#bench/report';
import { root } from '#scripts/prepare';

const passPhrase = 'four ordinary words';
/** How often each entry is called. */
const rounds = 20;
type Call = (entry: string, input: unknown) => Promise<unknown>;

/**
 * A school with many students, each with many answers: what each screen asks of the core, by the handlers that a window calls.
 */
export async function benchStanding({ students = 1_000, answersEach = 1_000, log }: { readonly students?: number; readonly answersEach?: number; readonly log?: (line: string) => void } = {}): Promise<Figure[]> {
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
    const filling = performance.now();
    const { courseId, userIds } = fillSchool({ transaction: (work) => store.transaction(work), newId, idBytes, now, students, answersEach });
    const filled = (performance.now() - filling) / 1_000;
    // What was slow so far is the filling, which no screen does.
    slow.clear();
    const refreshing = performance.now();
    await call('learning.readiness.refresh', {});
    const refreshed = (performance.now() - refreshing) / 1_000;
    const slowestSoFar = (): string => {
      const [worst] = [...slow].sort(([, a], [, b]) => b - a);
      slow.clear();
      return worst === undefined ? 'under 40 ms' : `${worst[1].toFixed(0)} ms (${worst[0].trim().replaceAll(/\s+/g, ' ')})`;
    };
    const slowOfRun = slowestSoFar();
    const ofStudent = ['learning.readiness.get', 'learning.heatmaps.domainByWeek', 'learning.heatmaps.topicByDifficulty', 'learning.heatmaps.objectiveByAssessment', 'learning.mastery.get', 'learning.recommendations.list', 'learning.comparison.get', 'learning.dashboard.get', 'learning.readiness.courses'] as const;
    // What one asks about oneself: the owner is one of the students.
    await call('learning.paths.generate', {});
    const sitting = (await call('learning.practice.start', { kind: 'quiz', courseId, count: 20 })) as { readonly id: string };
    const exam = (await call('learning.exams.start', { courseId })) as { readonly id: string };
    const own: readonly (readonly [entry: string, input: object])[] = [
      ['learning.practice.today', {}],
      ['learning.practice.choices', { courseId }],
      ['learning.practice.get', { id: sitting.id }],
      ['learning.practice.calibration', { courseId }],
      ['learning.cards.overview', { courseId }],
      ['learning.exams.list', { courseId }],
      ['learning.exams.get', { id: exam.id }],
      ['learning.paths.get', {}],
      ['learning.goals.list', {}],
      ['learning.labs.list', { courseId }],
      ['learning.courses.list', {}],
      ['learning.courses.get', { id: courseId }],
      ['learning.questions.list', { courseId }],
      ['learning.library.search', { courseId, search: 'asked sentence' }],
      ['learning.library.flashcards', { courseId, limit: 50 }],
      ['learning.tutors.opening', { courseId }],
      ['learning.tutors.list', {}],
    ];
    log?.(`written in ${filled.toFixed(0)} s, all students worked out in ${refreshed.toFixed(0)} s`);
    const figures: Figure[] = [];
    const measure = async (entry: string, inputOf: (round: number) => object, name = entry): Promise<void> => {
      const times: number[] = [];
      const work: number[] = [];
      for (let round = 0; round < rounds; round += 1) {
        const started = performance.now();
        const before = process.threadCpuUsage();
        await call(entry, inputOf(round));
        const { user, system } = process.threadCpuUsage(before);
        times.push(performance.now() - started);
        work.push((user + system) / 1_000);
      }
      const of = (some: readonly number[]): string => `p50 ${percentile(some, 0.5).toFixed(1)}, p95 ${percentile(some, 0.95).toFixed(1)}`;
      figures.push({ name, value: percentile(times, 0.95), unit: 'ms', target: 50, note: `${String(rounds)} calls; clock ${of(times)}, longest ${Math.max(...times).toFixed(1)}; processor ${of(work)}` });
    };
    for (const entry of ofStudent) {
      const isWeeks = entry === 'learning.heatmaps.domainByWeek';
      const inputOf = (round: number): object => ({ ...(entry === 'learning.readiness.courses' ? {} : { courseId }), userId: userIds[(round * 37 + 1) % userIds.length], ...(isWeeks ? { weeks: 52 } : {}) });
      await measure(entry, inputOf);
      // Each of these students was asked for the first time; from then on what is kept for an hour answers.
      if (entry === 'learning.comparison.get') await measure(entry, inputOf, `${entry}, kept`);
    }
    for (const [entry, input] of own) {
      await measure(entry, () => input);
      // An exam is sat without the library, so it is handed in before that is asked.
      if (entry === 'learning.exams.get') await call('learning.exams.submit', { id: exam.id });
    }
    await measure('learning.exams.review', () => ({ id: exam.id }));
    const { rows } = (await call('learning.heatmaps.topicByDifficulty', { courseId })) as { readonly rows: readonly { readonly id: string }[] };
    await measure('learning.heatmaps.cell', () => ({ courseId, kind: 'topicByDifficulty', row: rows[0]?.id ?? '', column: 'easy' }));
    await measure('learning.readiness.students', (round) => ({ courseId, limit: 50, offset: (round * 50) % students }));
    figures.push({ name: 'working out all students', value: refreshed, unit: 's', target: null, note: `${String(students)} students, ${(students * answersEach).toLocaleString('en')} answers, which took ${filled.toFixed(0)} s to write; slowest statement ${slowOfRun}, of what screens ask ${slowestSoFar()}` });
    await app.close();
    return figures;
  } finally {
    await server.close();
    rmSync(folder, { recursive: true, force: true });
  }
}
