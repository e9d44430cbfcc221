import { CalendarPlus, ListTodo, Plus } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TaskDialog } from '#renderer/admissions/tasks/TaskDialog';
import { TaskRow } from '#renderer/admissions/tasks/TaskRow';
import { useCalendar } from '#renderer/admissions/tasks/useCalendar';
import { useEntry } from '#renderer/data/hooks';
import { useNow } from '#renderer/data/useNow';
import { IconButton } from '#renderer/kit/Button';
import { classes } from '#renderer/kit/classes';

/** One's own tasks: beside the queue, and where there is no room for that, in a line above it that opens. */
export function TaskList({ place }: { readonly place: 'beside' | 'above' }) {
  const { t } = useTranslation();
  const tasks = useEntry('admissions.tasks.list', { mine: true }, { keep: true });
  const toCalendar = useCalendar();
  const now = useNow();
  const [adding, setAdding] = useState(false);
  const items = tasks.data?.items ?? [];
  const overdue = items.filter(({ dueAt }) => dueAt !== null && dueAt < now).length;
  const list = (
    <ul className="flex flex-col gap-2">
      {items.map((task) => (
        <TaskRow key={task.id} task={task} />
      ))}
    </ul>
  );
  const summary = [t('tasks.open', { count: items.length }), ...(overdue > 0 ? [t('tasks.overdueCount', { count: overdue })] : [])].join(' · ');
  if (place === 'above') {
    if (items.length === 0) return null;
    return (
      <details className="rounded-md border border-line bg-surface xl:hidden">
        <summary className="flex min-h-10 items-center gap-2 rounded-md px-4 text-sm">
          <ListTodo size={14} aria-hidden className="text-muted" />
          <span className="font-medium">{t('tasks.mine')}</span>
          <span className={classes(overdue > 0 ? 'font-medium text-critical' : 'text-faint')}>{summary}</span>
        </summary>
        <div className="border-t border-line p-4">{list}</div>
      </details>
    );
  }
  return (
    <aside aria-label={t('tasks.mine')} className="w-72 shrink-0 overflow-y-auto border-l border-line bg-surface p-4 max-xl:hidden">
      <div className="mb-3 flex items-center gap-1">
        <h2 className="flex-1 text-sm font-semibold">{t('tasks.mine')}</h2>
        {items.some(({ dueAt }) => dueAt !== null) && (
          <IconButton label={t('tasks.calendar')} className="size-7" onClick={() => { toCalendar({}); }}>
            <CalendarPlus size={14} aria-hidden />
          </IconButton>
        )}
        <IconButton label={t('tasks.new')} className="size-7" onClick={() => { setAdding(true); }}>
          <Plus size={14} aria-hidden />
        </IconButton>
      </div>
      {overdue > 0 && <p className="mb-3 text-xs font-medium text-critical">{summary}</p>}
      {tasks.data !== undefined && items.length === 0 && <p className="text-sm text-faint">{t('tasks.none')}</p>}
      {list}
      {adding && <TaskDialog lead={null} onClose={() => { setAdding(false); }} />}
    </aside>
  );
}
