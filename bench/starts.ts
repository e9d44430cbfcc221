import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { endOf, linkOf, openTab, startWatchedHost, type Tab } from '#bench/host';
import { type Figure, percentile } from '#bench/report';
import { root } from '#scripts/prepare';

/** Starts Ivy as a person does, until the first page of leads is there. */
async function startOnce(profile: string): Promise<{ readonly link: number; readonly usable: number }> {
  const started = performance.now();
  const child = spawn(process.execPath, [join(root, 'scripts', 'start.mjs'), '--host', '--profile', profile, '--no-open'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const tab = await openTab(await linkOf(child));
  const link = performance.now() - started;
  await tab.page();
  await tab.signIn();
  await tab.call('admissions.triage.queue', {});
  await tab.call('admissions.leads.list', {});
  const usable = performance.now() - started;
  await endOf(child);
  return { link, usable };
}

/** A second start on a profile with all its leads. */
export async function benchSecondStart(profile: string, runs: number): Promise<Figure[]> {
  const seconds: number[] = [];
  let linkSeconds = 0;
  for (let run = 0; run < runs; run += 1) {
    const { link, usable } = await startOnce(profile);
    seconds.push(usable / 1_000);
    linkSeconds = link / 1_000;
  }
  return [
    {
      name: 'second start',
      value: percentile(seconds, 0.5),
      unit: 's',
      target: 3,
      note: `npm start’s script, link (${linkSeconds.toFixed(1)} s), page, sign-in with a pass phrase, queue and list; middle of ${String(runs)}`,
    },
  ];
}

/** What a process holds that was started anew and has shown every kind of list. */
export async function benchMemory(profile: string, look: (tab: Tab) => Promise<Figure[]>): Promise<Figure[]> {
  const host = await startWatchedHost(profile);
  await host.signIn();
  const figures = await look(host);
  const { resident, heaps } = await host.ask({ ask: 'collect' });
  await host.stop();
  const core = Math.max(0, ...heaps.map(({ heapUsed, external }) => heapUsed + external));
  return [
    ...figures,
    {
      name: 'memory at rest',
      value: resident / 1e6,
      unit: 'MB',
      target: 300,
      note: `resident set of the whole host after those lists and a garbage collection; heap and buffers of the core alone ${(core / 1e6).toFixed(0)} MB`,
    },
  ];
}
