import { CircleCheckBig, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { useFormats } from '#renderer/data/format';
import { Button } from '#renderer/kit/Button';
import { Counts } from './CheckStep';
import { EventsResult } from './EventsResult';
import { startOver, undoImport, useImportDraft } from './importDraft';
import { JobBar } from './JobBar';
import { linkToImport } from './linkToImport';
import { saveProblems } from './saveProblems';

/** What came in, and where to go from here. */
export function ResultStep() {
  const { t } = useTranslation();
  const formats = useFormats();
  const [, go] = useLocation();
  const { result, busy, jobId, undone, file, likeNames, events } = useImportDraft();
  if (busy === 'importing') return <JobBar jobId={jobId} title={t('import.importing')} />;
  if (busy === 'undoing') return <JobBar jobId={jobId} title={t('import.undoing')} />;
  if (events !== null) return <EventsResult />;
  if (undone !== null) {
    return (
      <div className="mx-auto flex w-full max-w-3xl flex-col gap-4 p-4 sm:p-6">
        <h2 className="flex items-center gap-2 text-lg font-semibold">
          <Undo2 size={18} aria-hidden /> {t('import.undone', { file: file?.name ?? '' })}
        </h2>
        <p className="text-muted">{t('import.undoneDetail', { removed: formats.number(undone.removed), restored: formats.number(undone.restored), kept: formats.number(undone.kept) })}</p>
        {undone.keptLeads.length > 0 && (
          <ul className="flex flex-wrap gap-x-3">
            {undone.keptLeads.map(({ id, name }) => (
              <li key={id}>
                <Link href={`/leads/${id}`} className="underline underline-offset-2">
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        )}
        <Button look="primary" className="self-start" onClick={startOver}>
          {t('import.another')}
        </Button>
      </div>
    );
  }
  if (result === null) return null;
  return (
    <div className="mx-auto flex w-full max-w-4xl flex-col gap-4 p-4 sm:p-6">
      <h2 className="flex items-center gap-2 text-lg font-semibold">
        <CircleCheckBig size={18} aria-hidden className="text-good" />
        {t('import.done', { count: result.imported + result.updated, seconds: (result.milliseconds / 1_000).toFixed(1) })}
      </h2>
      <Counts counts={result} />
      {likeNames && result.likeNames === null && <p className="text-muted">{t('import.likeNamesStopped')}</p>}
      <div className="flex flex-wrap gap-2">
        <Button look="primary" autoFocus onClick={() => { go('/'); }}>
          {t('import.toToday')}
        </Button>
        <Button onClick={() => { go(linkToImport(result.importId)); }}>{t('import.toLeads')}</Button>
        {result.duplicates + (result.likeNames ?? 0) > 0 && <Button onClick={() => { go('/duplicates'); }}>{t('import.toDuplicates')}</Button>}
        {result.rejected + result.warnings > 0 && <Button onClick={() => { void saveProblems(result.importId); }}>{t('import.saveProblems')}</Button>}
        <Button look="quiet" icon={<Undo2 size={14} aria-hidden />} onClick={() => void undoImport(result.importId)}>
          {t('import.undo')}
        </Button>
      </div>
    </div>
  );
}
