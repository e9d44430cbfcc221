import { Plus, Trash2 } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Course } from '#contract/learning/courses';
import type { Question } from '#contract/learning/questions';
import { difficulties, type QuestionKind, questionKinds } from '#domain/learning/courses/pack';
import { messageOf } from '#renderer/data/client';
import { useCommand } from '#renderer/data/hooks';
import { Button, IconButton } from '#renderer/kit/Button';
import { Dialog } from '#renderer/kit/Dialog';
import { Select, TextArea, TextField } from '#renderer/kit/Field';
import { toast } from '#renderer/kit/toasts';
import { tellFailure } from '#renderer/shell/tellFailure';
import { domainName } from '../domainName';
import { QuestionView } from '../library/QuestionView';

type Option = Question['options'][number];

interface QuestionDialogProps {
  readonly course: Pick<Course, 'id' | 'mine' | 'domains'>;
  /** Null for a new one. */
  readonly question: Question | null;
  /** Whether it opens ready to be changed. */
  readonly editing?: boolean;
  /** Given the id of the question as it was saved, where it was. */
  readonly onClose: (saved?: string) => void;
}

const blank = (correct: boolean, text = ''): Option => ({ text, correct, tolerance: null, feedback: null });

/** Options as another kind of question has them. */
function optionsFor(kind: QuestionKind, options: readonly Option[]): Option[] {
  const right = options.filter(({ correct }) => correct);
  switch (kind) {
    case 'truefalse':
      return [blank(true, 'True'), blank(false, 'False')];
    case 'numeric':
    case 'short':
      return right.length === 0 ? [blank(true)] : right.map((option) => ({ ...option, tolerance: kind === 'numeric' ? (option.tolerance ?? 0) : null }));
    case 'single':
      return (options.length < 2 ? [...options, blank(options.length === 0), blank(false)] : [...options]).map((option, index, all) => ({ ...option, correct: index === Math.max(0, all.findIndex(({ correct }) => correct)) }));
    case 'multiple':
      return options.length < 2 ? [...options, blank(options.length === 0), blank(false)] : [...options];
  }
}

/** A question, to be read and, where one may, changed. */
export function QuestionDialog({ course, question, onClose, editing: at = false }: QuestionDialogProps) {
  const { t } = useTranslation();
  const [editing, setEditing] = useState(at || question === null);
  return (
    <Dialog open wide onClose={() => { onClose(); }} closeLabel={t('common.close')} title={question === null ? t('packs.question.add') : question.externalId}>
      {question !== null && !editing ? (
        <div className="flex flex-col gap-4">
          <QuestionView question={question} />
          {course.mine && (
            <Button look="primary" className="self-start" autoFocus onClick={() => { setEditing(true); }}>
              {t('packs.question.edit')}
            </Button>
          )}
        </div>
      ) : (
        <QuestionForm course={course} question={question} onClose={onClose} />
      )}
    </Dialog>
  );
}

