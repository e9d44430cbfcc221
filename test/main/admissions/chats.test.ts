import { describe, expect, it } from 'vitest';
import { workspaceApp } from '#test/support/app';
import { fileWith } from '#test/support/files';
import { connectLanguage, messagesServer } from '#test/support/language';
import { obedientModel } from '#test/doubles/obedientModel';
import { plantedOrders, quotedOrder } from '#test/support/plantedOrders';
import { answer, pseudonymsOf, textsOf, useTools } from '#test/doubles/messagesServer';

const csv = `Lead ID,First name,Last name,Email,Phone,Source,Course,City,Created,Last activity date,Web visits,Converted
A-1,Zara,Patel,zara.patel@example.com,07700 900001,UCAS,Computer Science,London,2026-09-29,2026-10-04,12,no
A-2,Zoë,O'Brien,zoe@example.org,,UCAS,Law,Leeds,2026-08-15,2026-08-20,1,no
A-3,Jan,van der Berg,,07700 900003,Referral,Computer Science,London,2026-09-20,2026-09-21,0,yes
`;

async function withLeads() {
  const test = await workspaceApp();
  await test.owner.call('admissions.imports.run', { path: fileWith(csv) });
  const { items } = await test.owner.call('admissions.leads.list', {});
  return { ...test, idOf: (name: string) => items.find((each) => each.name === name)!.id, leads: items };
}

