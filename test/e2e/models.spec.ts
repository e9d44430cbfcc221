import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expectAccessible } from '#test/support/accessible';
import { callFrom, expect, test } from '#test/support/host';
import { hasLeadFile, leadFile } from '#test/support/realData';

const owner = { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase: 'four ordinary words', workspace: 'admissions' } as const;

/** Starts a job from the page and waits until it has succeeded. */
async function job(page: Page, entry: 'admissions.imports.run' | 'models.training.run', input: object): Promise<unknown> {
  const { jobId } = (await callFrom(page, entry, input as never)) as unknown as { jobId: string };
  await expect.poll(async () => (await callFrom(page, 'platform.jobs.get', { jobId })).state, { timeout: 60_000 }).toBe('succeeded');
  return (await callFrom(page, 'platform.jobs.get', { jobId })).result;
}

test('a model is trained on the lead file, guarded, activated, asked why, and rolled back', async ({ app: page, host }) => {
  test.skip(!hasLeadFile, 'The lead file is not there.');
  test.setTimeout(240_000);
  await callFrom(page, 'platform.workspaces.create', owner);
  await page.goto(`${host.origin}/models/training`);

  await test.step('before there are outcomes, the screen says how many are missing', async () => {
    await expect(page.getByText('Not enough outcomes to learn from yet')).toBeVisible();
    await expect(page.getByText('40 more are needed')).toHaveCount(2);
    await page.getByLabel('What it is to foretell').selectOption('Whether a student passes the exam');
    await expect(page.getByText('Exams failed')).toBeVisible();
    await expectAccessible(page);
    await page.getByLabel('What it is to foretell').selectOption('Whether a lead converts');
    await expect(page.getByText('Did not convert')).toBeVisible();
  });

  await test.step('the lead file comes in', async () => {
    const fileId = await page.evaluate(async (text) => {
      const response = await fetch('/uploads?name=Leads.csv', { method: 'POST', headers: { 'x-ivy': '1' }, body: text });
      return ((await response.json()) as { result: { fileId: string } }).result.fileId;
    }, readFileSync(leadFile, 'utf8'));
    await job(page, 'admissions.imports.run', { fileId });
    await expect(page.getByText(/^9,240 leads have an outcome/)).toBeVisible();
    // The model that serves at first, and to which one goes back.
    const { modelId } = (await job(page, 'models.training.run', { modelType: 'logistic_regression', folds: 2, rowLimit: 2_000 })) as { modelId: string };
    await callFrom(page, 'models.registry.activate', { modelId });
  });

  await test.step('a training shows how far it is, and the guard names Tags and Lead Quality', async () => {
    await page.getByText('More options').click();
    await page.getByLabel('How it is judged').selectOption('2');
    await page.getByLabel('Newest records to learn from').fill('4000');
    await page.getByRole('button', { name: 'Train', exact: true }).click();
    await expect(page.getByRole('button', { name: 'Stop the training' })).toBeVisible();
    await expect(page.getByText(/^After \d+ % of the first fit: 0\.\d{3}\.$/)).toBeVisible();
    const found = page.getByRole('table', { name: 'What the guard found' });
    await expect(found.getByRole('row').filter({ hasText: /^.*Tags/ })).toContainText('By itself it tells who converted', { timeout: 90_000 });
    await expect(found.getByRole('row').filter({ hasText: 'Lead Quality' })).toContainText('Left out');
    await found.getByRole('checkbox', { name: 'Keep Tags' }).check();
    await expect(page.getByRole('button', { name: 'Train again with this choice' })).toBeVisible();
    await found.getByRole('checkbox', { name: 'Keep Tags' }).uncheck();
    await expect(page.getByRole('img', { name: 'Learning curve' })).toBeVisible();
  });

  await test.step('its card says in words how good it is, and it is activated', async () => {
    await page.getByRole('link', { name: 'Open its page' }).click();
    await expect(page.getByText(/it puts the right one first in \d\d of 100 pairs/)).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Activate' }).click();
    await expect(page.getByText('Model 2 serves now', { exact: true })).toBeVisible();
  });

  await test.step('the table of leads shows chances with their ranges, and sorts by them', async () => {
    await page.getByRole('link', { name: 'Leads', exact: true }).click();
    await page.getByRole('button', { name: 'Model chance', exact: true }).click();
    const first = page.getByRole('grid').getByRole('row').nth(1);
    await expect(first).toContainText(/9\d % *9\d–\d+ %/);
    await first.getByRole('link').click();
  });

  await test.step('a lead says why it has its chance: in words, as a chart, as a table', async () => {
    await page.getByRole('button', { name: /^Why 9\d %\?/ }).click();
    await expect(page.getByTestId('reasons').getByRole('listitem').first()).toContainText(/raises it by about \d+ points?/);
    const why = page.getByRole('region', { name: /^Why 9\d %\?/ });
    await expect(why.getByRole('list', { name: 'What raises and what lowers it' }).getByRole('listitem')).toHaveCount(10);
    await why.getByRole('button', { name: 'Show as a table' }).click();
    await expect(why.getByRole('table').getByRole('row').nth(1)).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('the analysis draws how good it is, and what it leans on', async () => {
    await page.goto(`${host.origin}/models/analysis`);
    for (const name of ['ROC curve', 'Precision over recall', 'Calibration: what happened over what was said']) await expect(page.getByRole('img', { name })).toBeVisible();
    await expect(page.getByText(/^It leans on /)).toBeVisible();
    await expect(page.getByRole('table', { name: 'Model 2 and model 1' })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('rolled back, the one before serves, and the chances follow', async () => {
    await page.getByRole('link', { name: 'Models', exact: true }).last().click();
    await page.getByRole('button', { name: 'Roll back' }).click();
    await expect(page.getByText('Model 1 serves again', { exact: true })).toBeVisible();
    await page.getByRole('link', { name: 'Predictions' }).click();
    await expect(page.getByText('9,240 of 9,240 leads have an up-to-date chance.')).toBeVisible({ timeout: 60_000 });
    await expect(page.getByRole('heading', { name: 'Chances by model 1, Logistic regression' })).toBeVisible();
  });
});
