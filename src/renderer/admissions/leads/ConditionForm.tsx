import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { operatorsByType } from '#contract/admissions/leadFields';
import { type Condition, type ConditionOperator, type Duration, durationUnits, filter as filterSchema, type FilterValue } from '#contract/filter';
import { Button } from '#renderer/kit/Button';
import { Check, Select, TextField } from '#renderer/kit/Field';
import { type FilterField, partsOf } from './filters';

interface Draft {
  readonly field: string;
  readonly operator: ConditionOperator;
  readonly first: string;
  readonly second: string;
  readonly chosen: readonly string[];
  readonly unit: Duration['unit'];
}

interface ConditionFormProps {
  readonly fields: readonly FilterField[];
  readonly condition: Condition | null;
  readonly onDone: (condition: Condition) => void;
}

/** Shares are kept from 0 to 1 and asked for as per cent. */
const shares = new Set(['probability', 'confidence', 'modelChance', 'modelConfidence']);

/** What is offered first for a field: what people mostly ask of it. */
function usualOperator(field: FilterField | undefined): ConditionOperator {
  switch (field?.type) {
    case 'option':
      return 'in';
    case 'number':
      return 'atLeast';
    case 'instant':
      return 'withinLast';
    case 'boolean':
      return 'is';
    default:
      return 'contains';
  }
}

/** ISO day of an instant by this machine's calendar, as the date field wants it. */
function dayOf(instant: number): string {
  const date = new Date(instant);
  return [String(date.getFullYear()).padStart(4, '0'), String(date.getMonth() + 1).padStart(2, '0'), String(date.getDate()).padStart(2, '0')].join('-');
}

function instantOf(day: string): number {
  return new Date(`${day}T00:00:00`).getTime();
}

function draftOf(condition: Condition | null, fields: readonly FilterField[]): Draft {
  const begin: Draft = { field: fields[0]?.name ?? '', operator: usualOperator(fields[0]), first: '', second: '', chosen: [], unit: 'days' };
  if (condition === null) return begin;
  const { field, operator, operand } = partsOf(condition);
  const type = fields.find(({ name }) => name === field)?.type;
  const said = (value: unknown): string => {
    if (typeof value === 'number' && type === 'instant') return dayOf(value);
    if (typeof value === 'number' && shares.has(field)) return String(Math.round(value * 1000) / 10);
    return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
  };
  const draft = { ...begin, field, operator };
  if (operator === 'in') return { ...draft, chosen: (operand as FilterValue[]).map(String), first: (operand as FilterValue[]).map(said).join(', ') };
  if (operator === 'between') return { ...draft, first: said((operand as FilterValue[])[0]), second: said((operand as FilterValue[])[1]) };
  if (operator === 'withinLast') return { ...draft, first: String((operand as Duration).amount), unit: (operand as Duration).unit };
  return { ...draft, first: said(operand), ...(type === 'option' && (operator === 'is' || operator === 'isNot') ? { chosen: [String(operand)] } : {}) };
}

/** The condition that a draft says, or null while something is missing. */
function conditionOf(draft: Draft, field: FilterField): Condition | null {
  const read = (text: string): FilterValue | null => {
    if (text.trim() === '') return null;
    if (field.type === 'number') return Number.isFinite(Number(text)) ? Number(text) / (shares.has(field.name) ? 100 : 1) : null;
    if (field.type === 'instant') return Number.isNaN(instantOf(text)) ? null : instantOf(text);
    return field.type === 'boolean' ? text === 'true' : text;
  };
  const operand = (): unknown => {
    switch (draft.operator) {
      case 'isEmpty':
      case 'isNotEmpty':
        return true;
      case 'withinLast':
        return { amount: Number(draft.first), unit: draft.unit };
      case 'between':
        return [read(draft.first), read(draft.second)];
      case 'in':
        return field.values.length > 0 ? draft.chosen : draft.first.split(',').map((part) => read(part.trim())).filter((part) => part !== null);
      default:
        return read(draft.first);
    }
  };
  const value = operand();
  if (Array.isArray(value) && value.length === 0) return null;
  const parsed = filterSchema.safeParse({ field: draft.field, [draft.operator]: value });
  return parsed.success && 'field' in parsed.data ? parsed.data : null;
}

