import { Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LeadRow } from '#contract/admissions/leads';
import type { NamedTag } from '#contract/admissions/tags';
import { useCommand } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { toast } from '#renderer/kit/toasts';
import { tellFailure } from '#renderer/shell/tellFailure';
import { TagChips } from './TagChips';
import { TagDialog } from './TagDialog';

/** The tags of one lead: put on and taken off, each with undo. */
export function LeadTags({ lead }: { readonly lead: Pick<LeadRow, 'id' | 'name' | 'tags'> }) {
  const { t } = useTranslation();
  const [open, setOpen] = useState(false);
  const add = useCommand('admissions.tags.add');
  const remove = useCommand('admissions.tags.remove');
  const putOn = (tags: string[], said: boolean): void => {
    const back = (): void => { takeOff(tags, false); };
    add.mutate({ ids: [lead.id], tags }, { onSuccess: () => { if (said) toast({ title: t('tags.added', { name: lead.name, tags: tags.join(', ') }), action: { label: t('common.undo'), run: back } }); }, onError: tellFailure });
  };
  const takeOff = (tags: string[], said: boolean): void => {
    const back = (): void => { putOn(tags, false); };
    remove.mutate({ ids: [lead.id], tags }, { onSuccess: () => { if (said) toast({ title: t('tags.taken', { name: lead.name, tags: tags.join(', ') }), action: { label: t('common.undo'), run: back } }); }, onError: tellFailure });
  };
  return (
    <div role="group" aria-label={t('words.fields.tags')} className="flex flex-wrap items-center gap-1.5">
      <TagChips tags={lead.tags} onRemove={({ name }: NamedTag) => { takeOff([name], true); }} />
      <Button size="small" look="quiet" icon={<Plus size={13} aria-hidden />} onClick={() => { setOpen(true); }}>
        {t('tags.tag')}
      </Button>
      {open && (
        <TagDialog
          count={1}
          onClose={() => { setOpen(false); }}
          onDone={({ addTags, removeTags }) => {
            setOpen(false);
            const carried = lead.tags.map(({ name }) => name);
            const [fresh, gone] = [addTags.filter((name) => !carried.includes(name)), removeTags.filter((name) => carried.includes(name))];
            if (fresh.length > 0) putOn(fresh, true);
            if (gone.length > 0) takeOff(gone, true);
          }}
        />
      )}
    </div>
  );
}
