import { FlaskConical } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';

/** Says on every screen that these people are made up. */
export function SampleBanner({ name }: { readonly name: string }) {
  const { t } = useTranslation();
  return (
    <div className="flex min-h-8 shrink-0 flex-wrap items-center gap-x-2 border-b border-medium/40 bg-medium/10 px-4 py-1 text-sm">
      <FlaskConical size={14} aria-hidden className="text-medium" />
      <span>{t('sample.banner', { name })}</span>
      <Link data-no-print href="/settings#workspace" className="font-medium underline underline-offset-2">
        {t('sample.begin')}
      </Link>
    </div>
  );
}
