import { Pin } from 'lucide-react';
import { type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '#renderer/data/format';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { TextArea } from '#renderer/kit/Field';
import { Card, Key } from '#renderer/kit/Marks';
import { letGoOfFocus } from '#renderer/kit/useShortcuts';
import { NoteText } from './NoteText';

/** A place to write something down, and what was pinned. All notes stand in the story below, at their time. */
export function Notes({ leadId, field }: { readonly leadId: string; readonly field: Ref<HTMLTextAreaElement> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const notes = useEntry('admissions.notes.list', { leadId }, { keep: true });
  const create = useCommand('admissions.notes.create');
  const [text, setText] = useState('');
  const [open, setOpen] = useState(false);
  const pinned = notes.data?.items.filter((note) => note.pinned) ?? [];
  const save = (): void => {
    if (text.trim() !== '') {
      create.mutate(
        { leadId, text },
        {
          onSuccess: () => {
            setText('');
            letGoOfFocus();
          },
        },
      );
    }
  };
  return (
    <Card title={t('notes.title')}>
      {notes.error !== null && (
        <p role="alert" className="mb-3 text-sm text-critical">
          {notes.error.message}
        </p>
      )}
      {pinned.length > 0 && (
        <ul className="mb-3 flex flex-col gap-3">
          {pinned.map((note) => (
            <li key={note.id} className="group relative flex gap-2">
              <Pin size={13} aria-label={t('notes.pinned')} className="mt-1 shrink-0 text-brand" />
              <div className="min-w-0 flex-1">
                <NoteText note={note} />
                <p className="text-xs text-faint">
                  {note.author?.name} · <time title={formats.moment(note.createdAt)}>{formats.ago(note.createdAt)}</time>
                </p>
              </div>
            </li>
          ))}
        </ul>
      )}
      <form
        className="flex flex-col gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
        onKeyDown={(event) => {
          if (event.key === 'Enter' && (event.metaKey || event.ctrlKey)) save();
        }}
      >
        <TextArea
          ref={field}
          label={t('notes.write')}
          labelHidden
          placeholder={t('notes.write')}
          rows={open || text !== '' ? 3 : 1}
          maxLength={20_000}
          className={open || text !== '' ? '' : '[&_textarea]:min-h-8'}
          value={text}
          error={create.error?.message}
          onChange={(event) => { setText(event.target.value); }}
          onFocus={() => { setOpen(true); }}
          onBlur={() => { setOpen(false); }}
        />
        <div className="flex items-center gap-2">
          <span className="mr-auto text-xs text-faint">{t('contact.saveKeys')}</span>
          <Button type="submit" size="small" disabled={text.trim() === ''} busy={create.isPending}>
            {t('notes.save')} <Key>N</Key>
          </Button>
        </div>
      </form>
    </Card>
  );
}
