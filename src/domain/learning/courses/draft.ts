import type { Phrase } from '#domain/kernel/phrase';
import type { Difficulty, Exam, LabStep, PackDomain, PackStatistics, QuestionKind } from './pack';

/** Where in a pack something stands. Lines count from 1; 0 where the format has none. */
export interface Place {
  readonly file: string;
  readonly line: number;
}

/**
 * Something that is wrong with a pack. `fatal`: the pack cannot be taken; `rejected`: one thing of it is left out; `warning`: it is taken,
 * but not quite as it stands.
 */
export interface PackProblem extends Place {
  readonly severity: 'fatal' | 'rejected' | 'warning';
  readonly reason: Phrase;
}

/** A domain or topic as a file names it. */
export interface Named {
  readonly code: string;
  readonly title: string;
}

export interface DraftOption {
  readonly text: string;
  readonly correct: boolean;
  readonly tolerance?: number | null;
  readonly feedback?: string | null;
}

/** A question as a file has it, before anybody has looked whether it holds together. */
export interface DraftQuestion {
  readonly at: Place;
  /** Null where the file gives it no name. */
  readonly id: string | null;
  readonly domain: Named | null;
  readonly topic: Named | null;
  /** Null where the options tell. */
  readonly kind: QuestionKind | null;
  readonly difficulty: Difficulty | null;
  readonly stem: string;
  readonly options: readonly DraftOption[];
  readonly explanation: string | null;
  readonly reference: string | null;
  readonly objective: string | null;
  readonly flagged: string | null;
}

export interface DraftSection {
  readonly at: Place;
  readonly code: string;
  readonly title: string;
  readonly topic: string | null;
  readonly minutes: number | null;
  readonly body: string;
  readonly check: readonly string[];
}

export interface DraftModule {
  readonly at: Place;
  readonly code: string;
  readonly title: string;
  readonly summary: string;
  readonly requires: readonly string[];
  readonly sections: readonly DraftSection[];
}

export interface DraftFlashcard {
  readonly at: Place;
  readonly id: string | null;
  readonly domain: Named | null;
  readonly topic: Named | null;
  readonly front: string;
  readonly back: string;
}

export interface DraftLab {
  readonly at: Place;
  readonly code: string;
  readonly title: string;
  readonly topic: string | null;
  readonly intro: string;
  readonly prompt: string;
  readonly steps: readonly LabStep[];
  readonly answers: readonly { readonly input: string; readonly output: string }[];
}

/** What a reader found in a file, of whatever format. */
export interface Draft {
  /** Null where the format has no such thing: then it is proposed from the file's name. */
  readonly code: string | null;
  readonly title: string | null;
  readonly description: string;
  readonly version: string | null;
  readonly author: string | null;
  readonly licence: string | null;
  readonly notice: string | null;
  readonly language: string;
  /** Null where the format says nothing of an exam. */
  readonly exam: Exam | null;
  /** What the author published about students of theirs. */
  readonly statistics?: PackStatistics | null;
  /** Null where the format has no blueprint: then it follows from the questions. */
  readonly domains: readonly PackDomain[] | null;
  readonly modules: readonly DraftModule[];
  readonly questions: readonly DraftQuestion[];
  readonly flashcards: readonly DraftFlashcard[];
  readonly labs: readonly DraftLab[];
  readonly problems: readonly PackProblem[];
  /** Questions that the reader itself had to leave out. */
  readonly rejected: number;
  /** Types of question that Ivy does not ask, by their name in the format, and how many of each there were. */
  readonly unsupported: Readonly<Record<string, number>>;
}

/** A draft of a file that holds questions or cards and nothing else. */
export function bareDraft(parts: Pick<Draft, 'questions' | 'problems' | 'rejected' | 'unsupported'> & Partial<Pick<Draft, 'flashcards' | 'title'>>): Draft {
  return {
    code: null,
    title: null,
    description: '',
    version: null,
    author: null,
    licence: null,
    notice: null,
    language: 'en',
    exam: null,
    domains: null,
    modules: [],
    flashcards: [],
    labs: [],
    ...parts,
  };
}
