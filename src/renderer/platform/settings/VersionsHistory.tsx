import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormats } from '#renderer/data/format';
import { Button } from '#renderer/kit/Button';
import { useSignedIn } from '#renderer/shell/session';
import type { SectionId } from './Section';

/** An earlier version of the rules. */
export interface Version {
  readonly at: number;
  readonly by: string | null;
  /** What it was, or what it changed, in a few words. */
  readonly said: string;
  readonly reason?: string;
}

interface VersionsHistoryProps {
  readonly id: SectionId;
  /** The newest first: it is in use. */
  readonly versions: readonly Version[];
  readonly busy: boolean;
  /** Applies an earlier version; left out where one may only look. */
  readonly onBack?: (index: number) => void;
}

const shownAtFirst = 3;

/** What held since when, by whom and why; one can go back to each. */
export function VersionsHistory({ id, versions, busy, onBack }: VersionsHistoryProps) {
  const { t } = useTranslation();
  const formats = useFormats(useSignedIn().workspace.timeZone);
  const [all, setAll] = useState(false);
  const shown = all ? versions : versions.slice(0, shownAtFirst);
  return (
    <section aria-labelledby={`${id}-history`} className="border-t border-line pt-4">
      <h3 id={`${id}-history`} className="text-sm font-medium">
        {t('settings.history.title')}
      </h3>
      <ol className="mt-2 flex flex-col gap-3">
        {shown.map(({ at, by, said, reason }, index) => (
          <li key={`${String(at)} ${String(index)}`} className="flex flex-wrap items-start justify-between gap-2">
            <div className="min-w-0">
              <p className="tabular break-words">
                {said}
                {index === 0 && <span className="text-sm text-good"> · {t('settings.history.current')}</span>}
              </p>
              <p className="text-sm text-muted">{[formats.moment(at), by, reason].filter((part) => part !== null && part !== undefined).join(' · ')}</p>
            </div>
            {index > 0 && onBack !== undefined && (
              <Button size="small" disabled={busy} aria-label={t('settings.history.backTo', { when: formats.moment(at) })} onClick={() => { onBack(index); }}>
                {t('settings.history.back')}
              </Button>
            )}
          </li>
        ))}
      </ol>
      {versions.length > shownAtFirst && (
        <Button look="quiet" size="small" className="mt-2" aria-expanded={all} onClick={() => { setAll(!all); }}>
          {all ? t('settings.history.fewer') : t('settings.history.all', { count: versions.length })}
        </Button>
      )}
    </section>
  );
}
