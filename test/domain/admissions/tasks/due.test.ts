import fc from 'fast-check';
import { DateTime } from 'luxon';
import { describe, expect, it } from 'vitest';
import { readDue } from '#domain/admissions/tasks/due';
import { monday } from '#test/support/app';

const london = 'Europe/London';
// Monday, 5 October 2026, 10:00 in London.
const due = (text: string, now = monday, zone = london, monthFirst = false): string | null => {
  const at = readDue(text, now, zone, monthFirst);
  return at === null ? null : DateTime.fromMillis(at, { zone }).toFormat('ccc yyyy-MM-dd HH:mm');
};

describe('when something is due', () => {
  it.each([
    ['tomorrow 9:00', 'Tue 2026-10-06 09:00'],
    ['tomorrow', 'Tue 2026-10-06 09:00'],
    ['friday at 3pm', 'Fri 2026-10-09 15:00'],
    ['by friday', 'Fri 2026-10-09 09:00'],
    ['in 2 weeks', 'Mon 2026-10-19 09:00'],
    ['in two hours', 'Mon 2026-10-05 12:00'],
    ['9am', 'Tue 2026-10-06 09:00'],
    ['5 Nov 14:30', 'Thu 2026-11-05 14:30'],
    ['7/11', 'Sat 2026-11-07 09:00'],
    ['1 March', 'Mon 2027-03-01 09:00'],
    ['2026-12-24', 'Thu 2026-12-24 09:00'],
    ['tonight', 'Mon 2026-10-05 22:00'],
    ['noon', 'Mon 2026-10-05 12:00'],
    // The morning has gone by.
    ['today', 'Mon 2026-10-05 17:00'],
  ])('is read from “%s”', (text, expected) => {
    expect(due(text)).toBe(expected);
  });

  it('reads the month first where that is how dates are written', () => {
    expect(due('7/11', monday, 'America/New_York', true)).toBe('Sun 2027-07-11 09:00');
  });

  it('is no date in what is none, or in what says more than a date', () => {
    for (const text of ['', 'soon', 'call 07700 900001 back', 'toomorrow 9:00', 'call Zara on friday', '31 February', 'monday or tuesday']) expect(due(text), text).toBeNull();
  });

  it('is that hour on the wall, also where the clocks change until then', () => {
    // In London the clocks go back on 25 October 2026: nine o'clock is 08:00 UTC before and 09:00 UTC after.
    expect(readDue('24 Oct 9:00', monday, london)).toBe(Date.UTC(2026, 9, 24, 8));
    expect(readDue('26 Oct 9:00', monday, london)).toBe(Date.UTC(2026, 9, 26, 9));
    expect(due('tomorrow 9:00', Date.UTC(2026, 9, 5, 23, 30), 'Asia/Kathmandu')).toBe('Wed 2026-10-07 09:00');
  });

  it('is late today where only the day is said and its hours are over', () => {
    expect(due('today', Date.UTC(2026, 9, 5, 18))).toBe('Mon 2026-10-05 23:59');
  });

  it('never throws, and never answers what is no instant', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string({ unit: 'grapheme' }), fc.stringMatching(/^[0-9a-z :/.-]{0,20}$/)), (text) => {
        const at = readDue(text, monday, london);
        return at === null || Number.isSafeInteger(at);
      }),
      { numRuns: 300 },
    );
  });
});
