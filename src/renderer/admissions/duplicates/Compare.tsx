import { Merge, Split, Undo2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { DuplicatePair } from '#contract/admissions/duplicates';
import { useFormats } from '#renderer/data/format';
import { Button } from '#renderer/kit/Button';
import { classes } from '#renderer/kit/classes';
import { Key, Tag } from '#renderer/kit/Marks';
import { useShortcuts } from '#renderer/kit/useShortcuts';
import type { Chosen, PairActions, Side } from './usePairActions';

type Field = DuplicatePair['fields'][number];

const sides: readonly Side[] = ['first', 'second'];

/** The lead that knows more is kept unless somebody says otherwise; of two alike, the older. */
function better({ first, second, merge }: DuplicatePair): Side {
  if (merge !== null) return merge.survivorId === first.id ? 'first' : 'second';
  const worth = (lead: DuplicatePair['first']): number =>
    10 * (lead.touchpoints + lead.tasks) + [lead.owner, lead.email, lead.phone, lead.course, lead.city].filter((part) => part !== null).length;
  return worth(second) > worth(first) ? 'second' : 'first';
}

/** Whose value of a field the merged lead would have. */
function taken(field: Field, survivor: Side, chosen: Chosen): Side | 'both' {
  const choice = field.choosable ? chosen[field.name] : undefined;
  if (choice !== undefined) return choice;
  if (field.kept !== 'survivor') return field.kept;
  const other = survivor === 'first' ? 'second' : 'first';
  return field[survivor] === null ? other : survivor;
}

/** Two leads side by side: which one stays, and whose value of each field that differs. */
export function Compare({ pair, actions }: { readonly pair: DuplicatePair; readonly actions: PairActions }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [survivor, setSurvivor] = useState(better(pair));
  const [chosen, setChosen] = useState<Chosen>({});
  const open = pair.state === 'open';
  const merge = (): void => {
    if (open && !actions.busy) actions.merge(pair, survivor, chosen);
  };
  const dismiss = (): void => {
    if (open && !actions.busy) actions.dismiss(pair);
  };
  const keep = (side: Side): void => {
    if (!open) return;
    setSurvivor(side);
    setChosen({});
  };
  useShortcuts([
    { keys: '1', label: t('duplicates.keys.first'), run: () => { keep('first'); } },
    { keys: '2', label: t('duplicates.keys.second'), run: () => { keep('second'); } },
    { keys: 'm', label: t('duplicates.keys.merge'), run: merge },
    { keys: 'd', label: t('duplicates.keys.dismiss'), run: dismiss },
  ]);
  const shown = (field: Field, value: Field['first']): string => {
    if (value === null) return t('duplicates.nothing');
    if (field.type === 'consent') return t(`lead.consent.${value as 'given'}`);
    if (typeof value === 'boolean') return t(value ? 'leads.filter.yes' : 'leads.filter.no');
    if (typeof value === 'number') return field.type === 'date' ? formats.date(value) : formats.number(value);
    return value;
  };
  return (
    <section aria-label={t('duplicates.compare', { first: pair.first.name, second: pair.second.name })} className="flex min-w-0 flex-col gap-4">
      <p className="flex flex-wrap items-center gap-1.5 text-sm text-muted">
        {pair.reasons.map((reason) => (
          <Tag key={reason}>{reason}</Tag>
        ))}
        <span className="tabular">{t('duplicates.score', { score: pair.score })}</span>
      </p>
      {open && (
        <>
          <p className="text-sm text-muted">{t('duplicates.promise')}</p>
          <div className="flex flex-wrap gap-2">
            <Button look="primary" icon={<Merge size={14} aria-hidden />} busy={actions.busy} onClick={merge}>
              {t('duplicates.merge')} <Key>M</Key>
            </Button>
            <Button icon={<Split size={14} aria-hidden />} disabled={actions.busy} onClick={dismiss}>
              {t('duplicates.notSame')} <Key>D</Key>
            </Button>
          </div>
        </>
      )}
      {pair.merge !== null && (
        <Button className="self-start" icon={<Undo2 size={14} aria-hidden />} busy={actions.busy} onClick={() => { if (pair.merge !== null) actions.unmerge(pair.merge.id); }}>
          {t('duplicates.unmerge')}
        </Button>
      )}
      {pair.state === 'dismissed' && (
        <Button className="self-start" icon={<Undo2 size={14} aria-hidden />} busy={actions.busy} onClick={() => { actions.reopen(pair); }}>
          {t('duplicates.reopen')}
        </Button>
      )}
      <div className="overflow-x-auto rounded-md border border-line bg-surface">
        <table className="w-full min-w-[30rem] table-fixed border-collapse text-left">
          <caption className="sr-only">{t('duplicates.compare', { first: pair.first.name, second: pair.second.name })}</caption>
          <thead>
            <tr className="border-b border-line align-top">
              <th scope="col" className="w-28 p-3 text-sm font-medium text-muted sm:w-36">{t('duplicates.field')}</th>
              {sides.map((side, index) => (
                <th key={side} scope="col" className={classes('p-3 font-normal', survivor === side && 'bg-selected')}>
                  <SideHead lead={pair[side]} number={index + 1} kept={survivor === side} open={open} onKeep={() => { keep(side); }} />
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {pair.fields.length === 0 && (
              <tr>
                <td colSpan={3} className="p-3 text-muted">{t('duplicates.noDifference')}</td>
              </tr>
            )}
            {pair.fields.map((field) => {
              const whose = taken(field, survivor, chosen);
              return (
                <tr key={field.name} className="border-b border-line last:border-b-0">
                  <th scope="row" className="p-3 text-left text-sm font-normal text-muted">
                    {field.label}
                    {!field.choosable && <span className="block text-xs text-faint">{t(field.kept === 'both' ? 'duplicates.added' : field.type === 'consent' ? 'duplicates.stricter' : 'duplicates.earliest')}</span>}
                  </th>
                  {sides.map((side) => (
                    <td key={side} className={classes('p-1.5', survivor === side && 'bg-selected')}>
                      <Value
                        text={shown(field, field[side])}
                        known={field[side] !== null}
                        taken={whose === side || whose === 'both'}
                        name={`${pair.id} ${field.name}`}
                        label={t('duplicates.take', { field: field.label, value: shown(field, field[side]) })}
                        onTake={open && field.choosable ? () => { setChosen({ ...chosen, [field.name]: side }); } : null}
                      />
                    </td>
                  ))}
                </tr>
              );
            })}
          </tbody>
        </table>
      </div>
    </section>
  );
}

interface SideHeadProps {
  readonly lead: DuplicatePair['first'];
  readonly number: number;
  readonly kept: boolean;
  readonly open: boolean;
  readonly onKeep: () => void;
}

function SideHead({ lead, number, kept, open, onKeep }: SideHeadProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const facts = [
    lead.origin ?? t('duplicates.byHand', { when: formats.date(lead.createdAt) }),
    t('duplicates.contacts', { count: lead.touchpoints }),
    ...(lead.tasks > 0 ? [t('duplicates.tasks', { count: lead.tasks })] : []),
  ];
  return (
    <span className="flex flex-col items-start gap-1.5">
      <Link href={`/leads/${lead.id}`} className="font-semibold break-words underline-offset-2 hover:underline">
        {lead.name}
      </Link>
      <span className="text-xs text-muted">{[lead.externalId, ...facts].filter((part) => part !== null).join(' · ')}</span>
      <Button size="small" look={kept ? 'primary' : 'secondary'} aria-pressed={kept} disabled={!open} aria-label={t(kept ? 'duplicates.keptThis' : 'duplicates.keepThis', { name: lead.name, number })} onClick={onKeep}>
        {t(kept ? 'duplicates.kept' : 'duplicates.keep')} {open && <Key>{number}</Key>}
      </Button>
    </span>
  );
}

interface ValueProps {
  readonly text: string;
  readonly known: boolean;
  readonly taken: boolean;
  readonly name: string;
  readonly label: string;
  /** Null where the rule decides. */
  readonly onTake: (() => void) | null;
}

function Value({ text, known, taken: isTaken, name, label, onTake }: ValueProps) {
  const { t } = useTranslation();
  const look = classes('flex min-h-8 items-center gap-2 rounded-md px-1.5 py-1 break-words', isTaken ? 'font-medium text-text' : 'text-muted', !known && 'italic');
  if (onTake === null) {
    return (
      <span className={look}>
        <span className="min-w-0">{text}</span>
        {isTaken && <span className="sr-only">{t('duplicates.taken')}</span>}
      </span>
    );
  }
  return (
    <label className={classes(look, 'cursor-pointer hover:bg-sunken')}>
      <input type="radio" name={name} className="size-4 shrink-0 accent-[var(--action)]" checked={isTaken} aria-label={label} onChange={onTake} />
      <span className="min-w-0">{text}</span>
    </label>
  );
}
