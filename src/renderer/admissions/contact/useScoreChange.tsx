import { useTranslation } from 'react-i18next';
import type { OutputOf } from '#contract/index';
import { useFormats } from '#renderer/data/format';
import type { ToastMessage } from '#renderer/kit/toasts';

type ScoreChange = OutputOf<'admissions.touchpoints.create'>['score'];

/** Says in words how a score moved and why. */
export function useScoreChange(): (name: string, change: ScoreChange) => ToastMessage {
  const { t } = useTranslation();
  const { number } = useFormats();
  return (name, { before, after, reasons }) => {
    const from = before === null ? null : Math.round(before);
    const to = Math.round(after);
    const title =
      from === null || from === to
        ? t('contact.saved', { name, score: number(to) })
        : t(to > from ? 'contact.savedRose' : 'contact.savedFell', { name, before: number(from), score: number(to) });
    const why = reasons.map(({ reason }) => reason).join(' · ');
    return { title, ...(why === '' ? {} : { detail: why }) };
  };
}
