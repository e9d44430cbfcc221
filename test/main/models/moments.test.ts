import { describe, expect, it } from 'vitest';
import { defaultCalendar } from '#domain/admissions/calendar/calendar';
import { leadFrame } from '#domain/models/leads/table';
import { selectRows } from '#domain/models/frame';
import { systemScope } from '#main/app/scope';
import { readLeadTable } from '#main/store/models/leadTable';
import { workspaceApp } from '#test/support/app';

const day = 86_400_000;

describe('a lead that taught', () => {
  it('is described by what was known at its moment: whatever is logged, sent, changed or said later, the same bits', async () => {
    const { owner: first, app, clock, signIn } = await workspaceApp();
    let owner = first;
    const lead = await owner.call('admissions.leads.create', { givenName: 'Zara', email: 'zara@school.sch.uk', source: 'UCAS', course: 'Law' });
    const log = (outcome: 'attended' | 'replied', kind: 'event' | 'email') => owner.call('admissions.touchpoints.create', { leadId: lead.id, kind, direction: 'inbound', outcome });
    clock.advance(60_000);
    await log('attended', 'event');
    clock.advance(40 * day);
    owner = await signIn('ada@school.example');
    await owner.call('admissions.leads.update', { id: lead.id, stage: 'enrolled' });
    const described = () => {
      const table = readLeadTable(app.inside.workspace.store(), systemScope, { now: clock(), learnUntil: 'enrolled' });
      const row = table.ids.indexOf(lead.id);
      const { frame } = leadFrame(table, { timeZone: 'Europe/London', calendar: defaultCalendar });
      return { at: table.moments.at[row], rules: table.rules[row], columns: selectRows(frame, Int32Array.of(row)).columns };
    };
    const before = described();
    expect(before.at).toBeLessThan(clock());
    expect(before.columns.find(({ name }) => name === 'eventsAttended')).toMatchObject({ values: Float64Array.of(Math.log1p(1)) });

    clock.advance(day);
    owner = await signIn('ada@school.example');
    await log('attended', 'event');
    await log('replied', 'email');
    await owner.call('admissions.engagement.create', { events: [{ leadId: lead.id, kind: 'opened', at: clock() - 1_000 }] });
    await owner.call('admissions.leads.update', { id: lead.id, source: 'Friend', course: 'Medicine', phone: '+447700900984' });
    await owner.call('admissions.consents.record', { leadId: lead.id, purpose: 'admissions', channel: 'email', granted: false, basis: 'spoken' });
    const after = described();
    for (const column of before.columns) expect(after.columns.find(({ name }) => name === column.name)).toEqual(column);
    // What only later activity has made known is unknown of the lead that taught.
    for (const column of after.columns) if (!before.columns.some(({ name }) => name === column.name)) expect(column).toMatchObject({ values: Float64Array.of(Number.NaN) });
    expect(after.rules).toBe(before.rules);

    // Asked about now, it is as it is now.
    const now = readLeadTable(app.inside.workspace.store(), systemScope, { now: clock() });
    expect(now.texts.source).toEqual(['Friend']);
    expect(now.signals.eventsAttended[0]).toBe(2);
  });
});

describe('the academic calendar', () => {
  it('begins with a usual one, is changed by who may, and keeps who changed it', async () => {
    const { owner, newUser } = await workspaceApp();
    const first = await owner.call('admissions.calendar.get', {});
    expect(first).toMatchObject({ calendar: first.defaults, changedAt: null, changedBy: null });
    const easter = { kind: 'holiday', name: 'Easter', from: '04-03', until: '04-17', year: 2026 } as const;
    // Keys as the specification of the first system would spell them are taken too.
    await owner.call('admissions.calendar.update', { year_begins: '08-15', periods: [easter] } as never);
    expect(await owner.call('admissions.calendar.get', {})).toMatchObject({ calendar: { yearBegins: '08-15', periods: [easter] }, changedAt: expect.any(Number) as number });
    expect((await owner.refused('admissions.calendar.update', { yearBegins: '02-30', periods: [] })).message).toMatch(/MM-DD/);
    const staff = await newUser('staff');
    expect((await staff.refused('admissions.calendar.update', { yearBegins: '08-15', periods: [] })).code).toBe('not_permitted');
    expect((await staff.call('admissions.calendar.get', {})).calendar.yearBegins).toBe('08-15');
  });
});
