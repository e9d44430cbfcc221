import { Merge, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { longestTag, type Tag } from '#contract/admissions/tags';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { useFormats } from '#renderer/data/format';
import { Button, IconButton } from '#renderer/kit/Button';
import { Dialog } from '#renderer/kit/Dialog';
import { Select, TextField } from '#renderer/kit/Field';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { SkeletonRows } from '#renderer/kit/Face';
import { toast } from '#renderer/kit/toasts';
import { tellFailure } from '#renderer/shell/tellFailure';

interface Editing {
  readonly what: 'rename' | 'merge';
  readonly id: string;
}

/** Every tag with how many leads carry it: renamed, merged into another, or deleted, each with a way back. */
export function ManageTags({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const tags = useEntry('admissions.tags.list', {});
  const [editing, setEditing] = useState<Editing | null>(null);
  const rename = useCommand('admissions.tags.rename');
  const merge = useCommand('admissions.tags.merge');
  const remove = useCommand('admissions.tags.delete');
  const items = tags.data?.items ?? [];
  const renameTo = ({ id, name: before }: Tag, name: string): void => {
    setEditing(null);
    if (name.trim() === '' || name.trim() === before) return;
    const back = (): void => { rename.mutate({ id, name: before }, { onError: tellFailure }); };
    rename.mutate({ id, name }, { onSuccess: () => { toast({ title: t('tags.renamed', { name: name.trim() }), action: { label: t('common.undo'), run: back } }); }, onError: tellFailure });
  };
  const mergeInto = ({ id, name }: Tag, into: string): void => {
    setEditing(null);
    const other = items.find((each) => each.id === into);
    if (other === undefined) return;
    const back = (): void => { merge.mutate({ id, into: null }, { onError: tellFailure }); };
    merge.mutate({ id, into }, { onSuccess: () => { toast({ title: t('tags.merged', { name, into: other.name }), action: { label: t('common.undo'), run: back } }); }, onError: tellFailure });
  };
  const takeAway = ({ id, name }: Tag): void => {
    const back = (): void => { remove.mutate({ id, deleted: false }, { onError: tellFailure }); };
    remove.mutate({ id }, { onSuccess: () => { toast({ title: t('tags.deleted', { name }), action: { label: t('common.undo'), run: back } }); }, onError: tellFailure });
  };
  return (
    <Dialog open onClose={onClose} title={t('tags.manage')} description={t('tags.manageDetail')} closeLabel={t('common.close')}>
      {tags.data === undefined && <SkeletonRows rows={3} label={t('common.loading')} />}
      {tags.data !== undefined && items.length === 0 && <p className="text-muted">{t('tags.noneYet')}</p>}
      {items.length > 0 && (
        <Sheet caption={t('tags.manage')}>
          <thead>
            <tr>
              <Head>{t('tags.name')}</Head>
              <Head number>{t('tags.leads')}</Head>
              <Head>
                <span className="sr-only">{t('tags.actions')}</span>
              </Head>
            </tr>
          </thead>
          <tbody>
            {items.map((tag) => (
              <tr key={tag.id}>
                <Cell>
                  {editing?.id === tag.id ? <EditTag key={editing.what} what={editing.what} tag={tag} others={items.filter(({ id }) => id !== tag.id)} onRename={(name) => { renameTo(tag, name); }} onMerge={(into) => { mergeInto(tag, into); }} onCancel={() => { setEditing(null); }} /> : tag.name}
                </Cell>
                <Cell number>{formats.number(tag.leads)}</Cell>
                <Cell className="text-right whitespace-nowrap">
                  {tag.changeable ? (
                    <>
                      <IconButton label={t('tags.rename', { name: tag.name })} onClick={() => { setEditing({ what: 'rename', id: tag.id }); }}>
                        <Pencil size={14} aria-hidden />
                      </IconButton>
                      <IconButton label={t('tags.merge', { name: tag.name })} disabled={items.length < 2} onClick={() => { setEditing({ what: 'merge', id: tag.id }); }}>
                        <Merge size={14} aria-hidden />
                      </IconButton>
                      <IconButton label={t('tags.delete', { name: tag.name })} onClick={() => { takeAway(tag); }}>
                        <Trash2 size={14} aria-hidden />
                      </IconButton>
                    </>
                  ) : (
                    <span className="text-xs text-faint">{t('tags.others')}</span>
                  )}
                </Cell>
              </tr>
            ))}
          </tbody>
        </Sheet>
      )}
    </Dialog>
  );
}

interface EditTagProps {
  readonly what: Editing['what'];
  readonly tag: Tag;
  readonly others: readonly Tag[];
  readonly onRename: (name: string) => void;
  readonly onMerge: (into: string) => void;
  readonly onCancel: () => void;
}

function EditTag({ what, tag, others, onRename, onMerge, onCancel }: EditTagProps) {
  const { t } = useTranslation();
  const [value, setValue] = useState(what === 'rename' ? tag.name : (others[0]?.id ?? ''));
  return (
    <form
      className="flex items-center gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (what === 'rename') onRename(value);
        else onMerge(value);
      }}
      onKeyDown={(event) => {
        if (event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        onCancel();
      }}
    >
      {what === 'rename' ? (
        <TextField label={t('tags.rename', { name: tag.name })} labelHidden autoFocus maxLength={longestTag} value={value} onChange={(event) => { setValue(event.target.value); }} />
      ) : (
        <Select label={t('tags.merge', { name: tag.name })} labelHidden autoFocus value={value} options={others.map(({ id, name }) => ({ value: id, label: name }))} onChange={(event) => { setValue(event.target.value); }} />
      )}
      <Button type="submit" size="small" look="primary">
        {t(what === 'rename' ? 'tags.save' : 'tags.mergeNow')}
      </Button>
      <Button size="small" onClick={onCancel}>{t('common.cancel')}</Button>
    </form>
  );
}
