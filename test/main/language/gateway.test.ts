import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { workspaceApp } from '#test/support/app';
import { askAs, connectLanguage, messagesServer, says } from '#test/support/language';
import { answer, pseudonymsOf, textsOf, useTools } from '#test/doubles/messagesServer';

describe('a question to a model', () => {
  it('leaves with pseudonyms, and its answer comes back with the values, also where a piece cuts a pseudonym', async () => {
    const test = await workspaceApp();
    const server = await messagesServer();
    await connectLanguage(test.owner, server);
    server.otherwise((request) => answer(`Write to **${pseudonymsOf(request)[0]!}** today.`));
    const pieces: string[] = [];
    const got = await askAs(test, test.owner, { messages: says('What about Maria Garcia, maria.garcia@example.com?'), onText: (piece) => pieces.push(piece) });
    expect(got).toMatchObject({ answered: true, text: 'Write to **Maria Garcia** today.', cutOff: false, model: 'claude-sonnet-5-5' });
    expect(pieces.join('')).toBe('Write to **Maria Garcia** today.');
    expect(pieces.length).toBeGreaterThan(2);
    expect(server.requests).toHaveLength(1);
    expect(server.requests[0]!.raw).not.toMatch(/maria|garcia/i);
    expect(textsOf(server.requests[0]!).at(-1)).toMatch(/^What about PERSON_[0-9A-F]{8}, EMAIL_[0-9A-F]{8}\?$/);
    const { items } = await test.owner.call('platform.language.calls');
    expect(items).toMatchObject([{ purpose: 'chat', outcome: 'succeeded', requests: 1, redactions: { name: 1, email: 1 }, model: 'claude-sonnet-5-5', hasTexts: true }]);
    expect(items[0]!.cost).toBeGreaterThan(0);
    const { sent, answered } = await test.owner.call('platform.language.call', { id: items[0]!.id });
    expect(JSON.parse(sent!)).toMatchObject({ model: 'claude-sonnet-5-5' });
    expect(`${sent!}${answered!}`).not.toMatch(/maria|garcia/i);
  });

  it('comes back in the form that was asked for, and is repaired once', async () => {
    const test = await workspaceApp();
    const server = await messagesServer();
    await connectLanguage(test.owner, server);
    const schema = z.object({ who: z.string(), score: z.number().min(0) });
    server.next(answer('Here you are: {"who": 5}'));
    server.otherwise((request) => answer(`\`\`\`json\n{"who": "${pseudonymsOf(request)[0]!}", "score": 80}\n\`\`\``));
    const got = await askAs(test, test.owner, { messages: says('Who is best? Zara Patel has 80.'), schema });
    expect(got).toMatchObject({ answered: true, value: { who: 'Zara Patel', score: 80 } });
    expect(server.requests).toHaveLength(2);
    expect(server.requests[1]!.body.messages).toHaveLength(3);
    server.otherwise(() => answer('I cannot say.'));
    expect(await askAs(test, test.owner, { messages: says('Who is best?'), schema })).toMatchObject({ answered: false, offline: { reason: 'invalid_answer' } });
  });

  it('looks things up as the asker', async () => {
    const test = await workspaceApp();
    const server = await messagesServer();
    await connectLanguage(test.owner, server);
    const lead = await test.owner.call('admissions.leads.create', { givenName: 'Ngozi', familyName: 'Okafor-Whitby', email: 'ngozi@example.org' });
    expect(lead).toBeDefined();
    server.next(useTools({ name: 'admissions__leads__list', input: { search: 'Ngozi' } }));
    server.otherwise((request) => answer(`It is ${pseudonymsOf(request)[0]!}.`));
    const got = await askAs(test, test.owner, { messages: says('Who is new?'), tools: ['admissions.leads.list'] });
    expect(got).toMatchObject({ answered: true, text: 'It is Ngozi Okafor-Whitby.', tools: [{ entry: 'admissions.leads.list', outcome: 'succeeded' }] });
    for (const { raw } of server.requests) expect(raw).not.toMatch(/okafor|whitby|ngozi@/i);
  });
});
