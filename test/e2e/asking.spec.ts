import { expectAccessible } from '#test/support/accessible';
import { answer as reply, startMessagesServer, testKey } from '#test/doubles/messagesServer';
import { callFrom, expect, test, watch } from '#test/support/host';

const owner = { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase: 'four ordinary words', workspace: 'admissions', sample: true } as const;

test('an officer asks in plain English, goes on, changes the chips, looks at charts, saves the question and opens it in Leads', async ({ app: page, host }) => {
  test.setTimeout(120_000);
  const complaints = await watch(page);
  await page.goto(host.origin);
  await callFrom(page, 'platform.workspaces.create', owner);
  await page.goto(`${host.origin}/ask?q=stalled+leads`);
  await expect(page.getByText('There are no leads yet. Import a file or add one, then ask again.')).toBeVisible();
  const { jobId } = (await callFrom(page, 'admissions.imports.sample', {})) as unknown as { jobId: string };
  await expect.poll(async () => (await callFrom(page, 'platform.jobs.get', { jobId })).state, { timeout: 30_000 }).toBe('succeeded');
  const countOf = async (filter: Parameters<typeof callFrom<'admissions.leads.list'>>[2]) => (await callFrom(page, 'admissions.leads.list', { ...filter, limit: 1 })).total;
  const field = page.getByRole('combobox', { name: 'Ask about your leads' });
  const answer = page.getByRole('region', { name: 'Answer' });

  await test.step('what one types is completed by the workspace’s own words, by keyboard', async () => {
    await page.getByRole('link', { name: 'Ask' }).first().click();
    await page.keyboard.press('/');
    await expect(field).toBeFocused();
    await field.fill('stalled leads from UC');
    await expect(page.getByRole('option', { name: /stalled leads from UCAS/ })).toBeVisible();
    await page.keyboard.press('ArrowDown');
    await page.keyboard.press('Enter');
    await expect(field).toHaveValue('stalled leads from UCAS ');
    await page.keyboard.press('Enter');
  });

  const stalled = { field: 'blocker', is: 'engagement_stall' } as const;
  const ucas = { field: 'source', is: 'UCAS' } as const;
  const found = await countOf({ filter: { all: [stalled, ucas] } });

  await test.step('the answer is a number, chips and the leads themselves', async () => {
    expect(found).toBeGreaterThan(1);
    await expect(answer.getByRole('status')).toHaveText(`${String(found)} leads.`);
    await expect(answer.getByRole('button', { name: 'Change the filter: Source is UCAS' })).toBeVisible();
    await expect(page.getByRole('grid', { name: 'Leads' })).toHaveAttribute('aria-rowcount', String(found + 1));
    await expectAccessible(page);
  });

  await test.step('a question goes on from the answer, and says what it did not use', async () => {
    await field.fill('only those from London with purple hats');
    await page.keyboard.press('Enter');
    await expect(answer.getByText('Not used: “purple”, “hats”.')).toBeVisible();
    await expect(answer.getByRole('button', { name: 'Change the filter: City is London' })).toBeVisible();
    const london = await countOf({ filter: { all: [stalled, ucas, { field: 'city', is: 'London' }] } });
    await expect(answer.getByRole('status')).toHaveText(`${String(london)} lead${london === 1 ? '' : 's'}.`);
  });

  await test.step('a chip that is taken away changes the leads', async () => {
    await answer.getByRole('button', { name: 'Remove the filter: City is London' }).click();
    await expect(answer.getByRole('status')).toHaveText(`${String(found)} leads`);
    await expect(page).toHaveURL(/edited=/);
  });

  await test.step('charts count the same leads, each with its table; a segment opens its leads', async () => {
    await page.keyboard.press('2');
    const segment = page.getByRole('figure').filter({ hasText: 'Grouped by Stage' });
    const [{ key, leads } = { key: '', leads: 0 }] = (await callFrom(page, 'admissions.leads.groups', { filter: { all: [stalled, ucas] }, by: 'stage' })).groups;
    expect(key).not.toBe('');
    await expectAccessible(page);
    await segment.getByRole('list').getByRole('button').first().click();
    await expect(answer.getByRole('status')).toHaveText(`${String(leads)} lead${leads === 1 ? '' : 's'}`);
    await page.goBack();
    await page.keyboard.press('3');
    await expect(page.getByRole('region', { name: 'Insights' }).getByRole('listitem').first()).toBeVisible();
  });

  await test.step('groups are answered by groups', async () => {
    await page.getByRole('button', { name: 'New question' }).click();
    await field.fill('avarage score by sorce');
    await page.keyboard.press('Enter');
    await expect(answer.getByText('Read with other spellings: avarage → average, sorce → source.')).toBeVisible();
    const { groups } = await callFrom(page, 'admissions.leads.groups', { by: 'source' });
    await expect(page.getByRole('table').getByRole('row')).toHaveCount(groups.length + 1);
    await page.getByRole('button', { name: 'UCAS', exact: true }).click();
    await expect(answer.getByRole('status')).toHaveText(`${String(await countOf({ filter: ucas }))} leads`);
  });

  await test.step('what is not understood is said, and every way on is offered', async () => {
    await page.getByRole('button', { name: 'New question' }).click();
    await field.fill('zeige mir alle Interessenten mit hoher Punktzahl');
    await page.keyboard.press('Enter');
    await expect(answer.getByText('This looks like German. Ask understands English only so far.')).toBeVisible();
    await expect(answer.getByRole('button', { name: 'Show every lead' })).toBeVisible();
    await expect(page.getByRole('heading', { name: 'For example' })).toBeVisible();
  });

  await test.step('a question is saved and shared, found again, and opened as a view of Leads', async () => {
    await page.keyboard.press('Control+k');
    await page.getByPlaceholder('A name, a place to go, something to do').fill('top 5 leads from UCAS');
    await page.getByRole('option', { name: 'Ask: top 5 leads from UCAS' }).click();
    await expect(page.getByRole('grid', { name: 'Leads' })).toHaveAttribute('aria-rowcount', '6');
    await answer.locator('..').getByRole('button', { name: 'Save' }).click();
    await page.getByRole('dialog').getByLabel('Name').fill('Best of UCAS');
    await page.getByRole('dialog').getByLabel('Who sees it').selectOption('team');
    await page.getByRole('dialog').getByRole('button', { name: 'Save' }).click();
    await expect(page.getByText('Best of UCAS was saved').first()).toBeVisible();
    await page.getByRole('button', { name: 'New question' }).click();
    await expect(page.getByRole('button', { name: 'avarage score by sorce' })).toBeVisible();
    await page.getByRole('button', { name: /Best of UCAS/ }).first().click();
    await expect(answer.getByRole('status')).toHaveText(`${String(await countOf({ filter: ucas }))} leads.`);
    await page.getByRole('button', { name: 'Open in Leads' }).click();
    await expect(page).toHaveURL(/\/leads\?filter=/);
    await expect(page.getByRole('button', { name: 'Change the filter: Source is UCAS' })).toBeVisible();
  });
  expect(complaints).toEqual({ violations: [], errors: [] });
});

