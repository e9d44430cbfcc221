import { useTranslation } from 'react-i18next';
import type { LeadDetail } from '#contract/admissions/leads';
import { useFormats } from '#renderer/data/format';
import { useEntry } from '#renderer/data/hooks';
import { useNow } from '#renderer/data/useNow';
import { usePredictionStatus } from '#renderer/models/predictions/usePredictionStatus';
import { useSignedIn } from '#renderer/shell/session';
import { useConsentDetail } from './Consents';
import { Printed } from './Printed';

/** The most of a story that goes onto paper. */
const printedItems = 100;

/** A lead on paper: who, score and why, what blocks, chance, tasks, notes, consents, story. Seen in print alone. */
export function PrintedLead({ lead }: { readonly lead: LeadDetail }) {
  const { t } = useTranslation();
  const { workspace, user } = useSignedIn();
  const formats = useFormats(workspace.timeZone);
  const consentDetail = useConsentDetail();
  const now = useNow();
  const scored = useEntry('admissions.triage.score', { ids: [lead.id] }, { keep: true }).data?.leads[0];
  const models = usePredictionStatus();
  const said = useEntry('models.predictions.predict', { leadId: lead.id }, { keep: true, enabled: models !== undefined && models.model !== null }).data;
  const forecast = useEntry('admissions.forecast.predict', { ids: [lead.id] }, { keep: true }).data?.leads[0];
  const tasks = useEntry('admissions.tasks.list', { leadId: lead.id, includeDone: true }, { keep: true }).data?.items ?? [];
  const notes = useEntry('admissions.notes.list', { leadId: lead.id }, { keep: true }).data?.items ?? [];
  const attachments = useEntry('admissions.attachments.list', { leadId: lead.id }, { keep: true }).data?.items ?? [];
  const consents = useEntry('admissions.consents.list', { leadId: lead.id }, { keep: true }).data?.standing ?? [];
  const story = useEntry('admissions.leads.timeline', { id: lead.id }, { keep: true }).data?.items ?? [];
  const facts: readonly (readonly [string, string | null])[] = [
    [t('words.fields.email'), lead.email],
    [t('words.fields.phone'), lead.phone],
    [t('words.fields.stage'), t(`words.values.${lead.stage}`)],
    [t('words.fields.owner'), lead.owner?.name ?? null],
    [t('words.fields.team'), lead.team.name],
    [t('words.fields.course'), lead.course],
    [t('words.fields.campus'), lead.campus],
    [t('words.fields.source'), lead.source],
    [t('words.fields.country'), lead.country],
    [t('words.fields.city'), lead.city],
    [t('words.fields.externalId'), lead.externalId],
    [t('words.fields.enquiredAt'), lead.enquiredAt === null ? null : formats.date(lead.enquiredAt)],
  ];
  return (
    <article aria-label={t('print.title', { name: lead.name })} className="hidden text-sm print:block">
      <header className="mb-4 border-b-2 border-text pb-2">
        <h1 className="text-xl font-semibold">{lead.name}</h1>
        <p className="text-xs text-muted">{t('print.by', { workspace: workspace.name, name: user.name, when: formats.moment(now) })}</p>
      </header>
      <Printed title={t('print.who')}>
        <dl className="grid grid-cols-[auto_1fr_auto_1fr] gap-x-4 gap-y-0.5">
          {facts.flatMap(([label, value]) => (value === null ? [] : [<dt key={label} className="text-muted">{label}</dt>, <dd key={`${label} value`} className="break-words">{value}</dd>]))}
        </dl>
      </Printed>
      {scored !== undefined && (
        <Printed title={t('lead.score')}>
          <p className="mb-1 font-medium">
            {Math.round(scored.score)} {t('lead.scoreOf')} · {t(`words.values.${scored.band}`)} · {t(`words.actions.${scored.action}`)}
          </p>
          <table className="w-full text-left">
            <tbody>
              {scored.factors.map(({ factor, points, maximum, reason }) => (
                <tr key={factor} className="border-t border-line">
                  <td className="w-px py-0.5 pr-3 font-medium whitespace-nowrap">{t(`lead.factors.${factor}`)}</td>
                  <td className="tabular w-px py-0.5 pr-3 text-right whitespace-nowrap">
                    {Math.round(points)} / {formats.number(maximum)}
                  </td>
                  <td className="py-0.5">{reason}</td>
                </tr>
              ))}
            </tbody>
          </table>
          <p className="mt-1 text-xs text-muted">{t('lead.confidence', { percent: formats.percent(scored.confidence) })}</p>
        </Printed>
      )}
      {scored !== undefined && (
        <Printed title={t('today.blockers')}>
          {scored.blockers.length === 0 && <p>{t('lead.noBlockers')}</p>}
          <ul className="flex flex-col gap-1">
            {scored.blockers.map(({ type, severity, description, actionRequired }) => (
              <li key={`${type} ${description}`}>
                <span className="font-medium">{description}</span> ({t(`lead.severities.${severity}`)}). {actionRequired}
              </li>
            ))}
          </ul>
        </Printed>
      )}
      {said !== undefined && (
        <Printed title={t('models.why.title')}>
          <p className="font-medium">
            {formats.percent(said.probability)} · {t('models.chance.range', { lower: Math.round(said.interval.lower * 100), upper: Math.round(said.interval.upper * 100) })}
          </p>
          <p className="text-xs text-muted">{t('models.why.confidence', { percent: formats.percent(said.confidence) })}</p>
        </Printed>
      )}
      {forecast !== undefined && (
        <Printed title={t(said === undefined ? 'lead.chance' : 'lead.chanceByRules')}>
          <p className="font-medium">
            {formats.percent(forecast.probability)} · {forecast.etaDays === null ? t('lead.noEta') : t('lead.eta', { count: Math.round(forecast.etaDays) })}
          </p>
          <ul>
            {forecast.drivers.map((driver) => <li key={driver}>+ {driver}</li>)}
            {forecast.risks.map((risk) => <li key={risk}>− {risk}</li>)}
          </ul>
          <p className="text-xs text-muted">{t(said === undefined ? 'lead.byRules' : 'lead.byRulesBeside')}</p>
        </Printed>
      )}
      {tasks.length > 0 && (
        <Printed title={t('lead.tasks')}>
          <ul>
            {tasks.map((task) => (
              <li key={task.id}>
                {task.doneAt === null ? '☐' : '☑'} {task.title}
                {task.dueAt !== null && task.doneAt === null && <span className="text-muted"> · {t(task.dueAt < now ? 'tasks.overdue' : 'tasks.due', { day: formats.moment(task.dueAt) })}</span>}
                {task.assignee !== null && <span className="text-muted"> · {task.assignee.name}</span>}
              </li>
            ))}
          </ul>
        </Printed>
      )}
      {notes.length > 0 && (
        <Printed title={t('notes.title')}>
          <ul className="flex flex-col gap-1.5">
            {notes.map((note) => (
              <li key={note.id} className="break-inside-avoid">
                <p className="break-words whitespace-pre-wrap">{note.text}</p>
                <p className="text-xs text-muted">{[note.author?.name, formats.moment(note.createdAt)].filter((part) => part !== undefined).join(' · ')}</p>
              </li>
            ))}
          </ul>
        </Printed>
      )}
      {attachments.length > 0 && (
        <Printed title={t('attachments.title')}>
          <ul>
            {attachments.map(({ id, name, link }) => (
              <li key={id} className="break-all">
                {name}
                {link !== null && <span className="text-muted"> · {link}</span>}
              </li>
            ))}
          </ul>
        </Printed>
      )}
      <Printed title={t('consents.title')}>
        <table className="w-full text-left">
          <tbody>
            {consents.map(({ purpose, channel, state, record }) => (
              <tr key={`${purpose} ${channel}`} className="border-t border-line">
                <td className="py-0.5 pr-3 whitespace-nowrap">{t(`consents.purposes.${purpose}`)}</td>
                <td className="py-0.5 pr-3 whitespace-nowrap">{t(`consents.channels.${channel}`)}</td>
                <td className="py-0.5 pr-3 font-medium whitespace-nowrap">{t(`consents.states.${state}`)}</td>
                <td className="py-0.5 text-muted">{record === null ? '' : consentDetail(record)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </Printed>
      <Printed title={t('lead.timeline')}>
        <table className="w-full text-left">
          <tbody>
            {story.filter(({ kind }) => kind !== 'note').slice(0, printedItems).map((item) => (
              <tr key={item.id} className="break-inside-avoid border-t border-line align-top">
                <td className="tabular w-px py-0.5 pr-3 whitespace-nowrap text-muted">{formats.moment(item.at)}</td>
                <td className="py-0.5">
                  <span className="font-medium">{item.title}</span>
                  {item.by !== null && <span className="text-muted"> · {item.by}</span>}
                  {item.detail !== null && <span className="block whitespace-pre-wrap">{item.detail}</span>}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </Printed>
    </article>
  );
}
