import type { DefaultValues, FieldValues, UseFormReturn } from 'react-hook-form';

/** Shows what is saved. A form that keeps what somebody typed while new data comes would keep it here too, where it is to go. */
export function resetTo<Values extends FieldValues>(form: Pick<UseFormReturn<Values>, 'reset'>, saved: DefaultValues<Values>): void {
  form.reset(saved, { keepDirtyValues: false });
}
