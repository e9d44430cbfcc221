import { isSmallRewording } from './rewording';
import type { Pack, PackFlashcard, PackLab, PackQuestion, PackSection, Quarters } from './pack';

/**
 * Whether two questions ask the same: kind, stem and options with which of them are right. Where they do not, answers to the one say
 * nothing about the other.
 */
export function asksTheSame(one: PackQuestion, other: PackQuestion): boolean {
  return (
    one.kind === other.kind &&
    one.stem === other.stem &&
    one.options.length === other.options.length &&
    one.options.every((option, index) => {
      const against = other.options[index];
      return against?.text === option.text && against.correct === option.correct && against.tolerance === option.tolerance;
    })
  );
}

/** Whether two questions are the same in every part. */
export function isSameQuestion(one: PackQuestion, other: PackQuestion): boolean {
  return (
    asksTheSame(one, other) &&
    (['id', 'topic', 'difficulty', 'explanation', 'reference', 'objective', 'flagged'] as const).every((part) => one[part] === other[part]) &&
    one.options.every((option, index) => option.feedback === other.options[index]?.feedback)
  );
}

const sameParts = (one: object, other: object): boolean => JSON.stringify(one) === JSON.stringify(other);

/** What an import would do to one kind of thing. */
export interface Changes {
  readonly added: number;
  readonly changed: number;
  readonly retired: number;
  readonly unchanged: number;
}

/** The same of a whole pack, with how many of the changed questions ask something else, so that their cards begin anew. */
export interface PackChanges extends Changes {
  readonly anew: number;
}

function changesOf<Item>(before: readonly Item[], after: readonly Item[], name: (item: Item) => string, same: (one: Item, other: Item) => boolean): Changes {
  const known = new Map(before.map((item) => [name(item), item]));
  let [added, changed, unchanged] = [0, 0, 0];
  for (const item of after) {
    const old = known.get(name(item));
    if (old === undefined) added += 1;
    else if (same(old, item)) unchanged += 1;
    else changed += 1;
  }
  return { added, changed, unchanged, retired: before.length - changed - unchanged };
}

/** What taking `after` in place of `before` adds, changes and retires: questions, sections, flashcards and labs together. */
export function packChanges(before: Pack, after: Pack): PackChanges {
  const asked = new Map(before.questions.map((question) => [question.id, question]));
  const anew = after.questions.filter((question) => {
    const old = asked.get(question.id);
    return old !== undefined && !asksTheSame(old, question) && !isSmallRewording(old, question);
  }).length;
  const sections = ({ modules }: Pack): PackSection[] => modules.flatMap((each) => each.sections);
  const parts = [
    changesOf<PackQuestion>(before.questions, after.questions, ({ id }) => id, isSameQuestion),
    changesOf<PackSection>(sections(before), sections(after), ({ code }) => code, sameParts),
    changesOf<PackFlashcard>(before.flashcards, after.flashcards, ({ id }) => id, sameParts),
    changesOf<PackLab>(before.labs, after.labs, ({ code }) => code, sameParts),
  ];
  const sum = (of: keyof Changes): number => parts.reduce((total, part) => total + part[of], 0);
  return { added: sum('added'), changed: sum('changed'), retired: sum('retired'), unchanged: sum('unchanged'), anew };
}

/** Whether two packs are the same in all that a course is made of, so that taking the one for the other would change nothing. */
export function isSamePack(one: Pack, other: Pack): boolean {
  return sameParts(canonical(one), canonical(other));
}

const ordered = (quarters: Quarters | null): Quarters | null => (quarters === null ? null : { lower: quarters.lower, middle: quarters.middle, upper: quarters.upper });

