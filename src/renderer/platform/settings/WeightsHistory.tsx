import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { factors, type Weights } from '#domain/admissions/triage/configuration';
import { useFormats } from '#renderer/data/format';
import { Button } from '#renderer/kit/Button';
import { useSignedIn } from '#renderer/shell/session';
import type { TriageSettings } from './TriageWeights';

const shownAtFirst = 3;

/** Which weights held since when, by whom and why; earlier ones can be taken again. */
export function WeightsHistory({ settings, onUse }: { readonly settings: TriageSettings; readonly onUse?: (weights: Weights) => void }) {
  const { t } = useTranslation();
  const formats = useFormats(useSignedIn().workspace.timeZone);
  const [all, setAll] = useState(false);
  const changes = all ? settings.history : settings.history.slice(0, shownAtFirst);
  const short = (weights: Weights): string => factors.map((factor) => formats.number(weights[factor])).join(' · ');
  return (
    <section aria-labelledby="weights-history" className="border-t border-line pt-4">
      <h3 id="weights-history" className="text-sm font-medium">
        {t('settings.weights.history')}
      </h3>
      <ol className="mt-2 flex flex-col gap-3">
        {changes.map((change, index) => (
          <li key={`${String(change.at)} ${String(index)}`} className="flex flex-wrap items-start justify-between gap-2">
            <div className="min-w-0">
              <p className="tabular">
                {short(change.weights)}
                {index === 0 && <span className="text-sm text-good"> · {t('settings.weights.current')}</span>}
              </p>
              <p className="text-sm text-muted">
                {[formats.moment(change.at), ...(change.by === null ? [] : [change.by]), change.reason].join(' · ')}
              </p>
            </div>
            {index > 0 && onUse !== undefined && (
              <Button size="small" aria-label={t('settings.weights.useOf', { when: formats.moment(change.at) })} onClick={() => { onUse(change.weights); }}>
                {t('settings.weights.use')}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {settings.history.length > shownAtFirst && (
        <Button look="quiet" size="small" className="mt-2" aria-expanded={all} onClick={() => { setAll(!all); }}>
          {all ? t('settings.weights.fewer') : t('settings.weights.all', { count: settings.history.length })}
        </Button>
      )}
    </section>
  );
}
