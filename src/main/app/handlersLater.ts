import { entryNames } from '#contract/index';
import type { AnyHandler } from './dispatch';

/**
 * Handlers of an area that are read when one of them is first asked for. A program that nobody studies with holds nothing of learning.
 *
 * @param isOf which entries of the contract belong to the area
 * @param load makes the handlers; they are made once
 */
export function handlersLater(isOf: (name: string) => boolean, load: () => Promise<object>): Readonly<Record<string, AnyHandler>> {
  let loaded: Promise<Readonly<Record<string, AnyHandler>>> | undefined;
  const later = (name: string): AnyHandler => async (input, context) => {
    loaded ??= load() as Promise<Readonly<Record<string, AnyHandler>>>;
    const handler = (await loaded)[name];
    if (handler === undefined) throw new Error(`Nobody handles ${name}.`);
    return handler(input, context);
  };
  return Object.fromEntries(entryNames.filter(isOf).map((name) => [name, later(name)]));
}
