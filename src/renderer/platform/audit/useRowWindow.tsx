import { type RefObject, useEffect, useState } from 'react';

export interface RowWindow {
  /** First row to draw, and the one after the last. */
  readonly start: number;
  readonly end: number;
  readonly onScroll: (event: { readonly currentTarget: HTMLElement }) => void;
}

const beyond = 8;

/** Which rows of equal height are to be drawn, so that a list may have any length. */
export function useRowWindow(place: RefObject<HTMLElement | null>, rows: number, rowHeight: number): RowWindow {
  const [top, setTop] = useState(0);
  const [height, setHeight] = useState(600);
  useEffect(() => {
    const { current } = place;
    if (current === null) return;
    const observer = new ResizeObserver(() => {
      setHeight(current.clientHeight);
    });
    observer.observe(current);
    return () => {
      observer.disconnect();
    };
  }, [place]);
  const start = Math.max(0, Math.min(Math.floor(top / rowHeight) - beyond, rows - 1));
  const end = Math.min(rows, Math.ceil((top + height) / rowHeight) + beyond);
  return {
    start,
    end,
    onScroll: (event) => {
      setTop(event.currentTarget.scrollTop);
    },
  };
}
