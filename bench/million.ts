import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import type { Filter } from '#contract/filter';
import { generateLeads } from '#bench/generate';
import { startWatchedHost, type WatchedHost } from '#bench/host';
import { benchFurtherFiles, measureImport, seed, writeGenerated } from '#bench/imports';
import { conditionsOn, type ListInput, pageSize, type Sort, sortsBothWays, timed, waitUntilRead } from '#bench/lists';
import { blockFigure, type Figure, percentile } from '#bench/report';
import { benchScrolling } from '#bench/scrolling';
import { root } from '#scripts/prepare';

export const million = 1_000_000;

/** Where a made workspace waits for the next run of the same program. */
const kept = join(tmpdir(), 'ivy-bench-kept');

/** What decides how the workspace comes out: the built program and the generator. */
function makersMark(): string {
  return createHash('sha256')
    .update(readFileSync(join(root, 'out', '.ivy-build')))
    .update(readFileSync(new URL('./generate.ts', import.meta.url)))
    .digest('hex');
}

/** A workspace with a million leads that came from a file, as any other does: made now, or by an earlier run of the same program. */
async function madeWorkspace(leads: number): Promise<{ readonly profile: string; readonly figures: Figure[] }> {
  const profile = join(kept, `${String(leads)}-leads`);
  const mark = join(kept, `${String(leads)}-leads.made`);
  const figuresFile = join(kept, `${String(leads)}-leads.json`);
  if (existsSync(mark) && readFileSync(mark, 'utf8') === makersMark()) return { profile, figures: JSON.parse(readFileSync(figuresFile, 'utf8')) as Figure[] };
  rmSync(profile, { recursive: true, force: true });
  rmSync(mark, { force: true });
  mkdirSync(kept, { recursive: true });
  const file = join(kept, 'generated.csv');
  const generated = generateLeads(leads, seed);
  await writeGenerated(file, generated);
  const draft = `${profile}.new`;
  rmSync(draft, { recursive: true, force: true });
  const host = await startWatchedHost(draft);
  await host.createWorkspace();
  const { milliseconds, peakResident, imported } = await measureImport(host, file, false);
  await host.stop();
  rmSync(file);
  if (imported !== leads) throw new Error(`The import brought ${String(imported)} leads instead of ${String(leads)}.`);
  const bytes = statSync(join(draft, 'workspace.ivy')).size;
  const figures: Figure[] = [
    { name: `import of ${generated.rows.toLocaleString('en')} rows`, value: milliseconds / 1_000, unit: 's', target: null, note: `into an empty workspace, exact duplicates; at most ${(peakResident / 1e6).toFixed(0)} MB meanwhile` },
    { name: '… bytes of the file, a lead', value: bytes / leads, unit: 'B', target: 1_200, note: `${(bytes / 1e6).toFixed(0)} MB with scores, alerts, indexes and 25 columns of the file` },
  ];
  renameSync(draft, profile);
  writeFileSync(figuresFile, JSON.stringify(figures));
  writeFileSync(mark, makersMark());
  return { profile, figures };
}

/** How often somebody else asks while leads are read in advance. */
const askMilliseconds = 10;

/** From signing in to the first page, and how it goes on until everything is in memory. */
async function benchOpening(host: WatchedHost): Promise<Figure[]> {
  await host.ask({ ask: 'begin' });
  const begun = performance.now();
  await host.signIn();
  const signedIn = performance.now();
  const first = await host.call('admissions.leads.list', { limit: pageSize });
  const shown = performance.now();
  await host.call('admissions.triage.queue', { limit: 20 });
  const queued = performance.now();
  let longest = 0;
  for (;;) {
    const asked = performance.now();
    const { totalIsExact } = await host.call('admissions.leads.list', { limit: 1 });
    longest = Math.max(longest, performance.now() - asked);
    if (totalIsExact) break;
    await wait(askMilliseconds);
  }
  const counted = performance.now();
  // The last of what is read in advance: whoever asks for it waits for it alone.
  await waitUntilRead(host);
  const watched = await host.ask({ ask: 'read' });
  return [
    {
      name: 'open to the first page',
      value: shown - begun,
      unit: 'ms',
      target: 500,
      note: `sign-in with a pass phrase (${(signedIn - begun).toFixed(0)} ms, nearly all of it the slow derivation of its key), ${first.totalIsExact ? 'exact' : 'capped'} total; the queue ${(queued - shown).toFixed(0)} ms later, all counted after ${((counted - begun) / 1_000).toFixed(1)} s`,
    },
    { name: '… longest wait for a page meanwhile', value: longest, unit: 'ms', target: 100, note: `asked for every ${String(askMilliseconds)} ms, while leads are read` },
    blockFigure(watched),
  ];
}

function figure(name: string, target: number, times: readonly number[], note: string): Figure {
  return { name, value: percentile(times, 0.95), unit: 'ms', target, note: `95th percentile of ${String(times.length)} over HTTP: ${note}; middle ${percentile(times, 0.5).toFixed(1)}, longest ${Math.max(...times).toFixed(1)}` };
}

