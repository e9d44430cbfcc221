import { useTranslation } from 'react-i18next';
import type { ScoreVersionView } from '#contract/admissions/history';
import { useFormats } from '#renderer/data/format';
import { useSignedIn } from '#renderer/shell/session';

const width = 360;
const height = 72;
const margin = 6;

interface ScoreLineProps {
  /** The oldest first, at least two. */
  readonly versions: readonly ScoreVersionView[];
  /** The two that are compared. */
  readonly before: number;
  readonly after: number;
}

/** The score over time, from 0 to 100: a step for each version, for a score holds until the next. The table below says the same. */
export function ScoreLine({ versions, before, after }: ScoreLineProps) {
  const { t } = useTranslation();
  const formats = useFormats(useSignedIn().workspace.timeZone);
  const [first, last] = [versions[0], versions.at(-1)];
  if (first === undefined || last === undefined) return null;
  const span = last.at - first.at;
  const x = ({ at }: ScoreVersionView, index: number): number => margin + ((width - 2 * margin) * (span === 0 ? index / Math.max(1, versions.length - 1) : (at - first.at) / span));
  const y = ({ score }: ScoreVersionView): number => height - margin - ((height - 2 * margin) * score) / 100;
  const path = versions.map((version, index) => (index === 0 ? `M${x(version, index).toFixed(1)} ${y(version).toFixed(1)}` : `H${x(version, index).toFixed(1)} V${y(version).toFixed(1)}`)).join(' ');
  const scores = versions.map(({ score }) => score.toFixed(0)).join(', ');
  return (
    <figure>
      <svg role="img" aria-label={t('history.line', { from: formats.date(first.at), to: formats.date(last.at), scores })} viewBox={`0 0 ${String(width)} ${String(height)}`} className="block w-full">
        {[0, 50, 100].map((score) => {
          const level = height - margin - ((height - 2 * margin) * score) / 100;
          return <line key={score} x1={0} x2={width} y1={level} y2={level} className="stroke-line" strokeWidth={1} />;
        })}
        <path d={path} fill="none" className="stroke-text" strokeWidth={1.75} strokeLinejoin="round" />
        {versions.map((version, index) =>
          version.number === before || version.number === after ? <circle key={version.number} cx={x(version, index)} cy={y(version)} r={4} className="fill-surface stroke-text" strokeWidth={2} /> : null,
        )}
      </svg>
      <figcaption aria-hidden className="mt-1 flex justify-between text-xs text-faint">
        <span>{formats.date(first.at)}</span>
        <span>{formats.date(last.at)}</span>
      </figcaption>
    </figure>
  );
}
