/** The kinds of question that Ivy asks. */
export const questionKinds = ['single', 'multiple', 'truefalse', 'numeric', 'short'] as const;
export type QuestionKind = (typeof questionKinds)[number];

export const difficulties = ['easy', 'medium', 'hard'] as const;
export type Difficulty = (typeof difficulties)[number];

/** How a mock exam is drawn: by the weights of the domains, or one question of each topic. */
export const examDraws = ['weights', 'one_per_topic'] as const;
export type ExamDraw = (typeof examDraws)[number];

export const passUnits = ['questions', 'share'] as const;
export type PassUnit = (typeof passUnits)[number];

/** The exam that a course leads to. What is not known of it is null. */
export interface Exam {
  readonly questions: number | null;
  readonly minutes: number | null;
  /** Questions to answer rightly, or a share of them between 0 and 1. */
  readonly passMark: number | null;
  readonly passUnit: PassUnit;
  readonly draw: ExamDraw;
}

/** An exam of which nothing is known. */
export const unknownExam: Exam = { questions: null, minutes: null, passMark: null, passUnit: 'share', draw: 'weights' };

export interface PackTopic {
  readonly code: string;
  readonly title: string;
}

export interface PackDomain {
  readonly code: string;
  readonly title: string;
  /** Hundredths of the exam, or null for a domain that has no weight in it. */
  readonly weight: number | null;
  readonly topics: readonly PackTopic[];
}

/**
 * What may be chosen. Of a numeric question each is a number that is right within `tolerance`, of a short one a text that is right.
 * Texts are Markdown, except for those two kinds.
 */
export interface PackOption {
  readonly text: string;
  readonly correct: boolean;
  readonly tolerance: number | null;
  readonly feedback: string | null;
}

export interface PackQuestion {
  /** Its name in the pack: a question of the same name in a later revision takes its place. */
  readonly id: string;
  /** Code of a topic of the blueprint. */
  readonly topic: string;
  readonly kind: QuestionKind;
  readonly difficulty: Difficulty | null;
  readonly stem: string;
  readonly options: readonly PackOption[];
  readonly explanation: string | null;
  readonly reference: string | null;
  readonly objective: string | null;
  /** Why it is kept out of exams, or null. */
  readonly flagged: string | null;
}

export interface PackSection {
  readonly code: string;
  readonly title: string;
  readonly topic: string | null;
  readonly minutes: number | null;
  readonly body: string;
  /** Ids of the questions that check whether it was understood. */
  readonly check: readonly string[];
}

export interface PackModule {
  readonly code: string;
  readonly title: string;
  readonly summary: string;
  /** Codes of modules that come before it. */
  readonly requires: readonly string[];
  readonly sections: readonly PackSection[];
}

export interface PackFlashcard {
  readonly id: string;
  readonly topic: string | null;
  readonly front: string;
  readonly back: string;
}

/** One thing to do in a simulated console. */
export interface LabStep {
  /** What to do, in Markdown. */
  readonly task: string;
  /** Inputs that are right, compared without regard to case and spaces; `/…/` is a regular expression. */
  readonly accept: readonly string[];
  /** What the console answers to a right input. */
  readonly output: string;
  readonly hint: string | null;
}

export interface PackLab {
  readonly code: string;
  readonly title: string;
  readonly topic: string | null;
  /** What it is about, in Markdown. */
  readonly intro: string;
  readonly prompt: string;
  readonly steps: readonly LabStep[];
  /** What the console answers to inputs that are no step: a command and its output. */
  readonly answers: readonly { readonly input: string; readonly output: string }[];
}

/** A quarter of students lies below the lower, half below the middle, a quarter above the upper; shares of right answers. */
export interface Quarters {
  readonly lower: number;
  readonly middle: number;
  readonly upper: number;
}

/** What a pack's author published about students of theirs. */
export interface PackStatistics {
  readonly students: number;
  /** When and of whom, in the author's words. */
  readonly when: string | null;
  readonly source: string | null;
  readonly right: Quarters | null;
  readonly domains: readonly { readonly code: string; readonly right: Quarters }[];
}

/** Fewer students than this are told of by nobody: one could work out who is meant. */
export const fewestStudents = 5;

/** What a course is made of, whatever file it came from. */
export interface Pack {
  /** The pack's own name: an import of the same name by the same person updates the course. */
  readonly code: string;
  readonly title: string;
  readonly description: string;
  readonly version: string | null;
  readonly author: string | null;
  readonly licence: string | null;
  /** A remark that the course's screens show, for example that it is independent sample material. */
  readonly notice: string | null;
  readonly language: string;
  readonly exam: Exam;
  /** Left out or null where the author published none. */
  readonly statistics?: PackStatistics | null;
  readonly domains: readonly PackDomain[];
  readonly modules: readonly PackModule[];
  readonly questions: readonly PackQuestion[];
  readonly flashcards: readonly PackFlashcard[];
  readonly labs: readonly PackLab[];
}
