import { Plus } from 'lucide-react';
import { useForm } from 'react-hook-form';
import { useTranslation } from 'react-i18next';
import { TaskRow } from '#renderer/admissions/today/TaskList';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { TextField } from '#renderer/kit/Field';
import { Card } from '#renderer/kit/Marks';

interface Values {
  title: string;
  due: string;
}

/** The hour at which a task of a day is due, by this machine's clock. */
const dueHour = 'T09:00:00';

/** What is to be done for a lead. */
export function LeadTasks({ leadId }: { readonly leadId: string }) {
  const { t } = useTranslation();
  const tasks = useEntry('admissions.tasks.list', { leadId });
  const create = useCommand('admissions.tasks.create');
  const { register, handleSubmit, reset } = useForm<Values>({ defaultValues: { title: '', due: '' } });
  const submit = handleSubmit(({ title, due }) => {
    if (title.trim() === '') return;
    create.mutate({ leadId, title, ...(due === '' ? {} : { dueAt: new Date(`${due}${dueHour}`).getTime() }) }, { onSuccess: () => { reset(); } });
  });
  const items = tasks.data?.items ?? [];
  return (
    <Card title={t('lead.tasks')}>
      {items.length > 0 && (
        <ul className="mb-3 flex flex-col gap-2">
          {items.map((task) => (
            <TaskRow key={task.id} task={task} withLead={false} />
          ))}
        </ul>
      )}
      <form className="flex flex-wrap items-start gap-2" onSubmit={(event) => void submit(event)}>
        <TextField label={t('lead.taskTitle')} labelHidden placeholder={t('lead.taskTitle')} className="min-w-48 flex-1" maxLength={500} error={create.error?.message} {...register('title')} />
        <TextField label={t('lead.taskDue')} labelHidden type="date" className="w-40" {...register('due')} />
        <Button type="submit" busy={create.isPending} icon={<Plus size={14} aria-hidden />}>
          {t('lead.taskAdd')}
        </Button>
      </form>
    </Card>
  );
}
