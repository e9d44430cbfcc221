import { useTranslation } from 'react-i18next';
import type { LanguageHold } from '#contract/platform/language';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Dialog } from '#renderer/kit/Dialog';
import { tellFailure } from '#renderer/shell/tellFailure';
import { Wire } from './CallDialog';
import { Replaced } from './Replaced';
import { spokenIn } from './spoken';

/** What waits for this person’s yes, on whatever screen they are: a look at what leaves, or a change that a model proposes. */
export function LanguageHolds() {
  const holds = useEntry('platform.language.holds', {});
  const first = holds.data?.items[0];
  return first === undefined ? null : <Hold key={first.id} hold={first} />;
}

function Hold({ hold }: { readonly hold: LanguageHold }) {
  const { t } = useTranslation();
  const decide = useCommand('platform.language.decide');
  const answer = (agreed: boolean): void => { decide.mutate({ id: hold.id, agreed }, { onError: tellFailure }); };
  const isPreview = hold.kind === 'preview';
  return (
    <Dialog
      open
      wide
      // Leaving it is a no: nothing is sent or changed by a slip.
      onClose={() => { answer(false); }}
      title={isPreview ? t('language.hold.send', { host: hold.host }) : t('language.hold.change')}
      description={isPreview ? t('language.hold.sendDetail', { purpose: t(`language.purposes.${hold.purpose}`) }) : (hold.summary ?? '')}
      closeLabel={t('common.close')}
    >
      <div className="flex flex-col gap-4">
        {isPreview && <Replaced counts={hold.redactions} />}
        {isPreview && (
          <>
            <h3 className="font-medium">{t('language.hold.spoken')}</h3>
            <Wire label={t('language.hold.spoken')} text={spokenIn(hold.body ?? '')} />
            <h3 className="font-medium">{t('language.hold.body')}</h3>
          </>
        )}
        <Wire label={isPreview ? t('language.hold.body') : t('language.hold.input')} text={(isPreview ? hold.body : hold.input) ?? ''} />
        {!isPreview && <p className="text-sm text-muted">{t('language.hold.entry', { entry: hold.entry ?? '' })}</p>}
        <div className="flex flex-wrap justify-end gap-2">
          <Button disabled={decide.isPending} onClick={() => { answer(false); }}>{t(isPreview ? 'language.hold.doNotSend' : 'language.hold.doNotChange')}</Button>
          <Button look="primary" busy={decide.isPending} onClick={() => { answer(true); }}>{t(isPreview ? 'language.hold.yesSend' : 'language.hold.yesChange')}</Button>
        </div>
      </div>
    </Dialog>
  );
}
