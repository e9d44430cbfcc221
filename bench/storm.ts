import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { startWatchedHost } from '#bench/host';
import { blockFigure, type Figure } from '#bench/report';

/** Leads whom nobody can reach and whom, by the rules that are set for it, everybody wants: each is urgent at once. */
const leads = 50_000;
const looks = 5;

/** Raises an urgent alert for each of many leads in one import, and looks at what a person sees of it: a page, a count, one notice. */
export async function benchStorm(folder: string): Promise<Figure[]> {
  const file = join(folder, 'storm.csv');
  writeFileSync(file, ['Lead ID,First name,Last name,Source,Course', ...Array.from({ length: leads }, (_none, index) => `S-${String(index)},Ada,No ${String(index)},UCAS,Law`)].join('\n'));
  const host = await startWatchedHost(join(folder, 'storm'));
  try {
    await host.createWorkspace();
    await host.call('admissions.triage.config.update', { configuration: { bands: { high: 2, medium: 1 } } });
    const fileId = await host.upload(file);
    await host.ask({ ask: 'begin' });
    const { milliseconds } = await host.runJob('admissions.imports.run', { fileId, likeNames: false });
    const blocked = blockFigure(await host.ask({ ask: 'read' }));
    const { counts, items } = await host.call('admissions.alerts.list', { limit: 50 });
    const times: number[] = [];
    for (let look = 0; look < looks; look += 1) {
      const began = performance.now();
      await host.call('admissions.alerts.list', { limit: 50 });
      times.push(performance.now() - began);
    }
    const again = await host.runJob('admissions.triage.rescore', {});
    const after = await host.call('admissions.alerts.list', { limit: 50 });
    if (counts[3] !== leads || after.counts[3] !== leads || items.length !== 50) throw new Error(`Of ${String(leads)} alerts there are ${String(counts[3])}, then ${String(after.counts[3])}.`);
    return [
      { name: `a storm: ${leads.toLocaleString('en')} alerts come in`, value: milliseconds / 1_000, unit: 's', target: null, note: 'a file whose every lead is urgent, imported, scored and alerted' },
      blocked,
      { name: 'the list of alerts in a storm', value: times.sort((a, b) => a - b)[Math.floor(looks / 2)] ?? 0, unit: 'ms', target: 200, note: `a page of 50 and its counts, median of ${String(looks)}` },
      { name: 'rescoring in a storm', value: again.milliseconds / 1_000, unit: 's', target: null, note: 'nothing alerts twice' },
    ];
  } finally {
    await host.stop();
  }
}
