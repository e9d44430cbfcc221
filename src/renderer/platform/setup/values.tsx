import type { InputOf } from '#contract/index';

export type WorkspaceKind = InputOf<'platform.workspaces.create'>['workspace'];

/** What the set-up asks for. */
export interface SetupValues {
  name: string;
  email: string;
  workspaceName: string;
  protection: 'passPhrase' | 'none';
  passPhrase: string;
  confirmation: string;
  kind: WorkspaceKind;
  start: 'sample' | 'file' | 'empty';
}

export const defaultValues: SetupValues = {
  name: '',
  email: '',
  workspaceName: '',
  protection: 'passPhrase',
  passPhrase: '',
  confirmation: '',
  kind: 'admissions',
  start: 'sample',
};

/** The pages of the set-up, in order. After `start` the workspace is made, and there is no way back. */
export const steps = ['person', 'protection', 'kind', 'start', 'key'] as const;
export type Step = (typeof steps)[number];

/** The fields that a page must have right before the next. */
export const fieldsOf: Readonly<Record<Exclude<Step, 'key'>, readonly (keyof SetupValues)[]>> = {
  person: ['name', 'email', 'workspaceName'],
  protection: ['protection', 'passPhrase', 'confirmation'],
  kind: ['kind'],
  start: ['start'],
};

/** Which page asks for what the core refused. */
export function stepOf(path: string): Exclude<Step, 'key'> {
  if (path === 'passPhrase') return 'protection';
  if (path === 'workspace') return 'kind';
  return 'person';
}

/** Somebody who only learns has no leads to try or to bring. */
export function startOf({ kind, start }: SetupValues): SetupValues['start'] {
  return kind === 'learning' ? 'empty' : start;
}

/** What the core is asked to make. */
export function workspaceOf(values: SetupValues): InputOf<'platform.workspaces.create'> {
  const workspaceName = values.workspaceName.trim();
  return {
    name: values.name.trim(),
    email: values.email.trim(),
    passPhrase: values.protection === 'none' ? null : values.passPhrase,
    workspace: values.kind,
    sample: startOf(values) === 'sample',
    ...(workspaceName === '' ? {} : { workspaceName }),
  };
}
