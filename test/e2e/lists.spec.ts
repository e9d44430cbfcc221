import readXlsxFile from 'read-excel-file/node';
import { expectAccessible } from '#test/support/accessible';
import { callFrom, expect, test, watch } from '#test/support/host';

const owner = { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase: 'four ordinary words', workspace: 'admissions', sample: true } as const;

test('many leads are worked on at once: filtered, grouped, tagged, moved, taken back, exported', async ({ app: page, host }) => {
  test.setTimeout(150_000);
  const complaints = await watch(page);
  await page.goto(host.origin);
  await callFrom(page, 'platform.workspaces.create', owner);
  const { jobId } = (await callFrom(page, 'admissions.imports.sample', {})) as unknown as { jobId: string };
  await expect.poll(async () => (await callFrom(page, 'platform.jobs.get', { jobId })).state, { timeout: 30_000 }).toBe('succeeded');
  const open = { field: 'stage', in: ['enquiry', 'contacted'] } as const;
  const ucas = { all: [open, { field: 'source', is: 'UCAS' } as const] };
  const leadsIn = async (filter: Parameters<typeof callFrom<'admissions.leads.list'>>[2]) => (await callFrom(page, 'admissions.leads.list', filter)).items;
  const before = await leadsIn({ filter: ucas, limit: 500, sort: [{ field: 'name', direction: 'ascending' }] });
  const refused = before[0]!;
  await callFrom(page, 'admissions.leads.update', { id: refused.id, emailConsent: false });
  const stages = async () => (await leadsIn({ filter: { field: 'source', is: 'UCAS' }, limit: 500 })).filter(({ id }) => before.some((lead) => lead.id === id)).map(({ stage }) => stage);
  const tagged = async () => (await callFrom(page, 'admissions.leads.list', { filter: { field: 'tags', is: 'Fair 2026' }, limit: 1 })).total;

  await test.step('a filter is grouped by source, with what each group and all of them come to', async () => {
    await page.goto(`${host.origin}/leads?${new URLSearchParams({ filter: JSON.stringify([open]), columns: 'name,contact,email,stage,tags,enquiredAt,score', sort: 'name', direction: 'ascending' }).toString()}`);
    await page.getByRole('button', { name: 'Group', exact: true }).click();
    await page.getByRole('combobox', { name: 'Group' }).selectOption('source');
    await page.keyboard.press('Escape');
    await expect(page).toHaveURL(/group=source/);
    const { groups, total } = await callFrom(page, 'admissions.leads.groups', { filter: open, by: 'source' });
    await expect(page.getByRole('treegrid', { name: 'Leads' }).getByRole('row')).toHaveCount(groups.length + 1);
    await expect(page.getByRole('row', { name: /UCAS/ })).toContainText(`expect ${String(Math.round(groups.find(({ key }) => key === 'UCAS')!.expected!))}`);
    await expect(page.getByRole('region', { name: 'All leads that fit' })).toContainText(`${String(total.leads)} leads in all`);
  });

  await test.step('a group is opened by keyboard and chosen; each row says how its person may be contacted', async () => {
    await page.getByRole('row', { name: /UCAS/ }).click();
    await page.keyboard.press('ArrowRight');
    await expect(page.getByRole('button', { name: `E-mail ${refused.name}: Asked not to be e-mailed` })).toBeVisible();
    await page.keyboard.press('x');
    await expect(page.getByRole('toolbar')).toContainText(`${String(before.length)} of`);
    await expectAccessible(page);
  });

  await test.step('the group is tagged and moved', async () => {
    await page.getByRole('toolbar').getByRole('button', { name: 'Tag' }).click();
    await page.getByLabel('Find a tag, or name a new one').fill('Fair 2026');
    await page.keyboard.press('Enter');
    await expect(page.getByText(`Tags of ${String(before.length)} leads changed`).first()).toBeVisible();
    expect(await tagged()).toBe(before.length);
    await page.getByRole('toolbar').getByRole('button', { name: 'Move' }).click();
    await page.getByRole('option', { name: 'Qualified' }).click();
    await expect(page.getByText(`${String(before.length)} leads moved to Qualified`).first()).toBeVisible();
    expect(new Set(await stages())).toEqual(new Set(['qualified']));
  });

  await test.step('moving is taken back: each has its own stage again, save what somebody has changed since', async () => {
    await callFrom(page, 'admissions.leads.update', { id: refused.id, stage: 'applied' });
    await page.getByRole('button', { name: 'Undo' }).last().click();
    await expect(page.getByText(`Left, because somebody has changed it since: ${refused.name}`).first()).toBeVisible();
    expect((await stages()).sort()).toEqual(before.map(({ id, stage }) => (id === refused.id ? 'applied' : stage)).sort());
    expect(await tagged()).toBe(before.length);
  });

  await test.step('what is shown is written to a workbook without who said no, and read back', async () => {
    await page.goto(`${host.origin}/leads?${new URLSearchParams({ filter: JSON.stringify([{ field: 'tags', is: 'Fair 2026' }]), columns: 'name,email,stage,tags,enquiredAt,score' }).toString()}`);
    await page.getByRole('button', { name: 'Export' }).click();
    const { refused: refusals } = (await callFrom(page, 'admissions.leads.groups', { filter: { field: 'tags', is: 'Fair 2026' } })).total.email;
    await page.getByLabel(`${String(refusals)} who asked not to be e-mailed`).check();
    const download = page.waitForEvent('download');
    await page.getByRole('dialog').getByRole('button', { name: 'Export' }).click();
    const [sheet] = (await readXlsxFile(await (await download).path())) as unknown as { data: unknown[][] }[];
    const [header, ...rows] = sheet!.data;
    expect(header).toEqual(['Name', 'E-mail', 'May be e-mailed', 'Stage', 'Tags', 'Enquiry date', 'Score']);
    expect(rows).toHaveLength(before.length - refusals);
    expect(rows.some(([name]) => name === refused.name)).toBe(false);
    expect(rows.every(([, , , , tags, at, score]) => tags === 'Fair 2026' && at instanceof Date && typeof score === 'number')).toBe(true);
    await expect(page.getByText(/who said no w(as|ere) left out/).first()).toBeVisible();
  });
  expect(complaints).toEqual({ violations: [], errors: [] });
});
