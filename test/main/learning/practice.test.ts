import { describe, expect, it } from 'vitest';
import type { OutputOf } from '#contract/index';
import { type Person, type TestApp, workspaceApp } from '#test/support/app';
import { layCourse, type TestCourse } from '#test/support/course';

type Sitting = OutputOf<'learning.practice.start'>;

const email = 'sam@school.example';

/** A student with a goal in twenty days. */
async function studying(goal: object = {}): Promise<{ test: TestApp; course: TestCourse; student: Person }> {
  const test = await workspaceApp();
  const course = layCourse(test);
  const student = await test.newUser('student', { email });
  await student.call('learning.goals.create', { courseId: course.id, examDate: '2026-10-25', hoursAWeek: 5, ...goal });
  return { test, course, student };
}

/** Answers whatever is in front, right or wrong, until nothing is left. */
async function through(student: Person, sitting: Sitting, right: (index: number) => boolean): Promise<Sitting> {
  let now = sitting;
  for (let index = 0; now.current !== null; index += 1) {
    const { current } = now;
    if (current.what === 'question') now = (await student.call('learning.practice.answer', { id: now.id, position: current.position, chosen: [right(index) ? 1 : 0], confidence: 3, milliseconds: 9_000 })).sitting;
    else if (current.what === 'flashcard') now = (await student.call('learning.practice.rate', { id: now.id, position: current.position, rating: right(index) ? 3 : 1 })).sitting;
    else now = await student.call('learning.practice.read', { id: now.id, position: current.position });
    if (index > 300) throw new Error('The sitting does not end.');
  }
  return now;
}

describe('the audit', () => {
  it('holds what was begun and not each answer, and every refusal', async () => {
    const { test, student } = await studying();
    const quiz = await student.call('learning.practice.start', { kind: 'quiz', count: 5, mode: 'mixed' });
    await through(student, quiz, () => true);
    const other = await test.newUser('student');
    expect((await other.refused('learning.practice.answer', { id: quiz.id, position: 0, chosen: [0] })).code).toBe('out_of_scope');
    const rows = test.app.inside.workspace.store().all<{ action: string; outcome: string }>("select action, outcome from audit where action like 'learning.practice.%'");
    expect(rows).toEqual([{ action: 'learning.practice.start', outcome: 'succeeded' }, { action: 'learning.practice.answer', outcome: 'refused' }]);
  });
});