/** Three conditions of the kinds that people put together. */
const threeFilters: Filter[] = [
  { all: [{ field: 'stage', in: ['applied', 'offered'] }, { field: 'country', is: 'India' }, { field: 'score', atLeast: 50 }] },
  { all: [{ field: 'source', is: 'Google' }, { field: 'course', in: ['Law', 'Nursing'] }, { field: 'hasPhone', is: true }] },
  { all: [{ field: 'name', contains: 'er' }, { field: 'city', is: 'Town 7' }, { field: 'emailOpens', atLeast: 2 }] },
  { all: [{ field: 'band', is: 'high' }, { field: 'enquiredAt', atLeast: '2025-03-01' }, { field: 'campus', is: 'Leeds' }] },
  { all: [{ field: 'email', contains: '99@' }, { not: { field: 'stage', is: 'lost' } }, { field: 'attribute.occupation', is: 'Student' }] },
];
const searches = ['ada', 'ada hug', 'zoe', 'lead12345', 'lea', 'müller', 'patel priya', 'l-0777', 'post7', '077 123', 'hughes lead99', 'ben'];
const jumpsPerSort = 4;

async function timeAll(host: WatchedHost, inputs: Iterable<ListInput>): Promise<number[]> {
  const times: number[] = [];
  for (const input of inputs) times.push(await timed(host, input));
  return times;
}

/** Lists of a million leads, once everything is in memory. */
async function benchMillionLists(host: WatchedHost, leads: number): Promise<Figure[]> {
  const { fields } = await host.call('admissions.leads.options', {});
  const sorts = sortsBothWays();
  // Every sort once, so that what follows is asked of a program that has been at work.
  await timeAll(host, sorts.map((sort): ListInput => ({ sort: [sort], limit: pageSize })));
  const pages: number[] = [];
  for (const sort of sorts) {
    for (let after: string | undefined, page = 0; page < 4; page += 1) {
      const input: ListInput = { sort: [sort], limit: pageSize, ...(after === undefined ? {} : { after }) };
      const started = performance.now();
      const { nextKey } = await host.call('admissions.leads.list', input);
      pages.push(performance.now() - started);
      if (nextKey === null) break;
      after = nextKey;
    }
  }
  const jumps = await timeAll(
    host,
    sorts.flatMap((sort) => Array.from({ length: jumpsPerSort }, (_none, index): ListInput => ({ sort: [sort], limit: 100, offset: Math.floor((leads * (2 * index + 1)) / (2 * jumpsPerSort)) }))),
  );
  const filteredJumps = await timeAll(
    host,
    sorts.map((sort): ListInput => ({ sort: [sort], filter: { field: 'hasEmail', is: true }, limit: 100, offset: Math.floor(leads * 0.8) })),
  );
  const single = fields.flatMap((field) => conditionsOn(field));
  const turn = (index: number): Sort => sorts[index % sorts.length] ?? { field: 'score', direction: 'descending' };
  const singles = await timeAll(host, single.map((filter, index): ListInput => ({ filter, sort: [turn(index)], limit: pageSize })));
  const threes = await timeAll(host, threeFilters.map((filter, index): ListInput => ({ filter, sort: [turn(index)], limit: pageSize })));
  const totals = await timeAll(host, single.map((filter): ListInput => ({ filter: { not: filter }, limit: 1 })));
  const found = await timeAll(host, searches.map((search, index): ListInput => ({ search, sort: [turn(index)], limit: pageSize })));
  return [
    figure('a page of any sort', 10, pages, 'every sort both ways, its first four pages'),
    figure('any jump of the scroll bar', 100, [...jumps, ...filteredJumps], 'every sort both ways, 100 rows from an eighth to seven, and far down a filtered list'),
    figure('one filter, any sort', 50, singles, 'every field with every kind of condition, each asked for once'),
    figure('three filters, any sort', 150, threes, 'each asked for once'),
    figure('a total', 100, totals, 'exact; the opposite of every condition, each asked for once'),
    figure('a search', 150, found, 'from three letters, one and two words, a reference, a telephone number'),
  ];
}

/** Ivy with a million leads. */
export async function benchMillion(folder: string, leads: number): Promise<Figure[]> {
  const made = await madeWorkspace(leads);
  const profile = join(folder, 'million');
  cpSync(made.profile, profile, { recursive: true });
  const figures = [...made.figures];
  const host = await startWatchedHost(profile);
  try {
    figures.push(...(await benchOpening(host)));
    figures.push(...(await benchMillionLists(host, leads)));
    const { resident, heaps } = await host.ask({ ask: 'collect' });
    const core = Math.max(0, ...heaps.map(({ heapUsed, external }) => heapUsed + external));
    figures.push({ name: 'memory of the core', value: resident / 1e6, unit: 'MB', target: 700, note: `resident set of the whole host after those lists; heap and buffers of the core alone ${(core / 1e6).toFixed(0)} MB, the rest is SQLite’s cache and the program` });
    figures.push(...(await benchFurtherFiles(host, folder, leads)));
  } finally {
    await host.stop();
  }
  figures.push(...(await benchScrolling(profile)));
  return figures.map((each) => ({ ...each, name: each.name.startsWith('…') ? each.name : `${leads.toLocaleString('en')}: ${each.name}` }));
}
