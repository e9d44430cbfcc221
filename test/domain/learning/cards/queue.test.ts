import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { newCard } from '#domain/learning/cards/card';
import { dueQueue, forecastLoad, type KeptCard, roomForNew } from '#domain/learning/cards/queue';
import { stepMilliseconds } from '#domain/learning/cards/schedule';
import { monday } from '#test/support/app';
import { london, schedule } from '#test/support/learning';

const today = london.dayOf(monday);

/** A card that was last seen some days ago and is due on a day. */
const kept = (key: number, seenDaysAgo: number, dueInDays: number, stability = 5): KeptCard => ({
  ...newCard(monday),
  key,
  state: 'review',
  stability,
  difficulty: 5,
  reps: 3,
  lastReviewAt: london.startOf(today - seenDaysAgo),
  dueAt: london.startOf(today + dueInDays),
});

describe('the cards of today', () => {
  it('are what is due until four in the morning, the best remembered first', () => {
    const cards = [kept(1, 40, -3), kept(2, 5, 0), kept(3, 10, -1), kept(4, 2, 1)];
    expect(dueQueue(cards, monday, 0, 100, schedule())).toEqual({ now: [2, 3, 1], soon: [], waiting: 0 });
  });

  it('begin with what was just forgotten, and know what comes back in a few minutes', () => {
    const forgotten: KeptCard = { ...kept(9, 0, 0), state: 'relearning', dueAt: monday - 1, lastReviewAt: monday - stepMilliseconds };
    const later: KeptCard = { ...kept(8, 0, 0), state: 'learning', dueAt: monday + stepMilliseconds, lastReviewAt: monday };
    expect(dueQueue([kept(1, 5, 0), later, forgotten], monday, 0, 100, schedule())).toEqual({ now: [9, 1], soon: [{ key: 8, dueAt: later.dueAt }], waiting: 0 });
  });

  it('count what was left half learnt yesterday against the cap', () => {
    const left: KeptCard = { ...kept(7, 1, 0), state: 'relearning', dueAt: london.startOf(today - 1) + 3_600_000 };
    expect(dueQueue([kept(1, 5, 0), kept(2, 5, 0), left], monday, 0, 2, schedule())).toEqual({ now: [7, 1], soon: [], waiting: 1 });
  });

  it('after a month away are no more than on any day; the rest waits and is told', () => {
    const cards = Array.from({ length: 400 }, (_none, index) => kept(index, 40, -(index % 30)));
    const queue = dueQueue(cards, monday, 0, 60, schedule());
    expect(queue.now).toHaveLength(60);
    expect(queue.waiting).toBe(340);
    expect(dueQueue(cards, monday, 45, 60, schedule()).now).toHaveLength(15);
    expect(dueQueue(cards, monday, 80, 60, schedule()).now).toHaveLength(0);
  });
});

describe('the days ahead', () => {
  it('carry over what a cap holds back', () => {
    expect(forecastLoad([today, today, today, today, today + 1], today, 3, 2)).toEqual([
      { day: today, due: 4, asked: 2, waiting: 2 },
      { day: today + 1, due: 1, asked: 2, waiting: 1 },
      { day: today + 2, due: 0, asked: 1, waiting: 0 },
    ]);
    expect(forecastLoad([today, today], today, 1, 2, 1)).toEqual([{ day: today, due: 2, asked: 1, waiting: 1 }]);
  });

  it('never ask more than the cap, and lose no card', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -50, max: 60 }), { maxLength: 300 }), fc.integer({ min: 0, max: 40 }), fc.integer({ min: 0, max: 50 }), (offsets, cap, done) => {
        const load = forecastLoad(offsets.map((offset) => today + offset), today, 30, cap, done);
        for (const { asked } of load) expect(asked).toBeLessThanOrEqual(cap);
        const within = offsets.filter((offset) => offset < 30).length;
        expect(load.reduce((sum, { asked }) => sum + asked, 0) + load.at(-1)!.waiting).toBe(within);
      }),
    );
  });

  it('leave no room for new cards while any wait, and less the fuller they are', () => {
    expect(roomForNew(forecastLoad(Array.from({ length: 50 }, () => today), today, 14, 20), 20)).toBe(0);
    expect(roomForNew(forecastLoad([], today, 14, 20), 20)).toBe(10);
    expect(roomForNew(forecastLoad(Array.from({ length: 70 }, (_none, index) => today + (index % 7)), today, 14, 20), 20)).toBe(5);
    expect(roomForNew([], 0)).toBe(0);
  });
});
