import { ChevronDown, ChevronRight } from 'lucide-react';
import type { CSSProperties } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeadGroup, LeadTotals } from '#contract/admissions/leadGroups';
import { useFormats } from '#renderer/data/format';
import { classes } from '#renderer/kit/classes';
import { letGoOfFocus } from '#renderer/kit/useShortcuts';

interface GroupRowProps {
  readonly group: LeadGroup;
  readonly isOpen: boolean;
  readonly rowIndex: number;
  readonly columns: number;
  readonly selected: boolean;
  readonly current: boolean;
  readonly position: CSSProperties;
  readonly onChoose: () => void;
  readonly onToggle: () => void;
  readonly onSelect: () => void;
}

/** What a group is called: a month in words, a value as it is, or that there is none. */
export function useGroupLabel(): (group: Pick<LeadGroup, 'label' | 'key'>) => string {
  const { t, i18n } = useTranslation();
  const months = new Intl.DateTimeFormat(i18n.language, { month: 'long', year: 'numeric', timeZone: 'UTC' });
  return ({ label, key }) => {
    if (label === null) return t('groups.none');
    return /^\d{4}-\d{2}$/.test(key) && label === key ? months.format(new Date(`${key}-01T00:00:00Z`)) : label;
  };
}

/** The head of a group: what its leads have in common, and what they come to. */
export function GroupRow({ group, isOpen, rowIndex, columns, selected, current, position, onChoose, onToggle, onSelect }: GroupRowProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const label = useGroupLabel()(group);
  const Chevron = isOpen ? ChevronDown : ChevronRight;
  return (
    <div
      role="row"
      aria-rowindex={rowIndex}
      aria-level={1}
      aria-expanded={isOpen}
      aria-selected={selected}
      {...(current ? { 'aria-current': 'true' as const } : {})}
      className={classes('absolute inset-x-0 top-0 cursor-default border-b border-line', selected ? 'bg-selected' : 'bg-sunken', current && 'shadow-[inset_2px_0_0_var(--brand)]')}
      style={position}
      onClick={onChoose}
      onDoubleClick={onToggle}
    >
      {/* The table may be wider than the screen: what a group comes to stays in sight. */}
      <div role="presentation" className="sticky left-0 flex h-full w-[min(100%,100cqw)] items-center">
        <div role="gridcell" aria-colindex={1} className="flex w-10 shrink-0 items-center justify-center">
          <input type="checkbox" tabIndex={-1} className="size-4 accent-focus" aria-label={t('groups.select', { name: label })} checked={selected} onChange={onSelect} />
        </div>
        <div role="gridcell" aria-colindex={2} aria-colspan={columns - 1} className="flex min-w-0 flex-1 items-center gap-4 px-1">
          <button type="button" tabIndex={-1} aria-label={t(isOpen ? 'groups.close' : 'groups.open', { name: label })} className="flex h-full min-w-0 items-center gap-1.5 font-semibold" onClick={() => { letGoOfFocus(); onToggle(); }}>
            <Chevron size={14} aria-hidden className="shrink-0 text-muted" />
            <span className="truncate">{label}</span>
            <span className="tabular shrink-0 font-normal text-muted">{formats.number(group.leads)}</span>
          </button>
          <span className="flex-1" />
          <Figures totals={group} />
        </div>
      </div>
    </div>
  );
}

/** What some leads come to: mean score, enrolments to expect, and the share that converted, each with what it rests on. */
export function Figures({ totals }: { readonly totals: LeadTotals }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { meanScore, scored, expected, open, rate, known, converted } = totals;
  const basis = t('groups.rateBasis', { converted: formats.number(converted), known: formats.number(known) });
  return (
    <span className="tabular flex shrink-0 items-center gap-5 pr-3 text-sm text-muted">
      {meanScore !== null && (
        <span className="w-28 text-right max-md:hidden" title={t('groups.scoreBasis', { count: scored })}>
          {t('groups.score', { score: formats.number(Math.round(meanScore)) })}
        </span>
      )}
      {expected !== null && (
        <span className="w-28 text-right max-md:hidden" title={t('groups.expectedBasis', { count: open })}>
          {t('groups.expected', { count: Math.round(expected) })}
        </span>
      )}
      <span className="w-56 text-right max-sm:hidden" title={rate === null ? basis : t('groups.rateShrunk')}>
        {rate === null ? t('groups.rateUnknown') : t('groups.rate', { percent: formats.percent(rate) })}
        {known > 0 && <span className="pl-1.5">({basis})</span>}
      </span>
    </span>
  );
}
