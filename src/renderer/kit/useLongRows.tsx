import { type RefObject, useLayoutEffect, useMemo, useRef, useState } from 'react';
import { type Place, scaleOf, scrolledTo } from './longScroll';

export interface LongRows {
  /** What scrolls: the box of the rows is in it, below its head. */
  readonly scroller: RefObject<HTMLDivElement | null>;
  /** Pixels that the box of the rows is to be high. */
  readonly box: number;
  /** The first row to draw, and the one after the last. */
  readonly start: number;
  readonly end: number;
  /** Where a row stands in the box, in pixels. */
  readonly topOf: (row: number) => number;
  readonly onScroll: () => void;
  /** Brings a row into sight, by no more than that takes. */
  readonly show: (row: number) => void;
}

/** Rows that are drawn above and below those in sight. */
const beyond = 6;

/**
 * Which rows of equal height are to be drawn, of a list of any length.
 *
 * @param head pixels at the upper end of the scroller that stay in place
 */
export function useLongRows(rows: number, rowHeight: number, head: number): LongRows {
  const scroller = useRef<HTMLDivElement>(null);
  const [place, setPlace] = useState<Place>({ list: 0, box: 0 });
  const [sight, setSight] = useState(600);
  const scale = useMemo(() => scaleOf(rows * rowHeight, sight), [rows, rowHeight, sight]);
  // Several steps may come before the next drawing.
  const now = useRef(place);
  const goTo = (next: Place): void => {
    now.current = next;
    setPlace(next);
    if (Math.abs(next.box - (scroller.current?.scrollTop ?? 0)) > 0.5) scroller.current?.scrollTo({ top: next.box });
  };
  useLayoutEffect(() => {
    const { current } = scroller;
    if (current === null) return;
    const observer = new ResizeObserver(() => {
      setSight(Math.max(rowHeight, current.clientHeight - head));
    });
    observer.observe(current);
    return () => {
      observer.disconnect();
    };
  }, [head, rowHeight]);
  // The list has become shorter or longer, or its rows have: it stays where it was, as far as there is such a place.
  useLayoutEffect(() => {
    const list = Math.max(0, Math.min(now.current.list, rows * rowHeight - sight));
    const next = { list, box: scale.boxAt(list) };
    if (list === now.current.list && Math.abs(next.box - now.current.box) <= sight) return;
    now.current = next;
    setPlace(next);
    scroller.current?.scrollTo({ top: next.box });
  }, [scale, rows, rowHeight, sight]);
  return {
    scroller,
    box: scale.box,
    start: Math.max(0, Math.min(Math.floor(place.list / rowHeight), rows) - beyond),
    end: Math.min(rows, Math.ceil((place.list + sight) / rowHeight) + beyond),
    topOf: (row) => row * rowHeight - (place.list - place.box),
    onScroll: () => {
      const box = scroller.current?.scrollTop ?? 0;
      if (Math.abs(box - now.current.box) > 0.5) goTo(scrolledTo(scale, now.current, box, sight));
    },
    show: (row) => {
      const { list } = now.current;
      const top = row * rowHeight;
      const wanted = top < list ? top : top + rowHeight > list + sight ? top + rowHeight - sight : list;
      if (wanted !== list) goTo({ list: wanted, box: scale.boxAt(wanted) });
    },
  };
}
