import { CalendarPlus, Pencil, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Task } from '#contract/admissions/tasks';
import { useCommand } from '#renderer/data/hooks';
import { IconButton } from '#renderer/kit/Button';
import { classes } from '#renderer/kit/classes';
import { RowActions } from '#renderer/kit/RowActions';
import { toast } from '#renderer/kit/toasts';
import { useSignedIn } from '#renderer/shell/session';
import { tellFailure } from '#renderer/shell/tellFailure';
import { DueMark } from './DueMark';
import { TaskDialog } from './TaskDialog';
import { useCalendar } from './useCalendar';

/** A task that can be ticked off and on again, changed, taken into a calendar, and taken away. */
export function TaskRow({ task, withLead = true }: { readonly task: Task; readonly withLead?: boolean }) {
  const { t } = useTranslation();
  const { user } = useSignedIn();
  const update = useCommand('admissions.tasks.update');
  const remove = useCommand('admissions.tasks.remove');
  const toCalendar = useCalendar();
  const [editing, setEditing] = useState(false);
  const set = (done: boolean): void => {
    update.mutate(
      { id: task.id, done },
      {
        onSuccess: () => {
          if (done) toast({ title: t('tasks.done', { title: task.title }), action: { label: t('common.undo'), run: () => { update.mutate({ id: task.id, done: false }, { onError: tellFailure }); } } });
        },
        onError: tellFailure,
      },
    );
  };
  const takeAway = (): void => {
    remove.mutate(
      { id: task.id },
      {
        onSuccess: () => { toast({ title: t('tasks.removed', { title: task.title }), action: { label: t('common.undo'), run: () => { remove.mutate({ id: task.id, removed: false }, { onError: tellFailure }); } } }); },
        onError: tellFailure,
      },
    );
  };
  return (
    <li className="group relative flex items-start gap-2">
      <input
        type="checkbox"
        className="mt-0.5 size-4 accent-focus"
        aria-label={t('tasks.tick', { title: task.title })}
        checked={task.doneAt !== null}
        onChange={(event) => { set(event.target.checked); }}
      />
      <div className="flex min-w-0 flex-1 flex-col">
        <span className={classes('break-words', task.doneAt !== null && 'text-faint line-through')}>{task.title}</span>
        <span className="flex flex-wrap gap-x-2 text-xs text-faint">
          {withLead && task.lead !== null && (
            <Link href={`/leads/${task.lead.id}`} className="truncate underline-offset-2 hover:underline">
              {task.lead.name}
            </Link>
          )}
          {task.dueAt !== null && task.doneAt === null && <DueMark at={task.dueAt} />}
          {task.assignee !== null && task.assignee.id !== user.id && <span>{task.assignee.name}</span>}
        </span>
      </div>
      <RowActions>
        {task.dueAt !== null && task.doneAt === null && (
          <IconButton label={t('tasks.calendarOne', { title: task.title })} className="size-6" onClick={() => { toCalendar({ id: task.id }); }}>
            <CalendarPlus size={13} aria-hidden />
          </IconButton>
        )}
        <IconButton label={t('tasks.editOne', { title: task.title })} className="size-6" onClick={() => { setEditing(true); }}>
          <Pencil size={13} aria-hidden />
        </IconButton>
        <IconButton label={t('tasks.remove', { title: task.title })} className="size-6" onClick={takeAway}>
          <Trash2 size={13} aria-hidden />
        </IconButton>
      </RowActions>
      {editing && <TaskDialog task={task} onClose={() => { setEditing(false); }} />}
    </li>
  );
}
