import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from '#test/support/accessible';
import { callFrom, expect, test } from '#test/support/host';

const owner = { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase: 'four ordinary words', workspace: 'admissions' } as const;
const chrome = 'Mozilla/5.0 (Windows NT 10.0) Chrome/140.0';

/** Ann reads a message and clicks in it; a scanner sweeps through the mail of Ben. */
const mailer = [
  'Recipient,Event,Timestamp,Campaign,URL,User agent,IP',
  'ann@example.org,delivered,2026-10-01T09:00:00Z,Open day,,,',
  `ann@example.org,open,2026-10-01T10:00:00Z,Open day,,${chrome},203.0.113.5`,
  `ann@example.org,click,2026-10-01T10:00:20Z,Open day,https://school.example/visit,${chrome},203.0.113.5`,
  'ben@example.org,delivered,2026-10-01T09:00:00Z,Open day,,,',
  `ben@example.org,open,2026-10-01T09:00:01Z,Open day,,${chrome},`,
  ...['visit', 'fees', 'courses'].map((page, index) => `ben@example.org,click,2026-10-01T09:00:0${String(3 + index)}Z,Open day,https://school.example/${page},${chrome},148.163.130.7`),
  '',
].join('\n');

test('a mailer’s file comes in, a scanner’s clicks are left out, one is overruled and that is taken back', async ({ app: page, host }) => {
  test.setTimeout(120_000);
  await callFrom(page, 'platform.workspaces.create', owner);
  await callFrom(page, 'admissions.leads.create', { givenName: 'Ann', familyName: 'Archer', email: 'ann@example.org' });
  const ben = (await callFrom(page, 'admissions.leads.create', { givenName: 'Ben', familyName: 'Baker', email: 'ben@example.org' })) as { readonly id: string };
  await page.goto(`${host.origin}/import`);

  await test.step('the file is told from one of leads, and comes in', async () => {
    const path = join(host.profile, 'mailer.csv');
    writeFileSync(path, mailer);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a file' }).click();
    await (await chooser).setFiles(path);
    await expect(page.getByRole('heading', { name: 'Opens and clicks of a mailer' })).toBeVisible();
    await expect(page.getByLabel('Column of “Which message”')).toHaveValue('3');
    await page.getByRole('button', { name: 'Bring in' }).click();
    await expect(page.getByText('8 events came in, of 2 leads')).toBeVisible();
    await expect(page.getByTitle('Opens and clicks that count for the score')).toContainText('2');
    await expect(page.getByTitle('Scanners, sweeps through all links, and opens before the delivery')).toContainText('4');
  });

  await test.step('Ben’s page tells the score with and without, and why', async () => {
    await page.goto(`${host.origin}/leads/${ben.id}`);
    await expect(page.getByText(/if 1 open and 3 clicks counted/)).toBeVisible();
    await expect(page.getByRole('region', { name: 'What happened' }).getByText('Clicked 3 links')).toBeVisible();
    await expect(page.getByText('Proofpoint scans mail for harm').filter({ visible: true }).first()).toBeVisible();
    await expect(page.getByText('Within 1 second of the delivery').filter({ visible: true }).first()).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('a person overrules one click, the score rises, and undo takes it back', async () => {
    await page.getByRole('button', { name: 'It was a person' }).first().click();
    await expect(page.getByText(/if 1 open and 2 clicks counted/)).toBeVisible();
    await expect(page.getByText(/Ada Lovelace said so/).filter({ visible: true })).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(page.getByText(/if 1 open and 3 clicks counted/)).toBeVisible();
    await expect(page.getByText(/Ada Lovelace said so/).filter({ visible: true })).toHaveCount(0);
  });
});
