import { RefreshCw } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { Button } from '#renderer/kit/Button';
import { Check, TextField } from '#renderer/kit/Field';
import { suggestPassPhrase } from './strength';

export interface GivenPassPhraseValue {
  readonly passPhrase: string;
  readonly none: boolean;
}

interface GivenPassPhraseProps {
  readonly value: GivenPassPhraseValue;
  readonly onChange: (value: GivenPassPhraseValue) => void;
  readonly error?: string | undefined;
}

/** A pass phrase for somebody else: seen, because it is passed on, and suggested, because it is typed once. */
export function GivenPassPhrase({ value, onChange, error }: GivenPassPhraseProps) {
  const { t } = useTranslation();
  return (
    <div className="flex flex-col gap-2">
      <div className="flex items-start gap-2">
        <TextField
          className="min-w-0 flex-1"
          label={t('passPhrase.given')}
          autoComplete="off"
          spellCheck={false}
          maxLength={1_000}
          disabled={value.none}
          hint={t('passPhrase.givenHint')}
          error={value.none ? undefined : error}
          value={value.none ? '' : value.passPhrase}
          onChange={(event) => { onChange({ ...value, passPhrase: event.target.value }); }}
        />
        <Button className="mt-[22px]" disabled={value.none} icon={<RefreshCw size={14} aria-hidden />} onClick={() => { onChange({ ...value, passPhrase: suggestPassPhrase() }); }}>
          {t('passPhrase.suggest')}
        </Button>
      </div>
      <Check label={t('passPhrase.givenNone')} checked={value.none} onChange={(event) => { onChange({ ...value, none: event.target.checked }); }} />
    </div>
  );
}
