import { useTranslation } from 'react-i18next';
import type { InputOf } from '#contract/index';
import { call } from '#renderer/data/client';
import { toast } from '#renderer/kit/toasts';
import { tellFailure } from '#renderer/shell/tellFailure';

/** Makes a calendar file of tasks and lets the person save it. */
export function useCalendar(): (which: InputOf<'admissions.tasks.calendar'>) => void {
  const { t } = useTranslation();
  return (which) => {
    const make = async (): Promise<void> => {
      const { downloadId, name, rows } = await call('admissions.tasks.calendar', which);
      if (await window.ivy.saveDownload(downloadId, name)) toast({ title: t('tasks.calendarMade', { count: rows, name }), detail: t('tasks.calendarHint') });
    };
    make().catch(tellFailure);
  };
}
