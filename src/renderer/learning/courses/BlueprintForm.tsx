import { ChevronDown, ChevronRight } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { examDraws, passUnits } from '#domain/learning/courses/pack';
import { questionsToPass } from '#domain/learning/passMark';
import { useFormats } from '#renderer/data/format';
import { IconButton } from '#renderer/kit/Button';
import { Select, TextField } from '#renderer/kit/Field';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import type { BlueprintDraft } from './courseDraft';

interface BlueprintFormProps {
  readonly blueprint: BlueprintDraft;
  readonly onChange: (blueprint: BlueprintDraft) => void;
}

/** A number that somebody typed, or null for an empty field. */
const numberOf = (text: string): number | null => (text.trim() === '' || !Number.isFinite(Number(text)) ? null : Number(text));

/** What keeps a blueprint from being taken, by its field. */
export function blueprintProblem({ title, exam, domains }: BlueprintDraft): 'title' | 'pass' | 'weights' | 'names' | null {
  const { questions, passMark, passUnit } = exam;
  if (title.trim() === '') return 'title';
  if (passMark !== null && (passMark <= 0 || (passUnit === 'share' ? passMark > 1 : !Number.isInteger(passMark) || (questions !== null && passMark > questions)))) return 'pass';
  if (domains.some(({ weight }) => weight !== null && (weight < 0 || weight > 100))) return 'weights';
  return domains.some((domain) => domain.title.trim() === '' || domain.topics.some((topic) => topic.title.trim() === '')) ? 'names' : null;
}

