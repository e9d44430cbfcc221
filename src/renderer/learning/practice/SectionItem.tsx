import { useTranslation } from 'react-i18next';
import type { Sitting, SittingItem } from '#contract/learning/practice';
import { useCommand } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Key } from '#renderer/kit/Marks';
import { letGoOfFocus, useShortcuts } from '#renderer/kit/useShortcuts';
import { tellFailure } from '#renderer/shell/tellFailure';
import { Markdown } from '#renderer/learning/Markdown';
import { useStopwatch } from './useStopwatch';

interface SectionItemProps {
  readonly sitting: Sitting;
  readonly item: Extract<SittingItem, { what: 'section' }>;
  readonly onNext: (sitting: Sitting) => void;
}

/** A micro-section to read. */
export function SectionItem({ sitting, item, onNext }: SectionItemProps) {
  const { t } = useTranslation();
  const { section } = item;
  const stopwatch = useStopwatch(`${sitting.id} ${String(item.position)}`);
  const read = useCommand('learning.practice.read');
  const next = (): void => {
    if (read.isPending) return;
    read.mutate({ id: sitting.id, position: item.position, milliseconds: stopwatch.read() }, { onError: tellFailure, onSuccess: (given) => { letGoOfFocus(); onNext(given); } });
  };
  useShortcuts([{ keys: ' ', label: t('practice.keys.next'), run: next }]);
  return (
    <article className="flex flex-col gap-4">
      <header>
        <p className="text-sm text-muted">
          {section.module} · {t('practice.readingTime', { count: Math.max(1, Math.round(section.minutes)) })}
        </p>
        <h2 className="text-xl font-semibold">{section.title}</h2>
      </header>
      <Markdown text={section.body} />
      <div>
        <Button look="primary" busy={read.isPending} onClick={next}>
          {t('practice.wasRead')} <Key>{t('practice.space')}</Key>
        </Button>
      </div>
    </article>
  );
}
