import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { User } from '#contract/platform/users';
import { minimumPassPhrase } from '#contract/platform/workspaces';
import { useCommand } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Dialog } from '#renderer/kit/Dialog';
import { FormProblem } from '#renderer/platform/forms/FormProblem';
import { GivenPassPhrase } from '#renderer/platform/passPhrase/GivenPassPhrase';
import { suggestPassPhrase } from '#renderer/platform/passPhrase/strength';
import { HandOver } from './HandOver';

/** Access again for somebody who had lost it: with a new pass phrase, because the key of the old one is gone. */
export function Reactivate({ user, onClose }: { readonly user: User; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const reactivate = useCommand('platform.users.reactivate');
  const [value, setValue] = useState(() => ({ passPhrase: suggestPassPhrase(), none: false }));
  const [tried, setTried] = useState(false);
  const tooShort = !value.none && value.passPhrase.length < minimumPassPhrase;
  const given = value.none ? null : value.passPhrase;
  return (
    <Dialog
      open
      onClose={onClose}
      title={reactivate.isSuccess ? t('users.handOver.title', { name: user.name }) : t('users.reactivateTitle', { name: user.name })}
      {...(reactivate.isSuccess ? {} : { description: t('users.reactivateDetail') })}
      closeLabel={t('common.close')}
    >
      {reactivate.isSuccess ? (
        <HandOver email={user.email} passPhrase={given} onClose={onClose} />
      ) : (
        <form
          noValidate
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            setTried(true);
            if (!tooShort) reactivate.mutate({ id: user.id, passPhrase: given });
          }}
        >
          <GivenPassPhrase value={value} onChange={setValue} error={tried && tooShort ? t('passPhrase.tooShort', { count: minimumPassPhrase }) : undefined} />
          <FormProblem message={reactivate.error?.message} />
          <div className="flex justify-end gap-2">
            <Button onClick={onClose}>{t('common.cancel')}</Button>
            <Button type="submit" look="primary" busy={reactivate.isPending}>
              {t('users.reactivate')}
            </Button>
          </div>
        </form>
      )}
    </Dialog>
  );
}