test('what the words of the machine are not enough for is read by a model, where one is allowed; the answer of the machine stays at hand', async ({ app: page, host }) => {
  test.setTimeout(120_000);
  const server = await startMessagesServer();
  try {
    const complaints = await watch(page);
    await page.goto(host.origin);
    await callFrom(page, 'platform.workspaces.create', owner);
    const { jobId } = (await callFrom(page, 'admissions.imports.sample', {})) as unknown as { jobId: string };
    await expect.poll(async () => (await callFrom(page, 'platform.jobs.get', { jobId })).state, { timeout: 30_000 }).toBe('succeeded');
    const answer = page.getByRole('region', { name: 'Answer' });
    const ask = async (text: string): Promise<void> => {
      await page.goto(`${host.origin}/ask?${new URLSearchParams({ q: text }).toString()}`);
    };
    await callFrom(page, 'platform.language.update', { baseUrl: server.url, key: testKey, purposes: ['ask'] });
    await callFrom(page, 'platform.language.agree', { agreed: true });
    const ucas = (await callFrom(page, 'admissions.leads.list', { filter: { field: 'source', is: 'UCAS' }, limit: 1 })).total;
    server.otherwise(() => reply(JSON.stringify({ groups: [[{ field: 'source', operator: 'is', values: ['UCAS'], unit: null, not: false }]], sort: null, limit: null, by: null, figure: null, unused: [], explanation: 'Leads that came by the national clearing house.' })));

    await test.step('the model reads it into chips, and says what it understood', async () => {
      await ask('whoever the national clearing house has sent over');
      await expect(page.getByText(/Read by the model .*Leads that came by the national clearing house\./)).toBeVisible();
      await expect(answer.getByRole('status')).toHaveText(`${String(ucas)} leads.`);
      await expect(answer.getByRole('button', { name: 'Change the filter: Source is UCAS' })).toBeVisible();
      await expectAccessible(page);
    });

    await test.step('the answer of the machine is one press away', async () => {
      await page.getByRole('button', { name: 'Show the answer of this machine' }).click();
      await expect(answer.getByRole('status')).toHaveText('That was not understood, so nothing was looked up.');
      await page.getByRole('button', { name: 'Show the model’s reading' }).click();
      await expect(answer.getByRole('status')).toHaveText(`${String(ucas)} leads.`);
    });

    await test.step('Escape stops a model that takes its time; a server that fails leaves the answer of the machine', async () => {
      server.otherwise(() => ({ kind: 'silence' }));
      await ask('anybody with a twinkle in their eye');
      await expect(page.getByText('asking the model…')).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.getByText('asking the model…')).toBeHidden();
      server.otherwise(() => reply('No JSON at all.'));
      await ask('leads from London with a twinkle in the eye');
      await expect(page.getByText('This is the answer of this machine. The model answered in a form that Ivy could not use, twice.')).toBeVisible();
      await expect(answer.getByRole('button', { name: 'Change the filter: City is London' })).toBeVisible();
    });

    await test.step('what the machine understands is not sent anywhere', async () => {
      const before = server.requests.length;
      await ask('leads from UCAS');
      await expect(answer.getByRole('status')).toHaveText(`${String(ucas)} leads.`);
      expect(server.requests).toHaveLength(before);
    });
    expect(complaints).toEqual({ violations: [], errors: [] });
  } finally {
    await server.close();
  }
});
