import { useCallback, useRef, useState } from 'react';
import { CallFailure, messageOf } from './client';
import { useStreamedText } from './streams';

/** One question of a talk: how it is asked, and how what was kept of it is found again. */
export interface TalkQuestion {
  /** The person’s words, shown until the answer is there. */
  readonly shown: string;
  /** Asks, shows what came in the talk, and resolves to the words of the answer. */
  readonly ask: (streamId: string, signal: AbortSignal) => Promise<string>;
  /** Reads the talk after the answer was stopped; resolves to whether the question is in it. */
  readonly readAgain: () => Promise<boolean>;
}

export interface TalkUnderWay {
  /** What was just asked and has no answer yet; null where nothing was. */
  readonly asking: string | null;
  /** The answer as far as it has come. */
  readonly arriving: string;
  readonly problem: string | null;
  /** The newest answer that is whole, for those who listen. */
  readonly latest: string | null;
  /** Resolves to whether the question is in the talk now. */
  readonly put: (question: TalkQuestion) => Promise<boolean>;
  readonly stop: () => void;
}

/** A question at a time: hears the answer while it is written, stops it, and keeps what came. */
export function useTalkUnderWay(): TalkUnderWay {
  const stream = useStreamedText();
  const [asking, setAsking] = useState<string | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [latest, setLatest] = useState<string | null>(null);
  const control = useRef<AbortController | null>(null);
  const stop = useCallback(() => { control.current?.abort(); }, []);
  return {
    asking,
    arriving: asking === null ? '' : stream.text,
    problem,
    latest,
    stop,
    put: async ({ shown, ask, readAgain }) => {
      if (control.current !== null) return false;
      const own = new AbortController();
      control.current = own;
      setAsking(shown);
      setProblem(null);
      setLatest(null);
      try {
        setLatest(await ask(stream.begin(), own.signal));
        return true;
      } catch (error) {
        if (error instanceof CallFailure && error.code === 'cancelled') return await readAgain();
        setProblem(messageOf(error));
        return false;
      } finally {
        control.current = null;
        setAsking(null);
      }
    },
  };
}
