/**
 * What a lead does that can be counted. A file may bring totals (opening balances); touchpoints add to them.
 * `webTime` has the unit of the file that brought it: it is only ever compared within a workspace.
 */
export const signals = [
  'emailOpens',
  'emailClicks',
  'eventsAttended',
  'portalLogins',
  'webVisits',
  'webTime',
  'pagesPerVisit',
  'conversations',
] as const;
export type Signal = (typeof signals)[number];

/** Known totals by signal. An absent signal is unknown, which is not zero. */
export type SignalTotals = Readonly<Partial<Record<Signal, number>>>;
