import { existsSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { request } from 'node:http';
import { join } from 'node:path';
import { Writable } from 'node:stream';
import { describe, expect, it, onTestFinished, vi } from 'vitest';
import { attachment } from '#main/host/downloads';
import { startHostServer } from '#main/host/server';
import { fileName, maximumUploadBytes } from '#main/host/uploads';
import { emptyApp } from '#test/support/app';
import { ask, type TestBrowser, testBrowser } from '#test/support/browser';
import { memoryClient } from '#test/support/coreClient';
import { rendererFolder, testHost } from '#test/support/hostServer';

const left = (folder: string): readonly string[] => (existsSync(folder) ? readdirSync(folder) : []);
const cookieOf = (browser: TestBrowser): string => [...browser.cookies].map(([name, value]) => `${name}=${value}`).join('; ');

/** A download that the core made for whoever asked for it. */
async function exportAudit(browser: TestBrowser): Promise<string> {
  const { jobId } = (await browser.result('platform.audit.export', {})) as { jobId: string };
  return vi.waitFor(async () => {
    const job = (await browser.result('platform.jobs.get', { jobId })) as { state: string; result: { downloadId: string } | null };
    expect(job.state).toBe('succeeded');
    return job.result?.downloadId ?? '';
  });
}

describe('an upload', () => {
  it('lands in the profile, for its person’s eyes alone, and is known to the core by an id', async () => {
    const { browser, test, uploadsFolder } = await testHost();
    const own = await browser({ signedIn: true });
    const registered = vi.spyOn(test.app, 'registerFile');
    const content = 'name,email\nZara,zara@school.example\n'.repeat(5_000);
    const reply = await own.send(`/uploads?name=${encodeURIComponent('Möglich leads.csv')}`, { body: content });
    expect(reply.status).toBe(200);
    const answer = reply.json();
    expect(answer).toMatchObject({ ok: true, result: { name: 'Möglich leads.csv', bytes: Buffer.byteLength(content) } });
    const [file] = left(uploadsFolder);
    const path = join(uploadsFolder, file ?? '');
    expect(readFileSync(path, 'utf8')).toBe(content);
    expect(statSync(path).mode & 0o777).toBe(0o600);
    expect(statSync(uploadsFolder).mode & 0o777).toBe(0o700);
    expect(registered).toHaveBeenCalledWith(expect.any(String), expect.objectContaining({ path, name: 'Möglich leads.csv', temporary: true }));
  });

  it('is refused to somebody who is not signed in, before a byte of it is kept', async () => {
    const { browser, uploadsFolder } = await testHost();
    const reply = await (await browser()).send('/uploads?name=leads.csv', { body: 'a,b' });
    expect(reply.status).toBe(401);
    expect(reply.json()).toMatchObject({ ok: false, error: { code: 'not_signed_in' } });
    expect(left(uploadsFolder)).toEqual([]);
  });

  it('may be a backup where there is no workspace yet', async () => {
    const { app, folder } = emptyApp();
    const { client } = memoryClient(app);
    const server = await startHostServer({ client, port: 0, rendererFolder: rendererFolder(), uploads: { folder: join(folder, 'uploads') } });
    onTestFinished(() => server.close());
    const browser = testBrowser(server.port);
    await browser.get(`/${new URL(server.freshLink()).search}`);
    expect((await browser.send('/uploads?name=backup.ivy', { body: 'b' })).json()).toMatchObject({ ok: true, result: { bytes: 1 } });
  });

  it('is deleted where the core does not take it', async () => {
    const { browser, test, uploadsFolder } = await testHost();
    const own = await browser({ signedIn: true });
    const given = vi.spyOn(test.app, 'registerFile').mockImplementation(() => {
      throw new Error('no');
    });
    expect((await own.send('/uploads?name=leads.csv', { body: 'a,b' })).status).toBe(500);
    expect(given).toHaveBeenCalled();
    expect(left(uploadsFolder)).toEqual([]);
  });

  it('is refused where it is too large, whether it says so beforehand or not', async () => {
    const { browser, port, uploadsFolder } = await testHost({ uploads: { maximumBytes: 1_000 } });
    const own = await browser({ signedIn: true });
    const headers = { cookie: cookieOf(own), 'x-ivy': '1' };
    const declared = await ask(port, '/uploads?name=a', { method: 'POST', headers: { ...headers, 'content-length': '1001' }, body: 'a', unfinished: true });
    expect(declared.status).toBe(413);
    const streamed = await ask(port, '/uploads?name=a', { method: 'POST', headers: { ...headers, 'transfer-encoding': 'chunked' }, body: 'a'.repeat(100_000) });
    expect(streamed.status).toBe(413);
    expect(streamed.json()).toMatchObject({ error: { code: 'too_large' } });
    expect(left(uploadsFolder)).toEqual([]);
    expect(maximumUploadBytes).toBe(4 * 1_024 ** 3);
  });

  it('leaves nothing behind when the browser hangs up in the middle', async () => {
    const { browser, port, uploadsFolder } = await testHost();
    const own = await browser({ signedIn: true });
    const sent = request({
      host: '127.0.0.1',
      port,
      path: '/uploads?name=a.csv',
      method: 'POST',
      headers: { host: `127.0.0.1:${String(port)}`, cookie: cookieOf(own), 'x-ivy': '1', 'content-length': '1000000' },
    });
    sent.on('error', () => undefined);
    sent.write('a'.repeat(100_000));
    await vi.waitFor(() => {
      expect(left(uploadsFolder)).toHaveLength(1);
    });
    sent.destroy();
    await vi.waitFor(() => {
      expect(left(uploadsFolder)).toEqual([]);
    });
  });

  it('says that the disk is full, and keeps nothing of it', async () => {
    const full = (path: string): Writable =>
      new Writable({
        write(chunk: Buffer, _encoding, done) {
          writeFileSync(path, chunk.subarray(0, 10));
          done(Object.assign(new Error('no space left on device'), { code: 'ENOSPC' }));
        },
      });
    const { browser, uploadsFolder } = await testHost({ uploads: { openFile: full } });
    const reply = await (await browser({ signedIn: true })).send('/uploads?name=a.csv', { body: 'a'.repeat(100_000) });
    expect(reply.status).toBe(507);
    expect(reply.json()).toMatchObject({ error: { code: 'storage_full', message: expect.stringMatching(/Make room/) as string } });
    expect(left(uploadsFolder)).toEqual([]);
  });

  it('is called by a mere name, whatever a browser says', () => {
    expect(fileName('../../etc/passwd')).toBe('passwd');
    expect(fileName('C:\\Users\\Ada\\leads.csv')).toBe('leads.csv');
    expect(fileName('a\r\nset-cookie: x')).toBe('aset-cookie: x');
    for (const name of ['', '.', '..', '/', 'a/..']) expect(fileName(name)).toBe('file');
    expect(fileName('ä'.repeat(500))).toHaveLength(200);
  });
});

describe('a download', () => {
  it('reaches the person who asked for it, as a file with its name', async () => {
    const { browser } = await testHost();
    const own = await browser({ signedIn: true });
    const downloadId = await exportAudit(own);
    const reply = await own.get(`/files/${downloadId}`);
    expect(reply.status).toBe(200);
    expect(reply.text).toMatch(/^\uFEFFsequence,at,who/);
    expect(reply.headers).toMatchObject({
      'content-disposition': `attachment; filename="audit.csv"; filename*=UTF-8''audit.csv`,
      'content-type': 'application/octet-stream',
      'content-length': String(Buffer.byteLength(reply.text)),
      'cache-control': 'no-store',
    });
    expect((await own.send(`/files/${downloadId}`, { method: 'HEAD' })).status).toBe(200);
  });

  it('is for nobody else: not for another user, not for nobody, and not for a guess', async () => {
    const { browser, test } = await testHost();
    const own = await browser({ signedIn: true });
    const downloadId = await exportAudit(own);
    await test.newUser('admin', { email: 'other@school.example' });
    const other = await browser({ signedIn: 'other@school.example' });
    expect((await other.get(`/files/${downloadId}`)).status).toBe(404);
    expect((await (await browser()).get(`/files/${downloadId}`)).status).toBe(401);
    expect((await own.get('/files/0192f0c1-2345-7abc-8def-0123456789ab')).status).toBe(404);
    expect((await own.get('/files/..%2f..%2fworkspace.keys')).status).toBe(404);
  });

  it('that is gone is said to be gone', async () => {
    const { browser, test } = await testHost();
    const own = await browser({ signedIn: true });
    vi.spyOn(test.app, 'resolveDownload').mockReturnValue({ path: join(test.folder, 'gone'), name: 'gone.csv' });
    expect((await own.get('/files/any')).json()).toMatchObject({ ok: false, error: { code: 'not_found' } });
  });

  it('keeps its name in any language, and no name breaks out of its header', () => {
    expect(attachment('Übersicht 2026.csv')).toBe(`attachment; filename="_bersicht 2026.csv"; filename*=UTF-8''%C3%9Cbersicht%202026.csv`);
    expect(attachment('a";\r\nset-cookie: x="y.csv')).toBe(`attachment; filename="a_;set-cookie: x=_y.csv"; filename*=UTF-8''a%22%3Bset-cookie%3A%20x%3D%22y.csv`);
    expect(attachment(`it's (1)*.csv`)).toBe(`attachment; filename="it's (1)*.csv"; filename*=UTF-8''it%27s%20%281%29%2A.csv`);
    expect(attachment('../../up.csv')).toContain('filename="up.csv"');
  });
});
