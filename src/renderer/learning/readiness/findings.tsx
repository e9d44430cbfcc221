import type { TFunction } from 'i18next';
import type { ReadinessAnswer } from '#contract/learning/readiness';

/** How a chance of passing is called: three words, so that a colour is never alone. */
export type Verdict = 'ready' | 'atRisk' | 'notYet';

export function verdictOf(chance: number): Verdict {
  return chance >= 0.8 ? 'ready' : chance >= 0.5 ? 'atRisk' : 'notYet';
}

/** What is missing before a chance can be told, in words. */
export function missingWords(t: TFunction, missing: NonNullable<ReadinessAnswer['missing']>): string {
  switch (missing.reason) {
    case 'noExam':
      return t('standing.readiness.noExam');
    case 'fewAnswers':
      return t('standing.readiness.fewAnswers', { count: missing.need - missing.have, have: missing.have, need: missing.need });
    case 'fewDomains':
      return t('standing.readiness.fewDomains', { have: Math.round(missing.have * 100), need: Math.round(missing.need * 100) });
  }
}
