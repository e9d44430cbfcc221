import { execFileSync } from 'node:child_process';
import { createWriteStream, existsSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { fileURLToPath } from 'node:url';
import { type GeneratedFile, generateLeadFile, generateLeads } from '#bench/generate';
import { startWatchedHost, type WatchedHost } from '#bench/host';
import { blockFigure, type Figure, percentile } from '#bench/report';
import { root } from '#scripts/prepare';

/** Of everything that is generated. */
export const seed = 20_261_005;

/** Writes a generated file. */
export async function writeGenerated(file: string, generated: GeneratedFile): Promise<void> {
  const { lines } = generated;
  await pipeline(
    Readable.from((function* () {
      for (const line of lines()) yield `${line}\n`;
    })()),
    createWriteStream(file),
  );
}

interface ImportResult {
  readonly imported: number;
  readonly rejected: number;
  readonly duplicates: number;
  readonly likeNames: number | null;
  readonly milliseconds: number;
}

export interface MeasuredImport extends ImportResult {
  readonly longestBlock: number;
  readonly longestAway: number;
  readonly peakResident: number;
  readonly processorMilliseconds: number;
}

/** Imports a file as a person does who takes every proposal as it stands. */
export async function measureImport(host: WatchedHost, file: string, likeNames = true): Promise<MeasuredImport> {
  const fileId = await host.upload(file);
  await host.ask({ ask: 'begin' });
  const { result, milliseconds } = await host.runJob('admissions.imports.run', { fileId, likeNames });
  const { longestBlock, longestAway, peakResident, processorMilliseconds } = await host.ask({ ask: 'read' });
  return { ...(result as ImportResult), milliseconds, longestBlock, longestAway, peakResident, processorMilliseconds };
}

/** The same rows, read by csv-parse and put into an encrypted file of the same kind by one statement in one transaction. Milliseconds. */
export function measurePlainInserts(file: string, folder: string): number {
  const script = fileURLToPath(new URL('./plainInserts.ts', import.meta.url));
  return Number(execFileSync(process.execPath, [script, file, join(folder, 'plain.db')], { encoding: 'utf8' }));
}

/** The lead file of 9,240 rows, imported some times into fresh workspaces. */
export async function benchLeadFile(folder: string, runs: number): Promise<Figure[]> {
  const real = join(root, '..', 'shared', 'data', 'leads', 'Leads.csv');
  const isReal = existsSync(real);
  const file = isReal ? real : join(folder, 'Leads.csv');
  if (!isReal) await writeGenerated(file, generateLeadFile(seed));
  const seconds: number[] = [];
  for (let run = 0; run < runs; run += 1) {
    const host = await startWatchedHost(join(folder, `lead-file-${String(run)}`));
    await host.createWorkspace();
    seconds.push((await measureImport(host, file)).milliseconds / 1_000);
    await host.stop();
  }
  const which = isReal ? 'the real lead file' : 'a generated file of the same shape, because ../shared is absent';
  return [{ name: 'import of 9,240 rows', value: percentile(seconds, 0.5), unit: 's', target: 3, note: `${which}; middle of ${String(runs)}, each in a fresh process` }];
}

/** The large generated file, imported into a workspace that the other figures then use. */
export async function benchLargeFile(host: WatchedHost, file: string, generated: GeneratedFile, folder: string): Promise<Figure[]> {
  const measured = await measureImport(host, file, false);
  const expected = [generated.leads, generated.rejected, generated.duplicates];
  const found = [measured.imported, measured.rejected, measured.duplicates];
  if (found.some((count, index) => count !== expected[index])) {
    throw new Error(`The import brought ${found.join(', ')} leads, rejected rows and duplicates instead of ${expected.join(', ')}.`);
  }
  const plain = measurePlainInserts(file, folder);
  const rows = generated.rows.toLocaleString('en');
  return [
    {
      name: `import of ${rows} rows`,
      value: measured.milliseconds / 1_000,
      unit: 's',
      target: 12,
      note: `generated, ${String(generated.columns)} columns; ${String(measured.imported)} leads, ${String(measured.duplicates)} of them exact copies; ${String(measured.rejected)} repeated ids; ${(measured.processorMilliseconds / 1_000).toFixed(1)} s of processor time`,
    },
    { name: '… peak memory meanwhile', value: measured.peakResident / 1e6, unit: 'MB', target: 400, note: 'resident set of the whole process, every 5 ms' },
    blockFigure(measured),
    {
      name: '… time against plain inserts',
      value: measured.milliseconds / plain,
      unit: '×',
      target: null,
      note: `the same rows, csv-parse and one prepared insert in one transaction: ${(plain / 1_000).toFixed(2)} s in this run`,
    },
  ];
}

/** Leads of a file that comes into a workspace that has leads already. */
const furtherLeads = 100_000;

/** Scores of the leads that were there follow a large import in a job of their own: the next file is not to wait for it. */
async function stopFollowing(host: WatchedHost): Promise<void> {
  const { items } = await host.call('platform.jobs.list', {});
  for (const { id, state } of items) if (state === 'running' || state === 'waiting') await host.call('platform.jobs.cancel', { jobId: id });
}

/** A second file, without a search for like names among all leads that are there, and with it. */
export async function benchFurtherFiles(host: WatchedHost, folder: string, there: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  for (const [index, likeNames] of [false, true].entries()) {
    const before = there + index * furtherLeads;
    const file = join(folder, `further ${likeNames ? 'with' : 'without'} names.csv`);
    await writeGenerated(file, generateLeads(furtherLeads, seed + 1 + index, before));
    const measured = await measureImport(host, file, likeNames);
    await stopFollowing(host);
    figures.push({
      name: `import of ${furtherLeads.toLocaleString('en')} more, like names ${likeNames ? 'looked for' : 'not'}`,
      value: measured.milliseconds / 1_000,
      unit: 's',
      target: likeNames ? 40 : 20,
      note: `into ${before.toLocaleString('en')} leads${likeNames ? `; ${String(measured.likeNames)} of them are like another. Of 400 names in all, which is the hard case` : ''}`,
    });
    figures.push({ name: '… peak memory meanwhile', value: measured.peakResident / 1e6, unit: 'MB', target: there > furtherLeads ? 700 : null, note: 'resident set of the whole process, every 5 ms' });
    if (likeNames) figures.push({ ...blockFigure(measured), name: '… longest block meanwhile' });
  }
  return figures;
}
