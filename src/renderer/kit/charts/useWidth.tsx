import { type RefObject, useLayoutEffect, useRef, useState } from 'react';

/** How wide a place on the page is, now and whenever it changes. */
export function useWidth<Place extends HTMLElement>(before: number): readonly [RefObject<Place | null>, number] {
  const place = useRef<Place>(null);
  const [width, setWidth] = useState(before);
  useLayoutEffect(() => {
    const element = place.current;
    if (element === null) return undefined;
    const measure = (): void => {
      setWidth(Math.max(1, Math.floor(element.clientWidth)));
    };
    measure();
    const watcher = new ResizeObserver(measure);
    watcher.observe(element);
    return () => {
      watcher.disconnect();
    };
  }, []);
  return [place, width];
}
