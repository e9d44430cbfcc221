import { MessagesSquare, Plus, Trash2 } from 'lucide-react';
import { useDeferredValue, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '#renderer/data/format';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Button, IconButton } from '#renderer/kit/Button';
import { SkeletonRows } from '#renderer/kit/Face';
import { TextField } from '#renderer/kit/Field';
import { classes } from '#renderer/kit/classes';
import { toast } from '#renderer/kit/toasts';
import { useShortcuts } from '#renderer/kit/useShortcuts';
import { Failure } from '#renderer/shell/Failure';
import { tellFailure } from '#renderer/shell/tellFailure';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { Talk } from './Talk';

const shownAtOnce = 50;

/** The tutor, full screen: earlier talks, and one that goes on. */
export function Tutor() {
  const { t } = useTranslation();
  useScreenTitle(t('places.tutor'));
  const [open, setOpen] = useState<{ readonly key: number; readonly id: string | null }>({ key: 0, id: null });
  const [listed, setListed] = useState(false);
  const choose = (id: string | null): void => {
    setOpen(({ key }) => ({ key: key + 1, id }));
    setListed(false);
  };
  useShortcuts([{ keys: 'n', label: t('tutor.new'), run: () => { choose(null); } }]);
  return (
    <div className="flex h-full min-h-0 max-md:flex-col">
      <div className="flex items-center justify-between gap-2 border-b border-line px-4 py-2 md:hidden">
        <Button size="small" icon={<MessagesSquare size={14} aria-hidden />} aria-expanded={listed} onClick={() => { setListed(!listed); }}>
          {t('tutor.history')}
        </Button>
        <Button size="small" icon={<Plus size={14} aria-hidden />} onClick={() => { choose(null); }}>
          {t('tutor.new')}
        </Button>
      </div>
      <History className={listed ? '' : 'max-md:hidden'} chosen={open.id} onChoose={choose} />
      <div className={classes('min-h-0 min-w-0 flex-1', listed && 'max-md:hidden')}>
        <Talk key={open.key} id={open.id} onBegun={(id) => { setOpen(({ key }) => ({ key, id })); }} />
      </div>
    </div>
  );
}

/** Earlier talks, the newest first. */
function History({ className, chosen, onChoose }: { readonly className: string; readonly chosen: string | null; readonly onChoose: (id: string | null) => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [limit, setLimit] = useState(shownAtOnce);
  const [words, setWords] = useState('');
  const search = useDeferredValue(words.trim());
  const list = useEntry('learning.tutors.list', { limit, search }, { keep: true });
  const remove = useCommand('learning.tutors.remove');
  const putAway = (id: string): void => {
    remove.mutate(
      { id },
      {
        onError: tellFailure,
        onSuccess: () => {
          if (id === chosen) onChoose(null);
          toast({ title: t('tutor.putAway'), action: { label: t('common.undo'), run: () => { remove.mutate({ id, removed: false }, { onError: tellFailure }); } } });
        },
      },
    );
  };
  return (
    <nav aria-label={t('tutor.history')} className={classes('flex min-h-0 flex-col gap-2 overflow-y-auto p-3 max-md:flex-1 md:w-64 md:shrink-0 md:border-r md:border-line', className)}>
      <Button className="max-md:hidden" icon={<Plus size={14} aria-hidden />} onClick={() => { onChoose(null); }}>
        {t('tutor.new')}
      </Button>
      {list.error !== null && <Failure error={list.error} onRetry={() => void list.refetch()} />}
      {list.error === null && list.data === undefined && <SkeletonRows rows={4} label={t('common.loading')} />}
      {(words !== '' || (list.data?.total ?? 0) > 0) && <TextField type="search" label={t('tutor.search')} labelHidden placeholder={t('tutor.search')} maxLength={200} value={words} onChange={(event) => { setWords(event.target.value); }} />}
      <p role="status" className="px-1 text-sm text-muted empty:hidden">
        {list.data?.total === 0 ? (search === '' ? t('tutor.noHistory') : t('tutor.notFound', { words: search })) : ''}
      </p>
      <ul className="flex flex-col gap-0.5">
        {list.data?.items.map(({ id, title, kind, lastAt, courseTitle }) => (
          <li key={id} className={classes('group flex items-start rounded-md', id === chosen ? 'bg-selected' : 'hover:bg-sunken')}>
            <button type="button" aria-current={id === chosen ? 'true' : undefined} onClick={() => { onChoose(id); }} className="min-w-0 flex-1 px-2 py-1.5 text-left">
              <span className="line-clamp-2 break-words">{title}</span>
              <span className="block truncate text-xs text-muted" title={courseTitle}>
                {t(`tutor.kinds.${kind}`)} · {formats.date(lastAt)}
              </span>
            </button>
            <IconButton label={t('tutor.putAwayNamed', { title })} className="mt-0.5" onClick={() => { putAway(id); }}>
              <Trash2 size={14} aria-hidden />
            </IconButton>
          </li>
        ))}
      </ul>
      {list.data !== undefined && list.data.items.length < list.data.total && (
        <Button size="small" look="quiet" onClick={() => { setLimit(limit + shownAtOnce); }}>
          {t('tutor.older')}
        </Button>
      )}
    </nav>
  );
}
