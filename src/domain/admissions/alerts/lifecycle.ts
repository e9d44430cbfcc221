import type { AlertLevel } from './derive';
import { type AlertLimits, limitOf, longestSnooze, tellAgainAfter } from './limits';

/** Where an alert is in its life, kept as its position. */
export const alertStates = ['open', 'acknowledged', 'snoozed', 'resolved'] as const;
export type AlertState = (typeof alertStates)[number];

/** What moves an alert. The first four are a person's; the rest happen by themselves. */
export const alertSteps = ['acknowledged', 'snoozed', 'resolved', 'reopened', 'undone', 'escalated', 'woke', 'gone', 'returned'] as const;
export type AlertStep = (typeof alertSteps)[number];

/** One alert of one lead for one cause: there is never a second. Instants are UTC milliseconds. */
export interface AlertLife {
  readonly level: AlertLevel;
  readonly state: AlertState;
  /** Whether what raised it is still there. One that a person resolved stays so until its cause goes away and comes back. */
  readonly present: boolean;
  readonly openedAt: number;
  readonly dueAt: number;
  readonly acknowledgedAt: number | null;
  readonly snoozedUntil: number | null;
  readonly resolvedAt: number | null;
  /** Since when it is before the manager. */
  readonly escalatedAt: number | null;
  /** When somebody was last told of it, and when a manager was. */
  readonly toldAt: number | null;
  readonly managerToldAt: number | null;
}

/** Why a step is impossible. */
export type Impossible = 'alreadyAcknowledged' | 'alreadyResolved' | 'alreadyOpen' | 'inThePast' | 'tooFar' | 'causeGone';

export type Moved = { readonly ok: true; readonly life: AlertLife } | { readonly ok: false; readonly why: Impossible };

const moved = (life: AlertLife): Moved => ({ ok: true, life });
const impossible = (why: Impossible): Moved => ({ ok: false, why });

/** A first alert for a cause. */
export function raise(level: AlertLevel, now: number, limits: AlertLimits): AlertLife {
  return {
    level,
    state: 'open',
    present: true,
    openedAt: now,
    dueAt: now + limitOf(level, limits),
    acknowledgedAt: null,
    snoozedUntil: null,
    resolvedAt: null,
    escalatedAt: null,
    toldAt: null,
    managerToldAt: null,
  };
}

/** Opens an alert anew, with all of its time. What was told a short while ago is not told again. */
function openAgain(life: AlertLife, level: AlertLevel, now: number, limits: AlertLimits, newEpisode: boolean): AlertLife {
  const still = (at: number | null): number | null => (newEpisode && at !== null && now - at >= tellAgainAfter ? null : at);
  return { ...raise(level, now, limits), openedAt: newEpisode ? now : life.openedAt, toldAt: still(life.toldAt), managerToldAt: still(life.managerToldAt) };
}

/** The cause was seen. Answers the same life where nothing changes. */
export function seen(life: AlertLife, level: AlertLevel, now: number, limits: AlertLimits): { readonly life: AlertLife; readonly step: 'returned' | null } {
  if (!life.present) return { life: openAgain(life, level, now, limits, true), step: 'returned' };
  if (life.level === level) return { life, step: null };
  // A cause that has become worse has less time; one that has become milder keeps what it had.
  const dueAt = level > life.level ? Math.min(life.dueAt, now + limitOf(level, limits)) : life.dueAt;
  return { life: { ...life, level, dueAt }, step: null };
}

/** The cause is gone: whatever waited is settled by itself. */
export function gone(life: AlertLife, now: number): AlertLife {
  if (!life.present) return life;
  if (life.state === 'resolved') return { ...life, present: false };
  return { ...life, present: false, state: 'resolved', resolvedAt: now, snoozedUntil: null };
}

/** Somebody takes it on, and has the level's time once more to settle it. */
export function acknowledge(life: AlertLife, now: number, limits: AlertLimits): Moved {
  if (life.state === 'resolved') return impossible('alreadyResolved');
  if (life.state === 'acknowledged') return impossible('alreadyAcknowledged');
  return moved({ ...life, state: 'acknowledged', acknowledgedAt: now, snoozedUntil: null, dueAt: now + limitOf(life.level, limits) });
}

/** Somebody puts it off until a moment. */
export function snooze(life: AlertLife, until: number, now: number): Moved {
  if (life.state === 'resolved') return impossible('alreadyResolved');
  if (until <= now) return impossible('inThePast');
  if (until > now + longestSnooze) return impossible('tooFar');
  return moved({ ...life, state: 'snoozed', snoozedUntil: until });
}

/** Somebody settles it. While its cause stays, it stays settled. */
export function resolve(life: AlertLife, now: number): Moved {
  if (life.state === 'resolved') return impossible('alreadyResolved');
  return moved({ ...life, state: 'resolved', resolvedAt: now, snoozedUntil: null });
}

/** Somebody opens it again. An alert whose cause is gone cannot be. */
export function reopen(life: AlertLife, now: number, limits: AlertLimits): Moved {
  if (life.state === 'open') return impossible('alreadyOpen');
  if (!life.present) return impossible('causeGone');
  return moved(openAgain(life, life.level, now, limits, false));
}

/**
 * What time alone does: a snooze ends, and what waited too long goes to the manager, once. A clock that was set back brings nothing on;
 * and because no moment may lie further ahead than it can have been set, nothing waits for ever after the clock was wrong.
 */
export function age(life: AlertLife, now: number, limits: AlertLimits): { readonly life: AlertLife; readonly step: 'woke' | 'escalated' | null } {
  switch (life.state) {
    case 'resolved':
      return { life, step: null };
    case 'snoozed': {
      const until = Math.min(life.snoozedUntil ?? now, now + longestSnooze);
      if (until <= now) return { life: openAgain(life, life.level, now, limits, false), step: 'woke' };
      return { life: until === life.snoozedUntil ? life : { ...life, snoozedUntil: until }, step: null };
    }
    case 'open':
    case 'acknowledged': {
      if (life.escalatedAt !== null) return { life, step: null };
      const dueAt = Math.min(life.dueAt, now + limitOf(life.level, limits));
      if (dueAt <= now) return { life: { ...life, dueAt, escalatedAt: now }, step: 'escalated' };
      return { life: dueAt === life.dueAt ? life : { ...life, dueAt }, step: null };
    }
  }
}
