import { Users } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { OutputOf } from '#contract/index';
import type { StudentAtRisk } from '#contract/learning/readiness';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Empty, SkeletonRows } from '#renderer/kit/Face';
import { SeverityMark, Tag } from '#renderer/kit/Marks';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { Failure } from '#renderer/shell/Failure';
import { verdictOf } from './findings';

const pageSize = 50;
const tones = { ready: 'good', atRisk: 'warn', notYet: 'bad' } as const;

/** The students of a course within one's reach, those with most to worry about first. */
export function Students({ courseId }: { readonly courseId: string }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [offset, setOffset] = useState(0);
  const { data, error, refetch, isPlaceholderData } = useEntry('learning.readiness.students', { courseId, limit: pageSize, offset }, { keep: true });
  const said = useEntry('models.predictions.students', { courseId, userIds: (data?.items ?? []).map(({ id }) => id) }, { enabled: data !== undefined && data.items.length > 0, keep: true });
  if (error !== null) return <Failure error={error} onRetry={() => void refetch()} />;
  if (data === undefined) return <SkeletonRows rows={10} label={t('common.loading')} />;
  if (data.total === 0) {
    return (
      <Empty icon={<Users size={28} aria-hidden />} title={t('standing.students.none')}>
        {t('standing.students.noneDetail')}
      </Empty>
    );
  }
  const [first] = data.items;
  const { risk, readiness } = said.data?.models ?? { risk: null, readiness: null };
  const saidOf = new Map((said.data?.items ?? []).map((item) => [item.userId, item]));
  return (
    <div className="flex flex-col gap-3">
      <p className="text-sm text-muted">{first === undefined ? '' : t('standing.students.asOf', { when: formats.ago(first.asOf) })}</p>
      <div className="rounded-md border border-line bg-surface">
        <Sheet caption={t('standing.tabs.students')}>
          <thead>
            <tr>
              <Head>{t('standing.students.name')}</Head>
              <Head>{t('standing.students.alerts')}</Head>
              <Head number>{t('standing.chart.chance')}</Head>
              {readiness !== null && <Head number>{t('standing.students.modelPasses')}</Head>}
              {risk !== null && <Head number>{t('standing.students.modelRisk')}</Head>}
              <Head number>{t('standing.chart.right')}</Head>
              <Head number>{t('standing.chart.answers')}</Head>
              <Head number>{t('standing.students.lastStudied')}</Head>
              <Head number>{t('standing.students.exam')}</Head>
            </tr>
          </thead>
          <tbody>
            {data.items.map((student) => (
              <StudentRow key={student.id} student={student} courseId={courseId} passes={readiness === null ? undefined : (saidOf.get(student.id)?.readiness ?? null)} risk={risk === null ? undefined : (saidOf.get(student.id)?.risk ?? null)} />
            ))}
          </tbody>
        </Sheet>
      </div>
      {data.total > pageSize && (
        <div className="flex items-center justify-center gap-3 text-sm text-muted">
          <Button size="small" disabled={offset === 0} onClick={() => { setOffset(offset - pageSize); }}>
            {t('standing.students.previous')}
          </Button>
          <span className="tabular">{t('standing.students.shown', { from: formats.number(offset + 1), to: formats.number(Math.min(data.total, offset + pageSize)), total: formats.number(data.total) })}</span>
          <Button size="small" busy={isPlaceholderData} disabled={offset + pageSize >= data.total} onClick={() => { setOffset(offset + pageSize); }}>
            {t('standing.students.next')}
          </Button>
        </div>
      )}
    </div>
  );
}

type Said = OutputOf<'models.predictions.students'>['items'][number]['risk'];

/** What a model that was trained here says, with its range in words. */
function SaidCell({ said }: { readonly said: Said }) {
  const { t } = useTranslation();
  const formats = useFormats();
  if (said === null) return <Cell number>–</Cell>;
  return (
    <Cell number>
      <span title={t('standing.readiness.between', { low: formats.percent(said.lower), high: formats.percent(said.upper) })}>{formats.percent(said.probability)}</span>
    </Cell>
  );
}

function StudentRow({ student, courseId, passes, risk }: { readonly student: StudentAtRisk; readonly courseId: string; /** Left out where no model serves. */ readonly passes: Said | undefined; readonly risk: Said | undefined }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { id, name, answers, accuracy, chance, low, high, interventions, daysWithoutStudy, daysUntilExam } = student;
  const verdict = chance === null ? null : verdictOf(chance);
  return (
    <tr className="hover:bg-sunken">
      <Cell>
        <Link href={`/standing/readiness?course=${courseId}&student=${id}`} className="font-medium underline-offset-2 hover:underline">
          {name}
        </Link>
      </Cell>
      <Cell>
        <span className="flex flex-wrap gap-x-3 gap-y-1">
          {interventions.map((intervention) => (
            <SeverityMark key={intervention} severity={intervention === 'low_engagement' || intervention === 'exam_unready' ? 'critical' : 'high'} word={t(`standing.interventions.${intervention}`)} />
          ))}
        </span>
      </Cell>
      <Cell number>
        {chance === null || verdict === null ? (
          <span className="text-faint">{t('standing.students.notEnough')}</span>
        ) : (
          <span className="inline-flex items-center gap-2" title={t('standing.readiness.between', { low: formats.percent(low ?? 0), high: formats.percent(high ?? 1) })}>
            <Tag tone={tones[verdict]}>{t(`standing.readiness.verdicts.${verdict}`)}</Tag>
            {formats.percent(chance)}
          </span>
        )}
      </Cell>
      {passes !== undefined && <SaidCell said={passes} />}
      {risk !== undefined && <SaidCell said={risk} />}
      <Cell number>{accuracy === null ? '–' : formats.percent(accuracy)}</Cell>
      <Cell number>{formats.number(answers)}</Cell>
      <Cell number>{daysWithoutStudy === null ? '–' : t('standing.students.daysAgo', { count: daysWithoutStudy })}</Cell>
      <Cell number>{daysUntilExam === null ? '–' : daysUntilExam < 0 ? t('standing.students.over') : t('standing.students.inDays', { count: daysUntilExam })}</Cell>
    </tr>
  );
}
