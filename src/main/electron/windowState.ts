import { type BrowserWindow, type Rectangle, screen } from 'electron';
import { readFileSync } from 'node:fs';
import { z } from 'zod';
import { writeWhole } from '#main/app/profile';

const whole = z.number().int().min(-100_000).max(100_000);
const stored = z.object({ x: whole, y: whole, width: whole.min(1), height: whole.min(1), maximised: z.boolean() });

/** Where a window opens, and how large. */
export interface WindowPlace {
  readonly bounds: Rectangle;
  readonly maximised: boolean;
}

export const smallest = { width: 480, height: 400 };
const usual = { width: 1_280, height: 840 };
/** So much of a window must be on a screen, or nobody could take hold of it. */
const graspable = { width: 120, height: 60 };
const settleMilliseconds = 500;

const between = (least: number, value: number, most: number): number => Math.max(least, Math.min(value, most));

function overlap(startA: number, lengthA: number, startB: number, lengthB: number): number {
  return Math.min(startA + lengthA, startB + lengthB) - Math.max(startA, startB);
}

/** The middle of an area. */
function centred(area: Rectangle, size: { readonly width: number; readonly height: number }): Rectangle {
  const width = Math.min(size.width, area.width);
  const height = Math.min(size.height, area.height);
  return { x: area.x + Math.round((area.width - width) / 2), y: area.y + Math.round((area.height - height) / 2), width, height };
}

/**
 * Where the window goes: where it was, unless that is on no screen any more.
 *
 * @param remembered what was stored, or anything else
 * @param areas the usable areas of the screens, the main one first
 */
export function placeOnScreens(remembered: unknown, areas: readonly [Rectangle, ...Rectangle[]]): WindowPlace {
  const parsed = stored.safeParse(remembered);
  if (!parsed.success) return { bounds: centred(areas[0], usual), maximised: false };
  const { maximised, ...at } = parsed.data;
  const area = areas.find(
    (each) => overlap(at.x, at.width, each.x, each.width) >= graspable.width && overlap(at.y, at.height, each.y, each.height) >= graspable.height,
  );
  const width = between(smallest.width, at.width, (area ?? areas[0]).width);
  const height = between(smallest.height, at.height, (area ?? areas[0]).height);
  if (area === undefined) return { bounds: centred(areas[0], { width, height }), maximised };
  // The title bar is what one moves a window by: it must not be above the screen.
  return { bounds: { x: at.x, y: Math.max(area.y, at.y), width, height }, maximised };
}

/** Where the window was when it was last seen. */
export function readPlace(file: string): WindowPlace {
  let remembered: unknown = null;
  try {
    remembered = JSON.parse(readFileSync(file, 'utf8'));
  } catch {
    // The first start, or half a file: the window opens in the middle.
  }
  const main = screen.getPrimaryDisplay();
  const others = screen.getAllDisplays().filter((display) => display.id !== main.id);
  return placeOnScreens(remembered, [main.workArea, ...others.map((display) => display.workArea)]);
}

/** Remembers where the window is, whenever it has come to rest, and when it closes. */
export function keepPlace(window: BrowserWindow, file: string): void {
  let timer: NodeJS.Timeout | undefined;
  const save = (): void => {
    clearTimeout(timer);
    if (window.isDestroyed()) return;
    try {
      writeWhole(file, JSON.stringify({ ...window.getNormalBounds(), maximised: window.isMaximized() }));
    } catch {
      // A full disk costs the window its place, and nothing else.
    }
  };
  const soon = (): void => {
    clearTimeout(timer);
    timer = setTimeout(save, settleMilliseconds);
  };
  window.on('resize', soon);
  window.on('move', soon);
  window.on('maximize', soon);
  window.on('unmaximize', soon);
  window.on('close', save);
  window.on('closed', () => {
    clearTimeout(timer);
  });
}
