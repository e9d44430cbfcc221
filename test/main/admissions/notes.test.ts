import { describe, expect, it } from 'vitest';
import { workspaceApp } from '#test/support/app';

async function scene() {
  const test = await workspaceApp();
  const { id: leadId } = await test.owner.call('admissions.leads.create', { givenName: 'Zara', familyName: 'Patel' });
  const write = (text: string, pinned = false) => test.owner.call('admissions.notes.create', { leadId, text, pinned });
  const texts = async (search?: string) => (await test.owner.call('admissions.notes.list', { leadId, ...(search === undefined ? {} : { search }) })).items.map(({ text }) => text);
  return { ...test, leadId, write, texts };
}

describe('a note', () => {
  it('is kept as it was written, by whom and when, the pinned before the newest', async () => {
    const { owner, clock, write, texts, leadId } = await scene();
    const first = await write('Prefers evenings.\n\nSpeaks Gujarati — see https://example.org/zara  ');
    clock.advance(1_000);
    await write('Second', true);
    clock.advance(1_000);
    await write('Third');
    expect(first).toMatchObject({ author: { name: 'Ada Lovelace' }, createdAt: clock() - 2_000, editedAt: null, pinned: false, mine: true });
    expect(await texts()).toEqual(['Second', 'Third', 'Prefers evenings.\n\nSpeaks Gujarati — see https://example.org/zara']);
    await owner.call('admissions.notes.update', { id: first.id, pinned: true });
    expect((await texts())[1]).toContain('Prefers');
    // A pin is no edit; other words are.
    clock.advance(1_000);
    expect(await owner.call('admissions.notes.update', { id: first.id, text: 'Prefers mornings' })).toMatchObject({ editedAt: clock(), pinned: true });
    expect((await owner.refused('admissions.notes.create', { leadId, text: ' \n ' })).message).toContain('Write something first');
  });

  it('stands in the story of its lead and is found there by its words, whatever their accents', async () => {
    const { owner, write, leadId, texts } = await scene();
    await write('Parents live in Zürich; father asked about fees');
    await write('Wants a room on campus');
    await owner.call('admissions.touchpoints.create', { leadId, kind: 'call', outcome: 'left_message', note: 'Asked to ring back about the fees' });
    const found = async (search: string) => (await owner.call('admissions.leads.timeline', { id: leadId, search })).items.map(({ kind, detail }) => [kind, detail]);
    expect(await found('FEES zurich')).toEqual([['note', 'Parents live in Zürich; father asked about fees']]);
    expect((await found('fees')).map(([kind]) => kind).sort()).toEqual(['note', 'touchpoint']);
    expect((await found('left a message')).map(([kind]) => kind)).toEqual(['touchpoint']);
    expect(await found('swimming')).toEqual([]);
    expect(await texts('room')).toEqual(['Wants a room on campus']);
    const whole = (await owner.call('admissions.leads.timeline', { id: leadId })).items;
    expect(whole.filter(({ kind }) => kind === 'note').map(({ by, note }) => [by, note?.mine])).toEqual([['Ada Lovelace', true], ['Ada Lovelace', true]]);
  });

  it('is taken away and put back as it was', async () => {
    const { owner, write, texts } = await scene();
    const { id } = await write('Said in confidence');
    await owner.call('admissions.notes.remove', { id });
    expect(await texts()).toEqual([]);
    expect((await owner.refused('admissions.notes.update', { id, pinned: true })).message).toContain('Put it back first');
    // Twice is once.
    await owner.call('admissions.notes.remove', { id });
    await owner.call('admissions.notes.remove', { id, removed: false });
    expect(await texts()).toEqual(['Said in confidence']);
    expect(JSON.stringify((await owner.call('platform.audit.list', { limit: 50 })).items)).not.toContain('confidence');
  });

  it('is changed by its author or a manager; a colleague may pin it', async () => {
    const { owner, newUser, write } = await scene();
    const { id } = await write('Written by Ada');
    const [team] = (await owner.call('platform.teams.list')).items;
    const colleague = await newUser('staff', { teamId: team!.id });
    expect(await colleague.refused('admissions.notes.update', { id, text: 'Other words' })).toMatchObject({ code: 'not_permitted', message: expect.stringContaining('Ada Lovelace wrote this note') });
    expect((await colleague.refused('admissions.notes.remove', { id })).code).toBe('not_permitted');
    expect(await colleague.call('admissions.notes.update', { id, pinned: true })).toMatchObject({ pinned: true, mine: false });
    const manager = await newUser('manager', { teamId: team!.id });
    expect((await manager.call('admissions.notes.update', { id, text: 'Other words' })).text).toBe('Other words');
  });

  it('that two people change in the same moment is a conflict for the second, who loses nothing', async () => {
    const { owner, write } = await scene();
    const { id, revision } = await write('First');
    await owner.call('admissions.notes.update', { id, text: 'Mine', revision });
    expect(await owner.refused('admissions.notes.update', { id, text: 'Theirs', revision })).toMatchObject({ code: 'conflict', details: { revision: revision + 1 } });
  });

  it('goes with its lead into a merge and comes back out of it; what was written since stays, and is named', async () => {
    const { owner, clock, leadId, write } = await scene();
    await write('On the first');
    const other = await owner.call('admissions.leads.create', { givenName: 'Zara', familyName: 'Patel' });
    await owner.call('admissions.attachments.create', { leadId, link: 'https://example.org/a' });
    const { mergeId } = await owner.call('admissions.duplicates.merge', { survivorId: other.id, mergedId: leadId });
    expect((await owner.call('admissions.notes.list', { leadId: other.id })).items.map(({ text }) => text)).toEqual(['On the first']);
    expect((await owner.call('admissions.attachments.list', { leadId: other.id })).items).toHaveLength(1);
    clock.advance(1_000);
    await owner.call('admissions.notes.create', { leadId: other.id, text: 'Since then' });
    const { kept } = await owner.call('admissions.duplicates.unmerge', { mergeId });
    expect(kept).toEqual(['1 note that was written after the merge stays with Zara Patel.']);
    expect((await owner.call('admissions.notes.list', { leadId })).items.map(({ text }) => text)).toEqual(['On the first']);
    expect((await owner.call('admissions.notes.list', { leadId: other.id })).items.map(({ text }) => text)).toEqual(['Since then']);
  });
});
