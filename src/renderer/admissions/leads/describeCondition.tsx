import { useTranslation } from 'react-i18next';
import type { Condition, Duration, Filter } from '#contract/filter';
import { useFormats } from '#renderer/data/format';
import { type FilterField, partsOf } from './filters';

export interface ConditionWords {
  readonly field: string;
  readonly operator: string;
  readonly operand: string;
}

/** Says a condition in words: field, operator and value apart, so that a chip can weigh them. */
export function useConditionWords(fields: readonly FilterField[]): (condition: Condition) => ConditionWords {
  const { t } = useTranslation();
  const formats = useFormats();
  return (condition) => {
    const { field: name, operator, operand } = partsOf(condition);
    const field = fields.find((each) => each.name === name);
    const word = (value: unknown): string => {
      if (typeof value === 'boolean') return t(value ? 'leads.filter.yes' : 'leads.filter.no');
      if (typeof value === 'number') {
        if (field?.type === 'instant') return formats.date(value);
        return name === 'probability' || name === 'confidence' || name === 'modelChance' || name === 'modelConfidence' ? formats.percent(value) : formats.number(value);
      }
      // A day as a filter in words has it: it is the same day wherever it is read.
      if (field?.type === 'instant' && typeof value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(value)) return formats.date(new Date(`${value}T12:00:00`).getTime());
      return field?.values.find((each) => each.value === value)?.label ?? String(value);
    };
    const operandWords = (): string => {
      switch (operator) {
        case 'isEmpty':
        case 'isNotEmpty':
          return '';
        case 'in':
          return (operand as unknown[]).map(word).join(t('leads.filter.or'));
        case 'between':
          return (operand as unknown[]).map(word).join(t('leads.filter.and'));
        case 'withinLast': {
          const { amount, unit } = operand as Duration;
          return t(`leads.filter.spans.${unit}`, { count: amount });
        }
        default:
          return word(operand);
      }
    };
    const operators = field?.type === 'instant' ? 'leads.filter.instantOperators' : 'leads.filter.operators';
    return { field: field?.label ?? name, operator: t(`${operators}.${operator}`), operand: operandWords() };
  };
}

/** Says a whole filter in words, groups and all: for a chip that can be taken away and not changed. */
export function useFilterWords(fields: readonly FilterField[]): (filter: Filter) => string {
  const { t } = useTranslation();
  const words = useConditionWords(fields);
  const say = (filter: Filter): string => {
    if ('field' in filter) {
      const { field, operator, operand } = words(filter);
      return [field, operator, operand].filter((part) => part !== '').join(' ');
    }
    if ('not' in filter) return t('views.not', { what: say(filter.not) });
    const parts = 'all' in filter ? filter.all : filter.any;
    return t('all' in filter ? 'views.all' : 'views.any', { parts: parts.map(say).join('; ') });
  };
  return say;
}
