import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelReport } from '#contract/models/shapes';
import { thresholdAtCost } from '#domain/models/metrics';
import { useFormats } from '#renderer/data/format';
import { TextField } from '#renderer/kit/Field';
import { Card } from '#renderer/kit/Marks';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';

/** The numbers of leads on each side of a line, from the curve that was kept: its points lie close, not everywhere. */
function cellsAt({ roc, confusion }: ModelReport, threshold: number) {
  const positives = confusion.truePositives + confusion.falseNegatives;
  const negatives = confusion.trueNegatives + confusion.falsePositives;
  // The last point whose threshold is still at or above the line: all leads down to it are called likely.
  const at = roc.filter((point) => point.threshold >= threshold).at(-1);
  const truePositives = Math.round((at?.truePositiveRate ?? 0) * positives);
  const falsePositives = Math.round((at?.falsePositiveRate ?? 0) * negatives);
  return { truePositives, falsePositives, falseNegatives: positives - truePositives, trueNegatives: negatives - falsePositives };
}

/** Whom to call likely when missing a convert costs so many contacts in vain, and how that would have gone. */
export function Lines({ report }: { readonly report: ModelReport }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [text, setText] = useState('1');
  const cost = Number(text);
  const valid = text.trim() !== '' && Number.isFinite(cost) && cost > 0;
  const threshold = thresholdAtCost(valid ? cost : 1);
  const { truePositives, falsePositives, falseNegatives, trueNegatives } = cellsAt(report, threshold);
  const said = truePositives + falsePositives;
  const share = (part: number, whole: number): string => (whole === 0 ? '–' : formats.percent(part / whole));
  return (
    <Card title={t('models.confusion.title')}>
      <TextField className="max-w-72" label={t('models.confusion.cost')} hint={t('models.confusion.costHint')} inputMode="decimal" value={text} error={valid ? undefined : t('models.confusion.costError')} onChange={(event) => { setText(event.target.value); }} />
      <p className="mt-3">{t('models.confusion.line', { percent: formats.percent(threshold) })}</p>
      <Sheet caption={t('models.confusion.title')} className="mt-2">
        <thead>
          <tr>
            <Head>{t('models.confusion.called')}</Head>
            <Head number>{t('models.confusion.converted')}</Head>
            <Head number>{t('models.confusion.notConverted')}</Head>
          </tr>
        </thead>
        <tbody>
          <tr>
            <Cell>{t('models.confusion.likely')}</Cell>
            <Cell number className="font-medium">{formats.number(truePositives)} ✓</Cell>
            <Cell number>{formats.number(falsePositives)} ✗</Cell>
          </tr>
          <tr>
            <Cell>{t('models.confusion.unlikely')}</Cell>
            <Cell number>{formats.number(falseNegatives)} ✗</Cell>
            <Cell number className="font-medium">{formats.number(trueNegatives)} ✓</Cell>
          </tr>
        </tbody>
      </Sheet>
      <p className="mt-3 text-sm text-muted">
        {t('models.confusion.words', { precision: share(truePositives, said), recall: share(truePositives, truePositives + falseNegatives), count: said })}
      </p>
    </Card>
  );
}
