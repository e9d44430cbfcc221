import { CircleCheck, CircleSlash } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '#contract/index';
import { useCommand } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { tellFailure } from '#renderer/shell/tellFailure';
import { Panel } from './Panel';

/** Whether this person can ask now, why not, and their own yes to it. */
export function Agreement({ status }: { readonly status: OutputOf<'platform.language.status'> }) {
  const { t } = useTranslation();
  const agree = useCommand('platform.language.agree');
  const { offline, agreed, model, host, purposes } = status;
  return (
    <Panel title={t('language.agreement.title')} detail={t('language.agreement.detail')}>
      <div role="status" className="flex items-start gap-2">
        {offline === null ? <CircleCheck size={16} aria-hidden className="mt-0.5 shrink-0 text-good" /> : <CircleSlash size={16} aria-hidden className="mt-0.5 shrink-0 text-muted" />}
        <div className="min-w-0">
          <p className="font-medium">{offline === null ? t('language.agreement.ready', { model, host }) : t('language.agreement.offline')}</p>
          <p className="max-w-prose text-sm text-muted">{offline === null ? t('language.agreement.purposes', { purposes: purposes.map((purpose) => t(`language.purposes.${purpose}`)).join(', ') }) : offline.message}</p>
        </div>
      </div>
      <div className="flex flex-wrap items-center gap-3">
        <Button look={agreed ? 'secondary' : 'primary'} busy={agree.isPending} onClick={() => { agree.mutate({ agreed: !agreed }, { onError: tellFailure }); }}>
          {t(agreed ? 'language.agreement.takeBack' : 'language.agreement.agree')}
        </Button>
        <p className="max-w-prose text-sm text-muted">{t(agreed ? 'language.agreement.agreed' : 'language.agreement.notAgreed')}</p>
      </div>
    </Panel>
  );
}
