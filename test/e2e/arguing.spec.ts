import { readFileSync } from 'node:fs';
import type { Page } from '@playwright/test';
import { expectAccessible } from '#test/support/accessible';
import { callFrom, expect, test, watch } from '#test/support/host';

const owner = { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase: 'four ordinary words', workspace: 'admissions', sample: true } as const;

/** A workspace with made-up leads. */
async function withSampleLeads(page: Page): Promise<void> {
  await callFrom(page, 'platform.workspaces.create', owner);
  const { jobId } = (await callFrom(page, 'admissions.imports.sample', {})) as unknown as { jobId: string };
  await expect.poll(async () => (await callFrom(page, 'platform.jobs.get', { jobId })).state, { timeout: 30_000 }).toBe('succeeded');
  await page.reload();
}

test('a weight is argued about: previewed, applied, its effect looked up, and taken back', async ({ app: page, host }) => {
  test.setTimeout(150_000);
  const complaints = await watch(page);
  await page.goto(host.origin);
  await withSampleLeads(page);
  const [first, second] = (await callFrom(page, 'admissions.leads.list', { limit: 2 })).items;
  const scoreOf = async (): Promise<number | null> => (await callFrom(page, 'admissions.leads.get', { id: first!.id })).score;
  const before = await scoreOf();
  const weights = page.getByRole('region', { name: 'Weights', exact: true });

  await test.step('the preview says who rises and who falls, and writes nothing', async () => {
    await page.goto(`${host.origin}/settings`);
    await weights.getByLabel('Points for Recency').fill('5');
    await weights.getByLabel('Points for Course fit').fill('60');
    const preview = weights.getByRole('region', { name: 'What this does to the leads' });
    await expect(preview.getByRole('status')).toContainText(/Of [\d,]+ leads, [\d,]+ rise and [\d,]+ fall\./);
    await expect(preview.getByRole('table', { name: 'Rise most' }).getByRole('row')).toHaveCount(11);
    await expect(preview.getByRole('table', { name: 'Fall most' }).getByRole('row')).toHaveCount(11);
    await expectAccessible(page);
    expect(await scoreOf()).toBe(before);
  });

  await test.step('what was previewed comes to pass', async () => {
    const told = await callFrom(page, 'admissions.triage.config.preview', { weights: { recency: 5, courseFit: 60 } });
    await weights.getByLabel('Why (optional)').fill('Courses decide in spring.');
    await weights.getByRole('button', { name: 'Save and score anew' }).click();
    await expect(weights.getByText(/leads scored anew/)).toBeVisible({ timeout: 30_000 });
    const { lead, after } = told.risers[0]!;
    expect((await callFrom(page, 'admissions.leads.get', { id: lead.id })).score).toBe(after);
    expect(await scoreOf()).not.toBe(before);
  });

  await test.step('the lead’s page tells how its score moved and why', async () => {
    await page.goto(`${host.origin}/leads/${first!.id}`);
    const card = page.getByRole('region', { name: 'How the score moved' });
    await expect(card.getByRole('img', { name: /^The score from/ })).toBeVisible();
    await expect(card.getByRole('list', { name: 'Why' })).toContainText('Ada Lovelace changed the weights: Courses decide in spring.');
    await expect(card.getByRole('combobox', { name: 'From' })).toBeVisible();
    await card.getByText('Show the working').click();
    await expect(card.getByRole('table', { name: 'All versions' })).toContainText('The first score');
    await expectAccessible(page);
  });

  await test.step('two leads stand side by side', async () => {
    await page.getByRole('button', { name: 'Compare with…' }).click();
    await page.keyboard.type(second!.name.slice(0, 6));
    await page.getByRole('option', { name: second!.name }).first().click();
    const dialog = page.getByRole('dialog', { name: `${first!.name} and ${second!.name}` });
    await expect(dialog.getByRole('status')).toContainText(/ahead|same score/);
    await expect(dialog.getByRole('row')).toHaveCount(8);
    await expectAccessible(page);
    await page.keyboard.press('Escape');
    await expect(dialog).toBeHidden();
    await page.getByRole('button', { name: 'Compare with…' }).click();
    await page.keyboard.press('Escape');
    await expect(page.getByRole('dialog')).toBeHidden();
  });

  await test.step('one goes back to the weights of before, and back again', async () => {
    await page.goto(`${host.origin}/settings`);
    await weights.getByRole('button', { name: /^Go back to what held on/ }).first().click();
    await expect.poll(scoreOf, { timeout: 30_000 }).toBe(before);
    expect((await callFrom(page, 'admissions.triage.config.get')).history[0]).toMatchObject({ by: 'Ada Lovelace' });
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect.poll(async () => (await callFrom(page, 'admissions.triage.config.get')).weights.courseFit).toBe(60);
    expect((await callFrom(page, 'admissions.triage.config.get')).history).toHaveLength(4);
  });
  expect(complaints).toEqual({ violations: [], errors: [] });
});

