import { createHash, randomBytes } from 'node:crypto';
import { copyFileSync, readdirSync, readFileSync, statSync, truncateSync, unlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createApp } from '#main/app/createApp';
import { silentLog } from '#main/app/log';
import { readKeyring } from '#main/app/keyringFile';
import { profileAt } from '#main/app/profile';
import { unwrapForUser, type UserWrap } from '#main/store/keys';
import { migrations } from '#main/store/migrate';
import { openStore } from '#main/store/open';
import { createInlinePool } from '#main/worker/pool';
import { emptyApp, fixedClock, monday, passPhrase, type Person, temporaryFolder, workspaceApp } from '#test/support/app';
import { fileWith } from '#test/support/files';

/** A profile that was worked in and closed. */
async function closedProfile(): Promise<string> {
  const { app, folder, owner } = await workspaceApp();
  await owner.call('admissions.leads.create', { givenName: 'Zara', email: 'zara@example.com' });
  await app.close();
  return folder;
}

const workspaceFile = (folder: string): string => join(folder, 'workspace.ivy');
const digest = (file: string): string => createHash('sha256').update(readFileSync(file)).digest('hex');

async function dataKeyOf(folder: string): Promise<Buffer> {
  const wrap = readKeyring(profileAt(folder))?.wraps.find((each): each is UserWrap => each.kind === 'passPhrase');
  const key = wrap === undefined ? null : await unwrapForUser(wrap, passPhrase);
  if (key === null) throw new Error('The pass phrase of the test does not open the workspace.');
  return key;
}

/** Signs in to a profile, is refused, and finds the workspace file as it was. */
async function refusedAndUnharmed(folder: string, given = passPhrase): Promise<{ code: string; message: string }> {
  const before = digest(workspaceFile(folder));
  const { app, stranger } = emptyApp({ folder });
  const error = await stranger().refused('platform.sessions.signIn', { passPhrase: given });
  await app.close();
  expect(digest(workspaceFile(folder))).toBe(before);
  return error;
}

describe('a workspace that cannot be opened says what to do, and its file stays as it is', () => {
  it('with a wrong pass phrase', async () => {
    const folder = await closedProfile();
    expect(await refusedAndUnharmed(folder, 'not it at all')).toMatchObject({ code: 'wrong_credentials', message: expect.stringMatching(/recovery key/) });
  });

  it('with the keys of another workspace', async () => {
    const folder = await closedProfile();
    copyFileSync(join(await closedProfile(), 'workspace.keys'), join(folder, 'workspace.keys'));
    expect(await refusedAndUnharmed(folder)).toMatchObject({ code: 'workspace_damaged', message: expect.stringMatching(/Restore your newest backup/) });
  });

  it('written by a newer Ivy', async () => {
    const folder = await closedProfile();
    const step = { number: 9_990, name: 'future', sql: 'create table future (only integer primary key) strict' };
    openStore({ file: workspaceFile(folder), dataKey: await dataKeyOf(folder), now: () => monday, steps: [...migrations, step] }).close();
    expect(await refusedAndUnharmed(folder)).toMatchObject({
      code: 'workspace_newer',
      message: expect.stringMatching(/Install that version/),
      details: { schema: 9_990, supported: migrations.at(-1)?.number },
    });
  });

  it('whose schema is not the one that Ivy made', async () => {
    const folder = await closedProfile();
    const store = openStore({ file: workspaceFile(folder), dataKey: await dataKeyOf(folder), now: () => monday });
    store.transaction((writer) => writer.run("update schema_migrations set checksum = 'another' where number = 40"));
    store.close();
    expect(await refusedAndUnharmed(folder)).toMatchObject({ code: 'workspace_damaged', details: { migration: 40 } });
  });

  const damages: readonly [string, (file: string) => void][] = [
    ['whose first page is overwritten', (file) => { overwrite(file, 0, 4_096); }],
    ['whose second page is overwritten', (file) => { overwrite(file, 8_192, 8_192); }],
    ['that is cut off after a page', (file) => { truncateSync(file, 8_192); }],
    ['that is cut off within its first page', (file) => { truncateSync(file, 1_000); }],
    ['that is empty', (file) => { truncateSync(file, 0); }],
    ['that is something else', (file) => { writeFileSync(file, 'Dear diary, '.repeat(5_000)); }],
  ];
  it.each(damages)('%s', async (_name, damage) => {
    const folder = await closedProfile();
    damage(workspaceFile(folder));
    expect(await refusedAndUnharmed(folder)).toMatchObject({ code: 'workspace_damaged', message: expect.stringMatching(/backup/) });
  });

  it('that is gone', async () => {
    const folder = await closedProfile();
    unlinkSync(workspaceFile(folder));
    const error = await emptyApp({ folder }).stranger().refused('platform.sessions.signIn', { passPhrase });
    expect(error).toMatchObject({ code: 'workspace_damaged', message: expect.stringMatching(/is gone or empty\. Restore a backup/) });
    expect(readdirSync(folder)).not.toContain('workspace.ivy');
  });

  it('whose key file is damaged; with its copy put back, everything is there', async () => {
    const folder = await closedProfile();
    const keys = join(folder, 'workspace.keys');
    copyFileSync(keys, `${keys}.kept`);
    for (const content of ['', '{"format":1', '{"format":2}']) {
      writeFileSync(keys, content);
      expect(await refusedAndUnharmed(folder)).toMatchObject({ code: 'workspace_damaged', message: expect.stringMatching(/workspace\.keys\.old/) });
    }
    copyFileSync(`${keys}.kept`, keys);
    const { stranger } = emptyApp({ folder });
    const owner = stranger();
    await owner.call('platform.sessions.signIn', { passPhrase });
    expect((await owner.call('admissions.leads.list')).total).toBe(1);
  });
});

