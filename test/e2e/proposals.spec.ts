import type { Page } from '@playwright/test';
import { seededRng } from '#domain/kernel/rng';
import { expectAccessible } from '#test/support/accessible';
import { callFrom, expect, test } from '#test/support/host';

const owner = { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase: 'four ordinary words', workspace: 'admissions', timeZone: 'Europe/London' } as const;

/** Leads whose source tells more of their outcome than today's weights say. */
function outcomes(rows: number): string {
  const random = seededRng(11);
  const lines = Array.from({ length: rows }, (_, row) => {
    const source = ['Referral', 'Advert', 'Fair'][Math.floor(random() * 3)]!;
    const visits = Math.floor(random() * 20);
    const month = 1 + Math.floor(random() * 12);
    const converted = random() < 1 / (1 + Math.exp(2.4 - visits / 12 - (month === 8 ? 1.5 : 0) - (source === 'Referral' ? 3 : source === 'Fair' ? 1.5 : 0)));
    return `W-${String(row)},Lead ${String(row)},w${String(row)}@college.ac.uk,${source},${String(visits)},${converted ? 'yes' : 'no'},${String(2023 + (row % 3))}-${String(month).padStart(2, '0')}-11`;
  });
  return `Lead ID,First name,Email,Source,Web visits,Converted,Enquiry date\n${lines.join('\n')}\n`;
}

/** Starts a job as the page would, and waits for its end. */
async function jobOf(page: Page, entry: 'admissions.imports.run' | 'models.training.run', input: object): Promise<unknown> {
  const { jobId } = (await callFrom(page, entry, input as never)) as unknown as { jobId: string };
  await expect.poll(async () => (await callFrom(page, 'platform.jobs.get', { jobId })).state, { timeout: 60_000 }).toBe('succeeded');
  return (await callFrom(page, 'platform.jobs.get', { jobId })).result;
}

test('what engines propose and people decide: a calendar, weights, and the chance by a model beside that by the rules', async ({ app: page, host }) => {
  test.setTimeout(180_000);
  await page.goto(host.origin);
  await callFrom(page, 'platform.workspaces.create', owner);
  const fileId = await page.evaluate(async (text) => {
    const response = await fetch('/uploads?name=leads.csv', { method: 'POST', headers: { 'x-ivy': '1' }, body: text });
    return ((await response.json()) as { result: { fileId: string } }).result.fileId;
  }, outcomes(480));
  await jobOf(page, 'admissions.imports.run', { fileId });
  const lead = (await callFrom(page, 'admissions.leads.list', { limit: 1 })).items[0]!;
  const panel = page.getByRole('region', { name: 'When, and among whom' });

  await test.step('a lead says that no model serves, and why', async () => {
    await page.goto(`${host.origin}/leads/${lead.id}`);
    await expect(panel.getByText(/No model serves yet/)).toBeVisible();
  });

  await test.step('the academic calendar is edited, refused where it is wrong, and saved', async () => {
    await page.goto(`${host.origin}/settings#calendar`);
    const section = page.locator('#calendar');
    await section.getByRole('button', { name: 'Add a period' }).click();
    const row = section.getByRole('listitem').last();
    await row.getByLabel('Name').fill('Easter');
    await row.getByLabel('From: day').fill('31');
    await section.getByRole('button', { name: 'Save' }).click();
    await expect(row.getByText('No such day.')).toBeVisible();
    await row.getByLabel('From: day').fill('3');
    await row.getByLabel('Until: day').fill('17');
    await row.getByLabel('Year').fill('2026');
    await section.getByRole('button', { name: 'Save' }).click();
    await expect(section.getByText(/Changed .* by Ada Lovelace/)).toBeVisible();
    expect((await callFrom(page, 'admissions.calendar.get', {})).calendar.periods.at(-1)).toMatchObject({ name: 'Easter', from: '04-03', until: '04-17', year: 2026 });
  });

  await test.step('weights are fitted on demand, shown beside today’s, and hold once they are taken', async () => {
    const proposed = page.locator('#proposed-weights');
    await proposed.getByRole('button', { name: 'Look now' }).click();
    await expect(proposed.getByText(/foretell outcomes better than chance explains/)).toBeVisible();
    await expect(proposed.getByRole('region', { name: /What this would/ }).or(proposed.getByRole('table').nth(1))).toBeVisible();
    await expectAccessible(page);
    await proposed.getByRole('button', { name: 'Take these weights' }).click();
    await expect(proposed.getByText(/were taken/)).toBeVisible();
    const { proposal } = await callFrom(page, 'admissions.triage.proposal.get', {});
    expect((await callFrom(page, 'admissions.triage.config.get', {})).weights).toEqual(proposal?.proposed);
  });

  await test.step('a model that serves says when, and among whom', async () => {
    const { modelId } = (await jobOf(page, 'models.training.run', { modelType: 'logistic_regression', folds: 2 })) as { modelId: string };
    await callFrom(page, 'models.registry.activate', { modelId });
    await page.goto(`${host.origin}/leads/${lead.id}`);
    await expect(panel.getByText(/the next best month is/)).toBeVisible();
    await expect(panel.getByText(/of the leads from .* convert/)).toBeVisible();
    await expectAccessible(page);
  });
});
