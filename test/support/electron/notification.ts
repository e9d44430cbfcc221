import { EventEmitter } from 'node:events';
import type * as Electron from 'electron';
import { event, onlyAfter, stage } from './stage';

type UsedOfNotification = Pick<Electron.Notification, 'show'>;

/** A message of the operating system. */
export class Notification extends EventEmitter implements UsedOfNotification {
  static isSupported(): boolean {
    return stage.notifies !== 'no';
  }

  constructor(readonly options: Electron.NotificationConstructorOptions) {
    super();
    onlyAfter('Notification');
  }

  show(): void {
    if (stage.notifies === 'throws') throw new Error('There is no service for notifications.');
    if (stage.notifies === 'fails') this.emit('failed', event({}), 'The person has switched notifications off.');
    else stage.notifications.push(this);
  }

  // What a person does with it.
  isClicked(): void {
    this.emit('click', event({}));
  }
}
