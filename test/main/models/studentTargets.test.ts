import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { readinessFeatureNames } from '#domain/learning/readiness/features';
import { seededRng } from '#domain/kernel/rng';
import { momentsApart, type ToldMoment, wentAstray } from '#domain/models/students/table';
import { idBytes } from '#main/store/ids';
import { monday } from '#test/support/app';
import { withStudent } from '#test/support/studied';

const day = 86_400_000;

describe('whether a student stopped or failed', () => {
  const at = monday;
  const until = monday + 28 * day;
  const goal = (outcome: 'passed' | 'failed' | 'dropped', closedAt: number) => [{ createdAt: at - day, closedAt, outcome }];

  it('is told by four weeks without an answer, or by a goal that was failed or given up within them', () => {
    expect(wentAstray({ at }, until, [], false, until)).toBe(true);
    expect(wentAstray({ at }, until, [], true, until)).toBe(false);
    expect(wentAstray({ at }, until, goal('failed', at + day), true, until)).toBe(true);
    expect(wentAstray({ at }, until, goal('dropped', at + day), true, until)).toBe(true);
    expect(wentAstray({ at }, until, goal('passed', at + day), false, until)).toBe(false);
  });

  it('is not told before the four weeks are over, nor by what came before the moment or after the four weeks', () => {
    expect(wentAstray({ at }, until, [], false, until - 1)).toBeNull();
    expect(wentAstray({ at }, until, [], true, until - 1)).toBeNull();
    expect(wentAstray({ at }, until, goal('failed', at), true, until)).toBe(false);
    expect(wentAstray({ at }, until, goal('failed', until + 1), true, until + 2 * day)).toBe(false);
    // A goal of the next attempt, begun after the moment, is not that of the moment.
    expect(wentAstray({ at }, until, [{ createdAt: at + day, closedAt: at + 2 * day, outcome: 'failed' }], true, until)).toBe(false);
  });

  it('counts each four weeks once, and only where somebody was still studying', () => {
    const moment = (on: number, idleDays: number): ToldMoment => ({ userKey: 1, courseKey: 1, course: 'Operator', day: on, at: on * day, answers: 5, chance: 0.5, features: { idleDays } });
    const chosen = momentsApart([moment(0, 30), moment(3, 0), moment(10, 2), moment(30, 27), moment(31, 0), moment(58, 28), moment(60, 1)]);
    expect(chosen.map(({ day: on }) => on)).toEqual([3, 31, 60]);
  });
});

