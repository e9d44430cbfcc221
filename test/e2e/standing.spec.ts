import type { Page } from '@playwright/test';
import { expectAccessible } from '#test/support/accessible';
import { questionPool } from '#test/support/coursePacks';
import { callFrom, expect, test } from '#test/support/host';

const owner = { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase: 'four ordinary words', workspace: 'learning' } as const;
const options = ['One', 'Two', 'Three', 'Four, or none'];

/** Imports a pool in the shape of the amateur radio one, and waits until it is there. */
async function importPool(page: Page): Promise<void> {
  const fileId = await page.evaluate(async (text) => {
    const response = await fetch('/uploads?name=pool.csv', { method: 'POST', headers: { 'x-ivy': '1' }, body: text });
    return ((await response.json()) as { result: { fileId: string } }).result.fileId;
  }, questionPool());
  await callFrom(page, 'learning.courses.import', { fileId, title: 'Technician' });
  await expect.poll(async () => (await callFrom(page, 'learning.courses.list', {})).items.length).toBe(1);
}

/** Sits a mock exam: all right but what is of two domains. */
async function sitExam(page: Page): Promise<void> {
  const exam = await callFrom(page, 'learning.exams.start', { timed: false });
  for (const { position, question } of exam.questions) {
    const [, domain, number] = /asked by (T\d)\w(\d\d)/.exec(question.stem) ?? [];
    const weak = domain === 'T5' || domain === 'T6';
    const wanted = options[(Number(number) - 1 + (weak ? 1 : 0)) % 4];
    const chosen = question.options.find(({ text }) => text === wanted)?.position ?? 0;
    await callFrom(page, 'learning.exams.save', { id: exam.id, position, chosen: [chosen], milliseconds: 20_000 });
  }
  await callFrom(page, 'learning.exams.submit', { id: exam.id });
}

test('a student finds out where they stand: readiness, a cell of a heatmap, a recommendation that is done', async ({ app: page, host }) => {
  test.setTimeout(120_000);
  await page.goto(host.origin);
  await callFrom(page, 'platform.workspaces.create', owner);
  await importPool(page);
  const { items } = await callFrom(page, 'learning.courses.list', {});
  const examDate = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
  await callFrom(page, 'learning.goals.create', { courseId: items[0]?.id ?? '', examDate, hoursAWeek: 5 });
  await page.goto(`${host.origin}/standing/readiness`);

  await test.step('with nothing answered it says what is missing, and shows no figure', async () => {
    await expect(page.getByText('30 more answers are needed')).toBeVisible();
    await expect(page.getByTestId('chance')).toBeHidden();
  });

  await test.step('a mock exam later there is a chance with its interval, and what would raise it', async () => {
    await sitExam(page);
    await expect(page.getByTestId('chance')).toHaveText(/^\d+ %$/);
    await expect(page.getByText(/four in five: \d+ % to \d+ %/)).toBeVisible();
    await expect(page.getByText('Rests on 35 answers; the exam is in 20 days.')).toBeVisible();
    await expect(page.getByText(/Simulated exams .* 26 pass\./)).toBeVisible();
    await expect(page.getByRole('region', { name: 'What would raise it most' }).getByRole('listitem')).toHaveCount(3);
    await page.getByText('Show the working').click();
    await expect(page.getByRole('table', { name: 'What it reads' }).getByRole('row')).toHaveCount(16);
    await expectAccessible(page);
  });

  await test.step('a cell of the heatmap is found and opened by keyboard', async () => {
    await page.getByRole('link', { name: 'Heatmaps' }).click();
    const grid = page.getByRole('grid', { name: 'Domain by week' });
    await grid.getByRole('gridcell').first().focus();
    await page.keyboard.press('End');
    await page.keyboard.press('PageDown');
    await page.keyboard.press('ArrowUp');
    await expect(grid.getByRole('gridcell').and(page.locator(':focus'))).toHaveAccessibleName(/^T9.*% right/);
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('2 of 2 answers right')).toBeVisible();
    await expect(dialog.getByText(/What is asked by T9/).first()).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(grid.getByRole('gridcell').and(page.locator(':focus'))).toHaveAccessibleName(/^T9/);
  });

  await test.step('c says that a recommendation is done, u takes that back', async () => {
    await page.getByRole('link', { name: 'What next' }).click();
    const list = page.getByRole('list', { name: 'What next' });
    const weak = list.getByText(/^Practise Electrical principles/);
    await expect(weak).toBeVisible();
    await expectAccessible(page);
    await weak.click();
    await page.keyboard.press('c');
    await expect(weak).toBeHidden();
    await expect(page.getByText('1 done, 0 left aside.')).toBeVisible();
    await page.keyboard.press('u');
    await expect(weak).toBeVisible();
    await weak.click();
    await page.keyboard.press('c');
    await expect(page.getByText('1 done, 0 left aside.')).toBeVisible();
  });
});
