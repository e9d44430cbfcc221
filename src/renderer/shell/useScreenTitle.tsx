import { useEffect } from 'react';
import { useTitle } from './Header';

/** Names the screen in the header and in the window's title. */
export function useScreenTitle(text: string): void {
  const set = useTitle((title) => title.set);
  useEffect(() => {
    set(text);
  }, [set, text]);
}
