import { describe, expect, it } from 'vitest';
import { workspaceApp } from '#test/support/app';
import { layCourse } from '#test/support/course';

const email = 'sam@school.example';

async function withFlashcards() {
  const test = await workspaceApp();
  const course = layCourse(test, { flashcards: 3 });
  const student = await test.newUser('student', { email });
  await student.call('learning.goals.create', { courseId: course.id, hoursAWeek: 3 });
  return { test, course, student };
}

describe('flashcards', () => {
  it('are rated, come back after their days, and a wrong key is taken back', async () => {
    const { student, test } = await withFlashcards();
    const sitting = await student.call('learning.practice.start', { kind: 'cards' });
    expect(sitting).toMatchObject({ total: 3, undo: null, current: { what: 'flashcard', why: 'new', flashcard: { front: 'Front 0', back: 'Back 0' } } });
    const returns = sitting.current?.what === 'flashcard' ? sitting.current.returns.map(({ days }) => days) : [];
    expect(returns[0]).toBe(0);
    expect(returns[3]).toBeGreaterThan(returns[2]!);

    const easy = await student.call('learning.practice.rate', { id: sitting.id, position: 0, rating: 4 });
    expect(easy.returnsInDays).toBe(returns[3]);
    const undone = await student.call('learning.cards.undo', { reviewId: easy.sitting.undo!.reviewId });
    expect(undone.sitting).toMatchObject({ done: 0, undo: null, current: { position: 0, flashcard: { front: 'Front 0' } } });
    expect((await student.refused('learning.cards.undo', { reviewId: easy.sitting.undo!.reviewId })).message).toContain('taken back already');

    const again = await student.call('learning.practice.rate', { id: sitting.id, position: 0, rating: 1 });
    expect(again).toMatchObject({ returnsInDays: 0, sitting: { total: 4 } });
    // What the rating had put in to come back goes with it.
    expect((await student.call('learning.cards.undo', { reviewId: again.sitting.undo!.reviewId })).sitting).toMatchObject({ total: 3, current: { position: 0 } });
    await student.call('learning.practice.rate', { id: sitting.id, position: 0, rating: 3 });
    expect(await student.call('learning.cards.overview')).toMatchObject({ total: 1, due: 0, scheduler: 'fsrs' });
    test.clock.advance(4 * 86_400_000);
    expect(await (await test.signIn(email)).call('learning.cards.overview')).toMatchObject({ total: 1, due: 1 });
  });

  it('that nobody wants to see again are put away, and come back when asked', async () => {
    const { student, course, test } = await withFlashcards();
    await student.call('learning.cards.suspend', { questionId: course.questionIds[0]!, suspended: true });
    const quiz = await student.call('learning.practice.start', { kind: 'quiz', count: 30, mode: 'mixed' });
    await student.call('learning.practice.answer', { id: quiz.id, position: 0, chosen: [1] });
    const { current } = quiz;
    if (current?.what !== 'question') throw new Error('A quiz asks questions.');
    await student.call('learning.cards.suspend', { questionId: current.question.id, suspended: true });
    test.clock.advance(60 * 86_400_000);
    const later = await test.signIn(email);
    expect((await later.call('learning.cards.overview')).due).toBe(0);
    await later.call('learning.cards.suspend', { questionId: current.question.id, suspended: false });
    expect((await later.call('learning.cards.overview')).due).toBe(1);
    expect((await later.refused('learning.cards.suspend', { flashcardId: course.id, suspended: true })).code).toBe('not_found');
  });

  it('of a question go on where its spelling was put right, also for an answer to the old words, and begin anew where it asks something else', async () => {
    const { student, test } = await withFlashcards();
    const quiz = await student.call('learning.practice.start', { kind: 'quiz', count: 30, mode: 'mixed' });
    const { current } = quiz;
    if (current?.what !== 'question') throw new Error('A quiz asks questions.');
    const { id, stem } = current.question;
    await student.call('learning.practice.answer', { id: quiz.id, position: 0, chosen: [1] });
    expect(await student.call('learning.cards.overview')).toMatchObject({ total: 1 });
    const typo = await test.owner.call('learning.questions.update', { id, stem: `${stem} Choose carefuly.` });
    expect(typo.memory).toBe('anew');
    expect(await student.call('learning.cards.overview')).toMatchObject({ total: 0 });
    const back = await test.owner.call('learning.questions.update', { id: typo.id, stem });
    expect(back).toMatchObject({ id, memory: 'anew' });
    expect(await student.call('learning.cards.overview')).toMatchObject({ total: 1 });
    // One slip put right: the card and its memory are those of before.
    const mistyped = await test.owner.call('learning.questions.update', { id, stem: stem.replace(/([a-z])([a-z]{3})/, '$1x$2') });
    expect(mistyped.memory).toBe('kept');
    const right = await test.owner.call('learning.questions.update', { id: mistyped.id, explanation: 'Because.' });
    expect(right).toMatchObject({ id: mistyped.id, memory: 'same' });
    expect(await student.call('learning.cards.overview')).toMatchObject({ total: 1 });
    const reader = test.app.inside.workspace.store();
    const reviews = () => reader.value<number>('select count(*) from study_reviews r join study_cards k on k.key = r.card_key where r.undone_at is null');
    expect(reviews()).toBe(1);
    // The sitting still asks the old words of another question; what is answered to them is of the same card.
    const next = (await student.call('learning.practice.get', { id: quiz.id })).current;
    if (next?.what !== 'question') throw new Error('A quiz asks questions.');
    await student.call('learning.practice.answer', { id: quiz.id, position: next.position, chosen: [1] });
    await test.owner.call('learning.questions.update', { id: next.question.id, stem: next.question.stem.replace(/([a-z])([a-z]{3})/, '$1x$2') });
    const again = await student.call('learning.practice.start', { kind: 'quiz', count: 30, mode: 'mixed' });
    expect(again.total).toBeGreaterThan(1);
    expect(await student.call('learning.cards.overview')).toMatchObject({ total: 2 });
    expect(reviews()).toBe(2);
  });

  it('of somebody else are not touched', async () => {
    const { student, test } = await withFlashcards();
    const other = await test.newUser('student');
    const sitting = await student.call('learning.practice.start', { kind: 'cards' });
    const rated = await student.call('learning.practice.rate', { id: sitting.id, position: 0, rating: 3 });
    expect((await other.refused('learning.cards.undo', { reviewId: rated.sitting.undo!.reviewId })).code).toBe('out_of_scope');
    expect((await student.refused('learning.cards.undo', { reviewId: sitting.id })).code).toBe('not_found');
  });

  it('follow the fixed schedule where that is chosen', async () => {
    const { student, course } = await withFlashcards();
    const { items } = await student.call('learning.goals.list');
    await student.call('learning.goals.update', { id: items[0]!.id, scheduler: 'fixed' });
    const sitting = await student.call('learning.practice.start', { kind: 'cards', courseId: course.id });
    expect((await student.call('learning.practice.rate', { id: sitting.id, position: 0, rating: 4 })).returnsInDays).toBe(2);
  });
});

