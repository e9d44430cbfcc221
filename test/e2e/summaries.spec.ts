import { expectAccessible } from '#test/support/accessible';
import { answer, startMessagesServer, testKey } from '#test/doubles/messagesServer';
import { callFrom, expect, test, watch } from '#test/support/host';

// A head reads the week and the page for heads, opens what a figure counts, and has a lead’s story phrased: by a model, by one that adds,
// and not at all where the person said no.

test('summaries rest on figures that open, by the words of this machine and by a model that is held to them', async ({ app: page }, info) => {
  test.setTimeout(120_000);
  const complaints = await watch(page);
  const server = await startMessagesServer();
  const shoot = (name: string) => (process.env.IVY_PICTURES === undefined ? Promise.resolve() : page.screenshot({ path: info.outputPath(`${name}.png`), fullPage: true }));
  try {
    await page.reload();
    await callFrom(page, 'platform.workspaces.create', { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase: null, workspace: 'admissions', sample: true });
    const at = (path: string): string => new URL(path, page.url()).href;
    await page.goto(at('/summaries'));
    await expect(page.getByRole('heading', { name: 'No leads yet' })).toBeVisible();
    const { jobId } = (await callFrom(page, 'admissions.imports.sample', {})) as unknown as { jobId: string };
    await expect.poll(async () => (await callFrom(page, 'platform.jobs.get', { jobId })).state, { timeout: 30_000 }).toBe('succeeded');
    const [lead] = (await callFrom(page, 'admissions.leads.list', { limit: 1 })).items;
    const leadId = lead?.id ?? '';
    await callFrom(page, 'admissions.touchpoints.create', { leadId, kind: 'call' });

    await test.step('the week is told offline, and a figure opens its leads', async () => {
      const { facts } = await callFrom(page, 'admissions.summaries.week', {});
      const week = page.getByRole('list', { name: 'Week' });
      await expect(week.getByRole('listitem')).toHaveText(facts.map(({ text }) => new RegExp(text.replace(/[.*+?^${}()|[\]\\]/gu, '\\$&'))));
      await expect(page.getByRole('button', { name: 'Phrase it' })).toHaveCount(0);
      await expectAccessible(page);
      await shoot('week');
      const stalled = facts.find(({ id }) => id === 'stalled');
      await page.getByRole('link', { name: `Show them: ${stalled?.text ?? ''}` }).click();
      await expect(page.getByRole('grid', { name: 'Leads' })).toHaveAttribute('aria-rowcount', String((stalled?.value ?? 0) + 1));
    });

    await test.step('the page for heads shows figures, what goes well and what needs a decision', async () => {
      await page.goto(at('/summaries/executive'));
      await expect(page.getByRole('list', { name: 'Figures' }).getByRole('listitem')).toHaveCount(7);
      await expect(page.getByRole('list', { name: 'Needs a decision' }).getByRole('listitem').first()).toBeVisible();
      await expectAccessible(page);
      await shoot('executive');
    });

    await test.step('a lead has a story; a model phrases it, and what it adds is not shown', async () => {
      await callFrom(page, 'platform.language.update', { baseUrl: server.url, key: testKey, purposes: ['summarise', 'explain'] });
      await callFrom(page, 'platform.language.agree', { agreed: true });
      await page.goto(at(`/leads/${leadId}`));
      const story = page.getByRole('region', { name: 'In a few sentences' });
      const name = lead?.name ?? '';
      server.otherwise(({ raw }) => answer(`This is about ${/1\. (PERSON_[0-9A-F]{8})/u.exec(raw)?.[1] ?? 'Nobody'} [1].`));
      await story.getByRole('button', { name: 'Phrase it' }).click();
      await expect(story.getByText(`This is about ${name}.`)).toBeVisible();
      await story.getByRole('button', { name: 'Fact 1', exact: true }).click();
      await expect(story.getByRole('listitem').first()).toBeFocused();
      await expectAccessible(page);
      await shoot('story');
      server.next(answer('Mallory Grant was given 99 places [1].'));
      await story.getByRole('button', { name: 'Phrase it' }).click();
      await expect(story.getByText(/the model added what is not among the facts \(.*99.*\)/)).toBeVisible();
      server.next({ kind: 'silence', after: 'This is' });
      await story.getByRole('button', { name: 'Phrase it' }).click();
      await expect(story.getByRole('button', { name: 'Stop' })).toBeVisible();
      await page.keyboard.press('Escape');
      await expect(story.getByRole('button', { name: 'Stop' })).toHaveCount(0);
      await expect(story.getByRole('listitem').first()).toBeVisible();
    });

    await test.step('of a person who said no nothing is sent, and the page says why', async () => {
      const consent = page.getByRole('region', { name: 'Consent' });
      await consent.getByRole('button', { name: /Model/ }).click();
      const dialog = page.getByRole('dialog');
      await dialog.getByText('No', { exact: true }).click();
      await dialog.getByRole('button', { name: 'Record' }).click();
      await expect(consent.getByText('Said no')).toHaveCount(2);
      const sent = server.requests.length;
      await page.getByRole('button', { name: 'The score in words' }).click();
      const explained = page.getByRole('region', { name: 'The score in words' });
      await explained.getByRole('button', { name: 'Phrase it' }).click();
      await expect(explained.getByText(/This person said no to a language model/)).toBeVisible();
      expect(server.requests).toHaveLength(sent);
      await shoot('refused');
    });
    for (const { raw } of server.requests) expect(raw).not.toContain(lead?.name ?? 'nobody');
    expect(complaints).toEqual({ violations: [], errors: [] });
  } finally {
    await server.close();
  }
});
