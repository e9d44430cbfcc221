import { useTranslation } from 'react-i18next';
import type { DuplicatePair } from '#contract/admissions/duplicates';
import { useCommand } from '#renderer/data/hooks';
import { toast } from '#renderer/kit/toasts';
import { tellFailure } from '#renderer/shell/tellFailure';

/** Which of the two of a pair. */
export type Side = 'first' | 'second';
/** Whose value is taken, by field: what somebody chose against the rule. */
export type Chosen = Readonly<Record<string, Side>>;

export interface PairActions {
  readonly busy: boolean;
  readonly merge: (pair: DuplicatePair, survivor: Side, chosen: Chosen) => void;
  readonly unmerge: (mergeId: string) => void;
  readonly dismiss: (pair: DuplicatePair) => void;
  readonly reopen: (pair: DuplicatePair) => void;
}

/** What one can make of a pair, each with its way back. */
export function usePairActions(): PairActions {
  const { t } = useTranslation();
  const mergeTwo = useCommand('admissions.duplicates.merge');
  const unmergeTwo = useCommand('admissions.duplicates.unmerge');
  const dismissPair = useCommand('admissions.duplicates.dismiss');
  const unmerge = (mergeId: string): void => {
    unmergeTwo.mutate(
      { mergeId },
      {
        onSuccess: ({ survivor, merged, kept }) => {
          toast({ title: t('duplicates.unmerged', { first: survivor.name, second: merged.name }), ...(kept.length === 0 ? {} : { detail: kept.join(' ') }) });
        },
        onError: tellFailure,
      },
    );
  };
  const setDismissed = (pair: DuplicatePair, dismissed: boolean, after: () => void): void => {
    dismissPair.mutate({ id: pair.id, dismissed }, { onSuccess: after, onError: tellFailure });
  };
  const reopen = (pair: DuplicatePair): void => {
    setDismissed(pair, false, () => { toast({ title: t('duplicates.reopened', { first: pair.first.name, second: pair.second.name }) }); });
  };
  return {
    busy: mergeTwo.isPending || unmergeTwo.isPending || dismissPair.isPending,
    unmerge,
    reopen,
    merge: (pair, survivor, chosen) => {
      const [kept, merged] = survivor === 'first' ? [pair.first, pair.second] : [pair.second, pair.first];
      const fields = Object.fromEntries(Object.entries(chosen).map(([name, side]) => [name, side === survivor ? ('survivor' as const) : ('merged' as const)]));
      mergeTwo.mutate(
        { survivorId: kept.id, mergedId: merged.id, fields, survivorRevision: kept.revision, mergedRevision: merged.revision },
        {
          onSuccess: ({ mergeId, lead }) => {
            toast({ title: t('duplicates.mergedToast', { name: lead.name }), action: { label: t('common.undo'), run: () => { unmerge(mergeId); } } });
          },
          onError: tellFailure,
        },
      );
    },
    dismiss: (pair) => {
      setDismissed(pair, true, () => {
        toast({ title: t('duplicates.dismissedToast', { first: pair.first.name, second: pair.second.name }), action: { label: t('common.undo'), run: () => { reopen(pair); } } });
      });
    },
  };
}
