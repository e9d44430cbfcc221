import { readFileSync } from 'node:fs';
import { expectAccessible } from '#test/support/accessible';
import { callFrom, expect, test, watch } from '#test/support/host';

// An officer works on one lead, by keyboard: a note, a next step, a link, what they said about being contacted, paper and calendar.

test('a lead is worked on by keyboard, from a note to a printed page and a calendar file', async ({ app: page }) => {
  const complaints = await watch(page);
  await page.reload();
  await callFrom(page, 'platform.workspaces.create', { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase: 'four ordinary words', workspace: 'admissions', timeZone: 'Europe/London' });
  const { id } = await callFrom(page, 'admissions.leads.create', { givenName: 'Zara', familyName: 'Patel', email: 'zara@example.org', phone: '07700 900001', course: 'Law', source: 'Open day' });
  await page.goto(new URL('/leads', page.url()).href);

  await test.step('it is opened from the list', async () => {
    await expect(page.getByRole('grid').getByText('Zara Patel')).toBeVisible();
    await page.keyboard.press('j');
    await page.keyboard.press('k');
    await page.keyboard.press('Enter');
    await expect(page.getByRole('heading', { name: 'Zara Patel', level: 2 })).toBeVisible();
    await expect(page).toHaveURL(new RegExp(`/leads/${id}$`));
  });
  const story = page.getByRole('region', { name: 'What happened' });

  await test.step('a note is written, found in the story, changed and put back', async () => {
    await page.keyboard.press('n');
    await page.keyboard.type('Prefers evenings.\nHer form: https://example.org/form');
    await page.keyboard.press('Control+Enter');
    await expect(story.getByText('Prefers evenings.')).toBeVisible();
    await expect(story.getByRole('button', { name: 'https://example.org/form' })).toBeVisible();
    await story.getByRole('searchbox').fill('evening');
    await expect(story.getByRole('listitem')).toHaveCount(1);
    await story.getByRole('button', { name: 'Pin the note' }).press('Enter');
    await expect(page.getByRole('region', { name: 'Notes' }).getByText('Prefers evenings.')).toBeVisible();
    await story.getByRole('button', { name: 'Take the note away' }).press('Enter');
    await expect(story.getByText('Nothing in the story holds “evening”.')).toBeVisible();
    await page.getByRole('button', { name: 'Undo' }).click();
    await expect(story.getByText('Prefers evenings.')).toBeVisible();
    await story.getByRole('searchbox').fill('');
    await page.keyboard.press('Escape');
  });

  const tasks = page.getByRole('region', { name: 'Tasks' });
  await test.step('the next step is due tomorrow at nine', async () => {
    await page.keyboard.press('t');
    await page.keyboard.type('Send the prospectus');
    await page.keyboard.press('Tab');
    await page.keyboard.type('tomorrow 9:00');
    await expect(tasks.getByText(/9:00/)).toBeVisible();
    await page.keyboard.press('Enter');
    await expect(tasks.getByRole('checkbox', { name: 'Done: Send the prospectus' })).toBeVisible();
    await expect(tasks.getByText(/^due .*9:00/)).toBeVisible();
  });

  await test.step('a link is attached, and nothing but https', async () => {
    await page.keyboard.press('a');
    await page.keyboard.type('http://example.org/');
    await page.keyboard.press('Enter');
    const attachments = page.getByRole('region', { name: 'Attachments' });
    await expect(attachments.getByText(/only https links/)).toBeVisible();
    await page.getByLabel('A link to attach').fill('https://example.org/transcript.pdf');
    await page.keyboard.press('Enter');
    await expect(attachments.getByRole('button', { name: 'example.org/transcript.pdf', exact: true })).toBeVisible();
    await expect(attachments.getByText(/In a browser tab only links/)).toBeVisible();
    await expectAccessible(page);
  });

  await test.step('a refusal is recorded beside the button that would call, and stops a call', async () => {
    await page.keyboard.press('p');
    const dialog = page.getByRole('dialog', { name: 'What Zara Patel said' });
    await dialog.getByText('No', { exact: true }).click();
    await dialog.getByText('Phone', { exact: true }).click();
    await expectAccessible(page);
    await page.keyboard.press('Enter');
    await expect(dialog).toBeHidden();
    await expect(page.getByRole('button', { name: 'Call', exact: true })).toBeDisabled();
    await page.keyboard.press('c');
    await expect(page.getByRole('status').filter({ hasText: 'Asked not to be called' })).toBeVisible();
    await expect(page.getByRole('region', { name: 'Consent' }).getByText(/in conversation · Ada Lovelace/).first()).toBeVisible();
  });

  await test.step('a contact is logged with three keys', async () => {
    await page.keyboard.press('l');
    await expect(page.getByRole('dialog')).toBeVisible();
    await page.keyboard.press('e');
    await page.keyboard.press('2');
    await page.keyboard.press('Enter');
    await expect(story.getByText('E-mailed · replied')).toBeVisible();
  });

  await test.step('on paper there is the lead, and nothing of the screen', async () => {
    await page.emulateMedia({ media: 'print' });
    const paper = page.getByRole('article', { name: 'Zara Patel on paper' });
    for (const title of ['Who', 'Score and why', 'What stands in the way', 'Chance of enrolling', 'Tasks', 'Notes', 'Attachments', 'Consent', 'What happened']) await expect(paper.getByRole('heading', { name: title, exact: true })).toBeVisible();
    await expect(paper.getByText('Send the prospectus')).toBeVisible();
    await expect(page.getByRole('button')).toHaveCount(0);
    await page.emulateMedia({ media: 'screen' });
    await expect(paper).toBeHidden();
  });

  await test.step('the task goes into a calendar', async () => {
    const download = page.waitForEvent('download');
    await tasks.getByRole('button', { name: 'Take the tasks into your calendar' }).press('Enter');
    const file = await download;
    expect(file.suggestedFilename()).toBe('tasks.ics');
    const text = readFileSync(await file.path(), 'utf8');
    expect(text).toContain('SUMMARY:Send the prospectus (Zara Patel)');
    expect(text).toMatch(/DTSTART:\d{8}T0[89]0000Z/);
  });

  expect(complaints.violations).toEqual([]);
  // The refusal of the link and of the call are answers with an error status, which a browser notes in its console.
  expect(complaints.errors.filter((text) => !/status of 4\d\d/.test(text))).toEqual([]);
});
