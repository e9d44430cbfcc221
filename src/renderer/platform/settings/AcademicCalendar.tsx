import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '#contract/index';
import { calendarProblems, periodKinds } from '#domain/admissions/calendar/calendar';
import { messageOf } from '#renderer/data/client';
import { useFormats } from '#renderer/data/format';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Button, IconButton } from '#renderer/kit/Button';
import { SkeletonRows } from '#renderer/kit/Face';
import { Select, TextField } from '#renderer/kit/Field';
import { toast } from '#renderer/kit/toasts';
import { Failure } from '#renderer/shell/Failure';
import { useMay } from '#renderer/shell/session';
import { Section, SectionForm } from './Section';

type State = OutputOf<'admissions.calendar.get'>;
type Calendar = State['calendar'];
type Period = Calendar['periods'][number];

/** When the year of the school begins, and when it is at its peak, in clearing or on holiday: models learn what that means. */
export function AcademicCalendar() {
  const { t } = useTranslation();
  const state = useEntry('admissions.calendar.get', {});
  return (
    <Section id="calendar" detail={t('settings.calendar.detail')}>
      {state.error !== null ? (
        <Failure error={state.error} onRetry={() => void state.refetch()} />
      ) : state.data === undefined ? (
        <SkeletonRows rows={5} label={t('common.loading')} />
      ) : (
        <CalendarForm state={state.data} />
      )}
    </Section>
  );
}

function CalendarForm({ state }: { readonly state: State }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const mayEdit = useMay('ai_analytics');
  const update = useCommand('admissions.calendar.update');
  const [edited, setEdited] = useState<Calendar | null>(null);
  const [problem, setProblem] = useState<string>();
  const calendar = edited ?? state.calendar;
  const wrong = new Set(calendarProblems(calendar).map(({ path }) => path));
  const unsaved = edited !== null && JSON.stringify(edited) !== JSON.stringify(state.calendar);
  const setPeriod = (index: number, change: Partial<Period>): void => {
    setEdited({ ...calendar, periods: calendar.periods.map((period, at) => (at === index ? { ...period, ...change } : period)) });
  };
  const save = (): void => {
    setProblem(undefined);
    if (wrong.size > 0) {
      setProblem(t('settings.calendar.wrong'));
      return;
    }
    update.mutate(calendar, {
      onSuccess: () => {
        setEdited(null);
        toast({ title: t('settings.calendar.saved') });
      },
      onError: (error) => { setProblem(messageOf(error)); },
    });
  };
  return (
    <SectionForm
      id="calendar"
      unsaved={unsaved}
      busy={update.isPending}
      problem={problem}
      mayEdit={mayEdit}
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
      onDiscard={() => {
        setEdited(null);
        setProblem(undefined);
      }}
    >
      <DayFields label={t('settings.calendar.yearBegins')} value={calendar.yearBegins} wrong={wrong.has('yearBegins')} onChange={(yearBegins) => { setEdited({ ...calendar, yearBegins }); }} shown />
      <ul className="flex flex-col gap-3" aria-label={t('settings.calendar.periods')}>
        {calendar.periods.map((period, index) => (
          <PeriodRow
            // Rows have no name of their own that stays while it is typed.
            key={index}
            period={period}
            wrong={(part) => wrong.has(`periods.${String(index)}.${part}`)}
            mayEdit={mayEdit}
            onChange={(change) => { setPeriod(index, change); }}
            onRemove={() => { setEdited({ ...calendar, periods: calendar.periods.filter((_, at) => at !== index) }); }}
          />
        ))}
      </ul>
      {calendar.periods.length === 0 && <p className="text-sm text-muted">{t('settings.calendar.none')}</p>}
      <div className="flex flex-wrap items-center gap-2">
        <Button size="small" icon={<Plus size={13} aria-hidden />} onClick={() => { setEdited({ ...calendar, periods: [...calendar.periods, { kind: 'holiday', name: '', from: '04-01', until: '04-14', year: null }] }); }}>
          {t('settings.calendar.add')}
        </Button>
        <Button size="small" onClick={() => { setEdited(state.defaults); }}>
          {t('settings.defaults')}
        </Button>
      </div>
      <p className="text-sm text-faint">{state.changedAt === null ? t('settings.calendar.unchanged') : t('settings.calendar.changed', { when: formats.moment(state.changedAt), who: state.changedBy ?? t('settings.calendar.somebody') })}</p>
    </SectionForm>
  );
}

