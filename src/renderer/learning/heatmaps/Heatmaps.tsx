import { Grid3x3 } from 'lucide-react';
import { useCallback, useMemo, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { HeatmapAnswer } from '#contract/learning/heatmaps';
import { heatmapKinds, type HeatmapKind, levelBorders } from '#domain/learning/heatmaps/heatmaps';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { ChartFrame } from '#renderer/kit/charts/ChartFrame';
import { hatch, Heatmap, HeatmapPicture, type HeatRow, heatTint } from '#renderer/kit/charts/Heatmap';
import { classes } from '#renderer/kit/classes';
import { Empty, Skeleton } from '#renderer/kit/Face';
import { Segments } from '#renderer/kit/Segments';
import type { StandingOf } from '#renderer/learning/standing/standingOf';
import { useChartWords } from '#renderer/learning/standing/useChartWords';
import { Failure } from '#renderer/shell/Failure';
import { CellDetails } from './CellDetails';

const spans = ['8', '26', '52'] as const;
type Span = (typeof spans)[number];

/** A cell that somebody opened. */
export interface OpenCell {
  readonly row: string;
  readonly column: string;
}

/** Three looks at all answers: by week, by difficulty, by kind of assessment. Each cell opens. */
export function Heatmaps({ of }: { readonly of: StandingOf }) {
  const { t } = useTranslation();
  const [kind, setKind] = useState<HeatmapKind>('domainByWeek');
  const [span, setSpan] = useState<Span>('8');
  const [open, setOpen] = useState<OpenCell | null>(null);
  const weeks = useEntry('learning.heatmaps.domainByWeek', { ...of, weeks: Number(span) }, { enabled: kind === 'domainByWeek', keep: true });
  const difficulty = useEntry('learning.heatmaps.topicByDifficulty', of, { enabled: kind === 'topicByDifficulty', keep: true });
  const objectives = useEntry('learning.heatmaps.objectiveByAssessment', of, { enabled: kind === 'objectiveByAssessment', keep: true });
  const { data, error, refetch } = { domainByWeek: weeks, topicByDifficulty: difficulty, objectiveByAssessment: objectives }[kind];
  const opened = useRef<HTMLElement | null>(null);
  const onOpen = useCallback((row: string, column: string) => {
    opened.current = document.activeElement instanceof HTMLElement ? document.activeElement : null;
    setOpen({ row, column });
  }, []);
  // A dialog without a button of its own gives the keyboard to nobody; it belongs to the cell.
  const onClose = (): void => {
    setOpen(null);
    requestAnimationFrame(() => opened.current?.focus());
  };
  return (
    <div className="flex flex-col gap-4">
      <div className="flex flex-wrap gap-3">
        <Segments
          label={t('standing.heatmaps.which')}
          value={kind}
          segments={heatmapKinds.map((value) => ({ value, label: t(`standing.heatmaps.kinds.${value}`) }))}
          onChange={(value) => {
            setKind(value);
            setOpen(null);
          }}
        />
        {kind === 'domainByWeek' && (
          <Segments label={t('standing.heatmaps.span')} value={span} segments={spans.map((value) => ({ value, label: t('standing.heatmaps.weeks', { count: Number(value) }) }))} onChange={setSpan} />
        )}
      </div>
      {error !== null ? <Failure error={error} onRetry={() => void refetch()} /> : data === undefined ? <Skeleton className="h-72" /> : <Drawn data={data} onOpen={onOpen} />}
      {data !== undefined && open !== null && <CellDetails of={of} data={data} weeks={Number(span)} cell={open} onClose={onClose} />}
    </div>
  );
}

function Drawn({ data, onOpen }: { readonly data: HeatmapAnswer; readonly onOpen: (row: string, column: string) => void }) {
  const { t, i18n } = useTranslation();
  const formats = useFormats('UTC');
  const words = useChartWords();
  const { kind } = data;
  const columns = useMemo(() => {
    const short = new Intl.DateTimeFormat(i18n.language, { day: 'numeric', month: 'numeric', timeZone: 'UTC' });
    return data.columns.map((id) =>
      kind === 'domainByWeek' ? { id, short: short.format(Date.parse(id)), name: t('standing.heatmaps.weekOf', { date: formats.date(Date.parse(id)) }) } : { id, short: t(`standing.heatmaps.columns.${id as 'easy'}`), name: t(`standing.heatmaps.columns.${id as 'easy'}`) },
    );
    // The formats are made anew with each draw; they differ only with the language.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [data.columns, kind, i18n.language]);
  const rows = useMemo(
    () =>
      data.rows.map((row): HeatRow => ({
        id: row.id,
        title: row.title,
        cells: row.cells.map(({ level, share, answers, few }, index) => ({
          level,
          few,
          text: share === null ? '' : String(Math.round(share * 100)),
          name:
            share === null
              ? t('standing.heatmaps.noAnswer', { row: row.title, column: columns[index]?.name ?? '' })
              : t(few ? 'standing.heatmaps.fewCell' : 'standing.heatmaps.cell', { row: row.title, column: columns[index]?.name ?? '', right: Math.round(share * 100), count: answers }),
        })),
      })),
    [data.rows, columns, t],
  );
  if (data.answers === 0 || rows.length === 0) {
    return (
      <Empty icon={<Grid3x3 size={28} aria-hidden />} title={t('standing.heatmaps.none')}>
        {t('standing.heatmaps.noneDetail')}
      </Empty>
    );
  }
  const [weakest, next] = [...data.rows].filter(({ all }) => all.share !== null && !all.few).sort((a, b) => (a.all.share ?? 0) - (b.all.share ?? 0));
  // Where nothing can be compared, or all are alike, nothing is the weakest.
  const title = weakest === undefined || next === undefined || weakest.all.share === next.all.share ? t(`standing.heatmaps.kinds.${kind}`) : t('standing.heatmaps.finding', { row: weakest.title, right: formats.percent(weakest.all.share ?? 0) });
  return (
    <ChartFrame
      title={title}
      unit={t('standing.heatmaps.unit', { count: data.answers })}
      fileName={`heatmap-${kind}`}
      words={words}
      table={{ columns: [t(`standing.heatmaps.rows.${kind}`), ...columns.map(({ name }) => name)], rows: data.rows.map((row) => [row.title, ...row.cells.map(({ share }) => (share === null ? null : Math.round(share * 100)))]) }}
      picture={<HeatmapPicture columns={columns} rows={rows} />}
      legend={<Legend />}
    >
      <Heatmap label={t(`standing.heatmaps.kinds.${kind}`)} columns={columns} rows={rows} newestLast={kind === 'domainByWeek'} onOpen={onOpen} />
    </ChartFrame>
  );
}

/** What each colour stands for, with its numbers; and what the hatching says. */
function Legend() {
  const { t } = useTranslation();
  const ends = [0, ...levelBorders, 1];
  return (
    <ul className="flex flex-wrap items-center gap-x-3 gap-y-1 text-xs text-muted">
      {ends.slice(0, -1).map((from, level) => (
        <li key={from} className="tabular flex items-center gap-1">
          <span aria-hidden className={classes('size-4 border-b-3', heatTint(level))} />
          {level === 0 ? t('standing.heatmaps.below', { to: Math.round((ends[1] ?? 0) * 100) }) : t('standing.heatmaps.from', { from: Math.round(from * 100) })}
        </li>
      ))}
      <li className="flex items-center gap-1">
        <span aria-hidden className={classes('size-4 border border-line', hatch)} />
        {t('standing.heatmaps.few')}
      </li>
      <li className="max-sm:hidden">{t('standing.heatmaps.keys')}</li>
    </ul>
  );
}