/** The same pack with its parts in one order of names, for comparing. */
function canonical({ code, title, description, version, author, licence, notice, language, exam, statistics, domains, modules, questions, flashcards, labs }: Pack): Pack {
  const question = ({ id, topic, kind, difficulty, stem, options, explanation, reference, objective, flagged }: PackQuestion): PackQuestion => ({
    id,
    topic,
    kind,
    difficulty,
    stem,
    options: options.map(({ text, correct, tolerance, feedback }) => ({ text, correct, tolerance, feedback })),
    explanation,
    reference,
    objective,
    flagged,
  });
  return {
    code,
    title,
    description,
    version,
    author,
    licence,
    notice,
    language,
    exam: { questions: exam.questions, minutes: exam.minutes, passMark: exam.passMark, passUnit: exam.passUnit, draw: exam.draw },
    statistics: statistics === null || statistics === undefined ? null : { students: statistics.students, when: statistics.when, source: statistics.source, right: ordered(statistics.right), domains: statistics.domains.map(({ code, right }) => ({ code, right: { lower: right.lower, middle: right.middle, upper: right.upper } })) },
    domains: domains.map((domain) => ({ code: domain.code, title: domain.title, weight: domain.weight, topics: domain.topics.map((topic) => ({ code: topic.code, title: topic.title })) })),
    modules: modules.map((each) => ({
      code: each.code,
      title: each.title,
      summary: each.summary,
      requires: each.requires,
      sections: each.sections.map((section) => ({ code: section.code, title: section.title, topic: section.topic, minutes: section.minutes, body: section.body, check: section.check })),
    })),
    questions: questions.map(question),
    flashcards: flashcards.map((card) => ({ id: card.id, topic: card.topic, front: card.front, back: card.back })),
    labs: labs.map((lab) => ({ code: lab.code, title: lab.title, topic: lab.topic, intro: lab.intro, prompt: lab.prompt, steps: lab.steps.map(({ task, accept, output, hint }) => ({ task, accept, output, hint })), answers: lab.answers.map(({ input, output }) => ({ input, output })) })),
  };
}

/**
 * The pack that an import takes where some questions were written by hand since: those stay as they are, also where the file lacks them, and
 * those that were taken out stay out.
 *
 * @param edited ids of the questions that were written by hand
 * @param removed ids of the questions that were taken out by hand
 */
export function keepEdited(file: Pack, current: Pack, edited: ReadonlySet<string>, removed: ReadonlySet<string>): Pack {
  const incoming = removed.size === 0 ? file : { ...file, questions: file.questions.filter(({ id }) => !removed.has(id)) };
  const kept = new Map(current.questions.filter(({ id }) => edited.has(id)).map((question) => [question.id, question]));
  if (kept.size === 0) return incoming;
  const there = new Set(incoming.questions.map(({ id }) => id));
  const questions = [...incoming.questions.map((question) => kept.get(question.id) ?? question), ...[...kept.values()].filter(({ id }) => !there.has(id))];
  const topics = new Set(incoming.domains.flatMap((domain) => domain.topics.map(({ code }) => code)));
  const lost = new Set(questions.map(({ topic }) => topic).filter((topic) => !topics.has(topic)));
  if (lost.size === 0) return { ...incoming, questions };
  // A topic that only such a question still has stays with it.
  const domains = [...incoming.domains];
  for (const domain of current.domains) {
    const needed = domain.topics.filter(({ code }) => lost.has(code));
    if (needed.length === 0) continue;
    const at = domains.findIndex(({ code }) => code === domain.code);
    const found = domains[at];
    if (found === undefined) domains.push({ ...domain, topics: needed });
    else domains[at] = { ...found, topics: [...found.topics, ...needed] };
  }
  return { ...incoming, domains, questions };
}

/**
 * The pack that undoing an import leads to: as it was before, except for what a person has changed of the course's title, exam and domains
 * since the import.
 *
 * @param before what stood before the import
 * @param undone what the import brought
 * @param current the course as it is now
 */
export function withoutImport(before: Pack, undone: Pack, current: Pack): Pack {
  const kept = <Value>(old: Value, brought: Value | undefined, now: Value | undefined): Value => (now === undefined || JSON.stringify(now) === JSON.stringify(brought) ? old : now);
  return {
    ...before,
    title: kept(before.title, undone.title, current.title),
    description: kept(before.description, undone.description, current.description),
    exam: kept(before.exam, undone.exam, current.exam),
    domains: before.domains.map((domain) => {
      const brought = undone.domains.find(({ code }) => code === domain.code);
      const now = current.domains.find(({ code }) => code === domain.code);
      return {
        ...domain,
        title: kept(domain.title, brought?.title, now?.title),
        weight: kept(domain.weight, brought?.weight, now?.weight),
        topics: domain.topics.map((topic) => ({
          ...topic,
          title: kept(topic.title, brought?.topics.find(({ code }) => code === topic.code)?.title, now?.topics.find(({ code }) => code === topic.code)?.title),
        })),
      };
    }),
  };
}
