import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScoreHistory as History, ScoreVersionView } from '#contract/admissions/history';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { Skeleton } from '#renderer/kit/Face';
import { Select } from '#renderer/kit/Field';
import { Card } from '#renderer/kit/Marks';
import { useSignedIn } from '#renderer/shell/session';
import { ScoreLine } from './ScoreLine';
import { signed } from './signed';
import { Working } from './Working';

/** Versions that are listed and drawn. */
const listed = 100;

/** How a lead's score moved: its line, and what made the difference between any two of its versions. */
export function ScoreHistory({ leadId }: { readonly leadId: string }) {
  const { t } = useTranslation();
  const [chosen, setChosen] = useState<{ readonly from?: number; readonly to?: number }>({});
  const history = useEntry(
    'admissions.triage.history',
    { id: leadId, limit: listed, ...(chosen.from === undefined ? {} : { fromVersion: chosen.from }), ...(chosen.to === undefined ? {} : { toVersion: chosen.to }) },
    { keep: true },
  );
  return (
    <Card title={t('history.title')}>
      {history.error !== null ? (
        <p role="alert" className="text-muted">
          {history.error.message}
        </p>
      ) : history.data === undefined ? (
        <Skeleton className="h-24" />
      ) : history.data.comparison === null ? (
        <p className="text-muted">{t('history.single')}</p>
      ) : (
        <Moved history={history.data} comparison={history.data.comparison} onChoose={setChosen} />
      )}
    </Card>
  );
}

interface MovedProps {
  readonly history: History;
  readonly comparison: NonNullable<History['comparison']>;
  readonly onChoose: (chosen: { readonly from: number; readonly to: number }) => void;
}

function Moved({ history: { versions, total }, comparison, onChoose }: MovedProps) {
  const { t } = useTranslation();
  const formats = useFormats(useSignedIn().workspace.timeZone);
  const { before, after, change } = comparison;
  const option = (version: ScoreVersionView) => ({ value: String(version.number), label: t('history.version', { score: version.score.toFixed(1), when: formats.moment(version.at) }) });
  const earlier = versions.filter(({ number }) => number < after.number);
  const later = versions.filter(({ number }) => number > before.number);
  return (
    <>
      <ScoreLine versions={versions.toReversed()} before={before.number} after={after.number} />
      <div className="mt-3 flex flex-col gap-3">
        <Select label={t('history.from')} value={String(before.number)} options={earlier.map(option)} onChange={(event) => { onChoose({ from: Number(event.target.value), to: after.number }); }} />
        <Select label={t('history.to')} value={String(after.number)} options={later.map(option)} onChange={(event) => { onChoose({ from: before.number, to: Number(event.target.value) }); }} />
      </div>
      <p role="status" className="tabular mt-3 font-medium">
        {change === 0 ? t('history.same') : t(change > 0 ? 'history.rose' : 'history.fell', { points: Math.abs(change).toFixed(1) })}
      </p>
      {comparison.causes.length > 0 && (
        <ul aria-label={t('history.why')} className="mt-1 flex flex-col gap-1 text-sm">
          {comparison.causes.map(({ cause, points, text }) => (
            <li key={cause} className="flex justify-between gap-3">
              <span className="text-muted">{text}</span>
              <span className="tabular shrink-0">{signed(points)}</span>
            </li>
          ))}
        </ul>
      )}
      <table className="tabular mt-3 w-full text-left text-sm">
        <caption className="sr-only">{t('history.title')}</caption>
        <thead className="text-xs text-muted">
          <tr>
            <th scope="col" className="py-1 font-medium">{t('history.factor')}</th>
            <th scope="col" className="py-1 pl-3 text-right font-medium">{t('history.before')}</th>
            <th scope="col" className="py-1 pl-3 text-right font-medium">{t('history.after')}</th>
            <th scope="col" className="py-1 pl-3 text-right font-medium">{t('history.change')}</th>
          </tr>
        </thead>
        <tbody>
          {comparison.factors.map((factor) => (
            <tr key={factor.factor} className="align-top">
              <td className="py-0.5 pr-2">
                {t(`lead.factors.${factor.factor}`)}
                {factor.change !== 0 && <span className="block text-xs text-muted">{factor.after.reason}</span>}
              </td>
              <td className="py-0.5 pl-3 text-right text-muted">{factor.before.share.toFixed(1)}</td>
              <td className="py-0.5 pl-3 text-right">{factor.after.share.toFixed(1)}</td>
              <td className="py-0.5 pl-3 text-right font-medium">{signed(factor.change)}</td>
            </tr>
          ))}
        </tbody>
        <tfoot className="border-t border-line">
          <tr>
            <td className="py-1">{t('history.score')}</td>
            <td className="py-1 pl-3 text-right text-muted">{before.score.toFixed(1)}</td>
            <td className="py-1 pl-3 text-right">{after.score.toFixed(1)}</td>
            <td className="py-1 pl-3 text-right font-medium">{signed(change)}</td>
          </tr>
        </tfoot>
      </table>
      <Working>
        <table className="tabular w-full text-left text-sm">
          <caption className="sr-only">{t('history.versions')}</caption>
          <thead className="text-xs text-muted">
            <tr>
              <th scope="col" className="py-1 font-medium">{t('history.when')}</th>
              <th scope="col" className="py-1 pl-3 text-right font-medium">{t('history.score')}</th>
              <th scope="col" className="py-1 pl-3 text-right font-medium">{t('history.change')}</th>
            </tr>
          </thead>
          <tbody>
            {versions.map(({ number, at, score, change: by, why }) => (
              <tr key={number} className="align-top">
                <td className="py-0.5 pr-2">
                  {formats.moment(at)}
                  <span className="block text-xs text-muted">{why.join('; ')}</span>
                </td>
                <td className="py-0.5 pl-3 text-right">{score.toFixed(1)}</td>
                <td className="py-0.5 pl-3 text-right">{by === null ? '' : signed(by)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        {total > versions.length && <p className="mt-2 text-xs text-muted">{t('history.more', { count: versions.length, total: formats.number(total) })}</p>}
      </Working>
    </>
  );
}
