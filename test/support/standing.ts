import type { Attempt } from '#domain/learning/attempts';
import type { Blueprint } from '#domain/learning/blueprint';
import type { StudyFacts } from '#domain/learning/readiness/features';

/** An exam of 20 questions on two domains of two topics each: 60 % and 40 %, 14 pass. */
export const twoDomains: Blueprint = {
  domains: [
    { key: 1, code: 'A', title: 'Asking', weight: 60, topics: [{ key: 11, code: 'A1', title: 'Words' }, { key: 12, code: 'A2', title: 'Sensors' }] },
    { key: 2, code: 'B', title: 'Acting', weight: 40, topics: [{ key: 21, code: 'B1', title: 'Packages' }, { key: 22, code: 'B2', title: 'Plans' }] },
  ],
  exam: { questions: 20, passCount: 14, draw: 'weights' },
};

/** The study day of the tests: Monday, 5 October 2026. */
export const today = Date.UTC(2026, 9, 5) / 86_400_000;
export const noon = today * 86_400_000 + 12 * 3_600_000;

let question = 0;

/** An answer to a question that nobody answered before, at noon of the test's day. */
export function attempt(given: Partial<Attempt> & Pick<Attempt, 'topicKey' | 'correct'>): Attempt {
  question += 1;
  return { questionKey: question, domainKey: Math.floor(given.topicKey / 10), difficulty: null, assessment: 'practice', confidence: null, milliseconds: 30_000, at: noon, ...given };
}

/** Answers on topics in turn, a share of them right, spread evenly; the newest last. */
export function answers(topics: readonly number[], count: number, share: number, given: Partial<Attempt> = {}): Attempt[] {
  return Array.from({ length: count }, (_none, index) => {
    const topicKey = topics[index % topics.length] ?? 11;
    const round = Math.floor(index / topics.length);
    return attempt({ topicKey, correct: Math.floor((round + 1) * share + 1e-9) > Math.floor(round * share + 1e-9), at: noon - (count - index) * 60_000, ...given });
  });
}

export function studyFacts(given: Partial<StudyFacts> = {}): StudyFacts {
  return { modulesCompleted: 0, modules: 0, sittings: [1_800_000], mocks: [], activeDays: [today - 1, today], today, examDay: today + 20, targetShare: null, ...given };
}
