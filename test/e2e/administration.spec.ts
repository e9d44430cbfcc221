import type { Page } from '@playwright/test';
import { expectAccessible } from '#test/support/accessible';
import { expect, test } from '#test/support/host';

const passPhrase = 'four ordinary words';

/** Goes through the set-up by keyboard alone, as far as the page that asks with what to begin. */
async function setUp(page: Page, look: (at: Page) => Promise<void> = expectAccessible): Promise<void> {
  await expect(page.getByLabel('Your name')).toBeFocused();
  await look(page);
  await page.keyboard.press('Enter');
  await expect(page.getByText('Say who you are')).toBeVisible();
  await page.keyboard.type('Ada Lovelace');
  await page.keyboard.press('Tab');
  await page.keyboard.type('ada@school.example');
  await page.keyboard.press('Tab');
  await page.keyboard.type('Hill School');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'How is it protected?' })).toBeVisible();
  await expect(page.getByText('Anybody at this machine can open Ivy and read everything in it')).toBeVisible();
  await look(page);
  await page.getByRole('textbox', { name: 'Pass phrase' }).fill(passPhrase);
  await page.getByLabel('The same again').fill('something else');
  await page.keyboard.press('Enter');
  await expect(page.getByText('The two are not the same')).toBeVisible();
  await page.getByLabel('The same again').fill(passPhrase);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'What is it for?' })).toBeVisible();
  await expect(page.getByText('it comes later')).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(page.getByRole('heading', { name: 'How is it protected?' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'What is it for?' })).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'With what shall it begin?' })).toBeVisible();
  await look(page);
}

/** Makes the workspace and keeps the recovery key, which is shown this once. */
async function keepKey(page: Page): Promise<string> {
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: 'Keep your recovery key' })).toBeVisible();
  const key = await page.getByTestId('recovery-key').innerText();
  expect(key).toMatch(/^([0-9A-Z]{4}-){7}[0-9A-Z]{4}$/);
  await expect(page.getByRole('button', { name: 'Open Ivy' })).toBeDisabled();
  await expectAccessible(page);
  await page.getByLabel('I have kept the recovery key').check();
  await page.keyboard.press('Enter');
  return key;
}

async function goTo(page: Page, place: string): Promise<void> {
  await page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: place }).click();
  await expect(page.getByRole('heading', { level: 1, name: place })).toBeVisible();
}

