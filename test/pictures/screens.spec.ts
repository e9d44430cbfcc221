import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { callFrom, expect, test } from '#test/support/host';
import { root } from '#test/support/built';

const folder = join(root, 'docs', 'pictures');

async function settled(page: Page): Promise<void> {
  await expect(page.locator('[aria-busy="true"]')).toHaveCount(0);
  await page.waitForLoadState('networkidle').catch(() => undefined);
  await page.waitForTimeout(400);
}

/** The same screen, light and dark. */
async function picture(page: Page, name: string): Promise<void> {
  mkdirSync(folder, { recursive: true });
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await settled(page);
    await page.screenshot({ path: join(folder, `${name}-${colorScheme}.png`) });
  }
  await page.emulateMedia({ colorScheme: 'light', reducedMotion: 'reduce' });
}

test('each screen, light and dark', async ({ app: page, host }) => {
  await expect(page.getByRole('heading', { name: 'Who will own this workspace' })).toBeVisible();
  await picture(page, 'set-up');
  await callFrom(page, 'platform.workspaces.create', { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase: 'four ordinary words', workspace: 'both', sample: true });
  const { jobId } = (await callFrom(page, 'admissions.imports.sample', {})) as unknown as { jobId: string };
  await expect.poll(async () => (await callFrom(page, 'platform.jobs.get', { jobId })).state, { timeout: 60_000 }).toBe('succeeded');
  const course = (await callFrom(page, 'learning.courses.sample', {})) as unknown as { jobId: string };
  await expect.poll(async () => (await callFrom(page, 'platform.jobs.get', { jobId: course.jobId })).state, { timeout: 60_000 }).toBe('succeeded');
  const [{ id: courseId } = { id: '' }] = (await callFrom(page, 'learning.courses.list', {})).items;
  await callFrom(page, 'learning.goals.create', { courseId, examDate: new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10), hoursAWeek: 6 });
  await page.goto(host.origin);
  const navigation = page.getByRole('navigation').first();
  await expect(navigation.getByRole('link').first()).toBeVisible();
  // Whatever is in the navigation has a picture, so that a new screen gets one by itself.
  const places = await navigation.getByRole('link').evaluateAll((links) => links.map((link) => link.getAttribute('href') ?? ''));
  expect(places.length).toBeGreaterThan(5);
  const tabs = ['/standing/readiness', '/standing/heatmaps', '/standing/recommendations', '/standing/mastery', '/language/usage', '/language/preview'];
  for (const path of [...places, ...tabs]) {
    await page.goto(host.origin + path);
    await picture(page, path === '/' ? 'today' : path.slice(1).replaceAll('/', '-'));
  }
  await page.goto(`${host.origin}/leads`);
  await page.getByRole('grid').getByRole('link').first().click();
  await expect(page.getByRole('region', { name: 'Score and why' })).toBeVisible();
  await picture(page, 'lead');
  await page.goto(`${host.origin}/ask`);
  await page.getByRole('combobox').first().fill('leads with a score above 60 grouped by source');
  await page.keyboard.press('Enter');
  await picture(page, 'ask-answer');
  await page.keyboard.press('Control+k');
  await picture(page, 'palette');
  await page.keyboard.press('Escape');
  await callFrom(page, 'platform.sessions.signOut', {});
  await page.goto(host.origin);
  await expect(page.getByLabel('Pass phrase')).toBeVisible();
  await picture(page, 'sign-in');
});
