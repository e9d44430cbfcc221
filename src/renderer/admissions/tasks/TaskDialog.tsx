import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Task } from '#contract/admissions/tasks';
import { useFormats } from '#renderer/data/format';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Dialog } from '#renderer/kit/Dialog';
import { Select, TextField } from '#renderer/kit/Field';
import { toast } from '#renderer/kit/toasts';
import { useSignedIn } from '#renderer/shell/session';
import { tellFailure } from '#renderer/shell/tellFailure';
import { DueField, type DueText, noDue } from './TaskFields';

interface TaskDialogProps {
  /** The task that is changed; without one a new one is made for the lead. */
  readonly task?: Task;
  readonly lead?: { readonly id: string; readonly name: string } | null;
  /** Words to begin a new task with. */
  readonly words?: string;
  readonly onClose: () => void;
}

/** A task's words, its date and whose it is. */
export function TaskDialog({ task, lead = task?.lead ?? null, words = '', onClose }: TaskDialogProps) {
  const { t } = useTranslation();
  const { user, workspace } = useSignedIn();
  const formats = useFormats(workspace.timeZone);
  const create = useCommand('admissions.tasks.create');
  const update = useCommand('admissions.tasks.update');
  const options = useEntry('admissions.leads.options', {}, { enabled: lead !== null });
  const [title, setTitle] = useState(task?.title ?? words);
  const [due, setDue] = useState<DueText>(task === undefined || task.dueAt === null ? noDue : { text: formats.moment(task.dueAt), at: task.dueAt });
  const [assigneeId, setAssigneeId] = useState(task?.assignee?.id ?? user.id);
  const failure = create.error ?? update.error;
  const people = options.data?.owners ?? [];
  const known = people.some(({ id }) => id === assigneeId) ? people : [...people, { id: assigneeId, name: task?.assignee?.name ?? user.name }];
  const save = (): void => {
    if (title.trim() === '' || due.at === undefined) return;
    const wanted = { title, dueAt: due.at, ...(lead === null ? {} : { assigneeId }) };
    if (task === undefined) {
      create.mutate(
        { ...wanted, ...(lead === null ? {} : { leadId: lead.id }) },
        {
          onSuccess: ({ title: made }) => {
            onClose();
            toast({ title: t('tasks.added', { title: made }) });
          },
        },
      );
      return;
    }
    const before = { title: task.title, dueAt: task.dueAt, ...(task.assignee === null ? {} : { assigneeId: task.assignee.id }) };
    update.mutate(
      { id: task.id, revision: task.revision, ...wanted },
      {
        onSuccess: ({ title: now }) => {
          onClose();
          toast({ title: t('tasks.changed', { title: now }), action: { label: t('common.undo'), run: () => { update.mutate({ id: task.id, ...before }, { onError: tellFailure }); } } });
        },
      },
    );
  };
  return (
    <Dialog open onClose={onClose} title={task !== undefined ? t('tasks.edit') : lead === null ? t('tasks.new') : t('tasks.newFor', { name: lead.name })} closeLabel={t('common.close')}>
      <form
        className="flex flex-col gap-4"
        onSubmit={(event) => {
          event.preventDefault();
          save();
        }}
      >
        <TextField label={t('lead.taskTitle')} autoFocus required maxLength={500} value={title} onChange={(event) => { setTitle(event.target.value); }} />
        <div className="grid gap-3 sm:grid-cols-2">
          <DueField value={due} onChange={setDue} />
          {lead !== null && (
            <Select label={t('tasks.assignee')} value={assigneeId} options={known.map(({ id, name }) => ({ value: id, label: id === user.id ? `${name} (${t('contact.you')})` : name }))} onChange={(event) => { setAssigneeId(event.target.value); }} />
          )}
        </div>
        {failure !== null && (
          <p role="alert" className="text-sm text-critical">
            {failure.message}
          </p>
        )}
        <div className="flex justify-end gap-2">
          <Button onClick={onClose}>{t('common.cancel')}</Button>
          <Button type="submit" look="primary" busy={create.isPending || update.isPending}>
            {t('lead.save')}
          </Button>
        </div>
      </form>
    </Dialog>
  );
}