/** Adds an officer and answers the pass phrase that is to be passed on. */
async function addOfficer(page: Page, name: string, email: string): Promise<string> {
  await page.getByRole('button', { name: 'Add a user' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('Name').fill(name);
  await dialog.getByLabel('E-mail').fill(email);
  await expect(dialog.getByLabel('Role')).toHaveValue('staff');
  const given = await dialog.getByLabel('First pass phrase').inputValue();
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(page.getByRole('heading', { name: `${name} can sign in now` })).toBeVisible();
  await expect(dialog.getByText(given)).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(dialog).toBeHidden();
  return given;
}

async function signIn(page: Page, link: string, email: string, given: string): Promise<void> {
  await page.goto(link);
  await page.getByLabel('E-mail').fill(email);
  await page.getByLabel('Pass phrase').fill(given);
  await page.keyboard.press('Enter');
}

test('an admin sets up, lets an officer in and out, changes what counts, and finds it all in the audit', async ({ app: page, browser, host }) => {
  test.setTimeout(120_000);
  await test.step('set up with sample data', async () => {
    await setUp(page);
    await keepKey(page);
    await expect(page.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible({ timeout: 30_000 });
    await expect(page.getByText('is filled with sample data')).toBeVisible();
  });

  const elsewhere = await browser.newContext();
  const officer = await elsewhere.newPage();
  const email = 'grace@school.example';
  const given = await test.step('add an officer', async () => {
    await goTo(page, 'Users');
    await expectAccessible(page);
    return addOfficer(page, 'Grace Hopper', email);
  });

  await test.step('the officer signs in, and sees no more than an officer may', async () => {
    await signIn(officer, await host.freshLink(), email, given);
    await expect(officer.getByRole('heading', { level: 1, name: 'Today' })).toBeVisible();
    const places = officer.getByRole('navigation', { name: 'Places' });
    await expect(places.getByRole('link', { name: 'Audit' })).toHaveCount(0);
    await goTo(officer, 'Users');
    await expect(officer.getByRole('button', { name: 'Add a user' })).toHaveCount(0);
    await goTo(officer, 'Settings');
    await expect(officer.getByLabel('Points for Engagement')).toBeDisabled();
    await expect(officer.getByRole('button', { name: 'Back up now' })).toHaveCount(0);
  });

  await test.step('is deactivated, and is out at once', async () => {
    const row = page.getByRole('row', { name: /Grace Hopper/ });
    await expect(row.getByText('Signed in')).toBeVisible();
    await row.getByRole('button', { name: 'Actions for Grace Hopper' }).click();
    await page.getByRole('menuitem', { name: 'Deactivate' }).click();
    await expect(row.getByText('Deactivated')).toBeVisible();
    await expect(officer.getByRole('heading', { name: 'Sign in' })).toBeVisible({ timeout: 3_000 });
    await officer.getByLabel('Pass phrase').fill(given);
    await officer.keyboard.press('Enter');
    await expect(officer.getByText('do not match')).toBeVisible();
  });

  await test.step('undo gives access again, with a new pass phrase', async () => {
    await page.getByRole('button', { name: 'Undo' }).click();
    const again = await page.getByRole('dialog').getByLabel('First pass phrase').inputValue();
    await page.getByRole('button', { name: 'Reactivate' }).click();
    await page.getByRole('button', { name: 'Done' }).click();
    await signIn(officer, `${host.origin}/settings`, email, again);
    await expect(officer.getByRole('heading', { level: 1, name: 'Settings' })).toBeVisible();
    await elsewhere.close();
  });

  await test.step('change the weights, and every lead is scored anew', async () => {
    await goTo(page, 'Settings');
    const weights = page.getByRole('region', { name: 'Weights' });
    await expect(weights.getByText('125 points in all')).toBeVisible();
    await expectAccessible(page);
    await weights.getByLabel('Points for Engagement').fill('65');
    await expect(weights.getByText('150 points in all')).toBeVisible();
    await expect(weights.getByText('Unsaved changes')).toBeVisible();
    await expect(weights.getByRole('region', { name: 'What this does to the leads' }).getByRole('status')).toContainText('rise');
    await weights.getByLabel('Why').fill('Visits tell more this year');
    await weights.getByRole('button', { name: 'Save and score anew' }).click();
    await expect(weights.getByText(/leads scored anew, [1-9]/)).toBeVisible({ timeout: 30_000 });
    await expect(weights.getByText('Unsaved changes')).toHaveCount(0);
    await expect(weights.getByText(/Visits tell more this year/)).toBeVisible();
    await expect(weights.getByText('65 · 30 · 20 · 20 · 15')).toBeVisible();
  });

  await test.step('find it in the audit, and verify the chain', async () => {
    await goTo(page, 'Audit');
    const entries = page.getByRole('table', { name: 'Audit' });
    await expect(entries.getByText('Changed how leads are scored')).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Verify the chain' }).click();
    await expect(page.getByText('The chain is whole')).toBeVisible();
    await page.getByLabel('What').selectOption({ label: 'Deactivated a user' });
    await expect(entries).toHaveAttribute('aria-rowcount', '2');
    await entries.getByRole('button', { name: 'Deactivated a user' }).click();
    await expect(page.getByRole('dialog').getByText('platform.users.deactivate')).toBeVisible();
    await expectAccessible(page);
  });
});

test('whoever has looked around begins with their own, and the sample goes', async ({ app: page, host }) => {
  test.setTimeout(120_000);
  const unseen = (): Promise<void> => Promise.resolve();
  await setUp(page, unseen);
  await keepKey(page);
  await expect(page.getByText('is filled with sample data')).toBeVisible({ timeout: 30_000 });
  await page.getByRole('link', { name: 'Begin with your own' }).click();
  const workspace = page.getByRole('region', { name: 'Workspace' });
  await workspace.getByRole('button', { name: 'Begin with your own' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByRole('button', { name: 'Delete the sample' })).toBeDisabled();
  await dialog.getByLabel('Type Hill School to delete it').fill('Hill School');
  await page.keyboard.press('Enter');
  await setUp(page, unseen);
  await page.getByLabel('Import my file').check();
  await keepKey(page);
  await expect(page).toHaveURL(`${host.origin}/import`);
  await expect(page.getByText('is filled with sample data')).toHaveCount(0);
});