describe('a chat without a model', () => {
  it('answers about many leads from the rows, names them, and goes on from its answer', async () => {
    const { owner, leads, idOf } = await withLeads();
    const first = await owner.call('admissions.chats.ask', { text: 'leads from UCAS' });
    expect(first.answer).toMatchObject({ by: 'machine', partial: false, offline: { reason: 'switched_off' } });
    expect(first.answer.text).toContain('2 leads.');
    const zara = leads.find(({ name }) => name === 'Zara Patel')!;
    expect(first.answer.text).toContain(`Zara Patel: score ${String(Math.round(zara.score!))}`);
    expect(first.answer.leads.map(({ name }) => name).sort()).toEqual(['Zara Patel', "Zoë O'Brien"]);
    expect(first.answer.proposals.map(({ kind }) => kind)).toContain('log');
    const second = await owner.call('admissions.chats.ask', { chatId: first.chat.id, text: 'only those from London' });
    expect(second.answer.leads).toEqual([{ id: idOf('Zara Patel'), name: 'Zara Patel' }]);
    const groups = await owner.call('admissions.chats.ask', { text: 'average score by source' });
    expect(groups.answer.text).toMatch(/- UCAS: 2 leads, mean score \d+/);
    expect((await owner.call('admissions.chats.ask', { text: 'give me an overview of all leads' })).answer.text).toMatch(/^3 leads, with a mean score of \d+\./);
  });

  it('looks at when leads were added where none has a date of enquiry, and says so', async () => {
    const { owner } = await workspaceApp();
    await owner.call('admissions.imports.run', { path: fileWith('Lead ID,Email\nB-1,one@example.com\nB-2,two@example.com\n') });
    const { answer: said } = await owner.call('admissions.chats.ask', { text: 'what stands out this week?' });
    expect(said.text).toMatch(/^No lead has a date of enquiry: by when it was added instead\. 2 leads, with a mean score of \d+\./);
    expect(said.leads).toHaveLength(2);
  });

  it('knows the lead on screen, by the figures of its page, and finds another by name', async () => {
    const { owner, idOf } = await withLeads();
    const leadId = idOf("Zoë O'Brien");
    await owner.call('admissions.tasks.create', { leadId, title: 'Send the form', dueAt: Date.UTC(2026, 9, 1) });
    const { leads: [scored] } = await owner.call('admissions.triage.score', { ids: [leadId] });
    const { leads: [forecast] } = await owner.call('admissions.forecast.predict', { ids: [leadId] });
    const about = async (text: string) => (await owner.call('admissions.chats.ask', { text, leadId })).answer;
    const why = await about('Why does this lead have this score?');
    expect(why.text).toContain(`a score of ${String(Math.round(scored!.score))} of 100`);
    for (const reason of scored!.reasons.slice(0, 2)) expect(why.text).toContain(`- ${reason}`);
    expect((await about('how likely is she to enrol?')).text).toContain(`${String(Math.round(forecast!.probability * 100))} %`);
    const whole = await about('tell me about this lead');
    expect(whole.text).toContain('- Send the form, was due 1 October 2026');
    expect(whole.text).toContain(scored!.blockers[0]!.actionRequired);
    expect(whole.proposals.map(({ kind }) => kind)).toEqual(['log', 'assign', 'task']);
    expect((await about('how many leads from London')).text).toContain('2 leads.');
    const other = await about('What about Zara Patel?');
    expect(other.leads).toEqual([{ id: idOf('Zara Patel'), name: 'Zara Patel' }]);
    expect(other.proposals[0]).toMatchObject({ kind: 'open' });
    expect((await owner.call('admissions.chats.opening', { leadId })).lead!.name).toBe("Zoë O'Brien");
  });

  it('says what is wrong with bad input, and shows nobody the leads or chats of others', async () => {
    const { owner, newUser, idOf } = await withLeads();
    expect((await owner.refused('admissions.chats.ask', { text: 'x'.repeat(600_000) })).message).toContain('too long for one question');
    expect((await owner.call('admissions.chats.ask', { text: 'zeige mir alle Interessenten mit hoher Punktzahl' })).answer.text).toContain('This looks like German');
    const { id: teamId } = await owner.call('platform.teams.create', { name: 'Far away', department: 'Elsewhere' });
    const other = await newUser('staff', { teamId });
    expect((await other.refused('admissions.chats.ask', { text: 'Why this score?', leadId: idOf('Zara Patel') })).code).toBe('out_of_scope');
    const empty = await other.call('admissions.chats.ask', { text: 'Tell me about Zara Patel' });
    expect(empty.answer.text).toMatch(/^No lead that you see is called “Zara Patel”\..*There are no leads yet/s);
    expect(empty.answer).toMatchObject({ leads: [], proposals: [] });
    const mine = await owner.call('admissions.chats.list', {});
    expect(mine.items.map(({ title, messages }) => [title, messages])).toEqual([['zeige mir alle Interessenten mit hoher Punktzahl', 2]]);
    expect((await other.refused('admissions.chats.get', { id: mine.items[0]!.id })).code).toBe('out_of_scope');
    await owner.call('admissions.chats.remove', { id: mine.items[0]!.id });
    expect((await owner.call('admissions.chats.list', {})).total).toBe(0);
    await owner.call('admissions.chats.remove', { id: mine.items[0]!.id, removed: false });
    expect((await owner.call('admissions.chats.get', { id: mine.items[0]!.id })).messages).toHaveLength(2);
  });
});

