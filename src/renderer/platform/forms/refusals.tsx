import type { FieldValues, Path, UseFormReturn } from 'react-hook-form';
import { CallFailure, messageOf } from '#renderer/data/client';

interface Issue {
  readonly path: string;
  readonly message: string;
}

/** What the core found wrong, field by field. */
export function issuesOf(error: unknown): readonly Issue[] {
  return error instanceof CallFailure && Array.isArray(error.details.issues) ? (error.details.issues as Issue[]) : [];
}

/** Puts a refusal where it belongs: beside its field, or under the form. */
export function showRefusal<Values extends FieldValues>(form: Pick<UseFormReturn<Values>, 'setError' | 'getValues'>, error: unknown): void {
  const values = form.getValues();
  const known = issuesOf(error).filter(({ path }) => (path.split('.')[0] ?? '') in values);
  for (const { path, message } of known) form.setError(path as Path<Values>, { message }, { shouldFocus: true });
  if (known.length === 0) form.setError('root', { message: messageOf(error) });
}
