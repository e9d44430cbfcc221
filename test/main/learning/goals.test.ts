import { describe, expect, it } from 'vitest';
import { workspaceApp } from '#test/support/app';
import { layCourse } from '#test/support/course';

describe('a goal', () => {
  it('makes a plan at once, follows what is changed, is closed with how it went, and opened again', async () => {
    const test = await workspaceApp();
    const course = layCourse(test);
    const student = await test.newUser('student', { email: 'sam@school.example' });
    const goal = await student.call('learning.goals.create', { courseId: course.id, examDate: '2026-10-25', hoursAWeek: 4, style: 'questions' });
    // 4 hours a week are 34 minutes a day: two thirds of them are 54 reviews of 25 seconds, in tens.
    expect(goal).toMatchObject({ daysToExam: 20, current: true, scheduler: 'fsrs', retention: 0.9, reviewsADay: 50, style: 'questions', outcome: null });
    const { path } = await student.call('learning.paths.get');
    expect(path).toMatchObject({ goalId: goal.id, kind: 'beginner', cause: 'goal', feasibility: { verdict: 'fits' } });

    expect(await student.refused('learning.goals.create', { courseId: course.id, hoursAWeek: 4 })).toMatchObject({ code: 'conflict', details: { id: goal.id } });
    expect((await student.refused('learning.goals.update', { id: goal.id, examDate: '2026-10-04' })).message).toContain('That day is over');
    expect((await student.refused('learning.goals.create', { courseId: goal.id, hoursAWeek: 4 })).code).toBe('not_found');
    expect((await student.refused('learning.goals.create', { courseId: course.id, hoursAWeek: -1 })).code).toBe('invalid_input');

    const changed = await student.call('learning.goals.update', { id: goal.id, examDate: '2026-10-08', hoursAWeek: 1 });
    expect(changed).toMatchObject({ daysToExam: 3, style: 'questions' });
    const short = (await student.call('learning.paths.get')).path!;
    expect(short).toMatchObject({ kind: 'fast_track', feasibility: { verdict: 'short' } });
    expect(short.feasibility.message).toMatch(/Not all of it fits: the plan covers \d+ % of the exam\. [\d.]+ hours a week would cover all, or an exam on 2026-\d\d-\d\d or later/);
    expect(short.feasibility.leftOut.length).toBeGreaterThan(0);

    // The date passes; the goal still stands, and can be changed without a new date.
    test.clock.advance(5 * 86_400_000);
    const later = await test.signIn('sam@school.example');
    expect((await later.call('learning.goals.list')).items[0]).toMatchObject({ daysToExam: -2 });
    expect(await later.call('learning.paths.generate', {})).toMatchObject({ weeks: [], feasibility: { verdict: 'past' } });
    await later.call('learning.goals.update', { id: goal.id, hoursAWeek: 3 });
    const closed = await later.call('learning.goals.close', { id: goal.id, outcome: 'passed', share: 0.86 });
    expect(closed).toMatchObject({ outcome: 'passed', outcomeShare: 0.86, current: false });
    expect((await later.call('learning.practice.today')).goal).toBeNull();
    expect((await later.refused('learning.goals.update', { id: goal.id, hoursAWeek: 3 })).code).toBe('conflict');
    expect((await later.refused('learning.goals.choose', { id: goal.id })).code).toBe('conflict');
    expect((await later.refused('learning.paths.generate', { goalId: goal.id })).code).toBe('conflict');
    expect(await later.call('learning.goals.close', { id: goal.id, outcome: null })).toMatchObject({ outcome: null, closedAt: null, current: true });
  });

  it('is one of several; Learn shows the one that was chosen last, also after the clock was set back', async () => {
    const test = await workspaceApp();
    const [first, second] = [layCourse(test), layCourse(test)];
    const student = await test.newUser('student');
    const one = await student.call('learning.goals.create', { courseId: first.id, hoursAWeek: 4 });
    test.clock.advance(1_000);
    const two = await student.call('learning.goals.create', { courseId: second.id, hoursAWeek: 4 });
    const order = async (): Promise<string[]> => (await student.call('learning.goals.list')).items.map(({ id }) => id);
    expect(await order()).toEqual([two.id, one.id]);
    test.clock.advance(-3_600_000);
    expect((await student.call('learning.goals.choose', { id: one.id })).current).toBe(true);
    expect(await order()).toEqual([one.id, two.id]);

    const other = await test.newUser('student');
    expect((await other.refused('learning.goals.update', { id: one.id, hoursAWeek: 9 })).code).toBe('out_of_scope');
    expect((await other.refused('learning.paths.get', { goalId: one.id })).code).toBe('out_of_scope');
    expect(await order.call(null)).toHaveLength(2);
    expect((await other.call('learning.goals.list')).items).toEqual([]);
    // A course that nobody shared.
    const hidden = layCourse(test, { audience: 'nobody' });
    expect((await other.refused('learning.goals.create', { courseId: hidden.id, hoursAWeek: 1 })).code).toBe('not_found');
    expect((await test.owner.call('learning.goals.create', { courseId: hidden.id, hoursAWeek: 1 })).courseTitle).toBe('Technician');
  });
});

