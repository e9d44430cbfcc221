import { Target } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { useJobs } from '#renderer/data/jobs';
import { Empty, Skeleton } from '#renderer/kit/Face';
import { Bar, Card } from '#renderer/kit/Marks';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { ChanceOf } from './Chance';
import { RefreshButton } from './RefreshButton';
import { type PredictionStatus, usePredictionStatus } from './usePredictionStatus';

const listed = 20;
const bands = [0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9] as const;

/** What the serving model says of the leads: of how many, how the chances lie, and the highest of them. */
export function Predictions() {
  const { t } = useTranslation();
  const status = usePredictionStatus();
  if (status === undefined) return <Skeleton className="h-72" />;
  if (status.model === null) {
    return (
      <Empty icon={<Target size={28} aria-hidden />} title={t('models.predictions.none')} action={<Link href="/models" className="font-medium underline underline-offset-2">{t('models.predictions.choose')}</Link>}>
        {t('models.predictions.noneDetail')}
      </Empty>
    );
  }
  return (
    <>
      <Standing status={status} model={status.model} />
      <div className="grid grid-cols-1 items-start gap-4 lg:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <Spread />
        <Highest />
      </div>
    </>
  );
}

function Standing({ status, model }: { readonly status: PredictionStatus; readonly model: NonNullable<PredictionStatus['model']> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { leads, predicted, changed, jobId } = status;
  const job = useJobs(({ running }) => (jobId === null ? undefined : running[jobId]));
  const current = predicted - changed;
  const share = job !== undefined && job.progress.total > 0 ? job.progress.done / job.progress.total : leads === 0 ? 1 : current / leads;
  return (
    <Card title={t('models.predictions.by', { version: model.version, type: t(`models.types.${model.modelType}`) })} action={<RefreshButton status={status} size="small" />}>
      <p role="status" className="tabular">
        {jobId !== null ? t('models.predictions.running', { percent: Math.round(share * 100) }) : t('models.predictions.of', { predicted: formats.number(current), count: leads })}
      </p>
      <span className="mt-2 block max-w-md">
        <Bar value={share} label={t('status.share', { percent: Math.round(share * 100) })} tone="good" />
      </span>
      {changed > 0 && jobId === null && <p className="mt-2 text-muted">{t('models.predictions.changed', { count: changed })}</p>}
      <p className="mt-2 text-sm text-muted">{t('models.predictions.trained', { when: formats.ago(model.trainedAt) })}</p>
    </Card>
  );
}

/** How many leads lie in each tenth of the chance. Each is a link to them. */
function Spread() {
  const { t } = useTranslation();
  return (
    <Card title={t('models.predictions.spread')}>
      <ul className="flex flex-col gap-2">
        {bands.map((from) => (
          <Band key={from} from={from} />
        ))}
      </ul>
    </Card>
  );
}

function Band({ from }: { readonly from: (typeof bands)[number] }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const to = Math.round((from + 0.1) * 10) / 10;
  const filter = { all: [{ field: 'modelChance', atLeast: from }, to === 1 ? { field: 'modelChance', atMost: 1 } : { field: 'modelChance', lessThan: to }] };
  const sums = useEntry('admissions.leads.groups', { filter }, { keep: true });
  const whole = useEntry('admissions.leads.groups', { filter: { all: [{ field: 'modelChance', isNotEmpty: true }] } }, { keep: true });
  const count = sums.data?.total.leads;
  const all = Math.max(1, whole.data?.total.leads ?? 1);
  const name = t('models.predictions.band', { from: Math.round(from * 100), to: Math.round(to * 100) });
  return (
    <li className="grid grid-cols-[88px_minmax(0,1fr)_72px] items-center gap-3 text-sm">
      <Link href={`/leads?filter=${encodeURIComponent(JSON.stringify(filter.all))}&sort=modelChance&direction=descending`} className="tabular underline-offset-2 hover:underline">
        {name}
      </Link>
      <Bar value={(count ?? 0) / all} label={t('models.predictions.inBand', { count: count ?? 0, band: name })} />
      <span className="tabular text-right text-muted">{count === undefined ? '…' : formats.number(count)}</span>
    </li>
  );
}

/** The open leads with the highest chances. */
function Highest() {
  const { t } = useTranslation();
  const list = useEntry('admissions.leads.list', { sort: [{ field: 'modelChance', direction: 'descending' }], filter: { all: [{ field: 'converted', isEmpty: true }, { field: 'modelChance', isNotEmpty: true }] }, limit: listed }, { keep: true });
  const known = useEntry('admissions.leads.list', { sort: [{ field: 'modelChance', direction: 'descending' }], filter: { all: [{ field: 'modelChance', isNotEmpty: true }] }, limit: listed }, { keep: true, enabled: list.data?.total === 0 });
  const items = list.data?.total === 0 ? (known.data?.items ?? []) : (list.data?.items ?? []);
  return (
    <Card title={t(list.data?.total === 0 ? 'models.predictions.highestOfAll' : 'models.predictions.highest')}>
      {items.length === 0 ? (
        <p className="text-muted">{t('models.predictions.nothingYet')}</p>
      ) : (
        <Sheet caption={t('models.predictions.highest')}>
          <thead>
            <tr>
              <Head>{t('leads.columns.name')}</Head>
              <Head number>{t('leads.columns.modelChance')}</Head>
              <Head number>{t('leads.columns.modelConfidence')}</Head>
            </tr>
          </thead>
          <tbody>
            {items.map(({ id, name, prediction }) => (
              <tr key={id}>
                <Cell>
                  <Link href={`/leads/${id}`} className="underline-offset-2 hover:underline">
                    {name}
                  </Link>
                </Cell>
                <Cell number>
                  <ChanceOf prediction={prediction} withRange />
                </Cell>
                <Cell number>{prediction === null ? '–' : `${String(Math.round(prediction.confidence * 100))} %`}</Cell>
              </tr>
            ))}
          </tbody>
        </Sheet>
      )}
    </Card>
  );
}
