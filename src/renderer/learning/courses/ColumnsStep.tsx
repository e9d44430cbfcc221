import { useTranslation } from 'react-i18next';
import { answerForms, columnFields } from '#domain/learning/courses/columns';
import { Button } from '#renderer/kit/Button';
import { Select } from '#renderer/kit/Field';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { mapColumns, setDraft, startOver, useCourseDraft } from './courseDraft';

/** What each column of a table of questions becomes. */
export function ColumnsStep() {
  const { t } = useTranslation();
  const { preview, busy } = useCourseDraft();
  const table = preview?.table ?? null;
  if (preview === null || table === null) return null;
  const fatal = preview.problems.filter(({ severity }) => severity === 'fatal');
  const { columns, answers } = table;
  return (
    <div className="flex flex-col gap-4 p-4 sm:p-6">
      <header className="flex flex-wrap items-end justify-between gap-3">
        <div className="min-w-60 flex-1">
          <h2 className="text-lg font-semibold">{t('packs.columns.title')}</h2>
          <p className="text-muted">{t('packs.columns.detail', { count: preview.questions + preview.flashcards })}</p>
        </div>
        <div className="flex gap-2">
          <Button onClick={startOver}>{t('packs.otherFile')}</Button>
          <Button look="primary" autoFocus disabled={fatal.length > 0} busy={busy !== null} onClick={() => { setDraft({ step: 'blueprint' }); }}>
            {t('packs.columns.next')}
          </Button>
        </div>
      </header>
      {fatal.map(({ reason }) => (
        <p key={reason} role="alert" className="text-critical">
          {reason}
        </p>
      ))}
      <Select
        label={t('packs.columns.answers')}
        className="max-w-xs"
        value={answers}
        disabled={busy !== null}
        options={answerForms.map((value) => ({ value, label: t(`packs.columns.answerForms.${value}`) }))}
        onChange={(event) => void mapColumns({ columns, answers: event.target.value as (typeof answerForms)[number] })}
      />
      <div className="rounded-md border border-line bg-surface">
        <Sheet caption={t('packs.columns.title')}>
          <thead>
            <tr>
              <Head>{t('packs.columns.column')}</Head>
              <Head>{t('packs.columns.samples')}</Head>
              <Head className="min-w-44">{t('packs.columns.becomes')}</Head>
            </tr>
          </thead>
          <tbody>
            {columns.map(({ index, header, field, samples }) => (
              <tr key={index}>
                <Cell className="align-top font-medium break-words">{header}</Cell>
                <Cell className="align-top text-sm text-muted">
                  <span className="line-clamp-2 break-words">{samples.join(' · ')}</span>
                </Cell>
                <Cell className="align-top">
                  <Select
                    labelHidden
                    label={t('packs.columns.becomesOf', { header })}
                    value={field ?? ''}
                    disabled={busy !== null}
                    options={[{ value: '', label: t('packs.columns.leaveOut') }, ...columnFields.map((value) => ({ value, label: t(`packs.columns.fields.${value}`) }))]}
                    onChange={(event) => {
                      const chosen = columnFields.find((value) => value === event.target.value) ?? null;
                      void mapColumns({ columns: columns.map((column) => (column.index === index ? { ...column, field: chosen } : column)), answers });
                    }}
                  />
                </Cell>
              </tr>
            ))}
          </tbody>
        </Sheet>
      </div>
    </div>
  );
}
