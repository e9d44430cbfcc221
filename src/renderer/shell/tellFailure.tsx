import { messageOf } from '#renderer/data/client';
import { toast } from '#renderer/kit/toasts';

/** Tells what went wrong with something that was asked for, in the words of the core. */
export function tellFailure(error: unknown): void {
  toast({ title: messageOf(error), tone: 'bad' });
}
