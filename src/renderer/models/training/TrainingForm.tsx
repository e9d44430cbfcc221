import { Play } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '#contract/index';
import { type ModelType, modelTypes } from '#domain/models/model';
import { Button } from '#renderer/kit/Button';
import { Check, Choice, Select, TextField } from '#renderer/kit/Field';
import { Card } from '#renderer/kit/Marks';
import { TargetSelect, targetWord, useTarget } from '../target';
import { type TrainingInput, useTrainingRun } from './trainingRun';

type Options = OutputOf<'models.training.options'>;

/** The recommended one first. */
const offered: readonly ModelType[] = ['gradient_boosting', ...modelTypes.filter((type) => type !== 'gradient_boosting')];
const folds = ['2', '3', '5', '10'] as const;

function positive(text: string): number | null {
  const number = Number(text);
  return text.trim() !== '' && Number.isInteger(number) && number > 0 ? number : null;
}

/** What is trained, on what, and how it is judged. */
export function TrainingForm({ options }: { readonly options: Options }) {
  const { t } = useTranslation();
  const { busy, run, input } = useTrainingRun();
  const { target } = useTarget();
  const [type, setType] = useState<ModelType>(input?.modelType ?? 'gradient_boosting');
  const [parts, setParts] = useState<string>(String(input?.folds ?? 5));
  const [rows, setRows] = useState(input?.rowLimit === undefined ? '' : String(input.rowLimit));
  const [columns, setColumns] = useState(input?.selectColumns === undefined || input.selectColumns === null ? '' : String(input.selectColumns));
  const [search, setSearch] = useState(input?.search !== undefined && input.search !== null);
  const [keep, setKeep] = useState<readonly string[]>(input?.keepColumns ?? []);
  const [rowLimit, selectColumns] = [positive(rows), positive(columns)];
  const wrong = { rows: rows.trim() !== '' && rowLimit === null, columns: columns.trim() !== '' && selectColumns === null };
  const known = options.converted + options.notConverted;
  const train = (): void => {
    const asked: TrainingInput = {
      target,
      modelType: type,
      folds: Number(parts),
      ...(rowLimit === null ? {} : { rowLimit }),
      ...(selectColumns === null ? {} : { selectColumns }),
      ...(search && type !== 'ensemble' ? { search: {} } : {}),
      ...(keep.length === 0 || target !== 'lead.conversion' ? {} : { keepColumns: [...keep] }),
    };
    run(asked);
  };
  return (
    <Card title={t('models.training.title')}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          train();
        }}
      >
        <TargetSelect hint={t(`models.training.bases.${targetWord[target]}`, { count: known, converted: options.converted, open: options.open })} disabled={busy} />
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-1 text-sm font-medium">{t('models.training.type')}</legend>
          {offered.map((each) => (
            <Choice key={each} name="modelType" value={each} checked={each === type} title={t(`models.types.${each}`)} detail={t(`models.typeDetails.${each}`)} onChoose={() => { setType(each); }} />
          ))}
        </fieldset>
        <details className="group">
          <summary className="w-fit cursor-pointer text-sm font-medium text-muted hover:text-text">{t('models.training.more')}</summary>
          <div className="mt-3 flex flex-col gap-4">
            <Select label={t('models.training.folds')} hint={t('models.training.foldsHint')} value={parts} options={folds.map((value) => ({ value, label: t('models.training.parts', { count: Number(value) }) }))} onChange={(event) => { setParts(event.target.value); }} />
            <TextField label={t('models.training.rowLimit')} hint={t('models.training.rowLimitHint')} inputMode="numeric" value={rows} error={wrong.rows ? t('models.training.wholeNumber') : undefined} onChange={(event) => { setRows(event.target.value); }} />
            <TextField label={t('models.training.selectColumns')} hint={t('models.training.selectColumnsHint')} inputMode="numeric" value={columns} error={wrong.columns ? t('models.training.wholeNumber') : undefined} onChange={(event) => { setColumns(event.target.value); }} />
            <Check label={t('models.training.search')} checked={search && type !== 'ensemble'} disabled={type === 'ensemble'} onChange={(event) => { setSearch(event.target.checked); }} />
            {target === 'lead.conversion' && <Keep options={options} keep={keep} onKeep={setKeep} />}
          </div>
        </details>
        <Button type="submit" look="primary" className="self-start" busy={busy} disabled={wrong.rows || wrong.columns} icon={<Play size={14} aria-hidden />}>
          {t('models.training.start')}
        </Button>
      </form>
    </Card>
  );
}

/** Columns that are learned from although the guard may suspect them. */
function Keep({ options, keep, onKeep }: { readonly options: Options; readonly keep: readonly string[]; readonly onKeep: (keep: readonly string[]) => void }) {
  const { t } = useTranslation();
  return (
    <fieldset className="flex flex-col gap-1.5">
      <legend className="mb-1 text-sm font-medium">{t('models.training.keep')}</legend>
      <p className="mb-1 text-sm text-muted">{t('models.training.keepHint')}</p>
      <div tabIndex={0} role="group" aria-label={t('models.training.keep')} className="flex max-h-48 flex-col gap-1.5 overflow-y-auto rounded-md border border-line p-2">
        {options.columns.map(({ field, column, knownAfterContact }) => (
          <Check
            key={field}
            label={knownAfterContact ? t('models.training.afterContact', { column }) : column}
            checked={keep.includes(field)}
            onChange={(event) => { onKeep(event.target.checked ? [...keep, field] : keep.filter((each) => each !== field)); }}
          />
        ))}
      </div>
    </fieldset>
  );
}
