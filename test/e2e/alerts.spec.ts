import type { Page } from '@playwright/test';
import { expectAccessible } from '#test/support/accessible';
import { callFrom, expect, test } from '#test/support/host';

const owner = { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase: 'four ordinary words', workspace: 'admissions' } as const;

/** A workspace with three leads whom nobody can reach, one of them wanted more than the others, and the app at Today. */
async function withUnreachableLeads(page: Page): Promise<void> {
  await callFrom(page, 'platform.workspaces.create', owner);
  for (const givenName of ['Zara', 'Jan', 'Ines']) await callFrom(page, 'admissions.leads.create', { givenName, familyName: 'Patel', source: 'UCAS', course: 'Law' });
  await page.reload();
}

test('an alert from its blocker to the end of it, by keyboard', async ({ app: page, host }) => {
  test.setTimeout(120_000);
  await page.goto(host.origin);
  await withUnreachableLeads(page);
  const list = page.getByRole('list', { name: 'Alerts' });
  const open = list.locator('[aria-current]');
  const inNavigation = page.getByRole('navigation', { name: 'Places' }).getByRole('link', { name: 'Alerts' });

  await test.step('Today says in one line what came, and leads there', async () => {
    await expect(page.getByText('3 escalated since yesterday')).toBeVisible();
    await expectAccessible(page);
    await expect(inNavigation).toContainText('3');
    await page.getByRole('link', { name: 'To the alerts' }).click();
    await expect(list.locator('> li')).toHaveCount(3);
    await expectAccessible(page);
  });

  await test.step('j and k move; a takes it on, u takes that back', async () => {
    const first = (await open.getAttribute('id')) ?? '';
    await page.keyboard.press('j');
    await expect(open).not.toHaveAttribute('id', first);
    await page.keyboard.press('k');
    await expect(open).toHaveAttribute('id', first);
    await page.keyboard.press('a');
    await expect(open.getByText('Taken on', { exact: true })).toBeVisible();
    await page.keyboard.press('u');
    await expect(open.getByText('Taken on', { exact: true })).toBeHidden();
    await page.keyboard.press('a');
    await expect(open.getByText('Taken on', { exact: true })).toBeVisible();
  });

  await test.step('s puts one off, r settles one with a note; the next one slides up', async () => {
    await page.keyboard.press('s');
    await page.getByRole('option', { name: 'In three days' }).click();
    await expect(list.locator('> li')).toHaveCount(2);
    await expect(inNavigation).toContainText('2');
    await page.keyboard.press('r');
    await page.getByLabel('What was done').fill('She will send her number.');
    await expectAccessible(page);
    await page.keyboard.press('Control+Enter');
    await expect(list.locator('> li')).toHaveCount(1);
    await page.getByText('Resolved', { exact: true }).first().click();
    await expect(list.getByText('She will send her number.')).toBeVisible();
    await page.getByText('Waiting', { exact: true }).click();
  });

  await test.step('o opens the lead, whose card has the same; what mends the lead settles the alert', async () => {
    await expect(open).toBeVisible();
    await page.keyboard.press('o');
    const card = page.getByRole('region', { name: 'To watch' });
    await card.getByRole('button', { name: 'Take on' }).click();
    await expect(card.getByText('Taken on')).toBeVisible();
    await expectAccessible(page);
    const id = new URL(page.url()).pathname.split('/').at(-1) ?? '';
    await callFrom(page, 'admissions.leads.update', { id, email: 'zara@example.com', phone: '+447700900001' });
    await inNavigation.click();
    await expect(page.getByRole('heading', { name: 'No alert is waiting' })).toBeVisible();
    await expectAccessible(page);
  });
});

test('an urgent alert is told in the tab, once', async ({ app: page, host }) => {
  await page.goto(host.origin);
  await callFrom(page, 'platform.workspaces.create', owner);
  // At any hour of the night in which this test may run.
  await callFrom(page, 'platform.settings.update', { quietFrom: '00:00', quietUntil: '00:00' });
  await callFrom(page, 'admissions.triage.config.update', { configuration: { bands: { high: 2, medium: 1 } } });
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Today' })).toBeVisible();
  await callFrom(page, 'admissions.leads.create', { givenName: 'Zara', source: 'UCAS', course: 'Law' });
  await callFrom(page, 'admissions.alerts.age', {});
  const message = page.getByRole('status').filter({ hasText: '1 urgent alert' }).or(page.getByText('1 urgent alert', { exact: true }));
  await expect(message.first()).toBeVisible();
  await page.getByRole('button', { name: 'Open', exact: true }).click();
  await expect(page).toHaveURL(/\/alerts$/);
});
