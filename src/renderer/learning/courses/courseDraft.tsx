import { create } from 'zustand';
import type { CourseExam, CoursePreview } from '#contract/learning/courses';
import type { InputOf, OutputOf } from '#contract/index';
import { call, CallFailure, messageOf } from '#renderer/data/client';
import { runJob } from '#renderer/data/jobs';

export const steps = ['file', 'columns', 'blueprint', 'result'] as const;
export type Step = (typeof steps)[number];

type Domain = CoursePreview['blueprint']['domains'][number];
type Table = NonNullable<CoursePreview['table']>;

/** How a course is made up, while somebody looks it over. */
export interface BlueprintDraft {
  readonly title: string;
  readonly exam: CourseExam;
  readonly domains: readonly Domain[];
}

/** A course that is being imported. It outlives the screen, so that one can look something up and come back. */
interface CourseDraft {
  /** Whose it is: somebody else who signs in at this window begins anew. */
  readonly userId: string | null;
  readonly step: Step;
  readonly file: { readonly fileId: string; readonly name: string } | null;
  readonly preview: CoursePreview | null;
  /** What the columns of a table become, where a person changed it. */
  readonly table: Pick<Table, 'columns' | 'answers'> | null;
  readonly blueprint: BlueprintDraft | null;
  readonly audience: 'nobody' | 'team' | 'everyone';
  /** Whether the course that the file seems to belong to is updated. */
  readonly update: boolean;
  readonly replaceEdited: boolean;
  readonly busy: 'reading' | 'importing' | null;
  readonly jobId: string | null;
  readonly error: string | null;
  readonly result: OutputOf<'learning.courses.import'> | null;
}

const empty: CourseDraft = {
  userId: null,
  step: 'file',
  file: null,
  preview: null,
  table: null,
  blueprint: null,
  audience: 'everyone',
  update: true,
  replaceEdited: false,
  busy: null,
  jobId: null,
  error: null,
  result: null,
};

export const useCourseDraft = create<CourseDraft>(() => empty);
const { getState, setState } = useCourseDraft;

/** What a person chose to stop is no error. */
const errorOf = (error: unknown): string | null => (error instanceof CallFailure && error.code === 'cancelled' ? null : messageOf(error));

function readingOf({ file, table, update }: CourseDraft): InputOf<'learning.courses.preview'> {
  return {
    fileId: file?.fileId ?? '',
    ...(table === null ? {} : { columns: table.columns.map(({ field }) => field), answers: table.answers }),
    ...(update ? {} : { courseId: null }),
  };
}

async function look(next: Step | null): Promise<void> {
  const { file } = getState();
  setState({ busy: 'reading', error: null, result: null });
  try {
    const preview = await call('learning.courses.preview', readingOf(getState()));
    // Another file was chosen meanwhile.
    if (getState().file?.fileId !== file?.fileId) return;
    setState(({ step }) => ({ preview, blueprint: preview.blueprint, busy: null, step: next ?? (preview.table !== null && step === 'file' ? 'columns' : 'blueprint') }));
  } catch (error) {
    setState({ busy: null, error: errorOf(error), ...(getState().preview === null ? { file: null } : {}) });
  }
}

/** Takes a file that a person chose or dropped, and looks into it. */
export async function chooseCourse(pick: () => Promise<{ readonly fileId: string; readonly name: string } | null>): Promise<void> {
  try {
    const file = await pick();
    if (file === null) return;
    startOver();
    setState({ file });
    await look(null);
  } catch (error) {
    setState({ error: errorOf(error) });
  }
}

/** Says what the columns of a table become, and looks again. */
export async function mapColumns(table: Pick<Table, 'columns' | 'answers'>): Promise<void> {
  setState({ table });
  await look('columns');
}

/** Whether the file updates the course that it seems to belong to, or becomes one of its own. */
export async function setUpdate(update: boolean): Promise<void> {
  setState({ update });
  await look('blueprint');
}

export function setDraft(changes: Partial<Pick<CourseDraft, 'blueprint' | 'audience' | 'replaceEdited' | 'step'>>): void {
  setState({ ...changes, error: null });
}

export function startOver(): void {
  setState(({ userId, audience }) => ({ ...empty, userId, audience }));
}

/** Takes up the draft for whoever is signed in; what a student brings is for nobody else unless they say so. */
export function takeUp(userId: string, audience: CourseDraft['audience']): void {
  if (getState().userId !== userId) setState({ ...empty, userId, audience });
}

/** Imports the course: all of it, or none. */
export async function importCourse(): Promise<void> {
  const draft = getState();
  const { blueprint, audience, replaceEdited, preview } = draft;
  if (blueprint === null) return;
  setState({ step: 'result', busy: 'importing', error: null, result: null });
  try {
    const result = await runJob(
      'learning.courses.import',
      {
        ...readingOf(draft),
        title: blueprint.title,
        exam: blueprint.exam,
        domains: blueprint.domains.map(({ code, title, weight, topics }) => ({ code, title, weight, topics: topics.map((topic) => ({ code: topic.code, title: topic.title })) })),
        ...(preview?.updates === null ? { audience } : {}),
        replaceEdited,
      },
      (jobId) => { setState({ jobId }); },
    );
    setState({ result, busy: null, jobId: null });
  } catch (error) {
    setState({ busy: null, jobId: null, error: errorOf(error), step: 'blueprint' });
  }
}
