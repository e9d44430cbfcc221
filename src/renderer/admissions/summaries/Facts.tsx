import { ArrowDown, ArrowRight, ArrowUp } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { SummaryFactShown } from '#contract/admissions/summaries';
import { everyLead, writeView } from '#renderer/admissions/leads/filters';
import { useFormats } from '#renderer/data/format';

/** Figures that no filter of leads counts. */
const places: Readonly<Record<string, string>> = { urgentAlerts: '/alerts', overdueTasks: '/', leads: '/leads', expected: '/leads', meanScore: '/leads' };

/** Where what a fact counts is shown; null where it is a figure of all, or an event of the same page. */
function placeOf({ id, filter }: SummaryFactShown): string | null {
  if (filter !== null) return `/leads?${writeView({ ...everyLead, conditions: 'all' in filter ? filter.all : [filter] }).toString()}`;
  return places[id] ?? null;
}

/** The element of the lead’s story that a fact tells of. */
export const storyElementId = (itemId: string): string => `story-${itemId}`;

/** A figure beside that of the time before: in words and by an arrow, for a colour alone says nothing. */
export function Change({ value, before }: { readonly value: number; readonly before: number }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const Arrow = value > before ? ArrowUp : value < before ? ArrowDown : ArrowRight;
  return (
    <span className="inline-flex items-center gap-1 text-xs text-muted tabular">
      <Arrow size={12} aria-hidden />
      {t('summaries.before', { before: formats.number(before) })}
    </span>
  );
}

/** What opens the leads, the alerts or the moment that a fact rests on. */
export function FactLink({ fact }: { readonly fact: SummaryFactShown }) {
  const { t } = useTranslation();
  const place = placeOf(fact);
  const look = 'inline-flex min-h-6 shrink-0 items-center rounded text-sm underline decoration-line underline-offset-2 hover:decoration-current';
  if (place !== null) return <Link href={place} className={look} aria-label={t('summaries.openOf', { what: fact.text })} data-no-print>{t('summaries.open')}</Link>;
  const { itemId } = fact;
  if (itemId === null) return null;
  return (
    <button
      type="button"
      className={look}
      data-no-print
      aria-label={t('summaries.showOf', { what: fact.text })}
      onClick={() => {
        const element = document.getElementById(storyElementId(itemId));
        element?.scrollIntoView({ block: 'center' });
        element?.focus();
      }}
    >
      {t('summaries.show')}
    </button>
  );
}

/** Facts as sentences, each with its figure’s change and its way to what it rests on. */
export function Facts({ facts, label, elementId }: { readonly facts: readonly SummaryFactShown[]; readonly label: string; readonly elementId?: (id: string) => string }) {
  return (
    <ul aria-label={label} className="flex flex-col gap-2">
      {facts.map((fact) => (
        <li key={fact.id} id={elementId?.(fact.id)} tabIndex={-1} className="flex flex-wrap items-baseline gap-x-3 gap-y-0.5 rounded focus:bg-sunken">
          <span className="min-w-0 flex-[1_1_14rem] [overflow-wrap:anywhere]">{fact.text}</span>
          <FactLink fact={fact} />
        </li>
      ))}
    </ul>
  );
}
