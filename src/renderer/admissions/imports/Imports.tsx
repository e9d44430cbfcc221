import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { Button } from '#renderer/kit/Button';
import { WizardSteps } from '#renderer/kit/WizardSteps';
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
        <WizardSteps
          current={step}
          steps={shown.map((each) => {
            const before = steps.indexOf(each) < at;
            return {
              step: each,
              label: t(`import.steps.${each}`),
              done: before || (each === 'result' && (result !== null || eventsResult !== null)),
              open: before && busy === null && step !== 'result',
            };
          })}
          onOpen={goTo}
        />
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
