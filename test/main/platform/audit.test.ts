import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { openStore } from '#main/store/open';
import type { Writer } from '#main/store/tx';
import { emptyApp, fixedClock, monday, passPhrase, type Person, temporaryFolder, type TestApp, workspaceApp } from '#test/support/app';

/** What the audit says, oldest first: the entry, its outcome, and the code of a refusal. */
async function rowsOf(owner: Person, filter: object = {}): Promise<string[]> {
  const { items } = await owner.call('platform.audit.list', { limit: 500, ...filter });
  return items.map(({ action, outcome, details }) => `${action} ${outcome}${typeof details.code === 'string' ? ` ${details.code}` : ''}`).reverse();
}

describe('the audit', () => {
  it('has a row for every command, by whom, at which door and on what', async () => {
    const { owner, signIn } = await workspaceApp();
    const inBrowser = await signIn('ada@school.example', 'web');
    const lead = await inBrowser.call('admissions.leads.create', { givenName: 'Zara', email: 'zara@example.com' });
    await owner.call('admissions.leads.list');
    expect(await rowsOf(owner)).toEqual(['platform.workspaces.create succeeded', 'platform.sessions.signIn succeeded', 'admissions.leads.create succeeded']);
    const [newest] = (await owner.call('platform.audit.list', { limit: 1 })).items;
    expect(newest).toMatchObject({ sequence: 3, actorId: owner.userId, actorName: 'Ada Lovelace', door: 'web', resource: 'lead_data', targetIds: [lead.id], at: monday });
  });

  it('has no personal value in clear', async () => {
    const { owner, stranger } = await workspaceApp();
    await owner.call('admissions.leads.create', { givenName: 'Zara', email: 'zara@example.com', phone: '07700 900001' });
    await owner.call('platform.users.create', { name: 'Grace Hopper', email: 'grace@school.example', role: 'staff', passPhrase });
    await stranger().refused('platform.sessions.signIn', { email: 'grace@school.example', passPhrase: 'a slip of the tongue' });
    await stranger().refused('platform.sessions.signIn', { email: 'eve@school.example', passPhrase });
    const rows = (await owner.call('platform.audit.list', { limit: 500 })).items.map(({ actorName: _name, ...row }) => row);
    expect(JSON.stringify(rows)).not.toMatch(/zara|grace|hopper|eve|7700|slip of the tongue|four ordinary/i);
  });

  it('has what was refused and what failed, but not what was only mistyped', async () => {
    const { owner, newUser, stranger } = await workspaceApp();
    const student = await newUser('student');
    const manager = await newUser('manager');
    await student.refused('admissions.leads.list');
    await manager.refused('platform.users.changeRole', { id: student.userId, role: 'staff' });
    await manager.refused('platform.users.update', { id: owner.userId, name: 'Eve' });
    await student.refused('admissions.leads.update', { unknown: true });
    await student.refused('no.such.entry');
    await stranger().refused('admissions.leads.list');
    await owner.refused('platform.users.create', { name: 'Eve', email: 'ada@school.example', role: 'staff', passPhrase });
    for (let time = 0; time < 6; time += 1) await stranger().refused('platform.sessions.signIn', { email: 'ada@school.example', passPhrase: 'not it at all' });
    expect((await rowsOf(owner)).filter((row) => !row.endsWith('succeeded'))).toEqual([
      'admissions.leads.list refused not_permitted',
      'platform.users.changeRole refused not_permitted',
      'platform.users.update refused out_of_scope',
      'platform.users.create failed conflict',
      ...Array<string>(5).fill('platform.sessions.signIn refused wrong_credentials'),
      'platform.sessions.signIn refused locked_out',
    ]);
    expect(await rowsOf(owner, { actorId: student.userId, outcome: 'refused' })).toEqual(['admissions.leads.list refused not_permitted']);
    expect((await owner.call('platform.audit.verify')).intact).toBe(true);
  });

  it('has the refusals of a time when nobody could write them down', async () => {
    const first = await workspaceApp();
    await first.app.close();
    const { stranger, clock } = emptyApp({ folder: first.folder });
    for (let time = 0; time < 3; time += 1) await stranger('web').refused('platform.sessions.signIn', { passPhrase: 'not it at all' });
    clock.advance(60_000);
    const owner = stranger();
    await owner.call('platform.sessions.signIn', { passPhrase });
    const refusals = (await owner.call('platform.audit.list', { outcome: 'refused' })).items;
    expect(refusals.map(({ action, door, at }) => [action, door, at])).toEqual(Array(3).fill(['platform.sessions.signIn', 'web', monday]));
  });

  it('is read by administrators, and exported with a row of its own', async () => {
    const { owner, newUser } = await workspaceApp();
    expect((await (await newUser('staff')).refused('platform.audit.list')).code).toBe('not_permitted');
    expect((await (await newUser('admin')).call('platform.audit.verify')).intact).toBe(true);
    const path = join(temporaryFolder(), 'audit.csv');
    const exported = await owner.call('platform.audit.export', { path });
    const lines = readFileSync(path, 'utf8').trim().split('\r\n');
    expect(lines).toHaveLength(exported.rows + 1);
    expect(lines.at(-1)).toContain('platform.workspaces.create');
    expect(await rowsOf(owner, { action: 'platform.audit.export' })).toEqual(['platform.audit.export succeeded']);
  });
});

