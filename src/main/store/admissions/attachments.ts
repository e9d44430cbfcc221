import { displayName } from '#domain/admissions/leads/normalise';
import type { RowScope } from '#main/app/scope';
import { idBytes, idText } from '../ids';
import type { Reader, Writer } from '../tx';
import { isReadable, readableLeads } from './scope';

/** An attachment as it is kept; of a link there is no path, of what lies on a machine no link. */
export interface AttachmentRow {
  readonly id: string;
  readonly leadKey: number;
  readonly leadId: string;
  readonly kind: 'file' | 'folder' | 'link';
  readonly name: string;
  readonly link: string | null;
  readonly path: string | null;
  readonly deviceId: string;
  readonly addedBy: string | null;
  readonly addedAt: number;
  readonly removedAt: number | null;
}

type StoredAttachment = Omit<AttachmentRow, 'id' | 'leadId' | 'addedBy'> & {
  readonly id: Buffer;
  readonly leadId: Buffer;
  readonly givenName: string | null;
  readonly familyName: string | null;
};

const selectAttachment = `
  select a.id, a.lead_key as leadKey, l.id as leadId, a.kind, a.name, a.link, unseal(a.path) as path, a.device_id as deviceId,
         a.created_at as addedAt, a.removed_at as removedAt, p.given_name as givenName, p.family_name as familyName
  from attachments a
  join leads l on l.key = a.lead_key
  left join users u on u.key = a.user_key
  left join people p on p.key = u.person_key`;

function asAttachment({ id, leadId, givenName, familyName, ...row }: StoredAttachment): AttachmentRow {
  return { ...row, id: idText(id), leadId: idText(leadId), addedBy: displayName({ given: givenName, family: familyName }) };
}

/** The most attachments that a lead shows. */
const mostListed = 500;

/** The attachments of a lead within a scope, newest first. */
export function listAttachments(reader: Reader, scope: RowScope, leadKey: number): AttachmentRow[] {
  const readable = readableLeads(reader, scope);
  return reader
    .all<StoredAttachment>(
      `${selectAttachment} where a.lead_key = ? and a.removed_at is null and ${readable.sql} order by a.created_at desc, a.key desc limit ${String(mostListed)}`,
      leadKey,
      ...readable.params,
    )
    .map(asAttachment);
}

/** An attachment by its id, also one that was taken away: null where there is none, `outOfScope` where its lead is another team's. */
export function findAttachment(reader: Reader, scope: RowScope, id: string): AttachmentRow | 'outOfScope' | null {
  const row = reader.get<StoredAttachment>(`${selectAttachment} where a.id = ?`, idBytes(id));
  if (row === undefined) return null;
  return isReadable(reader, scope, row.leadKey) ? asAttachment(row) : 'outOfScope';
}

export function insertAttachment(
  writer: Writer,
  attachment: Pick<AttachmentRow, 'id' | 'leadKey' | 'kind' | 'name' | 'link' | 'path' | 'deviceId'> & { readonly userKey: number },
  now: number,
): void {
  writer.run(
    'insert into attachments (id, lead_key, kind, name, link, path, device_id, user_key, created_at) values (?, ?, ?, ?, ?, seal(?), ?, ?, ?)',
    idBytes(attachment.id),
    attachment.leadKey,
    attachment.kind,
    attachment.name,
    attachment.link,
    attachment.path,
    attachment.deviceId,
    attachment.userKey,
    now,
  );
}

/** Takes an attachment away, or puts it back. */
export function setAttachmentRemoved(writer: Writer, id: string, removed: boolean, now: number): void {
  writer.run('update attachments set removed_at = ? where id = ?', removed ? now : null, idBytes(id));
}
