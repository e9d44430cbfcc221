import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from '#test/support/accessible';
import { questionPool } from '#test/support/coursePacks';
import { callFrom, expect, test, watch } from '#test/support/host';
import { hasPoolFile, poolFile } from '#test/support/realData';

const owner = { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase: 'four ordinary words', workspace: 'learning' } as const;

/** The amateur radio pool where it is at hand; else one of its shape. */
const pool = hasPoolFile
  ? { path: () => poolFile, questions: '409', flagged: '12', title: 'Amateur radio: Technician', words: 'Basis and Purpose', id: 'T1A01' }
  : {
      path: (folder: string) => {
        const path = join(folder, 'pool.csv');
        writeFileSync(path, questionPool());
        return path;
      },
      questions: '140',
      flagged: '3',
      title: 'Amateur radio: Technician',
      words: 'asked by T1A01',
      id: 'T1A01',
    };

test('a question pool becomes a course: looked over, confirmed, searched, corrected and exported', async ({ app: page, host }) => {
  const complaints = await watch(page);
  await callFrom(page, 'platform.workspaces.create', owner);
  await page.goto(`${host.origin}/packs`);

  await test.step('the empty screen says how to begin; columns are proposed', async () => {
    await expect(page.getByText('No courses yet')).toBeVisible();
    await page.getByRole('button', { name: 'Import a course' }).click();
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a file' }).click();
    await (await chooser).setFiles(pool.path(host.profile));
    await expect(page.getByLabel('What “question” becomes')).toHaveValue('stem');
    await expect(page.getByLabel('What “correct_letter” becomes')).toHaveValue('correct');
    await expect(page.getByLabel('What “correct”', { exact: false }).first()).toHaveValue('');
    await expect(page.getByLabel('Right answers are written as')).toHaveValue('letter');
    await page.getByRole('button', { name: 'On to the blueprint' }).click();
  });

  await test.step('the blueprint is read from the ids, and confirmed', async () => {
    await expect(page.getByRole('definition').filter({ hasText: pool.questions }).first()).toBeVisible();
    await expect(page.getByText(/whose exam is public: 35 questions/)).toBeVisible();
    await expect(page.getByLabel('Title', { exact: true })).toHaveValue(pool.title);
    await expect(page.getByLabel('Questions', { exact: true })).toHaveValue('35');
    await expect(page.getByLabel('Pass mark')).toHaveValue('26');
    await page.getByLabel('Pass mark').fill('36');
    await expect(page.getByText('More than the exam has')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Import the course' })).toBeDisabled();
    await page.getByLabel('Pass mark').fill('26');
    await page.getByLabel('Name of T1', { exact: true }).fill('The rules');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Import the course' }).click();
    await expect(page.getByText(`“${pool.title}” is here`)).toBeVisible();
    await expect(page.getByText('Kept out of exams').locator('..')).toContainText(pool.flagged);
  });

  await test.step('a question is found in the library by its words, and corrected', async () => {
    await page.getByRole('button', { name: 'To the library' }).click();
    await page.getByLabel('Search the library').fill(pool.words);
    await page.getByRole('link').filter({ hasText: pool.id }).first().click();
    await expect(page.getByText('The rules', { exact: false })).toBeVisible();
    await page.getByRole('button', { name: 'Edit the question' }).click();
    await page.getByLabel('Explanation').fill('See part 97, subpart **A**.');
    await page.getByLabel('Difficulty').selectOption('easy');
    await page.getByRole('button', { name: 'Save' }).click();
    await expect(page.locator('strong', { hasText: 'A' })).toBeVisible();
  });

  await test.step('the course is exported with the correction in it', async () => {
    await page.getByRole('link', { name: 'Packs' }).click();
    await page.getByRole('link', { name: pool.title }).click();
    await page.getByLabel('Which').selectOption('edited');
    await expect(page.getByRole('row')).toHaveCount(2);
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByRole('menuitem', { name: 'Questions as CSV' }).click();
    const text = readFileSync(await (await download).path(), 'utf8');
    expect(text).toContain('"See part 97, subpart **A**."');
    expect(text.trim().split('\r\n').length).toBe(Number(pool.questions) + 1);
  });
  expect(complaints).toEqual({ violations: [], errors: [] });
});
