import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { workspaceApp } from '#test/support/app';
import { askAs, connectLanguage, messagesServer, says } from '#test/support/language';
import { answer, testKey, textsOf, useTools } from '#test/doubles/messagesServer';
import type { LanguageHold } from '#contract/platform/language';
import type { Person } from '#test/support/app';

/** What waits for a person, once it does. */
async function held(person: Person): Promise<LanguageHold> {
  for (let tries = 0; tries < 2_000; tries += 1) {
    const [hold] = (await person.call('platform.language.holds')).items;
    if (hold !== undefined) return hold;
    await new Promise((done) => setImmediate(done));
  }
  throw new Error('Nothing waits.');
}

describe('the settings of the model', () => {
  it('let nothing leave until somebody allows it, and keep the key sealed and with its address', async () => {
    const test = await workspaceApp();
    const { owner } = test;
    const server = await messagesServer();
    const reason = async (): Promise<string | undefined> => {
      const got = await askAs(test, owner, { messages: says('Hello?') });
      return got.answered ? undefined : got.offline.reason;
    };
    expect((await owner.call('platform.language.settings')).settings).toMatchObject({ model: 'claude-sonnet-5-5', purposes: [], mayLeave: [], everybody: { requestsPerMinute: 100, outputTokens: 4_000 } });
    expect(await reason()).toBe('switched_off');
    await owner.call('platform.language.update', { purposes: ['chat'] });
    expect(await reason()).toBe('no_key');
    const set = await owner.call('platform.language.update', { baseUrl: `${server.url}/v1/`, key: testKey });
    expect(set.settings.baseUrl).toBe(server.url);
    expect(set.key?.ending).toBe('cdef');
    expect(JSON.stringify(set)).not.toContain(testKey);
    expect(await reason()).toBe('not_agreed');
    expect((await owner.call('platform.language.status')).offline?.message).toMatch(/agree/);
    await owner.call('platform.language.agree', { agreed: true });
    expect(await reason()).toBeUndefined();
    expect(server.requests[0]!.headers.authorization).toBe(`Bearer ${testKey}`);
    expect((await askAs(test, owner, { purpose: 'compose', messages: says('Hello?') })).answered).toBe(false);
    // Another address does not get this one’s key.
    expect((await owner.call('platform.language.update', { baseUrl: 'https://other.example' })).key).toBeNull();
    expect((await owner.call('platform.language.update', { baseUrl: server.url })).key).toBeNull();
    await test.app.close();
    for (const file of ['workspace.ivy', 'ivy.log']) {
      try {
        expect(readFileSync(join(test.folder, file)).includes(testKey)).toBe(false);
      } catch (error) {
        expect((error as NodeJS.ErrnoException).code).toBe('ENOENT');
      }
    }
  });

  it('refuse what would be wrong, in words, and are for administrators', async () => {
    const { owner, newUser } = await workspaceApp();
    for (const [input, words] of [
      [{ baseUrl: 'api.anthropic.com' }, /no address/],
      [{ baseUrl: 'http://api.example.com' }, /https/],
      [{ baseUrl: 'https://me:secret@api.example.com' }, /without a name/],
      [{ model: 'some-other-model', monthlyMoney: 5 }, /prices/],
    ] as const) expect((await owner.refused('platform.language.update', input)).message).toMatch(words);
    expect((await owner.call('platform.language.update', { baseUrl: 'http://192.168.1.20:8080', model: 'local-model' })).settings).toMatchObject({ prices: null });
    const staff = await newUser('staff');
    for (const entry of ['platform.language.settings', 'platform.language.usage', 'platform.language.check'] as const) expect((await staff.refused(entry)).code).toBe('not_permitted');
    expect((await staff.refused('platform.language.update', { purposes: [] })).code).toBe('not_permitted');
    expect((await staff.refused('platform.language.calls', { whose: 'all' })).code).toBe('not_permitted');
  });

  it('can be tried without anything of anybody leaving', async () => {
    const { owner } = await workspaceApp();
    const server = await messagesServer();
    expect(await owner.call('platform.language.check')).toMatchObject({ works: false, offline: { reason: 'no_key' } });
    await owner.call('platform.language.update', { baseUrl: server.url, key: testKey });
    expect(await owner.call('platform.language.check')).toMatchObject({ works: true, model: 'claude-sonnet-5-5', offline: null });
    expect(textsOf(server.requests[0]!)).toEqual(['Answer with the one word: ready']);
    await owner.call('platform.language.update', { key: 'sk-wrong-0000000' });
    expect(await owner.call('platform.language.check')).toMatchObject({ works: false, offline: { reason: 'wrong_key' } });
    await owner.call('platform.language.update', { key: testKey, model: 'claude-3-5-sonnet-20241022' });
    expect(await owner.call('platform.language.check')).toMatchObject({ works: false, offline: { reason: 'model_gone' } });
  });
});

