import { Plus, X } from 'lucide-react';
import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Condition } from '#contract/filter';
import { Button } from '#renderer/kit/Button';
import { Popover } from '#renderer/kit/Menu';
import { ConditionForm } from './ConditionForm';
import { useConditionWords } from './describeCondition';
import type { FilterField } from './filters';

interface FilterBarProps {
  readonly fields: readonly FilterField[];
  readonly conditions: readonly Condition[];
  readonly onChange: (conditions: readonly Condition[]) => void;
}

/** The filter as chips. Each can be opened and changed, or taken away. */
export function FilterBar({ fields, conditions, onChange }: FilterBarProps) {
  const { t } = useTranslation();
  const words = useConditionWords(fields);
  return (
    <div className="flex flex-wrap items-center gap-1.5">
      {conditions.map((condition, index) => {
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
            <button
              type="button"
              aria-label={t('leads.filter.remove', { what: said })}
              className="flex h-full items-center rounded-r-md px-1.5 text-faint hover:bg-sunken hover:text-text"
              onClick={() => { onChange(conditions.filter((_each, at) => at !== index)); }}
            >
              <X size={13} aria-hidden />
            </button>
          </span>
        );
      })}
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
