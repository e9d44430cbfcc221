import { RefreshCw, TriangleAlert } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { useEntry } from '#renderer/data/hooks';
import { useMay } from '#renderer/shell/session';
import { useTarget } from './target';

/** What is wrong with the model that serves, if anything: that it had to give way to another, or that it should be trained anew, and why. */
export function Health() {
  const { t } = useTranslation();
  const mayTrain = useMay('ai_model_training');
  const { target } = useTarget();
  const health = useEntry('models.registry.health', { target }, { keep: true });
  if (health.data === undefined) return null;
  const { broken, modelId, retrain } = health.data;
  return (
    <>
      {broken !== null && (
        <Notice icon={<TriangleAlert size={16} aria-hidden className="mt-0.5 shrink-0 text-critical" />} title={t(modelId === null ? 'models.health.brokenAlone' : 'models.health.broken', { version: broken.version })}>
          <p>{t(`models.health.reasons.${broken.reason}`)}</p>
        </Notice>
      )}
      {retrain.length > 0 && (
        <Notice icon={<RefreshCw size={16} aria-hidden className="mt-0.5 shrink-0 text-medium" />} title={t('models.health.retrain')}>
          <ul>
            {retrain.map((reason) => (
              <li key={reason}>{reason}</li>
            ))}
          </ul>
          {mayTrain && (
            <Link href="/models/training" className="mt-1 inline-block font-medium text-text underline underline-offset-2">
              {t('models.health.trainAnew')}
            </Link>
          )}
        </Notice>
      )}
    </>
  );
}

function Notice({ icon, title, children }: { readonly icon: ReactNode; readonly title: string; readonly children: ReactNode }) {
  return (
    <section role="status" className="flex gap-3 rounded-md border border-medium/40 bg-medium/5 px-4 py-3">
      {icon}
      <div className="min-w-0">
        <h2 className="font-semibold">{title}</h2>
        <div className="text-muted">{children}</div>
      </div>
    </section>
  );
}