describe('what waits for a person', () => {
  it('is a look at exactly what leaves, and without a yes nothing does', async () => {
    const test = await workspaceApp();
    const { owner } = test;
    const server = await messagesServer();
    await connectLanguage(owner, server);
    await owner.call('platform.language.update', { preview: 'always' });
    const question = { messages: says('What about Maria Garcia?') };
    expect(await askAs(test, owner, question)).toMatchObject({ answered: false, offline: { reason: 'preview_refused' } });
    owner.listen();
    const asked = askAs(test, owner, question);
    const hold = await held(owner);
    expect(hold).toMatchObject({ kind: 'preview', purpose: 'chat', redactions: { name: 1 }, host: new URL(server.url).host });
    expect(hold.body).not.toMatch(/maria|garcia/i);
    const other = await test.newUser('admin');
    expect((await other.refused('platform.language.decide', { id: hold.id, agreed: true })).code).toBe('not_found');
    await owner.call('platform.language.decide', { id: hold.id, agreed: true });
    expect((await asked).answered).toBe(true);
    const { stream, ...sent } = JSON.parse(server.requests[0]!.raw);
    expect(sent).toEqual(JSON.parse(hold.body!));
    expect(stream).toBe(true);
    const refused = askAs(test, owner, question);
    await owner.call('platform.language.decide', { id: (await held(owner)).id, agreed: false });
    expect(await refused).toMatchObject({ answered: false, offline: { reason: 'preview_refused' } });
    expect(server.requests).toHaveLength(1);
    expect((await owner.call('platform.language.preview', { text: 'Call Maria Garcia' })).text).toMatch(/^Call PERSON_[0-9A-F]{8}$/);
  });

  it('is a change that the model proposes: it is made after a yes, with the real values, and as the asker', async () => {
    const test = await workspaceApp();
    const { owner } = test;
    const server = await messagesServer();
    await connectLanguage(owner, server);
    owner.listen();
    const ask = () => {
      server.next(useTools({ name: 'admissions__leads__create', input: { givenName: 'Maria', familyName: 'Garcia' } }), answer('Done.'));
      return askAs(test, owner, { messages: says('Add Maria Garcia.'), tools: ['admissions.leads.create'] });
    };
    const declined = ask();
    const hold = await held(owner);
    expect(hold).toMatchObject({ kind: 'tool', entry: 'admissions.leads.create' });
    await owner.call('platform.language.decide', { id: hold.id, agreed: false });
    expect(await declined).toMatchObject({ answered: true, tools: [{ outcome: 'declined' }] });
    expect((await owner.call('admissions.leads.list')).total).toBe(0);
    const agreed = ask();
    await owner.call('platform.language.decide', { id: (await held(owner)).id, agreed: true });
    expect(await agreed).toMatchObject({ answered: true, tools: [{ outcome: 'succeeded' }] });
    expect((await owner.call('admissions.leads.list')).total).toBe(1);
  });
});

