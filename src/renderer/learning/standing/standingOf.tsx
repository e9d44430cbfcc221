/** Whose standing in which course a screen shows; without a user it is one's own. */
export interface StandingOf {
  readonly courseId: string;
  readonly userId?: string;
}
