import { Link2, ShieldAlert } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '#contract/index';
import { useFormats } from '#renderer/data/format';
import { Button } from '#renderer/kit/Button';
import { useSignedIn } from '#renderer/shell/session';

interface ChainVerdictProps {
  readonly verdict: OutputOf<'platform.audit.verify'>;
  readonly at: number;
  readonly onShow: (sequence: number) => void;
}

/** Whether every entry still follows from the one before, and where it does not, which is the first. */
export function ChainVerdict({ verdict, at, onShow }: ChainVerdictProps) {
  const { t } = useTranslation();
  const formats = useFormats(useSignedIn().workspace.timeZone);
  const broken = verdict.firstBrokenSequence;
  if (verdict.intact || broken === null) {
    return (
      <p role="status" className="flex items-start gap-2 rounded-md border border-good/40 bg-good/5 px-3 py-2 text-sm">
        <Link2 size={16} aria-hidden className="mt-px shrink-0 text-good" />
        <span>{t('audit.intact', { count: verdict.rows, when: formats.moment(at) })}</span>
      </p>
    );
  }
  return (
    <div role="alert" className="flex flex-wrap items-start gap-2 rounded-md border border-critical/50 bg-critical/5 px-3 py-2 text-sm">
      <ShieldAlert size={16} aria-hidden className="mt-px shrink-0 text-critical" />
      <div className="min-w-0 flex-1">
        <p className="font-medium text-critical">{t('audit.broken', { number: formats.number(broken) })}</p>
        <p>
          {verdict.problem} {t('audit.brokenAdvice')}
        </p>
      </div>
      <Button size="small" onClick={() => { onShow(broken); }}>
        {t('audit.showBroken')}
      </Button>
    </div>
  );
}
