import { ChevronRight } from 'lucide-react';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';

/** How a figure came about, for who wants to check it. */
export function Working({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <details className="group mt-3 border-t border-line pt-3">
      <summary className="flex w-fit cursor-pointer list-none items-center gap-1 rounded text-sm font-medium text-muted hover:text-text">
        <ChevronRight size={13} aria-hidden className="transition-transform duration-100 group-open:rotate-90" />
        {t('lead.working.show')}
      </summary>
      <div className="mt-2">{children}</div>
    </details>
  );
}
