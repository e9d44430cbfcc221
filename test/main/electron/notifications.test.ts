import { describe, expect, it, vi } from 'vitest';
import type { Notice, ServerEvent } from '#contract/answer';
import { passPhrase } from '#test/support/app';
import { desktop, type TestDesktop } from '#test/support/desktop';
import { stage } from '#test/support/electron';

/** The window with somebody signed in, and one urgent alert of which nobody has been told. */
async function waiting(): Promise<TestDesktop & { readonly heard: Notice[]; tell(): Promise<unknown> }> {
  const given = await desktop();
  const { owner, app } = given.test;
  // What is due at the start is done before anybody hears.
  await app.inside.settled();
  await given.ivy.call(1, 'platform.sessions.signIn', { email: 'ada@school.example', passPhrase });
  const heard: Notice[] = [];
  given.ivy.subscribe((event: ServerEvent) => {
    if (event.kind === 'notice') heard.push(event.notice);
  });
  await owner.call('admissions.triage.config.update', { configuration: { bands: { high: 2, medium: 1 } } });
  await owner.call('admissions.leads.create', { givenName: 'Zara', familyName: 'Patel', source: 'UCAS', course: 'Law' });
  return { ...given, heard, tell: () => owner.call('admissions.alerts.age') };
}

describe('an urgent alert', () => {
  it('is shown by the system once, without a name; a click brings the window and its page to it', async () => {
    const { heard, tell, window } = await waiting();
    expect(await tell()).toMatchObject({ told: 1 });
    await tell();
    await vi.waitFor(() => {
      expect(stage.notifications.map(({ options }) => options.title)).toEqual(['1 urgent alert']);
    });
    expect(JSON.stringify(stage.notifications[0]!.options)).not.toContain('Zara');
    expect(heard).toEqual([]);
    stage.notifications[0]!.isClicked();
    expect(heard).toMatchObject([{ title: '1 urgent alert', path: '/alerts' }]);
    expect(window.isDestroyed()).toBe(false);
  });

  it.each(['no', 'fails', 'throws'] as const)('that the system does not show (%s) is told by the page, and stays in the list', async (notifies) => {
    const { heard, tell, test } = await waiting();
    stage.notifies = notifies;
    expect(await tell()).toMatchObject({ told: 1 });
    await vi.waitFor(() => {
      expect(heard).toMatchObject([{ title: '1 urgent alert' }]);
    });
    expect(stage.notifications).toEqual([]);
    expect((await test.owner.call('admissions.alerts.list')).total).toBe(1);
  });
});
