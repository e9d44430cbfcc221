import { useDeferredValue, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ScoredLead } from '#contract/admissions/triage';
import { factorDifferences } from '#domain/admissions/triage/differences';
import { useEntry } from '#renderer/data/hooks';
import { Dialog } from '#renderer/kit/Dialog';
import { Skeleton } from '#renderer/kit/Face';
import { Score } from '#renderer/kit/Marks';
import { Picker } from '#renderer/kit/Picker';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { signed } from './signed';

interface Named {
  readonly id: string;
  readonly name: string;
}

interface CompareProps {
  readonly lead: Named;
  readonly onClose: () => void;
}

const found = 8;
const fewestLetters = 2;
/** Factors that are named as what makes the difference. */
const weightiest = 2;

/** Two leads side by side: first who the other is, then factor by factor. */
export function Compare({ lead, onClose }: CompareProps) {
  const { t } = useTranslation();
  const [letters, setLetters] = useState('');
  const [other, setOther] = useState<Named | null>(null);
  const [asking, setAsking] = useState(true);
  // The picker closes when somebody was picked too: only without anybody is it over.
  useEffect(() => {
    if (!asking && other === null) onClose();
  }, [asking, other, onClose]);
  const search = useDeferredValue(letters.trim());
  const enough = search.length >= fewestLetters;
  const leads = useEntry('admissions.leads.list', { search, limit: found + 1 }, { enabled: enough, keep: true });
  const others = enough ? (leads.data?.items ?? []).filter(({ id }) => id !== lead.id).slice(0, found) : [];
  if (other !== null) return <SideBySide one={lead} other={other} onClose={onClose} />;
  return (
    <Picker
      open={asking}
      onClose={() => { setAsking(false); }}
      title={t('compare.pick')}
      nothing={t(enough ? 'compare.nothing' : 'compare.nobody')}
      picks={others.map(({ id, name, score }) => ({ value: id, label: name, ...(score === null ? {} : { hint: String(Math.round(score)) }) }))}
      onSearch={setLetters}
      onPick={(id) => { setOther(others.find((each) => each.id === id) ?? null); }}
    />
  );
}

function SideBySide({ one, other, onClose }: { readonly one: Named; readonly other: Named; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const scores = useEntry('admissions.triage.score', { ids: [one.id, other.id] }, { keep: true });
  const [first, second] = [one, other].map(({ id }) => scores.data?.leads.find(({ leadId }) => leadId === id));
  return (
    <Dialog open wide onClose={onClose} title={t('compare.title', { one: one.name, other: other.name })} description={t('compare.detail')} closeLabel={t('common.close')}>
      {scores.error !== null ? (
        <p role="alert" className="text-critical">
          {scores.error.message}
        </p>
      ) : first === undefined || second === undefined ? (
        <Skeleton className="h-64" />
      ) : (
        <Differences one={one} first={first} other={other} second={second} />
      )}
    </Dialog>
  );
}

interface DifferencesProps {
  readonly one: Named;
  readonly first: ScoredLead;
  readonly other: Named;
  readonly second: ScoredLead;
}

function Differences({ one, first, other, second }: DifferencesProps) {
  const { t } = useTranslation();
  const factors = factorDifferences(second, first);
  const ahead = Math.round((first.score - second.score) * 10) / 10;
  const decisive = factors
    .filter(({ change }) => change * ahead > 0)
    .sort((a, b) => Math.abs(b.change) - Math.abs(a.change))
    .slice(0, weightiest)
    .map(({ factor, change }) => t('compare.part', { factor: t(`lead.factors.${factor}`), points: signed(Math.abs(change)) }));
  const params = { name: ahead > 0 ? one.name : other.name, points: Math.abs(ahead).toFixed(1), factors: decisive.join(', ') };
  const blockersOf = ({ blockers }: ScoredLead): string => (blockers.length === 0 ? t('compare.none') : blockers.map(({ description }) => description).join('; '));
  return (
    <>
      <p role="status" className="mb-3 font-medium">
        {ahead === 0 ? t('compare.same') : t(decisive.length === 0 ? 'compare.aheadPlain' : 'compare.ahead', params)}
      </p>
      <Sheet caption={t('compare.title', { one: one.name, other: other.name })} className="[&_td]:align-top">
        <thead>
          <tr>
            <Head>{t('compare.factor')}</Head>
            <Head className="whitespace-normal">{one.name}</Head>
            <Head className="whitespace-normal">{other.name}</Head>
            <Head number>{t('compare.difference')}</Head>
          </tr>
        </thead>
        <tbody>
          {factors.map(({ factor, before, after, change }) => (
            <tr key={factor}>
              <Cell className="font-medium">{t(`lead.factors.${factor}`)}</Cell>
              {[after, before].map((side, index) => (
                <Cell key={index}>
                  <span className="tabular">{side.share.toFixed(1)}</span>
                  <span className="block text-sm text-muted">{side.reason}</span>
                </Cell>
              ))}
              <Cell number className="font-medium">{signed(change)}</Cell>
            </tr>
          ))}
          <tr>
            <Cell className="font-medium">{t('compare.blockers')}</Cell>
            <Cell className="text-sm">{blockersOf(first)}</Cell>
            <Cell className="text-sm">{blockersOf(second)}</Cell>
            <Cell />
          </tr>
        </tbody>
        <tfoot>
          <tr>
            <Cell className="font-medium">{t('compare.score')}</Cell>
            {[first, second].map((scored) => (
              <Cell key={scored.leadId}>
                <Score score={scored.score} band={scored.band} bandWord={t(`words.values.${scored.band}`)} />
              </Cell>
            ))}
            <Cell number className="font-medium">{signed(ahead)}</Cell>
          </tr>
        </tfoot>
      </Sheet>
    </>
  );
}
