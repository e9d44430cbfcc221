import { useEffect, useMemo, useRef } from 'react';

/** Milliseconds in front of something, by a clock that never goes back and stands still while the window is hidden. Begins anew with each key. */
export function useStopwatch(key: string): { readonly read: () => number; readonly lap: () => number } {
  const spent = useRef(0);
  const since = useRef<number | null>(null);
  useEffect(() => {
    spent.current = 0;
    since.current = document.hidden ? null : performance.now();
    const change = (): void => {
      if (document.hidden && since.current !== null) {
        spent.current += performance.now() - since.current;
        since.current = null;
      } else if (!document.hidden) {
        since.current ??= performance.now();
      }
    };
    document.addEventListener('visibilitychange', change);
    return () => {
      document.removeEventListener('visibilitychange', change);
    };
  }, [key]);
  return useMemo(() => {
    const read = (): number => Math.round(spent.current + (since.current === null ? 0 : performance.now() - since.current));
    return {
      read,
      /** Reads it and begins anew. */
      lap() {
        const value = read();
        spent.current = 0;
        if (since.current !== null) since.current = performance.now();
        return value;
      },
    };
  }, []);
}
