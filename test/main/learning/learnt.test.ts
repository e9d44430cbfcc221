import { v7 } from 'uuid';
import { describe, expect, it } from 'vitest';
import { readinessFeatureNames } from '#domain/learning/readiness/features';
import { idBytes } from '#main/store/ids';
import { monday } from '#test/support/app';
import { giveAnswers, overDays, withStudent } from '#test/support/studied';

const day = 86_400_000;

describe('what a workspace learns from its own log', () => {
  it('learns from a class what a topic has of its own, and serves a topic that few answered by what all share', async () => {
    const { app, course, student, owner, newUser } = await withStudent();
    const [words, , packages] = course.topics;
    // On words everybody comes to know it, on packages nobody does; sensors and plans were answered by one alone.
    for (let other = 0; other < 20; other += 1) {
      const { userId } = await newUser('student');
      giveAnswers(app, course, userId, overDays([words, packages], 24, 5, 0, monday - day).map((each, index) => ({ ...each, correct: each.topic === words ? index > 9 : (index + other) % 4 === 0 })));
    }
    const chances = async () => new Map((await student.call('learning.readiness.get')).topics.map(({ title, chance }) => [title, chance]));
    const before = await chances();
    await owner.call('learning.readiness.refresh');
    const after = await chances();
    const reader = app.inside.workspace.store();
    expect(reader.column('select topic_key from study_topic_slopes order by topic_key')).toEqual([words, packages]);
    expect(reader.get('select answers, answers_read, students, topics from study_knowledge_fits')).toMatchObject({ answers: 600, answers_read: 600, students: 21, topics: 2 });
    for (const learnt of ['Words', 'Packages']) expect(Math.abs(after.get(learnt)! - before.get(learnt)!), learnt).toBeGreaterThan(0.02);
    for (const untouched of ['Sensors', 'Plans']) expect(after.get(untouched)).toBe(before.get(untouched));
  });

  it('learns from the workspace’s own exams where they are enough, and says which regression it holds', async () => {
    const { app, course, student, owner, newUser, clock } = await withStudent();
    const others = [(await newUser('student')).userId, (await newUser('student')).userId, (await newUser('student')).userId, (await newUser('student')).userId, (await newUser('student')).userId];
    // Who was told of hours of study passed here, and nobody else; the margin, which the published regression reads, says nothing.
    const sit = (count: number, from: number): void => {
      app.inside.workspace.store().transaction((writer) => {
        for (let exam = from; exam < from + count; exam += 1) {
          const user = writer.value<number>('select key from users where id = ?', others[exam % 5]!)!;
          const passed = exam % 2 === 0;
          const at = monday - (400 - exam) * day;
          writer.run(
            "insert into student_goals (id, user_key, course_key, exam_date, hours_a_week, style, outcome, closed_at, chosen_at, created_at, updated_at) values (?, ?, ?, ?, ?, 'mixed', ?, ?, 1, ?, ?)",
            idBytes(v7()), user, course.key, new Date(at + day).toISOString().slice(0, 10), passed ? 8 : 2, passed ? 'passed' : 'failed', at + day, at - 1, monday + exam,
          );
          const features = { ...Object.fromEntries(readinessFeatureNames.map((name) => [name, 1])), studyHours: (passed ? 40 : 10) + (exam % 7), margin: 0.1, weakest: 0.1, idleDays: 1, ahead: 0 };
          writer.run('insert into pass_probability_predictions (id, user_key, course_key, day, chance, low, high, simulated, answers, features, at) values (?, ?, ?, ?, .5, .4, .6, .5, 40, ?, ?)', idBytes(v7()), user, course.key, Math.floor(at / day), JSON.stringify(features), at);
        }
      });
    };
    sit(79, 0);
    clock.advance(1_000);
    await owner.call('learning.readiness.refresh');
    const before = await student.call('learning.readiness.get');
    expect(before.regression).toEqual({ basis: 'published', own: null });
    sit(41, 79);
    clock.advance(1_000);
    await owner.call('learning.readiness.refresh');
    const after = await student.call('learning.readiness.get');
    expect(after.regression).toMatchObject({ basis: 'own', own: { exams: 120, passed: 60 } });
    expect(after.regression.own!.brier).toBeLessThan(after.regression.own!.publishedBrier);
    const part = ({ estimate }: typeof after) => estimate!.parts.find((each) => each.part === 'regression')!;
    expect(part(after).chance).not.toBeCloseTo(part(before).chance);
    expect(part(after).low <= part(after).chance && part(after).chance <= part(after).high).toBe(true);
    // An outcome that is taken back is learnt from no longer; below the minimum the published one serves again.
    app.inside.workspace.store().transaction((writer) => writer.run("update student_goals set outcome = 'dropped', updated_at = ? where outcome is not null and key % 3 <> 0", monday + 2_000));
    clock.advance(5_000);
    await owner.call('learning.readiness.refresh');
    expect((await student.call('learning.readiness.get')).regression).toEqual({ basis: 'published', own: null });
  });
});
