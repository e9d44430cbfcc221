import { type Phrase, phrase } from '#domain/kernel/phrase';
import type { Blueprint } from './blueprint';
import type { Draft, DraftModule, DraftQuestion, PackProblem, Place } from './draft';
import type { Pack, PackDomain, PackFlashcard, PackLab, PackModule, PackOption, PackQuestion, PackSection } from './pack';
import { cleanText, kindOf, longestText, nameFor, optional, questionProblem } from './question';

/** No section is longer than this, in characters. */
export const longestBody = 500_000;
/** No name is longer than this. */
const longestName = 300;
/** A pack of more than this is more than one course. */
export const mostItems = 50_000;

export interface CheckedPack {
  readonly pack: Pack;
  readonly problems: readonly PackProblem[];
  /** Questions that were left out. */
  readonly rejected: number;
}

/** The first circle among modules that require each other, as codes, or null. */
export function circleOf(modules: readonly { readonly code: string; readonly requires: readonly string[] }[]): string[] | null {
  const required = new Map(modules.map(({ code, requires }) => [code, requires]));
  const done = new Set<string>();
  // Depth first without recursion: a chain of ten thousand modules must not exhaust the stack.
  for (const { code: start } of modules) {
    const path: { readonly code: string; next: number }[] = [{ code: start, next: 0 }];
    const onPath = new Set([start]);
    while (path.length > 0) {
      const top = path[path.length - 1];
      if (top === undefined) break;
      const next = done.has(top.code) ? undefined : required.get(top.code)?.[top.next];
      top.next += 1;
      if (next === undefined) {
        done.add(top.code);
        onPath.delete(top.code);
        path.pop();
      } else if (onPath.has(next)) {
        return [...path.slice(path.findIndex(({ code }) => code === next)).map(({ code }) => code), next];
      } else if (!done.has(next)) {
        path.push({ code: next, next: 0 });
        onPath.add(next);
      }
    }
  }
  return null;
}

class Check {
  readonly problems: PackProblem[] = [];
  rejected = 0;

  constructor(
    private readonly draft: Draft,
    private readonly blueprint: Blueprint,
    private readonly topics: readonly string[],
    private readonly cardTopics: readonly (string | null)[],
  ) {}

  private say(severity: PackProblem['severity'], { file, line }: Place, reason: Phrase): void {
    this.problems.push({ severity, file, line, reason });
  }

  run(): Pack {
    const { draft, blueprint } = this;
    const items = draft.questions.length + draft.flashcards.length + draft.labs.length + draft.modules.reduce((sum, { sections }) => sum + sections.length, 0);
    if (items > mostItems) this.say('fatal', { file: '', line: 0 }, phrase('courses.problems.tooMany', { count: items, most: mostItems }));
    const domains = this.domains(blueprint.domains);
    const topicCodes = new Set(domains.flatMap((domain) => domain.topics.map(({ code }) => code)));
    const questions = this.questions(topicCodes);
    const modules = this.modules(topicCodes, new Set(questions.map(({ id }) => id)));
    return {
      code: blueprint.code,
      title: blueprint.title,
      description: cleanText(draft.description),
      version: draft.version,
      author: draft.author,
      licence: draft.licence,
      notice: optional(draft.notice),
      language: draft.language,
      exam: blueprint.exam,
      ...this.statistics(domains),
      domains,
      modules,
      questions,
      flashcards: this.flashcards(topicCodes),
      labs: this.labs(topicCodes),
    };
  }

  /** Statistics of domains that there are; of others it is said that they are left out. */
  private statistics(domains: readonly PackDomain[]): Pick<Pack, 'statistics'> {
    const { statistics } = this.draft;
    if (statistics === null || statistics === undefined) return {};
    const codes = new Set(domains.map(({ code }) => code));
    for (const { code } of statistics.domains) if (!codes.has(code)) this.say('warning', { file: 'pack.yaml', line: 0 }, phrase('courses.problems.statisticsDomain', { id: code }));
    return { statistics: { ...statistics, domains: statistics.domains.filter(({ code }) => codes.has(code)) } };
  }

