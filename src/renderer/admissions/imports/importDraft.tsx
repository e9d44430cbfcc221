import { create } from 'zustand';
import type { ImportPreview, ProposedColumn } from '#contract/admissions/imports';
import type { OutputOf } from '#contract/index';
import { call, CallFailure } from '#renderer/data/client';
import { runJob } from '#renderer/data/jobs';

export const steps = ['file', 'columns', 'check', 'result'] as const;
export type Step = (typeof steps)[number];

export type CheckResult = OutputOf<'admissions.imports.check'>;
export type RunResult = OutputOf<'admissions.imports.run'>;
export type EventsResult = OutputOf<'admissions.engagement.import'>;
type EventColumns = OutputOf<'admissions.engagement.columns'>;
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
  /** A mailer's file: one row an open or a click. `found` is the date format as it was proposed. */
  readonly events: (EventColumns & { readonly found: string | null }) | null;
  readonly eventsResult: EventsResult | null;
  readonly eventsUndone: OutputOf<'admissions.engagement.undo'> | null;
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
  events: null,
  eventsResult: null,
  eventsUndone: null,
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
    const events = preview.holdsEvents ? await call('admissions.engagement.columns', { fileId: file.fileId, ...reading }) : null;
    if (getState().file?.fileId !== file.fileId) return;
    setState({ preview, columns: preview.columns, origin: preview.origin, events: events === null ? null : { ...events, found: events.format }, busy: null, step: 'columns' });
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

/** Says that a column of a mailer's file holds a field; a column holds one at most. */
export function changeEventColumn(field: keyof EventColumns['columns'], index: number | null): void {
  const { events } = getState();
  if (events === null) return;
  const columns = Object.fromEntries(Object.entries(events.columns).filter(([name, column]) => name !== field && column !== index));
  setState({ events: { ...events, columns: index === null ? columns : { ...columns, [field]: index } } });
}

export function setEventFormat(format: string): void {
  const { events } = getState();
  if (events !== null) setState({ events: { ...events, format } });
}

/** Takes a file for one of leads after all. */
export function treatAsLeads(): void {
  setState({ events: null });
}

/** Brings a mailer's file in: all of it, or none. */
export async function importEvents(): Promise<void> {
  const { events, file, reading } = getState();
  if (events === null || file === null) return;
  setState({ step: 'result', busy: 'importing', error: null, eventsResult: null });
  try {
    const { columns, format } = events;
    setState({ eventsResult: await runJob('admissions.engagement.import', { fileId: file.fileId, ...reading, columns, ...(format === null ? {} : { format }) }, started), busy: null, jobId: null });
  } catch (error) {
    setState({ busy: null, jobId: null, error: errorOf(error), step: 'columns' });
  }
}

/** Takes a mailer's file back that has just come in. */
export async function undoEvents(fileId: string): Promise<void> {
  setState({ busy: 'undoing', error: null });
  try {
    setState({ eventsUndone: await runJob('admissions.engagement.undo', { fileId }, started), busy: null, jobId: null });
  } catch (error) {
    setState({ busy: null, jobId: null, error: errorOf(error) });
  }
}
