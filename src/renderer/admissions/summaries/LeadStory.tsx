import { useTranslation } from 'react-i18next';
import { useEntry } from '#renderer/data/hooks';
import { Skeleton } from '#renderer/kit/Face';
import { Card } from '#renderer/kit/Marks';
import { Phrasing } from './Phrasing';

/** A lead in a few sentences: who, since when, what was done, how it stands, what is next. */
export function LeadStory({ leadId }: { readonly leadId: string }) {
  const { t } = useTranslation();
  const story = useEntry('admissions.summaries.lead', { leadId }, { keep: true });
  return (
    <Card title={t('summaries.story')}>
      {story.error !== null && <p role="alert" className="text-sm text-critical">{story.error.message}</p>}
      {story.data === undefined && story.error === null && <Skeleton className="h-32" />}
      {story.data !== undefined && <Phrasing asked={{ of: 'lead', leadId }} facts={story.data.facts} label={t('summaries.story')} />}
    </Card>
  );
}
