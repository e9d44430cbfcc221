import { phrase } from '#domain/kernel/phrase';
import { factOf, type SummaryFact } from './facts';

/** One item of a lead’s story, in words of the program. */
export interface StoryItem {
  readonly id: string;
  readonly at: number;
  /** The day, as the workspace writes days. */
  readonly day: string;
  readonly title: string;
  readonly detail: string | null;
}

export interface StoryFacts {
  readonly name: string;
  readonly course: string | null;
  readonly source: string | null;
  readonly stage: string;
  readonly owner: string | null;
  readonly came: StoryItem | null;
  readonly contacts: readonly StoryItem[];
  /** Opens and clicks of the person, the newest first. */
  readonly reactions: readonly StoryItem[];
  readonly notes: readonly StoryItem[];
  readonly score: { readonly score: number; readonly band: string; readonly reason: string | null } | null;
  readonly chance: number | null;
  readonly blockers: readonly string[];
  readonly openTasks: number;
  readonly nextTask: { readonly title: string; readonly day: string | null } | null;
  /** What to do next; null where nothing is to be won any more. */
  readonly next: string | null;
}

/** Letters of a note that a sentence quotes. */
const longestQuote = 200;
const quote = (text: string): string => (text.length <= longestQuote ? text : `${text.slice(0, longestQuote - 1).trimEnd()}…`);

/** The story of a lead as a person would tell it: who, since when, what was done, what came back, how it stands, what is next. */
export function storyFacts(facts: StoryFacts): SummaryFact[] {
  const { name, course, source, stage, owner, came, contacts, reactions, notes, score, chance, blockers, openTasks, nextTask, next } = facts;
  const [lastContact] = contacts;
  const [lastReaction] = reactions;
  const [note] = notes;
  return [
    ...(came === null ? [] : [factOf('came', 'event', source === null ? phrase('summaries.lead.came', { name, day: came.day }) : phrase('summaries.lead.cameFrom', { name, day: came.day, source }), { itemId: came.id, at: came.at })]),
    factOf('stands', 'event', course === null ? phrase('summaries.lead.stands', { stage }) : phrase('summaries.lead.standsFor', { stage, course })),
    factOf('owner', 'event', owner === null ? phrase('summaries.lead.nobody') : phrase('summaries.lead.owner', { owner })),
    lastContact === undefined
      ? factOf('contacts', 'event', phrase('summaries.lead.noContact'), { value: 0 })
      : factOf('contacts', 'event', phrase('summaries.lead.contacts', { count: contacts.length, day: lastContact.day, what: lastContact.title }), { value: contacts.length, itemId: lastContact.id, at: lastContact.at }),
    ...(lastReaction === undefined ? [] : [factOf('reactions', 'event', phrase('summaries.lead.reactions', { count: reactions.length, day: lastReaction.day, what: lastReaction.title }), { value: reactions.length, itemId: lastReaction.id, at: lastReaction.at })]),
    ...(note === undefined ? [] : [factOf('note', 'event', phrase('summaries.lead.note', { day: note.day, text: quote(note.detail ?? '') }), { itemId: note.id, at: note.at })]),
    ...(score === null ? [] : [factOf('score', 'figure', score.reason === null ? phrase('summaries.lead.score', { score: Math.round(score.score), band: score.band }) : phrase('summaries.lead.scoreBecause', { score: Math.round(score.score), band: score.band, reason: score.reason }), { value: score.score })]),
    ...(chance === null ? [] : [factOf('chance', 'figure', phrase('summaries.lead.chance', { percent: Math.round(chance * 100) }), { value: chance })]),
    ...blockers.map((what, index) => factOf(`blocker ${String(index + 1)}`, 'decision', phrase('summaries.lead.blocker', { what }))),
    ...(openTasks === 0 || nextTask === null ? [] : [factOf('tasks', 'event', nextTask.day === null ? phrase('summaries.lead.tasks', { count: openTasks, title: nextTask.title }) : phrase('summaries.lead.tasksDue', { count: openTasks, title: nextTask.title, day: nextTask.day }), { value: openTasks })]),
    ...(next === null ? [] : [factOf('next', 'decision', phrase('summaries.lead.next', { what: next }))]),
  ];
}
