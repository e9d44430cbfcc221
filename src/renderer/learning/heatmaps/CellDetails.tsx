import { Check, X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { HeatmapAnswer } from '#contract/learning/heatmaps';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { Dialog } from '#renderer/kit/Dialog';
import { SkeletonRows } from '#renderer/kit/Face';
import type { StandingOf } from '#renderer/learning/standing/standingOf';
import { Failure } from '#renderer/shell/Failure';
import type { OpenCell } from './Heatmaps';

/** The questions behind a cell, those that went wrong most first. */
export function CellDetails({ of, data, weeks, cell, onClose }: { readonly of: StandingOf; readonly data: HeatmapAnswer; readonly weeks: number; readonly cell: OpenCell; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const { data: behind, error, refetch } = useEntry('learning.heatmaps.cell', { ...of, kind: data.kind, weeks, row: cell.row, column: cell.column });
  const row = data.rows.find(({ id }) => id === cell.row)?.title ?? '';
  const column = data.kind === 'domainByWeek' ? t('standing.heatmaps.weekOf', { date: formats.date(Date.parse(cell.column)) }) : t(`standing.heatmaps.columns.${cell.column as 'easy'}`);
  return (
    <Dialog open onClose={onClose} title={`${row} · ${column}`} closeLabel={t('common.close')} wide {...(behind === undefined ? {} : { description: t('standing.heatmaps.behind', { count: behind.answers, correct: behind.correct }) })}>
      {error !== null ? (
        <Failure error={error} onRetry={() => void refetch()} />
      ) : behind === undefined ? (
        <SkeletonRows rows={5} label={t('common.loading')} />
      ) : behind.questions.length === 0 ? (
        <p className="text-muted">{t('standing.heatmaps.nothingBehind')}</p>
      ) : (
        <ul className="flex flex-col">
          {behind.questions.map(({ id, externalId, stem, answers, correct, lastCorrect, lastAt }) => (
            <li key={id} className="flex items-start gap-3 border-b border-line py-2 last:border-b-0">
              <span className="mt-0.5">{lastCorrect ? <Check size={16} aria-label={t('standing.heatmaps.lastRight')} className="text-good" /> : <X size={16} aria-label={t('standing.heatmaps.lastWrong')} className="text-critical" />}</span>
              <span className="min-w-0 flex-1">
                <span className="line-clamp-2 break-words">{stem}</span>
                <span className="block text-xs text-muted">
                  {externalId} · {formats.ago(lastAt)}
                </span>
              </span>
              <span className="tabular shrink-0 text-sm">{t('standing.heatmaps.rightOf', { correct, answers })}</span>
            </li>
          ))}
        </ul>
      )}
    </Dialog>
  );
}
