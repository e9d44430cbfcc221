import { describe, expect, it } from 'vitest';
import { browserCommand } from '#main/host/browser';

const link = 'http://127.0.0.1:1234/?t=a&b';

describe('the person’s browser', () => {
  it('is opened by the system, with the link as one argument that no shell reads', () => {
    expect(browserCommand(link, 'darwin', {})).toEqual(['open', link]);
    expect(browserCommand(link, 'win32', {})).toEqual(['rundll32', 'url.dll,FileProtocolHandler', link]);
    expect(browserCommand(link, 'linux', { DISPLAY: ':0' })).toEqual(['xdg-open', link]);
    expect(browserCommand(link, 'linux', { WAYLAND_DISPLAY: 'wayland-0' })).toEqual(['xdg-open', link]);
  });

  it('is left alone where there is no screen, or where somebody said so', () => {
    expect(browserCommand(link, 'linux', {})).toBeNull();
    expect(browserCommand(link, 'linux', { DISPLAY: ':0', IVY_NO_BROWSER: '1' })).toBeNull();
    expect(browserCommand(link, 'darwin', { IVY_NO_BROWSER: '1' })).toBeNull();
  });
});
