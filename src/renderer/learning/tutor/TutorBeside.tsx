import { ArrowLeft, X } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { TutorPlace } from '#contract/learning/tutors';
import { useEntry } from '#renderer/data/hooks';
import { Button, IconButton } from '#renderer/kit/Button';
import { SkeletonRows } from '#renderer/kit/Face';
import { Markdown } from '#renderer/learning/Markdown';
import { Failure } from '#renderer/shell/Failure';
import { useBesideTalks } from './besideTalks';
import { Talk } from './Talk';

/** The tutor beside what one is at; on a narrow screen over it. */
export function TutorBeside({ place, onClose }: { readonly place: TutorPlace | undefined; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const beside = place === undefined ? '' : `${place.what} ${place.id}`;
  const id = useBesideTalks(({ talks }) => talks[beside] ?? null);
  const { set } = useBesideTalks.getState();
  const [reading, setReading] = useState<string | null>(null);
  return (
    <aside aria-label={t('tutor.title')} className="flex min-h-0 flex-col border-line bg-bg max-lg:fixed max-lg:inset-0 max-lg:z-40 lg:h-full lg:w-[26rem] lg:shrink-0 lg:border-l">
      <header className="flex h-11 shrink-0 items-center justify-between gap-2 border-b border-line px-3">
        <h2 className="text-sm font-semibold">{t('tutor.title')}</h2>
        <IconButton label={t('tutor.closeBeside')} onClick={onClose}>
          <X size={16} aria-hidden />
        </IconButton>
      </header>
      {/* The talk stays as it is while a section is read. */}
      <div hidden={reading !== null} className="min-h-0 flex-1">
        <Talk id={id} onBegun={(begun) => { set(beside, begun); }} place={place} beside onRead={setReading} />
      </div>
      {reading !== null && <ReadHere id={reading} onBack={() => { setReading(null); }} />}
    </aside>
  );
}

/** A section that an answer leans on. */
function ReadHere({ id, onBack }: { readonly id: string; readonly onBack: () => void }) {
  const { t } = useTranslation();
  const section = useEntry('learning.library.section', { id });
  if (section.error !== null) return <Failure error={section.error} onRetry={() => void section.refetch()} />;
  return (
    <div className="min-h-0 flex-1 overflow-y-auto p-3">
      <Button size="small" autoFocus icon={<ArrowLeft size={14} aria-hidden />} onClick={onBack}>
        {t('tutor.backToTalk')}
      </Button>
      {section.data === undefined ? (
        <SkeletonRows label={t('common.loading')} />
      ) : (
        <article className="mt-3 flex flex-col gap-2">
          <h3 className="font-semibold">{section.data.title}</h3>
          <Markdown text={section.data.body} />
        </article>
      )}
    </div>
  );
}
