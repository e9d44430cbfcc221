import { describe, expect, it } from 'vitest';
import type { ServerEvent } from '#contract/answer';
import type { Topic } from '#contract/topics';
import { passPhrase, temporaryFolder } from '#test/support/app';
import { testBrowser } from '#test/support/browser';
import { whyNotBuilt } from '#test/support/built';
import { commandLine } from '#test/support/commandLine';
import { runBuilt } from '#test/support/processes';

const notBuilt = whyNotBuilt();
const because = notBuilt === null ? '' : ` (skipped: ${notBuilt})`;

/** Whether an event tells of a topic, and of that lead where it names any. */
const tellsOf = (topic: Topic, id?: string) => (event: ServerEvent): boolean =>
  event.kind === 'changed' && event.changes.some((change) => change.topic === topic && (id === undefined || change.ids === undefined || change.ids.includes(id)));

describe.skipIf(notBuilt !== null)(`a window, a browser tab and a command line on one profile${because}`, () => {
  it('hear of each other’s changes and read the same', async () => {
    const profile = temporaryFolder();
    const host = runBuilt('host', ['--profile', profile, '--no-open'], { input: 'pipe' });
    const [, link = '', port = ''] = await host.said(/^Open (http:\/\/127\.0\.0\.1:(\d+)\/\?t=[\w-]{43})\n/);
    const first = testBrowser(Number(port));
    await first.get(new URL(link).pathname + new URL(link).search);
    await first.result('platform.workspaces.create', { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase, workspace: 'admissions', timeZone: 'Europe/London' });
    // The second is another tab of the same browser: it has the same cookies, and a stream of its own.
    const [oneHears, otherHears] = [await first.listen('the-first-tab'), await first.listen('the-second-tab')];
    const terminal = commandLine(profile);
    // Signed in once for all that follows.
    expect((await terminal.run(['--user', 'ada@school.example', 'login'])).code).toBe(0);
    const callAt = async (entry: string, input: object): Promise<Record<string, unknown>> => {
      const ended = await terminal.run(['call', entry, JSON.stringify(input)]);
      if (ended.code !== 0) throw new Error(ended.stderr);
      return ended.json() as Record<string, unknown>;
    };
    const heardByBoth = async (isIt: (event: ServerEvent) => boolean): Promise<void> => {
      await Promise.all([oneHears.until(isIt), otherHears.until(isIt)]);
    };

    const { id } = (await first.result('admissions.leads.create', { givenName: 'Zara', familyName: 'Patel', email: 'zara@example.org' })) as { id: string };
    await heardByBoth(tellsOf('leads', id));
    await callAt('admissions.notes.create', { leadId: id, text: 'Written at the terminal' });
    await heardByBoth(tellsOf('notes'));
    await first.result('admissions.tasks.create', { leadId: id, title: 'Made in the tab', due: 'friday' });
    await heardByBoth(tellsOf('tasks'));
    await first.result('admissions.consents.record', { leadId: id, channel: 'email', granted: false });
    await heardByBoth(tellsOf('consents'));

    // What each door reads is the same, to the letter; but for what a door alone is told, which here is nothing.
    const reads: readonly (readonly [string, object])[] = [
      ['admissions.leads.get', { id }],
      ['admissions.leads.timeline', { id }],
      ['admissions.tasks.list', { leadId: id }],
    ];
    for (const [entry, input] of reads) expect(await callAt(entry, input), entry).toEqual(await first.result(entry, input));

    // A change that was made on what another has changed meanwhile is a conflict, and changes nothing.
    const { revision } = (await first.result('admissions.leads.get', { id })) as { revision: number };
    await callAt('admissions.leads.update', { id, revision, city: 'Leeds' });
    await heardByBoth(tellsOf('leads', id));
    expect((await first.call('admissions.leads.update', { id, revision, city: 'York' })).json()).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await first.result('admissions.leads.get', { id })).toMatchObject({ city: 'Leeds' });
    host.child.kill('SIGTERM');
    expect((await host.ended).code).toBe(0);
  });
});
