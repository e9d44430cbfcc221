import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { parse } from 'csv-parse/sync';
import { expectAccessible } from '#test/support/accessible';
import { questionPool } from '#test/support/coursePacks';
import { callFrom, expect, test } from '#test/support/host';
import { hasPoolFile, poolFile } from '#test/support/realData';

const owner = { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase: 'four ordinary words', workspace: 'learning' } as const;

/** The right answer to each question of a pool, and its domain, by what it asks. */
function keyOf(file: string): ReadonlyMap<string, { readonly right: string; readonly domain: string }> {
  const rows = parse<Record<'id' | 'question' | 'correct' | 'a' | 'b' | 'c' | 'd', string>>(readFileSync(file, 'utf8'), { columns: true, bom: true });
  return new Map(rows.map((row) => [row.question.trim(), { right: [row.a, row.b, row.c, row.d][Number(row.correct)]?.trim() ?? '', domain: row.id.slice(0, 2) }]));
}

/** Answers what a mock exam still has open, but for its last question: all right but what is of two domains. */
async function answerAllButLast(page: Page, file: string): Promise<void> {
  const key = keyOf(file);
  const id = (await callFrom(page, 'learning.exams.list')).items[0]?.id ?? '';
  const { questions } = await callFrom(page, 'learning.exams.get', { id });
  for (const { position, question, chosen } of questions.slice(0, -1)) {
    if (chosen !== null) continue;
    const { right, domain } = key.get(question.stem.trim())!;
    const weak = domain === 'T5' || domain === 'T6';
    const option = question.options.find(({ text }) => (text.trim() === right) !== weak)!;
    await callFrom(page, 'learning.exams.save', { id, position, chosen: [option.position], milliseconds: 20_000 });
  }
}

test('a new student: a pool of questions, a goal, the session of the day, a mock exam, and where that leaves them', async ({ app: page, host }) => {
  test.setTimeout(500_000);
  await callFrom(page, 'platform.workspaces.create', owner);
  await page.goto(`${host.origin}/packs/import`);
  const file = hasPoolFile ? poolFile : join(host.profile, 'pool.csv');
  if (!hasPoolFile) writeFileSync(file, questionPool());
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file' }).click();
  await (await chooser).setFiles(file);
  await page.getByRole('button', { name: 'On to the blueprint' }).click();
  await page.getByRole('button', { name: 'Import the course' }).click();
  await expect(page.getByText('Kept out of exams')).toBeVisible();
  const [course] = (await callFrom(page, 'learning.courses.list')).items;
  await callFrom(page, 'learning.courses.update', { id: course!.id, exam: { ...course!.exam, minutes: 40 } });

  await test.step('a goal in twenty days makes a plan', async () => {
    await page.goto(`${host.origin}/learn`);
    await page.getByRole('button', { name: 'Set a goal' }).click();
    const day = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
    await page.getByLabel('Day of the exam').fill(day);
    await page.getByLabel('Hours a week').fill('6');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Make the plan' }).click();
    await expect(page.getByRole('region', { name: 'Plan' })).toContainText(/Everything fits|Not all of it fits/);
    await expect(page.getByText(/(19|20|21) days until the exam/)).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('the session of the day is one question after the other, by keyboard', async () => {
    await page.keyboard.press('b');
    await expect(page).toHaveURL(/\/practice\/[0-9a-f-]+$/);
    for (let question = 0; question < 3; question += 1) {
      await expect(page.getByRole('button', { name: /A guess/ })).toBeVisible();
      await page.keyboard.press('1');
      await page.keyboard.press('e');
      await expect(page.getByRole('button', { name: 'Do not ask again' })).toBeVisible();
      if (question === 0) await expectAccessible(page);
      await page.keyboard.press('Space');
    }
    await page.getByRole('button', { name: 'Enough for now' }).click();
    await expect(page.getByText(/of 3 questions right/)).toBeVisible();
    await page.getByRole('button', { name: 'To Learn' }).click();
    await expect(page.getByText('One day of study this week')).toBeVisible();
  });

  await test.step('after three answers readiness says what is missing, and shows no figure', async () => {
    await page.goto(`${host.origin}/standing/readiness`);
    await expect(page.getByText('27 more answers are needed')).toBeVisible();
    await expect(page.getByTestId('chance')).toBeHidden();
  });

  await test.step('a mock exam of 35 questions by keyboard, one flagged, one changed; a reload in the middle loses none', async () => {
    await page.goto(`${host.origin}/exams`);
    await expect(page.getByRole('button', { name: /^Begin, timed/ })).toBeVisible();
    await page.keyboard.press('b');
    await expect(page.getByText('Question 1 of 35')).toBeVisible();
    await page.keyboard.press('f');
    for (let question = 1; question < 5; question += 1) {
      await page.keyboard.press('1');
      await page.keyboard.press('Space');
      await expect(page.getByText(`Question ${String(question + 1)} of 35`)).toBeVisible();
    }
    await page.keyboard.press('2');
    await page.keyboard.press('3');
    await expect(page.getByText('5 of 35 answered').first()).toBeVisible();
    await expectAccessible(page);
    await answerAllButLast(page, file);
    await page.reload();
    await expect(page.getByText('Question 35 of 35')).toBeVisible();
    await expect(page.getByText('34 of 35 answered').first()).toBeVisible();
    await page.keyboard.press('1');
    await page.keyboard.press('Space');
    await expect(page.getByText('All 35 questions are answered.')).toBeVisible();
    await page.keyboard.press('Control+Enter');
  });

  await test.step('and looked through', async () => {
    await expect(page).toHaveURL(/\/review$/);
    await expect(page.getByRole('heading', { name: /^\d+ of 35$/ })).toBeVisible();
    await page.getByText(/^Flagged 1$/).click();
    await expect(page.getByRole('list', { name: 'Answers' }).locator('> li')).toHaveCount(1);
    await page.getByText(/^Changed 1$/).click();
    await expect(page.getByRole('list', { name: 'Answers' }).locator('> li')).toHaveCount(1);
    await expectAccessible(page);
    const { items } = await callFrom(page, 'learning.exams.list');
    expect(items[0]).toMatchObject({ answered: 35, total: 35 });
  });

  await test.step('there is a chance with its interval, and what would raise it', async () => {
    await page.getByRole('link', { name: 'Where I stand' }).click();
    await page.getByRole('link', { name: 'Readiness', exact: true }).click();
    await expect(page.getByTestId('chance')).toHaveText(/^\d+ %$/);
    await expect(page.getByText(/four in five: \d+ % to \d+ %/)).toBeVisible();
    await expect(page.getByText(/Rests on 38 answers; the exam is in (19|20|21) days\./)).toBeVisible();
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
    await expect(grid.getByRole('gridcell').and(page.locator(':focus'))).toHaveAccessibleName(/% right/);
    const cell = await grid.getByRole('gridcell').and(page.locator(':focus')).getAttribute('aria-label');
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText(/^\d+ of \d+ answers right$/)).toBeVisible();
    await expect(dialog.getByRole('listitem').first()).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(grid.getByRole('gridcell').and(page.locator(':focus'))).toHaveAccessibleName(cell ?? '');
  });

  await test.step('c says that a recommendation is done, u takes that back', async () => {
    await page.getByRole('link', { name: 'What next' }).click();
    const weak = page.getByRole('list', { name: 'What next' }).getByText(/^Practise Electrical principles/);
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
