import { useTranslation } from 'react-i18next';
import { encodings } from '#domain/admissions/imports/sniff';
import { useFormats } from '#renderer/data/format';
import { Button } from '#renderer/kit/Button';
import { Select, TextField } from '#renderer/kit/Field';
import { Head, Sheet } from '#renderer/kit/Sheet';
import { ColumnRow } from './ColumnRow';
import { checkFile, readAs, type Reading, setOrigin, startOver, useImportDraft } from './importDraft';

const delimiters = [',', ';', '\t', '|'] as const;

/** What each column of the file becomes. */
export function ColumnsStep() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { preview, columns, reading, origin, busy } = useImportDraft();
  if (preview === null) return null;
  const taken = new Map<string, string>();
  const clashes = new Map<number, string>();
  for (const { index, header, proposedField } of columns) {
    if (proposedField === null) continue;
    const other = taken.get(proposedField);
    if (other === undefined) taken.set(proposedField, header);
    else clashes.set(index, other);
  }
  const undated = columns.some(({ type, dateFormat, proposedField }) => proposedField !== null && type === 'date' && dateFormat === null);
  const fields = columns.filter(({ proposedField }) => proposedField !== null && !proposedField.startsWith('attribute.')).length;
  const answers = columns.filter(({ proposedField }) => proposedField?.startsWith('attribute.') === true).length;
  return (
    <form
      className="flex flex-col gap-4 p-4 sm:p-6"
      onSubmit={(event) => {
        event.preventDefault();
        void checkFile();
      }}
    >
      <header className="flex flex-wrap items-end justify-between gap-3">
        <div className="min-w-60 flex-1">
          <h2 className="text-lg font-semibold">{t('import.columnsTitle')}</h2>
          <p className="text-muted">
            {t(preview.complete ? 'import.columnsDetail' : 'import.columnsDetailSome', { count: columns.length, rows: formats.number(preview.rowsSeen), fields: formats.number(fields), answers: formats.number(answers) })}
            {preview.remembered && ` ${t('import.remembered')}`}
          </p>
        </div>
        <div className="flex gap-2">
          <Button onClick={startOver}>{t('import.otherFile')}</Button>
          <Button type="submit" look="primary" autoFocus disabled={clashes.size > 0 || undated || fields + answers === 0} busy={busy !== null}>
            {t('import.check')}
          </Button>
        </div>
      </header>
      <div className="flex flex-wrap items-start gap-3">
        {preview.format === 'csv' && (
          <>
            <Select
              label={t('import.delimiter')}
              className="w-36"
              value={preview.delimiter ?? ','}
              disabled={busy !== null}
              options={delimiters.map((value) => ({ value, label: t(`import.delimiters.${value === '\t' ? 'tab' : value === ',' ? 'comma' : value === ';' ? 'semicolon' : 'bar'}`) }))}
              onChange={(event) => void readAs({ ...reading, delimiter: event.target.value as NonNullable<Reading['delimiter']> })}
            />
            <Select
              label={t('import.encoding')}
              className="w-44"
              value={preview.encoding ?? 'utf-8'}
              disabled={busy !== null}
              options={encodings.map((value) => ({ value, label: t(`import.encodings.${value}`) }))}
              onChange={(event) => void readAs({ ...reading, encoding: event.target.value as NonNullable<Reading['encoding']> })}
            />
          </>
        )}
        <TextField label={t('import.origin')} hint={t('import.originHint')} className="w-72" value={origin} list="origins" maxLength={200} onChange={(event) => { setOrigin(event.target.value); }} />
        <datalist id="origins">
          {preview.origins.map((each) => (
            <option key={each} value={each} />
          ))}
        </datalist>
      </div>
      <div className="rounded-md border border-line bg-surface">
        <Sheet caption={t('import.columnsTitle')} className="min-w-[760px] table-fixed">
          <thead>
            <tr>
              <Head className="w-[22%]">{t('import.column')}</Head>
              <Head className="w-[24%]">{t('import.samples')}</Head>
              <Head className="w-[22%]">{t('import.becomes')}</Head>
              <Head className="w-[17%]">{t('import.type')}</Head>
              <Head className="w-[15%]">{t('import.knownWhen')}</Head>
            </tr>
          </thead>
          <tbody>
            {columns.map((column) => (
              <ColumnRow key={column.index} column={column} clash={clashes.get(column.index)} />
            ))}
          </tbody>
        </Sheet>
      </div>
    </form>
  );
}
