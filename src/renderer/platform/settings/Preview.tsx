import { useTranslation } from 'react-i18next';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';

export interface PreviewRow {
  readonly id: string;
  readonly name: string;
  readonly before: number;
  readonly after: number;
}

interface PreviewProps {
  readonly title: string;
  readonly rows: readonly PreviewRow[];
  readonly show: (value: number) => string;
}

/** What a change would do to leads that are at the top of the queue right now; nothing is saved by looking. */
export function Preview({ title, rows, show }: PreviewProps) {
  const { t } = useTranslation();
  if (rows.length === 0) return null;
  return (
    <section aria-label={title} aria-live="polite" className="rounded-md border border-line bg-bg">
      <h3 className="px-3 pt-3 text-sm font-medium">{title}</h3>
      <Sheet className="[&>tbody>tr:last-child>td]:border-b-0" caption={title}>
        <thead>
          <tr>
            <Head>{t('settings.preview.lead')}</Head>
            <Head number>{t('settings.preview.now')}</Head>
            <Head number>{t('settings.preview.then')}</Head>
          </tr>
        </thead>
        <tbody>
          {rows.map(({ id, name, before, after }) => (
            <tr key={id}>
              <Cell className="max-w-0 w-full truncate">{name}</Cell>
              <Cell number className="whitespace-nowrap text-muted">{show(before)}</Cell>
              <Cell number className="font-medium whitespace-nowrap">
                {show(after)} <span aria-hidden>{after > before ? '↑' : after < before ? '↓' : '='}</span>
              </Cell>
            </tr>
          ))}
        </tbody>
      </Sheet>
    </section>
  );
}
