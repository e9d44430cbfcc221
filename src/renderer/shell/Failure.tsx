import { useTranslation } from 'react-i18next';
import { detailsOf, messageOf } from '#renderer/data/client';
import { Problem } from '#renderer/kit/Face';

/** The face of a screen whose data could not be read. */
export function Failure({ error, onRetry }: { readonly error: unknown; readonly onRetry: () => void }) {
  const { t } = useTranslation();
  return (
    <Problem
      title={t('problem.read')}
      message={messageOf(error)}
      retryLabel={t('problem.retry')}
      copyLabel={t('problem.copy')}
      details={detailsOf(error)}
      onRetry={onRetry}
    />
  );
}
