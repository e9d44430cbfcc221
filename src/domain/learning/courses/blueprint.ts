import { type Phrase, phrase } from '#domain/kernel/phrase';
import { fold } from '#domain/kernel/text';
import type { Draft, DraftQuestion, Named } from './draft';
import { knownExams } from './knownExams';
import { type Exam, type PackDomain, unknownExam } from './pack';

/** What a course is called, what its exam is, and how its questions are grouped: proposed, and confirmed by a person. */
export interface Blueprint {
  readonly code: string;
  readonly title: string;
  readonly exam: Exam;
  readonly domains: readonly PackDomain[];
}

export interface BlueprintProposal {
  readonly blueprint: Blueprint;
  /** What each part of it rests on. */
  readonly basis: readonly Phrase[];
  /** The code of the topic of each question of the draft, in its order. */
  readonly topics: readonly string[];
  /** The same of its flashcards; null for one that belongs to no topic. */
  readonly cardTopics: readonly (string | null)[];
}

/** Where a draft says nothing of topics, all of it is one. */
const everythingTopic = 'all';

/** A name as it may stand in an address or a file: lower case, words joined by hyphens. */
export function codeOf(name: string): string {
  const code = fold(name)
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80);
  return code === '' ? 'course' : code;
}

/** A domain or topic from the one name that a file gives it: a short name without spaces is its code too. */
export function nameOf(text: string): Named {
  return { code: /^[\p{L}\p{N}][\p{L}\p{N}._-]{0,39}$/u.test(text) ? text : codeOf(text), title: text.slice(0, 200) };
}

/** A file's name as a title: without its ending, words instead of underscores, the first letter large. */
export function titleOf(fileName: string): string {
  const words = fileName
    .replace(/\.[^.]{1,8}$/, '')
    .replace(/[_\s]+/g, ' ')
    .trim();
  return words === '' ? 'Course' : `${words.charAt(0).toUpperCase()}${words.slice(1)}`.slice(0, 200);
}

/** The parts of an id that letters, digits and separators divide: T1A01 → T, 1, A, 01. */
const partsOfId = (id: string): string[] => id.match(/\p{L}+|\p{N}+/gu) ?? [];

interface Grouping {
  readonly domain: string;
  readonly topic: string;
}

const withoutLastPart = (id: string): string => id.replace(/(?:\p{L}+|\p{N}+)[^\p{L}\p{N}]*$/u, '').replace(/[^\p{L}\p{N}]+$/u, '');

/**
 * The domains and topics that ids speak of, where all of them are built alike: the last part numbers a question within its topic, the part
 * before it the topic within its domain.
 *
 * @returns one grouping an id, or null where the ids tell nothing
 */
export function groupingOfIds(ids: readonly (string | null)[]): Grouping[] | null {
  if (ids.length < 4) return null;
  const groups: Grouping[] = [];
  let length: number | null = null;
  for (const id of ids) {
    if (id === null) return null;
    const parts = partsOfId(id);
    if (parts.length < 3 || (length !== null && parts.length !== length) || !/^\p{N}+$/u.test(parts.at(-1) ?? '')) return null;
    length = parts.length;
    const topic = withoutLastPart(id);
    groups.push({ topic, domain: withoutLastPart(topic) });
  }
  const topics = new Set(groups.map(({ topic }) => topic)).size;
  const domains = new Set(groups.map(({ domain }) => domain)).size;
  // Names such as q-1-1 … q-1-200 tell of no topics, and a topic of one question is none.
  return domains < 2 || topics <= domains || topics * 2 > ids.length ? null : groups;
}

/** Collects domains and topics in the order in which they come. */
class Collector {
  private readonly domains = new Map<string, { readonly title: string; readonly topics: Map<string, string> }>();
  private readonly topicCodes = new Map<string, string>();

  add(domain: Named, topic: Named): string {
    const found = this.domains.get(domain.code) ?? { title: domain.title, topics: new Map<string, string>() };
    this.domains.set(domain.code, found);
    // Two domains may each have an "Introduction": topics are told apart within the whole course.
    const place = `${domain.code}\n${topic.code}`;
    const known = this.topicCodes.get(place);
    if (known !== undefined) return known;
    let code = topic.code;
    const taken = new Set(this.topicCodes.values());
    if (taken.has(code)) code = `${domain.code}-${topic.code}`;
    for (let count = 2; taken.has(code); count += 1) code = `${domain.code}-${topic.code}-${String(count)}`;
    this.topicCodes.set(place, code);
    found.topics.set(code, topic.title);
    return code;
  }

  get topicCount(): number {
    return this.topicCodes.size;
  }

  result(weights: (code: string, topics: number) => number | null, titles: Readonly<Record<string, string>>): PackDomain[] {
    return [...this.domains].map(([code, { title, topics }]) => ({
      code,
      title: titles[code] ?? title,
      weight: weights(code, topics.size),
      topics: [...topics].map(([topicCode, topicTitle]) => ({ code: topicCode, title: topicTitle })),
    }));
  }
}

