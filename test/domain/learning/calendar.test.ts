import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { dayOfIso, isoOf, mondayOf, studyCalendar } from '#domain/learning/calendar';

const london = studyCalendar('Europe/London');

describe('a study day', () => {
  it('ends at four in the morning', () => {
    // 5 October 2026 is a Monday; London is at UTC+1 until 25 October.
    expect(isoOf(london.dayOf(Date.UTC(2026, 9, 5, 2, 59)))).toBe('2026-10-04');
    expect(isoOf(london.dayOf(Date.UTC(2026, 9, 5, 3, 0)))).toBe('2026-10-05');
    expect(isoOf(london.dayOf(Date.UTC(2026, 9, 5, 23, 30)))).toBe('2026-10-05');
  });

  it('begins at four local on the day on which the clock changes', () => {
    expect(london.startOf(dayOfIso('2026-10-24'))).toBe(Date.UTC(2026, 9, 24, 3));
    expect(london.startOf(dayOfIso('2026-10-25'))).toBe(Date.UTC(2026, 9, 25, 4));
  });

  it.each(['Europe/London', 'America/New_York', 'Asia/Kathmandu', 'Australia/Lord_Howe', 'Pacific/Apia'])('in %s holds the instant at which it begins, and not the one before', (zone) => {
    const calendar = studyCalendar(zone);
    fc.assert(
      fc.property(fc.integer({ min: dayOfIso('2020-01-01'), max: dayOfIso('2040-01-01') }), (day) => {
        expect(calendar.dayOf(calendar.startOf(day))).toBe(day);
        expect(calendar.dayOf(calendar.startOf(day) - 1)).toBe(day - 1);
      }),
      { numRuns: 200 },
    );
  });

  it('belongs to the week of the Monday before it', () => {
    expect(isoOf(mondayOf(dayOfIso('2026-10-05')))).toBe('2026-10-05');
    expect(isoOf(mondayOf(dayOfIso('2026-10-11')))).toBe('2026-10-05');
    expect(isoOf(mondayOf(dayOfIso('1969-12-31')))).toBe('1969-12-29');
  });
});
