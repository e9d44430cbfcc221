import { Check, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AskedQuestion, Solution } from '#contract/learning/content';
import { TextField } from '#renderer/kit/Field';
import { Key } from '#renderer/kit/Marks';
import { classes } from '#renderer/kit/classes';
import { Markdown } from '#renderer/learning/Markdown';

export type Chosen = readonly number[] | string;

/** What a key of a digit chooses, of the options in the order in which they are shown. */
export function toggled(question: AskedQuestion, chosen: Chosen, place: number): Chosen {
  const option = question.options[place];
  if (option === undefined || typeof chosen === 'string') return chosen;
  if (question.kind !== 'multiple') return [option.position];
  return chosen.includes(option.position) ? chosen.filter((position) => position !== option.position) : [...chosen, option.position].sort((a, b) => a - b);
}

/** Nothing chosen yet. */
export function unanswered(question: AskedQuestion): Chosen {
  return question.kind === 'numeric' || question.kind === 'short' ? '' : [];
}

interface QuestionProps {
  readonly question: AskedQuestion;
  readonly chosen: Chosen;
  /** Left out once the answer stands. */
  readonly onChoose?: ((chosen: Chosen) => void) | undefined;
  readonly solution?: Solution | undefined;
  readonly onSubmit?: (() => void) | undefined;
}

/** One question with what may be chosen; with its solution once the answer stands. */
export function Question({ question, chosen, onChoose, solution, onSubmit }: QuestionProps) {
  const { t } = useTranslation();
  const typed = question.kind === 'numeric' || question.kind === 'short';
  return (
    <div className="flex flex-col gap-4">
      <Markdown text={question.stem} className="text-lg" />
      {question.kind === 'multiple' && <p className="text-sm text-muted">{t('practice.severalRight')}</p>}
      {typed ? (
        <div className="max-w-sm">
          <TextField
            label={t(question.kind === 'numeric' ? 'practice.typeNumber' : 'practice.typeText')}
            value={typeof chosen === 'string' ? chosen : ''}
            disabled={onChoose === undefined}
            autoFocus
            autoComplete="off"
            inputMode={question.kind === 'numeric' ? 'decimal' : 'text'}
            onChange={(event) => onChoose?.(event.target.value)}
            onKeyDown={(event) => {
              if (event.key === 'Enter') onSubmit?.();
            }}
          />
          {solution !== undefined && <p className="mt-2 font-medium text-good">{t('practice.rightAnswers', { answers: solution.answers.join(' · ') })}</p>}
        </div>
      ) : (
        <fieldset className="flex flex-col gap-2">
          <legend className="sr-only">{t('practice.options')}</legend>
          {question.options.map((option, place) => {
            const picked = typeof chosen !== 'string' && chosen.includes(option.position);
            const right = solution?.right.includes(option.position) === true;
            const wrong = solution !== undefined && picked && !right;
            const feedback = solution?.feedback[option.position] ?? null;
            return (
              <label
                key={option.position}
                className={classes(
                  'flex min-h-11 items-start gap-3 rounded-md border px-3 py-2.5 has-focus-visible:outline-2 has-focus-visible:outline-offset-1 has-focus-visible:outline-focus',
                  onChoose !== undefined && 'cursor-pointer hover:bg-sunken',
                  right ? 'border-good bg-good/5' : wrong ? 'border-critical bg-critical/5' : picked ? 'border-focus bg-selected' : 'border-line bg-surface',
                )}
              >
                <input
                  type={question.kind === 'multiple' ? 'checkbox' : 'radio'}
                  name={`question-${question.id}`}
                  className="sr-only"
                  checked={picked}
                  disabled={onChoose === undefined}
                  onChange={() => onChoose?.(toggled(question, chosen, place))}
                />
                <span aria-hidden className="mt-px flex size-5 shrink-0 items-center justify-center">
                  {right ? <Check size={16} className="text-good" /> : wrong ? <X size={16} className="text-critical" /> : <Key>{place + 1}</Key>}
                </span>
                <span className="min-w-0 flex-1">
                  <Markdown text={option.text} />
                  {solution !== undefined && (right || wrong) && <span className="sr-only">{t(right ? 'practice.isRight' : 'practice.isWrong')}</span>}
                  {feedback !== null && (picked || right) && <span className="mt-1 block text-sm text-muted">{feedback}</span>}
                </span>
              </label>
            );
          })}
        </fieldset>
      )}
    </div>
  );
}

/** Why it is so. */
export function Explanation({ solution }: { readonly solution: Solution }) {
  const { t } = useTranslation();
  if (solution.explanation === null && solution.reference === null) return null;
  return (
    <section aria-label={t('practice.why')} className="rounded-md border border-line bg-surface p-4">
      {solution.explanation !== null && <Markdown text={solution.explanation} />}
      {solution.reference !== null && <p className={classes('text-sm text-muted', solution.explanation !== null && 'mt-2')}>{t('practice.reference', { reference: solution.reference })}</p>}
    </section>
  );
}
