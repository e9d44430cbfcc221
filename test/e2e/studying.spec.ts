import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from '#test/support/accessible';
import { questionPool } from '#test/support/coursePacks';
import { callFrom, expect, test } from '#test/support/host';
import { hasPoolFile, poolFile } from '#test/support/realData';

const owner = { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase: 'four ordinary words', workspace: 'learning' } as const;

test('a new student from a goal over the session of the day to a mock exam that is looked through', async ({ app: page, host }) => {
  test.setTimeout(120_000);
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

  await test.step('35 questions of a mock exam by keyboard, one flagged, one changed; a reload in the middle loses none', async () => {
    await page.goto(`${host.origin}/exams`);
    await expect(page.getByRole('button', { name: /^Begin, timed/ })).toBeVisible();
    await page.keyboard.press('b');
    await expect(page.getByText('Question 1 of 35')).toBeVisible();
    await page.keyboard.press('f');
    for (let question = 1; question < 10; question += 1) {
      await page.keyboard.press('1');
      await page.keyboard.press('Space');
      await expect(page.getByText(`Question ${String(question + 1)} of 35`)).toBeVisible();
    }
    await page.keyboard.press('2');
    await page.keyboard.press('3');
    await expect(page.getByText('10 of 35 answered').first()).toBeVisible();
    await expectAccessible(page);
    await page.reload();
    await expect(page.getByText('10 of 35 answered').first()).toBeVisible();
    for (let question = 11; question <= 35; question += 1) {
      await expect(page.getByText(`Question ${String(question)} of 35`)).toBeVisible();
      await page.keyboard.press('1');
      await page.keyboard.press('Space');
    }
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
});
