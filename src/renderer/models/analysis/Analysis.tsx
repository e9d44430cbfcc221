import { ChartLine } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useSearchParams } from 'wouter';
import { useEntry } from '#renderer/data/hooks';
import { Empty, Skeleton } from '#renderer/kit/Face';
import { Select } from '#renderer/kit/Field';
import { Failure } from '#renderer/shell/Failure';
import { TargetSelect, useTarget } from '../target';
import { Agreement, Curves } from './Curves';
import { Dependence } from './Dependence';
import { Drift } from './Drift';
import { Importance } from './Importance';
import { Lines } from './Lines';
import { SideBySide } from './SideBySide';
import { Subgroups } from './Subgroups';

/** How good a model is, what it leans on, whether it is fair, and whether today's leads are still those it learned from. */
export function Analysis() {
  const { t } = useTranslation();
  const [params, setParams] = useSearchParams();
  const { target } = useTarget();
  const list = useEntry('models.registry.list', { target });
  const items = list.data?.items ?? [];
  const chosen = items.find(({ modelId }) => modelId === params.get('model')) ?? items.find(({ active }) => active) ?? items[0];
  const model = useEntry('models.registry.get', { modelId: chosen?.modelId ?? '' }, { enabled: chosen !== undefined, keep: true });
  const error = list.error ?? model.error;
  if (error !== null) return <Failure error={error} onRetry={() => { void list.refetch(); void model.refetch(); }} />;
  if (list.data === undefined) return <Skeleton className="h-72" />;
  if (chosen === undefined) {
    return (
      <>
      <TargetSelect />
      <Empty icon={<ChartLine size={28} aria-hidden />} title={t('models.registry.none')} action={<Link href="/models/training" className="font-medium underline underline-offset-2">{t('models.registry.trainFirst')}</Link>}>
        {t('models.analysis.noneDetail')}
      </Empty>
      </>
    );
  }
  const report = model.data?.report;
  const others = items.filter(({ modelId }) => modelId !== chosen.modelId);
  return (
    <>
      <div className="flex flex-wrap items-end gap-4">
        <TargetSelect />
        <Select
          className="w-full max-w-sm"
          label={t('models.analysis.model')}
          value={chosen.modelId}
          options={items.map(({ modelId, version, modelType, active }) => ({
            value: modelId,
            label: `${t('models.registry.named', { version, type: t(`models.types.${modelType}`) })}${active ? ` · ${t('models.registry.serves')}` : ''}`,
          }))}
          onChange={(event) => { setParams({ model: event.target.value }); }}
        />
        {report !== undefined && <p className="pb-1.5 text-sm text-muted">{t('models.analysis.basis', { count: report.confusion.truePositives + report.confusion.falsePositives + report.confusion.trueNegatives + report.confusion.falseNegatives })}</p>}
      </div>
      {report === undefined ? (
        <Skeleton className="h-96" />
      ) : (
        <>
          <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
            <Curves report={report} />
            <Agreement report={report} />
            <Lines key={chosen.modelId} report={report} />
            <Importance report={report} />
            {target === 'lead.conversion' && <Dependence key={`dependence ${chosen.modelId}`} modelId={chosen.modelId} report={report} />}
          </div>
          <Subgroups subgroups={report.subgroups} />
          {others.length > 0 && <SideBySide first={chosen} others={others} />}
        </>
      )}
      <Drift />
    </>
  );
}
