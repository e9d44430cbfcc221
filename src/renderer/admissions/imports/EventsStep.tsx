import { useTranslation } from 'react-i18next';
import { engagementFields } from '#domain/admissions/engagement/files';
import { Button } from '#renderer/kit/Button';
import { Select, TextField } from '#renderer/kit/Field';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { changeEventColumn, importEvents, setEventFormat, startOver, treatAsLeads, useImportDraft } from './importDraft';

/** What each column of a mailer's file holds: one row is one open, click or delivery. */
export function EventsStep() {
  const { t } = useTranslation();
  const { events, busy } = useImportDraft();
  if (events === null) return null;
  const { headers, rows, columns, format } = events;
  const lacks = [...(columns.email === undefined && columns.externalId === undefined ? ['email'] : []), ...(['kind', 'at'] as const).filter((field) => columns[field] === undefined)];
  const options = [{ value: '', label: t('events.none') }, ...headers.map((header, index) => ({ value: String(index), label: header }))];
  return (
    <form
      className="mx-auto flex w-full max-w-4xl flex-col gap-4 p-4 sm:p-6"
      onSubmit={(event) => {
        event.preventDefault();
        void importEvents();
      }}
    >
      <header className="flex flex-wrap items-end justify-between gap-3">
        <div className="min-w-60 flex-1">
          <h2 className="text-lg font-semibold">{t('events.title')}</h2>
          <p className="text-muted">{t('events.detail')}</p>
        </div>
        <div className="flex flex-wrap gap-2">
          <Button onClick={startOver}>{t('import.otherFile')}</Button>
          <Button onClick={treatAsLeads}>{t('events.asLeads')}</Button>
          <Button type="submit" look="primary" autoFocus disabled={lacks.length > 0 || format === null || format === ''} busy={busy !== null}>
            {t('events.run')}
          </Button>
        </div>
      </header>
      {(format === null || format !== events.found) && columns.at !== undefined && (
        <TextField label={t('events.format')} hint={t('events.formatHint')} className="w-72" value={format ?? ''} maxLength={60} onChange={(event) => { setEventFormat(event.target.value); }} />
      )}
      <div className="rounded-md border border-line bg-surface">
        <Sheet caption={t('events.title')} className="min-w-[640px] table-fixed">
          <thead>
            <tr>
              <Head className="w-[26%]">{t('events.field')}</Head>
              <Head className="w-[32%]">{t('import.column')}</Head>
              <Head>{t('import.samples')}</Head>
            </tr>
          </thead>
          <tbody>
            {engagementFields.map((field) => {
              const index = columns[field];
              const samples = index === undefined ? [] : [...new Set(rows.map((row) => row[index] ?? '').filter((text) => text !== ''))].slice(0, 3);
              return (
                <tr key={field}>
                  <Cell>
                    {t(`events.fields.${field}`)}
                    {lacks.includes(field) && <span className="block text-sm text-critical">{t('events.needed')}</span>}
                  </Cell>
                  <Cell>
                    <Select
                      label={t('events.columnOf', { field: t(`events.fields.${field}`) })}
                      labelHidden
                      value={index === undefined ? '' : String(index)}
                      options={options}
                      onChange={(event) => { changeEventColumn(field, event.target.value === '' ? null : Number(event.target.value)); }}
                    />
                  </Cell>
                  <Cell className="max-w-72 truncate text-muted" title={samples.join(' | ')}>
                    {samples.join(' | ')}
                  </Cell>
                </tr>
              );
            })}
          </tbody>
        </Sheet>
      </div>
    </form>
  );
}
