import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useSearch } from 'wouter';
import type { Difficulty } from '#domain/learning/attempts';
import { difficulties } from '#domain/learning/attempts';
import { type QuizMode, quizModes } from '#domain/learning/practice/select';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { SkeletonRows } from '#renderer/kit/Face';
import { Check, Choice } from '#renderer/kit/Field';
import { Card, Key } from '#renderer/kit/Marks';
import { Segments } from '#renderer/kit/Segments';
import { useShortcuts } from '#renderer/kit/useShortcuts';
import { Failure } from '#renderer/shell/Failure';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { useAskedCourse } from '#renderer/learning/askedCourse';
import { NoGoal } from '#renderer/learning/learn/NoGoal';
import { useStart } from './useStart';

interface Chosen {
  readonly domainIds: string[] | null;
  readonly topicIds: string[] | null;
}

/** What was chosen, as a sitting takes it: whole domains alone, or the topics of all that was chosen. */
function chosenOf(all: readonly { readonly id: string; readonly topics: readonly { readonly id: string }[] }[], domains: ReadonlySet<string>, topics: ReadonlySet<string>): Chosen {
  if (topics.size === 0) return { domainIds: domains.size === 0 ? null : [...domains], topicIds: null };
  return { domainIds: null, topicIds: all.flatMap((domain) => domain.topics.flatMap(({ id }) => (domains.has(domain.id) || topics.has(id) ? [id] : []))) };
}

const counts = ['5', '10', '20', '35', '50'] as const;

/** What to be asked: a quiz by topic, difficulty and way of picking. An address may name the course, a domain and a topic to begin with. */
export function Practice() {
  const { t } = useTranslation();
  const formats = useFormats();
  useScreenTitle(t('places.practice'));
  const asked = new URLSearchParams(useSearch());
  const courseId = useAskedCourse();
  const choices = useEntry('learning.practice.choices', { courseId }, { keep: true });
  const { start, busy } = useStart();
  const [mode, setMode] = useState<QuizMode>('weak');
  const [count, setCount] = useState<(typeof counts)[number]>('20');
  const [domains, setDomains] = useState<ReadonlySet<string>>(() => new Set(asked.get('domain') === null || asked.has('topic') ? [] : asked.getAll('domain')));
  const [topics, setTopics] = useState<ReadonlySet<string>>(() => new Set(asked.getAll('topic')));
  const [levels, setLevels] = useState<ReadonlySet<Difficulty>>(new Set());
  const data = choices.data;
  const begin = (): void => {
    start({ kind: 'quiz', courseId, mode, count: Number(count), ...chosenOf(data?.domains ?? [], domains, topics), difficulties: levels.size === 0 ? null : [...levels] });
  };
  useShortcuts([{ keys: 'b', label: t('practice.keys.begin'), run: begin }]);
  if (choices.error !== null) return <Failure error={choices.error} onRetry={() => void choices.refetch()} />;
  if (data === undefined) return <SkeletonRows rows={9} label={t('common.loading')} />;
  if (data.courseId === null) return <NoGoal />;
  const flip = <Value,>(set: ReadonlySet<Value>, value: Value): ReadonlySet<Value> => {
    const next = new Set(set);
    if (!next.delete(value)) next.add(value);
    return next;
  };
  const left: Readonly<Record<QuizMode, number>> = { weak: data.questions, mixed: data.questions, unseen: data.unseen, missed: data.missed, marked: data.marked };
  const known = difficulties.filter((level) => data.difficulties[level] > 0);
  return (
    <div className="h-full overflow-y-auto">
      <div className="mx-auto flex w-full max-w-3xl flex-col gap-5 p-4 sm:p-6">
        <fieldset className="grid gap-2 sm:grid-cols-2">
          <legend className="mb-2 font-semibold">{t('practice.which')}</legend>
          {quizModes.map((one) => (
            <Choice key={one} name="mode" value={one} checked={mode === one} title={t(`practice.modes.${one}`)} detail={t('practice.questions', { count: left[one] })} onChoose={() => { setMode(one); }} />
          ))}
        </fieldset>
        <div className="flex flex-wrap items-center gap-3">
          <span className="font-semibold">{t('practice.howMany')}</span>
          <Segments label={t('practice.howMany')} value={count} segments={counts.map((value) => ({ value, label: value }))} onChange={setCount} />
        </div>
        {known.length > 1 && (
          <fieldset className="flex flex-wrap items-center gap-4">
            <legend className="sr-only">{t('practice.difficulty')}</legend>
            <span className="font-semibold" aria-hidden>
              {t('practice.difficulty')}
            </span>
            {known.map((level) => (
              <Check key={level} label={t(`practice.levels.${level}`)} checked={levels.has(level)} onChange={() => { setLevels(flip(levels, level)); }} />
            ))}
          </fieldset>
        )}
        <Card title={t('practice.domains')}>
          <ul className="flex flex-col gap-2">
            {data.domains.map(({ id, title, questions, weight, topics: inDomain }) => {
              const answered = inDomain.filter(({ answers }) => answers > 0);
              const share = answered.length === 0 ? null : answered.reduce((sum, topic) => sum + (topic.share ?? 0), 0) / answered.length;
              return (
                <li key={id}>
                  <div className="flex items-start justify-between gap-x-3 max-sm:flex-col">
                    <Check label={title} checked={domains.has(id)} onChange={() => { setDomains(flip(domains, id)); }} />
                    <span className="tabular shrink-0 text-sm text-muted max-sm:pl-6">
                      {[t('practice.questions', { count: questions }), ...(weight === null ? [] : [t('practice.weight', { weight: formats.number(weight) })]), ...(share === null ? [] : [t('practice.share', { share: formats.percent(share) })])].join(' · ')}
                    </span>
                  </div>
                  {inDomain.length > 1 && (
                    <details className="ml-6" open={inDomain.some((topic) => topics.has(topic.id)) || undefined}>
                      <summary className="inline-block min-h-6 cursor-pointer text-sm text-muted">{t('practice.topicsOf', { count: inDomain.length, domain: title })}</summary>
                      <div className="flex flex-col gap-1 py-1">
                        {inDomain.map((topic) => (
                          <Check key={topic.id} className="text-sm" label={topic.title} checked={domains.has(id) || topics.has(topic.id)} disabled={domains.has(id)} onChange={() => { setTopics(flip(topics, topic.id)); }} />
                        ))}
                      </div>
                    </details>
                  )}
                </li>
              );
            })}
          </ul>
          <p className="mt-3 text-sm text-faint">{t('practice.domainsHint')}</p>
        </Card>
        <div className="sticky bottom-0 flex bg-bg py-3">
          <Button look="primary" busy={busy} disabled={left[mode] === 0} onClick={begin}>
            {t('practice.begin')} <Key>B</Key>
          </Button>
        </div>
      </div>
    </div>
  );
}
