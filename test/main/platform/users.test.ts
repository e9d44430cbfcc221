import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyApp, passPhrase, type Person, type TestApp, workspaceApp } from '#test/support/app';

const wrapsOf = (folder: string, userId: string): number => {
  const ring = JSON.parse(readFileSync(join(folder, 'workspace.keys'), 'utf8')) as { wraps: { userId?: string }[] };
  return ring.wraps.filter((wrap) => wrap.userId === userId).length;
};

/** Two departments: Admissions with its first team, and Overseas with a team of its own. */
async function twoDepartments(): Promise<TestApp & { manager: Person; admissions: string; overseas: string }> {
  const test = await workspaceApp();
  const overseas = (await test.owner.call('platform.teams.create', { name: 'International', department: 'Overseas' })).id;
  const admissions = (await test.owner.call('platform.teams.list')).items.find(({ id }) => id !== overseas)!.id;
  return { ...test, admissions, overseas, manager: await test.newUser('manager', { teamId: admissions }) };
}

describe('a new user', () => {
  it('signs in with the pass phrase that they were given, and is in the list', async () => {
    const { owner, newUser } = await workspaceApp();
    const grace = await newUser('staff', { email: 'Grace@School.example' });
    expect((await grace.call('platform.sessions.current')).user).toMatchObject({ email: 'grace@school.example', role: 'staff', hasPassPhrase: true });
    const listed = (await owner.call('platform.users.list')).items.find(({ id }) => id === grace.userId);
    expect(listed).toMatchObject({ active: true, openSessions: 1, teamName: 'Admissions' });
  });

  it('needs an e-mail of their own, a pass phrase worth the name, and a team that exists', async () => {
    const { owner } = await workspaceApp();
    const grace = { name: 'Grace Hopper', email: 'grace@school.example', role: 'staff', passPhrase };
    expect((await owner.refused('platform.users.create', { ...grace, email: 'ADA@school.example' })).code).toBe('conflict');
    expect(await owner.refused('platform.users.create', { ...grace, passPhrase: 'short' })).toMatchObject({ code: 'invalid_input', message: expect.stringMatching(/at least 8 characters/) });
    expect((await owner.refused('platform.users.create', { ...grace, teamId: '01890000-0000-7000-8000-000000000000' })).code).toBe('not_found');
    expect((await owner.call('platform.users.list')).items).toHaveLength(1);
  });

  it('signs in with a new e-mail once it was changed, and with the old one no more', async () => {
    const { owner, newUser, signIn, stranger } = await workspaceApp();
    const grace = await newUser('staff', { email: 'grace@school.example' });
    await owner.call('platform.users.update', { id: grace.userId, email: 'hopper@school.example' });
    await signIn('hopper@school.example');
    expect((await stranger().refused('platform.sessions.signIn', { email: 'grace@school.example', passPhrase })).code).toBe('wrong_credentials');
    expect((await owner.refused('platform.users.update', { id: grace.userId, email: 'ada@school.example' })).code).toBe('conflict');
  });
});

describe('a user who is deactivated', () => {
  it('is out at once, at every door, and their key is gone from the file', async () => {
    const { owner, newUser, signIn, stranger, folder } = await workspaceApp();
    const grace = await newUser('staff', { email: 'grace@school.example' });
    const inBrowser = await signIn('grace@school.example', 'web');
    inBrowser.listen();
    await stranger().call('platform.sessions.signIn', { email: 'grace@school.example', passPhrase, remember: true });
    expect(wrapsOf(folder, grace.userId)).toBe(2);
    expect(await owner.call('platform.users.deactivate', { id: grace.userId })).toMatchObject({ active: false, openSessions: 0, hasPassPhrase: false });
    for (const person of [grace, inBrowser]) expect((await person.refused('admissions.leads.list')).code).toBe('not_signed_in');
    expect(inBrowser.events).toContainEqual({ kind: 'sessionEnded', reason: 'deactivated' });
    expect(wrapsOf(folder, grace.userId)).toBe(0);
    expect((await stranger().refused('platform.sessions.signIn', { email: 'grace@school.example', passPhrase })).code).toBe('wrong_credentials');
    expect((await owner.call('platform.users.list', { includeInactive: false })).items).toHaveLength(1);
  });

  it('does not come in by the recovery key either', async () => {
    const { owner, newUser, stranger, recoveryKey } = await workspaceApp();
    const grace = await newUser('staff', { email: 'grace@school.example' });
    await owner.call('platform.users.deactivate', { id: grace.userId });
    const error = await stranger().refused('platform.workspaces.recover', { recoveryKey, email: 'grace@school.example', passPhrase: 'a new pass phrase' });
    expect(error.code).toBe('wrong_credentials');
  });

  it('comes back with a new pass phrase only', async () => {
    const { owner, newUser, stranger } = await workspaceApp();
    const email = 'grace@school.example';
    const grace = await newUser('staff', { email });
    expect((await owner.refused('platform.users.reactivate', { id: grace.userId, passPhrase })).code).toBe('conflict');
    await owner.call('platform.users.deactivate', { id: grace.userId });
    await owner.call('platform.users.reactivate', { id: grace.userId, passPhrase: 'another four words' });
    expect((await stranger().refused('platform.sessions.signIn', { email, passPhrase })).code).toBe('wrong_credentials');
    expect((await grace.refused('platform.sessions.current')).code).toBe('not_signed_in');
    await stranger().call('platform.sessions.signIn', { email, passPhrase: 'another four words' });
  });
});

