import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expectAccessible } from '#test/support/accessible';
import { callFrom, expect, test } from '#test/support/host';

const owner = { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase: 'four ordinary words', workspace: 'admissions' } as const;

/** Windows-1252, semicolons, stray blanks, a header twice, a placeholder, a row too short, a date that is none. */
const awkward = Buffer.from(
  [
    ' Reference ;First name;Surname;E-mail;Phone;Enquired;Source;Source;Occupation',
    'R-1;Zoë;Müller;zoe@example.org;+44 7700 900001;05/10/2026;UCAS;Fair;Student',
    'R-2;André;Lefèvre;andre@example.org;;25/09/2026;ucas;;Select',
    'R-3;Jan',
    'R-4;Li;Wei;zoe@example.org;;31/02/2026;Referral;Friend;Student',
    ...Array.from({ length: 20 }, (_none, index) => `R-${String(index + 5)};Ada;Kowalski;ada${String(index)}@example.org;;${String(index + 5).padStart(2, '0')}/09/2026;Fair;;Student`),
    '',
  ].join('\r\n'),
  'latin1',
);

async function choose(page: Page, folder: string, name: string, content: string | Uint8Array): Promise<void> {
  const path = join(folder, name);
  writeFileSync(path, content);
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Choose a file' }).click();
  await (await chooser).setFiles(path);
}

test('files that cannot be read say why, and an awkward one comes in, is looked at, and taken back', async ({ app: page, host }) => {
  test.setTimeout(120_000);
  await callFrom(page, 'platform.workspaces.create', owner);
  await page.goto(`${host.origin}/import`);

  await test.step('an empty file, a header alone, and a picture are refused in words', async () => {
    await choose(page, host.profile, 'empty.csv', '');
    await expect(page.getByRole('alert')).toContainText('empty');
    await choose(page, host.profile, 'header.csv', 'Name,Email\n');
    await expect(page.getByRole('alert')).toContainText('header');
    await choose(page, host.profile, 'picture.csv', Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 0, 1, 2, 3, 0]));
    await expect(page.getByRole('alert')).toContainText(/CSV|text/);
    await expect(page.getByRole('button', { name: 'Choose a file' })).toBeVisible();
  });

  await test.step('delimiter, encoding, headers and dates are found', async () => {
    await choose(page, host.profile, 'fair.csv', awkward);
    await expect(page.getByLabel('Columns parted by')).toHaveValue(';');
    await expect(page.getByLabel('Letters written as')).toHaveValue('windows-1252');
    await expect(page.getByText('Zoë', { exact: false }).first()).toBeVisible();
    await expect(page.getByLabel('Date format of “Enquired”')).toHaveValue('d/M/yyyy');
  });

  await test.step('two columns cannot become one field', async () => {
    const occupation = page.getByLabel('What “Occupation” becomes');
    const answer = await occupation.inputValue();
    await occupation.selectOption('email');
    await expect(page.getByText('becomes this already')).toBeVisible();
    await expect(page.getByRole('button', { name: 'Check the file' })).toBeDisabled();
    await occupation.selectOption(answer);
  });

  await test.step('the draft outlives a look elsewhere', async () => {
    await page.getByRole('link', { name: 'Leads', exact: true }).click();
    await expect(page.getByText('No leads yet')).toBeVisible();
    await page.getByRole('link', { name: 'Import', exact: true }).click();
    await expect(page.getByLabel('What “Occupation” becomes')).toBeVisible();
  });

  await test.step('the check names line and reason of what would not come in', async () => {
    await page.getByRole('button', { name: 'Check the file' }).click();
    await expect(page.getByText('23 of 24 rows would come in')).toBeVisible();
    const short = page.getByRole('row').filter({ hasText: '2 cells where the header has 9' });
    await expect(short.getByRole('cell').first()).toHaveText('4');
    await expect(page.getByText('“31/02/2026” in “Enquired” is no date')).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('what was not taken is saved with its reason', async () => {
    await page.getByRole('button', { name: 'Import 23 leads' }).click();
    await expect(page.getByText(/23 leads came in/)).toBeVisible();
    const download = page.waitForEvent('download');
    await page.getByRole('button', { name: 'Save what was not taken' }).click();
    const text = readFileSync(await (await download).path(), 'utf8');
    expect(text).toContain('R-3');
    expect(text).toContain('2 cells where the header has 9');
  });

  await test.step('the import is taken back, and nothing of it is left', async () => {
    await page.getByRole('button', { name: 'Take back' }).click();
    await expect(page.getByText('fair.csv was taken back')).toBeVisible();
    expect((await callFrom(page, 'admissions.leads.list', { limit: 1 })).total).toBe(0);
    await page.getByRole('button', { name: 'Import another file' }).first().click();
    await expect(page.getByRole('row').filter({ hasText: 'fair.csv' })).toContainText('Taken back');
  });
});
