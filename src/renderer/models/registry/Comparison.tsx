import { ArrowLeft, ArrowRight, Equal } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '#contract/index';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { decimals } from '../figures';

type Compared = OutputOf<'models.registry.compare'>;
type MetricName = keyof Compared['first']['metrics'];

/** Figures of two models, which of them is better by each, and the columns that only one of them uses. */
export function Comparison({ compared: { first, second, differences, onlyFirst, onlySecond } }: { readonly compared: Compared }) {
  const { t } = useTranslation();
  const nameOf = ({ version, modelType }: Compared['first']): string => t('models.registry.named', { version, type: t(`models.types.${modelType}`) });
  const icons = { first: ArrowLeft, second: ArrowRight, neither: Equal } as const;
  return (
    <>
      <Sheet caption={t('models.compare.title', { first: first.version, second: second.version })}>
        <thead>
          <tr>
            <Head>{t('models.compare.figure')}</Head>
            <Head number>{nameOf(first)}</Head>
            <Head number>{nameOf(second)}</Head>
            <Head>{t('models.compare.better')}</Head>
          </tr>
        </thead>
        <tbody>
          {differences.map(({ metric, first: left, second: right, better }) => {
            const Icon = icons[better];
            return (
              <tr key={metric}>
                <Cell>{t(`models.metrics.${metric as MetricName}`)}</Cell>
                <Cell number className={better === 'first' ? 'font-semibold' : undefined}>{decimals(left)}</Cell>
                <Cell number className={better === 'second' ? 'font-semibold' : undefined}>{decimals(right)}</Cell>
                <Cell>
                  <span className="flex items-center gap-1.5 text-muted">
                    <Icon size={14} aria-hidden />
                    {better === 'neither' ? t('models.compare.same') : t('models.compare.version', { version: better === 'first' ? first.version : second.version })}
                  </span>
                </Cell>
              </tr>
            );
          })}
        </tbody>
      </Sheet>
      {onlyFirst.length > 0 && <p className="mt-3 text-muted">{t('models.compare.only', { version: first.version, columns: onlyFirst.join(', ') })}</p>}
      {onlySecond.length > 0 && <p className="mt-3 text-muted">{t('models.compare.only', { version: second.version, columns: onlySecond.join(', ') })}</p>}
      {onlyFirst.length + onlySecond.length === 0 && <p className="mt-3 text-muted">{t('models.compare.sameColumns')}</p>}
    </>
  );
}
