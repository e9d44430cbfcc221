import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mondayOf } from '#domain/learning/calendar';
import { minutesADay, reviewsThatFit, studyStyles } from '#domain/learning/goals';
import { type DayMaterial, type DayWish, sessionOfTheDay } from '#domain/learning/practice/day';
import { rhythmOf } from '#domain/learning/practice/streak';

const wish = (given: Partial<DayWish> = {}): DayWish => ({ minutes: 30, style: 'mixed', daysToExam: null, roomForNew: 20, secondsPerCard: 20, secondsPerQuestion: 60, ...given });

const plenty: DayMaterial = {
  due: Array.from({ length: 100 }, (_none, index) => ({ cardKey: index, topicKey: index % 7 })),
  weak: [1, 2, 3].map((topicKey) => ({ topicKey, questionKeys: [0, 1, 2, 3, 4, 5, 6].map((index) => topicKey * 100 + index) })),
  fresh: [10, 11, 12].map((topicKey) => ({ topicKey, sections: [{ sectionKey: topicKey, minutes: 4 }], questionKeys: [0, 1, 2, 3, 4, 5].map((index) => topicKey * 100 + index) })),
};

describe('the session of the day', () => {
  it('mixes due cards, weak topics and new material into the minutes', () => {
    const plan = sessionOfTheDay(plenty, wish());
    expect(plan.minutes).toBeGreaterThan(25);
    expect(plan.minutes).toBeLessThanOrEqual(30);
    expect(plan.cards).toBeGreaterThanOrEqual(45);
    expect(plan.weak).toBe(7);
    expect(plan.sections).toBeGreaterThanOrEqual(1);
  });

  it('keeps a section and its questions together, after a few known things', () => {
    const { items } = sessionOfTheDay(plenty, wish());
    const at = items.findIndex(({ what }) => what === 'section');
    expect(at).toBeGreaterThanOrEqual(2);
    expect(items.slice(at + 1, at + 3).map(({ topicKey }) => topicKey)).toEqual([10, 10]);
  });

  it('begins with questions for who likes to be asked first', () => {
    const { items } = sessionOfTheDay({ ...plenty, due: [], weak: [] }, wish({ style: 'questions' }));
    expect(items[0]).toMatchObject({ what: 'question', why: 'new' });
    expect(sessionOfTheDay({ ...plenty, due: [], weak: [] }, wish({ style: 'reading' })).items[0]).toMatchObject({ what: 'section' });
  });

  it('begins nothing new in the last days before the exam, or where the week ahead is full', () => {
    expect(sessionOfTheDay(plenty, wish({ daysToExam: 2 }))).toMatchObject({ fresh: 0, sections: 0 });
    expect(sessionOfTheDay(plenty, wish({ roomForNew: 0 })).fresh).toBe(0);
  });

  it('gives what one part does not need to the others', () => {
    expect(sessionOfTheDay({ ...plenty, due: [] }, wish()).minutes).toBeGreaterThan(25);
    expect(sessionOfTheDay({ ...plenty, weak: [], fresh: [] }, wish()).cards).toBe(90);
    expect(sessionOfTheDay({ due: [], weak: [], fresh: [] }, wish())).toMatchObject({ items: [], minutes: 0 });
  });

  it('in a minute does one thing rather than none', () => {
    expect(sessionOfTheDay({ ...plenty, due: [], weak: [] }, wish({ minutes: 1 })).items).toHaveLength(1);
    expect(sessionOfTheDay(plenty, wish({ minutes: 0 })).items).toEqual([]);
  });

  it('never takes longer than asked by more than that, and asks nothing twice', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 120 }), fc.integer({ min: 0, max: 60 }), fc.integer({ min: 0, max: 40 }), fc.constantFrom(...studyStyles), fc.option(fc.integer({ min: -5, max: 40 })), (minutes, due, roomForNew, style, daysToExam) => {
        const plan = sessionOfTheDay({ ...plenty, due: plenty.due.slice(0, due) }, wish({ minutes, style, roomForNew, daysToExam }));
        if (plan.items.length > 1) expect(plan.minutes).toBeLessThanOrEqual(minutes + 1e-6);
        const names = plan.items.map((item) => JSON.stringify(item));
        expect(new Set(names).size).toBe(names.length);
        expect(plan.fresh).toBeLessThanOrEqual(roomForNew);
      }),
    );
  });
});

describe('the time there is', () => {
  it('follows from the hours of a week', () => {
    expect([0, 1, 3.5, 7, 40].map(minutesADay)).toEqual([10, 10, 30, 60, 120]);
    expect(reviewsThatFit(0, 20)).toBe(20);
    // 7 hours a week are an hour a day: two thirds of it are 40 minutes, 120 reviews of 20 seconds.
    expect(reviewsThatFit(7, 20)).toBe(120);
    expect(reviewsThatFit(80, 5)).toBe(200);
  });
});

describe('the rhythm of somebody', () => {
  // 5 October 2026 is a Monday.
  const monday = Date.UTC(2026, 9, 5) / 86_400_000;

  it('keeps a week with rest days, and does not lose the row on a Monday', () => {
    const days = [monday - 14, monday - 12, monday - 10, monday - 7, monday - 6, monday - 2];
    expect(rhythmOf(days, monday, mondayOf)).toEqual({ daysOfLastSeven: 2, weeksInARow: 2, daysThisWeek: 0, studiedToday: false });
    expect(rhythmOf([...days, monday], monday, mondayOf)).toMatchObject({ studiedToday: true, weeksInARow: 2, daysThisWeek: 1 });
    expect(rhythmOf([monday - 14], monday, mondayOf)).toMatchObject({ weeksInARow: 0 });
  });
});
