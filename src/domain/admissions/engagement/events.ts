/** What a mailer tells of one message: that it arrived, was opened, or one of its links clicked. New ones go to the end. */
export const engagementKinds = ['delivered', 'opened', 'clicked'] as const;
export type EngagementKind = (typeof engagementKinds)[number];

/** One event of one lead. */
export interface EngagementEvent {
  readonly kind: EngagementKind;
  /** UTC milliseconds. */
  readonly at: number;
  /** By which its message is told from others; null where the file does not say. */
  readonly message: string | null;
  readonly link: string | null;
  /** User agent. */
  readonly agent: string | null;
  /** IPv4 or IPv6. */
  readonly address: string | null;
}

export const verdicts = ['human', 'machine', 'unsure'] as const;
export type Verdict = (typeof verdicts)[number];
