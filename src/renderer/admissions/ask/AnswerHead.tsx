import { CircleHelp, Info } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { AskedOutput, QueryAnswer } from '#contract/admissions/queries';
import type { Filter } from '#contract/filter';
import { FilterBar } from '#renderer/admissions/leads/FilterBar';
import type { FilterField } from '#renderer/admissions/leads/filters';
import { useFormats } from '#renderer/data/format';
import { Button } from '#renderer/kit/Button';
import { askedOf, conditionsOf, filterOf } from './asked';

interface AnswerHeadProps {
  readonly answer: QueryAnswer;
  /** What is shown: the answer, or what somebody has made of it. */
  readonly shown: AskedOutput;
  readonly edited: boolean;
  /** The answer in words, of what is shown. */
  readonly sentence: string;
  readonly fields: readonly FilterField[];
  readonly onEdit: (asked: AskedOutput) => void;
  readonly onAsk: (text: string) => void;
}

/** The answer in a sentence, how it was read, and its filter as chips that can be changed. */
export function AnswerHead({ answer, shown, edited, sentence, fields, onEdit, onAsk }: AnswerHeadProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const change = (conditions: readonly Filter[]): void => {
    onEdit({ ...shown, filter: filterOf(conditions) });
  };
  const { sort, limit, by, figure } = shown;
  const extras = [
    ...(sort === null ? [] : [{ key: 'sort', said: t('ask.sorted', { by: t(`ask.sorts.${sort.field}`), direction: t(`ask.directions.${sort.direction}`) }), without: { ...shown, sort: null } }]),
    ...(limit === null ? [] : [{ key: 'limit', said: t('ask.first', { count: limit }), without: { ...shown, limit: null } }]),
    ...(by === null ? [] : [{ key: 'by', said: t('groups.by', { what: t(`groups.fields.${by}`) }), without: { ...shown, by: null, figure: figure === 'leads' ? null : figure } }]),
  ];
  return (
    <section aria-label={t('ask.answer')} className="flex flex-col gap-2">
      <p role="status" className="text-xl font-semibold">{sentence}</p>
      {!edited && (!answer.sure || answer.notes.length > 0) && (
        <ul className="flex flex-col gap-1 text-sm text-muted">
          {!answer.sure && (
            <li className="flex items-start gap-1.5 font-medium text-high">
              <CircleHelp size={15} aria-hidden className="mt-0.5 shrink-0" />
              {answer.understood ? t('ask.unsure', { percent: formats.percent(answer.confidence) }) : t('ask.notUnderstood')}
            </li>
          )}
          {answer.notes.map((note) => (
            <li key={note} className="flex items-start gap-1.5">
              <Info size={15} aria-hidden className="mt-0.5 shrink-0 text-faint" />
              {note}
            </li>
          ))}
        </ul>
      )}
      {(answer.understood || edited) && (
        <div className="flex flex-wrap items-center gap-1.5">
          <FilterBar fields={fields} conditions={conditionsOf(shown.filter)} onChange={change} />
          {extras.map(({ key, said, without }) => (
            <Button key={key} size="small" aria-label={t('leads.filter.remove', { what: said })} onClick={() => { onEdit(without); }}>
              {said} ✕
            </Button>
          ))}
        </div>
      )}
      {!edited && answer.alternatives.length > 0 && (
        <Choices label={t('ask.alternatives')} choices={answer.alternatives.map((other) => ({ label: other.label, run: () => { onEdit(askedOf(other)); } }))} />
      )}
      {!edited && answer.followUps.length > 0 && <Choices label={t('ask.goOn')} choices={answer.followUps.map((text) => ({ label: text, run: () => { onAsk(text); } }))} />}
    </section>
  );
}

function Choices({ label, choices }: { readonly label: string; readonly choices: readonly { readonly label: string; readonly run: () => void }[] }) {
  return (
    <div role="group" aria-label={label} className="flex flex-wrap items-center gap-1.5 text-sm max-sm:flex-nowrap max-sm:overflow-x-auto">
      <span className="shrink-0 text-muted">{label}</span>
      {choices.map((choice) => (
        <button key={choice.label} type="button" className="min-h-7 shrink-0 rounded-full border border-line bg-surface px-2.5 text-left max-sm:whitespace-nowrap hover:border-line-strong hover:bg-sunken" onClick={choice.run}>
          {choice.label}
        </button>
      ))}
    </div>
  );
}
