import { useTranslation } from 'react-i18next';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { SkeletonRows } from '#renderer/kit/Face';
import { Tag } from '#renderer/kit/Marks';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { Failure } from '#renderer/shell/Failure';
import { useSignedIn } from '#renderer/shell/session';

/** What was imported into a course, the newest first. */
export function CourseHistory({ courseId }: { readonly courseId: string }) {
  const { t } = useTranslation();
  const formats = useFormats(useSignedIn().workspace.timeZone);
  const history = useEntry('learning.courses.history', { id: courseId });
  if (history.error !== null) return <Failure error={history.error} onRetry={() => void history.refetch()} />;
  if (history.data === undefined) return <SkeletonRows rows={3} label={t('common.loading')} />;
  return (
    <div className="rounded-md border border-line bg-surface">
      <Sheet caption={t('packs.parts.history')}>
        <thead>
          <tr>
            <Head>{t('packs.history.when')}</Head>
            <Head>{t('packs.history.by')}</Head>
            <Head>{t('packs.history.file')}</Head>
            <Head number>{t('packs.history.added')}</Head>
            <Head number>{t('packs.history.changed')}</Head>
            <Head number>{t('packs.history.retired')}</Head>
            <Head number>{t('packs.counts.rejected')}</Head>
          </tr>
        </thead>
        <tbody>
          {history.data.items.map(({ id, at, by, fileName, added, changed, retired, rejected, undoneAt }) => (
            <tr key={id} className={undoneAt === null ? '' : 'text-faint'}>
              <Cell>
                <time dateTime={new Date(at).toISOString()}>{formats.moment(at)}</time>
              </Cell>
              <Cell>{by}</Cell>
              <Cell className="break-all">
                {fileName} {undoneAt !== null && <Tag>{t('packs.history.undone')}</Tag>}
              </Cell>
              <Cell number>{formats.number(added)}</Cell>
              <Cell number>{formats.number(changed)}</Cell>
              <Cell number>{formats.number(retired)}</Cell>
              <Cell number>{formats.number(rejected)}</Cell>
            </tr>
          ))}
        </tbody>
      </Sheet>
    </div>
  );
}
