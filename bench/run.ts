import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { benchBulk } from '#bench/bulk';
import { benchBundle } from '#bench/bundle';
import { generateLeads } from '#bench/generate';
import { startWatchedHost } from '#bench/host';
import { benchFurtherFiles, benchLargeFile, benchLeadFile, seed, writeGenerated } from '#bench/imports';
import { benchLearning } from '#bench/learning/run';
import { benchLists } from '#bench/lists';
import { benchMillion, million } from '#bench/million';
import { benchModels } from '#bench/models';
import { benchRedaction } from '#bench/redaction';
import { type Figure, reportOf, tableOf } from '#bench/report';
import { benchRescores } from '#bench/rescores';
import { benchMemory, benchSecondStart } from '#bench/starts';
import { benchStorm } from '#bench/storm';
import { benchStudy } from '#bench/study';
import { benchTraining } from '#bench/training';
import { root } from '#scripts/prepare';

const { values: options } = parseArgs({
  options: {
    json: { type: 'string', default: join(root, 'out', 'bench.json') },
    leads: { type: 'string', default: '100000' },
    runs: { type: 'string', default: '3' },
    /** Only the learning engines and their screens. */
    learning: { type: 'boolean', default: false },
    /** Only the search for personal data. */
    redaction: { type: 'boolean', default: false },
    /** Which part: a workspace of 100,000 leads, one of a million, or both. */
    only: { type: 'string', default: 'both' },
    million: { type: 'string', default: String(million) },
    /** Only the model engines, and over how many splits their ranges are counted. */
    models: { type: 'boolean', default: false },
    repeats: { type: 'string', default: '24' },
  },
});

/** Every figure, one after the other: two at once would measure each other. */
async function measure(folder: string, leads: number, runs: number): Promise<Figure[]> {
  const shared = resolve(process.env.IVY_SHARED ?? join(root, '..', 'shared'));
  if (options.redaction) return benchRedaction(shared);
  if (options.learning) return benchLearning(shared, (line) => process.stdout.write(`${line}\n`));
  const models = await benchModels(folder, leads, Number(options.repeats));
  if (options.models) {
    const generated = generateLeads(leads, seed);
    const file = join(folder, 'generated.csv');
    await writeGenerated(file, generated);
    const host = await startWatchedHost(join(folder, 'training'));
    try {
      await host.createWorkspace();
      await host.runJob('admissions.imports.run', { fileId: await host.upload(file) });
      return [...models, ...(await benchTraining(host))];
    } finally {
      await host.stop();
    }
  }
  const figures = [...models, ...benchRedaction(shared), ...benchBundle(), ...(await benchLeadFile(folder, runs))];
  const generated = generateLeads(leads, seed);
  const file = join(folder, 'generated.csv');
  await writeGenerated(file, generated);
  const profile = join(folder, 'large');
  const host = await startWatchedHost(profile);
  try {
    await host.createWorkspace();
    figures.push(...(await benchLargeFile(host, file, generated, folder)), ...(await benchRescores(host)), ...(await benchBulk(host)), ...(await benchTraining(host)));
  } finally {
    await host.stop();
  }
  figures.push(...(await benchStorm(folder)));
  figures.push(...(await benchStudy()));
  figures.push(...(await benchSecondStart(profile, runs)), ...(await benchMemory(profile, benchLists)));
  const again = await startWatchedHost(profile);
  try {
    await again.signIn();
    figures.push(...(await benchFurtherFiles(again, folder, leads)));
  } finally {
    await again.stop();
  }
  return figures;
}

const folder = mkdtempSync(join(tmpdir(), 'ivy-bench-'));
try {
  const figures = [
    ...(options.only === 'million' ? [] : await measure(folder, Number(options.leads), Number(options.runs))),
    ...(options.only === 'large' || options.learning || options.redaction ? [] : await benchMillion(folder, Number(options.million))),
  ];
  const report = reportOf(figures, new Date());
  const target = resolve(options.json);
  mkdirSync(dirname(target), { recursive: true });
  writeFileSync(target, `${JSON.stringify(report, null, 2)}\n`);
  process.stdout.write(`${tableOf(report)}\n\nAlso in ${target}.\n`);
} finally {
  rmSync(folder, { recursive: true, force: true });
}