  private domains(domains: readonly PackDomain[]): PackDomain[] {
    const seen = new Set<string>();
    const kept: PackDomain[] = [];
    const nowhere = { file: 'pack.yaml', line: 0 };
    const codes = new Set<string>();
    for (const domain of domains) {
      if (codes.has(domain.code)) this.say('fatal', nowhere, phrase('courses.problems.equalDomains', { id: domain.code }));
      codes.add(domain.code);
      for (const { code } of domain.topics) {
        if (seen.has(code)) this.say('fatal', nowhere, phrase('courses.problems.equalTopics', { id: code }));
        seen.add(code);
      }
      kept.push({ ...domain, topics: domain.topics });
    }
    const weights = domains.flatMap(({ weight }) => (weight === null ? [] : [weight]));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    if (weights.length > 0 && Math.abs(sum - 100) > 0.5) this.say('warning', nowhere, phrase('courses.problems.weights', { sum: Math.round(sum * 10) / 10 }));
    return kept;
  }

  private questions(topics: ReadonlySet<string>): PackQuestion[] {
    const seen = new Map<string, Place>();
    const kept: PackQuestion[] = [];
    this.draft.questions.forEach((draft, index) => {
      const question = this.question(draft, this.topics[index] ?? '', topics, seen);
      if (question === null) this.rejected += 1;
      else kept.push(question);
    });
    return kept;
  }

  private question(draft: DraftQuestion, topic: string, topics: ReadonlySet<string>, seen: Map<string, Place>): PackQuestion | null {
    const reject = (reason: Phrase): null => {
      this.say('rejected', draft.at, reason);
      return null;
    };
    const options: PackOption[] = draft.options.map(({ text, correct, tolerance = null, feedback = null }) => ({ text: cleanText(text), correct, tolerance, feedback: optional(feedback) }));
    const kind = draft.kind ?? kindOf(options);
    const stem = cleanText(draft.stem);
    const explanation = optional(draft.explanation);
    const wrong = questionProblem(kind, stem, options, [explanation, draft.reference, draft.objective]);
    if (wrong !== null) return reject(wrong);
    const id = draft.id === null ? nameFor([stem, ...options.map(({ text }) => text)].join('\n')) : cleanText(draft.id).replace(/\s+/g, ' ');
    if (id === '' || id.length > longestName) return reject(phrase('courses.problems.badId'));
    const before = seen.get(id);
    if (before !== undefined) {
      return reject(draft.id === null ? phrase('courses.problems.equalQuestions', { line: before.line, file: before.file }) : phrase('courses.problems.equalIds', { id, line: before.line, file: before.file }));
    }
    if (!topics.has(topic)) return reject(topic === '' ? phrase('courses.problems.noTopic') : phrase('courses.problems.unknownTopic', { topic }));
    seen.set(id, draft.at);
    return {
      id,
      topic,
      kind,
      difficulty: draft.difficulty,
      stem,
      options,
      explanation,
      reference: optional(draft.reference),
      objective: optional(draft.objective),
      flagged: optional(draft.flagged),
    };
  }

  private topicOr(at: Place, topic: string | null, topics: ReadonlySet<string>): string | null {
    if (topic === null || topics.has(topic)) return topic;
    this.say('warning', at, phrase('courses.problems.unknownTopicDropped', { topic }));
    return null;
  }

  private modules(topics: ReadonlySet<string>, questions: ReadonlySet<string>): PackModule[] {
    const { modules } = this.draft;
    const codes = new Set<string>();
    const sections = new Map<string, Place>();
    const kept = modules.map((module): PackModule => {
      if (codes.has(module.code)) this.say('fatal', module.at, phrase('courses.problems.equalModules', { id: module.code }));
      codes.add(module.code);
      return { code: module.code, title: module.title, summary: cleanText(module.summary), requires: this.requirements(module), sections: module.sections.flatMap((section) => this.section(section, topics, questions, sections)) };
    });
    const circle = circleOf(kept);
    if (circle !== null) {
      const at = modules.find(({ code }) => code === circle[0])?.at ?? { file: 'pack.yaml', line: 0 };
      this.say('fatal', at, phrase('courses.problems.circle', { circle: circle.join(' → ') }));
    }
    return kept;
  }

