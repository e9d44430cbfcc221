import { round } from '#domain/kernel/stats';
import { ColumnTally, isPlaceholder, parseBoolean, profileColumn } from './columns';
import { cleanHeaders } from './headers';
import { type ColumnProposal, proposeMapping } from './mapping';

/** Rows whose answers are remembered to see what a missing answer tells. */
const rememberedRows = 20_000;
/** The fewest leads of either outcome for a judgement on missingness. */
const minimumOutcomes = 40;

/** Looks at the rows of a file as they pass by, and proposes what its columns become. */
export class PreviewCollector {
  readonly headers: readonly string[];
  private readonly tallies: readonly ColumnTally[];
  private readonly cells: (readonly string[])[] = [];
  rows = 0;

  constructor(header: readonly string[]) {
    this.headers = cleanHeaders(header);
    this.tallies = this.headers.map(() => new ColumnTally());
  }

  add(cells: readonly string[]): void {
    this.rows += 1;
    this.tallies.forEach((tally, index) => {
      tally.add(cells[index] ?? '');
    });
    if (this.cells.length < rememberedRows) this.cells.push(cells);
  }

  /** The first rows as they stand in the file. */
  sample(count: number): readonly (readonly string[])[] {
    return this.cells.slice(0, count).map((cells) => this.headers.map((_header, index) => (cells[index] ?? '').slice(0, 200)));
  }

  /** @param zone IANA time zone in which dates of the file were written */
  proposals(zone: string): ColumnProposal[] {
    const columns = this.headers.map((header, index) => {
      const tally = this.tallies[index] ?? new ColumnTally();
      return { header, profile: profileColumn(tally, zone), missingnessAuc: null };
    });
    const outcome = proposeMapping(columns).find(({ proposedField }) => proposedField === 'converted');
    if (outcome === undefined) return proposeMapping(columns);
    const told = this.missingness(outcome.index);
    return proposeMapping(columns.map((column, index) => ({ ...column, missingnessAuc: index === outcome.index ? null : (told[index] ?? null) })));
  }

  /**
   * For each column, the area under the ROC curve of "is answered" against the outcome: for a yes-or-no predictor it is
   * 1/2 + (share answered among converted − share answered among the others) / 2.
   */
  private missingness(outcomeIndex: number): (number | null)[] {
    const answered = { yes: this.headers.map(() => 0), no: this.headers.map(() => 0) };
    const rows = { yes: 0, no: 0 };
    for (const cells of this.cells) {
      const converted = parseBoolean(cells[outcomeIndex] ?? '');
      if (converted === null || (cells[outcomeIndex] ?? '').trim() === '') continue;
      const side = converted ? 'yes' : 'no';
      rows[side] += 1;
      const counts = answered[side];
      for (let index = 0; index < this.headers.length; index += 1) {
        const cell = (cells[index] ?? '').trim();
        if (cell !== '' && !(cell.length <= 20 && isPlaceholder(cell))) counts[index] = (counts[index] ?? 0) + 1;
      }
    }
    if (rows.yes < minimumOutcomes || rows.no < minimumOutcomes) return this.headers.map(() => null);
    return this.headers.map((_header, index) => round(0.5 + ((answered.yes[index] ?? 0) / rows.yes - (answered.no[index] ?? 0) / rows.no) / 2, 3));
  }
}
