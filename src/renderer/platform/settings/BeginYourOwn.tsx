import { useQueryClient } from '@tanstack/react-query';
import { FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useCommand } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Dialog } from '#renderer/kit/Dialog';
import { TextField } from '#renderer/kit/Field';
import { useMay } from '#renderer/shell/session';

/** The way from sample data to one’s own. It cannot be undone, so it asks for the name. */
export function BeginYourOwn({ name }: { readonly name: string }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const client = useQueryClient();
  const may = useMay('backup_restore');
  const discard = useCommand('platform.workspaces.discardSample');
  const [asking, setAsking] = useState(false);
  const [confirm, setConfirm] = useState('');
  const fits = confirm.trim() === name;
  return (
    <div className="flex flex-wrap items-start gap-3 rounded-md border border-medium/40 bg-medium/5 p-4">
      <FlaskConical size={16} aria-hidden className="mt-0.5 shrink-0 text-medium" />
      <div className="min-w-0 flex-1">
        <p className="font-medium">{t('settings.sample.title')}</p>
        <p className="text-sm text-muted">{t(may ? 'settings.sample.detail' : 'settings.sample.ask')}</p>
      </div>
      {may && (
        <Button look="primary" onClick={() => { setAsking(true); }}>
          {t('settings.sample.begin')}
        </Button>
      )}
      <Dialog open={asking} onClose={() => { setAsking(false); }} title={t('settings.sample.begin')} description={t('settings.sample.warning')} closeLabel={t('common.close')}>
        <form
          noValidate
          className="flex flex-col gap-4"
          onSubmit={(event) => {
            event.preventDefault();
            if (!fits) return;
            discard.mutate(
              { confirm: name },
              {
                onSuccess: () => {
                  go('/', { replace: true });
                  void client.resetQueries();
                },
              },
            );
          }}
        >
          <TextField label={t('settings.sample.confirm', { name })} autoComplete="off" spellCheck={false} autoFocus error={discard.error?.message} value={confirm} onChange={(event) => { setConfirm(event.target.value); }} />
          <div className="flex justify-end gap-2">
            <Button onClick={() => { setAsking(false); }}>{t('common.cancel')}</Button>
            <Button type="submit" look="danger" disabled={!fits} busy={discard.isPending}>
              {t('settings.sample.discard')}
            </Button>
          </div>
        </form>
      </Dialog>
    </div>
  );
}
