import type { Notice } from '#contract/answer';

/**
 * A way to disturb a person: each door has one. The desktop asks the operating system, a tab of a browser shows a message in its page.
 */
export interface NotificationPort {
  /**
   * Shows a notice. `refused` is called where the system does not: notifications are switched off, or there is no way to show them. That
   * is no error, for what the notice is about stands in its list.
   */
  show(notice: Notice, refused: () => void): void;
}