describe('the owner of a workspace', () => {
  it('stays: the last one is neither deactivated nor given another role', async () => {
    const { owner, newUser } = await workspaceApp();
    const admin = await newUser('admin');
    expect(await owner.refused('platform.users.deactivate', { id: owner.userId })).toMatchObject({ code: 'conflict', message: expect.stringMatching(/cannot deactivate yourself/) });
    expect(await owner.refused('platform.users.changeRole', { id: owner.userId, role: 'admin' })).toMatchObject({ code: 'conflict', message: expect.stringMatching(/needs an owner/) });
    expect((await admin.refused('platform.users.deactivate', { id: owner.userId })).code).toBe('not_permitted');
    expect((await admin.refused('platform.users.changeRole', { id: owner.userId, role: 'staff' })).code).toBe('not_permitted');
    expect((await owner.call('platform.sessions.current')).user.role).toBe('super_admin');
  });

  it('may go once there is another, who then is the last', async () => {
    const { owner, newUser } = await workspaceApp();
    const second = await newUser('super_admin');
    await owner.call('platform.users.changeRole', { id: owner.userId, role: 'staff' });
    expect((await second.refused('platform.users.changeRole', { id: second.userId, role: 'staff' })).code).toBe('conflict');
    await second.call('platform.users.deactivate', { id: owner.userId });
    expect((await owner.refused('platform.sessions.current')).code).toBe('not_signed_in');
  });
});

describe('roles', () => {
  it('hold from the next call on, without signing in again', async () => {
    const { owner, newUser } = await workspaceApp();
    const grace = await newUser('student');
    expect((await grace.refused('admissions.leads.list')).code).toBe('not_permitted');
    await owner.call('platform.users.changeRole', { id: grace.userId, role: 'staff' });
    await grace.call('admissions.leads.list');
    expect((await grace.call('platform.sessions.current')).permissions).toContain('ai_lead_scoring');
    await owner.call('platform.users.changeRole', { id: grace.userId, role: 'student' });
    expect((await grace.refused('admissions.leads.list')).code).toBe('not_permitted');
  });

  it('are given by administrators, none above their own', async () => {
    const { owner, newUser } = await workspaceApp();
    const admin = await newUser('admin');
    const staff = await newUser('staff');
    const eve = { name: 'Eve', email: 'eve@school.example', passPhrase };
    expect((await admin.refused('platform.users.create', { ...eve, role: 'super_admin' })).code).toBe('not_permitted');
    expect((await admin.refused('platform.users.changeRole', { id: admin.userId, role: 'super_admin' })).code).toBe('not_permitted');
    for (const entry of ['platform.users.create', 'platform.users.changeRole', 'platform.users.deactivate']) {
      const input = entry === 'platform.users.create' ? { ...eve, role: 'staff' } : { id: staff.userId, ...(entry === 'platform.users.changeRole' ? { role: 'admin' } : {}) };
      expect([entry, (await staff.refused(entry, input)).code]).toEqual([entry, 'not_permitted']);
    }
    await admin.call('platform.users.create', { ...eve, role: 'admin' });
    expect((await owner.call('platform.users.list')).items).toHaveLength(4);
  });
});

