import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { monday, temporaryFolder, workspaceApp } from '#test/support/app';

const hour = 3_600_000;
const day = 24 * hour;

async function scene() {
  const test = await workspaceApp();
  const { id: leadId } = await test.owner.call('admissions.leads.create', { givenName: 'Zara', familyName: 'Patel' });
  return { ...test, leadId };
}

describe('a task', () => {
  it('is due when its words say, by the workspace’s clock', async () => {
    const { owner, leadId } = await scene();
    // Ten in the morning in London; tomorrow at nine there is 08:00 UTC.
    expect((await owner.call('admissions.tasks.create', { leadId, title: 'Call', due: 'tomorrow 9:00' })).dueAt).toBe(Date.UTC(2026, 9, 6, 8));
    expect(await owner.refused('admissions.tasks.create', { leadId, title: 'Call', due: 'toomorrow 9:00' })).toMatchObject({ code: 'invalid_input', message: expect.stringContaining('“toomorrow 9:00”') });
    await owner.call('platform.settings.update', { timeZone: 'America/New_York', defaultCountry: 'US' });
    // Five in the morning in New York, still summer time.
    expect((await owner.call('admissions.tasks.create', { leadId, title: 'Call', due: '10/7 9am' })).dueAt).toBe(Date.UTC(2026, 9, 7, 13));
  });

  it('stands beside its lead in lists, the earliest one that is open', async () => {
    const { owner, leadId } = await scene();
    const nextOf = async () => (await owner.call('admissions.leads.list')).items[0]!.nextTaskAt;
    expect(await nextOf()).toBeNull();
    const late = await owner.call('admissions.tasks.create', { leadId, title: 'Late', dueAt: monday - day });
    await owner.call('admissions.tasks.create', { leadId, title: 'Soon', dueAt: monday + day });
    expect(await nextOf()).toBe(monday - day);
    expect((await owner.call('admissions.triage.queue')).items[0]!.lead.nextTaskAt).toBe(monday - day);
    await owner.call('admissions.tasks.update', { id: late.id, done: true });
    expect(await nextOf()).toBe(monday + day);
  });

  it('keeps the moment at which it was done, is undone, taken away and put back', async () => {
    const { owner, clock, leadId } = await scene();
    const { id } = await owner.call('admissions.tasks.create', { leadId, title: 'Call' });
    await owner.call('admissions.tasks.update', { id, done: true });
    clock.advance(hour);
    expect((await owner.call('admissions.tasks.update', { id, done: true, title: 'Call back' })).doneAt).toBe(monday);
    expect((await owner.call('admissions.tasks.update', { id, done: false })).doneAt).toBeNull();
    await owner.call('admissions.tasks.remove', { id });
    expect((await owner.call('admissions.tasks.list', { leadId, includeDone: true })).items).toEqual([]);
    expect((await owner.refused('admissions.tasks.update', { id, done: true })).message).toContain('Put it back first');
    await owner.call('admissions.tasks.remove', { id, removed: false });
    expect((await owner.call('admissions.tasks.list', { leadId })).items).toMatchObject([{ id, title: 'Call back' }]);
  });

  it('is given to somebody who can see its lead, and to nobody else', async () => {
    const { owner, newUser, leadId } = await scene();
    const [own] = (await owner.call('platform.teams.list')).items;
    const colleague = await newUser('staff', { teamId: own!.id });
    const far = await newUser('staff', { teamId: (await owner.call('platform.teams.create', { name: 'Elsewhere', department: 'Overseas' })).id });
    const student = await newUser('student', { teamId: own!.id });
    const { id } = await owner.call('admissions.tasks.create', { leadId, title: 'Call', assigneeId: colleague.userId });
    expect((await colleague.call('admissions.tasks.list', { mine: true })).items).toMatchObject([{ id, lead: { id: leadId } }]);
    for (const person of [far, student]) {
      expect(await owner.refused('admissions.tasks.update', { id, assigneeId: person.userId })).toMatchObject({ code: 'invalid_input', message: expect.stringContaining('cannot see this lead') });
    }
    expect((await owner.call('admissions.tasks.update', { id, assigneeId: owner.userId })).assignee?.id).toBe(owner.userId);
    expect((await owner.refused('admissions.tasks.create', { title: 'Call', assigneeId: colleague.userId })).message).toContain('Name the lead');
    // A task of no lead is one's own.
    const mine = await owner.call('admissions.tasks.create', { title: 'Tidy up' });
    expect((await colleague.refused('admissions.tasks.update', { id: mine.id, done: true })).code).toBe('out_of_scope');
  });

  it('that two people change in the same second is a conflict for the second', async () => {
    const { owner, leadId } = await scene();
    const { id, revision } = await owner.call('admissions.tasks.create', { leadId, title: 'Call' });
    expect((await owner.call('admissions.tasks.update', { id, title: 'Call Zara', due: 'friday', revision })).revision).toBe(revision + 1);
    expect(await owner.refused('admissions.tasks.update', { id, title: 'Write', revision })).toMatchObject({ code: 'conflict', details: { revision: revision + 1 } });
  });
});

