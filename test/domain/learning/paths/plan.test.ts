import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOfIso, isoOf, mondayOf } from '#domain/learning/calendar';
import { studyStyles } from '#domain/learning/goals';
import { pathKinds } from '#domain/learning/paths/kinds';
import { type PathInput, type PathTopic, planPath, topicsNext } from '#domain/learning/paths/plan';

/** A Wednesday. */
const today = dayOfIso('2026-10-07');

const topic = (topicKey: number, given: Partial<PathTopic> = {}): PathTopic => ({
  topicKey,
  weight: 0.1,
  share: null,
  answers: 0,
  questions: 12,
  sections: [{ sectionKey: topicKey * 10, minutes: 6 }, { sectionKey: topicKey * 10 + 1, minutes: 8 }],
  flashcards: 3,
  labs: [],
  ...given,
});

const input = (given: Partial<PathInput> = {}): PathInput => ({
  today,
  examDay: today + 40,
  hoursAWeek: 5,
  doneThisWeek: 0,
  style: 'mixed',
  secondsPerQuestion: 60,
  secondsPerCard: 20,
  reviewsByWeek: [],
  mockMinutes: 60,
  topics: Array.from({ length: 10 }, (_none, index) => topic(index + 1)),
  chosenTopics: null,
  ...given,
});

describe('a plan that fits', () => {
  const plan = planPath(input(), null);

  it('takes each week no more than its hours, the broken first and last week less', () => {
    expect(plan.weeks[0]).toMatchObject({ monday: mondayOf(today) });
    // Wednesday to Sunday are five of seven days.
    expect(plan.weeks[0]!.available).toBeCloseTo((5 * 60 * 5) / 7);
    for (const { minutes, available } of plan.weeks) expect(minutes).toBeLessThanOrEqual(available + 1e-6);
    expect(isoOf(plan.weeks.at(-1)!.monday)).toBe('2026-11-09');
  });

  it('holds each section once, all questions that a topic needs, and mock exams near the end', () => {
    expect(plan.kind).toBe('beginner');
    const steps = plan.weeks.flatMap((week) => week.steps);
    const sections = steps.flatMap(({ sectionKey }) => (sectionKey === null ? [] : [sectionKey]));
    expect(new Set(sections).size).toBe(20);
    expect(sections).toHaveLength(20);
    expect(steps.filter(({ activity, topicKey }) => activity === 'practice' && topicKey === 4).reduce((sum, { amount }) => sum + amount!, 0)).toBe(12);
    expect(plan.weeks.map(({ steps: of }) => of.filter(({ activity }) => activity === 'mock').length)).toEqual([0, 0, 1, 0, 1, 1]);
    expect(plan.feasibility).toMatchObject({ verdict: 'fits', leftOut: [], covered: 1, hoursThatFit: null });
    expect(plan.weeks.at(-1)!.covered).toBeCloseTo(1);
  });
});

it('a week in which the hours are used up already holds nothing more', () => {
  expect(planPath(input({ doneThisWeek: 290 }), null).weeks[0]).toMatchObject({ available: 10 });
  expect(planPath(input({ doneThisWeek: 400 }), null).weeks[0]).toMatchObject({ available: 0, steps: [] });
});

describe('a date that cannot be met', () => {
  const short = planPath(input({ examDay: today + 6, hoursAWeek: 2 }), null);

  it('is said, with what would do', () => {
    expect(short.kind).toBe('fast_track');
    expect(short.feasibility.verdict).toBe('short');
    expect(short.feasibility.leftOut.length).toBeGreaterThan(0);
    expect(short.feasibility.covered).toBeLessThan(1);
    const { hoursThatFit, dayThatFits } = short.feasibility;
    expect(planPath(input({ examDay: today + 6, hoursAWeek: hoursThatFit! }), 'fast_track').feasibility.verdict).toBe('fits');
    expect(planPath(input({ examDay: today + 6, hoursAWeek: hoursThatFit! - 0.5 }), 'fast_track').feasibility.verdict).toBe('short');
    expect(planPath(input({ examDay: dayThatFits!, hoursAWeek: 2 }), 'fast_track').feasibility.verdict).toBe('fits');
  });

  it('still plans what counts most', () => {
    const heavy = planPath(input({ examDay: today + 6, hoursAWeek: 2, topics: [topic(1, { weight: 0.05 }), topic(2, { weight: 0.9 }), topic(3, { weight: 0.05 })] }), 'fast_track');
    expect(heavy.weeks[0]!.steps.find(({ topicKey }) => topicKey !== null)!.topicKey).toBe(2);
  });

  it('that is over or today asks for another one', () => {
    for (const days of [-30, 0]) expect(planPath(input({ examDay: today + days }), null)).toMatchObject({ weeks: [], feasibility: { verdict: 'past' } });
    expect(planPath(input({ examDay: today - 1 }), null).feasibility.dayThatFits).toBeGreaterThan(today);
  });

  it('without hours says how many it would take', () => {
    const none = planPath(input({ hoursAWeek: 0 }), null);
    expect(none).toMatchObject({ weeks: [], feasibility: { verdict: 'hours', dayThatFits: null } });
    expect(none.feasibility.hoursThatFit).toBeGreaterThan(0);
  });

  it('cannot be met by reading what is longer than any week, and plans all else', () => {
    const long = planPath(input({ hoursAWeek: 1, examDay: today + 300, topics: [topic(1, { sections: [{ sectionKey: 5, minutes: 90 }] }), topic(2)] }), 'comprehensive');
    expect(long.feasibility).toMatchObject({ verdict: 'short', leftOut: [1] });
    expect(long.weeks.flatMap(({ steps }) => steps).some(({ topicKey }) => topicKey === 2)).toBe(true);
  });
});

