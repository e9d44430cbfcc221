import { useTranslation } from 'react-i18next';
import type { LeadGroup } from '#contract/admissions/leadGroups';
import type { AskedOutput } from '#contract/admissions/queries';
import type { Filter } from '#contract/filter';
import type { OutputOf } from '#contract/index';
import { useGroupLabel } from '#renderer/admissions/leads/GroupRow';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { ChartFrame, type ChartWords } from '#renderer/kit/charts/ChartFrame';
import { ColumnChart } from '#renderer/kit/charts/ColumnChart';
import { SkeletonRows } from '#renderer/kit/Face';
import { Failure } from '#renderer/shell/Failure';
import { everything } from './asked';

type Analysis = OutputOf<'admissions.queries.analyse'>;

interface AnalysisProps {
  readonly filter: Filter | null;
  readonly onEdit: (asked: AskedOutput) => void;
}

function useAnalysis(filter: Filter | null) {
  return useEntry('admissions.queries.analyse', filter === null ? {} : { filter }, { keep: true });
}

function useWords(): ChartWords {
  const { t } = useTranslation();
  return { table: t('ask.chart.table'), chart: t('ask.chart.chart'), csv: t('ask.chart.csv'), png: t('ask.chart.png') };
}

/** How the leads of an answer are spread, how they came in, in which segments they lie, and what a model expects of them. */
export function Analytics({ filter, onEdit }: AnalysisProps) {
  const { t } = useTranslation();
  const analysis = useAnalysis(filter);
  if (analysis.error !== null) return <Failure error={analysis.error} onRetry={() => void analysis.refetch()} />;
  if (analysis.data === undefined) return <SkeletonRows rows={8} label={t('common.loading')} />;
  const { data } = analysis;
  const open = (part: Filter | null): void => {
    onEdit({ ...everything, filter: part });
  };
  return (
    <div aria-busy={analysis.isPlaceholderData} className="grid min-h-0 flex-1 auto-rows-min grid-cols-1 gap-4 overflow-y-auto border-t border-line p-4 lg:grid-cols-2">
      <Distribution analysis={data} onOpen={open} />
      <Trend analysis={data} filter={filter} onOpen={open} />
      {(['band', 'stage', 'source'] as const).map((by) => (
        <Segment key={by} by={by} groups={data.segments[by]} filter={filter} onOpen={open} />
      ))}
      <Predictive analysis={data} />
    </div>
  );
}

function within(filter: Filter | null, part: Filter): Filter {
  return filter === null ? part : { all: [...('all' in filter ? filter.all : [filter]), part] };
}

interface PartProps {
  readonly onOpen: (filter: Filter | null) => void;
}

function Distribution({ analysis: { distribution, unscored, totals }, onOpen }: PartProps & { readonly analysis: Analysis }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const columns = distribution.map((bin) => ({ id: String(bin.from), name: `${String(bin.from)}–${String(bin.to)}`, value: bin.leads, said: t('ask.charts.bin', { from: bin.from, to: bin.to, leads: formats.number(bin.leads) }) }));
  return (
    <ChartFrame
      title={totals.meanScore === null ? t('ask.charts.noScores') : t('ask.charts.scores', { score: Math.round(totals.meanScore) })}
      unit={t('ask.charts.scoresUnit', { scored: formats.number(totals.scored), unscored: formats.number(unscored) })}
      fileName="scores"
      words={useWords()}
      table={{ columns: [t('ask.charts.score'), t('ask.charts.leads')], rows: columns.map(({ name, value }) => [name, value]) }}
    >
      <ColumnChart label={t('ask.charts.scoresUnit', { scored: formats.number(totals.scored), unscored: formats.number(unscored) })} columns={columns} format={formats.number} onOpen={(id) => { onOpen(distribution.find((bin) => String(bin.from) === id)?.filter ?? null); }} />
    </ChartFrame>
  );
}

function Trend({ analysis: { trend, undated }, filter, onOpen }: PartProps & { readonly analysis: Analysis; readonly filter: Filter | null }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const label = useGroupLabel();
  const top = trend.reduce<LeadGroup | null>((best, group) => (best === null || group.leads > best.leads ? group : best), null);
  const columns = trend.map((group) => ({ id: group.key, name: group.key.slice(2), value: group.leads, said: t('ask.charts.month', { month: label(group), leads: formats.number(group.leads), score: group.meanScore === null ? '–' : Math.round(group.meanScore) }) }));
  const unit = t('ask.charts.trendUnit', { undated: formats.number(undated) });
  return (
    <ChartFrame
      title={top === null ? t('ask.charts.noDates') : t('ask.charts.trend', { month: label(top), leads: formats.number(top.leads) })}
      unit={unit}
      fileName="enquiries-by-month"
      words={useWords()}
      table={{ columns: [t('groups.fields.month'), t('ask.charts.leads'), t('groups.sorts.meanScore'), t('groups.sorts.rate')], rows: trend.map((group) => [label(group), group.leads, group.meanScore, group.rate === null ? null : Math.round(group.rate * 100)]) }}
    >
      {trend.length === 0 ? <p className="py-8 text-center text-sm text-muted">{t('ask.charts.noDatesHint')}</p> : <ColumnChart label={unit} columns={columns} format={formats.number} onOpen={(id) => { const group = trend.find(({ key }) => key === id); if (group !== undefined) onOpen(within(filter, group.filter)); }} />}
    </ChartFrame>
  );
}

