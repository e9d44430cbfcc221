import { Check } from 'lucide-react';
import { classes } from './classes';

interface WizardStepsProps<Step extends string> {
  readonly current: Step;
  readonly steps: readonly { readonly step: Step; readonly label: string; readonly done: boolean; readonly open: boolean }[];
  readonly onOpen: (step: Step) => void;
}

/** The steps of a wizard: which are done, where one is, and where one may go back to. */
export function WizardSteps<Step extends string>({ current, steps, onOpen }: WizardStepsProps<Step>) {
  return (
    <ol className="flex gap-1 max-md:justify-between md:flex-col">
      {steps.map(({ step, label, done, open }, index) => (
        <li key={step}>
          <button
            type="button"
            disabled={!open}
            aria-current={step === current ? 'step' : undefined}
            onClick={() => { onOpen(step); }}
            className={classes('flex w-full items-center gap-2.5 rounded-md px-2 py-1.5 text-left', step === current ? 'font-medium' : 'text-muted', open && 'hover:bg-sunken hover:text-text')}
          >
            <span className={classes('tabular flex size-5 shrink-0 items-center justify-center rounded-full border text-xs', step === current ? 'border-action bg-action text-on-action' : done ? 'border-good text-good' : 'border-line-strong/60')}>
              {done ? <Check size={12} aria-hidden /> : index + 1}
            </span>
            <span className="max-sm:sr-only">{label}</span>
          </button>
        </li>
      ))}
    </ol>
  );
}
