import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ServerEvent } from '#contract/answer';
import type { Topic } from '#contract/topics';
import { passPhrase, temporaryFolder } from '#test/support/app';
import { testBrowser, type TestBrowser } from '#test/support/browser';
import { root, whyNotBuilt } from '#test/support/built';
import { commandLine } from '#test/support/commandLine';
import { run } from '#test/support/processes';

const notBuilt = whyNotBuilt();
const because = notBuilt === null ? '' : ` (skipped: ${notBuilt})`;

/** Whether an event tells of a topic, and of that lead where it names any. */
const tellsOf = (topic: Topic, id?: string) => (event: ServerEvent): boolean =>
  event.kind === 'changed' && event.changes.some((change) => change.topic === topic && (id === undefined || change.ids === undefined || change.ids.includes(id)));

describe.skipIf(notBuilt !== null)(`two browsers and a command line on one profile${because}`, () => {
  it('hear of each other’s changes and read the same', async () => {
    const profile = temporaryFolder();
    // As at a terminal, where Enter gives a link for another browser.
    const args = ['--import', 'data:text/javascript,process.stdin.isTTY=true', join(root, 'out', 'main', 'host.js'), '--profile', profile, '--no-open'];
    const host = run(process.execPath, args, { input: 'pipe' });
    const browserAt = async (link: string): Promise<TestBrowser> => {
      const { port, pathname, search } = new URL(link);
      const browser = testBrowser(Number(port));
      await browser.get(pathname + search);
      return browser;
    };
    const first = await browserAt((await host.said(/Open (\S+)\n/))[1] ?? '');
    host.child.stdin?.write('\n');
    const second = await browserAt((await host.said(/Open \S+\n[^]*Open (\S+)\n/))[1] ?? '');
    await first.result('platform.workspaces.create', { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase, workspace: 'admissions', timeZone: 'Europe/London' });
    await second.result('platform.sessions.signIn', { email: 'ada@school.example', passPhrase });
    const [oneHears, otherHears] = [await first.listen(), await second.listen()];
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
    await second.result('admissions.consents.record', { leadId: id, channel: 'email', granted: false });
    await heardByBoth(tellsOf('consents'));

    // What each door reads is the same, to the letter; but for what a door alone is told, which here is nothing.
    const reads: readonly (readonly [string, object])[] = [
      ['admissions.leads.get', { id }],
      ['admissions.leads.timeline', { id }],
      ['admissions.tasks.list', { leadId: id }],
    ];
    for (const [entry, input] of reads) {
      const read = await callAt(entry, input);
      expect(await first.result(entry, input), entry).toEqual(read);
      expect(await second.result(entry, input), entry).toEqual(read);
    }

    // A change that was made on what another has changed meanwhile is a conflict, and changes nothing.
    const { revision } = (await first.result('admissions.leads.get', { id })) as { revision: number };
    await callAt('admissions.leads.update', { id, revision, city: 'Leeds' });
    await heardByBoth(tellsOf('leads', id));
    expect((await second.call('admissions.leads.update', { id, revision, city: 'York' })).json()).toMatchObject({ ok: false, error: { code: 'conflict' } });
    expect(await first.result('admissions.leads.get', { id })).toMatchObject({ city: 'Leeds' });
    host.child.kill('SIGTERM');
    expect((await host.ended).code).toBe(0);
  }, 60_000);
});