describe('a chat with a model', () => {
  it('looks up as the asker, links what it names, and only proposes', async () => {
    const { owner, idOf } = await withLeads();
    const server = await messagesServer();
    await connectLanguage(owner, server);
    server.next(useTools({ name: 'admissions__leads__list', input: { search: 'Zara' } }, { name: 'admissions__leads__assign', input: { ids: [idOf('Zara Patel')], ownerId: null } }));
    server.otherwise((request) => answer(`${pseudonymsOf(request).find((name) => name.startsWith('PERSON'))!} comes first.\n>> task | ${pseudonymsOf(request).find((name) => name.startsWith('PERSON'))!} | Call back\n>> log | Nobody At All\n>> ask | And who is next?`));
    const { answer: said } = await owner.call('admissions.chats.ask', { text: 'Who is new?', leadId: idOf('Zara Patel') });
    const zara = { id: idOf('Zara Patel'), name: 'Zara Patel' };
    expect(said).toMatchObject({ by: 'model', text: 'Zara Patel comes first.', leads: [zara], proposals: [{ kind: 'task', lead: zara, words: 'Call back' }], followUps: ['And who is next?'], offline: null });
    for (const { raw } of server.requests) expect(raw).not.toMatch(/patel|zara\./i);
    expect(textsOf(server.requests[1]!).join('\n')).toContain('There is no such tool.');
    expect((await owner.call('admissions.tasks.list', { leadId: zara.id })).items).toEqual([]);
  });

  it('is told nothing of a person who said no: not asked about them, and their line left out of the others’', async () => {
    const { owner, idOf } = await withLeads();
    const server = await messagesServer();
    await connectLanguage(owner, server);
    const leadId = idOf('Zara Patel');
    const score = Math.round((await owner.call('admissions.leads.get', { id: leadId })).score!);
    await owner.call('admissions.consents.record', { leadId, purpose: 'ai', channel: 'model', granted: false });
    expect((await owner.call('admissions.chats.ask', { text: 'Why this score?', leadId })).answer).toMatchObject({ by: 'machine', offline: { reason: 'lead_refused' } });
    expect(server.requests).toHaveLength(0);
    server.otherwise(() => answer('Two leads came from UCAS.'));
    expect((await owner.call('admissions.chats.ask', { text: 'leads from UCAS' })).answer.by).toBe('model');
    const sent = JSON.stringify(server.requests[0]!.body.messages);
    expect(sent).toContain('This person is not told to a language model.');
    expect(sent).not.toContain(`score ${String(score)},`);
  });

  it('answers from this machine, saying why, where the server fails', async () => {
    const { owner } = await withLeads();
    const server = await messagesServer();
    await connectLanguage(owner, server);
    server.otherwise(() => ({ kind: 'error', status: 401, type: 'authentication_error' }));
    const { answer: said } = await owner.call('admissions.chats.ask', { text: 'leads from UCAS' });
    expect(said).toMatchObject({ by: 'machine', offline: { reason: 'wrong_key' } });
    expect(said.text).toContain('2 leads.');
  });

  it('keeps what came of an answer that broke off, and says what stopped a loop of tools', async () => {
    const { owner } = await withLeads();
    const server = await messagesServer();
    await connectLanguage(owner, server);
    server.next(answer('Three leads wait, and the first of them has waited for longer than any', { stopReason: 'max_tokens' }));
    expect((await owner.call('admissions.chats.ask', { text: 'Who waits?' })).answer).toMatchObject({ by: 'model', partial: true });
    server.otherwise(() => useTools({ name: 'admissions__leads__list', input: {} }));
    const { answer: said, chat } = await owner.call('admissions.chats.ask', { text: 'leads from UCAS' });
    expect(said).toMatchObject({ by: 'machine', offline: { reason: 'tool_loop' } });
    expect(said.text).toContain('2 leads.');
    expect((await owner.call('admissions.chats.list', { search: '2 LEADS.' })).items.map(({ id }) => id)).toEqual([chat.id]);
    expect((await owner.call('admissions.chats.list', { search: '2_leads' })).total).toBe(0);
  });

  it('takes nothing that stands in a lead for an order: it writes nothing, reaches nobody else’s leads and proposes nothing about them', async () => {
    const test = await workspaceApp();
    const { owner } = test;
    const near = await test.newUser('staff');
    const far = await test.newUser('staff', { teamId: (await owner.call('platform.teams.create', { name: 'International', department: 'Overseas' })).id });
    await far.call('admissions.leads.create', { givenName: 'Hidden', familyName: 'Treasure-Island', email: 'hidden@elsewhere.example' });
    const [secret] = (await far.call('admissions.leads.list', {})).items;
    const orders = plantedOrders.slice(0, 40);
    await near.call('admissions.imports.run', { path: fileWith(['Lead ID,First name,Last name,Remark', ...orders.map((text, index) => `${String(index)},${quotedOrder(text, 60)},Victim${String(index)},${quotedOrder(text)}`)].join('\n')) });
    const own = (await near.call('admissions.leads.list', { limit: 100 })).items;
    expect(own.length).toBe(orders.length);
    for (const text of orders.slice(0, 3)) await near.call('admissions.notes.create', { leadId: own[0]!.id, text: text.slice(0, 2_000) });
    const server = await messagesServer();
    server.pieceLength = 2_000;
    await connectLanguage(owner, server, near, far);
    await far.call('admissions.chats.ask', { text: 'Tell me about Hidden Treasure-Island', leadId: secret!.id });
    const before = await owner.call('admissions.leads.list', { limit: 100 });
    const obey = obedientModel({ ids: [secret!.id, own[0]!.id] });
    // Beside everything that it is told in texts, it proposes what it can about whoever it has heard of.
    server.otherwise((request, earlier) => {
      const reply = obey(request, earlier);
      const people = [...[...earlier, request].flatMap(pseudonymsOf).filter((name) => name.startsWith('PERSON')), own[0]!.name, own[1]!.name, 'Hidden Treasure-Island'];
      return request.body.messages.length === 1 ? reply : answer(`${people.join(', ')}\n${people.slice(-3).map((name) => `>> assign | ${name}`).join('\n')}`);
    });
    const { answer: said } = await near.call('admissions.chats.ask', { text: 'What about this lead, and what about the others?', leadId: own[0]!.id });
    expect(said.by).toBe('model');
    expect(server.requests.at(-1)!.body.messages.length).toBeGreaterThan(1);
    expect(said.leads.map(({ name }) => name)).toContain(own[0]!.name);
    expect(said.proposals.map(({ kind, lead }) => [kind, lead.name])).toContainEqual(['assign', own[0]!.name]);
    const mine = new Set(own.map(({ id }) => id));
    for (const { id } of [...said.leads, ...said.proposals.map(({ lead }) => lead)]) expect(mine.has(id)).toBe(true);
    expect(JSON.stringify(said.leads)).not.toContain('Treasure');
    // The one place of the name is what the model wrote itself; what stands for it in another's question is not put back here.
    expect(said.text.match(/Treasure/g)).toHaveLength(1);
    expect(await owner.call('admissions.leads.list', { limit: 100 })).toEqual(before);
    expect((await owner.call('admissions.tasks.list', {})).items).toEqual([]);
    for (const { raw } of server.requests) expect(raw.replaceAll('Hidden Treasure-Island', '')).not.toMatch(/treasure-island|hidden@elsewhere/i);
  });
});

