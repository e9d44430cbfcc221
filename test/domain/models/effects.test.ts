import { describe, expect, it } from 'vitest';
import { effectsOf } from '#domain/models/effects';
import { booleanColumn, categoryColumn, numberColumn } from '#domain/models/frame';
import { knownShares } from '#domain/models/knownShare';

describe('what a contribution comes to', () => {
  it('is the probability with it less the probability without it', () => {
    // log-odds −1 + 2 + .5 = 1.5: p = .81757; without 2: p(−.5) = .37754; without .5: p(1) = .73106
    const [first, second] = effectsOf('logOdds', -1, [2, 0.5]);
    expect(first).toBeCloseTo(0.81757 - 0.37754, 4);
    expect(second).toBeCloseTo(0.81757 - 0.73106, 4);
  });

  it('is itself where parts are probabilities', () => {
    expect(effectsOf('probability', 0.4, [0.1, -0.2])).toEqual([0.1, -0.2]);
  });
});

describe('how much of what a model leans on is known', () => {
  const frame = { rows: 3, columns: [numberColumn('visits', [3, Number.NaN, 1]), categoryColumn('source', ['Fair', null, null]), booleanColumn('hasEmail', [true, false, null])] };
  const important = (column: string, logLossRise: number) => ({ column, logLossRise, deviation: 0, aucFall: 0 });

  it('weighs each column by what the model loses without it', () => {
    const shares = knownShares(frame, [important('visits', 0.3), important('source', 0.1), important('hasEmail', -0.01)]);
    [1, 0, 0.75].forEach((share, row) => { expect(shares[row]).toBeCloseTo(share, 12); });
  });

  it('counts a column that is not there as unknown, and all alike where none matters', () => {
    expect([...knownShares(frame, [important('gone', 0), important('hasEmail', 0)])]).toEqual([0.5, 0.5, 0]);
    expect([...knownShares(frame, [])]).toEqual([0, 0, 0]);
  });
});