/** One condition of a filter: which field, how, and which value. */
export function ConditionForm({ fields, condition, onDone }: ConditionFormProps) {
  const { t } = useTranslation();
  const [draft, setDraft] = useState(() => draftOf(condition, fields));
  const change = (changes: Partial<Draft>): void => {
    setDraft((before) => ({ ...before, ...changes }));
  };
  const field = fields.find(({ name }) => name === draft.field);
  if (field === undefined) return null;
  const ready = conditionOf(draft, field);
  const operators = operatorsByType[field.type].filter((operator) => field.type !== 'option' || operator !== 'isNot' || field.values.length > 0);
  return (
    <form
      className="flex flex-col gap-3"
      onSubmit={(event) => {
        event.preventDefault();
        if (ready !== null) onDone(ready);
      }}
    >
      <Select
        label={t('leads.filter.field')}
        value={draft.field}
        options={fields.map(({ name, label }) => ({ value: name, label }))}
        onChange={(event) => {
          const next = fields.find(({ name }) => name === event.target.value);
          change({ field: event.target.value, operator: usualOperator(next), first: next?.type === 'boolean' ? 'true' : '', second: '', chosen: [] });
        }}
      />
      <Select
        label={t('leads.filter.how')}
        value={draft.operator}
        options={operators.map((operator) => ({ value: operator, label: t(`leads.filter.${field.type === 'instant' ? 'instantOperators' : 'operators'}.${operator}`) }))}
        onChange={(event) => { change({ operator: event.target.value as ConditionOperator }); }}
      />
      <Operand draft={draft} field={field} onChange={change} />
      <Button type="submit" look="primary" disabled={ready === null}>
        {t(condition === null ? 'leads.filter.add' : 'leads.filter.change')}
      </Button>
    </form>
  );
}

function Operand({ draft, field, onChange }: { readonly draft: Draft; readonly field: FilterField; readonly onChange: (changes: Partial<Draft>) => void }) {
  const { t } = useTranslation();
  const { operator } = draft;
  const label = t('leads.filter.value');
  const suffix = shares.has(field.name) ? t('leads.filter.inPercent') : undefined;
  const input = { type: field.type === 'number' ? 'number' : field.type === 'instant' ? 'date' : 'text', step: 'any', ...(suffix === undefined ? {} : { hint: suffix }) };
  if (operator === 'isEmpty' || operator === 'isNotEmpty') return null;
  if (operator === 'withinLast') {
    return (
      <div className="flex items-end gap-2">
        <TextField label={label} type="number" min={1} className="w-24" value={draft.first} onChange={(event) => { onChange({ first: event.target.value }); }} />
        <Select label={t('leads.filter.unit')} labelHidden value={draft.unit} className="flex-1" options={durationUnits.map((unit) => ({ value: unit, label: t(`leads.filter.units.${unit}`) }))} onChange={(event) => { onChange({ unit: event.target.value as Duration['unit'] }); }} />
      </div>
    );
  }
  if (operator === 'between') {
    return (
      <div className="grid grid-cols-2 gap-2">
        <TextField label={t('leads.filter.from')} {...input} value={draft.first} onChange={(event) => { onChange({ first: event.target.value }); }} />
        <TextField label={t('leads.filter.to')} {...input} value={draft.second} onChange={(event) => { onChange({ second: event.target.value }); }} />
      </div>
    );
  }
  if (field.type === 'boolean') {
    return <Select label={label} value={draft.first === '' ? 'true' : draft.first} options={[{ value: 'true', label: t('leads.filter.yes') }, { value: 'false', label: t('leads.filter.no') }]} onChange={(event) => { onChange({ first: event.target.value }); }} />;
  }
  if (field.values.length > 0 && operator === 'in') return <Values field={field} chosen={draft.chosen} onChange={(chosen) => { onChange({ chosen }); }} />;
  if (field.values.length > 0 && (operator === 'is' || operator === 'isNot')) {
    return <Select label={label} value={draft.first} options={[{ value: '', label: t('leads.filter.choose'), disabled: true }, ...field.values]} onChange={(event) => { onChange({ first: event.target.value }); }} />;
  }
  return <TextField label={label} {...input} value={draft.first} onChange={(event) => { onChange({ first: event.target.value }); }} />;
}

/** How many values are listed at once; a few letters find the others. */
const listed = 50;

function Values({ field, chosen, onChange }: { readonly field: FilterField; readonly chosen: readonly string[]; readonly onChange: (chosen: readonly string[]) => void }) {
  const { t } = useTranslation();
  const [letters, setLetters] = useState('');
  const fitting = field.values.filter(({ label }) => label.toLocaleLowerCase().includes(letters.toLocaleLowerCase()));
  return (
    <fieldset className="flex flex-col gap-2">
      <legend className="sr-only">{t('leads.filter.value')}</legend>
      {field.values.length > 8 && <TextField label={t('leads.filter.find')} labelHidden placeholder={t('leads.filter.find')} value={letters} onChange={(event) => { setLetters(event.target.value); }} />}
      <div className="flex max-h-52 flex-col gap-1.5 overflow-y-auto">
        {fitting.slice(0, listed).map(({ value, label }) => (
          <Check
            key={value}
            label={label}
            checked={chosen.includes(value)}
            onChange={(event) => { onChange(event.target.checked ? [...chosen, value] : chosen.filter((each) => each !== value)); }}
          />
        ))}
        {fitting.length > listed && <p className="text-sm text-faint">{t('leads.filter.more', { count: fitting.length - listed })}</p>}
        {fitting.length === 0 && <p className="text-sm text-faint">{t('leads.filter.nothing')}</p>}
      </div>
    </fieldset>
  );
}
