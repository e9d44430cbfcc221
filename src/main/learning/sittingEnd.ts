import { phrase } from '#domain/kernel/phrase';
import { calibrate } from '#domain/learning/practice/calibration';
import { chanceOf } from '#domain/learning/practice/grade';
import { type PlacementAnswer, placementOf } from '#domain/learning/practice/placement';
import type { SittingResult } from '#contract/learning/practice';
import { say } from '#main/app/phrases';
import { attemptsOfSession } from '#main/store/learning/attempts';
import { questionsByKey, readMaterial } from '#main/store/learning/material';
import { saveSectionCheck } from '#main/store/learning/progress';
import type { StoredSitting } from '#main/store/learning/sittings';
import type { Reader, Writer } from '#main/store/tx';
import { type SittingPlan, topicNames } from './sittings';

/** A section is understood from this share of its check on. */
export const checkPasses = 0.8;

/** The share of a section's check that was right, once all of it was answered; null before that or where there is no such check. */
export function checkShare({ items }: SittingPlan, sectionKey: number): number | null {
  const own = items.filter(({ check }) => check === sectionKey);
  return own.length === 0 || own.some(({ done }) => done !== true) ? null : own.filter(({ right }) => right === true).length / own.length;
}

/** Keeps how a section's check went, once its last question was answered. */
export function keepCheck(writer: Writer, userKey: number, plan: SittingPlan, sectionKey: number, now: number): void {
  const share = checkShare(plan, sectionKey);
  if (share !== null) saveSectionCheck(writer, userKey, sectionKey, share, share >= checkPasses, now);
}

/** The answers of a placement, as its engine takes them. */
export function placementAnswers(reader: Reader, { items }: SittingPlan): PlacementAnswer[] {
  const answered = items.filter(({ what, done }) => what === 'question' && done === true);
  const questions = questionsByKey(reader, answered.map(({ key }) => key));
  return answered.flatMap(({ key, right }) => {
    const question = questions.get(key);
    return question === undefined ? [] : [{ domainKey: question.domainKey, difficulty: question.difficulty, correct: right === true, chance: chanceOf(question.kind, question.options.length) }];
  });
}

/** A pause between two answers is no study: an answer counts with five minutes at the most. */
const longest = 300_000;

/** What a sitting came to. */
export function resultOf(reader: Reader, sitting: StoredSitting & { readonly plan: SittingPlan }, planChanged: boolean): SittingResult {
  const { plan, kind, key, courseKey } = sitting;
  const attempts = attemptsOfSession(reader, key);
  const name = topicNames(reader, courseKey);
  const done = plan.items.filter((item) => item.done === true);
  const topics = [...Map.groupBy(attempts, ({ topicKey }) => topicKey)].map(([topicKey, of]) => ({ topic: name(topicKey), answered: of.length, right: of.filter(({ correct }) => correct).length }));
  const calibration = calibrate(attempts);
  const domains = kind === 'placement' ? readMaterial(reader, courseKey).domains : [];
  const titles = new Map(domains.map((domain) => [domain.key, domain.title]));
  const checked = kind === 'section' ? plan.items[0]?.check : undefined;
  const share = checked === undefined ? null : checkShare(plan, checked);
  return {
    answered: attempts.length,
    right: attempts.filter(({ correct }) => correct).length,
    cards: done.filter(({ what }) => what === 'flashcard').length,
    sections: done.filter(({ what }) => what === 'section').length,
    minutes: attempts.reduce((sum, { milliseconds }) => sum + Math.min(longest, milliseconds ?? 0), 0) / 60_000,
    topics: topics.sort((a, b) => a.right / a.answered - b.right / b.answered || b.answered - a.answered),
    placement: kind === 'placement' ? placementOf(domains.map((domain) => domain.key), placementAnswers(reader, plan)).map(({ domainKey, asked, share: known, low, high }) => ({ domain: titles.get(domainKey) ?? '', asked, share: known, low, high })) : null,
    passed: kind === 'section' ? share !== null && share >= checkPasses : null,
    judgement: calibration.verdict === 'unknown' ? null : say(phrase(`studying.judgement.${calibration.verdict}`, { count: calibration.count })),
    planChanged,
  };
}
