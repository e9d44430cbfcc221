import type { EngagementKind, Verdict } from './events';

/** An event as a story tells it. */
export interface ToldEvent {
  readonly kind: EngagementKind;
  readonly at: number;
  readonly message: string | null;
  readonly verdict: Verdict | null;
}

/** Events that are no further apart than this came in one go. */
const apart = 60_000;

/** Puts events together that came in one go: of one kind and message, with one verdict. A scanner's twenty clicks are one line of a story. */
export function inGoes<Event extends ToldEvent>(events: readonly Event[]): (readonly [Event, ...Event[]])[] {
  const goes: [Event, ...Event[]][] = [];
  const open = new Map<string, [Event, ...Event[]]>();
  for (const event of [...events].sort((a, b) => b.at - a.at)) {
    const name = `${event.kind} ${event.verdict ?? ''} ${event.message ?? ''}`;
    const go = open.get(name);
    const last = go?.at(-1);
    if (go !== undefined && last !== undefined && last.at - event.at <= apart) {
      go.push(event);
      continue;
    }
    const next: [Event, ...Event[]] = [event];
    open.set(name, next);
    goes.push(next);
  }
  return goes;
}
