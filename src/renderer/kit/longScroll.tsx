// A browser draws nothing beyond some 33 million pixels (Firefox: 17 million), and a million rows of 40 pixels are 40 million. So a list that
// is longer is put into a shorter box: near its ends a pixel of the box is a pixel of the list, and between them it stands for several.

/** The most pixels that a box may be high. */
export const longestBox = 15_000_000;
/** So far from each end a pixel stands for a pixel. */
const edge = 200_000;

export interface Scale {
  /** Pixels that the box is high. */
  readonly box: number;
  /** The farthest places that one can scroll to. */
  readonly lastBox: number;
  readonly lastList: number;
  /** So near an end the box is put in its proper place; null where box and list are one. */
  readonly near: number | null;
  /** The place of the box for a place of the list: where the upper end of what is in sight is. */
  boxAt(list: number): number;
  /** The place of the list for a place of the box. */
  listAt(box: number): number;
}

/**
 * How a list lies in its box.
 *
 * @param height pixels that the list is high
 * @param sight pixels of it that are in sight
 */
export function scaleOf(height: number, sight: number, longest = longestBox): Scale {
  const listWay = Math.max(0, height - sight);
  if (height <= longest) return { box: height, lastBox: listWay, lastList: listWay, near: null, boxAt: (list) => list, listAt: (box) => box };
  const boxWay = longest - sight;
  const near = Math.min(edge, boxWay / 4);
  const ratio = (listWay - 2 * near) / (boxWay - 2 * near);
  return {
    box: longest,
    lastBox: boxWay,
    lastList: listWay,
    near: near / 2,
    boxAt: (list) => (list <= near ? list : list >= listWay - near ? boxWay - (listWay - list) : near + (list - near) / ratio),
    listAt: (box) => (box <= near ? box : box >= boxWay - near ? listWay - (boxWay - box) : near + (box - near) * ratio),
  };
}

/** What of a list is in sight, and how far its rows are moved from where they would be in a box as long as the list. */
export interface Place {
  /** The upper end of what is in sight, in pixels of the list. */
  readonly list: number;
  /** The same in pixels of the box. */
  readonly box: number;
}

/**
 * Where a list is once its box was scrolled. A step goes as far in the list as in the box, so that the wheel and the keys go row by row; a
 * leap of the scroll bar goes where its place stands for.
 *
 * @returns the place, with the place of the box that it ought to have where steps have led too far from it
 */
export function scrolledTo(scale: Scale, before: Place, box: number, sight: number): Place {
  const leap = Math.abs(box - before.box) > 3 * sight;
  const list = Math.max(0, Math.min(scale.lastList, leap ? scale.listAt(box) : before.list + (box - before.box)));
  // Put right only where the box would come to an end before the list does: the browser's own scrolling is disturbed by it.
  const { near } = scale;
  if (near === null || (box >= near && box <= scale.lastBox - near)) return { list, box };
  const proper = scale.boxAt(list);
  return { list, box: Math.abs(proper - box) > 1 ? proper : box };
}
