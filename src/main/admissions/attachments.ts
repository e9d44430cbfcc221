import { Refusal } from '#contract/errors';
import type { Attachment, attachments } from '#contract/admissions/attachments';
import { webLink } from '#contract/links';
import { actorOf, type CallContext, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { kindAt } from '#main/files/reference';
import { type AttachmentRow, findAttachment, insertAttachment, listAttachments, setAttachmentRemoved } from '#main/store/admissions/attachments';
import { deviceOf } from '#main/store/platform/workspace';
import { requireInScope, requireLead } from './leadView';

const goneAttachment = 'That attachment does not exist any more.';

function stateOf({ path, deviceId }: AttachmentRow, ownDevice: string): Attachment['state'] {
  if (path === null) return 'there';
  if (deviceId !== ownDevice) return 'elsewhere';
  return kindAt(path) === null ? 'missing' : 'there';
}

/** An attachment for the outside. Where it lies is told to the command line alone, which could look for itself. */
function publicAttachment({ door, store }: CallContext, row: AttachmentRow): Attachment {
  const { leadKey: _lead, removedAt: _removed, deviceId: _device, path, ...attachment } = row;
  return { ...attachment, path: door === 'cli' ? path : null, state: stateOf(row, deviceOf(store)) };
}

const longestName = 200;

/** What a link is called where nobody gave it a name: its place, without the question behind it, where keys of access stand. */
function nameOfLink(link: string): string {
  const { hostname, pathname } = new URL(link);
  return `${hostname}${pathname.replace(/\/+$/, '')}`.slice(0, longestName);
}

interface Reference {
  readonly kind: AttachmentRow['kind'];
  readonly name: string;
  readonly link: string | null;
  readonly path: string | null;
}

export function attachmentsHandlers({ files, newId, now }: HandlerParts): HandlersOf<typeof attachments> {
  const require = (context: CallContext, id: string): AttachmentRow => requireInScope(findAttachment(context.store, context.scope, id), id, goneAttachment);

  const referenceOf = (input: { readonly link?: string | undefined; readonly path?: string | undefined; readonly fileId?: string | undefined }, context: CallContext): Reference => {
    if (input.link !== undefined) {
      const link = webLink(input.link);
      if (link === null) throw new Refusal('invalid_input', 'Ivy attaches only https links. Copy the whole address, from https:// on.', { field: 'link' });
      return { kind: 'link', name: nameOfLink(link), link, path: null };
    }
    const { path, name } = files.chosen(input, context);
    if (files.isTemporary(input.fileId)) {
      throw new Refusal('not_permitted', 'A browser hands over a copy and not the file itself. Attach a link here, or the file in Ivy’s own window.');
    }
    const kind = kindAt(path);
    if (kind === null) throw new Refusal('not_found', `There is no file or folder at ${context.door === 'cli' ? path : name}. Check its place and choose it again.`);
    return { kind, name, link: null, path };
  };

  return {
    'admissions.attachments.list': ({ leadId }, context) => ({
      items: listAttachments(context.store, context.scope, requireLead(context, leadId).key).map((row) => publicAttachment(context, row)),
    }),

    'admissions.attachments.create': ({ leadId, name, link, path, fileId }, context) => {
      const lead = requireLead(context, leadId);
      const reference = referenceOf({ link, path, fileId }, context);
      const id = newId();
      context.transact((writer, notes) => {
        insertAttachment(writer, { ...reference, id, leadKey: lead.key, name: name ?? reference.name, deviceId: deviceOf(writer), userKey: actorOf(context).userKey }, now());
        notes.target(leadId, id);
        notes.detail('kind', reference.kind);
      });
      files.release(fileId);
      return publicAttachment(context, require(context, id));
    },

    'admissions.attachments.remove': ({ id, removed }, context) => {
      const row = require(context, id);
      context.transact((writer, notes) => {
        if ((row.removedAt !== null) !== removed) setAttachmentRemoved(writer, id, removed, now());
        notes.target(row.leadId, id);
        notes.detail('removed', removed);
      });
      return { id, removed };
    },

    'admissions.attachments.open': ({ id }, context) => {
      const row = require(context, id);
      if (row.removedAt !== null) throw new Refusal('not_found', 'That attachment was taken away. Put it back first.', { id });
      const { kind, link, path } = row;
      if (path !== null) {
        if (context.door === 'web') throw new Refusal('not_permitted', 'A browser cannot open files of this machine. Open the lead in Ivy’s own window.', { id });
        const state = stateOf(row, deviceOf(context.store));
        if (state === 'elsewhere') throw new Refusal('unavailable', `${row.name} lies on another machine. Open it there.`, { id });
        if (state === 'missing') throw new Refusal('not_found', `${row.name} is not there any more. It was moved, renamed or deleted, or its disk is not connected. Attach it again from its new place.`, { id });
      }
      context.transact((_writer, notes) => {
        notes.target(row.leadId, id);
        notes.detail('kind', kind);
      });
      const openingId = path === null || context.door !== 'electron' ? null : files.offer(path, actorOf(context).userId);
      return { kind, link, path: context.door === 'cli' ? path : null, openingId };
    },
  };
}
