import { useTranslation } from 'react-i18next';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { runJob } from '#renderer/data/jobs';
import { Cell } from '#renderer/kit/Sheet';
import { toast } from '#renderer/kit/toasts';
import { FileHistory, FileRow } from './FileHistory';

const shown = 20;

/** The mailer's files so far. Each can be taken back. */
export function EventFiles() {
  const { t } = useTranslation();
  const formats = useFormats();
  const list = useEntry('admissions.engagement.files', { limit: shown }, { keep: true });
  if (list.data === undefined || list.data.items.length === 0) return null;
  const undo = async (fileId: string): Promise<void> => {
    const { removed, leads } = await runJob('admissions.engagement.undo', { fileId });
    toast({ title: t('events.undone', { count: removed }), detail: t('events.undoneDetail', { count: leads }) });
  };
  return (
    <FileHistory title={t('events.history')} counts={[t('events.new'), t('places.leads')]}>
      {list.data.items.map(({ id, fileName, by, startedAt, events, leads, state }) => (
        <FileRow
          key={id}
          name={
            <span className="block truncate font-medium" title={fileName}>
              {fileName}
            </span>
          }
          by={by}
          startedAt={startedAt}
          undo={() => undo(id)}
          state={state === 'done' ? null : t('import.states.undone')}
        >
          <Cell number>{formats.number(events)}</Cell>
          <Cell number>{formats.number(leads)}</Cell>
        </FileRow>
      ))}
    </FileHistory>
  );
}
