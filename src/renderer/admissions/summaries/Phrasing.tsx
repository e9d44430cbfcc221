import { PenLine } from 'lucide-react';
import { useEffect, useId, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { InputOf, OutputOf } from '#contract/index';
import { call, CallFailure } from '#renderer/data/client';
import { useEntry } from '#renderer/data/hooks';
import { useStreamedText } from '#renderer/data/streams';
import { Button } from '#renderer/kit/Button';
import { Check } from '#renderer/kit/Field';
import { tellFailure } from '#renderer/shell/tellFailure';
import { Facts } from './Facts';
import type { SummaryFactShown } from '#contract/admissions/summaries';

type Asked = Omit<InputOf<'admissions.summaries.phrase'>, 'streamId' | 'preview'>;
type Answer = OutputOf<'admissions.summaries.phrase'>;

/** Whether a model may be asked to phrase a summary or an explanation. */
export function useMayPhrase(of: Asked['of']): boolean {
  const status = useEntry('platform.language.status', {});
  return status.data?.ready === true && status.data.purposes.includes(of === 'lead' || of === 'week' || of === 'executive' ? 'summarise' : 'explain');
}

/**
 * Facts in the words of a model on demand, beside the facts themselves. What it writes is shown as it comes, and kept only where every
 * figure and name in it is one of the facts. Where the page shows the facts already, they come a second time only with the text that cites them.
 */
export function Phrasing({ asked, facts, label, factsAbove = false }: { readonly asked: Asked; readonly facts: readonly SummaryFactShown[]; readonly label: string; readonly factsAbove?: boolean }) {
  const { t } = useTranslation();
  const status = useEntry('platform.language.status', {});
  const stream = useStreamedText();
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [busy, setBusy] = useState(false);
  const [preview, setPreview] = useState(false);
  const stop = useRef<AbortController | null>(null);
  const name = useId();
  const mayAsk = useMayPhrase(asked.of);
  useEffect(() => () => { stop.current?.abort(); }, []);
  useEffect(() => {
    if (!busy) return undefined;
    const end = (event: KeyboardEvent): void => {
      if (event.key !== 'Escape') return;
      // What is being written stops, and the page stays.
      event.stopPropagation();
      stop.current?.abort();
    };
    window.addEventListener('keydown', end, true);
    return () => { window.removeEventListener('keydown', end, true); };
  }, [busy]);
  const ask = (): void => {
    const abort = new AbortController();
    stop.current = abort;
    setBusy(true);
    setAnswer(null);
    call('admissions.summaries.phrase', { ...asked, preview, streamId: stream.begin() }, abort.signal)
      .then(setAnswer)
      .catch((error: unknown) => {
        if (!(error instanceof CallFailure && error.code === 'cancelled')) tellFailure(error);
      })
      .finally(() => { setBusy(false); });
  };
  const elementId = (id: string): string => `${name} ${id}`;
  // A fact of the answer is as it was when it was phrased; what changed since is in the list below it.
  const shown = answer?.facts ?? facts;
  const numberOf = new Map(shown.map(({ id }, index) => [id, index + 1]));
  const toFact = (id: string): void => {
    const element = document.getElementById(elementId(id));
    element?.scrollIntoView({ block: 'nearest' });
    element?.focus();
  };
  return (
    <div className="flex flex-col gap-3" {...(busy ? { 'data-stops-at-escape': true } : {})}>
      <div aria-live="polite" className="flex flex-col gap-2 empty:hidden">
        {busy && stream.text !== '' && <p className="max-w-prose text-muted">{stream.text.replace(/\s*\[[\d, ]+\]?/gu, '')}</p>}
        {answer?.by === 'model' && (
          <>
            <p className="max-w-prose">
              {answer.sentences.map(({ text, facts: rests }) => (
                <span key={text}>
                  {text}
                  {rests.map((id) => (
                    <button key={id} type="button" data-no-print className="mx-0.5 inline-flex h-6 min-w-6 items-center justify-center rounded px-1 align-baseline text-xs text-muted underline underline-offset-2 hover:bg-sunken" aria-label={t('summaries.fact', { number: numberOf.get(id) ?? 0 })} onClick={() => { toFact(id); }}>
                      {numberOf.get(id)}
                    </button>
                  ))}{' '}
                </span>
              ))}
            </p>
            <p className="text-xs text-faint">{t('summaries.byModel', { model: answer.model ?? '' })}</p>
          </>
        )}
        {answer?.by === 'rules' && answer.offline !== null && <p className="text-sm text-muted">{t('summaries.offline', { reason: answer.offline.message })}</p>}
        {answer?.by === 'rules' && answer.offline === null && answer.model !== null && (
          <p className="text-sm text-muted">{answer.added.length === 0 ? t('summaries.cutOff') : t('summaries.added', { what: answer.added.slice(0, 5).join(', ') })}</p>
        )}
      </div>
      {(!factsAbove || answer?.by === 'model') && <Facts facts={shown} label={label} elementId={elementId} />}
      {facts.length > 0 && mayAsk && (
        <div data-no-print className="flex flex-wrap items-center gap-x-4 gap-y-2">
          <Button size="small" icon={<PenLine size={13} aria-hidden />} busy={busy} onClick={ask}>{t('summaries.phrase')}</Button>
          {busy && <Button size="small" look="quiet" onClick={() => { stop.current?.abort(); }}>{t('summaries.stop')}</Button>}
          {!busy && status.data?.preview === 'onDemand' && <Check checked={preview} onChange={(event) => { setPreview(event.target.checked); }} label={t('summaries.preview')} />}
        </div>
      )}
    </div>
  );
}
