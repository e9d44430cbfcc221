import { CircleCheck, TriangleAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ModelReport } from '#contract/models/shapes';
import { useFormats } from '#renderer/data/format';
import { Card } from '#renderer/kit/Marks';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { decimals, signedPoints } from '../figures';

/** Whether the model is as honest about each group; small groups are not shown. */
export function Subgroups({ subgroups: { by, groups, suppressed } }: { readonly subgroups: ModelReport['subgroups'] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  return (
    <Card title={t('models.subgroups.title', { by })}>
      {groups.length === 0 ? (
        <p className="text-muted">{t('models.subgroups.none')}</p>
      ) : (
        <Sheet caption={t('models.subgroups.title', { by })}>
          <thead>
            <tr>
              <Head>{by}</Head>
              <Head number>{t('models.registry.rows')}</Head>
              <Head number>{t('models.calibration.said')}</Head>
              <Head number>{t('models.calibration.happened')}</Head>
              <Head number>{t('models.subgroups.gap')}</Head>
              <Head number>{t('models.metrics.rocAuc')}</Head>
              <Head>{t('models.subgroups.verdict')}</Head>
            </tr>
          </thead>
          <tbody>
            {groups.map(({ group, rows, meanProbability, observedRate, calibrationGap, chanceGap, rocAuc }) => {
              const off = Math.abs(calibrationGap) > chanceGap;
              return (
                <tr key={group}>
                  <Cell>{group}</Cell>
                  <Cell number>{formats.number(rows)}</Cell>
                  <Cell number>{formats.percent(meanProbability)}</Cell>
                  <Cell number>{formats.percent(observedRate)}</Cell>
                  <Cell number>{signedPoints(calibrationGap)}</Cell>
                  <Cell number>{decimals(rocAuc, 2)}</Cell>
                  <Cell>
                    <span className="flex items-center gap-1.5 whitespace-nowrap">
                      {off ? <TriangleAlert size={14} aria-hidden className="text-high" /> : <CircleCheck size={14} aria-hidden className="text-good" />}
                      {t(off ? (calibrationGap > 0 ? 'models.subgroups.tooLow' : 'models.subgroups.tooHigh') : 'models.subgroups.fair')}
                    </span>
                  </Cell>
                </tr>
              );
            })}
          </tbody>
        </Sheet>
      )}
      {suppressed.groups > 0 && <p className="mt-3 text-sm text-muted">{t('models.subgroups.suppressed', { count: suppressed.groups, rows: formats.number(suppressed.rows) })}</p>}
    </Card>
  );
}
