import { rareCourse } from '#bench/generate';
import type { WatchedHost } from '#bench/host';
import { blockFigure, type Figure } from '#bench/report';

interface Rescored {
  readonly scored: number;
  readonly changed: number;
}

/** Runs what starts a rescore, and waits for its end. */
async function measureRescore(host: WatchedHost, name: string, target: number, start: () => Promise<string>): Promise<Figure[]> {
  await host.ask({ ask: 'begin' });
  const { result, milliseconds } = await host.waitFor(await start());
  const watched = await host.ask({ ask: 'read' });
  const { scored, changed } = result as Rescored;
  return [
    { name, value: milliseconds / 1_000, unit: 's', target, note: `${changed.toLocaleString('en')} of ${scored.toLocaleString('en')} scores changed` },
    blockFigure(watched),
  ];
}

/** Rescores all leads after a change that moves every score, and after one that moves one in a hundred. */
export async function benchRescores(host: WatchedHost): Promise<Figure[]> {
  const all = await measureRescore(host, 'rescoring, all change', 6, async () => {
    const { rescoreJobId } = await host.call('admissions.triage.config.update', { weights: { recency: 25 } });
    return rescoreJobId;
  });
  const few = await measureRescore(host, 'rescoring, 1 % change', 2, async () => {
    const { items } = await host.call('admissions.courses.list', {});
    const course = items.find(({ name }) => name === rareCourse);
    if (course === undefined) throw new Error(`The import brought nobody who asks for ${rareCourse}.`);
    await host.call('admissions.courses.update', { id: course.id, places: 0 });
    const { items: jobs } = await host.call('platform.jobs.list', {});
    const job = jobs.find(({ entry }) => entry === 'admissions.triage.rescore');
    if (job === undefined) throw new Error('No rescore was started.');
    return job.id;
  });
  return [...all, ...few];
}
