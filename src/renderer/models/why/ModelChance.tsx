import { ArrowDown, ArrowUp, CircleHelp } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '#contract/index';
import { Explain } from '#renderer/admissions/summaries/Explain';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { ChartFrame } from '#renderer/kit/charts/ChartFrame';
import { EffectBars } from '#renderer/kit/charts/EffectBars';
import { Skeleton } from '#renderer/kit/Face';
import { Card, Tag } from '#renderer/kit/Marks';
import { signedPoints } from '../figures';
import { type PredictionStatus, usePredictionStatus } from '../predictions/usePredictionStatus';
import { useChartWords } from '../useChartWords';

/** The chance of a lead by the model that serves, with its range, and why. Nothing where none serves: the rules say the chance then. */
export function ModelChance({ leadId }: { readonly leadId: string }) {
  const status = usePredictionStatus();
  if (status?.model === null || status === undefined) return null;
  return <Chance leadId={leadId} status={status} model={status.model} />;
}

interface ChanceProps {
  readonly leadId: string;
  readonly status: PredictionStatus;
  readonly model: NonNullable<PredictionStatus['model']>;
}

function Chance({ leadId, status, model }: ChanceProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [asking, setAsking] = useState(false);
  const said = useEntry('models.predictions.predict', { leadId }, { keep: true });
  if (said.error !== null) {
    return (
      <Card title={t('models.why.title')}>
        <p role="alert" className="text-muted">
          {said.error.message}
        </p>
      </Card>
    );
  }
  if (said.data === undefined) return <Skeleton className="h-36" />;
  const { probability, interval, confidence } = said.data;
  const [lower, upper] = [Math.round(interval.lower * 100), Math.round(interval.upper * 100)];
  const percent = formats.percent(probability);
  return (
    <Card title={t('models.why.title')} action={status.state === 'fallback' ? <Tag tone="warn">{t('models.why.fallback', { version: model.version })}</Tag> : undefined}>
      <div className="flex flex-wrap items-baseline gap-x-3">
        <span className="tabular text-2xl font-semibold">{percent}</span>
        <span className="tabular text-muted">{t('models.chance.range', { lower, upper })}</span>
      </div>
      <span aria-hidden className="mt-2 block">
        <svg viewBox="0 0 1000 12" preserveAspectRatio="none" className="h-3 w-full">
          <rect x={0} y={4} width={1_000} height={4} className="fill-line" />
          <rect x={interval.lower * 1_000} y={1} width={Math.max(4, (interval.upper - interval.lower) * 1_000)} height={10} className="fill-text/25" />
          <rect x={probability * 1_000 - 3} y={0} width={6} height={12} className="fill-text" />
        </svg>
      </span>
      <p className="mt-1 text-muted">{t('models.why.means', { of: Math.round(probability * 100), lower, upper })}</p>
      <p className="mt-1 text-sm text-muted">{t('models.why.confidence', { percent: formats.percent(confidence) })}</p>
      <Button size="small" className="mt-3" aria-expanded={asking} icon={<CircleHelp size={13} aria-hidden />} onClick={() => { setAsking(!asking); }}>
        {t('models.why.ask', { percent })}
      </Button>
      {asking && <Reasons leadId={leadId} percent={percent} />}
      <p className="mt-3 text-sm text-faint">{t('models.why.by', { version: model.version, type: t(`models.types.${model.modelType}`), when: formats.date(model.trainedAt) })}</p>
    </Card>
  );
}

type Why = OutputOf<'models.analysis.shap'>;
type Contribution = Why['contributions'][number];

/** Reasons that are said in words, and bars that are drawn. */
const inWords = 5;
const drawn = 10;
/** Effects below half a percentage point are not worth a sentence. */
const worthSaying = 0.005;

function Reasons({ leadId, percent }: { readonly leadId: string; readonly percent: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = useChartWords();
  const why = useEntry('models.analysis.shap', { leadId }, { keep: true });
  if (why.error !== null) {
    return (
      <p role="alert" className="mt-3 text-muted">
        {why.error.message}
      </p>
    );
  }
  if (why.data === undefined) return <Skeleton className="mt-3 h-40" />;
  const { contributions, base, scale } = why.data;
  const valueOf = ({ value }: Contribution): string => (value === null ? t('models.why.unknown') : typeof value === 'boolean' ? t(value ? 'models.why.yes' : 'models.why.no') : typeof value === 'number' ? formats.number(value) : value);
  const strong = contributions.filter(({ effect }) => Math.abs(effect) >= worthSaying);
  const rest = contributions.slice(drawn);
  const mean = scale === 'logOdds' ? 1 / (1 + Math.exp(-base)) : base;
  return (
    <section aria-label={t('models.why.ask', { percent })} className="mt-3 border-t border-line pt-3">
      <p className="text-muted">{t('models.why.begins', { percent: formats.percent(mean) })}</p>
      {strong.length === 0 && <p className="mt-2 text-muted">{t('models.why.nothing')}</p>}
      <ul className="mt-2 flex flex-col gap-1.5" data-testid="reasons">
        {strong.slice(0, inWords).map((each) => {
          const raises = each.effect > 0;
          const points = Math.abs(Math.round(each.effect * 100));
          return (
            <li key={each.field} className="flex gap-2">
              {raises ? <ArrowUp size={14} aria-hidden className="mt-0.5 shrink-0 text-good" /> : <ArrowDown size={14} aria-hidden className="mt-0.5 shrink-0 text-critical" />}
              <span>
                {t(raises ? 'models.why.raises' : 'models.why.lowers', { column: each.column, value: valueOf(each), count: Math.max(1, points) })}
              </span>
            </li>
          );
        })}
      </ul>
      <ChartFrame
        className="mt-3 border-0 p-0!"
        title={t('models.why.chart')}
        unit={t('models.why.unit')}
        fileName="why"
        words={words}
        table={{
          columns: [t('models.guard.column'), t('models.why.value'), t('models.why.effect'), t(scale === 'logOdds' ? 'models.why.logOdds' : 'models.why.share')],
          rows: contributions.map((each) => [each.column, valueOf(each), Number((100 * each.effect).toFixed(1)), Number(each.contribution.toFixed(3))]),
        }}
      >
        <EffectBars label={t('models.why.chart')} effects={contributions.slice(0, drawn).map((each) => ({ id: each.field, name: each.column, detail: valueOf(each), value: each.effect, figure: signedPoints(each.effect) }))} />
        {rest.length > 0 && <p className="mt-2 text-xs text-muted">{t('models.why.rest', { count: rest.length })}</p>}
      </ChartFrame>
      <Explain leadId={leadId} of="prediction" />
    </section>
  );
}