  private requirements(module: DraftModule): string[] {
    return [...new Set(module.requires)].filter((code) => {
      const known = this.draft.modules.some((each) => each.code === code);
      if (!known) this.say('fatal', module.at, phrase('courses.problems.unknownModule', { id: code }));
      return known;
    });
  }

  private section(section: DraftModule['sections'][number], topics: ReadonlySet<string>, questions: ReadonlySet<string>, seen: Map<string, Place>): PackSection[] {
    const { at, code, title, minutes } = section;
    const before = seen.get(code);
    if (before !== undefined) {
      this.say('rejected', at, phrase('courses.problems.equalIds', { id: code, line: before.line, file: before.file }));
      return [];
    }
    const body = cleanText(section.body);
    if (body === '' || body.length > longestBody) {
      this.say('rejected', at, body === '' ? phrase('courses.problems.emptySection') : phrase('courses.problems.tooLong', { most: longestBody }));
      return [];
    }
    seen.set(code, at);
    const check = [...new Set(section.check)].filter((id) => {
      if (!questions.has(id)) this.say('warning', at, phrase('courses.problems.unknownCheck', { id }));
      return questions.has(id);
    });
    return [{ code, title, topic: this.topicOr(at, section.topic, topics), minutes, body, check }];
  }

  private flashcards(topics: ReadonlySet<string>): PackFlashcard[] {
    const seen = new Map<string, Place>();
    return this.draft.flashcards.flatMap(({ at, id: named, front: rawFront, back: rawBack }, index): PackFlashcard[] => {
      const [front, back] = [cleanText(rawFront), cleanText(rawBack)];
      const id = named ?? nameFor(`${front}\n${back}`);
      const before = seen.get(id);
      const wrong =
        front === '' || back === ''
          ? phrase('courses.problems.emptyCard')
          : front.length > longestText || back.length > longestText
            ? phrase('courses.problems.tooLong', { most: longestText })
            : before === undefined
              ? null
              : phrase('courses.problems.equalIds', { id, line: before.line, file: before.file });
      if (wrong !== null) {
        this.say('rejected', at, wrong);
        return [];
      }
      seen.set(id, at);
      return [{ id, topic: this.topicOr(at, this.cardTopics[index] ?? null, topics), front, back }];
    });
  }

  private labs(topics: ReadonlySet<string>): PackLab[] {
    const seen = new Map<string, Place>();
    return this.draft.labs.flatMap(({ at, ...lab }): PackLab[] => {
      const before = seen.get(lab.code);
      const wrong = before !== undefined ? phrase('courses.problems.equalIds', { id: lab.code, line: before.line, file: before.file }) : lab.steps.length === 0 ? phrase('courses.problems.noSteps') : null;
      if (wrong !== null) {
        this.say('rejected', at, wrong);
        return [];
      }
      seen.set(lab.code, at);
      return [{ ...lab, intro: cleanText(lab.intro), topic: this.topicOr(at, lab.topic, topics) }];
    });
  }
}

/**
 * Makes a pack of a draft and its blueprint, and says everything that is wrong, in the order of the files. What cannot be asked is left out;
 * a pack with a `fatal` problem must not be taken.
 *
 * @param topics the topic of each question of the draft
 * @param cardTopics the topic of each flashcard
 */
export function checkPack(draft: Draft, blueprint: Blueprint, topics: readonly string[], cardTopics: readonly (string | null)[]): CheckedPack {
  const check = new Check(draft, blueprint, topics, cardTopics);
  const pack = check.run();
  const problems = [...draft.problems, ...check.problems];
  if (pack.questions.length + pack.flashcards.length + pack.modules.length === 0 && !problems.some(({ severity }) => severity === 'fatal')) {
    problems.push({ file: '', line: 0, severity: 'fatal', reason: phrase('courses.problems.nothing') });
  }
  return { pack, problems: problems.sort((a, b) => (a.file < b.file ? -1 : a.file > b.file ? 1 : a.line - b.line)), rejected: draft.rejected + check.rejected };
}
