import { useTranslation } from 'react-i18next';
import { driftAt } from '#domain/models/drift';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { ChartFrame } from '#renderer/kit/charts/ChartFrame';
import { IntervalBars } from '#renderer/kit/charts/IntervalBars';
import { Skeleton } from '#renderer/kit/Face';
import { Card } from '#renderer/kit/Marks';
import { decimals } from '../figures';
import { useChartWords } from '../useChartWords';

const listed = 10;
/** Bars reach their end here: beyond, how much more does not matter. */
const widest = 2 * driftAt;

/** Whether today's leads are still those that the serving model learned from, and whether recent outcomes are as it said. */
export function Drift() {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = useChartWords();
  const health = useEntry('models.registry.health', {}, { keep: true });
  if (health.error !== null) return <p role="alert">{health.error.message}</p>;
  if (health.data === undefined) return <Skeleton className="h-56" />;
  const { modelId, drift, calibration, checkedAt } = health.data;
  if (modelId === null) {
    return (
      <Card title={t('models.drift.title')}>
        <p className="text-muted">{t('models.drift.noModel')}</p>
      </Card>
    );
  }
  const moved = drift.filter((column) => column.moved).length;
  return (
    <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
      <ChartFrame
        title={moved === 0 ? t('models.drift.still') : t('models.drift.moved', { count: moved })}
        unit={t('models.drift.unit', { when: formats.ago(checkedAt) })}
        fileName="drift"
        words={words}
        table={{ columns: [t('models.guard.column'), t('models.drift.stability'), t('models.subgroups.verdict')], rows: drift.map(({ column, stability, moved: has }) => [column, Number(stability.toFixed(3)), t(has ? 'models.drift.hasMoved' : 'models.drift.stands')]) }}
      >
        <IntervalBars
          label={t('models.drift.title')}
          mark={{ value: driftAt / widest, label: t('models.drift.mark', { at: decimals(driftAt, 2) }) }}
          bars={drift.slice(0, listed).map(({ field, column, stability, moved: has }) => ({
            id: field,
            name: column,
            value: Math.min(1, stability / widest),
            low: null,
            high: null,
            figure: decimals(stability, 2),
            detail: t(has ? 'models.drift.another' : stability >= 0.1 ? 'models.drift.little' : 'models.drift.same'),
            tone: has ? ('bad' as const) : ('plain' as const),
            ...(has ? { word: t('models.drift.hasMoved') } : {}),
          }))}
        />
      </ChartFrame>
      <Card title={t('models.drift.outcomes')}>
        {calibration === null ? (
          <p className="text-muted">{t('models.drift.tooFew')}</p>
        ) : (
          <>
            <p>{t('models.drift.said', { count: calibration.rows, said: formats.percent(calibration.meanProbability), happened: formats.percent(calibration.observedRate) })}</p>
            <p className="mt-2 text-muted">{t(Math.abs(calibration.deviations) >= 3 ? 'models.drift.off' : 'models.drift.fits', { deviations: Math.abs(calibration.deviations).toFixed(1) })}</p>
          </>
        )}
      </Card>
    </div>
  );
}
