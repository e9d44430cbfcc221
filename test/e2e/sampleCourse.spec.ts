import { expectAccessible } from '#test/support/accessible';
import { callFrom, expect, test } from '#test/support/host';

const owner = { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase: 'four ordinary words', workspace: 'learning' } as const;

test('the sample course: a section with its check, a flashcard, a lab, and a readiness that admits what it lacks', async ({ app: page, host }) => {
  await callFrom(page, 'platform.workspaces.create', owner);
  await page.goto(`${host.origin}/packs`);
  await page.getByRole('button', { name: 'Bring in the sample course' }).click();
  await expect(page).toHaveURL(/\/packs\/[0-9a-f-]+$/, { timeout: 60_000 });
  const [course] = (await callFrom(page, 'learning.courses.list')).items;
  await callFrom(page, 'learning.goals.create', { courseId: course!.id, hoursAWeek: 5 });

  await test.step('a section is read, and its check passed by who knows it', async () => {
    await page.getByRole('link', { name: 'Library' }).click();
    await page.getByRole('link', { name: 'A question in plain words' }).click();
    await expect(page.getByText('2 questions; with 80 % right the section is understood')).toBeVisible();
    await expectAccessible(page);
    await page.keyboard.press('b');
    for (let asked = 0; asked < 2; asked += 1) {
      await page.getByText('Questions that the parser can make of your words').or(page.getByText('The proposal asks what is installed, not what is running')).click();
      await page.keyboard.press('e');
      await expect(page.getByRole('button', { name: 'Do not ask again' })).toBeVisible();
      await page.keyboard.press('Space');
    }
    await expect(page.getByText('2 of 2 questions right')).toBeVisible();
    await expect(page.getByText('Section understood: 80 % or more of its check were right')).toBeVisible();
  });

  await test.step('a flashcard shows its back, and is rated', async () => {
    await page.getByRole('link', { name: 'Flashcards' }).click();
    await expect(page.getByRole('button', { name: /^Begin/ })).toBeEnabled();
    await page.keyboard.press('b');
    await expect(page.getByRole('region', { name: 'Front' })).toBeVisible();
    await page.keyboard.press('Space');
    await expect(page.getByRole('region', { name: 'Back' })).toBeVisible();
    await page.keyboard.press('3');
    await expect(page.getByText('Rated: Good', { exact: true })).toBeVisible();
  });

  await test.step('a lab takes the right commands and helps after wrong ones', async () => {
    await page.getByRole('link', { name: 'Labs' }).click();
    await page.getByRole('link', { name: /Your first questions/ }).click();
    const type = page.getByLabel('Type a command');
    const log = page.getByRole('log');
    await type.fill('help');
    await page.keyboard.press('Enter');
    await expect(log.getByText('Type a question such as')).toBeVisible();
    await expect(type).toHaveValue('');
    for (const command of ['get operating system from all machines', 'Get Computer Name and Operating System from all machines', 'Get Computer Name from all machines with Operating System contains Ubuntu']) {
      await type.fill(command);
      await page.keyboard.press('Enter');
      await expect(log.getByText(`ask> ${command}`, { exact: true })).toBeVisible();
      await expect(type).toHaveValue('');
    }
    await expect(page.getByText('All steps are done')).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('readiness says "not enough data", and what is missing', async () => {
    await page.getByRole('link', { name: 'Where I stand' }).click();
    await page.getByRole('link', { name: 'Readiness', exact: true }).click();
    await expect(page.getByText('Not enough data')).toBeVisible();
    await expect(page.getByText(/more answers are needed/)).toBeVisible();
    await expect(page.getByTestId('chance')).toBeHidden();
  });

  await test.step('a trigger is changed in the settings, kept and audited, and follows the default again', async () => {
    await page.goto(`${host.origin}/settings#learning`);
    const learning = page.getByRole('region', { name: 'Learning' });
    const days = learning.getByLabel('Low engagement: days without study');
    await expect(days).toHaveValue('8');
    await days.fill('0');
    await learning.getByRole('button', { name: 'Save' }).click();
    await expect(days).toHaveAttribute('aria-invalid', 'true');
    await days.fill('6');
    await learning.getByRole('button', { name: 'Save' }).click();
    await expect(learning.getByText('Unsaved changes')).toHaveCount(0);
    await expectAccessible(page);
    await page.reload();
    await expect(days).toHaveValue('6');
    await learning.getByRole('button', { name: 'Fill in the defaults' }).click();
    await expect(days).toHaveValue('8');
    await learning.getByRole('button', { name: 'Save' }).click();
    await expect(learning.getByText('Unsaved changes')).toHaveCount(0);
    expect((await callFrom(page, 'learning.readiness.config.get')).recommendations.lowEngagement.days).toBe(8);
    await page.getByRole('link', { name: 'Audit' }).click();
    await expect(page.getByRole('table', { name: 'Audit' }).getByText('Changed the numbers of learning')).toHaveCount(2);
  });
});
