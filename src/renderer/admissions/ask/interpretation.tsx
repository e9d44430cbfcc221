import { CloudOff, Sparkles } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { AskedOutput, QueryAnswer } from '#contract/admissions/queries';
import type { OutputOf } from '#contract/index';
import { call } from '#renderer/data/client';
import { useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { tellFailure } from '#renderer/shell/tellFailure';

type Interpreted = OutputOf<'admissions.queries.interpret'>;

interface Asking {
  readonly text: string;
  readonly before: AskedOutput | null;
  /** Whether the grammar is not sure, so that a model is worth asking. */
  readonly unsure: boolean;
}

export interface Interpretation {
  /** The model's reading with its answer, where there is one and it is wanted. */
  readonly answer: QueryAnswer | null;
  readonly result: Interpreted | null;
  readonly asking: boolean;
  /** Whether the answer of this machine is shown in place of the model's. */
  readonly declined: boolean;
  readonly decline: (declined: boolean) => void;
  readonly stop: () => void;
}

/** Reasons that are a choice of the workspace: nobody is told at each question what they have decided. */
const chosen = new Set(['switched_off', 'no_key', 'not_agreed']);

/** Lets a model read what the grammar is not sure of, once a question; the answer of this machine stays meanwhile, and wherever there is none. */
export function useInterpretation({ text, before, unsure }: Asking): Interpretation {
  const status = useEntry('platform.language.status', {});
  const able = status.data?.offline === null && status.data.purposes.includes('ask');
  const key = JSON.stringify([text, before]);
  const [heard, setHeard] = useState<{ readonly key: string; readonly result: Interpreted | null } | null>(null);
  const [declined, setDeclined] = useState<string | null>(null);
  const controller = useRef<AbortController | null>(null);
  const wanted = unsure && able && text !== '';
  useEffect(() => {
    if (!wanted) return undefined;
    const stopping = new AbortController();
    controller.current = stopping;
    const [asked, from] = JSON.parse(key) as [string, AskedOutput | null];
    call('admissions.queries.interpret', { text: asked, limit: 0, ...(from === null ? {} : { before: from }) }, stopping.signal)
      .then((result) => { setHeard({ key, result }); })
      .catch((error: unknown) => {
        setHeard({ key, result: null });
        if (!stopping.signal.aborted && error instanceof Error) tellFailure(error);
      });
    return () => { stopping.abort(); };
  }, [key, wanted]);
  const result = heard?.key === key ? heard.result : null;
  const asking = wanted && heard?.key !== key;
  // Escape stops what is under way, wherever the keyboard is.
  useEffect(() => {
    if (!asking) return undefined;
    const press = (event: KeyboardEvent): void => {
      if (event.key === 'Escape') controller.current?.abort();
    };
    window.addEventListener('keydown', press);
    return () => { window.removeEventListener('keydown', press); };
  }, [asking]);
  return {
    answer: declined === key ? null : (result?.answer ?? null),
    result,
    asking,
    declined: declined === key,
    decline: (no) => { setDeclined(no ? key : null); },
    stop: () => { controller.current?.abort(); },
  };
}

/** Says who has read the question, and why where it was not the model. */
export function InterpretationNote({ reading: { result, asking, declined, decline, stop } }: { readonly reading: Interpretation }) {
  const { t } = useTranslation();
  if (asking) {
    return (
      <p role="status" className="flex flex-wrap items-center gap-2 text-sm text-muted">
        <Sparkles size={15} aria-hidden className="shrink-0" />
        {t('ask.model.asking')}
        <Button size="small" onClick={stop}>
          {t('ask.model.stop')}
        </Button>
      </p>
    );
  }
  if (result === null || (result.offline !== null && chosen.has(result.offline.reason))) return null;
  const { offline, model, explanation } = result;
  if (offline !== null) {
    return (
      <p role="status" className="flex items-center gap-2 text-sm text-muted">
        <CloudOff size={15} aria-hidden className="shrink-0" />
        {t('ask.model.kept', { why: offline.message })}
      </p>
    );
  }
  return (
    <p role="status" className="flex flex-wrap items-center gap-2 text-sm text-muted">
      <Sparkles size={15} aria-hidden className="shrink-0" />
      {!declined && t('ask.model.readBy', { model, explanation })}
      <Button size="small" onClick={() => { decline(!declined); }}>
        {t(declined ? 'ask.model.again' : 'ask.model.offline')}
      </Button>
    </p>
  );
}
