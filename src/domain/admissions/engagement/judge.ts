import ipaddr, { type IPv4, type IPv6 } from 'ipaddr.js';
import { phrase, type Phrase } from '#domain/kernel/phrase';
import type { EngagementConfiguration, KnownMachine } from './configuration';
import type { EngagementEvent, Verdict } from './events';

/** What is made of an event, and why. A delivery is the mail server's word and gets none. */
export interface JudgedEvent {
  readonly verdict: Verdict;
  readonly reason: Phrase;
}

interface Machine {
  readonly name: string;
  readonly isAgent: (agent: string) => boolean;
  readonly isAddress: (address: IPv4 | IPv6) => boolean;
}

function machineOf({ name, agents, ranges }: KnownMachine): Machine {
  const tests = agents.map((part) => {
    const text = part.toLowerCase();
    const whole = text.startsWith('^') && text.endsWith('$') ? text.slice(1, -1) : null;
    return (agent: string): boolean => (whole === null ? agent.includes(text) : agent.trim() === whole);
  });
  const networks = ranges.map((range) => ipaddr.parseCIDR(range));
  return {
    name,
    isAgent: (agent) => tests.some((test) => test(agent)),
    isAddress: (address) => networks.some(([network, bits]) => network.kind() === address.kind() && address.match([network, bits])),
  };
}

const machine = (key: string, params: Phrase['params'] = {}): JudgedEvent => ({ verdict: 'machine', reason: phrase(`engagement.machine.${key}`, params) });
const unsure = (key: string, params: Phrase['params'] = {}): JudgedEvent => ({ verdict: 'unsure', reason: phrase(`engagement.unsure.${key}`, params) });

/** Events that stand within a burst: so many different things within so many seconds, each counted once. */
function inBursts<Event extends { readonly at: number }>(events: readonly Event[], thing: (event: Event) => string | null, least: number, seconds: number): Set<Event> {
  const sorted = events.filter((event) => thing(event) !== null).sort((a, b) => a.at - b.at);
  const found = new Set<Event>();
  let from = 0;
  const counts = new Map<string, number>();
  for (const [to, event] of sorted.entries()) {
    const name = thing(event) ?? '';
    counts.set(name, (counts.get(name) ?? 0) + 1);
    for (; event.at - (sorted[from]?.at ?? 0) > seconds * 1_000; from += 1) {
      const first = sorted[from];
      const left = first === undefined ? '' : (thing(first) ?? '');
      const count = (counts.get(left) ?? 1) - 1;
      if (count === 0) counts.delete(left);
      else counts.set(left, count);
    }
    if (counts.size >= least) for (const each of sorted.slice(from, to + 1)) found.add(each);
  }
  return found;
}

function byMessage(events: readonly EngagementEvent[]): Map<string, EngagementEvent[]> {
  const groups = new Map<string, EngagementEvent[]>();
  for (const event of events) {
    const group = groups.get(event.message ?? '');
    if (group === undefined) groups.set(event.message ?? '', [event]);
    else group.push(event);
  }
  return groups;
}

/**
 * A judge of a lead's events by a configuration. Events are judged together, whatever their order: what a single one does not show, a
 * few of them do. What a machine did never makes another event more human: only an earlier delivery does, and a human open, which takes
 * a click without a window from the machine's to unsure.
 *
 * @returns in the order of the events; null for deliveries
 */
export function engagementJudge(configuration: EngagementConfiguration): (events: readonly EngagementEvent[]) => (JudgedEvent | null)[] {
  const scanners = configuration.scanners.map(machineOf);
  const proxies = configuration.proxies.map(machineOf);
  const headless = configuration.headless.map((part) => part.toLowerCase());
  const { deliverySeconds, openBurst, linkBurst, pairSeconds } = configuration;

  const known = (machines: readonly Machine[], { agent, address }: EngagementEvent): Machine | undefined => {
    const text = agent?.toLowerCase() ?? '';
    const parsed = address !== null && ipaddr.isValid(address) ? ipaddr.process(address) : null;
    return machines.find((each) => (text !== '' && each.isAgent(text)) || (parsed !== null && each.isAddress(parsed)));
  };

  return (events) => {
    const groups = byMessage(events);
    const opens = events.filter(({ kind }) => kind === 'opened');
    const burst = inBursts(opens, ({ message }) => message, openBurst.messages, openBurst.seconds);
    const fast = new Set<EngagementEvent>();
    const sweep = new Set<EngagementEvent>();
    for (const group of groups.values()) {
      const clicks = group.filter(({ kind }) => kind === 'clicked');
      for (const each of inBursts(clicks, ({ link }) => link, 2, pairSeconds)) fast.add(each);
      for (const each of inBursts(clicks, ({ link }) => link, linkBurst.links, linkBurst.seconds)) sweep.add(each);
    }
    const deliveryOf = new Map([...groups].flatMap(([message, group]) => (message === '' ? [] : [[message, Math.min(...group.filter(({ kind }) => kind === 'delivered').map(({ at }) => at))] as const])));

    /** What an event shows by itself, by its delivery, or by others of its kind. */
    const plain = (event: EngagementEvent): JudgedEvent | null => {
      const scanner = known(scanners, event);
      if (scanner !== undefined) return machine('scanner', { name: scanner.name });
      const delivered = event.message === null ? Number.POSITIVE_INFINITY : (deliveryOf.get(event.message) ?? Number.POSITIVE_INFINITY);
      if (event.at < delivered && delivered !== Number.POSITIVE_INFINITY) return machine('beforeDelivery');
      if (event.at - delivered <= deliverySeconds * 1_000 && delivered !== Number.POSITIVE_INFINITY) return machine('atDelivery', { count: deliverySeconds });
      if (sweep.has(event)) return machine('sweep', { count: linkBurst.seconds });
      if (fast.has(event)) return machine('fast', { count: pairSeconds });
      if (burst.has(event)) return machine('burst', { count: openBurst.seconds });
      return null;
    };
    const judged = new Map<EngagementEvent, JudgedEvent>();
    const put = (event: EngagementEvent, verdict: JudgedEvent | null): void => {
      if (verdict !== null) judged.set(event, verdict);
    };
    for (const event of events) if (event.kind !== 'delivered') put(event, plain(event));
    // Whatever swept through the links opened the message too.
    for (const event of opens) {
      if (judged.has(event)) continue;
      const swept = (groups.get(event.message ?? '') ?? []).some((each) => event.message !== null && sweep.has(each) && Math.abs(each.at - event.at) <= linkBurst.seconds * 1_000);
      const proxy = swept ? undefined : known(proxies, event);
      put(event, swept ? machine('withSweep') : proxy === undefined ? { verdict: 'human', reason: phrase(event.agent === null && event.address === null ? 'engagement.human.byTime' : 'engagement.human.plain') } : unsure('proxy', { name: proxy.name }));
    }
    for (const event of events) {
      if (event.kind !== 'clicked' || judged.has(event)) continue;
      const agent = event.agent?.toLowerCase() ?? '';
      const windowless = agent !== '' && headless.some((part) => agent.includes(part));
      const opened = (groups.get(event.message ?? '') ?? []).some((each) => each.kind === 'opened' && each.at <= event.at && judged.get(each)?.verdict === 'human');
      if (windowless) put(event, opened ? unsure('headless') : machine('headless'));
      else put(event, { verdict: 'human', reason: phrase(event.agent === null && event.address === null ? 'engagement.human.byTime' : 'engagement.human.plain') });
    }
    return events.map((event) => judged.get(event) ?? null);
  };
}
