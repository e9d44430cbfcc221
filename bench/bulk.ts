import type { WatchedHost } from '#bench/host';
import { blockFigure, type Figure, percentile } from '#bench/report';
import { groupings } from '#domain/admissions/leads/groups';

/** Leads that match: about a tenth of a generated file. */
const some = { matching: { filter: { field: 'source', is: 'Open day' } } };

/** Groups leads by every field, moves and tags many, takes that back, and writes all of them to a workbook. */
export async function benchBulk(host: WatchedHost): Promise<Figure[]> {
  const times: number[] = [];
  for (const by of groupings) {
    const started = performance.now();
    await host.call('admissions.leads.groups', { by });
    times.push(performance.now() - started);
  }
  const figures: Figure[] = [{ name: 'leads in groups', value: percentile(times, 0.95), unit: 'ms', target: 60, note: `95th percentile of ${String(times.length)} fields, first ones included; middle ${percentile(times, 0.5).toFixed(1)}` }];
  for (const entry of ['admissions.summaries.week', 'admissions.summaries.executive'] as const) {
    const took: number[] = [];
    for (let run = 0; run < 5; run += 1) {
      const started = performance.now();
      await host.call(entry, {});
      took.push(performance.now() - started);
    }
    figures.push({ name: entry === 'admissions.summaries.week' ? 'a week in sentences' : 'the page for heads', value: Math.max(...took), unit: 'ms', target: 200, note: `slowest of ${String(took.length)}, the first included; middle ${percentile(took, 0.5).toFixed(1)}` });
  }
  const timed = async (name: string, target: number, entry: 'admissions.bulkChanges.run' | 'admissions.bulkChanges.undo' | 'admissions.leads.export', input: unknown): Promise<unknown> => {
    await host.ask({ ask: 'begin' });
    const { result, milliseconds } = await host.runJob(entry, input);
    figures.push({ name, value: milliseconds / 1_000, unit: 's', target, note: JSON.stringify(result).slice(0, 120) }, blockFigure(await host.ask({ ask: 'read' })));
    return result;
  };
  const { id } = (await timed('moving many leads', 30, 'admissions.bulkChanges.run', { leads: some, change: { stage: 'offered' } })) as { id: string };
  await timed('taking that back', 30, 'admissions.bulkChanges.undo', { id });
  await timed('tagging many leads', 15, 'admissions.bulkChanges.run', { leads: some, change: { addTags: ['Fair'] } });
  await timed('all leads to a workbook', 30, 'admissions.leads.export', { format: 'xlsx' });
  return figures;
}
