import { CalendarPlus, Plus } from 'lucide-react';
import { type Ref, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DueField, type DueText, noDue } from '#renderer/admissions/tasks/TaskFields';
import { TaskRow } from '#renderer/admissions/tasks/TaskRow';
import { useCalendar } from '#renderer/admissions/tasks/useCalendar';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Button, IconButton } from '#renderer/kit/Button';
import { TextField } from '#renderer/kit/Field';
import { Card, Key } from '#renderer/kit/Marks';
import { letGoOfFocus } from '#renderer/kit/useShortcuts';

/** What is to be done for a lead: the next step is written in one line, with its date in words. */
export function LeadTasks({ leadId, field }: { readonly leadId: string; readonly field: Ref<HTMLInputElement> }) {
  const { t } = useTranslation();
  const [withDone, setWithDone] = useState(false);
  const tasks = useEntry('admissions.tasks.list', { leadId, includeDone: true }, { keep: true });
  const create = useCommand('admissions.tasks.create');
  const toCalendar = useCalendar();
  const [title, setTitle] = useState('');
  const [due, setDue] = useState<DueText>(noDue);
  const add = (): void => {
    if (title.trim() === '' || due.at === undefined) return;
    create.mutate(
      { leadId, title, ...(due.at === null ? {} : { dueAt: due.at }) },
      {
        onSuccess: () => {
          setTitle('');
          setDue(noDue);
          letGoOfFocus();
        },
      },
    );
  };
  const items = tasks.data?.items ?? [];
  const done = items.filter(({ doneAt }) => doneAt !== null);
  const shown = withDone ? items : items.filter(({ doneAt }) => doneAt === null);
  return (
    <Card
      title={t('lead.tasks')}
      action={
        items.some(({ dueAt, doneAt }) => dueAt !== null && doneAt === null) && (
          <IconButton label={t('tasks.calendar')} className="size-7" onClick={() => { toCalendar({ leadId }); }}>
            <CalendarPlus size={14} aria-hidden />
          </IconButton>
        )
      }
    >
      {tasks.error !== null && (
        <p role="alert" className="mb-3 text-sm text-critical">
          {tasks.error.message}
        </p>
      )}
      {shown.length > 0 && (
        <ul className="mb-3 flex flex-col gap-2">
          {shown.map((task) => (
            <TaskRow key={task.id} task={task} withLead={false} />
          ))}
        </ul>
      )}
      <form
        className="flex flex-wrap items-start gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          add();
        }}
      >
        <TextField ref={field} label={t('lead.taskTitle')} labelHidden placeholder={t('lead.taskTitle')} className="min-w-48 flex-1" maxLength={500} error={create.error?.message} value={title} onChange={(event) => { setTitle(event.target.value); }} />
        <DueField value={due} onChange={setDue} labelHidden className="w-48" />
        <Button type="submit" busy={create.isPending} icon={<Plus size={14} aria-hidden />}>
          {t('lead.taskAdd')} <Key>T</Key>
        </Button>
      </form>
      {done.length > 0 && (
        <Button size="small" look="quiet" className="mt-2 -ml-2" aria-expanded={withDone} onClick={() => { setWithDone(!withDone); }}>
          {withDone ? t('tasks.hideDone') : t('tasks.showDone', { count: done.length })}
        </Button>
      )}
    </Card>
  );
}
