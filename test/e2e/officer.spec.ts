import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import type { Answer } from '#contract/answer';
import { callFrom, expect, test } from '#test/support/host';

const owner = { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase: 'four ordinary words', workspace: 'admissions', sample: true } as const;

/** A workspace with made-up leads, and the app at Today. */
async function withSampleLeads(page: Page): Promise<void> {
  await callFrom(page, 'platform.workspaces.create', owner);
  const { jobId } = (await callFrom(page, 'admissions.imports.sample', {})) as unknown as { jobId: string };
  await expect.poll(async () => (await callFrom(page, 'platform.jobs.get', { jobId })).state, { timeout: 30_000 }).toBe('succeeded');
  await page.reload();
}

test('a morning by keyboard alone, followed in a second window', async ({ app: page, host, context }) => {
  test.setTimeout(120_000);
  await page.goto(host.origin);
  await withSampleLeads(page);
  const queue = page.getByRole('list', { name: 'Whom to contact first' });
  const open = queue.locator('[aria-current]');
  await expect(open).toBeVisible();
  const other = await context.newPage();
  await other.goto(host.origin);
  const otherQueue = other.getByRole('list', { name: 'Whom to contact first' });
  await expect(otherQueue.locator('> li').first()).toBeVisible();

  await test.step('j and k move; l logs; the next one slides up, in both windows', async () => {
    const first = (await open.getAttribute('id')) ?? '';
    await page.keyboard.press('j');
    await expect(open).not.toHaveAttribute('id', first);
    await page.keyboard.press('k');
    await expect(open).toHaveAttribute('id', first);
    await page.keyboard.press('l');
    await page.keyboard.press('n');
    await page.keyboard.type('Rang: will send her grades.');
    await page.keyboard.press('Control+Enter');
    await expect(queue.locator(`#${first}`)).toBeHidden();
    await expect(open).toBeVisible();
    await expect(otherQueue.locator(`#${first}`)).toBeHidden();
    await page.keyboard.press('u');
    await expect(queue.locator(`#${first}`)).toBeVisible();
    await expect(otherQueue.locator(`#${first}`)).toBeVisible();
  });

  await test.step('s puts a lead off, and undo brings it back', async () => {
    const first = (await queue.locator('> li').first().getAttribute('id')) ?? '';
    await page.keyboard.press('k');
    await expect(open).toHaveAttribute('id', first);
    await page.keyboard.press('s');
    await page.getByRole('option', { name: 'In three days' }).click();
    await expect(queue.locator(`#${first}`)).toBeHidden();
    await page.keyboard.press('u');
    await expect(queue.locator(`#${first}`)).toBeVisible();
  });

  await test.step('the palette finds a lead by a part of the name', async () => {
    const name = (await callFrom(page, 'admissions.triage.queue', { limit: 1 })).items[0]?.lead.name ?? '';
    await page.keyboard.press('Control+k');
    await page.keyboard.type(name.slice(0, 5));
    await page.getByRole('option', { name }).first().click();
    await expect(page.getByRole('heading', { name, level: 2 })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Score and why' })).toBeVisible();
  });

  await test.step('every key is listed at ?', async () => {
    await page.keyboard.press('?');
    await expect(page.getByRole('dialog', { name: 'Keyboard shortcuts' }).getByText('Log a contact')).toBeVisible();
    await page.keyboard.press('Escape');
  });
});

test('a list worked on: added to, searched, assigned many at once, exported', async ({ app: page, host }) => {
  test.setTimeout(120_000);
  await page.goto(host.origin);
  await withSampleLeads(page);
  await page.getByRole('link', { name: 'Leads', exact: true }).click();
  const grid = page.getByRole('grid', { name: 'Leads' });
  const rows = async (): Promise<number> => Number(await grid.getAttribute('aria-rowcount')) - 1;
  await expect.poll(rows).toBeGreaterThan(100);
  const before = await rows();

  await test.step('a lead is added by hand, with a formula for a name', async () => {
    await page.getByRole('button', { name: 'Add a lead' }).click();
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(page.getByText('Give a name, an e-mail address or a phone number')).toBeVisible();
    await page.getByLabel('First name').fill('=cmd|calc');
    await page.getByLabel('Family name').fill('Zwetschgenbaum');
    await page.getByLabel('E-mail').fill('zw@example.org');
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await expect(grid).toHaveAttribute('aria-rowcount', String(before + 2));
  });

  await test.step('a search finds it, and the address keeps the search', async () => {
    await page.keyboard.press('/');
    await page.keyboard.type('zwetschgen');
    await expect(grid).toHaveAttribute('aria-rowcount', '2');
    await expect(page).toHaveURL(/search=zwetschgen/);
    await page.reload();
    await expect(grid).toHaveAttribute('aria-rowcount', '2');
  });

  await test.step('what is found is exported, formulas neutralised', async () => {
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByText('CSV', { exact: true }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('dialog').getByRole('button', { name: 'Export' }).click();
    const text = readFileSync(await (await download).path(), 'utf8');
    expect(text).toContain("'=cmd|calc");
    expect(text).not.toMatch(/(^|[,"])=cmd/m);
  });

  await test.step('all that fit are assigned at once, and taken back', async () => {
    await page.getByRole('searchbox').fill('');
    await expect(grid).toHaveAttribute('aria-rowcount', String(before + 2));
    await page.getByRole('checkbox', { name: 'Choose every lead that fits' }).check();
    await page.getByRole('toolbar').getByRole('button', { name: 'Assign' }).click();
    await page.getByRole('option', { name: 'Ada Lovelace' }).click();
    const mine = async (): Promise<number> => (await callFrom(page, 'admissions.leads.list', { filter: { field: 'owner', isNotEmpty: true }, limit: 1 })).total;
    await expect.poll(mine).toBe(before + 1);
    await expect(page.getByText(/leads assigned to Ada Lovelace/).first()).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect.poll(mine).toBeLessThan(before + 1);
  });

  await test.step('a refused call says why', async () => {
    const answer = await page.evaluate<Answer>(() => (window as unknown as { ivy: { call: (id: number, entry: string, input: unknown) => Promise<Answer> } }).ivy.call(1, 'admissions.leads.list', { limit: 100_000 }));
    expect(answer).toMatchObject({ ok: false, error: { code: 'invalid_input' } });
  });
});