describe('models of students', () => {
  it('say from their own exams and their own silence what the rules cannot, to whom it concerns, and only once there is enough', async () => {
    const { app, course, student, owner, newUser } = await withStudent();
    const others = await Promise.all(Array.from({ length: 6 }, () => newUser('student')));
    const random = seededRng(3);
    const store = app.inside.workspace.store();
    const features = (studyHours: number) => JSON.stringify({ ...Object.fromEntries(readinessFeatureNames.map((name) => [name, 1])), studyHours, margin: 0.1, weakest: 0.1, idleDays: 1, ahead: 0 });
    const keyOf = (id: string): number => store.value<number>('select key from users where id = ?', id)!;
    const tell = (user: number, on: number, studyHours: number): void => {
      store.transaction((writer) => writer.run('insert or ignore into pass_probability_predictions (id, user_key, course_key, day, chance, low, high, simulated, answers, features, at) values (?, ?, ?, ?, .5, .4, .6, .5, 40, ?, ?)', idBytes(v7()), user, course.key, Math.floor(on / day), features(studyHours), on));
    };
    // Exams: who studied more than twenty hours mostly passed. After each told day comes the outcome; a far better day after the exam must not be read.
    const sit = (count: number, from: number): void => {
      for (let exam = from; exam < from + count; exam += 1) {
        const user = keyOf(others[exam % 6]!.userId);
        const at = monday - (2_000 - 10 * exam) * day;
        const hours = 40 * random();
        const passed = random() < (hours > 20 ? 0.85 : 0.15);
        store.transaction((writer) =>
          writer.run(
            "insert into student_goals (id, user_key, course_key, exam_date, hours_a_week, style, outcome, closed_at, chosen_at, created_at, updated_at) values (?, ?, ?, ?, 4, 'mixed', ?, ?, 1, ?, ?)",
            idBytes(v7()), user, course.key, new Date(at + day).toISOString().slice(0, 10), passed ? 'passed' : 'failed', at + 2 * day, at - 1, at + 2 * day,
          ),
        );
        tell(user, at, hours);
        tell(user, at + 3 * day, passed ? 0 : 40);
      }
    };
    sit(60, 0);
    expect(await owner.refused('models.training.run', { target: 'student.readiness' })).toMatchObject({ code: 'conflict', message: expect.stringContaining('exams that were passed and 40 that were failed') as string });
    const few = await owner.call('models.training.options', { target: 'student.readiness' });
    expect(few.converted + few.notConverted).toBe(60);
    sit(120, 60);
    const trained = await owner.call('models.training.run', { target: 'student.readiness', folds: 3 });
    expect(trained.metrics.rocAuc).toBeGreaterThan(0.7);
    expect(trained).toMatchObject({ leakage: [], gate: { passes: true } });
    expect(trained.gate.rulesLogLoss).toBeCloseTo(Math.log(2));
    expect(trained.card[0]).toMatch(/^It learned from 180 exams/);

    // Nobody is told anything before somebody activates it; the model of leads is another matter.
    const asked = { courseId: course.id };
    expect(await owner.call('models.predictions.students', asked)).toEqual({ models: { risk: null, readiness: null }, items: [] });
    await owner.call('models.registry.activate', { modelId: trained.modelId! });
    expect((await owner.call('models.registry.list', { target: 'student.readiness' })).items).toMatchObject([{ target: 'student.readiness', active: true }]);
    expect((await owner.call('models.registry.list')).items).toEqual([]);
    expect((await owner.call('models.registry.health', { target: 'student.readiness' })).state).toBe('healthy');

    const [diligent, idle] = [others[0]!, others[1]!];
    tell(keyOf(diligent.userId), monday, 38);
    tell(keyOf(idle.userId), monday, 2);
    const said = await owner.call('models.predictions.students', asked);
    const of = (userId: string) => said.items.find((item) => item.userId === userId)!.readiness!;
    expect(of(diligent.userId).probability).toBeGreaterThan(of(idle.userId).probability + 0.3);
    expect(of(idle.userId).lower).toBeLessThanOrEqual(of(idle.userId).probability);
    // The same records tell who stops or fails within four weeks, by a target of its own.
    const risky = await owner.call('models.training.run', { target: 'student.risk', folds: 3, modelType: 'logistic_regression' });
    expect(risky.card[0]).toMatch(/^It learned from 180 moments of students/);
    expect(risky.gate).toMatchObject({ passes: true, rulesLogLoss: null });
    await owner.call('models.registry.activate', { modelId: risky.modelId! });
    const both = await owner.call('models.predictions.students', asked);
    const riskOf = (userId: string) => both.items.find((item) => item.userId === userId)!.risk!.probability;
    expect(riskOf(idle.userId)).toBeGreaterThan(riskOf(diligent.userId) + 0.3);
    expect(both.models).toMatchObject({ risk: { version: 1, modelType: 'logistic_regression' }, readiness: { version: 1 } });
    expect((await owner.call('models.analysis.importance', { modelId: risky.modelId! })).items[0]!.column).toBe('Hours studied');
    // A student reads nobody's but their own, whomever they name.
    expect((await diligent.call('models.predictions.students', { userIds: [diligent.userId, idle.userId] })).items).toEqual([expect.objectContaining({ userId: diligent.userId, risk: null, readiness: of(diligent.userId) })]);
    expect((await student.call('models.predictions.students', asked)).items.filter(({ userId }) => userId !== student.userId)).toEqual([]);
  }, 20_000);
});
