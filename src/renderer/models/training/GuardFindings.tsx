import { ShieldAlert, ShieldCheck, TriangleAlert } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ModelReport } from '#contract/models/shapes';
import { Button } from '#renderer/kit/Button';
import { Check } from '#renderer/kit/Field';
import { Card, Tag } from '#renderer/kit/Marks';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { decimals } from '../figures';

interface GuardFindingsProps {
  readonly leakage: ModelReport['leakage'];
  /** Trains again and learns from some of them; missing where one only looks. */
  readonly onTrain?: (keep: readonly string[]) => void;
  readonly busy?: boolean;
}

/** The columns that the guard found, each with its reason; and the way to keep one. */
export function GuardFindings({ leakage, onTrain, busy = false }: GuardFindingsProps) {
  const { t } = useTranslation();
  const before = leakage.filter(({ excluded }) => !excluded).map(({ field }) => field);
  const [keep, setKeep] = useState<readonly string[]>(before);
  const changed = keep.length !== before.length || keep.some((field) => !before.includes(field));
  if (leakage.length === 0) {
    return (
      <Card title={t('models.guard.title')}>
        <p className="flex items-center gap-2 text-muted">
          <ShieldCheck size={16} aria-hidden className="shrink-0 text-good" />
          {t('models.guard.nothing')}
        </p>
      </Card>
    );
  }
  return (
    <Card title={t('models.guard.title')} action={<Tag tone="warn">{t('models.guard.count', { count: leakage.length })}</Tag>}>
      <p className="mb-3 flex gap-2 text-muted">
        <ShieldAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-medium" />
        {t('models.guard.detail')}
      </p>
      <Sheet caption={t('models.guard.title')}>
        <thead>
          <tr>
            {onTrain !== undefined && <Head>{t('models.guard.keep')}</Head>}
            <Head>{t('models.guard.column')}</Head>
            <Head>{t('models.guard.reason')}</Head>
            <Head number>{t('models.guard.auc')}</Head>
            <Head>{t('models.guard.state')}</Head>
          </tr>
        </thead>
        <tbody>
          {leakage.map(({ field, column, reason, auc, missingnessAuc, excluded }) => (
            <tr key={field}>
              {onTrain !== undefined && (
                <Cell>
                  <Check
                    label={<span className="sr-only">{t('models.guard.keepOne', { column })}</span>}
                    checked={keep.includes(field)}
                    onChange={(event) => { setKeep(event.target.checked ? [...keep, field] : keep.filter((each) => each !== field)); }}
                  />
                </Cell>
              )}
              <Cell className="font-medium">{column}</Cell>
              <Cell className="text-muted">{t(`models.guard.reasons.${reason}`)}</Cell>
              <Cell number>{decimals(reason === 'missingness_tells_outcome' ? missingnessAuc : auc, 2)}</Cell>
              <Cell>{excluded ? <Tag>{t('models.guard.leftOut')}</Tag> : <Tag tone="bad">{t('models.guard.kept')}</Tag>}</Cell>
            </tr>
          ))}
        </tbody>
      </Sheet>
      {onTrain !== undefined && changed && (
        <div className="mt-3 flex flex-wrap items-center gap-3">
          <Button busy={busy} onClick={() => { onTrain(keep); }}>
            {t('models.guard.again')}
          </Button>
          {keep.length > 0 && (
            <span className="flex items-center gap-1.5 text-sm text-high">
              <TriangleAlert size={14} aria-hidden />
              {t('models.guard.warning')}
            </span>
          )}
        </div>
      )}
    </Card>
  );
}
