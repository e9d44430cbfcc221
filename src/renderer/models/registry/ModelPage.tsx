import { ChartLine } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { Skeleton } from '#renderer/kit/Face';
import { Card, Tag } from '#renderer/kit/Marks';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { Failure } from '#renderer/shell/Failure';
import { decimals } from '../figures';
import { GuardFindings } from '../training/GuardFindings';
import { LearningCurve } from '../training/LearningCurve';
import { ActivateButton } from './ActivateButton';
import { CardInWords } from './CardInWords';

/** One model: its card in words, its figures with what each says, the gate, the guard's findings and how it learned. */
export function ModelPage({ modelId }: { readonly modelId: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const model = useEntry('models.registry.get', { modelId });
  if (model.error !== null) return <Failure error={model.error} onRetry={() => void model.refetch()} />;
  if (model.data === undefined) return <Skeleton className="h-72" />;
  const { data } = model;
  const { report } = data;
  const { gate } = report;
  return (
    <>
      <div className="flex flex-wrap items-center gap-3">
        <Link href="/models" className="text-muted underline-offset-2 hover:underline">
          {t('models.registry.all')}
        </Link>
        <h2 className="text-lg font-semibold">{t('models.registry.named', { version: data.version, type: t(`models.types.${data.modelType}`) })}</h2>
        <span className="text-muted">{t('models.page.trained', { when: formats.moment(data.createdAt), who: data.createdBy ?? t('models.page.nobody') })}</span>
        <span className="ml-auto flex items-center gap-3">
          <Link href={`/models/analysis?model=${modelId}`} className="flex items-center gap-1.5 font-medium underline-offset-2 hover:underline">
            <ChartLine size={14} aria-hidden />
            {t('models.page.analyse')}
          </Link>
          <ActivateButton model={data} />
        </span>
      </div>
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-2">
        <Card title={t('models.page.card')}>
          <CardInWords card={report.card} />
        </Card>
        <Card title={t('models.page.gate')} action={gate.passes ? <Tag tone="good">{t('models.gate.passes')}</Tag> : <Tag tone="bad">{t('models.gate.fails')}</Tag>}>
          <p className="mb-3 text-muted">{t('models.page.gateDetail')}</p>
          <Sheet caption={t('models.page.gate')}>
            <tbody>
              {[
                { name: t('models.page.model'), loss: gate.modelLogLoss },
                { name: t('models.page.baseRate'), loss: gate.baseRateLogLoss },
                { name: t('models.page.rules'), loss: gate.rulesLogLoss },
              ].map(({ name, loss }) => (
                <tr key={name}>
                  <Cell>{name}</Cell>
                  <Cell number>{decimals(loss)}</Cell>
                </tr>
              ))}
            </tbody>
          </Sheet>
        </Card>
      </div>
      <Card title={t('models.page.figures')}>
        <Sheet caption={t('models.page.figures')}>
          <thead>
            <tr>
              <Head>{t('models.compare.figure')}</Head>
              <Head number>{t('models.page.value')}</Head>
              <Head>{t('models.page.meaning')}</Head>
            </tr>
          </thead>
          <tbody>
            {(Object.keys(data.metrics) as (keyof typeof data.metrics)[]).map((metric) => (
              <tr key={metric}>
                <Cell className="font-medium">{t(`models.metrics.${metric}`)}</Cell>
                <Cell number>{decimals(data.metrics[metric])}</Cell>
                <Cell className="text-muted">{t(`models.meanings.${metric}`)}</Cell>
              </tr>
            ))}
          </tbody>
        </Sheet>
      </Card>
      <GuardFindings leakage={report.leakage} />
      <LearningCurve report={report} />
      <Card title={t('models.page.columns', { count: report.columns.length })}>
        <p className="text-muted">{report.columns.map(({ column }) => column).join(', ')}</p>
      </Card>
    </>
  );
}
