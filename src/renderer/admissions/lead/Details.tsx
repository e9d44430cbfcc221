import { type ReactNode, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import type { LeadDetail } from '#contract/admissions/leads';
import { useFormats } from '#renderer/data/format';
import { Button } from '#renderer/kit/Button';
import { Card } from '#renderer/kit/Marks';

/** Answers of the file that are shown before one asks for the others. */
const firstAnswers = 8;

/** Everything that is known of a lead, as it was given. */
export function Details({ lead }: { readonly lead: LeadDetail }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const [everything, setEverything] = useState(false);
  const fields: readonly (readonly [string, string | null])[] = [
    [t('words.fields.email'), lead.email],
    [t('words.fields.phone'), lead.phone],
    [t('words.fields.source'), lead.source],
    [t('words.fields.course'), lead.course],
    [t('words.fields.campus'), lead.campus],
    [t('words.fields.country'), lead.country],
    [t('words.fields.city'), lead.city],
    [t('words.fields.externalId'), lead.externalId],
    [t('words.fields.team'), lead.team.name],
    [t('words.fields.enquiredAt'), lead.enquiredAt === null ? null : formats.date(lead.enquiredAt)],
    ...Object.entries(lead.signals).map(([signal, value]) => [t(`words.fields.${signal as keyof LeadDetail['signals']}`), formats.number(value)] as const),
  ];
  const known = fields.filter(([, value]) => value !== null);
  const said = (value: string | number | boolean): string => (typeof value === 'boolean' ? t(value ? 'leads.filter.yes' : 'leads.filter.no') : typeof value === 'number' ? formats.number(value) : value);
  // What somebody answered tells more than the many boxes that were left unticked.
  const answers = [...lead.attributes].sort((a, b) => Number(a.value === false) - Number(b.value === false));
  const shown = everything ? answers : answers.slice(0, firstAnswers);
  return (
    <Card title={t('lead.details')}>
      {lead.duplicates.length > 0 && (
        <p className="mb-3 rounded-md border border-medium/40 bg-medium/5 px-3 py-2 text-sm">
          {t('lead.duplicates')}{' '}
          {lead.duplicates.map((other, index) => (
            <span key={other.id}>
              {index > 0 && ', '}
              <Link href={`/leads/${other.id}`} className="font-medium underline underline-offset-2">
                {other.name}
              </Link>{' '}
              ({t(`duplicates.bases.${other.basis}`)},{' '}
              <Link href={`/duplicates?pair=${other.pairId}`} className="underline underline-offset-2">
                {t('duplicates.compareShort')}
              </Link>
              )
            </span>
          ))}
        </p>
      )}
      <dl className="grid grid-cols-[minmax(120px,2fr)_3fr] gap-x-4 gap-y-1.5">
        {known.map(([label, value]) => (
          <Pair key={label} label={label}>
            {value}
          </Pair>
        ))}
        {shown.map(({ name, label, value }) => (
          <Pair key={name} label={label}>
            {said(value)}
          </Pair>
        ))}
      </dl>
      {answers.length > firstAnswers && (
        <Button size="small" look="quiet" className="mt-2 -ml-2" aria-expanded={everything} onClick={() => { setEverything(!everything); }}>
          {everything ? t('lead.fewer') : t('lead.everything', { count: answers.length - firstAnswers })}
        </Button>
      )}
      {lead.import !== null && <p className="mt-3 text-xs text-faint">{t('lead.importedFrom', { file: lead.import.fileName, when: formats.moment(lead.import.at) })}</p>}
    </Card>
  );
}

function Pair({ label, children }: { readonly label: string; readonly children: ReactNode }) {
  return (
    <>
      <dt className="text-muted">{label}</dt>
      <dd className="tabular min-w-0 break-words">{children}</dd>
    </>
  );
}