describe('a chat that is kept', () => {
  it('names a lead no more once it is out of reach, and is gone a day after it was deleted', async () => {
    const test = await workspaceApp();
    const { owner, clock } = test;
    const { id: teamId } = await owner.call('platform.teams.create', { name: 'Far away', department: 'Elsewhere' });
    const officer = await test.newUser('staff', { email: 'officer@school.example' });
    await officer.call('admissions.imports.run', { path: fileWith(csv) });
    const { chat, answer: first } = await officer.call('admissions.chats.ask', { text: 'leads from UCAS' });
    expect(first.text).toContain('Zara Patel');
    const { chat: about } = await officer.call('admissions.chats.ask', { text: 'Why this score?', leadId: first.leads[0]!.id });
    const listed = async () => (await officer.call('admissions.chats.list', {})).items.find(({ id }) => id === about.id)!.lead;
    expect(await listed()).toEqual(first.leads[0]);
    const { items } = await owner.call('platform.users.list', {});
    const { id } = items.find(({ email }) => email === 'officer@school.example')!;
    await owner.call('platform.users.update', { id, teamId });
    const kept = await officer.call('admissions.chats.get', { id: chat.id });
    expect(await listed()).toBeNull();
    expect(kept.messages[1]!.text).not.toContain('Zara');
    expect(kept.messages[1]).toMatchObject({ leads: [], proposals: [] });
    await officer.call('admissions.chats.remove', { id: chat.id });
    clock.advance(86_400_001);
    const later = await test.signIn('officer@school.example');
    await later.call('admissions.chats.ask', { text: 'how many leads' });
    expect((await later.refused('admissions.chats.get', { id: chat.id })).code).toBe('not_found');
  });
});
