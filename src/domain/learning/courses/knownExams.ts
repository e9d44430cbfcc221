import type { Exam } from './pack';

/** An exam whose blueprint is public, recognised by the ids of its question pool. */
export interface KnownExam {
  readonly title: string;
  /** What the first two characters of every id look like, and how many groups of questions there are: one question is drawn of each. */
  readonly domains: RegExp;
  readonly topics: number;
  readonly exam: Exam;
  readonly domainTitles: Readonly<Record<string, string>>;
}

/**
 * The amateur radio exams of the United States. Numbers of questions and pass marks: 47 CFR 97.503 (element 2: 35 and 26, element 3: 35 and
 * 26, element 4: 50 and 37); the groups and the titles of the subelements: the question pools of the NCVEC. There is no time limit in the rules.
 */
export const knownExams: readonly KnownExam[] = [
  {
    title: 'Amateur radio: Technician',
    domains: /^T\d$/,
    topics: 35,
    exam: { questions: 35, minutes: null, passMark: 26, passUnit: 'questions', draw: 'one_per_topic' },
    domainTitles: {
      T0: 'Safety',
      T1: 'Commission’s rules',
      T2: 'Operating procedures',
      T3: 'Radio wave propagation',
      T4: 'Amateur radio practices',
      T5: 'Electrical principles',
      T6: 'Electronic and electrical components',
      T7: 'Practical circuits',
      T8: 'Signals and emissions',
      T9: 'Antennas and feed lines',
    },
  },
  {
    title: 'Amateur radio: General',
    domains: /^G\d$/,
    topics: 35,
    exam: { questions: 35, minutes: null, passMark: 26, passUnit: 'questions', draw: 'one_per_topic' },
    domainTitles: {},
  },
  {
    title: 'Amateur radio: Amateur Extra',
    domains: /^E\d$/,
    topics: 50,
    exam: { questions: 50, minutes: null, passMark: 37, passUnit: 'questions', draw: 'one_per_topic' },
    domainTitles: {},
  },
];
