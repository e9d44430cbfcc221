import { Pencil, Pin, PinOff, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Note } from '#contract/admissions/notes';
import { useFormats } from '#renderer/data/format';
import { useCommand } from '#renderer/data/hooks';
import { Button, IconButton } from '#renderer/kit/Button';
import { TextArea } from '#renderer/kit/Field';
import { RowActions } from '#renderer/kit/RowActions';
import { toast } from '#renderer/kit/toasts';
import { tellFailure } from '#renderer/shell/tellFailure';
import { PlainText } from './PlainText';

/** The words of a note, with what one can do to it; each step can be undone. */
export function NoteText({ note }: { readonly note: Note }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const update = useCommand('admissions.notes.update');
  const remove = useCommand('admissions.notes.remove');
  const [draft, setDraft] = useState<string | null>(null);
  const save = (): void => {
    if (draft === null || draft.trim() === '') return;
    if (draft.trim() === note.text) {
      setDraft(null);
      return;
    }
    update.mutate(
      { id: note.id, text: draft, revision: note.revision },
      {
        onSuccess: () => {
          setDraft(null);
          toast({ title: t('notes.changed'), action: { label: t('common.undo'), run: () => { update.mutate({ id: note.id, text: note.text }, { onError: tellFailure }); } } });
        },
      },
    );
  };
  const pin = (): void => {
    update.mutate({ id: note.id, pinned: !note.pinned }, { onError: tellFailure });
  };
  const takeAway = (): void => {
    remove.mutate(
      { id: note.id },
      {
        onSuccess: () => { toast({ title: t('notes.removed'), action: { label: t('common.undo'), run: () => { remove.mutate({ id: note.id, removed: false }, { onError: tellFailure }); } } }); },
        onError: tellFailure,
      },
    );
  };
  if (draft !== null) {
    return (
      <form
        className="flex flex-col gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) save();
          if (event.key !== 'Escape') return;
          event.stopPropagation();
          setDraft(null);
        }}
      >
        <TextArea label={t('notes.edit')} labelHidden autoFocus rows={3} maxLength={20_000} value={draft} error={update.error?.message} onChange={(event) => { setDraft(event.target.value); }} />
        <div className="flex justify-end gap-2">
          <Button size="small" onClick={() => { setDraft(null); }}>{t('common.cancel')}</Button>
          <Button size="small" type="submit" look="primary" busy={update.isPending}>
            {t('lead.save')}
          </Button>
        </div>
      </form>
    );
  }
  return (
    <div className="flex items-start gap-2">
      <p className="min-w-0 flex-1">
        <PlainText>{note.text}</PlainText>
        {note.editedAt !== null && (
          <span className="ml-1.5 text-xs text-faint" title={formats.moment(note.editedAt)}>
            {t('notes.edited')}
          </span>
        )}
      </p>
      <RowActions>
        <IconButton label={t(note.pinned ? 'notes.unpin' : 'notes.pin')} className="size-6" onClick={pin}>
          {note.pinned ? <PinOff size={13} aria-hidden /> : <Pin size={13} aria-hidden />}
        </IconButton>
        {note.mine && (
          <>
            <IconButton label={t('notes.edit')} className="size-6" onClick={() => { setDraft(note.text); }}>
              <Pencil size={13} aria-hidden />
            </IconButton>
            <IconButton label={t('notes.remove')} className="size-6" onClick={takeAway}>
              <Trash2 size={13} aria-hidden />
            </IconButton>
          </>
        )}
      </RowActions>
    </div>
  );
}
