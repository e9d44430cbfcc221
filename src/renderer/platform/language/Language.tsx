import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useEntry } from '#renderer/data/hooks';
import { SkeletonRows } from '#renderer/kit/Face';
import { Segments } from '#renderer/kit/Segments';
import { Failure } from '#renderer/shell/Failure';
import { useMay } from '#renderer/shell/session';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { Agreement } from './Agreement';
import { BudgetForm } from './BudgetForm';
import { Calls } from './Calls';
import { Connection } from './Connection';
import { TryPreview } from './TryPreview';
import { Usage } from './Usage';
import { WhatLeaves } from './WhatLeaves';

const tabs = ['settings', 'usage', 'preview'] as const;
type Tab = (typeof tabs)[number];

/** The model that helps with words: whether it may be asked, what leaves for it, and what it has cost. */
export function Language({ tab }: { readonly tab: string | undefined }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  useScreenTitle(t('places.language'));
  const shown: Tab = tabs.find((each) => each === tab) ?? 'settings';
  return (
    <div className="relative h-full overflow-y-auto">
      <div className="mx-auto flex w-full max-w-4xl flex-col gap-6 p-4 sm:p-6">
        <div className="flex flex-wrap items-center justify-between gap-3">
          <Segments label={t('language.tabs.label')} value={shown} segments={tabs.map((value) => ({ value, label: t(`language.tabs.${value}`) }))} onChange={(value) => { go(value === 'settings' ? '/language' : `/language/${value}`); }} />
        </div>
        {shown === 'settings' && <LanguageSettings />}
        {shown === 'usage' && <UsageAndCalls />}
        {shown === 'preview' && <TryPreview />}
      </div>
    </div>
  );
}

function LanguageSettings() {
  const { t } = useTranslation();
  const administers = useMay('system_config');
  const status = useEntry('platform.language.status', {});
  const settings = useEntry('platform.language.settings', {}, { enabled: administers });
  const error = status.error ?? settings.error;
  if (error !== null) return <Failure error={error} onRetry={() => { void status.refetch(); void settings.refetch(); }} />;
  if (status.data === undefined || (administers && settings.data === undefined)) return <SkeletonRows rows={8} label={t('common.loading')} />;
  return (
    <>
      <Agreement status={status.data} />
      {settings.data !== undefined && (
        <>
          <Connection view={settings.data} />
          <WhatLeaves settings={settings.data.settings} />
          <BudgetForm settings={settings.data.settings} />
        </>
      )}
    </>
  );
}

function UsageAndCalls() {
  const administers = useMay('system_config');
  return (
    <>
      {administers && <Usage />}
      <Calls />
    </>
  );
}
