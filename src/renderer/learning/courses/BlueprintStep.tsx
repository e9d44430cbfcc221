import { useTranslation } from 'react-i18next';
import { courseAudiences } from '#contract/learning/courses';
import { useFormats } from '#renderer/data/format';
import { Button } from '#renderer/kit/Button';
import { Check, Choice, Select } from '#renderer/kit/Field';
import { Tag } from '#renderer/kit/Marks';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { Markdown } from '#renderer/learning/Markdown';
import { BlueprintForm, blueprintProblem } from './BlueprintForm';
import { CourseCounts } from './CourseCounts';
import { importCourse, setDraft, setUpdate, startOver, useCourseDraft } from './courseDraft';

const shownProblems = 100;
const tones = { fatal: 'bad', rejected: 'bad', warning: 'warn' } as const;

/** What the file becomes, to be looked over and confirmed. */
export function BlueprintStep() {
  const { t } = useTranslation();
  const formats = useFormats();
  const { preview, blueprint, busy, audience, update, replaceEdited } = useCourseDraft();
  if (preview === null || blueprint === null) return null;
  const { updates, problems, problemCount, unsupported, samples, basis } = preview;
  const fatal = problems.some(({ severity }) => severity === 'fatal');
  const things = preview.questions + preview.sections + preview.flashcards + preview.labs;
  return (
    <form
      className="mx-auto flex w-full max-w-4xl flex-col gap-6 p-4 sm:p-6"
      onSubmit={(event) => {
        event.preventDefault();
        void importCourse();
      }}
    >
      <header className="flex flex-wrap items-end justify-between gap-3">
        <div className="min-w-60 flex-1">
          <h2 className="text-lg font-semibold">{t('packs.blueprint.confirm')}</h2>
          <p className="text-muted">{t(`packs.formats.${preview.format}`)}</p>
        </div>
        <div className="flex gap-2">
          <Button onClick={startOver}>{t('packs.otherFile')}</Button>
          <Button type="submit" look="primary" disabled={fatal || things === 0 || blueprintProblem(blueprint) !== null} busy={busy !== null}>
            {t(updates === null ? 'packs.import' : 'packs.updateCourse')}
          </Button>
        </div>
      </header>
      <CourseCounts counts={preview} />
      {unsupported.length > 0 && <p className="text-sm text-medium">{t('packs.unsupported', { types: unsupported.map(({ type, count }) => `${type} (${formats.number(count)})`).join(', ') })}</p>}
      {problemCount > 0 && (
        <section aria-label={t('packs.problems.title')}>
          <h3 className="mb-2 font-semibold">{t('packs.problems.title')}</h3>
          <div className="max-h-72 overflow-y-auto rounded-md border border-line bg-surface">
            <Sheet caption={t('packs.problems.title')}>
              <thead>
                <tr>
                  <Head>{t('packs.problems.where')}</Head>
                  <Head>{t('packs.problems.what')}</Head>
                  <Head>{t('packs.problems.reason')}</Head>
                </tr>
              </thead>
              <tbody>
                {problems.slice(0, shownProblems).map(({ file, line, severity, reason }, index) => (
                  <tr key={`${file} ${String(line)} ${String(index)}`}>
                    <Cell className="align-top text-sm break-all text-muted">{line === 0 ? file : t('packs.problems.line', { file, line: formats.number(line) })}</Cell>
                    <Cell className="align-top">
                      <Tag tone={tones[severity]}>{t(`packs.problems.severities.${severity}`)}</Tag>
                    </Cell>
                    <Cell className="align-top">{reason}</Cell>
                  </tr>
                ))}
              </tbody>
            </Sheet>
          </div>
          {problemCount > shownProblems && <p className="mt-1 text-sm text-faint">{t('packs.problems.more', { count: problemCount - Math.min(problems.length, shownProblems) })}</p>}
        </section>
      )}
      {(updates !== null || !update) && (
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-2 font-semibold">{t('packs.update.title')}</legend>
          <Choice
            name="update"
            value="update"
            checked={update}
            title={t('packs.update.update', { title: updates?.title ?? '' })}
            detail={updates === null ? undefined : [t('packs.update.detail', { added: updates.changes.added, changed: updates.changes.changed, retired: updates.changes.retired, unchanged: updates.changes.unchanged }), ...(updates.changes.anew === 0 ? [] : [t('packs.update.anew', { count: updates.changes.anew })])].join(' ')}
            onChoose={() => void setUpdate(true)}
          />
          <Choice name="update" value="new" checked={!update} title={t('packs.update.new')} detail={t('packs.update.newDetail')} onChoose={() => void setUpdate(false)} />
          {updates !== null && updates.editedKept > 0 && (
            <Check className="mt-1" label={t('packs.update.replaceEdited', { count: updates.editedKept })} checked={replaceEdited} onChange={(event) => { setDraft({ replaceEdited: event.target.checked }); }} />
          )}
        </fieldset>
      )}
      <ul className="list-disc pl-5 text-sm text-muted">
        {basis.map((sentence) => (
          <li key={sentence}>{sentence}</li>
        ))}
      </ul>
      <BlueprintForm blueprint={blueprint} onChange={(next) => { setDraft({ blueprint: next }); }} />
      {updates === null && (
        <Select
          label={t('packs.audience')}
          className="max-w-xs"
          value={audience}
          options={courseAudiences.map((value) => ({ value, label: t(`packs.audiences.${value}`) }))}
          onChange={(event) => { setDraft({ audience: event.target.value as (typeof courseAudiences)[number] }); }}
        />
      )}
      {samples.length > 0 && (
        <section aria-label={t('packs.samples')}>
          <h3 className="mb-2 font-semibold">{t('packs.samples')}</h3>
          <ol className="flex flex-col gap-2">
            {samples.map(({ id, topic, stem, options }) => (
              <li key={id} className="rounded-md border border-line bg-surface p-3">
                <p className="mb-1 text-xs text-faint">{`${id} · ${topic}`}</p>
                <Markdown text={stem} className="font-medium" />
                <ul className="mt-1 list-disc pl-5 text-sm text-muted">
                  {options.map((option, index) => (
                    <li key={index} className={option.correct ? 'font-medium text-good' : ''}>
                      <Markdown inline text={option.text} />
                      {option.correct && <span className="sr-only"> {t('library.right')}</span>}
                    </li>
                  ))}
                </ul>
              </li>
            ))}
          </ol>
        </section>
      )}
    </form>
  );
}
