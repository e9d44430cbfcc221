import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, statSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyApp, passPhrase, type Person, temporaryFolder, type TestApp, workspaceApp } from '#test/support/app';
import { fileWith, smallCsv } from '#test/support/files';

/** A workspace with some work done in it, and its backup. */
async function backedUp(): Promise<TestApp & { file: string }> {
  const test = await workspaceApp();
  await test.owner.call('admissions.imports.run', { path: fileWith(smallCsv) });
  await test.newUser('staff', { email: 'stan@school.example' });
  const file = join(temporaryFolder(), 'whole.ivybackup');
  await test.owner.call('platform.backups.create', { path: file });
  return { ...test, file };
}

const everything = async (owner: Person): Promise<unknown> => ({
  leads: (await owner.call('admissions.leads.list', { sort: [{ field: 'name', direction: 'ascending' }] })).items,
  sources: await owner.call('admissions.sources.list'),
  users: (await owner.call('platform.users.list')).items.map(({ lastSignInAt: _last, openSessions: _open, ...user }) => user),
  settings: await owner.call('platform.settings.get'),
});

describe('a backup', () => {
  it('brings everything back in an empty profile, for everybody’s own pass phrase', async () => {
    const { owner, file } = await backedUp();
    expect(await owner.call('platform.backups.check')).toEqual({ intact: true, problems: [] });
    const before = await everything(owner);
    const restored = emptyApp();
    await restored.stranger().call('platform.backups.restore', { path: file });
    expect(await restored.stranger().call('platform.workspaces.status')).toMatchObject({ state: 'locked', users: 2 });
    const again = restored.stranger();
    await again.call('platform.sessions.signIn', { email: 'ada@school.example', passPhrase });
    expect(await everything(again)).toEqual(before);
    expect(await again.call('platform.backups.check')).toEqual({ intact: true, problems: [] });
    expect(await again.call('platform.audit.verify')).toMatchObject({ intact: true });
    await restored.stranger().call('platform.sessions.signIn', { email: 'stan@school.example', passPhrase });
    expect(await again.call('admissions.imports.run', { path: fileWith(smallCsv) })).toMatchObject({ imported: 0, updated: 4 });
  });

  it('opens by the recovery key, and by no session of its day', async () => {
    const { recoveryKey, file, stranger, owner } = await backedUp();
    await stranger().call('platform.sessions.signIn', { email: 'ada@school.example', passPhrase, remember: true });
    const second = join(temporaryFolder(), 'second.ivybackup');
    await owner.call('platform.backups.create', { path: second });
    expect(readFileSync(second).subarray(0, 10_000).includes('"session"')).toBe(false);
    const restored = emptyApp();
    await restored.stranger().call('platform.backups.restore', { path: file });
    await restored.stranger().call('platform.workspaces.recover', { recoveryKey, email: 'ada@school.example', passPhrase: 'a new pass phrase' });
  });

  it('opens with nothing else', async () => {
    const { file } = await backedUp();
    const { stranger } = emptyApp();
    await stranger().call('platform.backups.restore', { path: file });
    expect((await stranger().refused('platform.sessions.signIn', { email: 'ada@school.example', passPhrase: 'not it at all' })).code).toBe('wrong_credentials');
    const wrongKey = { recoveryKey: '0000-1111-2222-3333-4444-5555-6666-7777', email: 'ada@school.example', passPhrase: 'a new pass phrase' };
    expect((await stranger().refused('platform.workspaces.recover', wrongKey)).code).toBe('wrong_credentials');
    expect((await stranger().call('platform.workspaces.status')).state).toBe('locked');
  });

  it('has nothing in clear, is for its owner’s eyes alone, and says what it is', async () => {
    const { file, owner, folder } = await backedUp();
    const content = readFileSync(file);
    expect(content.subarray(0, 13).toString()).toBe('Ivy backup 1\n');
    for (const word of ['Zara', 'Patel', 'zara.patel', 'Lovelace', 'school.example', passPhrase]) expect(content.includes(word), word).toBe(false);
    if (process.platform !== 'win32') expect(statSync(file).mode & 0o077).toBe(0);
    expect(readdirSync(folder).filter((name) => name.startsWith('backup-'))).toEqual([]);
    const [row] = (await owner.call('platform.audit.list', { action: 'platform.backups.create' })).items;
    expect(row).toMatchObject({ outcome: 'succeeded', resource: 'backup_restore' });
  });

  it('is made by the owner alone', async () => {
    const { newUser } = await workspaceApp();
    const admin = await newUser('admin');
    for (const entry of ['platform.backups.create', 'platform.backups.check']) expect((await admin.refused(entry)).code).toBe('not_permitted');
  });

  it('takes the place of an older one, but of nothing that Ivy lives on', async () => {
    const { owner, file, folder } = await backedUp();
    await owner.call('platform.backups.create', { path: file });
    for (const name of ['workspace.ivy', 'workspace.keys', 'lock']) {
      const error = await owner.refused('platform.backups.create', { path: join(folder, name) });
      expect(error).toMatchObject({ code: 'invalid_input', message: expect.stringMatching(/another place/) });
      expect((await owner.refused('platform.audit.export', { path: join(folder, name) })).code).toBe('invalid_input');
    }
    expect(await owner.call('platform.backups.check')).toEqual({ intact: true, problems: [] });
    expect((await owner.call('admissions.leads.list')).total).toBe(4);
  });

  it('needs a place where a file can be', async () => {
    const { owner } = await workspaceApp();
    const taken = join(temporaryFolder(), 'a folder');
    mkdirSync(taken);
    expect(await owner.refused('platform.backups.create', { path: taken })).toMatchObject({ code: 'invalid_input', message: expect.stringMatching(/is a folder/) });
    expect(await owner.refused('platform.backups.create', { path: join(taken, 'no', 'such', 'whole.ivybackup') })).toMatchObject({ code: 'not_found', message: expect.stringMatching(/Make it first/) });
  });
});

