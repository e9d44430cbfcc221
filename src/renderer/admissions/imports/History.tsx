import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { OutputOf } from '#contract/index';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { runJob } from '#renderer/data/jobs';
import { Cell } from '#renderer/kit/Sheet';
import { toast } from '#renderer/kit/toasts';
import { FileHistory, FileRow } from './FileHistory';
import { linkToImport } from './linkToImport';
import { saveProblems } from './saveProblems';

type ImportRecord = OutputOf<'admissions.imports.list'>['items'][number];

const shown = 20;

/** The imports of this workspace. Each can be taken back. */
export function History() {
  const { t } = useTranslation();
  const formats = useFormats();
  const list = useEntry('admissions.imports.list', { limit: shown }, { keep: true });
  if (list.data === undefined || list.data.items.length === 0) return null;
  const undo = async ({ id, fileName }: ImportRecord): Promise<void> => {
    const { removed, restored, kept } = await runJob('admissions.imports.undo', { importId: id });
    toast({ title: t('import.undone', { file: fileName }), detail: t('import.undoneDetail', { removed: formats.number(removed), restored: formats.number(restored), kept: formats.number(kept) }) });
  };
  return (
    <FileHistory title={t('import.history')} counts={[t('import.new'), t('import.updated'), t('import.rejected')]}>
      {list.data.items.map((item) => (
        <FileRow
          key={item.id}
          name={
            <Link href={linkToImport(item.id)} className="block truncate font-medium underline-offset-2 hover:underline" title={item.fileName}>
              {item.fileName}
            </Link>
          }
          by={item.by}
          startedAt={item.startedAt}
          undo={() => undo(item)}
          state={item.state === 'done' ? null : t(`import.states.${item.state}`)}
        >
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
        </FileRow>
      ))}
    </FileHistory>
  );
}
