import { Timer } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { CallFailure, messageOf } from '#renderer/data/client';
import { Button } from '#renderer/kit/Button';
import { Empty } from '#renderer/kit/Face';
import { Failure } from '#renderer/shell/Failure';

/** Why a part of the library cannot be read: while a mock exam is sat it is closed on purpose, and the way back is the exam. */
export function Closed({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  if (!(error instanceof CallFailure) || error.code !== 'conflict') return <Failure error={error} onRetry={onRetry} />;
  return (
    <Empty icon={<Timer size={28} aria-hidden />} title={t('library.closed')} action={<Button look="primary" onClick={() => { go('/exams'); }}>{t('library.toExam')}</Button>}>
      {messageOf(error)}
    </Empty>
  );
}