describe('an answer to a question', () => {
  it('stands as it was given', async () => {
    const { student, test } = await withFlashcards();
    const quiz = await student.call('learning.practice.start', { kind: 'quiz', count: 3 });
    await student.call('learning.practice.answer', { id: quiz.id, position: 0, chosen: [1] });
    const id = test.app.inside.workspace.store().value<Uint8Array>('select id from study_reviews')!;
    const text = Buffer.from(id).toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
    expect((await student.refused('learning.cards.undo', { reviewId: text })).message).toContain('stands as it was given');
  });
});

describe('a schedule of one’s own', () => {
  it('is looked for once there are enough reviews, and used only where it predicts better', async () => {
    const { student, test, course } = await withFlashcards();
    expect(await student.call('learning.cards.fit')).toMatchObject({ fitted: false, needed: 400, inUse: false });
    // A log of somebody who forgets fast: a third wrong after two days.
    const store = test.app.inside.workspace.store();
    store.transaction((writer) => {
      const userKey = writer.value<number>('select max(key) from users')!;
      for (let card = 0; card < 30; card += 1) {
        const { key } = writer.run(
          'insert into study_cards (id, user_key, course_key, question_key, scheduler, state, due_at, stability, difficulty, reps, lapses, step, created_at) values (randomblob(16), ?, ?, ?, \'fsrs\', 2, 0, 2, 5, 1, 0, 0, 1)',
          userKey,
          course.key,
          card + 1,
        );
        for (let time = 0; time < 20; time += 1) {
          writer.run(
            'insert into study_reviews (id, card_key, user_key, rating, at, elapsed_days, scheduled_days, stability_before, difficulty_before, stability_after, difficulty_after, before) values (randomblob(16), ?, ?, ?, ?, ?, 2, 1, 5, 1, 5, \'{}\')',
            key,
            userKey,
            (card + time) % 3 === 0 ? 1 : 3,
            time * 2 * 86_400_000 + card,
            time === 0 ? 0 : 2,
          );
        }
      }
    });
    const fitted = await student.call('learning.cards.fit');
    expect(fitted).toMatchObject({ fitted: true, reviews: 570, inUse: true });
    expect(fitted.fittedLoss!).toBeLessThan(fitted.defaultLoss!);
    expect((await student.call('learning.cards.overview')).fit).toMatchObject({ inUse: true, reviews: 570 });
  });
});
