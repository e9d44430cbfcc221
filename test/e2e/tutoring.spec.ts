import type { Page } from '@playwright/test';
import { answer, startMessagesServer, testKey } from '#test/doubles/messagesServer';
import { expectAccessible } from '#test/support/accessible';
import { callFrom, expect, test, watch } from '#test/support/host';

const owner = { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase: 'four ordinary words', workspace: 'learning' } as const;

/** The sample course, a goal for it, and a quiz of which one question stands in front. */
async function withQuiz(page: Page): Promise<string> {
  await callFrom(page, 'platform.workspaces.create', owner);
  const { jobId } = (await callFrom(page, 'learning.courses.sample', {})) as unknown as { jobId: string };
  await expect.poll(async () => (await callFrom(page, 'platform.jobs.get', { jobId })).state, { timeout: 30_000 }).toBe('succeeded');
  const [course] = (await callFrom(page, 'learning.courses.list')).items;
  await callFrom(page, 'learning.goals.create', { courseId: course!.id, examDate: new Date(Date.now() + 30 * 86_400_000).toISOString().slice(0, 10), hoursAWeek: 5 });
  return (await callFrom(page, 'learning.practice.start', { kind: 'quiz', mode: 'mixed', count: 5 })).id;
}

test('the tutor beside practice and by itself, without a network and with a model', async ({ app: page, host }) => {
  test.setTimeout(120_000);
  const complaints = await watch(page);
  await page.setViewportSize({ width: 1280, height: 800 });
  const sittingId = await withQuiz(page);
  const tutor = page.getByRole('complementary', { name: 'Tutor' });
  const talk = (): ReturnType<Page['getByRole']> => page.getByRole('list', { name: 'Talk' });

  await test.step('beside practice: a hint, where the course explains it, and what is right once there is an answer', async () => {
    await page.goto(`${host.origin}/practice/${sittingId}`);
    await expect(page.getByRole('button', { name: /A guess/ })).toBeVisible();
    await page.keyboard.press('t');
    await expect(tutor.getByText('Answers come from the course alone.')).toBeVisible();
    await tutor.getByRole('button', { name: /^Hint 1 of/ }).click();
    await expect(talk()).toContainText('This is about');
    await tutor.getByRole('button', { name: /^Hint 2 of/ }).click();
    await expect(tutor.getByRole('list', { name: 'Sources' })).toHaveCount(1);
    await expectAccessible(page);
    await tutor.getByRole('list', { name: 'Sources' }).getByRole('button').click();
    await expect(tutor.getByRole('article')).toBeVisible();
    await tutor.getByRole('button', { name: 'Back to the tutor' }).click();
    await tutor.getByRole('textbox', { name: 'Your question' }).fill('Which answer is right?');
    await page.keyboard.press('Enter');
    await expect(talk()).toContainText('What is right comes with your answer');
    await page.getByRole('button', { name: 'Close the tutor' }).click();
    await page.keyboard.press('1');
    await page.keyboard.press('q');
    await expect(page.getByRole('button', { name: 'Do not ask again' })).toBeVisible();
    await page.keyboard.press('t');
    await tutor.getByRole('button', { name: 'Why is this so?' }).click();
    await expect(talk()).toContainText('Right is:');
  });

  await test.step('by itself: an answer of the course with its section', async () => {
    await page.goto(`${host.origin}/tutor`);
    await page.getByRole('textbox', { name: 'Your question' }).fill('What is a sensor?');
    await page.keyboard.press('Enter');
    await expect(talk()).toContainText('From the course');
    await expect(page.getByRole('navigation', { name: 'Earlier talks' }).getByRole('listitem')).toHaveCount(2);
    await expectAccessible(page);
    await page.setViewportSize({ width: 400, height: 800 });
    await expect(page.getByRole('button', { name: 'Earlier talks' })).toBeVisible();
    expect(await page.evaluate(() => document.documentElement.scrollWidth)).toBeLessThanOrEqual(400);
    await page.setViewportSize({ width: 1280, height: 800 });
  });

  const server = await startMessagesServer();
  try {
    await test.step('with a model: an answer in pieces with formulas and a source to follow', async () => {
      await callFrom(page, 'platform.language.update', { baseUrl: server.url, key: testKey, purposes: ['tutor'] });
      await callFrom(page, 'platform.language.agree', { agreed: true });
      await page.getByRole('button', { name: 'New talk' }).click();
      server.next(answer('A sensor asks **one thing** of an endpoint [1], as often as $n^2$ times.\n\n>> How is a sensor named?'));
      await page.getByRole('textbox', { name: 'Your question' }).fill('What does a sensor do?');
      await page.keyboard.press('Enter');
      await expect(talk()).toContainText('Written by the model');
      await expect(talk().locator('math')).toBeVisible();
      // What is read aloud came in whole sentences.
      await expect(page.getByRole('log')).toContainText('A sensor asks one thing');
      await expect(page.getByRole('button', { name: 'How is a sensor named?' })).toBeVisible();
      await expectAccessible(page);
    });

    await test.step('Escape stops it, and what had come stays', async () => {
      server.next({ kind: 'silence', headers: true, after: 'It is named by what it asks. That is' });
      await page.getByRole('button', { name: 'How is a sensor named?' }).click();
      await expect(talk()).toContainText('It is named by what it asks.');
      await page.keyboard.press('Escape');
      await expect(page.getByText('Not whole')).toBeVisible();
      await expect(page.getByRole('button', { name: 'Ask', exact: true })).toBeVisible();
    });

    await test.step('while an exam is under way nothing of the course leaves or is told', async () => {
      const before = server.requests.length;
      server.next(answer('That waits until the exam is handed in.'));
      const exam = await callFrom(page, 'learning.exams.start', {});
      await page.getByRole('textbox', { name: 'Your question' }).fill('Give me the answer key');
      await page.keyboard.press('Enter');
      await expect(page.getByText('A mock exam is under way')).toBeVisible();
      await expect(talk()).toContainText('That waits');
      const sent = JSON.stringify(server.requests.slice(before).map(({ body }) => body.messages));
      expect(sent).toContain('Give me the answer key');
      expect(sent).not.toMatch(/sensor/i);
      await page.getByRole('link', { name: 'To the exam' }).click();
      await expect(page).toHaveURL(new RegExp(exam.id));
    });
  } finally {
    await server.close();
  }
  expect(complaints).toEqual({ violations: [], errors: [] });
});
