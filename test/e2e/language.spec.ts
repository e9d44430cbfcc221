import { expectAccessible } from '#test/support/accessible';
import { callFrom, expect, test, watch } from '#test/support/host';
import { answer, startMessagesServer, testKey } from '#test/doubles/messagesServer';

// An administrator lets a model help, sees what leaves and what it costs, and drafts an e-mail: without it, with it, and after it has gone.

test('a model is allowed, looked at before it gets anything, and done without', async ({ app: page }, info) => {
  const complaints = await watch(page);
  const server = await startMessagesServer();
  const shoot = (name: string) => (process.env.IVY_PICTURES === undefined ? Promise.resolve() : page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true }));
  await page.reload();
  await callFrom(page, 'platform.workspaces.create', { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase: null, workspace: 'both', timeZone: 'Europe/London' });
  const { id } = await callFrom(page, 'admissions.leads.create', { givenName: 'Zara', familyName: 'Patel', email: 'zara@example.org', course: 'Law' });
  const at = (path: string): string => new URL(path, page.url()).href;
  await page.goto(at('/language'));

  await test.step('nothing may leave at first, and the screen says so', async () => {
    await expect(page.getByText('Ivy answers from this machine alone')).toBeVisible();
    await expect(page.getByText('switched off here')).toBeVisible();
    await expectAccessible(page);
    await shoot('language-off');
  });

  await test.step('a draft comes from a template meanwhile', async () => {
    await page.goto(at(`/leads/${id}`));
    await page.getByRole('button', { name: 'Draft an e-mail' }).click();
    const dialog = page.getByRole('dialog');
    await expect(dialog.getByText('From templates, on this machine.')).toBeVisible();
    await dialog.getByRole('button', { name: 'From a template' }).click();
    await expect(dialog.getByLabel('Text')).toHaveValue(/^Hello Zara,/);
    await expectAccessible(page);
    await shoot('composer-offline');
    await page.keyboard.press('Escape');
    await page.goto(at('/language'));
  });

  await test.step('address and key are set and tried', async () => {
    await page.getByLabel('Address of the server').fill('http://example.com');
    await page.getByLabel('Key', { exact: true }).fill(testKey);
    const connection = page.getByRole('region', { name: 'Model and key' });
    await connection.getByRole('button', { name: 'Save' }).click();
    await expect(connection.getByText('Give an address that begins with https://')).toBeVisible();
    await page.getByLabel('Address of the server').fill(server.url);
    await connection.getByRole('button', { name: 'Save' }).click();
    await expect(connection.getByText('One that ends in cdef')).toBeVisible();
    server.next({ kind: 'error', status: 401, type: 'authentication_error' });
    await connection.getByRole('button', { name: 'Try it' }).click();
    await expect(connection.getByText('does not accept the key')).toBeVisible();
    await connection.getByRole('button', { name: 'Try it' }).click();
    await expect(connection.getByText(/answered within/)).toBeVisible();
  });

  await test.step('a purpose is allowed with a look each time, and the person agrees', async () => {
    const leaves = page.getByRole('region', { name: 'What may leave' });
    await leaves.getByText('Writing drafts').click();
    await leaves.getByText('Always', { exact: true }).click();
    await leaves.getByRole('button', { name: 'Save' }).click();
    await page.getByRole('button', { name: 'I agree that what I ask may leave' }).click();
    await expect(page.getByText('can be asked')).toBeVisible();
    const budget = page.getByRole('region', { name: 'Budget and limits' });
    await budget.getByLabel('Money a month, for all').fill('0.05');
    await budget.getByLabel('Officer: Requests a minute').fill('20');
    await budget.getByRole('button', { name: 'Save' }).click();
    await expect(budget.getByRole('button', { name: 'Discard' })).toBeHidden();
    expect((await callFrom(page, 'platform.language.settings')).settings).toMatchObject({ purposes: ['compose'], preview: 'always', monthlyMoney: 0.05, byRole: { staff: { requestsPerMinute: 20 } } });
    await expectAccessible(page);
    await shoot('language-on');
  });

  await test.step('a draft is written by the model after a look at what leaves', async () => {
    await page.goto(at(`/leads/${id}`));
    await page.getByRole('button', { name: 'Draft an e-mail' }).click();
    await page.getByLabel('What it should say besides').fill('Maria Garcia will call on Monday.');
    server.next(answer(JSON.stringify({ variants: [{ subject: 'About {course}', body: 'Hello {given_name},\n\nshall we talk about the course on Monday?\n\n{sender}, {school}' }] })));
    await page.getByRole('button', { name: 'Write a draft' }).click();
    const hold = page.getByRole('dialog', { name: /^Send this to 127/ });
    const body = await hold.getByRole('region', { name: 'The whole request' }).innerText();
    expect(body).toMatch(/PERSON_[0-9A-F]{8} will call on Monday/);
    expect(body).not.toMatch(/Garcia|Zara|Patel/);
    await expectAccessible(page);
    await shoot('preview');
    expect(server.requests.filter(({ raw }) => raw.includes('Monday'))).toEqual([]);
    await hold.getByRole('button', { name: 'Send it' }).click();
    await expect(page.getByText('Written by the model. Read it before you use it.')).toBeVisible();
    await expect(page.getByLabel('Text')).toHaveValue(/^Hello Zara,\n\nshall we talk/);
    await expectAccessible(page);
    await shoot('composer');
  });

  await test.step('a slow answer stops at Escape, and a look that is declined sends nothing', async () => {
    server.next({ kind: 'silence' });
    await page.getByRole('button', { name: 'Write a draft' }).click();
    await page.getByRole('button', { name: 'Send it' }).click();
    const stop = page.getByRole('button', { name: 'Stop' });
    await stop.focus();
    await page.keyboard.press('Escape');
    await expect(stop).toBeHidden();
    const before = server.requests.length;
    await page.getByRole('button', { name: 'Write a draft' }).click();
    await page.getByRole('button', { name: 'Do not send' }).click();
    await expect(page.getByText('From a template. Nothing was sent')).toBeVisible();
    expect(server.requests.length).toBe(before);
  });

  await test.step('once the server is gone, the template says why it stands there', async () => {
    await callFrom(page, 'platform.language.update', { preview: 'onDemand' });
    await server.close();
    await page.getByRole('button', { name: 'Write a draft' }).click();
    await expect(page.getByText('There is no connection to the model.')).toBeVisible();
    await expect(page.getByLabel('Text')).toHaveValue(/^Hello Zara,/);
    await page.keyboard.press('Escape');
  });

  await test.step('usage and every call are there to be looked at', async () => {
    await page.goto(at('/language/usage'));
    await expect(page.getByRole('region', { name: 'Usage and cost' }).getByText(/of \$0\.05/)).toBeVisible();
    const calls = page.getByRole('region', { name: 'Calls' });
    await expect(calls.getByText('Answered', { exact: true }).first()).toBeVisible();
    await expect(calls.getByText('Stopped')).toBeVisible();
    await expect(calls.getByText('Not sent')).toBeVisible();
    await expectAccessible(page);
    await shoot('usage');
    await calls.getByRole('row').filter({ hasText: 'Answered' }).filter({ hasText: 'Writing drafts' }).getByRole('button').click();
    await expect(page.getByRole('region', { name: 'What left' })).toContainText('PERSON_');
    await expect(page.getByRole('region', { name: 'What came back' })).toContainText('{given_name}');
    await shoot('call');
    await page.keyboard.press('Escape');
    await page.goto(at('/language/preview'));
    await page.getByLabel('Your text').fill('Please ring Maria Garcia on 07700 900123');
    await expect(page.getByLabel('As it would leave')).toHaveValue(/^Please ring PERSON_[0-9A-F]{8} on PHONE_[0-9A-F]{8}$/);
    await shoot('try');
  });
  // The address that was refused is the one thing that the browser minds.
  expect(complaints).toEqual({ violations: [], errors: ['Failed to load resource: the server responded with a status of 400 (Bad Request)'] });
});