describe('nobody rewrites the audit', () => {
  it.each(['update audit set outcome = \'succeeded\' where sequence = 1', 'delete from audit where sequence = 1', 'delete from audit'])('the database refuses: %s', async (sql) => {
    const { app, owner } = await workspaceApp();
    const store = app.inside.workspace.store();
    expect(() => store.transaction((writer) => writer.run(sql))).toThrow('The audit is append-only.');
    expect((await owner.call('platform.audit.verify')).intact).toBe(true);
  });

  /** An audit of ten rows, and somebody who has the key and no scruples. */
  const tampered = async (tamper: (writer: Writer) => void): Promise<Person> => {
    const { app, folder, owner }: TestApp = await workspaceApp();
    for (let row = 2; row <= 10; row += 1) await owner.call('admissions.leads.create', { givenName: `Person ${String(row)}` });
    expect(await owner.call('platform.audit.verify')).toEqual({ intact: true, rows: 10, firstBrokenSequence: null, problem: null });
    const dataKey = app.inside.workspace.dataKey();
    await app.close();
    const store = openStore({ file: join(folder, 'workspace.ivy'), dataKey, now: () => monday });
    store.transaction((writer) => {
      for (const trigger of ['audit_is_not_updated', 'audit_is_not_deleted']) writer.run(`drop trigger ${trigger}`);
      tamper(writer);
    });
    store.close();
    const { stranger } = emptyApp({ folder, clock: fixedClock(monday) });
    const again = stranger();
    await again.call('platform.sessions.signIn', { passPhrase });
    return again;
  };

  /** The hash that a row ought to have, so that only the row after it tells. */
  const rehash = (writer: Writer, sequence: number): void => {
    const row = writer.get<Record<string, string | number | null> & { previous: Buffer }>('select * from audit where sequence = ?', sequence)!;
    const parts = ['sequence', 'at', 'actor_id', 'door', 'action', 'resource', 'target_ids', 'outcome', 'details'].map((name) => row[name]);
    const hash = createHash('sha256').update(JSON.stringify([...parts, row.previous.toString('hex')])).digest();
    writer.run('update audit set hash = ? where sequence = ?', hash, sequence);
  };

  const ways: readonly [string, number, RegExp, (writer: Writer) => void][] = [
    ['another time', 4, /Row 4 was changed/, (writer) => writer.run('update audit set at = at + 1 where sequence = 4')],
    ['another actor', 1, /Row 1 was changed/, (writer) => writer.run('update audit set actor_id = null where sequence = 1')],
    ['other details, in two rows', 6, /Row 6 was changed/, (writer) => writer.run(`update audit set details = '{"a":1}' where sequence in (6, 9)`)],
    ['another outcome, with a hash made to fit', 8, /Row 8 does not follow/, (writer) => {
      writer.run("update audit set outcome = 'failed' where sequence = 7");
      rehash(writer, 7);
    }],
    ['a row taken out', 5, /Row 5 is missing/, (writer) => writer.run('delete from audit where sequence = 5')],
    ['the first row taken out', 1, /Row 1 is missing/, (writer) => writer.run('delete from audit where sequence = 1')],
    ['the newest rows taken out', 9, /Row 9 is missing/, (writer) => writer.run('delete from audit where sequence >= 9')],
    ['two rows in each other’s place', 3, /Row 3 does not follow/, (writer) => {
      writer.run('update audit set sequence = 100 where sequence = 3');
      writer.run('update audit set sequence = 3 where sequence = 4');
      writer.run('update audit set sequence = 4 where sequence = 100');
    }],
  ];
  it.each(ways)('%s: the check names row %i', async (_name, sequence, problem, tamper) => {
    const owner = await tampered(tamper);
    expect(await owner.call('platform.audit.verify')).toMatchObject({ intact: false, firstBrokenSequence: sequence, problem: expect.stringMatching(problem) });
  });

  it('the newest rows taken out while nothing was written since', async () => {
    const { app, owner } = await workspaceApp();
    for (let row = 2; row <= 5; row += 1) await owner.call('admissions.leads.create', { givenName: `Person ${String(row)}` });
    app.inside.workspace.store().transaction((writer) => {
      writer.run('drop trigger audit_is_not_deleted');
      writer.run('delete from audit where sequence > 3');
    });
    expect(await owner.call('platform.audit.verify')).toMatchObject({ intact: false, rows: 3, firstBrokenSequence: 4, problem: 'Rows from 4 on are missing.' });
  });
});
