import { CircleCheckBig, CircleX } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { useLocation } from 'wouter';
import type { Sitting, SittingResult } from '#contract/learning/practice';
import { useFormats } from '#renderer/data/format';
import { Button } from '#renderer/kit/Button';
import { Bar, Card } from '#renderer/kit/Marks';

/** What a sitting came to, in facts. */
export function Result({ sitting, result }: { readonly sitting: Sitting; readonly result: SittingResult }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [, go] = useLocation();
  const { answered, right, cards, sections, topics, placement, passed, judgement, planChanged } = result;
  const lines = [
    ...(answered > 0 ? [t('practice.result.answered', { right, count: answered })] : []),
    ...(cards > 0 ? [t('practice.result.cards', { count: cards })] : []),
    ...(sections > 0 ? [t('practice.result.sections', { count: sections })] : []),
    ...(result.minutes >= 1 ? [t('practice.result.minutes', { count: Math.round(result.minutes) })] : []),
  ];
  return (
    <div className="flex flex-col gap-5">
      <header className="flex flex-col gap-1">
        <h2 className="text-xl font-semibold">{t(sitting.kind === 'placement' ? 'practice.result.placed' : 'practice.result.done')}</h2>
        <p className="tabular text-muted">{lines.length === 0 ? t('practice.result.nothing') : lines.join(' · ')}</p>
        {passed !== null && (
          <p className={passed ? 'flex items-center gap-1.5 text-good' : 'flex items-center gap-1.5 text-critical'}>
            {passed ? <CircleCheckBig size={16} aria-hidden /> : <CircleX size={16} aria-hidden />}
            {t(passed ? 'practice.result.sectionPassed' : 'practice.result.sectionFailed')}
          </p>
        )}
        {judgement !== null && <p className="text-muted">{judgement}</p>}
        {planChanged && <p className="text-muted">{t('practice.result.planChanged')}</p>}
      </header>
      {placement !== null && (
        <Card title={t('practice.result.domains')}>
          <ul className="flex flex-col gap-3">
            {placement.map(({ domain, asked, share, low, high }) => (
              <li key={domain} className="flex flex-col gap-1">
                <span className="flex justify-between gap-3">
                  <span className="min-w-0">{domain}</span>
                  <span className="tabular shrink-0 text-muted">
                    {asked === 0 ? t('practice.result.notAsked') : t('practice.result.interval', { share: formats.percent(share), low: formats.percent(low), high: formats.percent(high) })}
                  </span>
                </span>
                {asked > 0 && <Bar value={share} label={formats.percent(share)} />}
              </li>
            ))}
          </ul>
        </Card>
      )}
      {placement === null && topics.length > 0 && (
        <Card title={t('practice.result.topics')}>
          <ul className="flex flex-col gap-3">
            {topics.slice(0, 12).map(({ topic, answered: of, right: good }) => (
              <li key={topic.id} className="grid grid-cols-[1fr_auto] gap-x-3 gap-y-1">
                <span className="min-w-0">{topic.title}</span>
                <span className="tabular text-muted">{t('practice.result.of', { right: good, total: of })}</span>
                <span className="col-span-2">
                  <Bar value={good / of} label={formats.percent(good / of)} tone={good === of ? 'good' : 'text'} />
                </span>
              </li>
            ))}
          </ul>
        </Card>
      )}
      <div className="flex flex-wrap gap-2">
        <Button look="primary" onClick={() => { go('/learn'); }}>
          {t('practice.result.home')}
        </Button>
        <Button onClick={() => { go('/practice'); }}>{t('practice.result.more')}</Button>
      </div>
    </div>
  );
}
