import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { readDue } from '#domain/admissions/tasks/due';
import { useFormats } from '#renderer/data/format';
import { TextField } from '#renderer/kit/Field';
import { useSignedIn } from '#renderer/shell/session';

/** What somebody wrote as the date of a task. */
export interface DueText {
  readonly text: string;
  /** Null where nothing is written; undefined where it is no date. */
  readonly at: number | null | undefined;
}

export const noDue: DueText = { text: '', at: null };

/** Whether dates are written with the month first, as in the United States. */
const monthFirst = navigator.language === 'en-US';

interface DueFieldProps {
  readonly value: DueText;
  readonly onChange: (value: DueText) => void;
  readonly labelHidden?: boolean;
  readonly className?: string;
}

/** A date in words, such as "tomorrow 9:00"; what is understood is said below while one types. */
export function DueField({ value, onChange, labelHidden = false, className }: DueFieldProps) {
  const { t } = useTranslation();
  const { timeZone } = useSignedIn().workspace;
  const formats = useFormats(timeZone);
  const [left, setLeft] = useState(false);
  const read = (text: string): DueText => ({ text, at: text.trim() === '' ? null : (readDue(text, Date.now(), timeZone, monthFirst) ?? undefined) });
  return (
    <TextField
      label={t('lead.taskDue')}
      labelHidden={labelHidden}
      placeholder={t('tasks.dueHint')}
      className={className}
      autoComplete="off"
      maxLength={100}
      value={value.text}
      hint={typeof value.at === 'number' ? formats.near(value.at) : undefined}
      error={value.at === undefined && left ? t('tasks.dueUnknown') : undefined}
      onChange={(event) => {
        setLeft(false);
        onChange(read(event.target.value));
      }}
      onBlur={() => { setLeft(true); }}
    />
  );
}
