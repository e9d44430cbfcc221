import { useEffect } from 'react';
import type { Session } from '#contract/platform/sessions';
import { call } from '#renderer/data/client';

const tellEveryMilliseconds = 60_000;
const gestures = ['pointerdown', 'pointermove', 'keydown', 'wheel', 'touchstart'] as const;

/** Tells the core that somebody is here, and locks when nobody is. The core locks by itself too, if this window cannot. */
export function useIdleLock(session: Session): void {
  const { idleLockMinutes, user } = session;
  useEffect(() => {
    if (!user.hasPassPhrase) return;
    let last = Date.now();
    let told = 0;
    const here = (): void => {
      last = Date.now();
      if (last - told < tellEveryMilliseconds) return;
      told = last;
      void call('platform.sessions.touch', {}).catch(() => undefined);
    };
    const timer = setInterval(() => {
      if (Date.now() - last > idleLockMinutes * 60_000) void call('platform.sessions.lock', {}).catch(() => undefined);
    }, 5_000);
    for (const gesture of gestures) window.addEventListener(gesture, here, { passive: true });
    return () => {
      clearInterval(timer);
      for (const gesture of gestures) window.removeEventListener(gesture, here);
    };
  }, [idleLockMinutes, user.hasPassPhrase]);
}
