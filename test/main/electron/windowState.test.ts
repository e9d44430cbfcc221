import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, vi } from 'vitest';
import { placeOnScreens } from '#main/electron/windowState';
import { desktop } from '#test/support/desktop';
import { stage } from '#test/support/electron';

const main = { x: 0, y: 25, width: 1_920, height: 1_015 };
const left = { x: -1_280, y: 0, width: 1_280, height: 1_024 };
const remembered = { x: 200, y: 100, width: 1_000, height: 700, maximised: false };

describe('where the window goes', () => {
  it('is where it was', () => {
    expect(placeOnScreens(remembered, [main])).toEqual({ bounds: { x: 200, y: 100, width: 1_000, height: 700 }, maximised: false });
    const onTheLeft = { ...remembered, x: -1_200 };
    expect(placeOnScreens(onTheLeft, [main, left]).bounds).toMatchObject({ x: -1_200, width: 1_000 });
  });

  it('is the middle of the main screen where the other one was taken away', () => {
    const onTheLeft = { ...remembered, x: -1_200 };
    expect(placeOnScreens(onTheLeft, [main]).bounds).toEqual({ x: 460, y: 183, width: 1_000, height: 700 });
  });

  it('is somewhere a person can take hold of it', () => {
    for (const at of [{ x: 1_900, y: 100 }, { x: 200, y: 1_030 }, { x: -950, y: 100 }, { x: 50_000, y: 50_000 }]) {
      expect(placeOnScreens({ ...remembered, ...at }, [main]).bounds).toMatchObject({ x: 460, y: 183 });
    }
    expect(placeOnScreens({ ...remembered, y: -300 }, [main]).bounds.y).toBe(25);
  });

  it('fits its screen', () => {
    expect(placeOnScreens({ ...remembered, x: 0, y: 25, width: 9_000, height: 9_000 }, [main]).bounds).toEqual(main);
    expect(placeOnScreens({ ...remembered, width: 10, height: 10, x: 5, y: 30 }, [main]).bounds).toMatchObject({ width: 480, height: 400 });
  });

  it('does not depend on what a file may hold', () => {
    for (const rubbish of [null, 7, 'x', [], {}, { ...remembered, width: 'wide' }, { ...remembered, x: 1e300 }, { ...remembered, y: Number.NaN }]) {
      expect(placeOnScreens(rubbish, [main])).toEqual({ bounds: { x: 320, y: 113, width: 1_280, height: 840 }, maximised: false });
    }
  });
});

describe('the window', () => {
  it('opens where it was left, maximised if it was, and remembers where it is put', async () => {
    const { window, profileFolder } = await desktop({
      prepare: (folder) => {
        writeFileSync(join(folder, 'window.json'), JSON.stringify({ ...remembered, maximised: true }));
      },
    });
    expect(window.bounds).toEqual({ x: 200, y: 100, width: 1_000, height: 700 });
    expect(window.maximised).toBe(true);
    window.maximised = false;
    window.moves({ x: 300, width: 900 });
    await vi.waitFor(
      () => {
        expect(JSON.parse(readFileSync(join(profileFolder, 'window.json'), 'utf8'))).toEqual({ ...remembered, x: 300, width: 900 });
      },
      { timeout: 2_000 },
    );
  });

  it('remembers its place when it closes at once', async () => {
    const { window, profileFolder } = await desktop();
    window.moves({ x: 111 });
    window.close();
    expect(JSON.parse(readFileSync(join(profileFolder, 'window.json'), 'utf8'))).toMatchObject({ x: 111 });
  });

  it('opens in the middle where half a file was left', async () => {
    const { window } = await desktop({
      prepare: (folder) => {
        writeFileSync(join(folder, 'window.json'), '{"x":');
      },
    });
    expect(window.bounds).toMatchObject({ width: 1_280, height: 840 });
  });

  it('does not flash: it is shown once it can be, in the colour of the theme, and follows it', async () => {
    const light = await desktop();
    expect(light.window.options).toMatchObject({ show: false, backgroundColor: '#F8FAFC' });
    expect(light.window.shown).toBe(true);
    stage.dark = true;
    const { nativeTheme } = await import('#test/support/electron');
    nativeTheme.emit('updated');
    expect(light.window.colour).toBe('#0B1120');
    light.window.close();
    expect(nativeTheme.listenerCount('updated')).toBe(0);
  });
});
