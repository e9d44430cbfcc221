import { CircleHelp, Clock, ShieldCheck, ShieldX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ConsentStanding } from '#contract/admissions/consents';
import { classes } from '#renderer/kit/classes';

const icons = { given: ShieldCheck, refused: ShieldX, expired: Clock, unknown: CircleHelp } as const;
const colours = { given: 'text-good', refused: 'text-critical', expired: 'text-medium', unknown: 'text-faint' } as const;

/** What somebody said about being contacted: always its icon, its word and its colour. */
export function ConsentMark({ state, detail }: { readonly state: ConsentStanding['state']; readonly detail?: string | undefined }) {
  const { t } = useTranslation();
  const Icon = icons[state];
  return (
    <span title={detail} className={classes('inline-flex items-center gap-1 text-sm', colours[state])}>
      <Icon size={13} aria-hidden />
      {t(`consents.states.${state}`)}
    </span>
  );
}
