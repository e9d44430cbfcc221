import { spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { chromium, type Locator, type Page } from '@playwright/test';
import type { Answer } from '#contract/answer';
import type { EntryName, InputOf, OutputOf } from '#contract/index';
import { endOf, linkOf } from '#bench/host';
import { waitUntilRead } from '#bench/lists';
import { type Figure, percentile } from '#bench/report';
import type { IvyBridge } from '#preload/bridge';
import { root } from '#scripts/prepare';

const asRoot = process.getuid?.() === 0;
const passPhrase = 'four ordinary words';
const wheelTurns = 240;
const pageKeys = 60;
/** Places that the scroll bar is dragged to, as shares of its way. */
const leaps = [0.5, 0.1, 0.999, 0.25, 0.75, 1, 0.03, 0.6, 0];
const longFrame = 50;

interface Frames {
  /** Milliseconds between one frame and the next. */
  readonly frames: number[];
  /** Milliseconds of each task of the page's own thread that was longer than 50. */
  readonly tasks: number[];
}

/** Counts the frames of a page while something is done. */
async function framesOf(page: Page, work: () => Promise<void>): Promise<Frames> {
  await page.evaluate(() => {
    const seen = { frames: [] as number[], tasks: [] as number[], stopped: false };
    Object.assign(window, { seen });
    new PerformanceObserver((list) => {
      for (const { duration } of list.getEntries()) seen.tasks.push(duration);
    }).observe({ type: 'longtask' });
    let last = performance.now();
    const next = (): void => {
      const at = performance.now();
      seen.frames.push(at - last);
      last = at;
      if (!seen.stopped) requestAnimationFrame(next);
    };
    requestAnimationFrame(next);
  });
  await work();
  return page.evaluate(() => {
    const { seen } = window as unknown as { seen: Frames & { stopped: boolean } };
    seen.stopped = true;
    return { frames: seen.frames, tasks: seen.tasks };
  });
}

/** Calls the core as the page does. */
async function callFrom<Name extends EntryName>(page: Page, entry: Name, input: InputOf<Name>): Promise<OutputOf<Name>> {
  const answer = await page.evaluate<Answer, { name: string; given: unknown }>(
    ({ name, given }) => (window as unknown as { ivy: IvyBridge }).ivy.call(Math.floor(Math.random() * 1e9), name, given),
    { name: entry, given: input },
  );
  if (!answer.ok) throw new Error(`${entry}: ${answer.error.code}: ${answer.error.message}`);
  return answer.result as OutputOf<Name>;
}

/** The name of a lead by its place in the list, from the core. */
async function nameAt(page: Page, offset: number): Promise<string> {
  const { items } = await callFrom(page, 'admissions.leads.list', { limit: 1, offset, sort: [{ field: 'score', direction: 'descending' }] });
  return items[0]?.name ?? '';
}

/** Whether the row in the middle of what is in sight is the lead that belongs there. */
async function checkLanding(page: Page, grid: Locator): Promise<number> {
  let middle = 0;
  while (middle === 0) {
    middle = await grid.evaluate(async (element) => {
      await new Promise(requestAnimationFrame);
      const box = element.getBoundingClientRect();
      const at = document.elementFromPoint(box.left + 120, box.top + box.height / 2)?.closest('[role="row"]');
      return Number(at?.getAttribute('aria-rowindex') ?? 0);
    });
  }
  const row = grid.locator(`[role="row"][aria-rowindex="${String(middle)}"]`);
  await row.locator('a').first().waitFor();
  const [shown, wanted] = [await row.locator('a').first().innerText(), await nameAt(page, middle - 2)];
  if (shown !== wanted) throw new Error(`Row ${String(middle)} shows ${shown} instead of ${wanted}.`);
  return middle - 2;
}

/** Where Chromium is: as told, or else on the path. */
export function chromiumFile(): string | undefined {
  const told = process.env.IVY_CHROMIUM;
  if (told !== undefined && told !== '') return told;
  const folders = (process.env.PATH ?? '').split(delimiter);
  return folders.flatMap((folder) => ['chromium', 'chromium-browser', 'google-chrome'].map((name) => join(folder, name))).find((file) => existsSync(file));
}

/** Scrolls the table of all leads in Chromium: by the wheel, by keys, and by leaps of the scroll bar. */
export async function benchScrolling(profile: string): Promise<Figure[]> {
  const child = spawn(process.execPath, [join(root, 'out', 'main', 'host.js'), '--profile', profile, '--no-open'], { stdio: ['ignore', 'pipe', 'inherit'] });
  const executablePath = chromiumFile();
  // Without one on the path, Playwright's own.
  const browser = await chromium.launch({ ...(executablePath === undefined ? {} : { executablePath }), args: asRoot ? ['--no-sandbox'] : [] });
  try {
    const page = await browser.newPage({ viewport: { width: 1_400, height: 900 } });
    await page.goto(await linkOf(child));
    await callFrom(page, 'platform.sessions.signIn', { email: 'ada@school.example', passPhrase });
    await page.reload();
    await page.getByRole('navigation').getByRole('link', { name: 'Leads' }).click();
    const grid = page.getByRole('grid');
    await grid.locator('[role="row"] a').first().waitFor();
    const total = await page.waitForFunction(() => {
      const rows = Number(document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount') ?? 0);
      return rows > 1_002 ? rows - 1 : null;
    });
    const rows = Number(await total.jsonValue());
    await waitUntilRead({ call: (entry, input) => callFrom(page, entry, input) });
    await grid.hover();
    const wheel = await framesOf(page, async () => {
      for (let turn = 0; turn < wheelTurns; turn += 1) await page.mouse.wheel(0, turn % 80 < 60 ? 300 : -300);
    });
    const keys = await framesOf(page, async () => {
      for (let press = 0; press < pageKeys; press += 1) await page.keyboard.press('PageDown');
    });
    const landed: number[] = [];
    const far = await framesOf(page, async () => {
      for (const share of leaps) {
        await grid.evaluate((element, to) => { element.scrollTo({ top: to * (element.scrollHeight - element.clientHeight) }); }, share);
        landed.push(await checkLanding(page, grid));
      }
    });
    const wrong = landed.filter((row, index) => Math.abs(row / rows - (leaps[index] ?? 0)) > 0.02);
    if (wrong.length > 0) throw new Error(`Leaps of the scroll bar landed at rows ${wrong.join(', ')} of ${String(rows)}.`);
    return [
      ['by the wheel', wheel] as const,
      ['by page keys', keys] as const,
      ['by leaps of the scroll bar', far] as const,
    ].map(([how, { frames, tasks }]): Figure => ({
      name: `scrolling ${how}`,
      value: frames.filter((frame) => frame > longFrame).length,
      unit: 'frames',
      target: 0,
      note: `over ${String(longFrame)} ms of ${String(frames.length)} in Chromium; 99th percentile ${percentile(frames, 0.99).toFixed(0)} ms, longest ${Math.max(...frames).toFixed(0)}; ${String(tasks.length)} tasks of the page’s thread over ${String(longFrame)} ms${how.endsWith('bar') ? `; each of ${String(leaps.length)} leaps showed the leads that belong there` : ''}`,
    }));
  } finally {
    await browser.close();
    await endOf(child);
  }
}
