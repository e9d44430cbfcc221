import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '#renderer/data/format';
import { Button } from '#renderer/kit/Button';
import { Card, Tag } from '#renderer/kit/Marks';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { tellFailure } from '#renderer/shell/tellFailure';

/** Files that came in, the latest first. */
export function FileHistory({ title, counts, children }: { readonly title: string; /** What is counted of each file. */ readonly counts: readonly string[]; readonly children: ReactNode }) {
  const { t } = useTranslation();
  return (
    <Card title={title}>
      <Sheet caption={title} className="-mt-2">
        <thead>
          <tr>
            <Head>{t('import.file')}</Head>
            <Head>{t('import.when')}</Head>
            {counts.map((name) => (
              <Head key={name} number>
                {name}
              </Head>
            ))}
            <Head>
              <span className="sr-only">{t('import.undo')}</span>
            </Head>
          </tr>
        </thead>
        <tbody>{children}</tbody>
      </Sheet>
    </Card>
  );
}

interface FileRowProps {
  /** The file’s name, as a link where it leads somewhere. */
  readonly name: ReactNode;
  readonly by: string;
  /** Milliseconds since 1970. */
  readonly startedAt: number;
  /** Takes the file back and tells what that did. */
  readonly undo: () => Promise<void>;
  /** What became of a file that cannot be taken back; null where it can. */
  readonly state: string | null;
  /** One cell for each count. */
  readonly children: ReactNode;
}

/** A file that came in, with a button that takes it back. */
export function FileRow({ name, by, startedAt, undo, state, children }: FileRowProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [busy, setBusy] = useState(false);
  const takeBack = async (): Promise<void> => {
    setBusy(true);
    try {
      await undo();
    } catch (error) {
      tellFailure(error);
    } finally {
      setBusy(false);
    }
  };
  return (
    <tr>
      <Cell className="max-w-56">
        {name}
        <span className="text-xs text-faint">{by}</span>
      </Cell>
      <Cell>
        <time dateTime={new Date(startedAt).toISOString()} title={formats.moment(startedAt)} className="whitespace-nowrap text-muted">
          {formats.ago(startedAt)}
        </time>
      </Cell>
      {children}
      <Cell className="text-right">
        {state === null ? (
          <Button size="small" look="quiet" busy={busy} onClick={() => void takeBack()}>
            {t('import.undo')}
          </Button>
        ) : (
          <Tag>{state}</Tag>
        )}
      </Cell>
    </tr>
  );
}
