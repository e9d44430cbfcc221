import { Scale } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { factors } from '#domain/admissions/triage/configuration';
import type { OutputOf } from '#contract/index';
import { useFormats } from '#renderer/data/format';
import { useCommand, useEntry } from '#renderer/data/hooks';
import { runJob } from '#renderer/data/jobs';
import { Button } from '#renderer/kit/Button';
import { Tag } from '#renderer/kit/Marks';
import { Cell, Head, Sheet } from '#renderer/kit/Sheet';
import { toast } from '#renderer/kit/toasts';
import { useSignedIn } from '#renderer/shell/session';
import { tellFailure } from '#renderer/shell/tellFailure';
import { RulesPreview } from './RulesPreview';
import type { Rescore } from './useRescore';

type Proposal = NonNullable<OutputOf<'admissions.triage.proposal.get'>['proposal']>;

interface ProposedWeightsProps {
  readonly mayEdit: boolean;
  readonly rescore: Rescore;
}

/** Weights that Ivy fits to known outcomes each week: beside today's, with what they would change, and applied by nobody but a person. */
export function ProposedWeights({ mayEdit, rescore }: ProposedWeightsProps) {
  const { t } = useTranslation();
  const asked = useEntry('admissions.triage.proposal.get', {});
  const [looking, setLooking] = useState(false);
  const look = (): void => {
    setLooking(true);
    runJob('admissions.triage.proposal.run', {})
      .catch(tellFailure)
      .finally(() => { setLooking(false); });
  };
  if (asked.data === undefined) return null;
  const { proposal } = asked.data;
  return (
    <section id="proposed-weights" aria-labelledby="proposed-weights-title" className="flex flex-col gap-3 border-t border-line pt-4">
      <div className="flex flex-wrap items-center justify-between gap-2">
        <h3 id="proposed-weights-title" className="flex items-center gap-2 text-sm font-medium">
          {t('settings.proposal.title')}
          {proposal?.state === 'open' && proposal.proposed !== null && <Tag tone="good">{t('settings.proposal.better')}</Tag>}
        </h3>
        {mayEdit && (
          <Button size="small" icon={<Scale size={13} aria-hidden />} busy={looking} onClick={look}>
            {t('settings.proposal.look')}
          </Button>
        )}
      </div>
      {proposal === null ? <p className="text-sm text-muted">{t('settings.proposal.never')}</p> : <Told proposal={proposal} mayEdit={mayEdit} rescore={rescore} />}
    </section>
  );
}

function Told({ proposal, mayEdit, rescore }: ProposedWeightsProps & { readonly proposal: Proposal }) {
  const { t } = useTranslation();
  const formats = useFormats(useSignedIn().workspace.timeZone);
  const { state, verdict, rows, positives, needed, logLossToday, logLossRefit, at } = proposal;
  const when = formats.ago(at);
  const loss = (value: number | null): string => (value === null ? '–' : value.toFixed(3));
  const said =
    verdict === 'too_few'
      ? t('settings.proposal.tooFew', { when, needed: formats.number(needed), positives: formats.number(positives), negatives: formats.number(rows - positives) })
      : verdict === 'not_better'
        ? t('settings.proposal.notBetter', { when, rows: formats.number(rows), today: loss(logLossToday), refit: loss(logLossRefit) })
        : t(`settings.proposal.states.${state}`, { when, rows: formats.number(rows), today: loss(logLossToday), refit: loss(logLossRefit) });
  return (
    <>
      <p className="max-w-prose text-sm text-muted">{said}</p>
      {state === 'open' && proposal.proposed !== null && <Offer proposal={proposal} proposed={proposal.proposed} mayEdit={mayEdit} rescore={rescore} />}
    </>
  );
}

function Offer({ proposal, proposed, mayEdit, rescore }: ProposedWeightsProps & { readonly proposal: Proposal; readonly proposed: NonNullable<Proposal['proposed']> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const accept = useCommand('admissions.triage.proposal.accept');
  const dismiss = useCommand('admissions.triage.proposal.dismiss');
  const { id, today } = proposal;
  return (
    <>
      <Sheet caption={t('settings.proposal.title')} className="max-w-md">
        <thead>
          <tr>
            <Head>{t('settings.proposal.factor')}</Head>
            <Head number>{t('settings.preview.now')}</Head>
            <Head number>{t('settings.preview.then')}</Head>
          </tr>
        </thead>
        <tbody>
          {factors.map((factor) => (
            <tr key={factor}>
              <Cell>{t(`settings.factors.${factor}`)}</Cell>
              <Cell number className="text-muted">{formats.number(today[factor])}</Cell>
              <Cell number className="font-medium whitespace-nowrap">
                {formats.number(proposed[factor])} <span aria-hidden>{proposed[factor] > today[factor] ? '↑' : proposed[factor] < today[factor] ? '↓' : '='}</span>
              </Cell>
            </tr>
          ))}
        </tbody>
      </Sheet>
      {mayEdit && (
        <>
          <RulesPreview entry="admissions.triage.config.preview" input={{ weights: proposed }} valid />
          <div className="flex flex-wrap gap-2">
            <Button
              look="primary"
              busy={accept.isPending}
              onClick={() => {
                accept.mutate(
                  { id },
                  {
                    onSuccess: ({ rescoreJobId }) => {
                      rescore.follow(rescoreJobId);
                      toast({ title: t('settings.proposal.accepted') });
                    },
                    onError: tellFailure,
                  },
                );
              }}
            >
              {t('settings.proposal.accept')}
            </Button>
            <Button busy={dismiss.isPending} onClick={() => { dismiss.mutate({ id }, { onError: tellFailure }); }}>
              {t('settings.proposal.dismiss')}
            </Button>
          </div>
        </>
      )}
    </>
  );
}
