import { useTranslation } from 'react-i18next';
import { useFormats } from '#renderer/data/format';
import { Button } from '#renderer/kit/Button';
import { Check } from '#renderer/kit/Field';
import { classes } from '#renderer/kit/classes';
import { Tag } from '#renderer/kit/Marks';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { checkFile, goTo, importFile, setLikeNames, useImportDraft } from './importDraft';
import { JobBar } from './JobBar';

/** What would come in, and what would not, before anything does. */
export function CheckStep() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { check, busy, jobId, likeNames } = useImportDraft();
  if (busy === 'checking') return <JobBar jobId={jobId} title={t('import.checking')} />;
  if (check === null) {
    return (
      <div className="p-6">
        <Button look="primary" onClick={() => void checkFile()}>
          {t('import.check')}
        </Button>
      </div>
    );
  }
  const incoming = check.imported + check.updated;
  return (
    <div className="mx-auto flex w-full max-w-4xl flex-col gap-4 p-4 sm:p-6">
      <header className="flex flex-wrap items-end justify-between gap-3">
        <div>
          <h2 className="text-lg font-semibold">{t('import.checkTitle', { count: incoming, rows: formats.number(check.rows) })}</h2>
          <p className="text-muted">{t('import.checkDetail')}</p>
        </div>
        <div className="flex gap-2">
          <Button onClick={() => { goTo('columns'); }}>{t('common.back')}</Button>
          <Button look="primary" autoFocus disabled={incoming === 0} onClick={() => void importFile()}>
            {t('import.run', { count: incoming })}
          </Button>
        </div>
      </header>
      <Counts counts={check} />
      <Check
        checked={likeNames}
        onChange={(event) => { setLikeNames(event.target.checked); }}
        label={
          <>
            {t('import.likeNames')}
            <span className="block text-sm text-muted">{t('import.likeNamesHint')}</span>
          </>
        }
      />
      {check.problems.length > 0 && (
        <div className="rounded-md border border-line bg-surface">
          <Sheet caption={t('import.problems')}>
            <thead>
              <tr>
                <Head number>{t('import.line')}</Head>
                <Head>{t('import.what')}</Head>
                <Head>{t('import.reason')}</Head>
                <Head>{t('import.row')}</Head>
              </tr>
            </thead>
            <tbody>
              {check.problems.map((problem, index) => (
                <tr key={`${String(problem.line)} ${String(index)}`}>
                  <Cell number>{formats.number(problem.line)}</Cell>
                  <Cell>
                    <Tag tone={problem.kind === 'rejected' ? 'bad' : 'warn'}>{t(`import.kinds.${problem.kind}`)}</Tag>
                  </Cell>
                  <Cell>{problem.reason}</Cell>
                  <Cell className="max-w-72 truncate text-muted" title={problem.cells.join(' | ')}>
                    {problem.cells.join(' | ')}
                  </Cell>
                </tr>
              ))}
            </tbody>
          </Sheet>
        </div>
      )}
      {check.problems.length < check.rejected + check.warnings && <p className="text-sm text-faint">{t('import.moreProblems', { count: check.rejected + check.warnings - check.problems.length })}</p>}
    </div>
  );
}

interface CountsProps {
  readonly counts: { readonly imported: number; readonly updated: number; readonly rejected: number; readonly duplicates: number; readonly warnings: number; readonly likeNames?: number | null };
}

/** The figures of an import side by side. */
export function Counts({ counts }: CountsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const shown = (['imported', 'updated', 'duplicates', 'likeNames', 'warnings', 'rejected'] as const).flatMap((name) => {
    const count = counts[name];
    return typeof count === 'number' ? [[name, count] as const] : [];
  });
  return (
    <dl className={classes('grid grid-cols-2 gap-3', shown.length === 6 ? 'sm:grid-cols-3 lg:grid-cols-6' : 'sm:grid-cols-5')}>
      {shown.map(([name, count]) => (
        <div key={name} className="flex flex-col-reverse rounded-md border border-line bg-surface px-3 py-2" title={t(`import.countHints.${name}`)}>
          <dt className="text-sm text-muted">{t(`import.counts.${name}`)}</dt>
          <dd className="tabular text-xl font-semibold">{formats.number(count)}</dd>
        </div>
      ))}
    </dl>
  );
}