describe('without a date', () => {
  it('the plan goes on until the work is done, and says when', () => {
    const open = planPath(input({ examDay: null, hoursAWeek: 2 }), 'comprehensive');
    expect(open.feasibility).toMatchObject({ verdict: 'open', leftOut: [] });
    expect(open.feasibility.doneOn).toBe(open.weeks.at(-1)!.monday + 6);
  });
});

describe('the kind of path', () => {
  const known = (share: number): PathTopic[] => Array.from({ length: 10 }, (_none, index) => topic(index + 1, { share, answers: 10, sections: [] }));

  it('follows from what is known and from the time', () => {
    expect(planPath(input({ topics: known(0.9) }), null).kind).toBe('comprehensive');
    expect(planPath(input({ topics: [topic(99, { share: 0.4, answers: 8 }), ...known(0.9).slice(1)] }), null).kind).toBe('remediation');
    expect(planPath(input({ hoursAWeek: 1, examDay: today + 7 }), null).kind).toBe('fast_track');
  });

  it('remediation leaves alone what is known', () => {
    const plan = planPath(input({ topics: [topic(99, { share: 0.4, answers: 8 }), ...known(0.9).slice(1)] }), 'remediation');
    expect([...new Set(plan.weeks.flatMap(({ steps }) => steps.flatMap(({ topicKey }) => (topicKey === null ? [] : [topicKey]))))]).toEqual([99]);
  });

  it('of one’s own takes the chosen topics only', () => {
    const plan = planPath(input({ chosenTopics: [3, 4] }), 'custom');
    expect([...new Set(plan.weeks.flatMap(({ steps }) => steps.flatMap(({ topicKey }) => (topicKey === null ? [] : [topicKey]))))]).toEqual([3, 4]);
  });
});

describe('the topics that come next', () => {
  it('are those of the week, then those that lack most', () => {
    const topics = [topic(1, { share: 0.9, answers: 9, weight: 0.3 }), topic(2), topic(3, { share: 0.2, answers: 9, weight: 0.5 })];
    expect(topicsNext(null, mondayOf(today), topics)).toEqual([3, 2, 1]);
    const plan = planPath(input({ topics }), 'comprehensive');
    expect(topicsNext(plan, mondayOf(today), topics)[0]).toBe(1);
    expect(topicsNext(plan, mondayOf(today), topics)).toHaveLength(3);
  });
});

it('whatever somebody has and knows, no week is over its hours, nothing is planned twice, and what is short is said', () => {
  const topics = fc.array(
    fc.record({
      share: fc.option(fc.double({ min: 0, max: 1, noNaN: true })),
      answers: fc.integer({ min: 0, max: 30 }),
      questions: fc.integer({ min: 0, max: 40 }),
      sections: fc.integer({ min: 0, max: 4 }),
      minutes: fc.double({ min: 1, max: 40, noNaN: true }),
      flashcards: fc.integer({ min: 0, max: 20 }),
    }),
    { minLength: 1, maxLength: 12 },
  );
  fc.assert(
    fc.property(topics, fc.double({ min: 0, max: 30, noNaN: true }), fc.option(fc.integer({ min: -10, max: 200 })), fc.constantFrom(...studyStyles), fc.constantFrom(...pathKinds, null), fc.integer({ min: 0, max: 400 }), (shape, hoursAWeek, examIn, style, kind, reviews) => {
      const made = shape.map(({ sections, minutes, ...rest }, index) =>
        topic(index, { ...rest, weight: 1 / shape.length, sections: Array.from({ length: sections }, (_none, place) => ({ sectionKey: index * 10 + place, minutes })), labs: index % 3 === 0 ? [{ labKey: index, minutes: 15 }] : [] }),
      );
      const plan = planPath(input({ topics: made, hoursAWeek, style, examDay: examIn === null ? null : today + examIn, reviewsByWeek: [reviews, reviews / 2] }), kind);
      for (const { minutes, available } of plan.weeks) expect(minutes).toBeLessThanOrEqual(available + 1e-6);
      const sections = plan.weeks.flatMap(({ steps }) => steps.flatMap(({ sectionKey }) => (sectionKey === null ? [] : [sectionKey])));
      expect(new Set(sections).size).toBe(sections.length);
      const { verdict, leftOut } = plan.feasibility;
      expect(verdict === 'fits' || verdict === 'open').toBe(verdict !== 'past' && verdict !== 'hours' && leftOut.length === 0);
      if (examIn !== null) for (const { monday } of plan.weeks) expect(monday).toBeLessThan(today + examIn);
    }),
    { numRuns: 200 },
  );
});
