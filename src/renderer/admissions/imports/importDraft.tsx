import { create } from 'zustand';
import type { ImportPreview, ProposedColumn } from '#contract/admissions/imports';
import type { OutputOf } from '#contract/index';
import { call, CallFailure } from '#renderer/data/client';
import { runJob } from '#renderer/data/jobs';

export const steps = ['file', 'columns', 'check', 'result'] as const;
export type Step = (typeof steps)[number];

export type CheckResult = OutputOf<'admissions.imports.check'>;
export type RunResult = OutputOf<'admissions.imports.run'>;
export type UndoResult = OutputOf<'admissions.imports.undo'>;

/** How a file is to be read, where what was found is not right. */
export interface Reading {
  readonly delimiter?: ',' | ';' | '\t' | '|';
  readonly encoding?: NonNullable<ImportPreview['encoding']>;
}

/** An import that is being prepared. It outlives the screen, so that one can look something up and come back. */
interface ImportDraft {
  /** Whose it is: somebody else who signs in at this window begins anew. */
  readonly userId: string | null;
  readonly step: Step;
  readonly file: { readonly fileId: string; readonly name: string } | null;
  readonly reading: Reading;
  readonly preview: ImportPreview | null;
  readonly columns: readonly ProposedColumn[];
  readonly origin: string;
  /** Whether like names are looked for once all rows are in. */
  readonly likeNames: boolean;
  readonly busy: 'reading' | 'checking' | 'importing' | 'undoing' | null;
  readonly jobId: string | null;
  readonly error: string | null;
  readonly check: CheckResult | null;
  readonly result: RunResult | null;
  readonly undone: UndoResult | null;
}

const empty: ImportDraft = {
  userId: null,
  step: 'file',
  file: null,
  reading: {},
  preview: null,
  columns: [],
  origin: '',
  likeNames: true,
  busy: null,
  jobId: null,
  error: null,
  check: null,
  result: null,
  undone: null,
};

export const useImportDraft = create<ImportDraft>(() => empty);

const { getState, setState } = useImportDraft;

/** What a person chose to stop is no error. */
function errorOf(error: unknown): string | null {
  if (error instanceof CallFailure && error.code === 'cancelled') return null;
  return error instanceof Error ? error.message : String(error);
}

async function lookInto(file: NonNullable<ImportDraft['file']>, reading: Reading): Promise<void> {
  setState({ file, reading, busy: 'reading', error: null, check: null, result: null, undone: null });
  try {
    const preview = await call('admissions.imports.preview', { fileId: file.fileId, ...reading });
    // Another file was chosen meanwhile.
    if (getState().file?.fileId !== file.fileId) return;
    setState({ preview, columns: preview.columns, origin: preview.origin, busy: null, step: 'columns' });
  } catch (error) {
    setState({ busy: null, error: errorOf(error), ...(getState().preview === null ? { file: null } : {}) });
  }
}

/** Takes a file that a person chose or dropped, and looks into it. */
export async function chooseFile(pick: () => Promise<{ readonly fileId: string; readonly name: string } | null>): Promise<void> {
  try {
    const file = await pick();
    if (file === null) return;
    startOver();
    await lookInto(file, {});
  } catch (error) {
    setState({ error: errorOf(error) });
  }
}

/** Reads the file again in another way. */
export async function readAs(reading: Reading): Promise<void> {
  const { file } = getState();
  if (file !== null) await lookInto(file, reading);
}

export function changeColumn(index: number, changes: Partial<ProposedColumn>): void {
  setState(({ columns }) => ({ columns: columns.map((column) => (column.index === index ? { ...column, ...changes } : column)), check: null }));
}

export function setOrigin(origin: string): void {
  setState({ origin, check: null });
}

export function setLikeNames(likeNames: boolean): void {
  setState({ likeNames });
}

export function goTo(step: Step): void {
  setState({ step, error: null });
}

export function startOver(): void {
  setState(({ userId }) => ({ ...empty, userId }));
}

/** Takes up the draft for whoever is signed in. */
export function takeUp(userId: string): void {
  if (getState().userId !== userId) setState({ ...empty, userId });
}

function runInput({ file, reading, columns, origin }: ImportDraft) {
  return {
    fileId: file?.fileId ?? '',
    ...reading,
    origin,
    columns: columns.map(({ index, header, proposedField, type, dateFormat, decimal, placeholders, knownWhen }) => ({ index, header, proposedField, type, dateFormat, decimal, placeholders: [...placeholders], knownWhen })),
  };
}

const started = (jobId: string): void => {
  setState({ jobId });
};

/** Reads the whole file without importing it. */
export async function checkFile(): Promise<void> {
  setState({ step: 'check', busy: 'checking', error: null, check: null });
  try {
    setState({ check: await runJob('admissions.imports.check', runInput(getState()), started), busy: null, jobId: null });
  } catch (error) {
    setState({ busy: null, jobId: null, error: errorOf(error), step: 'columns' });
  }
}

/** Imports the file: all of it, or none. */
export async function importFile(): Promise<void> {
  setState({ step: 'result', busy: 'importing', error: null, result: null });
  try {
    setState({ result: await runJob('admissions.imports.run', { ...runInput(getState()), likeNames: getState().likeNames }, started), busy: null, jobId: null });
  } catch (error) {
    setState({ busy: null, jobId: null, error: errorOf(error), step: 'check' });
  }
}

/** Takes the import back that was just made. */
export async function undoImport(importId: string): Promise<void> {
  setState({ busy: 'undoing', error: null });
  try {
    setState({ undone: await runJob('admissions.imports.undo', { importId }, started), busy: null, jobId: null });
  } catch (error) {
    setState({ busy: null, jobId: null, error: errorOf(error) });
  }
}
