import { useTranslation } from 'react-i18next';
import { create } from 'zustand';
import type { InputOf } from '#contract/index';
import { targets } from '#contract/models/shapes';
import { Select } from '#renderer/kit/Field';

export type Target = NonNullable<InputOf<'models.registry.list'>['target']>;

/** What the screens of models are about: the same on all of them while one goes from one to the next. */
export const useTarget = create<{ readonly target: Target; readonly choose: (target: Target) => void }>((set) => ({
  target: 'lead.conversion',
  choose: (target) => { set({ target }); },
}));

/** The name of a target in the catalogue. */
export const targetWord = { 'lead.conversion': 'conversion', 'student.risk': 'risk', 'student.readiness': 'readiness' } as const satisfies Readonly<Record<Target, string>>;

/** Chooses what is foretold. */
export function TargetSelect({ hint, disabled = false }: { readonly hint?: string; readonly disabled?: boolean }) {
  const { t } = useTranslation();
  const { target, choose } = useTarget();
  return (
    <Select
      className="w-full max-w-sm"
      label={t('models.training.target')}
      value={target}
      disabled={disabled}
      options={targets.map((value) => ({ value, label: t(`models.training.targets.${targetWord[value]}`) }))}
      {...(hint === undefined ? {} : { hint })}
      onChange={(event) => {
        const chosen = targets.find((each) => each === event.target.value);
        if (chosen !== undefined) choose(chosen);
      }}
    />
  );
}
