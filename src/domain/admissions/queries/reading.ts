import type { Grouping } from '../leads/groups';
import type { AskedFilter } from './filters';

/** What a group or all leads are asked for: how many, their mean score, the enrolments to expect, or the share that converted. */
export const figures = ['leads', 'meanScore', 'expected', 'rate'] as const;
export type Figure = (typeof figures)[number];
export type Grouped = Grouping;

export const orderedBy = ['score', 'probability', 'modelChance', 'name', 'enquiredAt', 'lastActivityAt', 'stage', 'source'] as const;

export interface Ordered {
  readonly field: (typeof orderedBy)[number];
  readonly direction: 'ascending' | 'descending';
}

/** What a question asks for, as a screen or a next question goes on from it. */
export interface Asked {
  readonly filter: AskedFilter | null;
  readonly sort: Ordered | null;
  /** The first few, where somebody asks for no more. */
  readonly limit: number | null;
  readonly by: Grouped | null;
  readonly figure: Figure | null;
}

export const everything: Asked = { filter: null, sort: null, limit: null, by: null, figure: null };

/** Something that the reading takes for granted, by its key in the catalogue of phrases. */
export type Assumption = 'scoreMeant' | 'corrected' | 'partOfName' | 'severalFields' | 'nameMeant' | 'stageHasNoDate';

/** Another reading of a word that may mean several things. */
export interface OtherReading extends Asked {
  /** The word, as it was written. */
  readonly word: string;
  readonly field: string;
}

/** How a question was read. */
export interface Reading extends Asked {
  /** Each condition with the words that it comes from, where it does come from the question. */
  readonly chips: readonly { readonly filter: AskedFilter; readonly words: string | null }[];
  /** 0 to 1: how much of what was said is in the answer, less for what had to be assumed. */
  readonly confidence: number;
  /** Words that say something and were not used. */
  readonly unused: readonly string[];
  readonly corrected: readonly { readonly from: string; readonly to: string }[];
  readonly assumptions: readonly Assumption[];
  readonly others: readonly OtherReading[];
  /** Whether the question goes on from the one before. */
  readonly follows: boolean;
  /** ISO 639-1 code of the language of the question, where it is not English. */
  readonly language: string | null;
  /** Whether anything of the question was understood. */
  readonly understood: boolean;
}

/** From this confidence on a reading is taken as meant. */
export const sureFrom = 0.6;
