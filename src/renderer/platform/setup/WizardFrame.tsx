import { Check } from 'lucide-react';
import { type ReactNode, useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import { classes } from '#renderer/kit/classes';
import { Mark } from '#renderer/shell/Mark';
import { type Step, steps } from './values';

/** One page with its steps on the left; on a narrow window they are one line above. */
export function WizardFrame({ step, children }: { readonly step: Step | null; readonly children: ReactNode }) {
  const { t } = useTranslation();
  const current = step === null ? -1 : steps.indexOf(step);
  return (
    <main className="flex min-h-full items-start justify-center p-4 sm:pt-[10vh]">
      <div className="flex w-full max-w-3xl flex-col rounded-md border border-line bg-surface sm:min-h-[480px] sm:flex-row">
        <div data-no-print className="shrink-0 border-line p-5 max-sm:border-b sm:w-56 sm:border-r sm:p-6">
          <div className="flex items-center gap-2">
            <Mark size={24} />
            <span className="text-lg font-semibold">Ivy</span>
            {step !== null && <span className="tabular ml-auto text-sm text-muted sm:hidden">{t('setup.stepOf', { step: current + 1, steps: steps.length })}</span>}
          </div>
          <ol aria-label={t('setup.steps')} className="mt-6 flex flex-col gap-1 max-sm:hidden">
            {steps.map((each, index) => (
              <li
                key={each}
                aria-current={index === current ? 'step' : undefined}
                className={classes('flex h-8 items-center gap-2.5 rounded-md px-2', index === current ? 'bg-selected font-medium text-text' : 'text-muted')}
              >
                <span
                  className={classes(
                    'tabular flex size-5 shrink-0 items-center justify-center rounded-full border text-xs',
                    index < current ? 'border-good text-good' : index === current ? 'border-text text-text' : 'border-line-strong',
                  )}
                >
                  {index < current ? <Check size={12} aria-hidden /> : index + 1}
                </span>
                {t(`setup.names.${each}`)}
                {index < current && <span className="sr-only">{t('setup.finished')}</span>}
              </li>
            ))}
          </ol>
        </div>
        <div className="flex min-w-0 flex-1 flex-col p-5 sm:p-8">{children}</div>
      </div>
    </main>
  );
}

interface PageProps {
  readonly title: string;
  readonly detail?: ReactNode;
  readonly children: ReactNode;
}

/** One page of the set-up. When it comes, its first field has the focus. */
export function Page({ title, detail, children }: PageProps) {
  const body = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const { current } = body;
    const first = current?.querySelector<HTMLElement>('input:checked') ?? current?.querySelector<HTMLElement>('input, button');
    first?.focus();
  }, []);
  return (
    <>
      <h1 className="text-xl font-semibold">{title}</h1>
      {detail !== undefined && <p className="mt-1 max-w-prose text-muted">{detail}</p>}
      <div ref={body} className="mt-5 flex flex-1 flex-col gap-4">
        {children}
      </div>
    </>
  );
}
