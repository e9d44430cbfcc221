/** Until when a lead can be put off. */
export const snoozes = ['tomorrow', 'threeDays', 'nextWeek', 'twoWeeks', 'thirtyDays'] as const;
export type Snooze = (typeof snoozes)[number];

const dayBegins = 8;

/**
 * The moment at which a lead that was put off comes back: in the morning, by this machine's clock.
 *
 * @param now UTC milliseconds
 * @returns UTC milliseconds
 */
export function snoozeUntil(snooze: Snooze, now: number): number {
  const day = new Date(now);
  const morningIn = (days: number): number => new Date(day.getFullYear(), day.getMonth(), day.getDate() + days, dayBegins).getTime();
  switch (snooze) {
    case 'tomorrow':
      return morningIn(1);
    case 'threeDays':
      return morningIn(3);
    case 'nextWeek':
      // The coming Monday, never today.
      return morningIn(((8 - day.getDay()) % 7) || 7);
    case 'twoWeeks':
      return morningIn(14);
    case 'thirtyDays':
      return morningIn(30);
  }
}
