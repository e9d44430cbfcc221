import type { Page } from '@playwright/test';
import { expectAccessible } from '#test/support/accessible';
import { callFrom, expect, test } from '#test/support/host';

const owner = { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase: 'four ordinary words', workspace: 'admissions', sample: true } as const;

/** Starts a job as the page would, and waits for its end. */
async function jobOf(page: Page, entry: 'admissions.imports.sample' | 'models.training.run', input: object): Promise<unknown> {
  const { jobId } = (await callFrom(page, entry, input as never)) as unknown as { jobId: string };
  await expect.poll(async () => (await callFrom(page, 'platform.jobs.get', { jobId })).state, { timeout: 60_000 }).toBe('succeeded');
  return (await callFrom(page, 'platform.jobs.get', { jobId })).result;
}

test('what engines propose and people decide: a calendar, weights, and the chance by a model beside that by the rules', async ({ app: page, host }) => {
  test.setTimeout(180_000);
  await page.goto(host.origin);
  await callFrom(page, 'platform.workspaces.create', owner);
  await jobOf(page, 'admissions.imports.sample', {});
  const { items } = await callFrom(page, 'admissions.leads.list', { limit: 1 });
  const lead = items[0]!;

  await test.step('a lead says that no model serves, and why', async () => {
    await page.goto(`${host.origin}/leads/${lead.id}`);
    await expect(page.getByText(/No model serves/)).toBeVisible();
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

  await test.step('weights are fitted on demand, and what came of it is told', async () => {
    const proposed = page.locator('#proposed-weights');
    await proposed.getByRole('button', { name: 'Look now' }).click();
    await expect(proposed.getByText(/Ivy looked/)).toBeVisible({ timeout: 20_000 });
    const { proposal } = await callFrom(page, 'admissions.triage.proposal.get', {});
    if (proposal?.verdict === 'proposal') {
      await expect(proposed.getByRole('table').first()).toBeVisible();
      await proposed.getByRole('button', { name: 'Take these weights' }).click();
      await expect(proposed.getByText(/were taken/)).toBeVisible();
      expect((await callFrom(page, 'admissions.triage.config.get', {})).weights).toEqual(proposal.proposed);
    } else await expect(proposed.getByText(/Nothing better was found|It takes 40/)).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('a model that serves says its chance beside the rules', async () => {
    const trained = (await jobOf(page, 'models.training.run', { modelType: 'gradient_boosting', folds: 2 })) as { modelId: string; gate: { passes: boolean } };
    if (!trained.gate.passes) test.skip(true, 'The model of the made-up leads does not beat the rules.');
    await callFrom(page, 'models.registry.activate', { modelId: trained.modelId });
    await page.goto(`${host.origin}/leads/${lead.id}`);
    await expect(page.getByText('Chance by the model')).toBeVisible();
    await expect(page.getByText(/Model confidence/)).toBeVisible();
    await expectAccessible(page);
  });
});
