import { Info } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ProposedColumn } from '#contract/admissions/imports';
import { dateFormats } from '#domain/admissions/imports/columns';
import { type ColumnType, columnTypes, fieldType, type ImportField, importFields, type KnownWhen, knownWhens } from '#domain/admissions/imports/fields';
import { attributeKey } from '#domain/admissions/imports/headers';
import { useFormats } from '#renderer/data/format';
import { Select } from '#renderer/kit/Field';
import { Cell } from '#renderer/kit/Sheet';
import { classes } from '#renderer/kit/classes';
import { changeColumn } from './importDraft';

const leaveOut = '';
/** Below this a proposal is asked to be looked at. */
const unsure = 0.6;

interface ColumnRowProps {
  readonly column: ProposedColumn;
  /** The other column that becomes the same. */
  readonly clash: string | undefined;
}

function isField(target: string): target is ImportField {
  return (importFields as readonly string[]).includes(target);
}

/** One column: what it holds, and what it becomes. */
export function ColumnRow({ column, clash }: ColumnRowProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { index, header, proposedField, type, samples, placeholders, spellings, answered, confidence } = column;
  const attribute = proposedField?.startsWith('attribute.') === true ? proposedField : `attribute.${attributeKey(header)}`;
  const field = proposedField !== null && isField(proposedField) ? proposedField : null;
  const out = proposedField === null;
  const choose = (target: string): void => {
    if (target === leaveOut) changeColumn(index, { proposedField: null });
    else changeColumn(index, { proposedField: target, confidence: 1, ...(isField(target) ? { type: fieldType(target) } : {}) });
  };
  const formatChoices = [...new Set([...column.dateFormats, ...(column.dateFormat === null ? [] : [column.dateFormat]), ...dateFormats])];
  return (
    <tr className={classes(out && 'text-faint')}>
      <Cell className="align-top">
        <span className="block font-medium break-words">{header}</span>
        <span className="tabular text-xs text-faint">{t('import.answered', { count: answered })}</span>
      </Cell>
      <Cell className="align-top text-sm text-muted">
        <span className="line-clamp-2 break-words">{samples.slice(0, 4).join(', ')}</span>
        {placeholders.length > 0 && (
          <button
            type="button"
            className="mt-0.5 flex items-center gap-1 text-left text-xs text-medium"
            title={t('import.keepPlaceholders')}
            onClick={() => { changeColumn(index, { placeholders: [] }); }}
          >
            <Info size={12} aria-hidden className="shrink-0" />
            {t('import.placeholders', { values: placeholders.map((value) => `“${value}”`).join(', ') })}
          </button>
        )}
        {spellings.map(({ value, variants }) => (
          <span key={value} className="mt-0.5 flex items-center gap-1 text-xs text-faint">
            <Info size={12} aria-hidden className="shrink-0" />
            {t('import.spellings', { variants: variants.map((variant) => `“${variant}”`).join(', '), value })}
          </span>
        ))}
      </Cell>
      <Cell className="align-top">
        <Select
          label={t('import.becomesOf', { header })}
          labelHidden
          value={proposedField ?? leaveOut}
          error={clash === undefined ? undefined : t('import.clash', { other: clash })}
          options={[
            { value: leaveOut, label: t('import.leaveOut') },
            { value: attribute, label: t('import.asAnswer') },
            ...importFields.map((each) => ({ value: each, label: t(`import.fields.${each}`) })),
          ]}
          onChange={(event) => { choose(event.target.value); }}
        />
        {field !== null && confidence < unsure && <span className="mt-0.5 block text-xs text-medium">{t('import.unsure', { percent: formats.percent(confidence) })}</span>}
      </Cell>
      <Cell className="align-top">
        <div className="flex flex-col gap-1">
          <Select
            label={t('import.typeOf', { header })}
            labelHidden
            value={type}
            disabled={out || field !== null}
            options={columnTypes.map((value) => ({ value, label: t(`import.types.${value}`) }))}
            onChange={(event) => { changeColumn(index, { type: event.target.value as ColumnType }); }}
          />
          {!out && type === 'date' && (
            <Select
              label={t('import.dateFormatOf', { header })}
              labelHidden
              value={column.dateFormat ?? ''}
              error={column.dateFormat === null ? t('import.dateFormatMissing') : undefined}
              options={[{ value: '', label: t('import.dateFormat'), disabled: true }, ...formatChoices.map((value) => ({ value, label: value }))]}
              onChange={(event) => { changeColumn(index, { dateFormat: event.target.value }); }}
            />
          )}
          {!out && type === 'number' && column.decimal === ',' && <span className="text-xs text-faint">{t('import.decimalComma')}</span>}
        </div>
      </Cell>
      <Cell className="align-top">
        <Select
          label={t('import.knownWhenOf', { header })}
          labelHidden
          value={column.knownWhen}
          disabled={out || field !== null}
          options={knownWhens.map((value) => ({ value, label: t(`import.knownWhens.${value}`) }))}
          onChange={(event) => { changeColumn(index, { knownWhen: event.target.value as KnownWhen }); }}
        />
      </Cell>
    </tr>
  );
}
