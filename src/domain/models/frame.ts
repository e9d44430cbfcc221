/** A number of each row. NaN is missing. */
export interface NumberColumn {
  readonly kind: 'number';
  readonly name: string;
  readonly values: Float64Array;
}

/** One of some named levels of each row. A code of -1 is missing. */
export interface CategoryColumn {
  readonly kind: 'category';
  readonly name: string;
  readonly codes: Int32Array;
  readonly levels: readonly string[];
}

/** Yes (1), no (0) or missing (2) of each row. */
export interface BooleanColumn {
  readonly kind: 'boolean';
  readonly name: string;
  readonly values: Uint8Array;
}

export type Column = NumberColumn | CategoryColumn | BooleanColumn;
export type ColumnKind = Column['kind'];

/** Rows as columns. Every column has as many values as the frame has rows. */
export interface Frame {
  readonly rows: number;
  readonly columns: readonly Column[];
}

/** What a model learns from: rows with their outcome (1 or 0) and, where rows count unequally, a weight above 0 each. */
export interface Examples {
  readonly frame: Frame;
  readonly labels: Uint8Array;
  readonly weights?: Float64Array | undefined;
  /** As of when each row is described, and when its outcome became known, UTC milliseconds; NaN where unknown. */
  readonly moments?: { readonly describedAt: Float64Array; readonly outcomeAt: Float64Array } | undefined;
}

/** Why a model cannot be trained on some examples. */
export class UntrainableError extends Error {
  override readonly name = 'UntrainableError';

  constructor(
    readonly reason: 'no_rows' | 'one_class' | 'no_columns' | 'bad_label' | 'bad_weight' | 'uneven_columns' | 'bad_option',
    message: string,
  ) {
    super(message);
  }
}

/** A column of numbers. What is not finite cannot be compared or added, so it counts as missing. */
export function numberColumn(name: string, values: ArrayLike<number>): NumberColumn {
  const kept = Float64Array.from(values);
  for (let row = 0; row < kept.length; row += 1) if (!Number.isFinite(kept[row])) kept[row] = Number.NaN;
  return { kind: 'number', name, values: kept };
}

/** A column of texts, levels in the order of their first row; null is missing. */
export function categoryColumn(name: string, values: readonly (string | null)[]): CategoryColumn {
  const levels = new Map<string, number>();
  const codes = new Int32Array(values.length);
  values.forEach((value, row) => {
    if (value === null) {
      codes[row] = -1;
      return;
    }
    const known = levels.get(value);
    codes[row] = known ?? levels.size;
    if (known === undefined) levels.set(value, levels.size);
  });
  return { kind: 'category', name, codes, levels: [...levels.keys()] };
}

/** A column of yes and no; null is missing. */
export function booleanColumn(name: string, values: readonly (boolean | null)[]): BooleanColumn {
  return { kind: 'boolean', name, values: Uint8Array.from(values, (value) => (value === null ? 2 : Number(value))) };
}

/** Some rows of a column, in the order given. */
function selectValues(column: Column, rows: Int32Array): Column {
  switch (column.kind) {
    case 'number':
      return { ...column, values: Float64Array.from(rows, (row) => column.values[row]!) };
    case 'category':
      return { ...column, codes: Int32Array.from(rows, (row) => column.codes[row]!) };
    case 'boolean':
      return { ...column, values: Uint8Array.from(rows, (row) => column.values[row]!) };
  }
}

/** Some rows of a frame, in the order given. */
export function selectRows(frame: Frame, rows: Int32Array): Frame {
  return { rows: rows.length, columns: frame.columns.map((column) => selectValues(column, rows)) };
}

