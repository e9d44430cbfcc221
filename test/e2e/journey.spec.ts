import { copyFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from '#test/support/accessible';
import { expect, test, watch } from '#test/support/host';
import { hasLeadFile, leadFile } from '#test/support/realData';
import { writeGeneratedLeadFile } from '#test/support/generatedLeads';

// One officer's first hour: from an empty machine to a contact that moved a score.

const passPhrase = 'four ordinary words';
/** The leads of the file, which is public, or of a made-up one of its shape where it is not at hand. */
const leads = 9_240;

function leadFileIn(folder: string): string {
  const path = join(folder, 'Leads.csv');
  if (hasLeadFile) copyFileSync(leadFile, path);
  else writeGeneratedLeadFile(path);
  return path;
}

async function setUp(page: Page): Promise<void> {
  await page.getByLabel('Your name').fill('Ada Lovelace');
  await page.getByLabel('E-mail').fill('ada@school.example');
  await page.keyboard.press('Enter');
  await page.getByLabel('Pass phrase', { exact: true }).fill(passPhrase);
  await page.getByLabel('The same again').fill(passPhrase);
  await page.keyboard.press('Enter');
  await page.getByText('An admissions team').click();
  await page.keyboard.press('Enter');
  await page.getByText('Import my file').click();
  await page.getByRole('button', { name: 'Make the workspace' }).click();
}

test('from an empty machine to a contact that moved a score', async ({ app: page, host }) => {
  test.setTimeout(180_000);
  const complaints = await watch(page);
  const file = leadFileIn(host.profile);
  await page.reload();

  await test.step('the wizard makes a workspace and shows the recovery key once', async () => {
    await expect(page.getByRole('heading', { name: 'Who will own this workspace' })).toBeVisible();
    await expectAccessible(page);
    await setUp(page);
    await expect(page.getByRole('heading', { name: 'Keep your recovery key' })).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('checkbox').check();
    await page.getByRole('button', { name: 'Open Ivy' }).click();
  });

  await test.step('the file is dropped in, its mapping accepted, and all of it comes in', async () => {
    await expect(page).toHaveURL(/\/import$/);
    await expectAccessible(page);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a file' }).click();
    await (await chooser).setFiles(file);
    await expect(page.getByText('37 columns, 9,240 rows')).toBeVisible();
    await expect(page.getByLabel('What “Prospect ID” becomes')).toHaveValue('externalId');
    await expect(page.getByLabel('What “Lead Source” becomes')).toHaveValue('source');
    await expect(page.getByText('“google” counts as Google')).toBeVisible();
    await expect(page.getByText('“Select” counts as not answered').first()).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Check the file' }).click();
    await expect(page.getByText('9,240 of 9,240 rows would come in')).toBeVisible({ timeout: 30_000 });
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Import 9,240 leads' }).click();
    await expect(page.getByText(/9,240 leads came in/)).toBeVisible({ timeout: 60_000 });
    await expectAccessible(page);
  });

  await test.step('the table holds every lead, and narrows to a source', async () => {
    await page.getByRole('button', { name: 'Look at these leads' }).click();
    await expect(page.getByRole('grid')).toHaveAttribute('aria-rowcount', String(leads + 1));
    await page.getByRole('button', { name: 'Filter', exact: true }).click();
    await page.getByLabel('Field').selectOption({ label: 'Source' });
    await page.getByRole('checkbox', { name: 'Google' }).check();
    await page.getByRole('button', { name: 'Add the filter' }).click();
    await expect(page.getByRole('button', { name: 'Change the filter: Source is any of Google', exact: true })).toBeVisible();
    await expect(page.getByRole('grid')).not.toHaveAttribute('aria-rowcount', String(leads + 1));
    await expect(page.getByRole('gridcell', { name: 'Google' }).first()).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('Today says whom to contact first and why; its top is opened by the keyboard', async () => {
    await page.getByRole('link', { name: 'Today' }).click();
    const queue = page.getByRole('list', { name: 'Whom to contact first' });
    await expect(queue.locator('[aria-current]')).toContainText('No e-mail address and no phone number');
    const scores = await queue.locator('> li').evaluateAll((items) => items.map((item) => Number(/\d+/.exec(item.textContent)?.[0])));
    expect(scores.length).toBeGreaterThan(10);
    expect(scores).toEqual([...scores].sort((a, b) => b - a));
    await expectAccessible(page);
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
  });

  await test.step('the lead shows its reasons, what blocks it and its chance, with the working', async () => {
    const score = page.getByRole('region', { name: 'Score and why' });
    await expect(score.getByText(/converts \d+ %/)).toBeVisible();
    await expect(page.getByRole('region', { name: 'What stands in the way' }).getByText('No e-mail address and no phone number')).toBeVisible();
    await expect(page.getByRole('region', { name: 'Chance of enrolling' }).getByText(/^\d+ %$/)).toBeVisible();
    await score.getByText('Show the working').click();
    await expect(score.getByRole('cell', { name: 'Sum' })).toBeVisible();
    // The working of the chance leads to the chance that is shown.
    const chance = page.getByRole('region', { name: 'Chance of enrolling' });
    await chance.getByText('Show the working').click();
    const [, said, logOdds] = /= ([\d.]+) %, with z = .* = (-?[\d.]+)$/.exec((await chance.getByText(/^Chance = /).textContent()) ?? '') ?? [];
    expect(Number(said)).toBeCloseTo(100 / (1 + Math.exp(-Number(logOdds))), 0);
    await expect(chance.getByText(`${String(Math.round(Number(said)))} %`, { exact: true })).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('a contact is logged; the score moves, says why, and can be taken back', async () => {
    await page.keyboard.press('l');
    await page.getByRole('dialog').getByLabel('Note').fill('Spoke with her: she has her documents ready.');
    await expectAccessible(page);
    await page.keyboard.press('Control+Enter');
    const message = page.getByRole('status').filter({ hasText: /the score rose from \d+ to \d+/ });
    await expect(message).toBeVisible();
    await expect(message).toContainText('Active today');
    const story = page.getByRole('region', { name: 'What happened' });
    await expect(story.getByText(/^Score rose from \d+ to \d+$/)).toBeVisible();
    await expect(story.getByText('Spoke with her: she has her documents ready.')).toBeVisible();
    await page.keyboard.press('u');
    await expect(story.getByText(/^Score fell from \d+ to \d+$/)).toBeVisible();
    await expect(story.getByText('Spoke with her: she has her documents ready.')).toBeHidden();
  });

  expect(complaints).toEqual({ violations: [], errors: [] });
});
