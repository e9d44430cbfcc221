import { BrainCircuit, GitCompareArrows, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useFormats } from '#renderer/data/format';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Empty, SkeletonRows } from '#renderer/kit/Face';
import { Tag } from '#renderer/kit/Marks';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { toast } from '#renderer/kit/toasts';
import { Failure } from '#renderer/shell/Failure';
import { useMay } from '#renderer/shell/session';
import { useStatus } from '#renderer/shell/StatusLine';
import { tellFailure } from '#renderer/shell/tellFailure';
import { decimals } from '../figures';
import { TargetSelect, useTarget } from '../target';
import { ActivateButton, type ModelEntry } from './ActivateButton';
import { Compare } from './Compare';

/** Models that were trained here: which serves, which may, and how two of them compare. */
export function Registry() {
  const { t } = useTranslation();
  const mayTrain = useMay('ai_model_training');
  const { target } = useTarget();
  const list = useEntry('models.registry.list', { target });
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const [comparing, setComparing] = useState(false);
  useStatus(list.data === undefined ? '' : t('models.registry.count', { count: list.data.items.length }));
  if (list.error !== null) return <Failure error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data === undefined) return <SkeletonRows rows={6} label={t('common.loading')} />;
  const { items } = list.data;
  if (items.length === 0) {
    return (
      <>
      <TargetSelect />
      <Empty
        icon={<BrainCircuit size={28} aria-hidden />}
        title={t('models.registry.none')}
        action={mayTrain ? <Link href="/models/training" className="inline-flex h-8 items-center rounded-md bg-action px-3 font-medium text-on-action hover:bg-action-hover">{t('models.registry.trainFirst')}</Link> : undefined}
      >
        {t(mayTrain ? 'models.registry.noneDetail' : 'models.registry.noneForYou')}
      </Empty>
      </>
    );
  }
  const toggle = (modelId: string): void => {
    setChosen(chosen.includes(modelId) ? chosen.filter((each) => each !== modelId) : [...chosen, modelId].slice(-2));
  };
  // The older first, so that a difference reads as what the newer one brought.
  const pair = items.filter(({ modelId }) => chosen.includes(modelId)).reverse();
  const [first, second] = pair;
  return (
    <>
      <TargetSelect />
      <div className="flex flex-wrap items-center gap-2">
        <p className="min-w-0 flex-1 text-muted max-sm:basis-full">{t('models.registry.detail')}</p>
        <Button icon={<GitCompareArrows size={14} aria-hidden />} disabled={pair.length !== 2} onClick={() => { setComparing(true); }}>
          {t('models.registry.compare')}
        </Button>
        {mayTrain && <RollBack items={items} />}
      </div>
      <div className="rounded-md border border-line bg-surface">
        <Sheet caption={t('models.tabs.registry')}>
          <thead>
            <tr>
              <Head>
                <span className="sr-only">{t('models.registry.choose')}</span>
              </Head>
              <Head>{t('models.registry.version')}</Head>
              <Head>{t('models.registry.trained')}</Head>
              <Head number>{t('models.registry.rows')}</Head>
              <Head number>{t('models.metrics.rocAuc')}</Head>
              <Head number>{t('models.metrics.brier')}</Head>
              <Head>{t('models.registry.gate')}</Head>
              <Head>{t('models.registry.state')}</Head>
            </tr>
          </thead>
          <tbody>
            {items.map((model) => (
              <Row key={model.modelId} model={model} chosen={chosen.includes(model.modelId)} onToggle={() => { toggle(model.modelId); }} />
            ))}
          </tbody>
        </Sheet>
      </div>
      {comparing && first !== undefined && second !== undefined && <Compare first={first} second={second} onClose={() => { setComparing(false); }} />}
    </>
  );
}

function Row({ model, chosen, onToggle }: { readonly model: ModelEntry; readonly chosen: boolean; readonly onToggle: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { modelId, version, modelType, createdAt, createdBy, rows, metrics, passesGate } = model;
  return (
    <tr>
      <Cell>
        <input type="checkbox" className="size-4 accent-focus" checked={chosen} aria-label={t('models.registry.chooseOne', { version })} onChange={onToggle} />
      </Cell>
      <Cell className="whitespace-nowrap">
        <Link href={`/models/registry/${modelId}`} className="font-medium underline-offset-2 hover:underline">
          {t('models.registry.named', { version, type: t(`models.types.${modelType}`) })}
        </Link>
      </Cell>
      <Cell className="whitespace-nowrap text-muted">
        <time dateTime={new Date(createdAt).toISOString()} title={formats.moment(createdAt)}>
          {formats.ago(createdAt)}
        </time>
        {createdBy !== null && ` · ${createdBy}`}
      </Cell>
      <Cell number>{formats.number(rows)}</Cell>
      <Cell number>{decimals(metrics.rocAuc)}</Cell>
      <Cell number>{decimals(metrics.brier)}</Cell>
      <Cell>{passesGate ? <Tag tone="good">{t('models.gate.passes')}</Tag> : <Tag tone="bad">{t('models.gate.fails')}</Tag>}</Cell>
      <Cell>
        <ActivateButton model={model} size="small" />
      </Cell>
    </tr>
  );
}

/** Lets the model serve again that served before. */
function RollBack({ items }: { readonly items: readonly ModelEntry[] }) {
  const { t } = useTranslation();
  const rollback = useCommand('models.registry.rollback');
  const { target } = useTarget();
  if (!items.some(({ active }) => active)) return null;
  return (
    <Button
      icon={<Undo2 size={14} aria-hidden />}
      busy={rollback.isPending}
      onClick={() => {
        rollback.mutate({ target }, { onError: tellFailure, onSuccess: ({ version }) => { toast({ title: t('models.registry.rolledBack', { version }), detail: t('models.registry.following') }); } });
      }}
    >
      {t('models.registry.rollback')}
    </Button>
  );
}
