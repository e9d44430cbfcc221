import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Card, newCard, type Rating, ratings } from '#domain/learning/cards/card';
import { finalDays, fixedDays, pullBeforeExam, retrievability, review, type ScheduleSettings, stepMilliseconds, sureEnough } from '#domain/learning/cards/schedule';
import { monday } from '#test/support/app';
import { london, schedule } from '#test/support/learning';

const today = london.dayOf(monday);
const dayOf = (card: Card): number => london.dayOf(card.dueAt);

/** A card after ratings that are given so many study days apart. */
function after(steps: readonly (readonly [days: number, rating: Rating])[], settings: ScheduleSettings = schedule()): { card: Card; at: number } {
  let card = newCard(monday);
  let at = monday;
  for (const [days, rating] of steps) {
    at = days === 0 ? at + 60_000 : london.startOf(london.dayOf(at) + days) + 5 * 3_600_000;
    card = review(card, rating, at, settings).card;
  }
  return { card, at };
}

describe('memory under FSRS-6', () => {
  it('is what the authors’ own implementation says', () => {
    // py-fsrs, tests/test_basic.py, test_memo_state: again, then good five times after 0, 1, 3, 8 and 21 days.
    const { card } = after([[0, 1], [0, 3], [1, 3], [3, 3], [8, 3], [21, 3]]);
    expect(card.stability).toBeCloseTo(53.62691, 3);
    expect(card.difficulty).toBeCloseTo(6.3574867, 3);
  });

  it('forgets by the curve that defines stability: nine in ten after that many days', () => {
    const { card } = after([[0, 3]]);
    expect(card.stability).toBeCloseTo(2.3065, 4);
    const twice: Card = { ...card, stability: 7, lastReviewAt: monday };
    expect(retrievability(twice, today + 7, schedule())).toBeCloseTo(0.9, 5);
    // (1 + (0.9^(-1/0.1542) - 1) · 30 / 7)^-0.1542 by hand: 0.9^(-6.4851) = 1.98044, 1 + 0.98044 · 4.28571 = 5.20189, to the power of -0.1542: 0.77550.
    expect(retrievability(twice, today + 30, schedule())).toBeCloseTo(0.7755, 3);
    expect(retrievability(newCard(monday), today, schedule())).toBeNull();
  });

  it('comes back sooner for a higher retention', () => {
    const easy = after([[0, 3], [2, 3], [11, 3]], schedule({ retention: 0.8 })).card;
    const strict = after([[0, 3], [2, 3], [11, 3]], schedule({ retention: 0.95 })).card;
    expect(dayOf(strict)).toBeLessThan(dayOf(easy));
  });
});

describe('a card that is forgotten', () => {
  it('comes back within the sitting, and counts as a lapse only once', () => {
    const { card, at } = after([[0, 3], [2, 1]]);
    expect(card).toMatchObject({ state: 'relearning', lapses: 1, dueAt: at + stepMilliseconds });
    const again = review(card, 1, at + stepMilliseconds, schedule());
    expect(again.card).toMatchObject({ state: 'relearning', lapses: 1 });
    const known = review(again.card, 3, at + 2 * stepMilliseconds, schedule());
    expect(known.card.state).toBe('review');
    expect(known.scheduledDays).toBeGreaterThanOrEqual(1);
  });
});

describe('the fixed schedule', () => {
  const fixed = schedule({ scheduler: 'fixed' });

  it('asks after 2, 3, 5 and 7 days, then every 7', () => {
    let card = newCard(monday);
    let at = monday;
    const gaps: number[] = [];
    for (let time = 0; time < 6; time += 1) {
      const done = review(card, 3, at, fixed);
      gaps.push(done.scheduledDays);
      card = done.card;
      at = card.dueAt;
    }
    expect(gaps).toEqual([2, 3, 5, 7, 7, 7]);
    expect(gaps.slice(0, 4)).toEqual(fixedDays);
  });

  it('begins again after a wrong answer', () => {
    const { card, at } = after([[0, 3], [2, 3], [3, 1]], fixed);
    expect(card.step).toBe(0);
    expect(review(card, 3, at + stepMilliseconds, fixed).scheduledDays).toBe(2);
  });

  it('can be left for FSRS at any time', () => {
    const { card, at } = after([[0, 3], [2, 3], [3, 3]], fixed);
    expect(review(card, 3, at, schedule()).scheduledDays).toBeGreaterThan(7);
  });
});

