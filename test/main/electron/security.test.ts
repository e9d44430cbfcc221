import { describe, expect, it } from 'vitest';
import { openContact, openLink } from '#main/electron/security';
import { desktop } from '#test/support/desktop';
import { session, stage } from '#test/support/electron';

const foreign = [
  'https://attacker.example/',
  'http://127.0.0.1:8080/',
  'file:///etc/passwd',
  'javascript:alert(1)',
  'data:text/html,<script>alert(1)</script>',
  'ivy://app.attacker.example/',
  'ivy://attacker/app',
  'ivy://user@app/',
  'ivy://app:99/',
  'about:blank',
  'not a url',
];

describe('a page that wants out', () => {
  it('is kept inside, by navigation, by redirection and in a frame', async () => {
    const { window } = await desktop();
    for (const url of foreign) {
      expect(window.webContents.navigates(url), url).toBe(false);
      expect(window.webContents.navigates(url, { mainFrame: false }), url).toBe(false);
      expect(window.webContents.isRedirected(url), url).toBe(false);
    }
    expect(window.webContents.navigates('ivy://app/leads')).toBe(true);
  });

  it('opens no window, not even of our own, and holds no guest', async () => {
    const { window } = await desktop();
    for (const url of [...foreign, 'ivy://app/leads']) expect(window.webContents.opensWindow(url), url).toBe(false);
    expect(window.webContents.attachesGuest()).toBe(false);
    expect(stage.opened).toEqual([]);
  });

  it('is granted nothing', async () => {
    await desktop();
    for (const permission of ['media', 'geolocation', 'notifications', 'clipboard-read', 'openExternal', 'fileSystem', 'usb'] as const) {
      expect(session.defaultSession.grants(permission), permission).toBe(false);
    }
  });

  it('reaches no network and no file', async () => {
    await desktop();
    for (const url of ['https://attacker.example/pixel.png', 'http://localhost:1/', 'ws://127.0.0.1:1/', 'file:///etc/passwd', 'ivy://other/']) {
      expect(session.defaultSession.loads(url), url).toBe(false);
    }
    for (const url of ['ivy://app/assets/index.js', 'data:image/png;base64,AA==', 'blob:ivy://app/1234']) expect(session.defaultSession.loads(url), url).toBe(true);
  });

  it('saves what it made itself, and nothing from elsewhere', async () => {
    await desktop();
    expect(session.defaultSession.downloads('blob:ivy://app/1234')).toBe(true);
    expect(session.defaultSession.downloads('https://attacker.example/virus.exe')).toBe(false);
    expect(session.defaultSession.downloads('ivy://app/index.html')).toBe(false);
  });

  it('is sandboxed and has neither Node nor developer tools', async () => {
    const { window } = await desktop();
    expect(stage.sandboxed).toBe(true);
    expect(window.options.webPreferences).toMatchObject({
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webviewTag: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      spellcheck: false,
      devTools: false,
    });
    expect(window.options.webPreferences?.preload).toMatch(/preload[/\\]index\.cjs$/);
  });
});

describe('a link to the world', () => {
  it('is opened where it is https and hides nothing', async () => {
    await desktop();
    await openLink('https://school.example/courses?id=1#top');
    expect(stage.opened).toEqual(['https://school.example/courses?id=1#top']);
  });

  it('is not opened where it is anything else', async () => {
    await desktop();
    for (const link of [
      'http://school.example/',
      'javascript:alert(1)',
      'file:///etc/passwd',
      'smb://server/share',
      'ms-msdt:/id',
      'mailto:ada@school.example',
      'https://school.example@attacker.example/',
      'https://:secret@attacker.example/',
      'https://',
      '//school.example',
      '',
      `https://school.example/${'a'.repeat(3_000)}`,
    ]) {
      await expect(openLink(link), link).rejects.toMatchObject({ code: 'invalid_input' });
    }
    expect(stage.opened).toEqual([]);
  });

  it('to a person is made here, from an address that is one', async () => {
    await desktop();
    await openContact('email', ' zara.patel+leads@school.example ');
    await openContact('phone', '+44 (0)20 7946-0018');
    expect(stage.opened).toEqual(['mailto:zara.patel%2Bleads@school.example', 'tel:+4402079460018']);
  });

  it('to a person carries nothing but the address', async () => {
    await desktop();
    for (const address of [
      'ada@school.example?attach=/etc/passwd',
      'ada@school.example&bcc=eve@attacker.example',
      'ada@school.example,eve@attacker.example',
      'mailto:ada@school.example',
      'ada@school.example\r\nbcc: eve@attacker.example',
      'ada',
      '@school.example',
      'ada@school',
    ]) {
      await expect(openContact('email', address), address).rejects.toMatchObject({ code: 'invalid_input' });
    }
    for (const number of ['*#06#', '+44;ext=1', '12', 'tel:1234', '0'.repeat(30), '+', 'javascript:1']) {
      await expect(openContact('phone', number), number).rejects.toMatchObject({ code: 'invalid_input' });
    }
    expect(stage.opened).toEqual([]);
  });
});
