import { Check } from 'lucide-react';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#renderer/kit/Button';
import { classes } from '#renderer/kit/classes';
import { useSignedIn } from '#renderer/shell/session';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { CheckStep } from './CheckStep';
import { ColumnsStep } from './ColumnsStep';
import { EventsStep } from './EventsStep';
import { FileStep } from './FileStep';
import { goTo, startOver, steps, takeUp, useImportDraft } from './importDraft';
import { ResultStep } from './ResultStep';

/** A file of enquiries becomes leads: one page, its steps on the left. It can be left and resumed. */
export function Imports() {
  const { t } = useTranslation();
  useScreenTitle(t('places.import'));
  const { step, file, busy, error, result, events, eventsResult } = useImportDraft();
  const { id: userId } = useSignedIn().user;
  useEffect(() => {
    takeUp(userId);
  }, [userId]);
  const at = steps.indexOf(step);
  // A mailer's file needs no check: nothing of it makes a lead, and all of it can be taken back.
  const shown = events === null ? steps : steps.filter((each) => each !== 'check');
  return (
    <div className="flex h-full min-h-0 max-md:flex-col">
      <nav aria-label={t('import.steps.title')} className="shrink-0 border-line p-4 max-md:border-b md:w-44 md:border-r md:px-4 md:py-6">
        <ol className="flex gap-1 max-md:justify-between md:flex-col">
          {shown.map((each, index) => {
            const before = steps.indexOf(each) < at;
            const done = before || (each === 'result' && (result !== null || eventsResult !== null));
            const open = before && busy === null && step !== 'result';
            return (
              <li key={each}>
                <button
                  type="button"
                  disabled={!open}
                  aria-current={each === step ? 'step' : undefined}
                  onClick={() => { goTo(each); }}
                  className={classes('flex w-full items-center gap-2.5 rounded-md px-2 py-1.5 text-left', each === step ? 'font-medium' : 'text-muted', open && 'hover:bg-sunken hover:text-text')}
                >
                  <span className={classes('tabular flex size-5 shrink-0 items-center justify-center rounded-full border text-xs', each === step ? 'border-action bg-action text-on-action' : done ? 'border-good text-good' : 'border-line-strong/60')}>
                    {done ? <Check size={12} aria-hidden /> : index + 1}
                  </span>
                  <span className="max-sm:sr-only">{t(`import.steps.${each}`)}</span>
                </button>
              </li>
            );
          })}
        </ol>
        {file !== null && (
          <div className="mt-4 border-t border-line pt-4 max-md:hidden">
            <p className="truncate text-sm text-muted" title={file.name}>
              {file.name}
            </p>
            {busy === null && (
              <Button size="small" look="quiet" className="mt-1 -ml-2" onClick={startOver}>
                {t(step === 'result' ? 'import.another' : 'import.otherFile')}
              </Button>
            )}
          </div>
        )}
      </nav>
      <div className="min-h-0 min-w-0 flex-1 overflow-y-auto">
        {error !== null && (
          <p role="alert" className="m-4 mb-0 rounded-md border border-critical/40 bg-critical/5 px-3 py-2 text-critical sm:mx-6">
            {error}
          </p>
        )}
        {step === 'file' && <FileStep />}
        {step === 'columns' && (events === null ? <ColumnsStep /> : <EventsStep />)}
        {step === 'check' && <CheckStep />}
        {step === 'result' && <ResultStep />}
      </div>
    </div>
  );
}
