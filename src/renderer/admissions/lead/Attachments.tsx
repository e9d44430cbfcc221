import { FileText, Folder, FolderPlus, Link2, Paperclip, Trash2, TriangleAlert } from 'lucide-react';
import { type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Attachment } from '#contract/admissions/attachments';
import { useFormats } from '#renderer/data/format';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Button, IconButton } from '#renderer/kit/Button';
import { TextField } from '#renderer/kit/Field';
import { Card, Key } from '#renderer/kit/Marks';
import { RowActions } from '#renderer/kit/RowActions';
import { toast } from '#renderer/kit/toasts';
import { letGoOfFocus } from '#renderer/kit/useShortcuts';
import { tellFailure } from '#renderer/shell/tellFailure';

const icons = { file: FileText, folder: Folder, link: Link2 } as const;

/** Whether this window may refer to files: a browser tab never learns where one lies. */
const isWindow = (): boolean => window.ivy.door === 'electron';

/** What belongs to a lead and lies elsewhere: links, and in Ivy's own window files and folders. Only the reference is kept. */
export function Attachments({ leadId, field }: { readonly leadId: string; readonly field: Ref<HTMLInputElement> }) {
  const { t } = useTranslation();
  const attachments = useEntry('admissions.attachments.list', { leadId }, { keep: true });
  const create = useCommand('admissions.attachments.create');
  const [link, setLink] = useState('');
  const attachLink = (): void => {
    if (link.trim() !== '') create.mutate({ leadId, link }, { onSuccess: () => { setLink(''); letGoOfFocus(); } });
  };
  const attachFrom = (choose: () => ReturnType<typeof window.ivy.chooseFile>): void => {
    const attach = async (): Promise<void> => {
      const chosen = await choose();
      if (chosen !== null) await create.mutateAsync({ leadId, fileId: chosen.fileId });
    };
    attach().catch(tellFailure);
  };
  const items = attachments.data?.items ?? [];
  return (
    <Card title={t('attachments.title')}>
      {attachments.error !== null && (
        <p role="alert" className="mb-3 text-sm text-critical">
          {attachments.error.message}
        </p>
      )}
      {items.length > 0 && (
        <ul className="mb-3 flex flex-col gap-2">
          {items.map((attachment) => (
            <Row key={attachment.id} attachment={attachment} />
          ))}
        </ul>
      )}
      <form
        className="flex flex-wrap items-start gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          attachLink();
        }}
      >
        <TextField
          ref={field}
          label={t('attachments.link')}
          labelHidden
          placeholder="https://"
          inputMode="url"
          autoComplete="off"
          className="min-w-48 flex-1"
          maxLength={2_048}
          value={link}
          error={create.error?.message}
          hint={isWindow() ? undefined : t('attachments.linksOnly')}
          onChange={(event) => {
            create.reset();
            setLink(event.target.value);
          }}
        />
        <Button type="submit" busy={create.isPending} icon={<Link2 size={14} aria-hidden />}>
          {t('attachments.attach')} <Key>A</Key>
        </Button>
        {isWindow() && (
          <>
            <Button icon={<Paperclip size={14} aria-hidden />} onClick={() => { attachFrom(() => window.ivy.chooseFile({ title: t('attachments.file'), extensions: [] })); }}>
              {t('attachments.file')}
            </Button>
            <Button icon={<FolderPlus size={14} aria-hidden />} onClick={() => { attachFrom(() => window.ivy.chooseFolder(t('attachments.folder'))); }}>
              {t('attachments.folder')}
            </Button>
          </>
        )}
      </form>
    </Card>
  );
}

function Row({ attachment }: { readonly attachment: Attachment }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const remove = useCommand('admissions.attachments.remove');
  const { id, kind, name, link, state, addedBy, addedAt } = attachment;
  const Icon = icons[kind];
  const open = (): void => {
    (link === null ? window.ivy.openAttachment(id) : window.ivy.openLink(link)).catch(tellFailure);
  };
  const takeAway = (): void => {
    remove.mutate(
      { id },
      {
        onSuccess: () => { toast({ title: t('attachments.removed', { name }), action: { label: t('common.undo'), run: () => { remove.mutate({ id, removed: false }, { onError: tellFailure }); } } }); },
        onError: tellFailure,
      },
    );
  };
  return (
    <li className="group relative flex items-start gap-2">
      <Icon size={14} aria-label={t(`attachments.kinds.${kind}`)} className="mt-0.5 shrink-0 text-faint" />
      <div className="min-w-0 flex-1">
        <button type="button" title={link ?? undefined} className="max-w-full truncate text-left font-medium underline-offset-2 hover:underline" onClick={open}>
          {name}
        </button>
        <p className="flex flex-wrap gap-x-2 text-xs text-faint">
          {state !== 'there' && (
            <span className="inline-flex items-center gap-1 font-medium text-high">
              <TriangleAlert size={12} aria-hidden />
              {t(`attachments.states.${state}`)}
            </span>
          )}
          {addedBy !== null && <span>{addedBy}</span>}
          <time title={formats.moment(addedAt)}>{formats.ago(addedAt)}</time>
        </p>
      </div>
      <RowActions>
        <IconButton label={t('attachments.remove', { name })} className="size-6" onClick={takeAway}>
          <Trash2 size={13} aria-hidden />
        </IconButton>
      </RowActions>
    </li>
  );
}
