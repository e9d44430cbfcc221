import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { emptyApp, passPhrase, workspaceApp } from '#test/support/app';

describe('setting up', () => {
  it('makes a workspace whose file tells nothing', async () => {
    const { folder } = await workspaceApp();
    const file = readFileSync(join(folder, 'workspace.ivy'));
    expect(file.subarray(0, 15).toString('latin1')).not.toBe('SQLite format 3');
    expect(file.includes(Buffer.from('Lovelace'))).toBe(false);
    const keys = readFileSync(join(folder, 'workspace.keys'), 'utf8');
    expect(keys).not.toMatch(/Ada|ada@|Lovelace|four ordinary/);
  });

  it('refuses a second workspace in the same profile', async () => {
    const { stranger } = await workspaceApp();
    const error = await stranger().refused('platform.workspaces.create', { name: 'Eve', email: 'eve@school.example', workspace: 'both' });
    expect(error.code).toBe('workspace_exists');
  });

  it('opens again after a restart with the pass phrase, and with nothing else', async () => {
    const first = await workspaceApp();
    await first.app.close();
    const { stranger } = emptyApp({ folder: first.folder });
    const error = await stranger().refused('platform.sessions.signIn', { passPhrase: 'not it at all' });
    expect(error.code).toBe('wrong_credentials');
    const session = await stranger().call('platform.sessions.signIn', { passPhrase });
    expect(session.user).toMatchObject({ email: 'ada@school.example', role: 'super_admin', hasPassPhrase: true });
  });

  it('takes a new pass phrase for the recovery key, however it was written down, and ends every open session', async () => {
    const { owner, stranger, recoveryKey } = await workspaceApp();
    const forgetful = stranger();
    const wrong = await forgetful.refused('platform.workspaces.recover', {
      recoveryKey: '0000-0000-0000-0000-0000-0000-0000-0000',
      email: 'ada@school.example',
      passPhrase: 'a new pass phrase',
    });
    expect(wrong.code).toBe('wrong_credentials');
    await forgetful.call('platform.workspaces.recover', {
      recoveryKey: ` ${recoveryKey.toLowerCase().replaceAll('-', ' ').replaceAll('0', 'o').replaceAll('1', 'l')} `,
      email: 'Ada@School.example',
      passPhrase: 'a new pass phrase',
    });
    expect((await forgetful.call('platform.sessions.current')).user.email).toBe('ada@school.example');
    expect((await owner.refused('platform.sessions.current')).code).toBe('not_signed_in');
    expect((await stranger().refused('platform.sessions.signIn', { passPhrase })).code).toBe('wrong_credentials');
    await stranger().call('platform.sessions.signIn', { passPhrase: 'a new pass phrase' });
  });

  it('opens without a pass phrase where the owner chose none, and says so', async () => {
    const { stranger } = await workspaceApp({ passPhrase: null });
    expect(await stranger().call('platform.workspaces.status')).toMatchObject({ opensWithoutPassPhrase: true, users: 1 });
    expect((await stranger().call('platform.sessions.signIn')).user.hasPassPhrase).toBe(false);
  });
});
