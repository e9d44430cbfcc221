import { History } from 'lucide-react';
import type { ListedLead } from '#contract/admissions/leads';
import { useFormats } from '#renderer/data/format';
import { useWords } from '#renderer/data/words';

type Shown = ListedLead['prediction'];

/** The range of a chance: 62–79 %. */
export function RangeOf({ prediction }: { readonly prediction: Shown }) {
  const { t } = useWords();
  if (prediction === null) {
    return (
      <span aria-hidden className="text-faint">
        –
      </span>
    );
  }
  const [lower, upper] = [Math.round(prediction.lower * 100), Math.round(prediction.upper * 100)];
  return (
    <span className="tabular text-muted" title={t('models.chance.rangeHint', { lower, upper })}>
      {t('models.chance.range', { lower, upper })}
    </span>
  );
}

/** What a model says of a lead: 71 %, marked where the lead has changed since. */
export function ChanceOf({ prediction, withRange = false }: { readonly prediction: Shown; readonly withRange?: boolean }) {
  const { t } = useWords();
  const formats = useFormats();
  if (prediction === null) {
    return (
      <span aria-hidden className="text-faint" title={t('models.chance.none')}>
        –
      </span>
    );
  }
  return (
    <span className="tabular inline-flex items-center justify-end gap-1.5">
      {!prediction.current && (
        <span title={t('models.chance.old')} className="text-faint">
          <History size={12} aria-label={t('models.chance.old')} />
        </span>
      )}
      <span className="font-medium">{formats.percent(prediction.probability)}</span>
      {withRange && <RangeOf prediction={prediction} />}
    </span>
  );
}