describe('the budget', () => {
  it('holds by person and role in requests and tokens, and for all in money, with a warning before it is spent', async () => {
    const test = await workspaceApp();
    const { owner } = test;
    const server = await messagesServer();
    const staff = await test.newUser('staff');
    await connectLanguage(owner, server, staff);
    const limits = { everybody: { requestsPerMinute: 3, outputTokens: 4_000, monthlyMoney: null }, byRole: { staff: { requestsPerMinute: 1, outputTokens: 500 } }, byUser: { [owner.userId]: { requestsPerMinute: 2 } } };
    await owner.call('platform.language.update', limits);
    const reasons = async (person: Person, times: number): Promise<string[]> => {
      const got: string[] = [];
      for (let time = 0; time < times; time += 1) {
        const each = await askAs(test, person, { messages: says('Hello?') });
        got.push(each.answered ? 'answered' : each.offline.reason);
      }
      return got;
    };
    expect(await reasons(staff, 2)).toEqual(['answered', 'rate_limited']);
    expect(server.requests.at(-1)!.body.max_tokens).toBe(500);
    expect(await reasons(owner, 3)).toEqual(['answered', 'answered', 'rate_limited']);
    expect(server.requests.at(-1)!.body.max_tokens).toBe(4_000);
    test.clock.advance(61_000);
    owner.listen();
    // A question may cost some 4 cents at the most; a word of 40,000 letters costs 10 cents.
    await owner.call('platform.language.update', { monthlyMoney: 0.16, warnAt: [0.5], prices: { input: 2, output: 10, cacheWrite: 2.5, cacheRead: 0.2 }, byUser: {}, everybody: { requestsPerMinute: 100, outputTokens: 12_000, monthlyMoney: null } });
    server.next(answer('word '.repeat(8_000)));
    expect(await reasons(owner, 2)).toEqual(['answered', 'budget_spent']);
    expect(owner.events.filter(({ kind }) => kind === 'notice')).toHaveLength(1);
    const { spending } = await owner.call('platform.language.status');
    expect(spending).toMatchObject({ limit: 0.16, level: 'near', currency: 'USD' });
    const usage = await owner.call('platform.language.usage');
    expect(usage.total.cost).toBeCloseTo(spending.spent!, 6);
    expect(usage.byUser.map(({ userName, calls }) => [userName, calls])).toEqual([['Some staff', 2], ['Ada Lovelace', 5]]);
    expect(usage.byPurpose).toMatchObject([{ purpose: 'chat', calls: 7 }]);
    expect((await owner.call('platform.language.usage', { month: '2026-09' })).total.calls).toBe(0);
    test.clock.set(Date.UTC(2026, 10, 1, 9));
    expect(await reasons(await test.signIn('ada@school.example'), 1)).toEqual(['answered']);
  });

  it('is not spent on what the provider has in its cache', async () => {
    const test = await workspaceApp();
    const server = await messagesServer();
    await connectLanguage(test.owner, server);
    for (const words of ['Hello?', 'And now?']) await askAs(test, test.owner, { messages: says(words) });
    const [second, first] = (await test.owner.call('platform.language.calls')).items;
    expect(first!.cacheWriteTokens).toBeGreaterThan(200);
    expect(second!.cacheReadTokens).toBe(first!.cacheWriteTokens);
    expect(second!.cost!).toBeLessThan(first!.cost!);
  });
});

describe('the ledger', () => {
  it('shows each their own calls, and forgets texts and calls when their time is over', async () => {
    const test = await workspaceApp();
    const { owner } = test;
    const server = await messagesServer();
    const staff = await test.newUser('staff');
    await connectLanguage(owner, server, staff);
    await askAs(test, staff, { messages: says('Hello?') });
    await askAs(test, owner, { messages: says('And me?') });
    expect((await staff.call('platform.language.calls')).items).toHaveLength(1);
    const all = await owner.call('platform.language.calls', { whose: 'all', purpose: 'chat' });
    expect(all.total).toBe(2);
    const mine = all.items[0]!.id;
    expect((await staff.refused('platform.language.call', { id: mine })).code).toBe('not_found');
    test.app.inside.language.forgetOld(test.app.inside.contextOf(owner.token(), 'platform.language.calls', new AbortController().signal).store);
    expect((await owner.call('platform.language.call', { id: mine })).sent).not.toBeNull();
    test.clock.advance(31 * 24 * 3_600_000);
    const later = await test.signIn('ada@school.example');
    const { store } = test.app.inside.contextOf(later.token(), 'platform.language.calls', new AbortController().signal);
    test.app.inside.language.forgetOld(store);
    expect(await later.call('platform.language.call', { id: mine })).toMatchObject({ sent: null, answered: null, call: { hasTexts: false } });
    test.clock.advance(2_600 * 24 * 3_600_000);
    test.app.inside.language.forgetOld(store);
    expect((await (await test.signIn('ada@school.example')).call('platform.language.calls', { whose: 'all' })).total).toBe(0);
  });
});
