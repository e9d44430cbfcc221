import { useTranslation } from 'react-i18next';
import { minimumPassPhrase } from '#contract/platform/workspaces';
import { classes } from '#renderer/kit/classes';
import { strengthOf, strengths } from './strength';

const colours = { short: 'bg-critical', weak: 'bg-high', fair: 'bg-medium', strong: 'bg-good' } as const;

/** Says while somebody types how good a pass phrase is, in a word beside its bar. */
export function StrengthHint({ passPhrase }: { readonly passPhrase: string }) {
  const { t } = useTranslation();
  if (passPhrase === '') return null;
  const strength = strengthOf(passPhrase, minimumPassPhrase);
  const level = strengths.indexOf(strength);
  return (
    <div className="flex items-center gap-2 text-sm" role="status">
      <span aria-hidden className="flex w-20 shrink-0 gap-1">
        {strengths.map((each, index) => (
          <span key={each} className={classes('h-1.5 flex-1 rounded-full', index <= level ? colours[strength] : 'bg-line')} />
        ))}
      </span>
      <span className="text-muted">{t(`passPhrase.strength.${strength}`, { count: minimumPassPhrase - passPhrase.length })}</span>
    </div>
  );
}
