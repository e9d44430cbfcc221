import { CircleCheck, CircleSlash, CircleX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AuditRow } from '#contract/platform/audit';
import { classes } from '#renderer/kit/classes';
import { isAuditedAction } from './actions';

/** What was done, in words where there are any. */
export function Action({ name }: { readonly name: string }) {
  const { t } = useTranslation();
  return isAuditedAction(name) ? t(`audit.actions.${name}`) : <span className="font-mono text-sm">{name}</span>;
}

const icons = { succeeded: CircleCheck, refused: CircleSlash, failed: CircleX } as const;
const colours = { succeeded: 'text-muted', refused: 'text-high', failed: 'text-critical' } as const;

/** How it ended: icon, colour and word. */
export function Outcome({ outcome }: { readonly outcome: AuditRow['outcome'] }) {
  const { t } = useTranslation();
  const Icon = icons[outcome];
  return (
    <span className={classes('flex items-center gap-1 text-sm', outcome !== 'succeeded' && 'font-medium', colours[outcome])}>
      <Icon size={14} aria-hidden />
      {t(`audit.outcomes.${outcome}`)}
    </span>
  );
}
