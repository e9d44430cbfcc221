import { useTranslation } from 'react-i18next';
import type { ModelReport } from '#contract/models/shapes';
import { ChartFrame } from '#renderer/kit/charts/ChartFrame';
import { IntervalBars } from '#renderer/kit/charts/IntervalBars';
import { decimals } from '../figures';
import { useChartWords } from '../useChartWords';

const listed = 12;

/** What the model loses when a column is shuffled, on leads that it had not seen. */
export function Importance({ report: { importance } }: { readonly report: ModelReport }) {
  const { t } = useTranslation();
  const words = useChartWords();
  const most = Math.max(1e-9, ...importance.map(({ logLossRise, deviation }) => logLossRise + deviation));
  const within = (value: number): number => Math.min(1, Math.max(0, value / most));
  const first = importance[0];
  return (
    <ChartFrame
      title={first === undefined ? t('models.importance.title') : t('models.importance.finding', { column: first.column })}
      unit={t('models.importance.unit')}
      fileName="importance"
      words={words}
      table={{
        columns: [t('models.guard.column'), t('models.importance.rise'), t('models.importance.deviation'), t('models.importance.fall')],
        rows: importance.map(({ column, logLossRise, deviation, aucFall }) => [column, Number(logLossRise.toFixed(4)), Number(deviation.toFixed(4)), aucFall === null ? null : Number(aucFall.toFixed(4))]),
      }}
    >
      <IntervalBars
        label={t('models.importance.title')}
        mark={null}
        bars={importance.slice(0, listed).map(({ field, column, logLossRise, deviation }) => {
          const matters = logLossRise > deviation;
          return {
            id: field,
            name: column,
            value: within(logLossRise),
            low: within(logLossRise - deviation),
            high: within(logLossRise + deviation),
            figure: decimals(logLossRise, 4),
            detail: t(matters ? 'models.importance.matters' : 'models.importance.chance'),
            tone: 'plain' as const,
          };
        })}
      />
    </ChartFrame>
  );
}
