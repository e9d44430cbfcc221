import { useTranslation } from 'react-i18next';
import { useFormats } from '#renderer/data/format';

const names = ['questions', 'flagged', 'sections', 'flashcards', 'labs'] as const;

interface CourseCountsProps {
  readonly counts: Readonly<Record<(typeof names)[number], number>> & { readonly rejected?: number };
}

/** What a course holds, side by side. */
export function CourseCounts({ counts }: CourseCountsProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  // What a course does not have is not worth a figure.
  const shown = [...names, 'rejected' as const].filter((name) => name === 'questions' || (counts[name] ?? 0) > 0);
  return (
    <dl className="grid grid-cols-2 gap-3 sm:grid-cols-3 lg:grid-cols-6">
      {shown.map((name) => (
        <div key={name} className="flex flex-col-reverse justify-end rounded-md border border-line bg-surface px-3 py-2" title={t(`packs.countHints.${name}`)}>
          <dt className="text-sm text-muted">{t(`packs.counts.${name}`)}</dt>
          <dd className="tabular text-xl font-semibold">{formats.number(counts[name] ?? 0)}</dd>
        </div>
      ))}
    </dl>
  );
}
