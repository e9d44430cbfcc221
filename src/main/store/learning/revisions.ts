import { deflateRawSync, inflateRawSync } from 'node:zlib';
import type { Pack } from '#domain/learning/courses/pack';
import { idBytes, idText } from '../ids';
import type { Reader, Writer } from '../tx';

/** An import of a course as its history shows it. */
export interface Revision {
  readonly id: string;
  readonly revision: number;
  readonly by: string;
  readonly format: string;
  readonly fileName: string;
  readonly added: number;
  readonly changed: number;
  readonly retired: number;
  readonly flagged: number;
  readonly rejected: number;
  readonly unsupported: Readonly<Record<string, number>>;
  readonly at: number;
  readonly undoneAt: number | null;
}

/** Keeps what an import brought, whole, under the course's revision of now. */
export function insertRevision(
  writer: Writer,
  courseKey: number,
  revision: Pick<Revision, 'id' | 'format' | 'fileName' | 'added' | 'changed' | 'retired' | 'flagged' | 'rejected' | 'unsupported'> & { readonly userKey: number; readonly pack: Pack },
  now: number,
): void {
  writer.run(
    `insert into study_course_revisions (id, course_key, revision, user_key, format, file_name, content, added, changed, retired, flagged, rejected, unsupported, at)
     select ?, key, revision, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ? from study_courses where key = ?`,
    idBytes(revision.id),
    revision.userKey,
    revision.format,
    revision.fileName,
    deflateRawSync(JSON.stringify(revision.pack)),
    revision.added,
    revision.changed,
    revision.retired,
    revision.flagged,
    revision.rejected,
    JSON.stringify(revision.unsupported),
    now,
    courseKey,
  );
}

/** The imports of a course, the newest first. */
export function listRevisions(reader: Reader, courseKey: number): Revision[] {
  return reader
    .all<Omit<Revision, 'id' | 'by' | 'unsupported'> & { id: Uint8Array; given: string | null; family: string | null; unsupported: string }>(
      `select r.id, r.revision, p.given_name as given, p.family_name as family, r.format, r.file_name as fileName, r.added, r.changed, r.retired, r.flagged, r.rejected, r.unsupported, r.at, r.undone_at as undoneAt
       from study_course_revisions r join users u on u.key = r.user_key join people p on p.key = u.person_key where r.course_key = ? order by r.revision desc limit 200`,
      courseKey,
    )
    .map(({ id, given, family, unsupported, ...row }) => ({
      ...row,
      id: idText(id),
      by: [given, family].filter((part) => part !== null).join(' '),
      unsupported: JSON.parse(unsupported) as Record<string, number>,
    }));
}

/** The imports that still stand, the newest first, as keys of their rows. */
export function standingRevisions(reader: Reader, courseKey: number): { readonly key: number; readonly id: string; readonly at: number }[] {
  return reader
    .all<{ key: number; id: Uint8Array; at: number }>('select key, id, at from study_course_revisions where course_key = ? and undone_at is null order by revision desc', courseKey)
    .map(({ id, ...row }) => ({ ...row, id: idText(id) }));
}

/** What an import brought. */
export function contentOfRevision(reader: Reader, key: number): Pack {
  const content = reader.value<Uint8Array>('select content from study_course_revisions where key = ?', key);
  if (content === undefined) throw new Error('A revision that was just listed is gone.');
  return JSON.parse(inflateRawSync(content).toString('utf8')) as Pack;
}

export function markRevisionUndone(writer: Writer, key: number, undoneAt: number | null): void {
  writer.run('update study_course_revisions set undone_at = ? where key = ?', undoneAt, key);
}
