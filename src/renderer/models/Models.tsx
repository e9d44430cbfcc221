import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { classes } from '#renderer/kit/classes';
import { useMay } from '#renderer/shell/session';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { Analysis } from './analysis/Analysis';
import { Health } from './Health';
import { Predictions } from './predictions/Predictions';
import { ModelPage } from './registry/ModelPage';
import { Registry } from './registry/Registry';
import { Training } from './training/Training';

const tabs = ['training', 'registry', 'predictions', 'analysis'] as const;
type Tab = (typeof tabs)[number];

/** Models: train them, choose which serves, see what it says, and judge it. */
export function Models({ tab: wanted, id }: { readonly tab: string | undefined; readonly id?: string }) {
  const { t } = useTranslation();
  useScreenTitle(t('places.models'));
  const mayTrain = useMay('ai_model_training');
  const shown = tabs.filter((tab) => tab !== 'training' || mayTrain);
  const tab: Tab = shown.find((each) => each === wanted) ?? 'registry';
  return (
    <div className="flex h-full min-h-0 flex-col">
      <nav aria-label={t('models.parts')} className="flex shrink-0 gap-1 overflow-x-auto border-b border-line bg-surface px-4 pt-2 sm:px-6">
        {shown.map((each) => (
          <Link
            key={each}
            href={each === 'registry' ? '/models' : `/models/${each}`}
            aria-current={each === tab ? 'page' : undefined}
            className={classes('-mb-px flex h-9 items-center border-b-2 px-3 text-sm font-medium whitespace-nowrap focus-visible:outline-offset-[-2px]', each === tab ? 'border-brand text-text' : 'border-transparent text-muted hover:text-text')}
          >
            {t(`models.tabs.${each}`)}
          </Link>
        ))}
      </nav>
      <div className="min-h-0 flex-1 overflow-y-auto">
        <div className="mx-auto flex w-full max-w-6xl flex-col gap-4 p-4 sm:p-6">
          <Health />
          {tab === 'training' && <Training />}
          {tab === 'registry' && (id === undefined ? <Registry /> : <ModelPage key={id} modelId={id} />)}
          {tab === 'predictions' && <Predictions />}
          {tab === 'analysis' && <Analysis />}
        </div>
      </div>
    </div>
  );
}
