import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { alertMask, alertsOfText, alertsText, causes, raisedAlerts } from '#domain/admissions/alerts/causes';
import type { AlertLevel } from '#domain/admissions/alerts/derive';
import { defaultAlertLimits as limits, isQuiet, longestSnooze } from '#domain/admissions/alerts/limits';
import { acknowledge, age, type AlertLife, gone, type Moved, raise, reopen, resolve, seen, snooze } from '#domain/admissions/alerts/lifecycle';
import { findBlockers } from '#domain/admissions/triage/blockers';
import { bands, defaultTriageConfiguration, defaultWeights } from '#domain/admissions/triage/configuration';
import { asOf, day, facts, workspaceBaseline } from '#test/support/triage';

const hour = 3_600_000;
const now = asOf;

function done(moved: Moved): AlertLife {
  if (!moved.ok) throw new Error(moved.why);
  return moved.life;
}

describe('an alert', () => {
  it('has four hours when it is urgent, a day when it is escalated, three days when it is normal', () => {
    expect(([3, 2, 1] as const).map((level) => (raise(level, now, limits).dueAt - now) / hour)).toEqual([4, 24, 72]);
  });

  it('goes from open to acknowledged to snoozed to open to resolved', () => {
    const open = raise(3, now, limits);
    const taken = done(acknowledge(open, now + hour, limits));
    expect(taken).toMatchObject({ state: 'acknowledged', acknowledgedAt: now + hour, dueAt: now + 5 * hour });
    const off = done(snooze(taken, now + day, now + hour));
    expect(off).toMatchObject({ state: 'snoozed', snoozedUntil: now + day });
    expect(age(off, now + day - 1, limits)).toEqual({ life: off, step: null });
    const { life: back, step } = age(off, now + day, limits);
    expect([step, back.state, back.dueAt]).toEqual(['woke', 'open', now + day + 4 * hour]);
    expect(done(resolve(back, now + 2 * day))).toMatchObject({ state: 'resolved', resolvedAt: now + 2 * day });
  });

  it('refuses steps that make no sense', () => {
    const open = raise(2, now, limits);
    const settled = done(resolve(open, now));
    expect(resolve(settled, now)).toEqual({ ok: false, why: 'alreadyResolved' });
    expect(acknowledge(settled, now, limits)).toEqual({ ok: false, why: 'alreadyResolved' });
    expect(snooze(settled, now + hour, now)).toEqual({ ok: false, why: 'alreadyResolved' });
    expect(acknowledge(done(acknowledge(open, now, limits)), now, limits)).toEqual({ ok: false, why: 'alreadyAcknowledged' });
    expect(snooze(open, now, now)).toEqual({ ok: false, why: 'inThePast' });
    expect(snooze(open, now + longestSnooze + 1, now)).toEqual({ ok: false, why: 'tooFar' });
    expect(reopen(open, now, limits)).toEqual({ ok: false, why: 'alreadyOpen' });
    expect(reopen(gone(open, now), now, limits)).toEqual({ ok: false, why: 'causeGone' });
  });

  it('is settled by itself when its cause goes, and opens again when it comes back', () => {
    const open = raise(3, now, limits);
    const away = gone(open, now + hour);
    expect(away).toMatchObject({ state: 'resolved', present: false });
    expect(seen(away, 2, now + 2 * hour, limits)).toMatchObject({ step: 'returned', life: { state: 'open', level: 2, openedAt: now + 2 * hour } });
  });

  it('that a person settled stays settled while its cause stays', () => {
    const settled = done(resolve(raise(2, now, limits), now));
    expect(seen(settled, 2, now + day, limits)).toEqual({ life: settled, step: null });
    expect(seen(settled, 3, now + day, limits).life.state).toBe('resolved');
    expect(seen(gone(settled, now + day), 2, now + 2 * day, limits).life.state).toBe('open');
  });

  it('goes to the manager when nobody took it on in time, or when whoever did let it lie; once', () => {
    const open = raise(3, now, limits);
    expect(age(open, now + 4 * hour - 1, limits).step).toBeNull();
    const { life, step } = age(open, now + 4 * hour, limits);
    expect([step, life.escalatedAt, life.state]).toEqual(['escalated', now + 4 * hour, 'open']);
    expect(age(life, now + 40 * hour, limits)).toEqual({ life, step: null });
    const taken = done(acknowledge(open, now + 3 * hour, limits));
    expect(age(taken, now + 6 * hour, limits).step).toBeNull();
    expect(age(taken, now + 7 * hour, limits).step).toBe('escalated');
  });

  it('is brought on by no clock that was set back, and waits no longer than its time afterwards', () => {
    const ahead = raise(3, now + 300 * day, limits);
    const { life, step } = age(ahead, now, limits);
    expect([step, life.dueAt]).toEqual([null, now + 4 * hour]);
    const off = done(snooze(ahead, now + 310 * day, now + 300 * day));
    expect(age(off, now, limits)).toMatchObject({ step: null, life: { snoozedUntil: now + longestSnooze } });
  });

  it('that becomes worse has less time, and is not told of twice within a day', () => {
    const open = { ...raise(1, now, limits), toldAt: now };
    expect(seen(open, 3, now + hour, limits).life).toMatchObject({ level: 3, dueAt: now + 5 * hour });
    expect(seen(open, 3, now + 71 * hour, limits).life.dueAt).toBe(now + 72 * hour);
    expect(seen(gone(open, now), 3, now + hour, limits).life.toldAt).toBe(now);
    expect(seen(gone(open, now), 3, now + 25 * hour, limits).life.toldAt).toBeNull();
  });
});

