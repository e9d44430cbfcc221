import { Clock, Star, Trash2 } from 'lucide-react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import type { AskedOutput, AskedQuestion, SavedQuery } from '#contract/admissions/queries';
import { type ViewAudience, viewAudiences } from '#contract/admissions/views';
import { useFormats } from '#renderer/data/format';
import { useCommand } from '#renderer/data/hooks';
import { Button, IconButton } from '#renderer/kit/Button';
import { Dialog } from '#renderer/kit/Dialog';
import { Select, TextField } from '#renderer/kit/Field';
import { toast } from '#renderer/kit/toasts';
import { tellFailure } from '#renderer/shell/tellFailure';

type Open = (text: string, before: AskedOutput | null) => void;

/** Questions that were saved, one's own and shared ones. */
export function SavedList({ saved, onOpen }: { readonly saved: readonly SavedQuery[]; readonly onOpen: Open }) {
  const { t } = useTranslation();
  const remove = useCommand('admissions.queries.remove');
  const takeAway = ({ id, name }: SavedQuery): void => {
    const back = (): void => {
      remove.mutate({ id, removed: false }, { onError: tellFailure });
    };
    remove.mutate({ id }, { onSuccess: () => { toast({ title: t('views.removed', { name }), action: { label: t('common.undo'), run: back } }); }, onError: tellFailure });
  };
  if (saved.length === 0) return <p className="px-2 text-sm text-faint">{t('ask.noSaved')}</p>;
  return (
    <ul className="flex flex-col">
      {saved.map((query) => (
        <li key={query.id} className="flex items-center">
          <button type="button" className="flex min-h-10 min-w-0 flex-1 items-center gap-2.5 rounded px-2 text-left hover:bg-sunken" onClick={() => { onOpen(query.text, query.before); }}>
            <Star size={14} aria-hidden className="shrink-0 text-faint" />
            <span className="min-w-0 flex-1">
              <span className="block truncate font-medium">{query.name}</span>
              <span className="block truncate text-sm text-muted">{query.text}</span>
            </span>
            <span className="shrink-0 text-xs text-faint">{query.mine ? t(`views.audiences.${query.audience}`) : t('views.by', { name: query.owner })}</span>
          </button>
          {query.mine && (
            <IconButton label={t('views.remove', { name: query.name })} onClick={() => { takeAway(query); }}>
              <Trash2 size={14} aria-hidden />
            </IconButton>
          )}
        </li>
      ))}
    </ul>
  );
}

/** The latest questions of oneself. */
export function HistoryList({ history, onOpen }: { readonly history: readonly AskedQuestion[]; readonly onOpen: Open }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const forget = useCommand('admissions.queries.forget');
  if (history.length === 0) return <p className="px-2 text-sm text-faint">{t('ask.noHistory')}</p>;
  return (
    <>
      <ul className="flex flex-col">
        {history.slice(0, 12).map(({ id, text, before, askedAt }) => (
          <li key={id}>
            <button type="button" className="flex min-h-8 w-full items-center gap-2.5 rounded px-2 text-left hover:bg-sunken" onClick={() => { onOpen(text, before); }}>
              <Clock size={14} aria-hidden className="shrink-0 text-faint" />
              <span className="min-w-0 flex-1 truncate">{text}</span>
              <span className="shrink-0 text-xs text-faint">{formats.ago(askedAt)}</span>
            </button>
          </li>
        ))}
      </ul>
      <Button size="small" look="quiet" className="mt-1" onClick={() => { forget.mutate({}, { onError: tellFailure }); }}>
        {t('ask.forget')}
      </Button>
    </>
  );
}

interface Values {
  name: string;
  audience: ViewAudience;
}

/** Keeps a question under a name, for oneself or for others. */
export function SaveQuestion({ text, before, onClose }: { readonly text: string; readonly before: AskedOutput | null; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const save = useCommand('admissions.queries.save');
  const { register, handleSubmit, formState } = useForm<Values>({ defaultValues: { name: text.slice(0, 100), audience: 'nobody' } });
  const submit = handleSubmit((values) => {
    save.mutate({ ...values, text, before }, { onSuccess: ({ name }) => { toast({ title: t('views.saved', { name }) }); onClose(); } });
  });
  return (
    <Dialog open onClose={onClose} title={t('ask.saveTitle')} closeLabel={t('common.close')}>
      <form noValidate className="flex flex-col gap-4" onSubmit={(event) => void submit(event)}>
        <TextField label={t('views.name')} maxLength={100} autoComplete="off" error={formState.errors.name?.message} {...register('name', { validate: (name) => name.trim() !== '' || t('ask.nameMissing') })} />
        <Select label={t('views.audience')} hint={t('ask.audienceHint')} options={viewAudiences.map((value) => ({ value, label: t(`views.audiences.${value}`) }))} {...register('audience')} />
        {save.error !== null && (
          <p role="alert" className="text-sm text-critical">
            {save.error.message}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" busy={save.isPending}>
            {t('views.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