describe('a plan', () => {
  it('is made of a kind when that is asked for, of chosen topics too, and says what is done', async () => {
    const test = await workspaceApp();
    const course = layCourse(test, { weights: [70, 30], draw: 'weights' });
    const student = await test.newUser('student');
    await student.call('learning.goals.create', { courseId: course.id, examDate: '2026-11-20', hoursAWeek: 4 });
    for (const kind of ['beginner', 'fast_track', 'comprehensive', 'remediation'] as const) {
      const path = await student.call('learning.paths.generate', { kind });
      expect(path).toMatchObject({ kind, cause: 'asked', feasibility: { verdict: 'fits', covered: 1 } });
      for (const { plannedMinutes, availableMinutes } of path.weeks) expect(plannedMinutes).toBeLessThanOrEqual(availableMinutes + 1e-6);
    }
    // What counts 70 % comes first on a fast track.
    const fast = await student.call('learning.paths.generate', { kind: 'fast_track' });
    expect(fast.weeks[0]!.steps.find(({ topic }) => topic !== null)!.topic!.code).toMatch(/^T0/);
    const topicIds = course.topicIds.slice(0, 1);
    const own = await student.call('learning.paths.generate', { kind: 'custom', topicIds: [...topicIds] });
    expect([...new Set(own.weeks.flatMap(({ steps }) => steps.flatMap(({ topic }) => (topic === null ? [] : [topic.id]))))]).toEqual(topicIds);
    expect((await student.refused('learning.paths.generate', { kind: 'custom' })).message).toContain('at least one topic');
    expect((await student.refused('learning.paths.generate', { kind: 'custom', topicIds: [course.id] })).code).toBe('not_found');

    // Twelve answers in the topic are what the path asks for.
    const quiz = await student.call('learning.practice.start', { kind: 'quiz', topicIds: [...topicIds], count: 6, mode: 'mixed' });
    for (let round = 0; round < 2; round += 1) {
      const sitting = round === 0 ? quiz : await student.call('learning.practice.start', { kind: 'quiz', topicIds: [...topicIds], count: 6, mode: 'mixed' });
      for (let position = 0; position < 6; position += 1) await student.call('learning.practice.answer', { id: sitting.id, position, chosen: [1], milliseconds: 60_000 });
    }
    const { path } = await student.call('learning.paths.get');
    const steps = path!.weeks[0]!.steps.filter(({ activity }) => activity === 'practice');
    expect(steps[0]).toMatchObject({ amount: 12, done: true });
    expect(path!.weeks[0]!.doneMinutes).toBeCloseTo(12);
  });

  it('without a goal is asked for in words', async () => {
    const test = await workspaceApp();
    expect((await test.owner.refused('learning.paths.generate', {})).message).toContain('no goal yet');
    expect(await test.owner.call('learning.paths.get')).toEqual({ path: null });
    expect(await test.owner.call('learning.exams.list')).toMatchObject({ blueprint: null, items: [] });
    expect(await test.owner.call('learning.labs.list')).toEqual({ courseId: null, items: [] });
    expect(await test.owner.call('learning.practice.choices')).toMatchObject({ courseId: null, domains: [] });
    expect(await test.owner.call('learning.cards.overview')).toMatchObject({ total: 0, forecast: [] });
  });
});
