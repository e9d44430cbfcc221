import { type Column, type Examples, isMissing, selectExamples, UntrainableError } from './frame';

// What is done where a value is missing.

/** What stands in for what is missing in a column. */
export type Filling = { readonly name: string; readonly value: number } | { readonly name: string; readonly value: string };

/** Fills what is missing. */
export function filled(column: Column, fillings: ReadonlyMap<string, Filling>): Column {
  const filling = fillings.get(column.name);
  if (filling === undefined) return column;
  switch (column.kind) {
    case 'number':
      return { ...column, values: column.values.map((value) => (Number.isFinite(value) ? value : Number(filling.value))) };
    case 'boolean':
      return { ...column, values: column.values.map((value) => (value > 1 ? Number(filling.value) : value)) };
    case 'category': {
      const known = column.levels.indexOf(String(filling.value));
      const levels = known >= 0 ? column.levels : [...column.levels, String(filling.value)];
      const code = known >= 0 ? known : column.levels.length;
      return { ...column, levels, codes: column.codes.map((each) => (each < 0 ? code : each)) };
    }
  }
}

/** The level that stands for "none" where missing is filled with nothing. */
const none = '';

export function fillingOf(column: Column, way: 'impute' | 'zero'): Filling {
  const { name } = column;
  switch (column.kind) {
    case 'number': {
      const known = column.values.filter((value) => Number.isFinite(value)).sort();
      return { name, value: way === 'zero' || known.length === 0 ? 0 : known[known.length >> 1]! };
    }
    case 'boolean': {
      let [yes, known] = [0, 0];
      for (const value of column.values) {
        if (value > 1) continue;
        known += 1;
        yes += value;
      }
      return { name, value: way === 'impute' && 2 * yes > known ? 1 : 0 };
    }
    case 'category': {
      if (way === 'zero') return { name, value: none };
      const counts = new Int32Array(column.levels.length);
      for (const code of column.codes) if (code >= 0) counts[code]! += 1;
      let most = -1;
      counts.forEach((count, code) => { if (most < 0 || count > counts[most]!) most = code; });
      return { name, value: column.levels[most] ?? none };
    }
  }
}

/** Rows in which no column is missing; refused where that leaves too few to learn from. */
export function complete(examples: Examples): Examples {
  const { frame } = examples;
  // A column that is nearly always missing would take every row with it.
  const columns = frame.columns.filter((column) => { let gaps = 0; for (let row = 0; row < frame.rows; row += 1) gaps += Number(isMissing(column, row)); return 2 * gaps < frame.rows; });
  const rows = Int32Array.from(examples.labels, (_, row) => row).filter((row) => columns.every((column) => !isMissing(column, row)));
  if (rows.length < 2 || columns.length === 0) throw new UntrainableError('no_rows', 'Every row lacks something, so that none is left to learn from. Keep or fill in what is missing instead.');
  return selectExamples({ ...examples, frame: { rows: frame.rows, columns } }, rows);
}
