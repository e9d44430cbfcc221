import { useTranslation } from 'react-i18next';
import { useFormats } from '#renderer/data/format';

/** What a number may be. */
export interface Limits {
  readonly min: number;
  readonly max: number;
  readonly whole?: boolean;
}

/** How `register` is told to read a number and to say what is wrong with it. */
export function useNumberRules(): (limits: Limits) => { readonly valueAsNumber: true; readonly validate: (value: number) => true | string } {
  const { t } = useTranslation();
  const formats = useFormats();
  return ({ min, max, whole = false }) => ({
    valueAsNumber: true,
    validate: (value) =>
      (Number.isFinite(value) && value >= min && value <= max && (!whole || Number.isInteger(value))) ||
      t(whole ? 'settings.wholeNumber' : 'settings.number', { min: formats.number(min), max: formats.number(max) }),
  });
}

/** Percent from a share, without the dust of binary fractions. */
export const toPercent = (share: number): number => Math.round(share * 1e6) / 1e4;
export const fromPercent = (percent: number): number => Math.round(percent * 1e4) / 1e6;