describe('a restore', () => {
  const damages: readonly [string, (file: string) => void][] = [
    ['of a file that was changed in one place', (file) => { flip(file, statSync(file).size - 5_000); }],
    ['of a file whose first line was changed', (file) => { flip(file, 3); }],
    ['of a file whose header was changed', (file) => { flip(file, 15); }],
    ['of a file that was cut off', (file) => { truncateSync(file, statSync(file).size - 8_192); }],
    ['of a file that was cut off in its header', (file) => { truncateSync(file, 200); }],
    ['of a file with something behind it', (file) => { writeFileSync(file, 'x', { flag: 'a' }); }],
    ['of an empty file', (file) => { truncateSync(file, 0); }],
    ['of something else', (file) => { writeFileSync(file, smallCsv); }],
  ];
  it.each(damages)('%s is refused, and leaves the profile empty', async (_name, damage) => {
    const { file } = await backedUp();
    damage(file);
    const { stranger, folder } = emptyApp();
    expect(await stranger().refused('platform.backups.restore', { path: file })).toMatchObject({ code: 'unreadable_file', message: expect.stringMatching(/Try an older one/) });
    expect((await stranger().call('platform.workspaces.status')).state).toBe('missing');
    expect(readdirSync(folder).filter((name) => name.startsWith('workspace'))).toEqual([]);
  });

  it('of a file that is not there, or is a folder, says so', async () => {
    const { stranger } = emptyApp();
    expect(await stranger().refused('platform.backups.restore', { path: join(temporaryFolder(), 'none.ivybackup') })).toMatchObject({ code: 'not_found' });
    expect(await stranger().refused('platform.backups.restore', { path: temporaryFolder() })).toMatchObject({ code: 'unreadable_file' });
    expect((await stranger().refused('platform.backups.restore', {})).code).toBe('invalid_input');
    expect((await stranger('web').refused('platform.backups.restore', { path: '/etc/hosts' })).code).toBe('not_permitted');
  });

  it('never takes the place of a workspace that is there', async () => {
    const { file, owner, stranger } = await backedUp();
    await owner.call('admissions.leads.create', { givenName: 'Later' });
    expect(await stranger().refused('platform.backups.restore', { path: file })).toMatchObject({ code: 'workspace_exists', message: expect.stringMatching(/empty folder/) });
    expect((await owner.call('admissions.leads.list')).total).toBe(5);
  });

  it('puts a file without keys aside instead of deleting it', async () => {
    const { app, file, folder } = await backedUp();
    await app.close();
    const profile = temporaryFolder();
    cpSync(join(folder, 'workspace.ivy'), join(profile, 'workspace.ivy'));
    const { stranger } = emptyApp({ folder: profile });
    await stranger().call('platform.backups.restore', { path: file });
    const aside = readdirSync(profile).filter((name) => name.startsWith('workspace.ivy.without-keys-'));
    expect(aside).toHaveLength(1);
    expect(readFileSync(join(profile, aside[0]!)).equals(readFileSync(join(folder, 'workspace.ivy')))).toBe(true);
    expect(existsSync(join(profile, 'workspace.keys'))).toBe(true);
  });
});

function flip(file: string, at: number): void {
  const content = readFileSync(file);
  content[at] = content[at]! ^ 0x55;
  writeFileSync(file, content);
}