function Segment({ by, groups, filter, onOpen }: PartProps & { readonly by: 'band' | 'stage' | 'source'; readonly groups: readonly LeadGroup[]; readonly filter: Filter | null }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const label = useGroupLabel();
  const total = groups.reduce((sum, { leads }) => sum + leads, 0);
  const largest = groups.reduce<LeadGroup | null>((best, group) => (best === null || group.leads > best.leads ? group : best), null);
  const columns = groups.map((group) => ({ id: group.key, name: label(group), value: group.leads, said: `${label(group)}: ${formats.number(group.leads)}` }));
  return (
    <ChartFrame
      title={largest === null ? t('ask.charts.nothing') : t('ask.charts.segment', { name: label(largest), percent: formats.percent(largest.leads / Math.max(1, total)) })}
      unit={t('groups.by', { what: t(`groups.fields.${by}`) })}
      fileName={`leads-by-${by}`}
      words={useWords()}
      picture={<ColumnChart label={t(`groups.fields.${by}`)} columns={columns} format={formats.number} />}
      table={{ columns: [t(`groups.fields.${by}`), ...(['leads', 'meanScore', 'expected', 'rate'] as const).map((of) => t(`groups.sorts.${of}`))], rows: groups.map((group) => [label(group), group.leads, group.meanScore, group.expected, group.rate === null ? null : Math.round(group.rate * 100)]) }}
    >
      <ul className="flex flex-col gap-1.5">
        {groups.map((group) => (
          <li key={group.key}>
            <button type="button" className="grid min-h-7 w-full grid-cols-[9rem_minmax(0,1fr)_auto] items-center gap-2 rounded px-1 text-left text-sm hover:bg-sunken" onClick={() => { onOpen(within(filter, group.filter)); }}>
              <span className="truncate">{label(group)}</span>
              <svg aria-hidden className="block h-2 w-full" preserveAspectRatio="none" viewBox="0 0 100 8">
                <rect width={(100 * group.leads) / Math.max(1, largest?.leads ?? 1)} height={8} className="fill-focus" />
              </svg>
              <span className="tabular text-right text-muted">
                {formats.number(group.leads)}
                {group.meanScore !== null && <span className="pl-2 text-faint">{t('groups.score', { score: Math.round(group.meanScore) })}</span>}
              </span>
            </button>
          </li>
        ))}
      </ul>
    </ChartFrame>
  );
}

function Predictive({ analysis: { predictive, totals } }: { readonly analysis: Analysis }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const words = useWords();
  if (predictive === null) {
    return (
      <section aria-label={t('ask.charts.predictive')} className="flex flex-col gap-2 rounded-md border border-line bg-surface p-4">
        <h2 className="text-sm font-semibold">{t('ask.charts.predictive')}</h2>
        <p className="text-sm text-muted">{t('ask.charts.noModel')}</p>
        <p className="text-sm">{totals.expected === null ? t('ask.charts.nothingToExpect') : t('ask.charts.byRules', { count: Math.round(totals.expected), open: formats.number(totals.open) })}</p>
      </section>
    );
  }
  const columns = predictive.bins.map((bin) => ({ id: String(bin.from), name: formats.percent(bin.to), value: bin.leads, said: t('ask.charts.chanceBin', { from: formats.percent(bin.from), to: formats.percent(bin.to), leads: formats.number(bin.leads) }) }));
  return (
    <ChartFrame
      title={t('ask.charts.byModel', { count: Math.round(predictive.expected), leads: formats.number(predictive.predicted) })}
      unit={t('ask.charts.byModelUnit', { version: predictive.version, mean: formats.percent(predictive.meanProbability) })}
      fileName="chances"
      words={words}
      table={{ columns: [t('ask.charts.chance'), t('ask.charts.leads')], rows: columns.map(({ name, value }) => [name, value]) }}
    >
      <ColumnChart label={t('ask.charts.predictive')} columns={columns} format={formats.number} />
    </ChartFrame>
  );
}

/** What stands out among the leads of an answer, in sentences that open the leads they speak of. */
export function Insights({ filter, onEdit }: AnalysisProps) {
  const { t } = useTranslation();
  const analysis = useAnalysis(filter);
  if (analysis.error !== null) return <Failure error={analysis.error} onRetry={() => void analysis.refetch()} />;
  if (analysis.data === undefined) return <SkeletonRows rows={5} label={t('common.loading')} />;
  const { insights } = analysis.data;
  return (
    <section aria-label={t('ask.tabs.insights')} aria-busy={analysis.isPlaceholderData} className="min-h-0 flex-1 overflow-y-auto border-t border-line p-4">
      {insights.length === 0 && <p className="text-muted">{t('ask.noInsights')}</p>}
      <ul className="flex max-w-3xl flex-col gap-2">
        {insights.map(({ text, filter: about }) => (
          <li key={text} className="flex items-center gap-3 rounded-md border border-line bg-surface px-4 py-3">
            <span className="min-w-0 flex-1">{text}</span>
            {about !== null && JSON.stringify(about) !== JSON.stringify(filter) && (
              <Button size="small" onClick={() => { onEdit({ ...everything, filter: about }); }}>
                {t('ask.showThem')}
              </Button>
            )}
          </li>
        ))}
      </ul>
      <p className="pt-3 text-sm text-faint">{t('ask.insightsBasis')}</p>
    </section>
  );
}