function overwrite(file: string, from: number, bytes: number): void {
  const content = readFileSync(file);
  expect(content.length).toBeGreaterThan(from + bytes);
  randomBytes(bytes).copy(content, from);
  writeFileSync(file, content);
}

describe('a page that is damaged in the middle of the file', () => {
  it('is found by the check, or refuses what reads it', async () => {
    const folder = await closedProfile();
    const file = workspaceFile(folder);
    const pages = statSync(file).size / 8_192;
    overwrite(file, 8_192 * Math.floor(pages / 2), 8_192);
    const { stranger } = emptyApp({ folder });
    const owner = stranger();
    const check = async (): Promise<string> => {
      try {
        await owner.call('platform.sessions.signIn', { passPhrase });
        return (await owner.call('platform.backups.check')).intact ? 'intact' : 'damaged';
      } catch (error) {
        return String(error);
      }
    };
    expect(await check()).toMatch(/^damaged$|workspace_damaged: .*Restore your newest backup/);
  });
});

describe('a profile that is in use', () => {
  it('is refused to a second one, which says what to do, until the first is done', async () => {
    const { app, folder, owner } = await workspaceApp();
    const second = () => createApp({ profileFolder: folder, pool: createInlinePool(), checkOutput: true, now: fixedClock(), log: silentLog });
    expect(second).toThrow(expect.objectContaining({ code: 'profile_in_use', message: expect.stringMatching(/already running on this profile\. Use its window/) }));
    expect((await owner.call('platform.backups.check')).intact).toBe(true);
    await app.close();
    await second().close();
  });
});

describe('a disk that is full', () => {
  const leadsCsv = (rows: number): string =>
    `Lead ID,First name,Email,Source\n${Array.from({ length: rows }, (_, index) => `A-${String(index)},Person ${String(index)},p${String(index)}@example.com,UCAS`).join('\n')}\n`;

  const expectWhole = async (owner: Person): Promise<void> => {
    expect(await owner.call('platform.backups.check')).toEqual({ intact: true, problems: [] });
    expect((await owner.call('platform.audit.verify')).intact).toBe(true);
  };

  it('refuses an import with nothing of it left, and takes it once there is room', async () => {
    const { app, owner } = await workspaceApp();
    const store = app.inside.workspace.store();
    const path = fileWith(leadsCsv(2_000));
    store.limitPages(store.pages() + 20);
    const error = await owner.refused('admissions.imports.run', { path });
    expect(error).toMatchObject({ code: 'storage_full', message: expect.stringMatching(/Free some space and try again; nothing was changed/) });
    expect((await owner.call('admissions.leads.list')).total).toBe(0);
    expect((await owner.call('admissions.imports.list')).total).toBe(0);
    expect((await owner.call('platform.jobs.list')).items[0]).toMatchObject({ state: 'failed', error: { code: 'storage_full' } });
    await expectWhole(owner);
    store.limitPages(1_000_000);
    expect(await owner.call('admissions.imports.run', { path })).toMatchObject({ imported: 2_000, rejected: 0 });
    expect((await owner.call('admissions.leads.list', { limit: 1 })).total).toBe(2_000);
    expect((await owner.call('admissions.imports.list')).total).toBe(1);
  });

  it('refuses one lead as it does many, and keeps every lead that was taken', async () => {
    const { app, owner } = await workspaceApp();
    const store = app.inside.workspace.store();
    store.limitPages(store.pages() + 2);
    let taken = 0;
    let code = '';
    while (code === '' && taken < 5_000) {
      const person = { givenName: `Person ${String(taken)}`, familyName: 'x'.repeat(200), city: `City ${String(taken)}` };
      code = await owner.call('admissions.leads.create', person).then(
        () => {
          taken += 1;
          return '';
        },
        (error: unknown) => (error instanceof Error ? error.message : ''),
      );
    }
    expect(code).toMatch(/storage_full: The disk is full/);
    expect(taken).toBeGreaterThan(0);
    expect((await owner.call('admissions.leads.list', { limit: 1 })).total).toBe(taken);
    await expectWhole(owner);
    store.limitPages(1_000_000);
    await owner.call('admissions.leads.create', { givenName: 'Zara' });
    expect((await owner.call('admissions.leads.list', { limit: 1 })).total).toBe(taken + 1);
  });

  it('refuses the schema of a new file, and says why', async () => {
    const file = join(temporaryFolder(), 'new.ivy');
    const step = { number: 9_990, name: 'wide', sql: 'pragma max_page_count = 10; create table wide (text text) strict; insert into wide select hex(randomblob(100000))' };
    const open = () => openStore({ file, dataKey: randomBytes(32), now: () => monday, steps: [step] });
    expect(open).toThrow(expect.objectContaining({ code: 'storage_full' }));
  });
});
