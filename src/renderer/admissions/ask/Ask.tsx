import { ClipboardList, MessageCircleQuestion, RotateCcw, Star } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useLocation, useSearchParams } from 'wouter';
import type { LeadGroup } from '#contract/admissions/leadGroups';
import type { AskedOutput } from '#contract/admissions/queries';
import { everyLead, type FilterField, firstSort, writeView } from '#renderer/admissions/leads/filters';
import { useFormats } from '#renderer/data/format';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { SkeletonRows } from '#renderer/kit/Face';
import { Segments } from '#renderer/kit/Segments';
import { useShortcuts } from '#renderer/kit/useShortcuts';
import { Failure } from '#renderer/shell/Failure';
import { useStatus } from '#renderer/shell/StatusLine';
import { useScreenTitle } from '#renderer/shell/useScreenTitle';
import { Analytics, Insights } from './Analytics';
import { AnswerHead } from './AnswerHead';
import { type Address, askedOf, conditionsOf, everything, filterOf, readAddress, tabs, writeAddress } from './asked';
import { InterpretationNote, useInterpretation } from './interpretation';
import { QuestionField } from './QuestionField';
import { GroupResults, LeadResults } from './Results';
import { HistoryList, SavedList, SaveQuestion } from './SavedQuestions';

const noFields: readonly FilterField[] = [];

/** Questions in plain English about leads, answered on this machine: as chips that can be changed, a table, charts and what stands out. */
export function Ask() {
  const { t } = useTranslation();
  useScreenTitle(t('places.ask'));
  const formats = useFormats();
  const [, go] = useLocation();
  const [query, setQuery] = useSearchParams();
  const address = readAddress(query);
  const { text, before, edited, tab } = address;
  const field = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState(text);
  const [shownText, setShownText] = useState(text);
  if (text !== shownText) {
    // Back, a saved question and the palette put another question into the address.
    setShownText(text);
    setTyped(text);
  }
  const [saving, setSaving] = useState(false);
  const asked = text !== '';
  const answer = useEntry('admissions.queries.ask', { text: asked ? text : '-', limit: 0, ...(before === null ? {} : { before }) }, { enabled: asked, keep: true });
  const options = useEntry('admissions.leads.options', {});
  const kept = useEntry('admissions.queries.list', {}, { keep: true });
  const record = useCommand('admissions.queries.record');
  const fields = options.data?.fields ?? noFields;
  const offlineAnswer = asked ? answer.data : undefined;
  const reading = useInterpretation({ text, before, unsure: offlineAnswer !== undefined && !answer.isPlaceholderData && !offlineAnswer.sure });
  const data = asked ? (reading.answer ?? offlineAnswer) : undefined;
  const shown: AskedOutput = edited ?? (data === undefined ? everything : askedOf(data));
  const figures = useEntry('admissions.leads.groups', { ...(shown.filter === null ? {} : { filter: shown.filter }), ...(shown.by === null ? {} : { by: shown.by }) }, { enabled: edited !== null, keep: true });

  const show = (next: Partial<Address>): void => {
    setQuery(writeAddress({ ...address, ...next }));
  };
  const ask = (next: string): void => {
    const goesOn = asked && data !== undefined && (data.understood || edited !== null);
    show({ text: next, before: goesOn ? shown : null, edited: null });
  };
  const edit = (changed: AskedOutput): void => {
    show({ edited: changed, tab: changed.filter === shown.filter ? tab : 'results' });
  };
  const restart = (): void => {
    setQuery(new URLSearchParams());
    setTyped('');
    field.current?.focus();
  };

  // A question is remembered once it was understood; what it goes on from only where it does.
  const remember = record.mutate;
  const fresh = data !== undefined && !answer.isPlaceholderData;
  const understood = fresh && data.understood;
  const follows = fresh && data.follows;
  const remembered = useRef('');
  useEffect(() => {
    const key = JSON.stringify([text, before]);
    if (!understood || remembered.current === key) return;
    remembered.current = key;
    remember({ text, before: follows ? before : null });
  }, [understood, follows, text, before, remember]);

  useShortcuts([
    { keys: '/', label: t('ask.keys.field'), run: () => { field.current?.focus(); field.current?.select(); } },
    ...tabs.map((each, index) => ({ keys: String(index + 1), label: t(`ask.tabs.${each}`), run: () => { if (asked) show({ tab: each }); } })),
  ]);
  useStatus(data === undefined ? t('ask.offline') : t('ask.status', { count: edited === null ? data.total : (figures.data?.total.leads ?? 0) }));

  const inLeads = (): void => {
    go(`/leads?${writeView({ ...everyLead, conditions: conditionsOf(shown.filter), sort: shown.sort ?? firstSort, grouping: shown.by }).toString()}`);
  };
  const openGroup = (group: LeadGroup): void => {
    edit({ ...everything, filter: filterOf([...conditionsOf(shown.filter), group.filter]) });
  };
  const groups = edited === null ? (data?.groups ?? []) : (figures.data?.groups ?? []);
  const sentence = data === undefined ? '' : edited === null ? data.answer : t('leads.count', { count: figures.data?.total.leads ?? 0 });
  const nothingShown = data !== undefined && !data.understood && edited === null;

  return (
    <div className="flex h-full min-h-0 flex-col">
      <div className="flex flex-col gap-3 px-4 py-3">
        <div className="flex flex-wrap items-start gap-2">
          <QuestionField fieldRef={field} value={typed} onChange={setTyped} onAsk={(next) => { setTyped(next); ask(next); }} busy={answer.isFetching && asked} />
          {asked && (
            <Button className="h-10" icon={<RotateCcw size={15} aria-hidden />} onClick={restart}>
              {t('ask.restart')}
            </Button>
          )}
        </div>
        {data !== undefined && <AnswerHead answer={data} shown={shown} edited={edited !== null} sentence={sentence} fields={fields} onEdit={edit} onAsk={(next) => { setTyped(next); ask(next); }} />}
        {asked && <InterpretationNote reading={reading} />}
        {data !== undefined && !nothingShown && (
          <div className="flex flex-wrap items-center gap-2">
            <Segments label={t('ask.answer')} value={tab} segments={tabs.map((value, index) => ({ value, label: t(`ask.tabs.${value}`), keyName: String(index + 1) }))} onChange={(value) => { show({ tab: value }); }} />
            <span className="flex-1" />
            {edited === null && data.understood && reading.answer === null && (
              <Button size="small" icon={<Star size={14} aria-hidden />} onClick={() => { setSaving(true); }}>
                {t('ask.save')}
              </Button>
            )}
            <Button size="small" icon={<ClipboardList size={14} aria-hidden />} title={shown.limit === null ? undefined : t('ask.inLeadsAll', { total: formats.number(data.total) })} onClick={inLeads}>
              {t('ask.inLeads')}
            </Button>
          </div>
        )}
      </div>
      {answer.error !== null && asked && <Failure error={answer.error} onRetry={() => void answer.refetch()} />}
      {asked && data === undefined && answer.error === null && <SkeletonRows rows={8} label={t('common.loading')} />}
      {data !== undefined && !nothingShown && tab === 'results' && (shown.by === null ? <LeadResults key={JSON.stringify(shown)} shown={shown} fields={fields} onEdit={edit} /> : <GroupResults groups={groups} more={edited === null ? data.more : (figures.data?.more ?? 0)} shown={shown} onOpen={openGroup} />)}
      {data !== undefined && !nothingShown && tab === 'analytics' && <Analytics filter={shown.filter} onEdit={edit} />}
      {data !== undefined && !nothingShown && tab === 'insights' && <Insights filter={shown.filter} onEdit={edit} />}
      {(!asked || nothingShown) && (
        <Beginning onAsk={(next, from) => { setTyped(next); show({ text: next, before: from, edited: null, tab: 'results' }); }} saved={kept.data?.saved ?? []} history={kept.data?.history ?? []} />
      )}
      {saving && data !== undefined && <SaveQuestion text={text} before={data.follows ? before : null} onClose={() => { setSaving(false); }} />}
    </div>
  );
}

