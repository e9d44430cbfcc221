import { Copy } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '#renderer/kit/Button';
import { copyText } from '#renderer/kit/copyText';
import { toast } from '#renderer/kit/toasts';

interface HandOverProps {
  readonly email: string;
  readonly passPhrase: string | null;
  readonly onClose: () => void;
}

/** What is to be passed on to a user, once: nobody can look it up afterwards. */
export function HandOver({ email, passPhrase, onClose }: HandOverProps) {
  const { t } = useTranslation();
  const text = passPhrase === null ? email : t('users.handOver.text', { email, passPhrase });
  return (
    <div className="flex flex-col gap-4">
      <p className="text-muted">{t(passPhrase === null ? 'users.handOver.open' : 'users.handOver.detail')}</p>
      <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-2 rounded-md border border-line bg-bg p-4">
        <dt className="text-sm text-muted">{t('signIn.email')}</dt>
        <dd className="font-medium break-all">{email}</dd>
        {passPhrase !== null && (
          <>
            <dt className="text-sm text-muted">{t('signIn.passPhrase')}</dt>
            <dd className="font-mono font-medium break-all">{passPhrase}</dd>
          </>
        )}
      </dl>
      <div className="flex justify-end gap-2">
        <Button icon={<Copy size={14} aria-hidden />} onClick={() => { toast({ title: t(copyText(text) ? 'users.handOver.copied' : 'users.handOver.notCopied') }); }}>
          {t('users.handOver.copy')}
        </Button>
        <Button look="primary" autoFocus onClick={onClose}>
          {t('users.handOver.done')}
        </Button>
      </div>
    </div>
  );
}