/** The lines of a calendar file, those that were folded joined again (RFC 5545, 3.1). */
const linesOf = (text: string): string[] => text.replace(/\r\n[ \t]/g, '').split('\r\n').filter((line) => line !== '');

describe('a calendar file', () => {
  it('holds open tasks that have a date, in UTC, with their words escaped', async () => {
    const { owner, clock, leadId } = await scene();
    const { id } = await owner.call('admissions.tasks.create', { leadId, title: 'Fees; room, food\nand a back\\slash '.repeat(3).trim(), due: '26 Oct 9:00' });
    await owner.call('admissions.tasks.create', { leadId, title: 'No date' });
    const done = await owner.call('admissions.tasks.create', { leadId, title: 'Done', due: 'friday' });
    await owner.call('admissions.tasks.update', { id: done.id, done: true });
    clock.advance(hour);
    await owner.call('admissions.tasks.update', { id, due: '27 Oct 9:00' });
    const path = join(temporaryFolder(), 'mine.ics');
    const made = await owner.call('admissions.tasks.calendar', { path });
    const text = readFileSync(path, 'utf8');
    expect(made).toMatchObject({ rows: 1, path, bytes: Buffer.byteLength(text) });
    // RFC 5545: lines end by CRLF and hold 75 octets at most.
    expect(text.split('\r\n').every((line) => Buffer.byteLength(line) <= 75 && !line.includes('\n'))).toBe(true);
    const lines = linesOf(text);
    expect(lines.slice(0, 2)).toEqual(['BEGIN:VCALENDAR', 'VERSION:2.0']);
    expect(lines.filter((line) => line === 'BEGIN:VEVENT')).toHaveLength(1);
    const once = 'Fees\\; room\\, food\\nand a back\\\\slash';
    expect(lines).toContain(`SUMMARY:${once} ${once} ${once} (Zara Patel)`);
    // London has left summer time two days before.
    expect(lines).toContain('DTSTART:20261027T090000Z');
    expect(lines).toContain('DTEND:20261027T093000Z');
    expect(lines).toContain(`UID:${id}@ivy`);
    expect(lines).toContain('SEQUENCE:1');
    expect(lines).toContain('DTSTAMP:20261005T100000Z');
  });

  it('holds one task, those of a lead, or one’s own; and says where there is nothing to hold', async () => {
    const { owner, newUser, leadId } = await scene();
    const [team] = (await owner.call('platform.teams.list')).items;
    const colleague = await newUser('staff', { teamId: team!.id });
    const first = await owner.call('admissions.tasks.create', { leadId, title: 'First', due: 'tomorrow' });
    await owner.call('admissions.tasks.create', { leadId, title: 'Second', due: 'friday', assigneeId: colleague.userId });
    const rows = async (person: typeof owner, input: object) => (await person.call('admissions.tasks.calendar', input)).rows;
    expect([await rows(owner, { id: first.id }), await rows(owner, { leadId }), await rows(owner, {}), await rows(colleague, {})]).toEqual([1, 2, 1, 1]);
    await owner.call('admissions.tasks.update', { id: first.id, dueAt: null });
    expect(await owner.refused('admissions.tasks.calendar', { id: first.id })).toMatchObject({ code: 'not_found', message: expect.stringContaining('Give one a date first') });
  });
});