describe('whatever happens to an alert', () => {
  type Happening = (life: AlertLife, at: number) => AlertLife;
  const kept = (moved: Moved, life: AlertLife): AlertLife => (moved.ok ? moved.life : life);
  const happenings = fc.oneof(
    fc.constantFrom<Happening>(
      (life, at) => kept(acknowledge(life, at, limits), life),
      (life, at) => kept(resolve(life, at), life),
      (life, at) => kept(reopen(life, at, limits), life),
      (life, at) => gone(life, at),
      (life, at) => age(life, at, limits).life,
    ),
    fc.constantFrom<AlertLevel>(1, 2, 3).map((level): Happening => (life, at) => seen(life, level, at, limits).life),
    fc.integer({ min: -day, max: 100 * day }).map((ahead): Happening => (life, at) => kept(snooze(life, at + ahead, at), life)),
  );

  it('leaves it in one state that makes sense, also where the clock jumps', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(happenings, fc.integer({ min: -10 * day, max: 30 * day })), { maxLength: 40 }), (steps) => {
        let life = raise(2, now, limits);
        let at = now;
        for (const [happens, later] of steps) {
          at += later;
          const before = life;
          life = happens(life, at);
          expect(life.state === 'snoozed').toBe(life.snoozedUntil !== null);
          expect(life.state === 'resolved').toBe(life.resolvedAt !== null);
          if (!life.present) expect(life.state).toBe('resolved');
          // What is before the manager stays there until it is opened anew or settled.
          if (before.escalatedAt !== null && life.openedAt === before.openedAt && life.state === 'acknowledged') expect(life.escalatedAt).toBe(before.escalatedAt);
        }
      }),
    );
  });
});

describe('what raises an alert', () => {
  const setting = (known: Parameters<typeof facts>[0]) => ({ facts: facts(known), baseline: workspaceBaseline, weights: defaultWeights, configuration: defaultTriageConfiguration, asOf });
  const blockersOf = (known: Parameters<typeof facts>[0]) => findBlockers(setting(known));

  it('is any blocker of some weight where the lead has an owner, and only an escalated or urgent one where it has none', () => {
    const blockers = blockersOf({ hasPhone: false, lastActivityAt: asOf - 40 * day, source: { key: 'x', name: 'unknown' } });
    const raised = (owned: boolean) => raisedAlerts('medium', blockers, owned).map(({ cause, level }) => [causes[cause], level]);
    expect(raised(true)).toEqual([['engagement_stall:stalled', 2], ['data_completeness:noPhone', 1], ['source_quality:unknownSource', 1]]);
    expect(raised(false)).toEqual([['engagement_stall:stalled', 2]]);
  });

  it('never raises two for one cause, knows every cause, and survives its way as a text', () => {
    const lead = fc.record({
      hasEmail: fc.boolean(), hasPhone: fc.boolean(), mayEmail: fc.boolean(), mayPhone: fc.boolean(), consentRecorded: fc.boolean(),
      lastActivityAt: fc.option(fc.integer({ min: 0, max: 100 }).map((ago) => asOf - ago * day)),
      source: fc.constantFrom(null, { key: 'x', name: 'unknown' }, { key: 'rented', name: 'Rented' }, { key: 'ucas', name: 'UCAS' }),
      course: fc.constantFrom(null, { name: 'Law', capacity: 10, taken: 10 }, { name: 'Law', capacity: 10, taken: 9 }, { name: 'Art', capacity: null, taken: 0 }),
      signals: fc.constantFrom({}, { emailOpens: 0 }),
    });
    fc.assert(
      fc.property(lead, fc.constantFrom(...bands), (known, band) => {
        const blockers = blockersOf(known);
        const raised = raisedAlerts(band, blockers, true);
        expect(new Set(raised.map(({ cause }) => cause)).size).toBe(raised.length);
        for (const { type, description } of blockers) expect(causes).toContain(`${type}:${description.key.split('.')[1] ?? ''}`);
        expect(alertsOfText(alertsText(raised))).toEqual(raised);
        expect(alertMask(raised) === 0).toBe(raised.length === 0);
      }),
    );
  });

  it('gives every cause its own place in the mask', () => {
    const masks = causes.flatMap((_name, cause) => ([1, 2, 3] as const).map((level) => alertMask([{ cause, level, severity: 'low', evidence: {} }])));
    expect(new Set(masks).size).toBe(masks.length);
    expect(Math.max(...masks)).toBeLessThan(2 ** 31);
  });
});

describe('quiet hours', () => {
  const at = (hours: number, minutes = 0): number => Date.UTC(2026, 0, 14, hours, minutes);

  it('pass midnight, by the wall clock of the workspace', () => {
    expect([[19, 59], [20, 0], [23, 0], [3, 0], [7, 29], [7, 30]].map(([h, m]) => isQuiet(at(h!, m), 'Europe/London', limits))).toEqual([false, true, true, true, true, false]);
    // In Auckland it is 13 hours later.
    expect([isQuiet(at(10), 'Pacific/Auckland', limits), isQuiet(at(19), 'Pacific/Auckland', limits)]).toEqual([true, false]);
  });

  it('can lie within a day, or not be at all', () => {
    const noon = { quietFrom: '12:00', quietUntil: '13:00' };
    expect([isQuiet(at(11, 59), 'UTC', noon), isQuiet(at(12), 'UTC', noon), isQuiet(at(13), 'UTC', noon)]).toEqual([false, true, false]);
    fc.assert(fc.property(fc.integer({ min: 0, max: 2 ** 40 }), (moment) => !isQuiet(moment, 'UTC', { quietFrom: '08:00', quietUntil: '08:00' })));
  });
});