/** How a course is made up: its title, its exam, its domains and topics. */
export function BlueprintForm({ blueprint, onChange }: BlueprintFormProps) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [open, setOpen] = useState<ReadonlySet<string>>(new Set());
  const { title, exam, domains } = blueprint;
  const problem = blueprintProblem(blueprint);
  const setExam = (changes: Partial<BlueprintDraft['exam']>): void => { onChange({ ...blueprint, exam: { ...exam, ...changes } }); };
  const setDomain = (code: string, changes: Partial<BlueprintDraft['domains'][number]>): void => {
    onChange({ ...blueprint, domains: domains.map((domain) => (domain.code === code ? { ...domain, ...changes } : domain)) });
  };
  const weighed = domains.reduce((sum, { weight }) => sum + (weight ?? 0), 0);
  const toPass = exam.passMark === null || exam.questions === null ? null : questionsToPass(exam.passMark, exam.passUnit, exam.questions);
  const passShown = exam.passMark === null ? '' : String(exam.passUnit === 'share' ? Number((exam.passMark * 100).toFixed(4)) : exam.passMark);
  return (
    <div className="flex flex-col gap-5">
      <TextField label={t('packs.blueprint.title')} value={title} maxLength={200} error={problem === 'title' ? t('packs.blueprint.titleMissing') : undefined} onChange={(event) => { onChange({ ...blueprint, title: event.target.value }); }} />
      <fieldset className="flex flex-col gap-3">
        <legend className="mb-2 font-semibold">{t('packs.blueprint.exam')}</legend>
        <div className="grid grid-cols-2 gap-3 sm:grid-cols-4">
          <TextField label={t('packs.blueprint.questions')} type="number" min={1} max={1000} value={exam.questions ?? ''} placeholder={t('packs.blueprint.unknown')} onChange={(event) => { setExam({ questions: numberOf(event.target.value) }); }} />
          <TextField label={t('packs.blueprint.minutes')} type="number" min={1} max={1440} value={exam.minutes ?? ''} placeholder={t('packs.blueprint.noLimit')} onChange={(event) => { setExam({ minutes: numberOf(event.target.value) }); }} />
          <TextField
            label={t('packs.blueprint.pass')}
            type="number"
            min={0}
            step="any"
            value={passShown}
            placeholder={t('packs.blueprint.unknown')}
            error={problem === 'pass' ? t('packs.blueprint.passProblem') : undefined}
            hint={exam.passUnit === 'share' && toPass !== null && exam.questions !== null ? t('packs.blueprint.passCount', { count: toPass, of: formats.number(exam.questions) }) : undefined}
            onChange={(event) => {
              const value = numberOf(event.target.value);
              setExam({ passMark: value === null ? null : exam.passUnit === 'share' ? value / 100 : value });
            }}
          />
          <Select
            label={t('packs.blueprint.passUnit')}
            value={exam.passUnit}
            options={passUnits.map((value) => ({ value, label: t(`packs.blueprint.passUnits.${value}`) }))}
            onChange={(event) => { setExam({ passUnit: event.target.value as (typeof passUnits)[number], passMark: null }); }}
          />
        </div>
        <Select
          label={t('packs.blueprint.draw')}
          value={exam.draw}
          className="max-w-md"
          options={examDraws.map((value) => ({ value, label: t(`packs.blueprint.draws.${value}`) }))}
          onChange={(event) => { setExam({ draw: event.target.value as (typeof examDraws)[number] }); }}
        />
      </fieldset>
      <section aria-label={t('packs.blueprint.domains')}>
        <h3 className="mb-2 font-semibold">{t('packs.blueprint.domains')}</h3>
        <div className="rounded-md border border-line bg-surface">
          <Sheet caption={t('packs.blueprint.domains')}>
            <thead>
              <tr>
                <Head className="w-10" aria-label={t('packs.blueprint.topics')} />
                <Head>{t('packs.blueprint.code')}</Head>
                <Head className="min-w-48">{t('packs.blueprint.name')}</Head>
                <Head number>{t('packs.blueprint.weight')}</Head>
                <Head number>{t('packs.blueprint.topicCount')}</Head>
                <Head number>{t('packs.counts.questions')}</Head>
              </tr>
            </thead>
            {domains.map((domain) => (
              <tbody key={domain.code}>
                <tr>
                  <Cell className="pr-0">
                    <IconButton
                      label={t(open.has(domain.code) ? 'packs.blueprint.hideTopics' : 'packs.blueprint.showTopics', { domain: domain.title })}
                      aria-expanded={open.has(domain.code)}
                      className="size-7"
                      onClick={() => { setOpen((known) => (known.has(domain.code) ? new Set([...known].filter((code) => code !== domain.code)) : new Set([...known, domain.code]))); }}
                    >
                      {open.has(domain.code) ? <ChevronDown size={14} aria-hidden /> : <ChevronRight size={14} aria-hidden />}
                    </IconButton>
                  </Cell>
                  <Cell className="text-muted">{domain.code}</Cell>
                  <Cell>
                    <TextField labelHidden label={t('packs.blueprint.nameOf', { code: domain.code })} value={domain.title} maxLength={200} onChange={(event) => { setDomain(domain.code, { title: event.target.value }); }} />
                  </Cell>
                  <Cell number className="w-28">
                    <TextField labelHidden label={t('packs.blueprint.weightOf', { code: domain.code })} type="number" min={0} max={100} step="any" value={domain.weight ?? ''} placeholder="–" onChange={(event) => { setDomain(domain.code, { weight: numberOf(event.target.value) }); }} />
                  </Cell>
                  <Cell number>{formats.number(domain.topics.length)}</Cell>
                  <Cell number>{formats.number(domain.questions)}</Cell>
                </tr>
                {open.has(domain.code) &&
                  domain.topics.map((topic) => (
                    <tr key={topic.code} className="bg-sunken">
                      <Cell />
                      <Cell className="text-muted">{topic.code}</Cell>
                      <Cell colSpan={3}>
                        <TextField
                          labelHidden
                          label={t('packs.blueprint.nameOf', { code: topic.code })}
                          value={topic.title}
                          maxLength={200}
                          onChange={(event) => { setDomain(domain.code, { topics: domain.topics.map((each) => (each.code === topic.code ? { ...each, title: event.target.value } : each)) }); }}
                        />
                      </Cell>
                      <Cell number>{formats.number(topic.questions)}</Cell>
                    </tr>
                  ))}
              </tbody>
            ))}
          </Sheet>
        </div>
        {weighed > 0 && Math.abs(weighed - 100) > 0.5 && <p className="mt-2 text-sm text-medium">{t('packs.blueprint.weightSum', { sum: formats.number(Math.round(weighed * 10) / 10) })}</p>}
        {problem === 'names' && <p className="mt-2 text-sm text-critical">{t('packs.blueprint.namesMissing')}</p>}
      </section>
    </div>
  );
}