describe('a manager', () => {
  it('changes people of their own department, and nobody above', async () => {
    const { manager, newUser, owner, admissions, overseas } = await twoDepartments();
    const near = await newUser('staff', { teamId: admissions });
    const far = await newUser('staff', { teamId: overseas });
    const admin = await newUser('admin', { teamId: admissions });
    expect((await manager.call('platform.users.update', { id: near.userId, name: 'Grace Hopper', teamId: admissions })).name).toBe('Grace Hopper');
    for (const other of [far, admin, owner]) {
      expect((await manager.refused('platform.users.update', { id: other.userId, name: 'Eve' })).code).toBe('out_of_scope');
    }
  });

  it('moves nobody, not even themself, to where other leads are seen', async () => {
    const { manager, newUser, owner, admissions, overseas } = await twoDepartments();
    const near = await newUser('staff', { teamId: admissions });
    for (const id of [near.userId, manager.userId]) {
      expect(await manager.refused('platform.users.update', { id, teamId: overseas })).toMatchObject({ code: 'out_of_scope', message: expect.stringMatching(/your own department/) });
    }
    const evening = await owner.call('platform.teams.create', { name: 'Evening', department: 'Admissions' });
    expect((await manager.call('platform.users.update', { id: near.userId, teamId: evening.id })).teamName).toBe('Evening');
  });

  it('rename no team; who made the teams does, and no two of a department get one name', async () => {
    const { manager, owner, admissions, overseas } = await twoDepartments();
    expect((await manager.refused('platform.teams.update', { id: overseas, name: 'Elsewhere' })).code).toBe('not_permitted');
    expect(await owner.call('platform.teams.update', { id: overseas, name: 'Abroad' })).toMatchObject({ name: 'Abroad', departmentName: 'Overseas' });
    expect(await owner.call('platform.teams.update', { id: overseas, departmentName: 'World' })).toMatchObject({ name: 'Abroad', departmentName: 'World' });
    const evening = await owner.call('platform.teams.create', { name: 'Evening', department: 'World' });
    expect((await owner.refused('platform.teams.update', { id: evening.id, name: 'Abroad' })).code).toBe('conflict');
    const { departmentName } = (await owner.call('platform.teams.list')).items.find(({ id }) => id === admissions)!;
    expect((await owner.refused('platform.teams.update', { id: evening.id, departmentName })).code).toBe('conflict');
  });

  it('ends sessions of their own department only', async () => {
    const { manager, newUser, owner, admissions, overseas } = await twoDepartments();
    const near = await newUser('staff', { teamId: admissions });
    const far = await newUser('staff', { teamId: overseas });
    const sessionOf = async (person: Person): Promise<string> => (await person.call('platform.sessions.current')).sessionId;
    for (const other of [far, owner]) {
      expect((await manager.refused('platform.sessions.end', { sessionId: await sessionOf(other) })).code).toBe('out_of_scope');
    }
    await manager.call('platform.sessions.end', { sessionId: await sessionOf(near) });
    expect((await near.refused('platform.sessions.current')).code).toBe('not_signed_in');
  });
});

describe('one’s own pass phrase', () => {
  const next = 'another four words';

  it('is changed by whoever knows it; other sessions end, this one goes on', async () => {
    const { owner, signIn, stranger } = await workspaceApp();
    const elsewhere = await signIn('ada@school.example', 'web');
    expect((await owner.refused('platform.users.changePassPhrase', { current: 'not it at all', next })).code).toBe('wrong_credentials');
    await elsewhere.call('platform.sessions.current');
    await owner.call('platform.users.changePassPhrase', { current: passPhrase, next });
    expect((await elsewhere.refused('platform.sessions.current')).code).toBe('not_signed_in');
    await owner.call('platform.sessions.current');
    expect((await stranger().refused('platform.sessions.signIn', { passPhrase })).code).toBe('wrong_credentials');
    await stranger().call('platform.sessions.signIn', { passPhrase: next });
  });

  it('may be given up and set again, and holds after a restart', async () => {
    const { app, folder, owner } = await workspaceApp();
    await owner.call('platform.users.changePassPhrase', { current: passPhrase, next: null });
    expect((await owner.call('platform.sessions.current')).user.hasPassPhrase).toBe(false);
    await owner.call('platform.users.changePassPhrase', { next });
    await app.close();
    const { stranger } = emptyApp({ folder });
    expect((await stranger().refused('platform.sessions.signIn', {})).code).toBe('wrong_credentials');
    await stranger().call('platform.sessions.signIn', { passPhrase: next });
  });
});

describe('the recovery key', () => {
  it('gives no way in to an e-mail that nobody has, nor where there is no workspace', async () => {
    const { stranger, recoveryKey } = await workspaceApp();
    const input = { recoveryKey, email: 'nobody@school.example', passPhrase: 'a new pass phrase' };
    expect(await stranger().refused('platform.workspaces.recover', input)).toMatchObject({ code: 'wrong_credentials', message: expect.stringMatching(/No active user/) });
    expect((await emptyApp().stranger().refused('platform.workspaces.recover', input)).code).toBe('workspace_missing');
  });

  it('opens a workspace that nobody has opened since the start', async () => {
    const { app, folder, recoveryKey } = await workspaceApp();
    await app.close();
    const { stranger } = emptyApp({ folder });
    await stranger().call('platform.workspaces.recover', { recoveryKey, email: 'ada@school.example', passPhrase: 'a new pass phrase' });
    await stranger().call('platform.sessions.signIn', { passPhrase: 'a new pass phrase' });
  });
});
