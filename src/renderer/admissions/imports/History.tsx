import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { OutputOf } from '#contract/index';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { runJob } from '#renderer/data/jobs';
import { Button } from '#renderer/kit/Button';
import { Card, Tag } from '#renderer/kit/Marks';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { toast } from '#renderer/kit/toasts';
import { tellFailure } from '#renderer/shell/tellFailure';
import { linkToImport } from './linkToImport';
import { saveProblems } from './saveProblems';

type ImportRecord = OutputOf<'admissions.imports.list'>['items'][number];

const shown = 20;

/** The imports of this workspace. Each can be taken back. */
export function History() {
  const { t } = useTranslation();
  const list = useEntry('admissions.imports.list', { limit: shown }, { keep: true });
  if (list.data === undefined || list.data.items.length === 0) return null;
  return (
    <Card title={t('import.history')}>
      <Sheet caption={t('import.history')} className="-mt-2">
        <thead>
          <tr>
            <Head>{t('import.file')}</Head>
            <Head>{t('import.when')}</Head>
            <Head number>{t('import.new')}</Head>
            <Head number>{t('import.updated')}</Head>
            <Head number>{t('import.rejected')}</Head>
            <Head>
              <span className="sr-only">{t('import.undo')}</span>
            </Head>
          </tr>
        </thead>
        <tbody>
          {list.data.items.map((item) => (
            <Row key={item.id} item={item} />
          ))}
        </tbody>
      </Sheet>
    </Card>
  );
}

function Row({ item }: { readonly item: ImportRecord }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [busy, setBusy] = useState(false);
  const undo = async (): Promise<void> => {
    setBusy(true);
    try {
      const { removed, restored, kept } = await runJob('admissions.imports.undo', { importId: item.id });
      toast({ title: t('import.undone', { file: item.fileName }), detail: t('import.undoneDetail', { removed: formats.number(removed), restored: formats.number(restored), kept: formats.number(kept) }) });
    } catch (error) {
      tellFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <tr>
      <Cell className="max-w-56">
        <Link href={linkToImport(item.id)} className="block truncate font-medium underline-offset-2 hover:underline" title={item.fileName}>
          {item.fileName}
        </Link>
        <span className="text-xs text-faint">{item.by}</span>
      </Cell>
      <Cell>
        <time dateTime={new Date(item.startedAt).toISOString()} title={formats.moment(item.startedAt)} className="whitespace-nowrap text-muted">
          {formats.ago(item.startedAt)}
        </time>
      </Cell>
      <Cell number>{formats.number(item.imported)}</Cell>
      <Cell number>{formats.number(item.updated)}</Cell>
      <Cell number>
        {item.rejected + item.warnings > 0 ? (
          <button type="button" className="underline underline-offset-2" onClick={() => { void saveProblems(item.id); }} title={t('import.saveProblems')}>
            {formats.number(item.rejected)}
          </button>
        ) : (
          formats.number(item.rejected)
        )}
      </Cell>
      <Cell className="text-right">
        {item.state === 'done' ? (
          <Button size="small" look="quiet" busy={busy} onClick={() => void undo()}>
            {t('import.undo')}
          </Button>
        ) : (
          <Tag>{t(`import.states.${item.state}`)}</Tag>
        )}
      </Cell>
    </tr>
  );
}
