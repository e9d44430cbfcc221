import type { StudyStyle } from '../goals';
import { interleave } from './select';

/** One thing to do in a session of the day. */
export type DayItem =
  | { readonly what: 'card'; readonly cardKey: number; readonly topicKey: number | null }
  | { readonly what: 'question'; readonly questionKey: number; readonly topicKey: number; readonly why: 'weak' | 'new' }
  | { readonly what: 'section'; readonly sectionKey: number; readonly topicKey: number | null; readonly minutes: number };

/** What a session can be made of. */
export interface DayMaterial {
  /** Due cards in the order in which they should be asked. */
  readonly due: readonly { readonly cardKey: number; readonly topicKey: number | null }[];
  /** Weak topics, the weakest first, each with questions in the order in which they should be asked. */
  readonly weak: readonly { readonly topicKey: number; readonly questionKeys: readonly number[] }[];
  /** New material in the order of the path: what of a topic was not read and not asked. */
  readonly fresh: readonly {
    readonly topicKey: number | null;
    readonly sections: readonly { readonly sectionKey: number; readonly minutes: number }[];
    readonly questionKeys: readonly number[];
  }[];
}

export interface DayWish {
  readonly minutes: number;
  readonly style: StudyStyle;
  /** Study days to the exam; null where there is none. */
  readonly daysToExam: number | null;
  /** How many new cards may be begun. */
  readonly roomForNew: number;
  readonly secondsPerCard: number;
  readonly secondsPerQuestion: number;
}

export interface DayPlan {
  readonly items: readonly DayItem[];
  /** What the items are expected to take. */
  readonly minutes: number;
  readonly cards: number;
  readonly weak: number;
  readonly fresh: number;
  readonly sections: number;
}

/** In the last days before an exam nothing new is begun. */
export const noNewDays = 3;

/** How many questions of one topic follow in one session. */
const questionsPerTopic = 5;

/** The shares of a session that due cards and weak topics may take before the others have had theirs. */
function sharesOf({ daysToExam }: DayWish): { readonly due: number; readonly weak: number } {
  if (daysToExam !== null && daysToExam <= noNewDays) return { due: 0.6, weak: 0.4 };
  return { due: 0.5, weak: 0.25 };
}

/** What fits into so many seconds, and what is left of them. */
function fitInto<Item>(items: readonly Item[], seconds: number, secondsOf: (item: Item) => number, least: number): { readonly taken: Item[]; readonly left: number } {
  let left = seconds;
  const taken: Item[] = [];
  for (const item of items) {
    const cost = secondsOf(item);
    if (cost > left + 1e-9 && taken.length >= least) break;
    taken.push(item);
    left -= cost;
  }
  return { taken, left };
}

/** Everything new in the order in which it would be begun: of each topic what the student's style begins with. Where the week ahead is full, nothing. */
function freshItems({ fresh }: DayMaterial, { style, roomForNew }: DayWish): DayItem[] {
  let room = roomForNew;
  if (room <= 0) return [];
  return fresh.flatMap(({ topicKey, sections, questionKeys }): DayItem[] => {
    const reading = sections.map(({ sectionKey, minutes }): DayItem => ({ what: 'section', sectionKey, topicKey, minutes }));
    const asked = topicKey === null ? [] : questionKeys.slice(0, Math.min(questionsPerTopic, room)).map((questionKey): DayItem => ({ what: 'question', questionKey, topicKey, why: 'new' }));
    room -= asked.length;
    return style === 'questions' ? [...asked, ...reading] : [...reading, ...asked];
  });
}

/**
 * The session of the day: due cards, weak topics and new material mixed into the minutes there are. Half goes to what is due and a quarter
 * to what is weak; what one of them does not need, the others get. New material stays together, a section with its questions; all else is
 * interleaved. Near the exam nothing new is begun.
 */
export function sessionOfTheDay(material: DayMaterial, wish: DayWish): DayPlan {
  const seconds = Math.max(0, wish.minutes) * 60;
  const cost = (item: DayItem): number => (item.what === 'card' ? wish.secondsPerCard : item.what === 'question' ? wish.secondsPerQuestion : item.minutes * 60);
  const due = material.due.map(({ cardKey, topicKey }): DayItem => ({ what: 'card', cardKey, topicKey }));
  const weak = material.weak.flatMap(({ topicKey, questionKeys }) => questionKeys.slice(0, questionsPerTopic).map((questionKey): DayItem => ({ what: 'question', questionKey, topicKey, why: 'weak' })));
  const fresh = wish.daysToExam !== null && wish.daysToExam <= noNewDays ? [] : freshItems(material, wish);
  const shares = sharesOf(wish);

  const firstDue = fitInto(due, seconds * shares.due, cost, 0);
  const firstWeak = fitInto(weak, seconds * shares.weak, cost, 0);
  const spent = (items: readonly DayItem[]): number => items.reduce((sum, item) => sum + cost(item), 0);
  let left = seconds - spent(firstDue.taken) - spent(firstWeak.taken);
  const someFresh = fitInto(fresh, left, cost, 0);
  left -= spent(someFresh.taken);
  const moreDue = fitInto(due.slice(firstDue.taken.length), left, cost, 0);
  left -= spent(moreDue.taken);
  const moreWeak = fitInto(weak.slice(firstWeak.taken.length), left, cost, 0);

  const mixed = interleave([...firstDue.taken, ...firstWeak.taken, ...moreDue.taken, ...moreWeak.taken], ({ topicKey }) => topicKey ?? 0);
  // A few known things first, then what is new while one is fresh, then the rest.
  const warmUp = Math.min(mixed.length, Math.max(2, Math.floor(mixed.length / 4)));
  let items = [...mixed.slice(0, warmUp), ...someFresh.taken, ...mixed.slice(warmUp)];
  // A few minutes are better used by one thing that takes a little longer than by nothing.
  if (items.length === 0 && seconds > 0) items = [...due, ...weak, ...fresh].slice(0, 1);
  return {
    items,
    minutes: spent(items) / 60,
    cards: items.filter(({ what }) => what === 'card').length,
    weak: items.filter((item) => item.what === 'question' && item.why === 'weak').length,
    fresh: items.filter((item) => item.what === 'question' && item.why === 'new').length,
    sections: items.filter(({ what }) => what === 'section').length,
  };
}