interface BeginningProps {
  readonly onAsk: (text: string, before: AskedOutput | null) => void;
  readonly saved: Parameters<typeof SavedList>[0]['saved'];
  readonly history: Parameters<typeof HistoryList>[0]['history'];
}

/** What one may ask, what one has asked, and what was saved. */
function Beginning({ onAsk, saved, history }: BeginningProps) {
  const { t } = useTranslation();
  const examples = useEntry('admissions.queries.suggest', { text: '', limit: 20 }, { keep: true });
  const proposed = (examples.data?.items ?? []).filter(({ kind }) => kind === 'example');
  return (
    <div className="min-h-0 flex-1 overflow-y-auto border-t border-line px-4 py-6">
      <div className="mx-auto grid max-w-5xl gap-6 lg:grid-cols-3">
        <section aria-labelledby="ask-examples" className="flex flex-col gap-2">
          <h2 id="ask-examples" className="flex items-center gap-2 px-2 font-semibold">
            <MessageCircleQuestion size={16} aria-hidden className="text-faint" />
            {t('ask.examples')}
          </h2>
          <p className="px-2 text-sm text-muted">{t('ask.about')}</p>
          <ul className="flex flex-col">
            {proposed.map(({ text }) => (
              <li key={text}>
                <button type="button" className="min-h-8 w-full rounded px-2 text-left hover:bg-sunken" onClick={() => { onAsk(text, null); }}>
                  {text}
                </button>
              </li>
            ))}
          </ul>
        </section>
        <section aria-labelledby="ask-saved" className="flex flex-col gap-2">
          <h2 id="ask-saved" className="px-2 font-semibold">{t('ask.saved')}</h2>
          <SavedList saved={saved} onOpen={onAsk} />
        </section>
        <section aria-labelledby="ask-history" className="flex flex-col gap-2">
          <h2 id="ask-history" className="px-2 font-semibold">{t('ask.history')}</h2>
          <HistoryList history={history} onOpen={onAsk} />
        </section>
      </div>
    </div>
  );
}
