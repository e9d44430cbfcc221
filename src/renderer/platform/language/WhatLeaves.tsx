import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { LanguageSettings } from '#contract/platform/language';
import { modelConsentRules } from '#domain/platform/consent';
import { indirectTypes, languagePurposes } from '#domain/platform/language/purposes';
import { useCommand } from '#renderer/data/hooks';
import { Button } from '#renderer/kit/Button';
import { Check, TextField } from '#renderer/kit/Field';
import { Segments } from '#renderer/kit/Segments';
import { toast } from '#renderer/kit/toasts';
import { FormProblem } from '#renderer/platform/forms/FormProblem';
import { messageOf } from '#renderer/data/client';
import { Panel } from './Panel';

type Draft = Pick<LanguageSettings, 'purposes' | 'mayLeave' | 'preview' | 'leadConsent' | 'keepTextsDays' | 'keepCallsDays'>;

const draftOf = ({ purposes, mayLeave, preview, leadConsent, keepTextsDays, keepCallsDays }: LanguageSettings): Draft => ({ purposes, mayLeave, preview, leadConsent, keepTextsDays, keepCallsDays });
const toggled = <Item,>(items: readonly Item[], item: Item, on: boolean): Item[] => (on ? [...items, item] : items.filter((each) => each !== item));

/** For what something may leave, what of it as it is, who looks before, and how long it is remembered. */
export function WhatLeaves({ settings }: { readonly settings: LanguageSettings }) {
  const { t } = useTranslation();
  const update = useCommand('platform.language.update');
  const [draft, setDraft] = useState<Draft | null>(null);
  const shown = draft ?? draftOf(settings);
  const change = (changes: Partial<Draft>): void => { setDraft({ ...shown, ...changes }); };
  const days = (value: string): number => (value.trim() === '' ? NaN : Number(value));
  const wrong = (value: number, min: number): string | undefined => (Number.isInteger(value) && value >= min && value <= 3_650 ? undefined : t('language.leaves.daysWrong', { min, max: 3650 }));
  const isWrong = wrong(shown.keepTextsDays, 0) !== undefined || wrong(shown.keepCallsDays, 30) !== undefined;
  return (
    <Panel title={t('language.leaves.title')} detail={t('language.leaves.detail')}>
      <form
        noValidate
        className="flex flex-col gap-5"
        onSubmit={(event) => {
          event.preventDefault();
          if (!isWrong) update.mutate(shown, { onSuccess: () => { setDraft(null); toast({ title: t('language.saved') }); } });
        }}
      >
        <fieldset className="flex flex-col gap-2">
          <legend className="mb-2 text-sm font-medium">{t('language.leaves.purposes')}</legend>
          {languagePurposes.map((purpose) => (
            <Check
              key={purpose}
              checked={shown.purposes.includes(purpose)}
              onChange={(event) => { change({ purposes: toggled(shown.purposes, purpose, event.target.checked) }); }}
              label={
                <>
                  <span className="font-medium">{t(`language.purposes.${purpose}`)}</span>
                  <span className="block max-w-prose text-sm text-muted">{t(`language.purposeDetails.${purpose}`)}</span>
                </>
              }
            />
          ))}
        </fieldset>
        <fieldset className="flex flex-col gap-2 border-t border-line pt-4">
          <legend className="float-left mb-2 w-full text-sm font-medium">{t('language.leaves.asItIs')}</legend>
          <p className="max-w-prose text-sm text-muted">{t('language.leaves.asItIsDetail')}</p>
          {indirectTypes.map((type) => (
            <Check key={type} checked={shown.mayLeave.includes(type)} onChange={(event) => { change({ mayLeave: toggled(shown.mayLeave, type, event.target.checked) }); }} label={t(`redaction.types.${type}`)} />
          ))}
        </fieldset>
        <div className="flex flex-col gap-1 border-t border-line pt-4">
          <span aria-hidden className="text-sm font-medium">{t('language.leaves.preview')}</span>
          <Segments label={t('language.leaves.preview')} value={shown.preview} segments={(['onDemand', 'always'] as const).map((value) => ({ value, label: t(`language.leaves.previews.${value}`) }))} onChange={(preview) => { change({ preview }); }} />
          <p className="max-w-prose text-sm text-muted">{t('language.leaves.previewDetail')}</p>
        </div>
        <div className="flex flex-col gap-1 border-t border-line pt-4">
          <span aria-hidden className="text-sm font-medium">{t('language.leaves.leadConsent')}</span>
          <Segments label={t('language.leaves.leadConsent')} value={shown.leadConsent} segments={modelConsentRules.map((value) => ({ value, label: t(`language.leaves.leadConsents.${value}`) }))} onChange={(leadConsent) => { change({ leadConsent }); }} />
          <p className="max-w-prose text-sm text-muted">{t('language.leaves.leadConsentDetail')}</p>
        </div>
        <div className="grid gap-x-6 gap-y-5 border-t border-line pt-4 sm:grid-cols-2">
          <TextField label={t('language.leaves.keepTexts')} type="number" inputMode="numeric" hint={t('language.leaves.keepTextsHint')} error={wrong(shown.keepTextsDays, 0)} value={Number.isNaN(shown.keepTextsDays) ? '' : shown.keepTextsDays} onChange={(event) => { change({ keepTextsDays: days(event.target.value) }); }} />
          <TextField label={t('language.leaves.keepCalls')} type="number" inputMode="numeric" hint={t('language.leaves.keepCallsHint')} error={wrong(shown.keepCallsDays, 30)} value={Number.isNaN(shown.keepCallsDays) ? '' : shown.keepCallsDays} onChange={(event) => { change({ keepCallsDays: days(event.target.value) }); }} />
        </div>
        <FormProblem message={update.error === null ? undefined : messageOf(update.error)} />
        <div className="flex flex-wrap items-center gap-2 border-t border-line pt-4">
          <Button type="submit" look="primary" disabled={draft === null || isWrong} busy={update.isPending}>{t('language.save')}</Button>
          {draft !== null && <Button look="quiet" onClick={() => { setDraft(null); }}>{t('language.discard')}</Button>}
        </div>
      </form>
    </Panel>
  );
}
