import { Plus, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Condition, Filter } from '#contract/filter';
import { Button } from '#renderer/kit/Button';
import { Popover } from '#renderer/kit/Menu';
import { ConditionForm } from './ConditionForm';
import { useConditionWords, useFilterWords } from './describeCondition';
import type { FilterField } from './filters';

interface FilterBarProps {
  readonly fields: readonly FilterField[];
  readonly conditions: readonly Filter[];
  readonly onChange: (conditions: readonly Filter[]) => void;
}

/** Chips that are shown before one asks for the others. */
const firstChips = 12;

/** The filter as chips. Each can be opened and changed, or taken away. */
export function FilterBar({ fields, conditions, onChange }: FilterBarProps) {
  const { t } = useTranslation();
  const words = useConditionWords(fields);
  const say = useFilterWords(fields);
  const [all, setAll] = useState(false);
  const remove = (index: number): void => {
    onChange(conditions.filter((_each, at) => at !== index));
  };
  return (
    <div className={all ? 'flex max-h-48 flex-wrap items-center gap-1.5 overflow-y-auto' : 'flex flex-wrap items-center gap-1.5'}>
      {(all ? conditions : conditions.slice(0, firstChips)).map((condition, index) => {
        if (!('field' in condition)) {
          const whole = say(condition);
          return (
            <span key={`${String(index)} ${whole}`} className="inline-flex h-7 max-w-full items-center rounded-md border border-line-strong/60 bg-surface text-sm">
              <span className="max-w-96 truncate px-2 text-muted" title={whole}>{whole}</span>
              <RemoveChip said={whole} onRemove={() => { remove(index); }} />
            </span>
          );
        }
        const { field, operator, operand } = words(condition);
        const said = [field, operator, operand].filter((part) => part !== '').join(' ');
        return (
          <span key={`${String(index)} ${JSON.stringify(condition)}`} className="inline-flex h-7 max-w-full items-center rounded-md border border-line-strong/60 bg-surface text-sm">
            <Editing
              fields={fields}
              condition={condition}
              label={t('leads.filter.edit', { what: said })}
              trigger={
                <button type="button" className="flex h-full min-w-0 items-center gap-1 rounded-l-md px-2 hover:bg-sunken" aria-label={t('leads.filter.edit', { what: said })} title={said}>
                  <span className="text-muted">{field}</span>
                  <span className="text-faint">{operator}</span>
                  {operand !== '' && <span className="max-w-48 truncate font-medium">{operand}</span>}
                </button>
              }
              onDone={(changed) => { onChange(conditions.map((each, at) => (at === index ? changed : each))); }}
            />
            <RemoveChip said={said} onRemove={() => { remove(index); }} />
          </span>
        );
      })}
      {conditions.length > firstChips && (
        <Button size="small" look="quiet" aria-expanded={all} onClick={() => { setAll(!all); }}>
          {all ? t('views.fewerConditions') : t('views.moreConditions', { count: conditions.length - firstChips })}
        </Button>
      )}
      <Editing
        fields={fields}
        condition={null}
        label={t('leads.filter.title')}
        trigger={
          <Button size="small" look="quiet" icon={<Plus size={13} aria-hidden />} disabled={fields.length === 0}>
            {t('leads.filter.title')}
          </Button>
        }
        onDone={(added) => { onChange([...conditions, added]); }}
      />
      {conditions.length > 1 && (
        <Button size="small" look="quiet" onClick={() => { onChange([]); }}>
          {t('leads.filter.clear')}
        </Button>
      )}
    </div>
  );
}

function RemoveChip({ said, onRemove }: { readonly said: string; readonly onRemove: () => void }) {
  const { t } = useTranslation();
  return (
    <button type="button" aria-label={t('leads.filter.remove', { what: said })} className="flex h-full items-center rounded-r-md px-1.5 text-faint hover:bg-sunken hover:text-text" onClick={onRemove}>
      <X size={13} aria-hidden />
    </button>
  );
}

interface EditingProps {
  readonly fields: readonly FilterField[];
  readonly condition: Condition | null;
  readonly label: string;
  readonly trigger: ReactNode;
  readonly onDone: (condition: Condition) => void;
}

function Editing({ fields, condition, label, trigger, onDone }: EditingProps) {
  const [open, setOpen] = useState(false);
  return (
    <Popover label={label} trigger={trigger} open={open} onOpenChange={setOpen}>
      <ConditionForm
        fields={fields}
        condition={condition}
        onDone={(done) => {
          setOpen(false);
          onDone(done);
        }}
      />
    </Popover>
  );
}
