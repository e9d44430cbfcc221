import type { Signal } from './signals';

/** Ways to meet. */
export const touchpointKinds = ['call', 'email', 'sms', 'meeting', 'event', 'visit', 'note'] as const;
export type TouchpointKind = (typeof touchpointKinds)[number];

export const touchpointOutcomes = ['reached', 'replied', 'attended', 'left_message', 'no_answer', 'sent'] as const;
export type TouchpointOutcome = (typeof touchpointOutcomes)[number];

export interface Touchpoint {
  readonly kind: TouchpointKind;
  readonly direction: 'inbound' | 'outbound';
  readonly outcome: TouchpointOutcome | null;
}

/**
 * Whether a touchpoint shows that the lead did something: it wrote, answered or came. Our own unanswered attempt is no activity of
 * theirs.
 */
export function isLeadActivity({ kind, direction, outcome }: Touchpoint): boolean {
  if (kind === 'note') return false;
  return direction === 'inbound' || outcome === 'reached' || outcome === 'replied' || outcome === 'attended';
}

/** Whether a touchpoint is a contact of ours, so that the lead leaves today's queue for a while. */
export function isContact({ kind, direction }: Touchpoint): boolean {
  return kind !== 'note' && direction === 'outbound';
}

/** The signal that a touchpoint counts towards, or null. */
export function signalOf(touchpoint: Touchpoint): Signal | null {
  if (!isLeadActivity(touchpoint)) return null;
  switch (touchpoint.kind) {
    case 'event':
      return 'eventsAttended';
    case 'call':
    case 'meeting':
    case 'email':
    case 'sms':
      return 'conversations';
    case 'visit':
    case 'note':
      return null;
  }
}
