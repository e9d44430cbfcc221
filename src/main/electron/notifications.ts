import { type BrowserWindow, Notification } from 'electron';
import type { NotificationPort } from '#main/ports/notifications';
import { focusWindow } from './window';

/**
 * The operating system's own notifications. They carry counts and no names, because they are seen on a locked screen, too. A click brings
 * the window to the front and hands the notice to its page, which offers the way on.
 */
export function systemNotifications(window: BrowserWindow, toPage: (notice: Parameters<NotificationPort['show']>[0]) => void): NotificationPort {
  // A notification that nobody holds is collected, and its click with it.
  const shown = new Set<Notification>();
  return {
    show(notice, refused) {
      try {
        if (!Notification.isSupported()) {
          refused();
          return;
        }
        const notification = new Notification({ title: notice.title, body: notice.body });
        const forget = (): void => {
          shown.delete(notification);
        };
        shown.add(notification);
        notification.once('click', () => {
          forget();
          if (window.isDestroyed()) return;
          focusWindow(window);
          toPage(notice);
        });
        notification.once('close', forget);
        notification.once('failed', () => {
          forget();
          refused();
        });
        notification.show();
      } catch {
        refused();
      }
    },
  };
}
