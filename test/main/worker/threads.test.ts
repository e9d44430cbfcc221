import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { describe, expect, it } from 'vitest';
import { Cancelled, noCheckpoint } from '#domain/kernel/checkpoint';
import { seededRng } from '#domain/kernel/rng';
import { type Examples, categoryColumn, numberColumn } from '#domain/models/frame';
import { fitModel, type ModelRecipe, predictModel } from '#domain/models/model';
import { onOneThread } from '#domain/models/parallel';
import { parallelWorks } from '#domain/models/parallelWorks';
import { withThreads } from '#main/worker/threads';
import { root, whyNotBuilt } from '#test/support/built';

const notBuilt = whyNotBuilt();
const file = pathToFileURL(join(root, 'out', 'main', 'engineThread.js'));

function examplesOf(rows: number): Examples {
  const random = seededRng(3);
  const values = Array.from({ length: 9 }, () => Float64Array.from({ length: rows }, () => (random() < 0.1 ? Number.NaN : random())));
  const kinds = Array.from({ length: rows }, () => `kind ${String(Math.floor(random() * 6))}`);
  return {
    frame: { rows, columns: [...values.map((column, index) => numberColumn(`x${String(index)}`, column)), categoryColumn('kind', kinds)] },
    labels: Uint8Array.from({ length: rows }, (_, row) => Number(random() < 0.2 + 0.6 * (values[0]?.[row] ?? 0))),
  };
}

describe.skipIf(notBuilt !== null)(`an engine that shares its work${notBuilt === null ? '' : ` (skipped: ${notBuilt})`}`, () => {
  const examples = examplesOf(6_000);
  const recipes: readonly ModelRecipe[] = [
    { type: 'gradient_boosting', options: { trees: 15, rowShare: 0.7, columnShare: 0.7 } },
    { type: 'random_forest', options: { trees: 9 } },
  ];

  it.each(recipes)('gives the same bits on one, two and three threads: $type', async (recipe) => {
    const alone = fitModel(examples, recipe, noCheckpoint, onOneThread);
    const said = predictModel(alone, examples.frame, onOneThread);
    for (const threads of [2, 3]) {
      await withThreads(file, threads, (parallelFor) => {
        expect(fitModel(examples, recipe, noCheckpoint, parallelFor)).toEqual(alone);
        expect([...predictModel(alone, examples.frame, parallelFor)]).toEqual([...said]);
      });
    }
  });

  it('ends its threads where it is cancelled', async () => {
    let calls = 0;
    const cancel = (): void => {
      calls += 1;
      if (calls === 4) throw new Cancelled();
    };
    await expect(withThreads(file, 2, (parallelFor) => fitModel(examples, { type: 'gradient_boosting' }, cancel, parallelFor))).rejects.toBeInstanceOf(Cancelled);
  });

  it('tells what went wrong in a piece', async () => {
    const [work] = parallelWorks.values();
    if (work === undefined) throw new Error('There is no work.');
    const broken = { ...work, prepare: () => (): never => { throw new Error('The piece fell down.'); } };
    await expect(withThreads(file, 1, (parallelFor) => parallelFor.open(broken, {} as never).run(2))).rejects.toThrow('The piece fell down.');
  });
});
