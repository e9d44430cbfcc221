import { describe, expect, it } from 'vitest';
import { type Person, type TestApp, workspaceApp } from '#test/support/app';
import { layCourse, type TestCourse } from '#test/support/course';

async function examined(): Promise<{ test: TestApp; course: TestCourse; student: Person }> {
  const test = await workspaceApp();
  const course = layCourse(test, { topics: 10, questionsPerTopic: 3, exam: { questions: 10, minutes: 10, passMark: 7 } });
  const student = await test.newUser('student');
  await student.call('learning.goals.create', { courseId: course.id, examDate: '2026-10-25', hoursAWeek: 5 });
  return { test, course, student };
}

describe('a mock exam', () => {
  it('is drawn by the blueprint, answered in any order, flagged and changed, handed in and looked through', async () => {
    const { student, test, course } = await examined();
    expect(await student.call('learning.exams.list')).toMatchObject({ blueprint: { questions: 10, minutes: 10, passCount: 7, available: 10, topics: [] }, items: [] });
    const exam = await student.call('learning.exams.start');
    expect(exam).toMatchObject({ minutes: 10, leftMilliseconds: 600_000, passCount: 7, missing: 0, submittedAt: null });
    expect(new Set(exam.questions.map(({ question }) => question.topic.code)).size).toBe(10);
    expect(JSON.stringify(exam)).not.toContain('Because of the rules');
    const orders = new Set(exam.questions.map(({ question }) => question.options.map(({ position }) => position).join('')));
    expect(orders.size).toBeGreaterThan(3);

    // It is sat without aids: what the program itself says of the course waits.
    const aids = () => [student.call('learning.library.search', { courseId: course.id, search: 'rules' }), student.call('learning.library.search', { search: 'rules' }), student.call('learning.questions.list', { courseId: course.id }), student.call('learning.questions.get', { id: exam.questions[0]!.question.id })];
    for (const aid of await Promise.allSettled(aids())) expect(String((aid as PromiseRejectedResult).reason)).toMatch(/conflict: .*handed in or put away/);

    const save = (position: number, more: object) => student.call('learning.exams.save', { id: exam.id, position, ...more });
    for (let position = 0; position < 8; position += 1) await save(position, { chosen: [1], milliseconds: 20_000 });
    // One changes from right to wrong, one there and back, one is flagged and left open, one is never looked at.
    await save(0, { chosen: [2], milliseconds: 5_000 });
    await save(1, { chosen: [0] });
    await save(1, { chosen: [1], confidence: 2 });
    expect(await save(8, { flagged: true, milliseconds: 150_000 })).toEqual({ leftMilliseconds: 600_000 - 8 * 20_000 - 5_000 - 150_000, submitted: false });

    // A crash here: all of it is there, and the time of the crash is not counted.
    test.clock.advance(3 * 3_600_000);
    const again = await student.call('learning.exams.start');
    expect(again.id).toBe(exam.id);
    expect(again.leftMilliseconds).toBe(285_000);
    expect(again.questions.map(({ chosen }) => chosen)).toEqual([[2], ...Array.from({ length: 7 }, () => [1]), null, null]);
    expect(again.questions[8]).toMatchObject({ flagged: true, milliseconds: 150_000 });
    expect((await student.call('learning.practice.today')).open).toMatchObject({ kind: 'mock', done: 8, total: 10 });

    const review = await student.call('learning.exams.submit', { id: exam.id });
    await Promise.all(aids());
    // Learn and the overview tell one figure of the time that was studied.
    const { week } = await student.call('learning.practice.today');
    expect(week.minutes).toBeGreaterThan(2);
    expect((await student.call('learning.dashboard.get', { courseId: course.id })).minutesThisWeek).toBe(week.minutes);
    expect(review).toMatchObject({ score: 7, total: 10, passCount: 7, passed: true, unanswered: 2, expired: false, changes: { gained: 0, lost: 1, same: 1 }, pacing: { allowedEach: 60_000, slow: 1 } });
    expect(review.domains.reduce((sum, { right }) => sum + right, 0)).toBe(7);
    expect(review.answers[0]).toMatchObject({ correct: false, change: 'lost', changedFrom: [[1]], solution: { right: [1], explanation: 'Because of the rules.' } });
    expect(review.findings).toEqual(['2 questions were left open. A guess costs nothing', 'One question took more than twice its share of the time']);

    // Every answer is in the log once, and memory follows; what was left open is not.
    const store = test.app.inside.workspace.store();
    expect(store.value<number>('select count(*) from study_attempts where assessment = 2')).toBe(8);
    expect((await student.call('learning.cards.overview')).total).toBe(8);
    expect(await student.call('learning.exams.review', { id: exam.id })).toEqual(review);
    expect(await student.call('learning.exams.submit', { id: exam.id })).toEqual(review);
    expect(store.value<number>('select count(*) from study_attempts')).toBe(8);
    expect((await student.refused('learning.exams.save', { id: exam.id, position: 0, chosen: [1] })).code).toBe('conflict');
    expect((await student.refused('learning.exams.discard', { id: exam.id })).code).toBe('conflict');
    expect((await student.call('learning.exams.list')).items).toMatchObject([{ id: exam.id, score: 7, passed: true, answered: 8 }]);

    // The next one comes with other questions.
    const next = await student.call('learning.exams.start', { timed: false });
    expect(next.minutes).toBeNull();
    const before = new Set(exam.questions.map(({ question }) => question.id));
    expect(next.questions.filter(({ question }) => before.has(question.id))).toEqual([]);
  });

  it('is handed in by itself when its time is over, and what comes later is no answer', async () => {
    const { student, test } = await examined();
    const exam = await student.call('learning.exams.start');
    await student.call('learning.exams.save', { id: exam.id, position: 0, chosen: [1], milliseconds: 590_000 });
    // The machine's clock is set back by a day: the time in front of the exam is what counts.
    test.clock.advance(-86_400_000);
    expect((await student.call('learning.exams.get', { id: exam.id })).leftMilliseconds).toBe(10_000);
    student.listen();
    expect(await student.call('learning.exams.save', { id: exam.id, position: 1, chosen: [1], milliseconds: 40_000 })).toEqual({ leftMilliseconds: 0, submitted: true });
    const review = await student.call('learning.exams.review', { id: exam.id });
    expect(review).toMatchObject({ expired: true, score: 1, unanswered: 9, spentMilliseconds: 600_000, passed: false });
  });

  it('is put away without a score, and taken up again', async () => {
    const { student, test } = await examined();
    const exam = await student.call('learning.exams.start');
    expect((await student.refused('learning.exams.review', { id: exam.id })).code).toBe('conflict');
    await student.call('learning.exams.discard', { id: exam.id });
    expect((await student.call('learning.exams.list')).items).toEqual([]);
    expect((await student.refused('learning.exams.save', { id: exam.id, position: 0 })).message).toContain('Take it up again');
    expect((await student.refused('learning.exams.submit', { id: exam.id })).code).toBe('conflict');
    await student.call('learning.exams.discard', { id: exam.id, discarded: false });
    expect((await student.call('learning.exams.get', { id: exam.id })).submittedAt).toBeNull();
    await student.call('learning.exams.discard', { id: exam.id });
    const other = await student.call('learning.exams.start');
    expect(await student.refused('learning.exams.discard', { id: exam.id, discarded: false })).toMatchObject({ code: 'conflict', details: { id: other.id } });

    const stranger = await test.newUser('staff');
    expect((await stranger.refused('learning.exams.get', { id: exam.id })).code).toBe('out_of_scope');
    expect((await student.refused('learning.exams.save', { id: other.id, position: 77, chosen: [1] })).code).toBe('not_found');
    expect((await student.refused('learning.exams.save', { id: other.id, position: 0, chosen: [8] })).code).toBe('invalid_input');
  });

  it('of a course with too few questions is shorter, with as much time for each, and says what is missing', async () => {
    const test = await workspaceApp();
    const course = layCourse(test, { topics: 2, questionsPerTopic: 2, exam: { questions: 10, minutes: 20, passMark: 7 } });
    const exam = await test.owner.call('learning.exams.start', { courseId: course.id });
    expect(exam).toMatchObject({ missing: 6, minutes: 8, passCount: 3 });
    expect(exam.questions).toHaveLength(4);
    const empty = layCourse(test, { topics: 1, questionsPerTopic: 0 });
    expect((await test.owner.refused('learning.exams.start', { courseId: empty.id })).message).toContain('no question');
    const unknown = layCourse(test, { exam: null });
    expect((await test.owner.call('learning.exams.list', { courseId: unknown.id })).blueprint).toBeNull();
    const open = await test.owner.call('learning.exams.start', { courseId: unknown.id });
    expect(open).toMatchObject({ minutes: null, passCount: 21 });
    expect(open.questions).toHaveLength(30);
  });
});
