import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expectAccessible } from '#test/support/accessible';
import { callFrom, expect, test } from '#test/support/host';

const owner = { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase: 'four ordinary words', workspace: 'admissions' } as const;

const fair = [
  'Lead ID,First name,Last name,Email,Phone,Course,City',
  'F-1,Zara,Patel,zara@example.org,+44 7700 900001,,Leeds',
  'F-2,Zara,Patell,ZARA@example.org,,Law,York',
  'F-3,Katherine,Kowalski,kk@example.org,,Music,Leeds',
  'F-4,Catherine,Kowalski,,+44 7700 900002,Music,Leeds',
  'F-5,Jan,Berg,jan@example.org,,Law,Oslo',
  '',
].join('\n');

test('a pair from an import is merged and taken back, and another is judged not the same', async ({ app: page, host }) => {
  test.setTimeout(120_000);
  await callFrom(page, 'platform.workspaces.create', owner);
  await page.goto(`${host.origin}/duplicates`);

  await test.step('with nothing to judge the screen says what it is for', async () => {
    await expect(page.getByText('No pairs to judge')).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('an import brings an exact pair', async () => {
    await page.getByRole('link', { name: 'Import', exact: true }).click();
    const path = join(host.profile, 'fair.csv');
    writeFileSync(path, fair);
    const chooser = page.waitForEvent('filechooser');
    await page.getByRole('button', { name: 'Choose a file' }).click();
    await (await chooser).setFiles(path);
    await page.getByRole('button', { name: 'Check the file' }).click();
    // Like names are left to the look through all leads, below.
    await page.getByRole('checkbox', { name: /Also look for like names/ }).uncheck();
    await page.getByRole('button', { name: 'Import 5 leads' }).click();
    await expect(page.getByText(/5 leads came in/)).toBeVisible();
  });

  await test.step('the lead leads to the pair', async () => {
    const { items } = await callFrom(page, 'admissions.leads.list', { search: 'patell' });
    await page.goto(`${host.origin}/leads/${items[0]!.id}`);
    await expect(page.getByText('Perhaps the same person as')).toBeVisible();
    await page.getByRole('link', { name: 'compare' }).click();
    await expect(page.getByRole('region', { name: 'Zara Patel and Zara Patell side by side' })).toBeVisible();
  });

  const list = page.getByRole('list', { name: 'Pairs that may be one person' });

  await test.step('a look through all leads finds the like names', async () => {
    await page.getByRole('button', { name: 'Look for duplicates' }).click();
    await expect(page.getByText('1 new pair', { exact: true })).toBeVisible();
    await expect(list.getByRole('button')).toHaveCount(2);
    await expectAccessible(page);
  });

  await test.step('by keyboard: the second is kept, one value is chosen, the two are merged', async () => {
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await expect(list.locator('[aria-current]')).toContainText('Zara');
    await page.keyboard.press('2');
    await expect(page.getByRole('button', { name: 'Kept: 2, Zara Patell' })).toBeVisible();
    await page.getByRole('radio', { name: 'Last name: Patel', exact: true }).check();
    await expect(page.getByRole('radio', { name: 'Last name: Patell', exact: true })).not.toBeChecked();
    await page.keyboard.press('m');
    await expect(page.getByText('Merged into Zara Patel', { exact: true })).toBeVisible();
    await expect(list.getByRole('button')).toHaveCount(1);
    const { items, total } = await callFrom(page, 'admissions.leads.list', { search: 'zara' });
    expect([total, items[0]]).toEqual([1, expect.objectContaining({ name: 'Zara Patel', phone: '+447700900001', course: 'Law', city: 'York' })]);
  });

  await test.step('u takes it back', async () => {
    await page.keyboard.press('u');
    await expect(page.getByText('Zara Patell and Zara Patel are two leads again', { exact: true })).toBeVisible();
    await expect(list.getByRole('button')).toHaveCount(2);
    expect((await callFrom(page, 'admissions.leads.list', { search: 'zara' })).total).toBe(2);
  });

  await test.step('d says that the two are not the same, and that is remembered', async () => {
    await list.getByRole('button').filter({ hasText: 'Kowalski' }).click();
    await page.keyboard.press('d');
    await expect(list.getByRole('button')).toHaveCount(1);
    await page.getByRole('button', { name: 'Look for duplicates' }).click();
    await expect(page.getByText('0 new pairs', { exact: true })).toBeVisible();
    await page.getByText('Not the same', { exact: true }).click();
    await expect(list.getByRole('button')).toHaveCount(1);
    await page.getByRole('button', { name: 'Judge again' }).click();
    await expect(page.getByText('No pair was judged not the same')).toBeVisible();
  });

  await test.step('a merge can be taken back later, from the list of merges', async () => {
    await page.getByText('To judge', { exact: true }).click();
    await list.getByRole('button').filter({ hasText: 'Zara' }).click();
    await page.getByRole('button', { name: 'Merge M' }).click();
    await page.getByText('Merged', { exact: true }).click();
    await page.getByRole('button', { name: 'Take the merge back' }).click();
    await expect(page.getByText('Nothing was merged yet')).toBeVisible();
    expect((await callFrom(page, 'admissions.leads.list', { search: 'zara' })).total).toBe(2);
  });
});
