import { Copy, Mail, PenLine } from 'lucide-react';
import { useEffect, useRef, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { draftPurposes, draftTones, type Draft } from '#contract/admissions/outreach';
import { type Persona, personas } from '#domain/admissions/outreach/personas';
import type { LeadDetail } from '#contract/admissions/leads';
import type { OutputOf } from '#contract/index';
import { call, CallFailure } from '#renderer/data/client';
import { useEntry } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { copyText } from '#renderer/kit/copyText';
import { Dialog } from '#renderer/kit/Dialog';
import { Check, Select, TextArea, TextField } from '#renderer/kit/Field';
import { SeverityMark } from '#renderer/kit/Marks';
import { Segments } from '#renderer/kit/Segments';
import { toast } from '#renderer/kit/toasts';
import { tellFailure } from '#renderer/shell/tellFailure';

type Answer = OutputOf<'admissions.outreach.draft'>;
type Purpose = (typeof draftPurposes)[number];
type Tone = (typeof draftTones)[number];

/** An e-mail to one lead, drafted by a model or from templates, and finished by a person. Nothing is sent from here. */
export function Composer({ lead, onMail, onClose }: { readonly lead: LeadDetail; readonly onMail: () => void; readonly onClose: () => void }) {
  const { t } = useTranslation();
  const status = useEntry('platform.language.status', {});
  const [purpose, setPurpose] = useState<Purpose>('followUp');
  const [tone, setTone] = useState<Tone>('friendly');
  const [persona, setPersona] = useState<Persona>('general');
  const [two, setTwo] = useState(false);
  const [preview, setPreview] = useState(false);
  const [instructions, setInstructions] = useState('');
  const [answer, setAnswer] = useState<Answer | null>(null);
  const [busy, setBusy] = useState(false);
  const stop = useRef<AbortController | null>(null);
  useEffect(() => () => { stop.current?.abort(); }, []);
  const mayAsk = status.data?.ready === true && status.data.purposes.includes('compose');
  const draft = (offline: boolean): void => {
    const abort = new AbortController();
    stop.current = abort;
    setBusy(true);
    call('admissions.outreach.draft', { leadId: lead.id, purpose, tone, persona, variants: two ? 2 : 1, offline, preview, ...(instructions.trim() === '' ? {} : { instructions }) }, abort.signal)
      .then(setAnswer)
      .catch((error: unknown) => {
        if (!(error instanceof CallFailure && error.code === 'cancelled')) tellFailure(error);
      })
      .finally(() => { setBusy(false); });
  };
  // What is being written stops first, at Escape too.
  const leave = (): void => {
    if (busy) stop.current?.abort();
    else onClose();
  };
  return (
    <Dialog open wide onClose={leave} title={t('composer.title', { name: lead.name })} description={t(mayAsk ? 'composer.detail' : 'composer.detailOffline')} closeLabel={t('common.close')}>
      <div className="flex flex-col gap-4">
        <div className="flex flex-wrap items-end gap-x-6 gap-y-3">
          <Select className="w-56" label={t('composer.purpose')} value={purpose} options={draftPurposes.map((value) => ({ value, label: t(`composer.purposes.${value}`) }))} onChange={(event) => { setPurpose(draftPurposes.find((each) => each === event.target.value) ?? 'followUp'); }} />
          <Select className="w-56" label={t('composer.persona')} value={persona} options={personas.map((value) => ({ value, label: t(`composer.personas.${value}`) }))} onChange={(event) => { setPersona(personas.find((each) => each === event.target.value) ?? 'general'); }} />
          <div className="flex flex-col gap-1">
            <span aria-hidden className="text-sm font-medium">{t('composer.tone')}</span>
            <Segments label={t('composer.tone')} value={tone} segments={draftTones.map((value) => ({ value, label: t(`composer.tones.${value}`) }))} onChange={setTone} />
          </div>
          <Check className="pb-1.5" checked={two} onChange={(event) => { setTwo(event.target.checked); }} label={t('composer.two')} />
        </div>
        {mayAsk && (
          <>
            <TextArea label={t('composer.instructions')} hint={t('composer.instructionsHint')} rows={2} maxLength={1_000} value={instructions} onChange={(event) => { setInstructions(event.target.value); }} />
            {status.data?.preview === 'onDemand' && <Check checked={preview} onChange={(event) => { setPreview(event.target.checked); }} label={t('composer.preview')} />}
          </>
        )}
        <div className="flex flex-wrap items-center gap-2">
          {mayAsk && <Button look="primary" icon={<PenLine size={14} aria-hidden />} busy={busy} onClick={() => { draft(false); }}>{t('composer.draft')}</Button>}
          <Button look={mayAsk ? 'secondary' : 'primary'} disabled={busy} onClick={() => { draft(true); }}>{t('composer.template')}</Button>
          {busy && <Button look="quiet" onClick={() => { stop.current?.abort(); }}>{t('composer.stop')}</Button>}
        </div>
        <div aria-live="polite" className="flex flex-col gap-4">
          {answer !== null && (
            <>
              <p className="text-sm text-muted">{answer.by === 'model' ? t('composer.byModel') : answer.offline === null ? t('composer.byTemplate') : t('composer.byTemplateBecause', { reason: answer.offline.message })}</p>
              {answer.drafts.map((each) => (
                <OneDraft key={`${each.label} ${each.template.body}`} draft={each} isOnly={answer.drafts.length === 1} />
              ))}
              {answer.email.allowed ? (
                <Button className="w-fit" icon={<Mail size={14} aria-hidden />} onClick={onMail}>{t('composer.mail')}</Button>
              ) : (
                <p className="text-sm font-medium text-critical">{answer.email.reason}</p>
              )}
            </>
          )}
        </div>
      </div>
    </Dialog>
  );
}

function OneDraft({ draft, isOnly }: { readonly draft: Draft; readonly isOnly: boolean }) {
  const { t } = useTranslation();
  const [subject, setSubject] = useState(draft.subject);
  const [body, setBody] = useState(draft.body);
  return (
    <section aria-label={isOnly ? t('composer.one') : t('composer.variant', { label: draft.label })} className="flex flex-col gap-3 rounded-md border border-line p-4">
      {!isOnly && <h3 className="font-semibold">{t('composer.variant', { label: draft.label })}</h3>}
      <TextField label={t('composer.subject')} value={subject} onChange={(event) => { setSubject(event.target.value); }} />
      <TextArea label={t('composer.body')} rows={9} value={body} onChange={(event) => { setBody(event.target.value); }} />
      {draft.checks.length > 0 && (
        <ul aria-label={t('composer.checks.title')} className="flex flex-col gap-1 text-sm">
          {draft.checks.map(({ kind, words }) => (
            <li key={kind} className="flex flex-wrap items-center gap-x-2">
              <SeverityMark severity="medium" word={t(`composer.checks.${kind}`)} />
              {words.length > 0 && <span className="text-muted">{words.join(', ')}</span>}
            </li>
          ))}
        </ul>
      )}
      <Button className="w-fit" icon={<Copy size={14} aria-hidden />} onClick={() => { if (copyText(`${subject}\n\n${body}`)) toast({ title: t('composer.copied') }); }}>{t('composer.copy')}</Button>
    </section>
  );
}
