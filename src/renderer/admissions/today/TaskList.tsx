import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { Task } from '#contract/admissions/tasks';
import { useFormats } from '#renderer/data/format';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { useNow } from '#renderer/data/useNow';
import { toast } from '#renderer/kit/toasts';
import { classes } from '#renderer/kit/classes';
import { tellFailure } from '#renderer/shell/tellFailure';

/** One's own tasks beside the queue. */
export function TaskList() {
  const { t } = useTranslation();
  const tasks = useEntry('admissions.tasks.list', { mine: true }, { keep: true });
  const items = tasks.data?.items ?? [];
  return (
    <aside aria-label={t('tasks.mine')} className="w-72 shrink-0 overflow-y-auto border-l border-line bg-surface p-4 max-xl:hidden">
      <h2 className="mb-3 text-sm font-semibold">{t('tasks.mine')}</h2>
      {tasks.data !== undefined && items.length === 0 && <p className="text-sm text-faint">{t('tasks.none')}</p>}
      <ul className="flex flex-col gap-2">
        {items.map((task) => (
          <TaskRow key={task.id} task={task} />
        ))}
      </ul>
    </aside>
  );
}

/** A task that can be ticked off, and ticked on again. */
export function TaskRow({ task, withLead = true }: { readonly task: Task; readonly withLead?: boolean }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const now = useNow();
  const update = useCommand('admissions.tasks.update');
  const overdue = task.doneAt === null && task.dueAt !== null && task.dueAt < now;
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
  return (
    <li className="flex items-start gap-2">
      <input
        type="checkbox"
        className="mt-0.5 size-4 accent-focus"
        aria-label={t('tasks.tick', { title: task.title })}
        checked={task.doneAt !== null}
        onChange={(event) => { set(event.target.checked); }}
      />
      <div className="flex min-w-0 flex-col">
        <span className={classes(task.doneAt !== null && 'text-faint line-through')}>{task.title}</span>
        <span className="flex flex-wrap gap-x-2 text-xs text-faint">
          {withLead && task.lead !== null && (
            <Link href={`/leads/${task.lead.id}`} className="truncate underline-offset-2 hover:underline">
              {task.lead.name}
            </Link>
          )}
          {task.dueAt !== null && <span className={classes(overdue && 'font-medium text-critical')}>{overdue ? t('tasks.overdue', { day: formats.date(task.dueAt) }) : formats.date(task.dueAt)}</span>}
        </span>
      </div>
    </li>
  );
}