const rounded = (value: number): number => Math.round(value * 10) / 10;

/** The blueprint of a draft that has one. */
function statedBlueprint(draft: Draft, domains: readonly PackDomain[], fileName: string): BlueprintProposal {
  return {
    blueprint: { code: draft.code ?? codeOf(titleOf(fileName)), title: draft.title ?? titleOf(fileName), exam: draft.exam ?? unknownExam, domains },
    basis: [phrase('courses.basis.stated')],
    topics: draft.questions.map(({ topic }) => topic?.code ?? ''),
    cardTopics: draft.flashcards.map(({ topic }) => topic?.code ?? null),
  };
}

/** What a draft's questions are grouped by: what the file says, else what the ids say, else nothing. */
function groupsOf(questions: readonly DraftQuestion[]): { readonly from: 'file' | 'ids' | 'nothing'; readonly groups: readonly { readonly domain: Named; readonly topic: Named }[] } {
  const whole = { code: everythingTopic, title: 'Everything' };
  if (questions.some(({ domain, topic }) => domain !== null || topic !== null)) {
    const other = { code: 'other', title: 'Other' };
    return {
      from: 'file',
      groups: questions.map(({ domain, topic }) => ({ domain: domain ?? (topic === null ? other : whole), topic: topic ?? domain ?? other })),
    };
  }
  const byIds = groupingOfIds(questions.map(({ id }) => id));
  if (byIds === null) return { from: 'nothing', groups: questions.map(() => ({ domain: whole, topic: whole })) };
  return { from: 'ids', groups: byIds.map(({ domain, topic }) => ({ domain: { code: domain, title: domain }, topic: { code: topic, title: topic } })) };
}

/**
 * Proposes how a course is made up. What the file says holds; else domains and topics are read from the ids, and an exam whose blueprint is
 * public is recognised by them. What is not known stays open: no number is invented.
 */
export function proposeBlueprint(draft: Draft, fileName: string): BlueprintProposal {
  if (draft.domains !== null) return statedBlueprint(draft, draft.domains, fileName);
  const { from, groups } = groupsOf(draft.questions);
  const collector = new Collector();
  const topics = groups.map(({ domain, topic }) => collector.add(domain, topic));
  const cardTopics = draft.flashcards.map(({ domain, topic }) => (domain === null && topic === null ? null : collector.add(domain ?? { code: everythingTopic, title: 'Everything' }, topic ?? domain ?? { code: 'other', title: 'Other' })));
  const total = collector.topicCount;
  const basis: Phrase[] = [];
  const codes = new Set(groups.map(({ domain }) => domain.code));
  const known = from === 'ids' ? knownExams.find((each) => each.topics === total && [...codes].every((code) => each.domains.test(code))) : undefined;
  if (from === 'ids') basis.push(phrase('courses.basis.ids', { example: draft.questions[0]?.id ?? '', domain: groups[0]?.domain.code ?? '', topic: groups[0]?.topic.code ?? '' }));
  else if (from === 'file') basis.push(phrase('courses.basis.file'));
  else basis.push(phrase('courses.basis.nothing'));
  if (known === undefined) basis.push(phrase('courses.basis.examUnknown'));
  else basis.push(phrase('courses.basis.examKnown', { title: known.title, questions: known.exam.questions ?? 0, pass: known.exam.passMark ?? 0 }));
  const title = draft.title ?? titleOf(fileName);
  return {
    blueprint: {
      code: draft.code ?? codeOf(titleOf(fileName)),
      title: known?.title ?? title,
      exam: known?.exam ?? draft.exam ?? unknownExam,
      // One question of each topic: a domain weighs as much as it has topics.
      domains: collector.result((_code, count) => (known === undefined ? null : rounded((100 * count) / total)), known?.domainTitles ?? {}),
    },
    basis,
    topics,
    cardTopics,
  };
}

/** What a person says about a blueprint. Codes are the file's; a domain or topic that is not named stays as it was proposed. */
export interface BlueprintWishes {
  readonly title?: string | undefined;
  readonly exam?: Exam | undefined;
  readonly domains?: readonly { readonly code: string; readonly title: string; readonly weight?: number | null | undefined; readonly topics?: readonly Named[] | undefined }[] | undefined;
}

/** A proposed blueprint as a person, or an earlier import, would have it. */
export function withWishes(proposed: Blueprint, wishes: BlueprintWishes): Blueprint {
  return {
    code: proposed.code,
    title: wishes.title ?? proposed.title,
    exam: wishes.exam ?? proposed.exam,
    domains: proposed.domains.map((domain) => {
      const wish = wishes.domains?.find(({ code }) => code === domain.code);
      if (wish === undefined) return domain;
      return { code: domain.code, title: wish.title, weight: wish.weight === undefined ? domain.weight : wish.weight, topics: domain.topics.map((topic) => ({ code: topic.code, title: wish.topics?.find(({ code }) => code === topic.code)?.title ?? topic.title })) };
    }),
  };
}
