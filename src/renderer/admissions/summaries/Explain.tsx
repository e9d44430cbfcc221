import { Text } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { explained } from '#contract/admissions/summaries';
import { useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Skeleton } from '#renderer/kit/Face';
import { Phrasing } from './Phrasing';

/** A figure of a lead in words, on demand: made of the reasons that it rests on. */
export function Explain({ leadId, of }: { readonly leadId: string; readonly of: (typeof explained)[number] }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  return (
    <div data-no-print className="mt-3">
      <Button size="small" aria-expanded={open} icon={<Text size={13} aria-hidden />} onClick={() => { setOpen(!open); }}>
        {t(`summaries.explain.${of}`)}
      </Button>
      {open && <InWords leadId={leadId} of={of} />}
    </div>
  );
}

function InWords({ leadId, of }: { readonly leadId: string; readonly of: (typeof explained)[number] }) {
  const { t } = useTranslation();
  const said = useEntry('admissions.summaries.explain', { leadId, of }, { keep: true });
  return (
    <section aria-label={t(`summaries.explain.${of}`)} className="mt-3 border-t border-line pt-3 text-sm">
      {said.error !== null && <p role="alert" className="text-critical">{said.error.message}</p>}
      {said.data === undefined && said.error === null && <Skeleton className="h-24" />}
      {said.data !== undefined && <Phrasing asked={{ of, leadId }} facts={said.data.facts} label={t(`summaries.explain.${of}`)} />}
    </section>
  );
}