function QuestionForm({ course, question, onClose }: QuestionDialogProps) {
  const { t } = useTranslation();
  const create = useCommand('learning.questions.create');
  const update = useCommand('learning.questions.update');
  const retire = useCommand('learning.questions.retire');
  const topics = course.domains.flatMap((domain) => domain.topics.map((topic) => ({ value: topic.code, label: domainName(topic) })));
  const [draft, setDraft] = useState({
    topic: question?.topic ?? topics[0]?.value ?? '',
    kind: question?.kind ?? ('single'),
    difficulty: question?.difficulty ?? null,
    stem: question?.stem ?? '',
    options: question?.options ?? [blank(true), blank(false)],
    explanation: question?.explanation ?? '',
    reference: question?.reference ?? '',
    objective: question?.objective ?? '',
    flagged: question?.flagged ?? '',
  });
  const error = create.error ?? update.error;
  const set = (changes: Partial<typeof draft>): void => { setDraft((now) => ({ ...now, ...changes })); };
  const setOption = (index: number, changes: Partial<Option>): void => {
    set({
      options: draft.options.map((option, at) => {
        if (at === index) return { ...option, ...changes };
        // Of one answer, marking another takes the mark off the first.
        return changes.correct === true && (draft.kind === 'single' || draft.kind === 'truefalse') ? { ...option, correct: false } : option;
      }),
    });
  };
  const orNull = (text: string): string | null => (text.trim() === '' ? null : text);
  const save = (): void => {
    const given = { ...draft, explanation: orNull(draft.explanation), reference: orNull(draft.reference), objective: orNull(draft.objective), flagged: orNull(draft.flagged) };
    const options = { onSuccess: ({ id }: Question) => { toast({ title: t('packs.question.saved') }); onClose(id); } };
    if (question === null) create.mutate({ courseId: course.id, ...given }, options);
    else update.mutate({ id: question.id, ...given }, { onSuccess: ({ id, memory }) => { toast({ title: t('packs.question.saved'), ...(memory === 'same' ? {} : { detail: t(`packs.question.memory.${memory}`) }) }); onClose(id); } });
  };
  const typed = draft.kind === 'numeric' || draft.kind === 'short';
  return (
    <form
      className="flex flex-col gap-4"
      onSubmit={(event) => {
        event.preventDefault();
        save();
      }}
    >
      {error !== null && (
        <p role="alert" className="rounded-md border border-critical/40 bg-critical/5 px-3 py-2 text-critical">
          {messageOf(error)}
        </p>
      )}
      <TextArea label={t('packs.question.stem')} rows={3} autoFocus value={draft.stem} hint={t('packs.question.markdown')} onChange={(event) => { set({ stem: event.target.value }); }} />
      <div className="grid gap-3 sm:grid-cols-3">
        <Select label={t('packs.question.kind')} value={draft.kind} options={questionKinds.map((value) => ({ value, label: t(`packs.question.kinds.${value}`) }))} onChange={(event) => { const kind = questionKinds.find((value) => value === event.target.value) ?? 'single'; set({ kind, options: optionsFor(kind, draft.options) }); }} />
        <Select label={t('packs.question.topic')} value={draft.topic} options={topics} onChange={(event) => { set({ topic: event.target.value }); }} />
        <Select
          label={t('packs.question.difficulty')}
          value={draft.difficulty ?? ''}
          options={[{ value: '', label: t('packs.question.unknown') }, ...difficulties.map((value) => ({ value, label: t(`packs.question.difficulties.${value}`) }))]}
          onChange={(event) => { set({ difficulty: difficulties.find((value) => value === event.target.value) ?? null }); }}
        />
      </div>
      <fieldset className="flex flex-col gap-2">
        <legend className="mb-1 text-sm font-medium">{t(typed ? 'packs.question.rightAnswers' : 'packs.question.answers')}</legend>
        {draft.options.map((option, index) => (
          <div key={index} className="flex items-start gap-2">
            {!typed && (
              <label className="mt-1.5 flex items-center gap-1 text-sm">
                <input
                  type={draft.kind === 'multiple' ? 'checkbox' : 'radio'}
                  name="right"
                  className="size-4 accent-focus"
                  checked={option.correct}
                  aria-label={t('packs.question.isRight', { number: index + 1 })}
                  onChange={(event) => { setOption(index, { correct: event.target.checked }); }}
                />
              </label>
            )}
            <TextField labelHidden className="min-w-0 flex-1" label={t('packs.question.answer', { number: index + 1 })} value={option.text} readOnly={draft.kind === 'truefalse'} onChange={(event) => { setOption(index, { text: event.target.value }); }} />
            {draft.kind === 'numeric' && (
              <TextField labelHidden className="w-28" type="number" min={0} step="any" label={t('packs.question.tolerance', { number: index + 1 })} value={option.tolerance ?? 0} onChange={(event) => { setOption(index, { tolerance: Math.max(0, Number(event.target.value) || 0) }); }} />
            )}
            {draft.kind !== 'truefalse' && draft.options.length > 1 && (
              <IconButton label={t('packs.question.removeAnswer', { number: index + 1 })} onClick={() => { set({ options: draft.options.filter((_each, at) => at !== index) }); }}>
                <Trash2 size={14} aria-hidden />
              </IconButton>
            )}
          </div>
        ))}
        {draft.kind !== 'truefalse' && draft.options.length < 26 && (
          <Button size="small" look="quiet" className="self-start" icon={<Plus size={14} aria-hidden />} onClick={() => { set({ options: [...draft.options, { ...blank(typed), tolerance: draft.kind === 'numeric' ? 0 : null }] }); }}>
            {t('packs.question.addAnswer')}
          </Button>
        )}
      </fieldset>
      <TextArea label={t('packs.question.explanation')} rows={2} value={draft.explanation} onChange={(event) => { set({ explanation: event.target.value }); }} />
      <div className="grid gap-3 sm:grid-cols-2">
        <TextField label={t('packs.question.reference')} value={draft.reference} onChange={(event) => { set({ reference: event.target.value }); }} />
        <TextField label={t('packs.question.objective')} value={draft.objective} onChange={(event) => { set({ objective: event.target.value }); }} />
      </div>
      <TextField label={t('packs.question.flag')} hint={t('packs.question.flagHint')} value={draft.flagged} onChange={(event) => { set({ flagged: event.target.value }); }} />
      {question !== null && <p className="text-sm text-faint">{t('packs.question.replaces')}</p>}
      <div className="flex flex-wrap gap-2">
        <Button type="submit" look="primary" busy={create.isPending || update.isPending}>
          {t('packs.save')}
        </Button>
        <Button onClick={() => { onClose(); }}>{t('common.cancel')}</Button>
        {question !== null && (
          <Button
            look="quiet"
            className="ml-auto"
            busy={retire.isPending}
            onClick={() => {
              retire.mutate(
                { id: question.id },
                {
                  onSuccess: () => {
                    toast({ title: t('packs.question.takenOut', { id: question.externalId }), action: { label: t('packs.putBack'), run: () => { retire.mutate({ id: question.id, retired: false }, { onError: tellFailure }); } } });
                    onClose();
                  },
                  onError: tellFailure,
                },
              );
            }}
          >
            {t('packs.question.takeOut')}
          </Button>
        )}
      </div>
    </form>
  );
}
