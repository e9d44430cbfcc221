import { round } from '#domain/kernel/stats';
import { ColumnTally, isPlaceholder, parseBoolean, profileColumn } from './columns';
import { cleanHeaders } from './headers';
import { type ColumnProposal, headerLikeness, proposeMapping } from './mapping';

/** The fewest leads of either outcome for a judgement on missingness. */
const minimumOutcomes = 40;
const shownRows = 20;

/** How many rows of either outcome there were, and in how many of them each column was answered. */
interface Answers {
  readonly rows: { converted: number; other: number };
  readonly converted: Uint32Array;
  readonly other: Uint32Array;
}

/** Looks at the rows of a file as they pass by, and proposes what its columns become. */
export class PreviewCollector {
  readonly headers: readonly string[];
  /** The first rows as they stand in the file. */
  readonly shown: string[][] = [];
  rows = 0;
  private readonly tallies: readonly ColumnTally[];
  /** The column that is named like an outcome, or -1: against it is told what a missing answer means. */
  private readonly outcome: number;
  private readonly answers: Answers;

  constructor(header: readonly string[]) {
    this.headers = cleanHeaders(header);
    this.tallies = this.headers.map(() => new ColumnTally());
    const likeness = this.headers.map((name) => headerLikeness(name, 'converted'));
    const best = Math.max(...likeness);
    this.outcome = best >= 0.5 ? likeness.indexOf(best) : -1;
    this.answers = { rows: { converted: 0, other: 0 }, converted: new Uint32Array(this.headers.length), other: new Uint32Array(this.headers.length) };
  }

  add(cells: readonly string[]): void {
    this.rows += 1;
    this.tallies.forEach((tally, index) => {
      tally.add(cells[index] ?? '');
    });
    if (this.shown.length < shownRows) this.shown.push(this.headers.map((_header, index) => (cells[index] ?? '').slice(0, 200)));
    const outcome = cells[this.outcome]?.trim() ?? '';
    const converted = outcome === '' ? null : parseBoolean(outcome);
    if (converted !== null) this.countAnswers(cells, converted ? 'converted' : 'other');
  }

  /** @param zone IANA time zone in which dates of the file were written */
  proposals(zone: string): ColumnProposal[] {
    const told = this.missingness();
    return proposeMapping(
      this.headers.map((header, index) => ({
        header,
        profile: profileColumn(this.tallies[index] ?? new ColumnTally(), zone),
        missingnessAuc: index === this.outcome ? null : (told[index] ?? null),
      })),
    );
  }

  private countAnswers(cells: readonly string[], side: 'converted' | 'other'): void {
    this.answers.rows[side] += 1;
    const counts = this.answers[side];
    for (let index = 0; index < this.headers.length; index += 1) {
      const cell = (cells[index] ?? '').trim();
      if (cell !== '' && !(cell.length <= 20 && isPlaceholder(cell))) counts[index] = (counts[index] ?? 0) + 1;
    }
  }

  /**
   * For each column, the area under the ROC curve of "is answered" against the outcome: for a yes-or-no predictor it is
   * 1/2 + (share answered among converted − share answered among the others) / 2.
   */
  private missingness(): (number | null)[] {
    const { rows, converted, other } = this.answers;
    if (rows.converted < minimumOutcomes || rows.other < minimumOutcomes) return [];
    return this.headers.map((_header, index) => round(0.5 + ((converted[index] ?? 0) / rows.converted - (other[index] ?? 0) / rows.other) / 2, 3));
  }
}
