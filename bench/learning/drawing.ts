import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { chromium, type CDPSession, type Page } from '@playwright/test';
import type { Answer } from '#contract/answer';
import type { EntryName, OutputOf } from '#contract/index';
import { seededRng } from '#domain/kernel/rng';
import { levelBorders } from '#domain/learning/heatmaps/heatmaps';
import { endOf, linkOf } from '#bench/host';
import { type Figure, percentile } from '#bench/report';
import { chromiumFile } from '#bench/scrolling';
import { root } from '#scripts/prepare';

const asRoot = process.getuid?.() === 0;
const draws = 15;
const course = { id: '01890000-0000-7000-8000-0000000000c0', title: 'Measured' };
const student = { id: '01890000-0000-7000-8000-0000000000d0', name: 'Ada Lovelace', self: true };
/** The sizes of the specification by their weeks; the third makes room before each draw. */
const rowsByWeeks: Readonly<Record<number, number>> = { 8: 6, 52: 40, 26: 1 };
const weekMilliseconds = 7 * 86_400_000;

/** A heatmap in which every cell holds something. */
function heatmapOf(weeks: number): OutputOf<'learning.heatmaps.domainByWeek'> {
  const rng = seededRng(weeks);
  const cell = () => {
    const answers = 1 + Math.floor(rng() * 30);
    const correct = Math.floor(rng() * (answers + 1));
    const share = correct / answers;
    return { answers, correct, share, level: levelBorders.filter((border) => share >= border).length, few: answers < 5 };
  };
  return {
    course,
    student,
    answers: 10_000,
    kind: 'domainByWeek',
    columns: Array.from({ length: weeks }, (_none, week) => new Date(Date.UTC(2026, 0, 5) + week * weekMilliseconds).toISOString().slice(0, 10)),
    rows: Array.from({ length: rowsByWeeks[weeks] ?? 1 }, (_none, row) => ({ id: `row-${String(row)}`, title: `Domain ${String(row + 1)}`, cells: Array.from({ length: weeks }, cell), all: cell() })),
  };
}

/** Answers what the screen of heatmaps asks for with made answers; all else goes to the host. */
async function feed(page: Page): Promise<void> {
  const answerWith = async (entry: EntryName, result: (input: { weeks?: number }) => unknown): Promise<void> => {
    await page.route(`**/rpc/${entry}`, async (route) => {
      const answer: Answer = { ok: true, result: result(route.request().postDataJSON() as { weeks?: number }) };
      await route.fulfill({ json: answer });
    });
  };
  await answerWith('learning.readiness.courses', () => ({ items: [{ ...course, answered: true }] }));
  await answerWith('learning.heatmaps.domainByWeek', ({ weeks }) => heatmapOf(weeks ?? 8));
}

/** Chooses a number of weeks that was read before, and answers how long it took until all cells were painted. */
async function draw(page: Page, weeks: number): Promise<number> {
  const cells = weeks * (rowsByWeeks[weeks] ?? 1);
  return page.evaluate(
    async ({ label, wanted }) => {
      const segment = [...document.querySelectorAll('label')].find(({ textContent }) => textContent === label);
      if (segment === undefined) throw new Error(`There is no “${label}”.`);
      const began = performance.now();
      segment.click();
      while (document.querySelectorAll('[role=gridcell]').length !== wanted) await new Promise(requestAnimationFrame);
      // The frame that follows the cells has been painted once a task after it runs.
      await new Promise(requestAnimationFrame);
      await new Promise((done) => {
        const { port1, port2 } = new MessageChannel();
        port1.onmessage = done;
        port2.postMessage(null);
      });
      return performance.now() - began;
    },
    { label: `${String(weeks)} weeks`, wanted: cells },
  );
}

/** Processor seconds of the page's thread so far. */
async function threadSeconds(devtools: CDPSession): Promise<number> {
  const { metrics } = await devtools.send('Performance.getMetrics');
  return metrics.find(({ name }) => name === 'TaskDuration')?.value ?? 0;
}

/** Draws the heatmap of the product in Chromium in the two sizes that have a limit, from the click to the painted cells. */
export async function benchDrawing(profile: string): Promise<Figure[]> {
  const child = spawn(process.execPath, [join(root, 'out', 'main', 'host.js'), '--profile', profile, '--no-open'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const executablePath = chromiumFile();
  const browser = await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: asRoot ? ['--no-sandbox'] : [] });
  try {
    const page = await browser.newPage({ viewport: { width: 1_400, height: 900 } });
    const link = await linkOf(child);
    const { origin } = new URL(link);
    await page.goto(link);
    await page.evaluate(async () => {
      await fetch('/rpc/platform.workspaces.create', {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'x-ivy': '1' },
        body: JSON.stringify({ name: 'Ada Lovelace', email: 'ada@school.example', passPhrase: 'four ordinary words', workspace: 'learning', timeZone: 'Europe/London' }),
      });
    });
    await feed(page);
    await page.goto(`${origin}/standing/heatmaps`);
    await page.getByRole('gridcell').first().waitFor();
    const devtools = await page.context().newCDPSession(page);
    await devtools.send('Performance.enable', { timeDomain: 'threadTicks' });
    const figures: Figure[] = [];
    for (const weeks of [52, 26, 8, 26]) await draw(page, weeks);
    for (const [weeks, most] of [[8, 100], [52, 500]] as const) {
      const wall: number[] = [];
      const thread: number[] = [];
      for (let time = 0; time < draws; time += 1) {
        await draw(page, 26);
        const before = await threadSeconds(devtools);
        wall.push(await draw(page, weeks));
        thread.push(((await threadSeconds(devtools)) - before) * 1_000);
      }
      const rows = rowsByWeeks[weeks] ?? 0;
      figures.push({
        name: `heatmap of ${String(weeks)} × ${String(rows)}, drawn`,
        value: percentile(wall, 0.5),
        unit: 'ms',
        target: most,
        note: `middle of ${String(draws)} draws in Chromium, from the click to the painted cells; longest ${Math.max(...wall).toFixed(0)} ms; processor time of the page’s thread ${percentile(thread, 0.5).toFixed(0)} ms in the middle`,
      });
    }
    return figures;
  } finally {
    await browser.close();
    await endOf(child);
  }
}
