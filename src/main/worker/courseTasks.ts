import { proposeBlueprint } from '#domain/learning/courses/blueprint';
import { checkPack } from '#domain/learning/courses/check';
import type { PackProblem } from '#domain/learning/courses/draft';
import type { Pack } from '#domain/learning/courses/pack';
import type { Phrase } from '#domain/kernel/phrase';
import { openPack, type PackChoice, type PackFormat, type TableFound } from '#main/files/packs/openPack';
import { writePackFile, type WritePack } from '#main/files/packs/writePack';
import type { TaskContext } from './tasks';

export interface ReadCourse {
  readonly format: PackFormat;
  /** What the proposed titles, domains and exam of the pack rest on. */
  readonly basis: readonly Phrase[];
  /** Whether the file itself says how the course is made up. */
  readonly stated: boolean;
  readonly pack: Pack;
  readonly problems: readonly PackProblem[];
  readonly rejected: number;
  readonly unsupported: Readonly<Record<string, number>>;
  readonly table: TableFound | null;
}

/** Reads a course from a file and checks it. */
export async function readCourseTask(file: PackChoice, { checkpoint }: TaskContext<never>): Promise<ReadCourse> {
  const { format, draft, table } = await openPack(file, checkpoint);
  const { blueprint, basis, topics, cardTopics } = proposeBlueprint(draft, file.name);
  const { pack, problems, rejected } = checkPack(draft, blueprint, topics, cardTopics);
  return { format, basis, stated: draft.domains !== null, pack, problems, rejected, unsupported: draft.unsupported, table };
}

/** Writes a course to a file; answers how large it is, in bytes. */
export function writeCourseTask(payload: WritePack, { checkpoint }: TaskContext<never>): Promise<number> {
  return writePackFile(payload, checkpoint);
}
