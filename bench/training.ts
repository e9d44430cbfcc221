import { setTimeout as wait } from 'node:timers/promises';
import type { WatchedHost } from '#bench/host';
import { blockFigure, type Figure } from '#bench/report';

/** How long after its begin a training is cancelled: while it reads, while it looks for leakage, and while trees grow. */
const cancelAfter = [300, 2_500, 6_000] as const;
const pollMilliseconds = 10;

/** Milliseconds from asking a training to stop until it has. */
async function cancelled(host: WatchedHost, after: number): Promise<number | null> {
  const { jobId } = (await host.call('models.training.run', { saveModel: false })) as unknown as { jobId: string };
  await wait(after);
  const asked = performance.now();
  await host.call('platform.jobs.cancel', { jobId });
  for (;;) {
    const { state } = await host.call('platform.jobs.get', { jobId });
    if (state === 'cancelled') return performance.now() - asked;
    // It was quicker than that.
    if (state === 'succeeded') return null;
    await wait(pollMilliseconds);
  }
}

/** Trains on the leads of a large workspace under the eyes of the probe, and stops trainings on the way. */
export async function benchTraining(host: WatchedHost): Promise<Figure[]> {
  await host.ask({ ask: 'begin' });
  const { milliseconds } = await host.runJob('models.training.run', { modelType: 'gradient_boosting', saveModel: false });
  const watched = await host.ask({ ask: 'read' });
  const waits: number[] = [];
  for (const after of cancelAfter) {
    const waited = await cancelled(host, after);
    if (waited !== null) waits.push(waited);
  }
  return [
    { name: 'training on all leads', value: milliseconds / 1_000, unit: 's', target: null, note: 'reading, guard, five folds, calibration, ranges, importance' },
    blockFigure(watched),
    { name: '… longest wait for a cancel', value: Math.max(0, ...waits), unit: 'ms', target: 200, note: `asked ${waits.length.toString()} times, ${cancelAfter.map((after) => `${String(after / 1_000)} s`).join(', ')} after its begin; includes asking for the state` },
  ];
}
