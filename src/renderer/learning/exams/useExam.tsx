import { useEffect, useRef, useState } from 'react';
import type { Exam } from '#contract/learning/exams';
import { call } from '#renderer/data/client';
import { tellFailure } from '#renderer/shell/tellFailure';
import { useStopwatch } from '#renderer/learning/practice/useStopwatch';
import type { Chosen } from '#renderer/learning/practice/Question';

type Place = Exam['questions'][number];

/** What stands at a place, as this window knows it. */
export interface Standing {
  readonly chosen: Chosen | null;
  readonly flagged: boolean;
}

/** Time in front of a question is kept at least so often: a crash loses no more of the clock than this, and no answer. */
const keepEveryMilliseconds = 15_000;
const tickMilliseconds = 1_000;

export interface RunningExam {
  readonly at: number;
  readonly standing: readonly Standing[];
  /** Milliseconds left, or null where there is no limit. */
  readonly left: number | null;
  readonly answered: number;
  readonly moveTo: (position: number) => void;
  readonly choose: (chosen: Chosen | null) => void;
  readonly flag: () => void;
  /** Keeps what is not kept yet, and nothing after it: the exam is handed in. Answers how to go on where that fails. */
  readonly close: () => Promise<() => void>;
}

/** An exam in front of a student: every change is kept in the moment in which it is made. */
export function useExam(exam: Exam, onOver: () => void): RunningExam {
  const [standing, setStanding] = useState<readonly Standing[]>(() => exam.questions.map(({ chosen, flagged }: Place) => ({ chosen, flagged })));
  const [at, setAt] = useState(() => Math.max(0, exam.questions.findIndex(({ chosen }) => chosen === null)));
  const [left, setLeft] = useState(exam.leftMilliseconds);
  const stopwatch = useStopwatch(exam.id);
  // What is left as of the last time that was kept; between two of them the stopwatch tells.
  const base = useRef(exam.leftMilliseconds);
  const queue = useRef<Promise<void>>(Promise.resolve());
  const over = useRef(false);
  const end = useRef(onOver);
  useEffect(() => {
    end.current = onOver;
  });

  /** Saves go one after the other, so that the last one holds. */
  const save = (position: number, change: { chosen?: Chosen | null; flagged?: boolean }): Promise<void> => {
    if (over.current) return queue.current;
    const milliseconds = stopwatch.lap();
    if (base.current !== null) base.current = Math.max(0, base.current - milliseconds);
    const { chosen, ...rest } = change;
    queue.current = queue.current.then(async () => {
      if (over.current) return;
      try {
        const kept = await call('learning.exams.save', { id: exam.id, position, milliseconds, ...rest, ...(chosen === undefined ? {} : { chosen: chosen === null || typeof chosen === 'string' ? chosen : [...chosen] }) });
        if (kept.submitted) {
          over.current = true;
          end.current();
        }
      } catch (error) {
        tellFailure(error);
      }
    });
    return queue.current;
  };
  const current = useRef({ at, save });
  useEffect(() => {
    current.current = { at, save };
  });
  useEffect(() => {
    const timer = setInterval(() => {
      const spent = stopwatch.read();
      if (base.current !== null) setLeft(Math.max(0, base.current - spent));
      if (spent >= keepEveryMilliseconds || (base.current !== null && spent >= base.current)) void current.current.save(current.current.at, {});
    }, tickMilliseconds);
    const leave = (): void => {
      if (document.hidden) void current.current.save(current.current.at, {});
    };
    document.addEventListener('visibilitychange', leave);
    return () => {
      clearInterval(timer);
      document.removeEventListener('visibilitychange', leave);
      // Leaving the screen keeps the time too.
      void current.current.save(current.current.at, {});
    };
  }, [stopwatch]);
  const change = (next: Partial<Standing>): void => {
    setStanding(standing.map((one, position) => (position === at ? { ...one, ...next } : one)));
    void save(at, next);
  };
  return {
    at,
    standing,
    left,
    answered: standing.filter(({ chosen }) => chosen !== null && chosen.length > 0).length,
    moveTo(position) {
      const to = Math.max(0, Math.min(exam.questions.length - 1, position));
      if (to === at) return;
      void save(at, {});
      setAt(to);
    },
    choose: (chosen) => { change({ chosen: chosen !== null && chosen.length === 0 ? null : chosen }); },
    flag: () => { change({ flagged: standing[at]?.flagged !== true }); },
    async close() {
      await save(at, {});
      over.current = true;
      return () => {
        over.current = false;
      };
    },
  };
}