function joinedColumn(columns: readonly Column[], rows: number): Column {
  const first = columns[0]!;
  let at = 0;
  switch (first.kind) {
    case 'number': {
      const values = new Float64Array(rows);
      for (const column of columns) {
        if (column.kind !== 'number') continue;
        values.set(column.values, at);
        at += column.values.length;
      }
      return { ...first, values };
    }
    case 'boolean': {
      const values = new Uint8Array(rows);
      for (const column of columns) {
        if (column.kind !== 'boolean') continue;
        values.set(column.values, at);
        at += column.values.length;
      }
      return { ...first, values };
    }
    case 'category': {
      const codes = new Int32Array(rows);
      const levels = new Map<string, number>();
      for (const column of columns) {
        if (column.kind !== 'category') continue;
        const codeOf = column.levels.map((level) => {
          const known = levels.get(level) ?? levels.size;
          levels.set(level, known);
          return known;
        });
        for (const code of column.codes) {
          codes[at] = code < 0 ? -1 : codeOf[code]!;
          at += 1;
        }
      }
      return { ...first, codes, levels: [...levels.keys()] };
    }
  }
}

/** Frames of the same columns as one, their rows one after the other. */
export function joinRows(frames: readonly Frame[]): Frame {
  const [first] = frames;
  if (first === undefined || frames.length === 1) return first ?? { rows: 0, columns: [] };
  const rows = frames.reduce((sum, frame) => sum + frame.rows, 0);
  return { rows, columns: first.columns.map((_, index) => joinedColumn(frames.map(({ columns }) => columns[index]!), rows)) };
}

/** Some rows of examples, in the order given. */
export function selectExamples({ frame, labels, weights, moments }: Examples, rows: Int32Array): Examples {
  const some = (values: Float64Array): Float64Array => Float64Array.from(rows, (row) => values[row]!);
  return {
    frame: selectRows(frame, rows),
    labels: Uint8Array.from(rows, (row) => labels[row]!),
    weights: weights === undefined ? undefined : some(weights),
    moments: moments === undefined ? undefined : { describedAt: some(moments.describedAt), outcomeAt: some(moments.outcomeAt) },
  };
}

/** The frame without some columns. */
export function withoutColumns(frame: Frame, names: ReadonlySet<string>): Frame {
  return { rows: frame.rows, columns: frame.columns.filter(({ name }) => !names.has(name)) };
}

/** How many values a column has. */
export function columnLength(column: Column): number {
  return column.kind === 'category' ? column.codes.length : column.values.length;
}

/** Whether a column's value is missing in a row. */
export function isMissing(column: Column, row: number): boolean {
  switch (column.kind) {
    case 'number':
      return !Number.isFinite(column.values[row]);
    case 'category':
      return column.codes[row]! < 0;
    case 'boolean':
      return column.values[row]! > 1;
  }
}

/**
 * Throws {@link UntrainableError} where examples cannot teach anything: no rows, no columns, one class, labels or weights
 * that are none.
 */
export function checkExamples({ frame, labels, weights }: Examples): void {
  if (frame.rows === 0) throw new UntrainableError('no_rows', 'There are no rows to learn from.');
  if (frame.columns.length === 0) throw new UntrainableError('no_columns', 'There are no columns to learn from.');
  const uneven = frame.columns.find((column) => columnLength(column) !== frame.rows);
  if (uneven !== undefined || labels.length !== frame.rows || (weights !== undefined && weights.length !== frame.rows)) {
    throw new UntrainableError('uneven_columns', `${uneven?.name ?? 'The outcome'} has another number of values than there are rows.`);
  }
  let positives = 0;
  for (const label of labels) {
    if (label > 1) throw new UntrainableError('bad_label', 'An outcome must be 0 or 1.');
    positives += label;
  }
  if (positives === 0 || positives === frame.rows) {
    throw new UntrainableError('one_class', 'All rows have the same outcome, so there is nothing to tell apart.');
  }
  for (const weight of weights ?? []) {
    if (!Number.isFinite(weight) || weight <= 0) throw new UntrainableError('bad_weight', 'A weight must be a number above 0.');
  }
}
