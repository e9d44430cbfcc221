import { useCallback, useEffect, useState } from 'react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { OutputOf } from '#contract/index';
import { CallFailure, messageOf } from '#renderer/data/client';
import { useCommand } from '#renderer/data/hooks';
import { usePreferences } from '#renderer/data/preferences';
import { Button } from '#renderer/kit/Button';
import { useShortcuts } from '#renderer/kit/useShortcuts';
import { KeyStep } from './KeyStep';
import { Restore } from './Restore';
import { KindStep, PersonStep, ProtectionStep, StartStep } from './steps';
import { useSampleFill } from './useSampleFill';
import { defaultValues, fieldsOf, type SetupValues, startOf, type Step, stepOf, steps, workspaceOf } from './values';
import { WizardFrame } from './WizardFrame';

/** The first run: who, how protected, what for, with what data; and the recovery key, shown this once. */
export function SetupWizard({ onDone }: { readonly onDone: () => void }) {
  const { t } = useTranslation();
  const [, go] = useLocation();
  const rememberEmail = usePreferences(({ set }) => set);
  const [step, setStep] = useState<Step>('person');
  const [restoring, setRestoring] = useState(false);
  const [made, setMade] = useState<OutputOf<'platform.workspaces.create'> | null>(null);
  const [kept, setKept] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const create = useCommand('platform.workspaces.create');
  const sample = useSampleFill();
  const form = useForm<SetupValues>({ defaultValues, mode: 'onTouched' });

  const back = (): void => {
    const before = steps[steps.indexOf(step) - 1];
    if (before !== undefined && step !== 'key' && !create.isPending) setStep(before);
  };
  const refused = (error: Error): void => {
    const issues = error instanceof CallFailure && Array.isArray(error.details.issues) ? (error.details.issues as { path: string; message: string }[]) : [];
    const issue = issues.find(({ path }) => path in form.getValues());
    if (issue === undefined) return;
    setStep(stepOf(issue.path));
    form.setError(issue.path as keyof SetupValues, { message: issue.message });
  };
  const leave = useCallback((): void => {
    go(startOf(form.getValues()) === 'file' ? '/import' : '/', { replace: true });
    onDone();
  }, [form, go, onDone]);
  // Whoever is quicker than the made-up leads waits for them here.
  const waiting = leaving && sample.state === 'filling';
  useEffect(() => {
    if (leaving && (sample.state === 'filled' || sample.state === 'none')) leave();
  }, [leaving, leave, sample.state]);
  const next = async (): Promise<void> => {
    if (step === 'key') {
      if (!kept) return;
      setLeaving(true);
      if (sample.state === 'failed') leave();
      return;
    }
    if (!(await form.trigger(fieldsOf[step], { shouldFocus: true }))) return;
    const following = steps[steps.indexOf(step) + 1];
    if (step !== 'start') {
      if (following !== undefined) setStep(following);
      return;
    }
    const values = form.getValues();
    create.mutate(workspaceOf(values), {
      onSuccess: (result) => {
        rememberEmail({ lastEmail: values.email.trim() });
        setMade(result);
        setStep('key');
        if (startOf(values) === 'sample') sample.begin();
      },
      onError: refused,
    });
  };
  useShortcuts([{ keys: 'Escape', label: t('common.back'), inFields: true, run: () => { if (restoring) setRestoring(false); else back(); } }]);

  if (restoring) {
    return (
      <WizardFrame step={null}>
        <Restore onBack={() => { setRestoring(false); }} onRestored={onDone} />
      </WizardFrame>
    );
  }
  const values = form.getValues();
  return (
    <WizardFrame step={step}>
      <form
        noValidate
        className="flex flex-1 flex-col gap-6"
        onSubmit={(event) => {
          event.preventDefault();
          void next();
        }}
      >
        <div key={step} className="flex flex-1 flex-col">
          {step === 'person' && <PersonStep form={form} />}
          {step === 'protection' && <ProtectionStep form={form} />}
          {step === 'kind' && <KindStep form={form} />}
          {step === 'start' && <StartStep form={form} problem={create.error === null ? undefined : messageOf(create.error)} />}
          {step === 'key' && made !== null && (
            <KeyStep
              recoveryKey={made.recoveryKey}
              workspaceName={values.workspaceName.trim() === '' ? values.name : values.workspaceName}
              kept={kept}
              onKept={setKept}
              sample={sample}
            />
          )}
        </div>
        <div data-no-print className="flex flex-wrap items-center gap-2 border-t border-line pt-4">
          {step === 'person' && (
            <Button look="quiet" onClick={() => { setRestoring(true); }}>
              {t('setup.restore.instead')}
            </Button>
          )}
          {step !== 'person' && step !== 'key' && (
            <Button look="quiet" disabled={create.isPending} onClick={back}>
              {t('common.back')}
            </Button>
          )}
          <span className="ml-auto text-xs text-faint max-sm:hidden">{t(step === 'key' ? 'setup.keyKeys' : step === 'person' ? 'setup.firstKeys' : 'setup.keys')}</span>
          <Button type="submit" look="primary" className="max-sm:ml-auto" busy={create.isPending || waiting} disabled={step === 'key' && !kept}>
            {t(step === 'start' ? 'setup.make' : step === 'key' ? 'setup.open' : 'setup.next')}
          </Button>
        </div>
      </form>
    </WizardFrame>
  );
}
