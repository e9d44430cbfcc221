import { Check, Flag } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Question } from '#contract/learning/questions';
import { classes } from '#renderer/kit/classes';
import { Tag } from '#renderer/kit/Marks';
import { Markdown } from '#renderer/learning/Markdown';

/** A question with its answers, what is right and why: for looking it up, not for being asked. */
export function QuestionView({ question }: { readonly question: Question }) {
  const { t } = useTranslation();
  const { stem, options, kind, explanation, reference, objective, flagged, difficulty, domainTitle, topicTitle } = question;
  const typed = kind === 'numeric' || kind === 'short';
  return (
    <article className="flex flex-col gap-3">
      <p className="flex flex-wrap items-center gap-2 text-sm text-muted">
        {domainTitle === topicTitle ? topicTitle : `${domainTitle} · ${topicTitle}`}
        <Tag>{t(`packs.question.kinds.${kind}`)}</Tag>
        {difficulty !== null && <Tag>{t(`packs.question.difficulties.${difficulty}`)}</Tag>}
      </p>
      <Markdown text={stem} className="text-lg" />
      <ul className="flex flex-col gap-1.5">
        {options.map((option, index) => (
          <li key={index} className={classes('flex items-start gap-2 rounded-md border px-3 py-2', option.correct ? 'border-good/50' : 'border-line')}>
            <span className={classes('mt-0.5 w-4 shrink-0 text-center text-sm font-medium', option.correct ? 'text-good' : 'text-faint')}>{option.correct ? <Check size={16} aria-hidden /> : typed ? '' : String.fromCharCode(65 + index)}</span>
            <div className="min-w-0">
              {typed ? <span>{option.text}</span> : <Markdown text={option.text} />}
              {option.tolerance !== null && option.tolerance > 0 && <span className="text-muted"> ± {option.tolerance}</span>}
              {option.correct && <span className="sr-only"> {t('library.right')}</span>}
              {option.feedback !== null && <Markdown text={option.feedback} className="text-sm text-muted" />}
            </div>
          </li>
        ))}
      </ul>
      {explanation !== null && (
        <section aria-label={t('packs.question.explanation')}>
          <h3 className="text-sm font-semibold">{t('packs.question.explanation')}</h3>
          <Markdown text={explanation} className="text-muted" />
        </section>
      )}
      {(reference !== null || objective !== null) && (
        <dl className="grid grid-cols-[auto_1fr] gap-x-3 text-sm text-muted">
          {reference !== null && (
            <>
              <dt className="font-medium">{t('packs.question.reference')}</dt>
              <dd className="break-words">{reference}</dd>
            </>
          )}
          {objective !== null && (
            <>
              <dt className="font-medium">{t('packs.question.objective')}</dt>
              <dd className="break-words">{objective}</dd>
            </>
          )}
        </dl>
      )}
      {flagged !== null && (
        <p className="flex items-center gap-1.5 text-sm text-medium">
          <Flag size={14} aria-hidden />
          {t('packs.question.flaggedBecause', { reason: flagged })}
        </p>
      )}
    </article>
  );
}