interface PeriodRowProps {
  readonly period: Period;
  readonly wrong: (part: 'name' | 'from' | 'until') => boolean;
  readonly mayEdit: boolean;
  readonly onChange: (change: Partial<Period>) => void;
  readonly onRemove: () => void;
}

function PeriodRow({ period, wrong, mayEdit, onChange, onRemove }: PeriodRowProps) {
  const { t } = useTranslation();
  const { kind, name, from, until, year } = period;
  const named = { name: name === '' ? t('settings.calendar.unnamed') : name };
  return (
    <li className="grid grid-cols-2 items-start gap-2 rounded-md border border-line p-3 sm:grid-cols-[minmax(0,1fr)_8rem_auto] lg:grid-cols-[minmax(8rem,1fr)_7.5rem_auto_auto_5.5rem_auto]">
      <TextField className="max-sm:col-span-2" label={t('settings.calendar.name')} maxLength={100} error={wrong('name') ? t('settings.calendar.nameMissing') : undefined} value={name} onChange={(event) => { onChange({ name: event.target.value }); }} />
      <Select className="max-sm:col-span-2" label={t('settings.calendar.kind')} value={kind} options={periodKinds.map((value) => ({ value, label: t(`settings.calendar.kinds.${value}`) }))} onChange={(event) => { onChange({ kind: periodKinds.find((each) => each === event.target.value) ?? kind }); }} />
      <DayFields label={t('settings.calendar.from')} value={from} wrong={wrong('from')} onChange={(next) => { onChange({ from: next }); }} />
      <DayFields label={t('settings.calendar.until')} value={until} wrong={wrong('until')} onChange={(next) => { onChange({ until: next }); }} />
      <TextField
        label={t('settings.calendar.year')}
        inputMode="numeric"
        placeholder={t('settings.calendar.everyYear')}
        value={year === null ? '' : String(year)}
        onChange={(event) => {
          const digits = event.target.value.replace(/\D/g, '').slice(0, 4);
          onChange({ year: digits === '' ? null : Number(digits) });
        }}
      />
      {mayEdit && (
        <div className="sm:pt-6">
          <IconButton label={t('settings.calendar.remove', named)} onClick={onRemove}>
            <Trash2 size={14} aria-hidden />
          </IconButton>
        </div>
      )}
    </li>
  );
}

interface DayFieldsProps {
  readonly label: string;
  /** MM-DD. */
  readonly value: string;
  readonly wrong: boolean;
  readonly onChange: (value: string) => void;
  /** Whether the two stand apart from a row of others. */
  readonly shown?: boolean;
}

const two = (number: number): string => String(number).padStart(2, '0');

/** A day of the year: its number and its month. */
function DayFields({ label, value, wrong, onChange, shown = false }: DayFieldsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [month = '01', day = '01'] = value.split('-');
  return (
    <fieldset className={shown ? 'w-fit' : undefined}>
      <legend className="mb-1 text-sm font-medium">{label}</legend>
      <div className="flex gap-1">
        <TextField className="w-12" label={t('settings.calendar.dayOf', { which: label })} labelHidden inputMode="numeric" aria-invalid={wrong || undefined} value={String(Number(day))} onChange={(event) => { onChange(`${month}-${two(Number(event.target.value.replace(/\D/g, '').slice(0, 2)))}`); }} />
        <Select className="w-20" label={t('settings.calendar.monthOf', { which: label })} labelHidden value={month} options={Array.from({ length: 12 }, (_, index) => ({ value: two(index + 1), label: formats.monthName(index + 1) }))} onChange={(event) => { onChange(`${event.target.value}-${day}`); }} />
      </div>
      {wrong && <p className="mt-1 text-sm text-critical">{t('settings.calendar.dayWrong')}</p>}
    </fieldset>
  );
}
