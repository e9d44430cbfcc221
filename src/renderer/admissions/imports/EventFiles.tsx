import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OutputOf } from '#contract/index';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { runJob } from '#renderer/data/jobs';
import { Button } from '#renderer/kit/Button';
import { Card, Tag } from '#renderer/kit/Marks';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { toast } from '#renderer/kit/toasts';
import { tellFailure } from '#renderer/shell/tellFailure';

type EventFile = OutputOf<'admissions.engagement.files'>['items'][number];

const shown = 20;

/** The mailer's files so far. Each can be taken back. */
export function EventFiles() {
  const { t } = useTranslation();
  const list = useEntry('admissions.engagement.files', { limit: shown }, { keep: true });
  if (list.data === undefined || list.data.items.length === 0) return null;
  return (
    <Card title={t('events.history')}>
      <Sheet caption={t('events.history')} className="-mt-2">
        <thead>
          <tr>
            <Head>{t('import.file')}</Head>
            <Head>{t('import.when')}</Head>
            <Head number>{t('events.new')}</Head>
            <Head number>{t('places.leads')}</Head>
            <Head>
              <span className="sr-only">{t('import.undo')}</span>
            </Head>
          </tr>
        </thead>
        <tbody>
          {list.data.items.map((file) => (
            <Row key={file.id} file={file} />
          ))}
        </tbody>
      </Sheet>
    </Card>
  );
}

function Row({ file }: { readonly file: EventFile }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [busy, setBusy] = useState(false);
  const undo = async (): Promise<void> => {
    setBusy(true);
    try {
      const { removed, leads } = await runJob('admissions.engagement.undo', { fileId: file.id });
      toast({ title: t('events.undone', { count: removed }), detail: t('events.undoneDetail', { count: leads }) });
    } catch (error) {
      tellFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <tr>
      <Cell className="max-w-56">
        <span className="block truncate font-medium" title={file.fileName}>
          {file.fileName}
        </span>
        <span className="text-xs text-faint">{file.by}</span>
      </Cell>
      <Cell>
        <time dateTime={new Date(file.startedAt).toISOString()} title={formats.moment(file.startedAt)} className="whitespace-nowrap text-muted">
          {formats.ago(file.startedAt)}
        </time>
      </Cell>
      <Cell number>{formats.number(file.events)}</Cell>
      <Cell number>{formats.number(file.leads)}</Cell>
      <Cell className="text-right">
        {file.state === 'done' ? (
          <Button size="small" look="quiet" busy={busy} onClick={() => void undo()}>
            {t('import.undo')}
          </Button>
        ) : (
          <Tag>{t('import.states.undone')}</Tag>
        )}
      </Cell>
    </tr>
  );
}
