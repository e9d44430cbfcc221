import { setTimeout as wait } from 'node:timers/promises';
import type { Filter } from '#contract/filter';
import type { EntryName, InputOf, OutputOf } from '#contract/index';
import type { Tab } from '#bench/host';
import { type Figure, percentile } from '#bench/report';

export type ListInput = InputOf<Extract<EntryName, 'admissions.leads.list'>>;
type Options = OutputOf<Extract<EntryName, 'admissions.leads.options'>>;

export type Sort = NonNullable<ListInput['sort']>[number];

const sorts = ['score', 'probability', 'name', 'enquiredAt', 'lastActivityAt', 'stage', 'source'] as const;
const deepOffset = 50_000;
export const pageSize = 50;

/** Conditions of each kind on one field, with values that some leads have. */
export function conditionsOn({ name, type, values }: Options['fields'][number]): Filter[] {
  const [first, second] = values.map(({ value }) => value);
  const common: Filter[] = [{ field: name, isEmpty: true }, { field: name, isNotEmpty: true }];
  switch (type) {
    case 'option':
      return first === undefined ? common : [{ field: name, is: first }, { field: name, isNot: first }, { field: name, in: [first, second ?? first] }, ...common];
    case 'text':
      return [{ field: name, startsWith: 'le' }, { field: name, contains: 'er' }, { field: name, is: 'Ada Hughes' }, ...common];
    case 'number':
      return [{ field: name, atLeast: 1 }, { field: name, lessThan: 3 }, { field: name, between: [1, 2] }, ...common];
    case 'boolean':
      return [{ field: name, is: true }, { field: name, isNot: true }, ...common];
    case 'instant':
      return [{ field: name, atLeast: '2025-03-01' }, { field: name, withinLast: { amount: 30, unit: 'days' } }, ...common];
  }
}

/** Every sort that is offered, both ways. */
export function sortsBothWays(): Sort[] {
  return sorts.flatMap((field) => (['ascending', 'descending'] as const).map((direction): Sort => ({ field, direction })));
}

const restMilliseconds = 3_000;

/**
 * Waits until what lists need has been read in advance: figures of lists are those of a program that has been at work. The texts of the last
 * attribute are read last, and whoever asks for them waits for them.
 */
export async function waitUntilRead(tab: Pick<Tab, 'call'>): Promise<void> {
  const { fields } = await tab.call('admissions.leads.options', {});
  const last = fields.findLast(({ name, type }) => name.startsWith('attribute.') && type === 'text')?.name ?? 'email';
  await tab.call('admissions.leads.list', { limit: 1, filter: { field: last, isNotEmpty: true } });
  await wait(restMilliseconds);
}

/** Times one page, in milliseconds. */
export async function timed(tab: Tab, input: ListInput): Promise<number> {
  const started = performance.now();
  await tab.call('admissions.leads.list', input);
  return performance.now() - started;
}

/** Times pages of the list of leads as a browser sees them. Each is asked for once, so that no kept answer is given. */
async function timePages(tab: Tab, inputs: AsyncIterable<ListInput> | Iterable<ListInput>): Promise<number[]> {
  const times: number[] = [];
  for await (const input of inputs) {
    const started = performance.now();
    const { nextKey } = await tab.call('admissions.leads.list', input);
    times.push(performance.now() - started);
    if (nextKey === null) continue;
    const again = performance.now();
    await tab.call('admissions.leads.list', { ...input, offset: undefined, after: nextKey });
    times.push(performance.now() - again);
  }
  return times;
}

function figure(name: string, times: readonly number[]): Figure {
  return {
    name,
    value: percentile(times, 0.95),
    unit: 'ms',
    target: 20,
    note: `95th percentile of ${String(times.length)} pages over HTTP, first ones included; middle ${percentile(times, 0.5).toFixed(1)}, longest ${Math.max(...times).toFixed(1)}`,
  };
}

/** Pages of every sort that is offered, and of every field with every kind of condition. */
export async function benchLists(tab: Tab): Promise<Figure[]> {
  const sorted = sortsBothWays().flatMap((sort) => [0, 10, 200, deepOffset].map((offset): ListInput => ({ sort: [sort], limit: pageSize, offset })));
  const { fields } = await tab.call('admissions.leads.options', {});
  const filtered = fields.flatMap((field) => conditionsOn(field).map((filter): ListInput => ({ filter, limit: pageSize })));
  return [figure('a page of a sorted list', await timePages(tab, sorted)), figure('a page of a filtered list', await timePages(tab, filtered))];
}