test('a view is saved, reopened, exported, changed, removed and put back', async ({ app: page, host }) => {
  test.setTimeout(120_000);
  await page.goto(host.origin);
  await withSampleLeads(page);
  const [lead] = (await callFrom(page, 'admissions.leads.list', { filter: { field: 'source', isNotEmpty: true }, limit: 1 })).items;
  const condition = { field: 'source', is: lead!.source! } as const;
  const { total } = await callFrom(page, 'admissions.leads.list', { filter: condition, limit: 1 });
  const grid = page.getByRole('grid', { name: 'Leads' });
  const rows = async (): Promise<number> => Number(await grid.getAttribute('aria-rowcount')) - 1;
  const menu = page.getByRole('button', { name: /^View/ });

  await test.step('what is shown is saved under a name', async () => {
    await page.goto(`${host.origin}/leads?${new URLSearchParams({ filter: JSON.stringify([condition]), sort: 'name', direction: 'ascending' }).toString()}`);
    await expect.poll(rows).toBe(total);
    await menu.click();
    await page.getByRole('menuitem', { name: 'Save as a view…' }).click();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page.getByText('Give the view a name')).toBeVisible();
    await page.getByLabel('Name', { exact: true }).fill('Open days');
    await page.getByLabel('Who sees it').selectOption('everyone');
    await expectAccessible(page);
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(page).toHaveURL(/\?view=[0-9a-f-]+$/);
    await expect(menu).toHaveAccessibleName('View: Open days');
  });

  await test.step('it is opened again by its address and by the menu, and exported', async () => {
    await page.reload();
    await expect.poll(rows).toBe(total);
    await page.goto(`${host.origin}/leads`);
    await expect.poll(rows).toBeGreaterThan(total);
    await menu.click();
    await expectAccessible(page);
    await page.getByRole('menuitem', { name: 'Open days' }).click();
    await expect.poll(rows).toBe(total);
    await page.getByRole('button', { name: 'Export' }).click();
    await page.getByText('CSV', { exact: true }).click();
    const download = page.waitForEvent('download');
    await page.getByRole('dialog').getByRole('button', { name: 'Export' }).click();
    const lines = readFileSync(await (await download).path(), 'utf8').trim().split(/\r?\n/);
    expect(lines).toHaveLength(total + 1);
  });

  await test.step('a change is told, and kept when asked', async () => {
    await page.getByRole('searchbox').fill('a');
    await expect(page).toHaveURL(/view=.*search=a/);
    await expect(menu).toContainText('changed');
    await menu.click();
    await page.getByRole('menuitem', { name: 'Keep the changes in Open days' }).click();
    await expect(page).toHaveURL(/\?view=[0-9a-f-]+$/);
    await expect(page.getByRole('searchbox')).toHaveValue('a');
  });

  await test.step('it is renamed, removed and put back', async () => {
    await menu.click();
    await page.getByRole('menuitem', { name: 'Name and sharing…' }).click();
    await page.getByLabel('Name', { exact: true }).fill('Fairs');
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await expect(menu).toHaveAccessibleName('View: Fairs');
    await menu.click();
    await page.getByRole('menuitem', { name: 'Remove Fairs' }).click();
    await expect(menu).toHaveAccessibleName('View');
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect(menu).toHaveAccessibleName('View: Fairs');
  });

  await test.step('200 conditions are shown as a few, and all of them hold', async () => {
    const { id } = await callFrom(page, 'admissions.views.create', { name: 'Many', filter: { all: Array.from({ length: 200 }, (_none, index) => ({ field: 'name', isNot: `Nobody ${String(index)}` })) } });
    await page.goto(`${host.origin}/leads?view=${id}`);
    await expect(page.getByRole('button', { name: 'and 188 more conditions' })).toBeVisible();
    await expect.poll(rows).toBeGreaterThan(total);
    await page.goto(`${host.origin}/leads?view=01890000-0000-7000-8000-000000000000`);
    await expect(page.getByText('That view is not here')).toBeVisible();
  });
});