describe('the session of the day', () => {
  it('begins with new material, stores each answer at once, and says what it came to', async () => {
    const { student, test } = await studying();
    const before = await student.call('learning.practice.today', { minutes: 20 });
    expect(before).toMatchObject({ due: 0, answers: 0, placed: false, goal: { daysToExam: 20, courseTitle: 'Technician' } });
    expect(before.plan.sections).toBeGreaterThan(0);
    expect(before.plan.fresh).toBeGreaterThan(0);

    const sitting = await student.call('learning.practice.start', { kind: 'daily', minutes: 20 });
    expect(sitting.current).toMatchObject({ what: 'section', section: { body: 'What one should know.' } });
    const read = await student.call('learning.practice.read', { id: sitting.id, position: 0 });
    expect(read.current).toMatchObject({ what: 'question', why: 'new' });
    const answered = await student.call('learning.practice.answer', { id: sitting.id, position: 1, chosen: [0], confidence: 4, milliseconds: 5_000, changedFrom: [[1]] });
    expect(answered).toMatchObject({ correct: false, returnsInDays: 0, solution: { right: [1], explanation: 'Because of the rules.', reference: '[97.1]', feedback: ['Not that one.', null, null, null] }, judgement: 'You were sure of this one: worth a second look' });

    // A crash here: another program opens the same file and finds the answer, and the sitting where it was left.
    const found = await student.call('learning.practice.get', { id: sitting.id });
    expect(found).toMatchObject({ done: 2, current: { position: 2 } });
    expect((await student.call('learning.practice.today')).open).toMatchObject({ id: sitting.id, kind: 'daily' });
    expect(test.app.inside.workspace.store().value<number>('select count(*) from study_attempts')).toBe(1);

    // What was wrong comes back within the sitting.
    const ended = await through(student, answered.sitting, () => true);
    expect(ended.total).toBeGreaterThan(sitting.total);
    const finished = await student.call('learning.practice.finish', { id: sitting.id });
    expect(finished.endedAt).not.toBeNull();
    expect(finished.result).toMatchObject({ planChanged: true });
    expect(finished.result!.answered).toBe(finished.result!.right + 1);
    const after = await student.call('learning.practice.today');
    expect(after).toMatchObject({ open: null, rhythm: { studiedToday: true, daysThisWeek: 1 } });
    expect(after.today.answered).toBe(finished.result!.answered);
  });

  it('on later days asks what is due, and never more than the cap', async () => {
    const { student: before, test } = await studying({ reviewsADay: 10 });
    await through(before, await before.call('learning.practice.start', { kind: 'quiz', mode: 'mixed', count: 30 }), () => true);
    // A month away: everything is due, and the exam is over.
    test.clock.advance(30 * 86_400_000);
    const student = await test.signIn(email);
    const today = await student.call('learning.practice.today', { minutes: 60 });
    expect(today.due).toBe(10);
    expect(today.waiting).toBe(20);
    expect(today.hints.map(({ kind }) => kind)).toEqual(['past', 'backlog']);
    const overview = await student.call('learning.cards.overview');
    expect(overview).toMatchObject({ total: 30, due: 10, waiting: 20, cap: 10 });
    expect(overview.forecast.slice(0, 4).map(({ asked }) => asked)).toEqual([10, 10, 10, 0]);
    const sitting = await student.call('learning.practice.start', { kind: 'daily', minutes: 60 });
    await through(student, sitting, () => true);
    expect(await student.call('learning.cards.overview')).toMatchObject({ doneToday: 10, due: 0 });
  });

  it('with no hours a week still offers ten minutes', async () => {
    const { student } = await studying({ hoursAWeek: 0 });
    const today = await student.call('learning.practice.today');
    expect(today.minutes).toBe(10);
    expect(today.hints.map(({ kind }) => kind)).toContain('hours');
    expect(today.plan.minutes).toBeGreaterThan(0);
  });

  it('is answered once: a second answer to the same question is refused, and nothing is stored twice', async () => {
    const { student, test } = await studying();
    const quiz = await student.call('learning.practice.start', { kind: 'quiz', count: 3 });
    await student.call('learning.practice.answer', { id: quiz.id, position: 0, chosen: [1] });
    expect(await student.refused('learning.practice.answer', { id: quiz.id, position: 0, chosen: [0] })).toMatchObject({ code: 'conflict', details: { at: 1 } });
    expect((await student.refused('learning.practice.answer', { id: quiz.id, position: 1, chosen: [9] })).code).toBe('invalid_input');
    expect((await student.refused('learning.practice.answer', { id: quiz.id, position: 1, chosen: 'text' })).code).toBe('invalid_input');
    expect((await student.refused('learning.practice.rate', { id: quiz.id, position: 1, rating: 3 })).code).toBe('invalid_input');
    expect(test.app.inside.workspace.store().value<number>('select count(*) from study_attempts')).toBe(1);
    await student.call('learning.practice.finish', { id: quiz.id });
    expect((await student.refused('learning.practice.answer', { id: quiz.id, position: 1, chosen: [1] })).code).toBe('conflict');
    expect((await student.call('learning.practice.finish', { id: quiz.id })).result?.answered).toBe(1);
  });

  it('belongs to one student', async () => {
    const { student, test, course } = await studying();
    const other = await test.newUser('student');
    const quiz = await student.call('learning.practice.start', { kind: 'quiz', count: 3 });
    expect((await other.refused('learning.practice.get', { id: quiz.id })).code).toBe('out_of_scope');
    expect((await other.refused('learning.practice.start', { kind: 'quiz' })).message).toContain('no goal yet');
    expect((await other.call('learning.practice.today')).goal).toBeNull();
    expect((await other.call('learning.practice.start', { kind: 'quiz', courseId: course.id, count: 2 })).total).toBe(2);
  });

  it('keeps a question that was taken out of the course while it was in front', async () => {
    const { student, test } = await studying();
    const quiz = await student.call('learning.practice.start', { kind: 'quiz', count: 5 });
    test.app.inside.workspace.store().transaction((writer) => writer.run('update study_questions set retired_at = 1'));
    expect((await student.call('learning.practice.answer', { id: quiz.id, position: 0, chosen: [1] })).correct).toBe(true);
    expect((await student.refused('learning.practice.start', { kind: 'quiz' })).code).toBe('not_found');
  });
});

describe('a clock that was set back', () => {
  it('loses no answer and brings no card back into the past', async () => {
    const { student, test } = await studying();
    const quiz = await student.call('learning.practice.start', { kind: 'quiz', count: 6, mode: 'mixed' });
    await student.call('learning.practice.answer', { id: quiz.id, position: 0, chosen: [1] });
    test.clock.advance(-40 * 86_400_000);
    await student.call('learning.practice.answer', { id: quiz.id, position: 1, chosen: [1] });
    const finished = await student.call('learning.practice.finish', { id: quiz.id });
    expect(finished.endedAt).toBeGreaterThanOrEqual(finished.startedAt);
    expect(finished.result?.answered).toBe(2);
    expect((await student.call('learning.cards.overview')).total).toBe(2);
  });
});

