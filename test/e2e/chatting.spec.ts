import { expectAccessible } from '#test/support/accessible';
import { answer as reply, pseudonymsOf, startMessagesServer, testKey } from '#test/doubles/messagesServer';
import { callFrom, expect, test, watch } from '#test/support/host';

const owner = { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase: 'four ordinary words', workspace: 'admissions', sample: true } as const;

test('an officer chats beside the screen: from the figures of the machine, then with a model that only proposes; Escape stops and closes', async ({ app: page, host }) => {
  test.setTimeout(120_000);
  const server = await startMessagesServer();
  try {
    const complaints = await watch(page);
    await page.goto(host.origin);
    await callFrom(page, 'platform.workspaces.create', owner);
    const { jobId } = (await callFrom(page, 'admissions.imports.sample', {})) as unknown as { jobId: string };
    await expect.poll(async () => (await callFrom(page, 'platform.jobs.get', { jobId })).state, { timeout: 30_000 }).toBe('succeeded');
    const [lead] = (await callFrom(page, 'admissions.leads.list', { limit: 1 })).items;
    const total = (await callFrom(page, 'admissions.leads.list', { filter: { field: 'source', is: 'UCAS' }, limit: 1 })).total;
    await page.goto(`${host.origin}/leads/${lead!.id}`);
    const panel = page.getByRole('complementary', { name: 'Chat about leads' });
    const field = panel.getByRole('textbox', { name: 'Ask about leads' });

    await test.step('offline it answers about the lead on screen and says so; what it proposes opens the usual dialog', async () => {
      await expect(page.getByRole('heading', { name: lead!.name })).toBeVisible();
      await page.keyboard.press('Control+j');
      await expect(panel.getByText(`Ask about ${lead!.name}, or about all leads.`)).toBeVisible();
      await expect(field).toBeFocused();
      await field.fill('Why does this lead have this score?');
      await page.keyboard.press('Enter');
      await expect(panel.getByText('Offline answer, from the figures on this machine')).toBeVisible();
      await expect(panel.getByRole('listitem').getByText(`a score of ${String(Math.round(lead!.score!))} of 100`)).toBeVisible();
      await panel.getByRole('button', { name: `Log a contact with ${lead!.name}` }).click();
      await expect(page.getByRole('dialog').getByText(`Log a contact with ${lead!.name}`)).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(page.getByRole('dialog')).toBeHidden();
      await expect(panel).toBeVisible();
      await expectAccessible(page);
    });

    await test.step('about many leads it counts as Leads does, and the names lead to them', async () => {
      await field.fill('leads from UCAS');
      await page.keyboard.press('Enter');
      await expect(panel.getByRole('log').getByText(`${String(total)} leads.`)).toBeAttached();
      await field.fill('x'.repeat(5_000));
      await expect(panel.getByText(/1,000 letters too many/)).toBeVisible();
      await field.fill('');
      const link = panel.getByRole('link').filter({ hasNotText: /Why|^$/ }).last();
      const name = await link.innerText();
      await link.click();
      await expect(page.getByRole('heading', { name })).toBeVisible();
      await expect(panel).toBeVisible();
    });

    await test.step('a model answers with pseudonyms put back; Escape stops it, and then closes the panel', async () => {
      await callFrom(page, 'platform.language.update', { baseUrl: server.url, key: testKey, purposes: ['chat'] });
      await callFrom(page, 'platform.language.agree', { agreed: true });
      await page.goto(`${host.origin}/leads/${lead!.id}`);
      await page.getByRole('button', { name: 'Chat about leads' }).click();
      await expect(panel.getByText('A model may answer; names are replaced before anything leaves.')).toBeVisible();
      server.otherwise((request) => {
        const person = pseudonymsOf(request).find((name) => name.startsWith('PERSON')) ?? '';
        return reply(`${person} is worth a call.\n>> task | ${person} | Call about the open day`);
      });
      await field.fill('What should I do next for this lead?');
      await page.keyboard.press('Enter');
      await expect(panel.getByText('Written by the model')).toBeVisible();
      await expect(panel.getByRole('log')).toContainText('is worth a call.');
      await panel.getByRole('button', { name: /^Add a task for/ }).click();
      await expect(page.getByRole('dialog').getByRole('textbox').first()).toHaveValue('Call about the open day');
      await page.keyboard.press('Escape');
      server.otherwise(() => ({ kind: 'silence', after: 'Let me look that up for you. One moment', headers: true }));
      await field.fill('And then?');
      await page.keyboard.press('Enter');
      await expect(panel.getByText('Let me look that up for you.').first()).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(panel.getByText('Broken off')).toBeVisible();
      await field.focus();
      await page.keyboard.press('Escape');
      await expect(panel).toBeHidden();
    });

    await test.step('chats are kept, found again by their words, and deleted with undo', async () => {
      await page.keyboard.press('Control+j');
      await panel.getByRole('button', { name: 'Earlier chats' }).click();
      await panel.getByRole('searchbox', { name: 'Look in earlier chats' }).fill('no such words');
      await expect(panel.getByRole('status')).toHaveText('No chat holds “no such words”.');
      await panel.getByRole('searchbox').fill('leads from ucas');
      await expect(panel.getByRole('list', { name: 'Earlier chats' }).getByRole('listitem')).toHaveCount(1);
      await panel.getByRole('button', { name: /^Why does this lead/ }).click();
      await expect(panel.getByText(`${String(total)} leads.`).first()).toBeVisible();
      await panel.getByRole('button', { name: 'Earlier chats' }).click();
      await panel.getByRole('button', { name: 'Delete: Why does this lead have this score?' }).click();
      await expect(panel.getByRole('button', { name: 'Delete: Why does this lead have this score?' })).toBeHidden();
      await expect(panel.getByRole('button', { name: 'Delete: What should I do next for this lead?' })).toBeVisible();
      await page.getByRole('button', { name: 'Undo' }).first().click();
      await expect(panel.getByRole('button', { name: 'Delete: Why does this lead have this score?' })).toBeVisible();
    });

    await test.step('on a narrow screen it covers the screen, and makes way for a lead', async () => {
      await page.setViewportSize({ width: 360, height: 740 });
      await panel.getByRole('button', { name: /^Why does this lead/ }).click();
      await expectAccessible(page);
      await panel.getByRole('link', { name: lead!.name }).first().click();
      await expect(panel).toBeHidden();
      await expect(page.getByRole('heading', { name: lead!.name })).toBeVisible();
    });
    expect(complaints).toEqual({ violations: [], errors: [] });
  } finally {
    await server.close();
  }
});
