import { CircleCheckBig, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import { useFormats } from '#renderer/data/format';
import { Button } from '#renderer/kit/Button';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { startOver, undoEvents, useImportDraft } from './importDraft';

/** What came of a mailer's file: whose the opens and clicks are, and which rows belong to nobody here. */
export function EventsResult() {
  const { t } = useTranslation();
  const formats = useFormats();
  const [, go] = useLocation();
  const { eventsResult: result, eventsUndone: undone, busy } = useImportDraft();
  if (undone !== null) {
    return (
      <div className="mx-auto flex w-full max-w-3xl flex-col gap-4 p-4 sm:p-6">
        <h2 className="flex items-center gap-2 text-lg font-semibold">
          <Undo2 size={18} aria-hidden /> {t('events.undone', { count: undone.removed })}
        </h2>
        <p className="text-muted">{t('events.undoneDetail', { count: undone.leads })}</p>
        <Button look="primary" className="self-start" onClick={startOver}>
          {t('import.another')}
        </Button>
      </div>
    );
  }
  if (result === null) return null;
  const tiles = ['human', 'machine', 'unsure', 'known', 'ignored', 'strangers'] as const;
  return (
    <div className="mx-auto flex w-full max-w-4xl flex-col gap-4 p-4 sm:p-6">
      <h2 className="flex items-center gap-2 text-lg font-semibold">
        <CircleCheckBig size={18} aria-hidden className="text-good" />
        {t('events.done', { count: result.events, leads: formats.number(result.leads) })}
      </h2>
      <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
        {tiles.map((name) => (
          <div key={name} className="flex flex-col-reverse justify-end rounded-md border border-line bg-surface px-3 py-2" title={t(`events.countHints.${name}`)}>
            <dt className="text-sm text-muted">{t(`events.counts.${name}`)}</dt>
            <dd className="tabular text-xl font-semibold">{formats.number(result[name])}</dd>
          </div>
        ))}
      </dl>
      <p className="text-muted">{t('events.leftOut')}</p>
      {result.problems.length > 0 && (
        <div className="rounded-md border border-line bg-surface">
          <Sheet caption={t('events.rejected', { count: result.rejected })}>
            <thead>
              <tr>
                <Head number>{t('import.line')}</Head>
                <Head>{t('import.reason')}</Head>
              </tr>
            </thead>
            <tbody>
              {result.problems.map(({ line, reason }) => (
                <tr key={line}>
                  <Cell number>{formats.number(line)}</Cell>
                  <Cell>{reason}</Cell>
                </tr>
              ))}
            </tbody>
          </Sheet>
        </div>
      )}
      <div className="flex flex-wrap gap-2">
        <Button look="primary" autoFocus onClick={() => { go('/'); }}>
          {t('import.toToday')}
        </Button>
        <Button onClick={() => { go('/leads'); }}>{t('today.allLeads')}</Button>
        <Button look="quiet" icon={<Undo2 size={14} aria-hidden />} busy={busy === 'undoing'} onClick={() => void undoEvents(result.fileId)}>
          {t('import.undo')}
        </Button>
      </div>
    </div>
  );
}