describe('an exam', () => {
  it('brings a card that would come back after it into the last week, on the day with least to do', () => {
    const examDay = today + 12;
    const settings = schedule({ examDay, loadOf: (day) => (day === today + 9 ? 1 : 10) });
    // Two days after the first look stability is about eleven days: without the exam the card would come back on its day or after it.
    const { card } = after([[0, 3], [2, 3]], settings);
    expect(dayOf(after([[0, 3], [2, 3]]).card)).toBeGreaterThanOrEqual(examDay);
    expect(dayOf(card)).toBe(today + 9);
  });

  it('leaves a card alone that will surely be remembered', () => {
    const { card, at } = after([[0, 4], [8, 4], [60, 4]]);
    const examDay = london.dayOf(at) + 5;
    const done = review(card, 3, at, schedule({ examDay }));
    expect(retrievability(done.card, examDay, schedule())).toBeGreaterThan(sureEnough);
    expect(dayOf(done.card)).toBeGreaterThan(examDay);
  });

  it('that is over changes nothing', () => {
    const { card, at } = after([[0, 3]]);
    expect(review(card, 3, at, schedule({ examDay: today - 3 }))).toEqual(review(card, 3, at, schedule()));
  });

  it('that is set later pulls what lies behind it, spread over the last week', () => {
    const cards = Array.from({ length: 70 }, (): Card => ({ ...after([[0, 3], [2, 3]]).card, dueAt: london.startOf(today + 60), lastReviewAt: monday }));
    const examDay = today + 30;
    const moved = pullBeforeExam(cards, monday, schedule({ examDay }));
    expect(moved.size).toBe(70);
    const days = [...moved.values()].map((at) => london.dayOf(at));
    expect(Math.min(...days)).toBe(examDay - finalDays);
    expect(Math.max(...days)).toBe(examDay - 1);
    for (let day = examDay - finalDays; day < examDay; day += 1) expect(days.filter((one) => one === day)).toHaveLength(10);
  });
});

describe('whatever is answered, whenever', () => {
  const history = fc.array(fc.tuple(fc.integer({ min: -3, max: 400 }), fc.constantFrom(...ratings)), { minLength: 1, maxLength: 25 });

  it('a card stays sound: due after its review, stability and difficulty in their bounds, and never due on the day of the exam', () => {
    fc.assert(
      fc.property(history, fc.constantFrom('fsrs' as const, 'fixed' as const), fc.option(fc.integer({ min: 0, max: 200 })), fc.double({ min: 0.7, max: 0.97, noNaN: true }), (steps, scheduler, examIn, retention) => {
        const settings = schedule({ scheduler, retention, examDay: examIn === null ? null : today + examIn });
        let card = newCard(monday);
        let at = monday;
        for (const [days, rating] of steps) {
          // Days below zero: the machine's clock was set back.
          at = Math.max(0, at + days * 86_400_000);
          const before = card;
          const done = review(card, rating, at, settings);
          card = done.card;
          expect(done.elapsedDays).toBeGreaterThanOrEqual(0);
          expect(card.lastReviewAt).toBe(Math.max(at, before.lastReviewAt ?? at));
          expect(card.dueAt).toBeGreaterThan(card.lastReviewAt!);
          expect(card.stability).toBeGreaterThan(0);
          expect(card.stability).toBeLessThanOrEqual(36_500);
          expect(card.difficulty).toBeGreaterThanOrEqual(1);
          expect(card.difficulty).toBeLessThanOrEqual(10);
          expect(card.reps).toBe(before.reps + 1);
          if (rating > 1) {
            expect(done.scheduledDays).toBeGreaterThanOrEqual(1);
            const exam = settings.examDay;
            const reviewed = london.dayOf(card.lastReviewAt!);
            if (scheduler === 'fsrs' && exam !== null && exam > reviewed + 1 && retrievability(card, exam, settings)! < sureEnough) expect(dayOf(card)).toBeLessThan(exam);
          }
        }
      }),
      { numRuns: 300 },
    );
  });

  it('a better rating never brings a card back sooner', () => {
    fc.assert(
      fc.property(history, (steps) => {
        let card = newCard(monday);
        let at = monday;
        for (const [days, rating] of steps) {
          at += Math.max(0, days) * 86_400_000;
          const due = ratings.map((one) => review(card, one, at, schedule()).card.stability);
          // Within a day FSRS-6 may let a hard answer stand still; it never turns the order round.
          expect(due).toEqual([...due].sort((a, b) => a - b));
          card = review(card, rating, at, schedule()).card;
        }
      }),
      { numRuns: 100 },
    );
  });
});
