import { useTranslation } from 'react-i18next';
import { type PersonalDataType, personalDataTypes } from '#domain/platform/redaction/types';
import { useFormats } from '#renderer/data/format';
import { Tag } from '#renderer/kit/Marks';

/** What was replaced, by kind. */
export function Replaced({ counts }: { readonly counts: Readonly<Partial<Record<PersonalDataType, number>>> }) {
  const { t } = useTranslation();
  const formats = useFormats();
  const kinds = personalDataTypes.filter((type) => (counts[type] ?? 0) > 0);
  if (kinds.length === 0) return <p className="text-sm text-muted">{t('language.replaced.none')}</p>;
  return (
    <div className="flex flex-wrap items-center gap-2 text-sm">
      <span className="text-muted">{t('language.replaced.title')}</span>
      {kinds.map((type) => (
        <Tag key={type}>{`${t(`redaction.types.${type}`)} ${formats.number(counts[type] ?? 0)}`}</Tag>
      ))}
    </div>
  );
}
