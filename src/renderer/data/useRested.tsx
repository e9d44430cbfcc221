import { useEffect, useState } from 'react';

/**
 * A value once it has not changed for a moment: what is typed is asked for when the typing rests.
 *
 * @param text compared by its letters, so that an object is given as JSON
 */
export function useRested(text: string, milliseconds: number): string {
  const [rested, setRested] = useState(text);
  useEffect(() => {
    if (text === rested) return;
    const timer = setTimeout(() => { setRested(text); }, milliseconds);
    return () => { clearTimeout(timer); };
  }, [text, rested, milliseconds]);
  return rested;
}