describe('a quiz', () => {
  it('keeps to what was wished for', async () => {
    const { student, course } = await studying();
    const choices = await student.call('learning.practice.choices');
    expect(choices).toMatchObject({ courseId: course.id, questions: 30, unseen: 30, missed: 0, marked: 0, difficulties: { easy: 10, medium: 10, hard: 10 }, flashcards: 4, flashcardsUnseen: 4 });
    const hard = await student.call('learning.practice.start', { kind: 'quiz', mode: 'mixed', count: 50, topicIds: [course.topicIds[0]!], difficulties: ['hard'] });
    expect(hard.total).toBe(2);
    expect(hard.current).toMatchObject({ question: { difficulty: 'hard', topic: { id: course.topicIds[0] } } });
    expect((await student.refused('learning.practice.start', { kind: 'quiz', topicIds: [course.id] })).code).toBe('not_found');
    expect((await student.refused('learning.practice.start', { kind: 'quiz', mode: 'missed' })).message).toContain('No question fits');
  });

  it('asks again what was missed or marked', async () => {
    const { student } = await studying();
    const quiz = await student.call('learning.practice.start', { kind: 'quiz', count: 4 });
    const first = quiz.current!;
    if (first.what !== 'question') throw new Error('A quiz asks questions.');
    await student.call('learning.practice.mark', { questionId: first.question.id, marked: true });
    await through(student, await student.call('learning.practice.get', { id: quiz.id }), (index) => index !== 2);
    expect(await student.call('learning.practice.choices')).toMatchObject({ missed: 1, marked: 1, unseen: 26 });
    const marked = await student.call('learning.practice.start', { kind: 'quiz', mode: 'marked' });
    expect(marked).toMatchObject({ total: 1, current: { question: { id: first.question.id, marked: true } } });
    await student.call('learning.practice.mark', { questionId: first.question.id, marked: false });
    expect((await student.call('learning.practice.choices')).marked).toBe(0);
    expect((await student.refused('learning.practice.mark', { questionId: quiz.id, marked: true })).code).toBe('not_found');
  });

  it('tells how well one judges oneself, from twenty answers on', async () => {
    const { student } = await studying();
    expect(await student.call('learning.practice.calibration')).toMatchObject({ verdict: 'unknown', needed: 20 });
    await through(student, await student.call('learning.practice.start', { kind: 'quiz', count: 30, mode: 'mixed' }), (index) => index % 3 === 0);
    const told = await student.call('learning.practice.calibration');
    expect(told).toMatchObject({ verdict: 'overconfident', count: 30 });
    expect(told.levels[2]).toMatchObject({ confidence: 3, claimed: 0.75, count: 30, right: 10 });
    expect(told.message).toContain('fewer were right');
  });
});

describe('a placement', () => {
  it('ends by itself, tells each domain with its interval, and begins no card', async () => {
    const { student } = await studying();
    const placed = await through(student, await student.call('learning.practice.start', { kind: 'placement' }), (index) => index % 2 === 0);
    expect(placed.done).toBeGreaterThanOrEqual(8);
    const { result } = await student.call('learning.practice.finish', { id: placed.id });
    expect(result!.placement).toHaveLength(2);
    for (const { share, low, high } of result!.placement!) {
      expect(low).toBeLessThan(share);
      expect(high).toBeGreaterThan(share);
    }
    expect((await student.call('learning.cards.overview')).total).toBe(0);
    expect((await student.call('learning.practice.today')).placed).toBe(true);
  });

  it('may be skipped, also half-way', async () => {
    const { student } = await studying();
    const sitting = await student.call('learning.practice.start', { kind: 'placement' });
    await student.call('learning.practice.answer', { id: sitting.id, position: 0, chosen: [] });
    expect((await student.call('learning.practice.finish', { id: sitting.id })).result).toMatchObject({ answered: 1, right: 0 });
  });
});

describe('a section', () => {
  it('is passed at 80 % of its check, and then leaves the plan', async () => {
    const { student, course } = await studying();
    const sectionId = course.sectionIds[0]!;
    const failed = await through(student, await student.call('learning.practice.start', { kind: 'section', sectionId }), (index) => index === 0);
    expect((await student.call('learning.practice.finish', { id: failed.id })).result).toMatchObject({ passed: false, answered: 2, right: 1 });
    const planned = async (): Promise<boolean> => (await student.call('learning.paths.get')).path!.weeks.some(({ steps }) => steps.some(({ section }) => section?.id === sectionId));
    expect(await planned()).toBe(true);
    const passed = await through(student, await student.call('learning.practice.start', { kind: 'section', sectionId }), () => true);
    expect((await student.call('learning.practice.finish', { id: passed.id })).result).toMatchObject({ passed: true, planChanged: true });
    expect(await planned()).toBe(false);
    expect((await student.refused('learning.practice.start', { kind: 'section', sectionId: course.id })).code).toBe('not_found');
  });
});
