import { phrase, type Phrase } from '#domain/kernel/phrase';
import { type MatchingName, type NameSimilarity, nameSimilarity } from './names';

/** What is known of who a lead is. */
export interface Identity {
  readonly key: number;
  readonly name: MatchingName;
  /** Normalised. */
  readonly email: string | null;
  /** E.164. */
  readonly phone: string | null;
  /** Folded. */
  readonly city: string | null;
  /** Folded. */
  readonly course: string | null;
  /** Without blanks, upper case. */
  readonly postcode: string | null;
  /** ISO date. */
  readonly birthDate: string | null;
}

/** What a pair was found by: the strongest of what the two share. */
export const bases = ['email', 'phone', 'name', 'chosen'] as const;
export type Basis = (typeof bases)[number];

/** Facts that, beside a like name, speak for one person; in percent points of the score. Choices of this program, not measured ones. */
const factWorth = { birthDate: 20, postcode: 15, phoneTail: 15, emailName: 12, city: 8, course: 5 } as const;
export type SecondFact = keyof typeof factWorth;

/** What some facts are worth together. */
export function factsWorth(facts: readonly SecondFact[]): number {
  return facts.reduce((sum, fact) => sum + factWorth[fact], 0);
}

export interface Verdict {
  readonly basis: Basis;
  /** How much speaks for one person, 0 to 100. It orders the list; it is no probability. */
  readonly score: number;
  readonly reasons: readonly Phrase[];
}

/** Names are alike from here on: of the whole name, and of the part that agrees less. */
export const likeName = { whole: 0.92, least: 0.85 } as const;
/** Digits at the end of two numbers that are one number written in two ways, or in two countries. */
const tailDigits = 7;
/** Shorter names of mailboxes, such as "info" or "anna", belong to many. */
const shortestMailbox = 6;

const same = (a: string | null, b: string | null): boolean => a !== null && a !== '' && a === b;

/** The name of a mailbox, where it is long enough to say who has it. */
export function mailbox(email: string | null): string | null {
  const name = email?.slice(0, email.indexOf('@')) ?? '';
  return name.length >= shortestMailbox ? name : null;
}

/** The end of a telephone number, which stays the same however the number is written. */
export function tail(phone: string | null): string | null {
  return phone !== null && phone.length > tailDigits ? phone.slice(-tailDigits) : null;
}

/** The facts beside name, address and number that two leads share. */
export function sharedFacts(a: Identity, b: Identity): SecondFact[] {
  const facts: SecondFact[] = [];
  if (same(a.birthDate, b.birthDate)) facts.push('birthDate');
  if (same(a.postcode, b.postcode)) facts.push('postcode');
  if (a.phone !== b.phone && same(tail(a.phone), tail(b.phone))) facts.push('phoneTail');
  if (a.email !== b.email && same(mailbox(a.email), mailbox(b.email))) facts.push('emailName');
  if (same(a.city, b.city)) facts.push('city');
  if (same(a.course, b.course)) facts.push('course');
  return facts;
}

/** Whether two names are alike, as far as a pair by name goes. */
export function isLike(similarity: NameSimilarity): boolean {
  return similarity.whole >= likeName.whole && similarity.least >= likeName.least;
}

/**
 * How much speaks for one person where names are alike, 0 to 95.
 *
 * @param whole of the whole name, as {@link isLike} has let it pass
 * @param worth of the facts that both share
 */
export function nameScore(whole: number, worth: number): number {
  return Math.min(95, Math.round(55 + (25 * (whole - likeName.whole)) / (1 - likeName.whole) + worth));
}

const factPhrases = (facts: readonly SecondFact[]): Phrase[] => facts.map((fact) => phrase(`duplicates.facts.${fact}`));

/**
 * Whether two leads seem to be one person, and why: an equal e-mail address, an equal telephone number, or a like name with a second
 * fact. Two known birth dates that differ speak against a pair by name. Symmetric.
 *
 * @returns null where nothing speaks for it
 */
export function judgePair(a: Identity, b: Identity): Verdict | null {
  const email = same(a.email, b.email);
  const phone = same(a.phone, b.phone);
  const facts = sharedFacts(a, b);
  // Most that are compared share nothing: they are let go before their names are looked at, which costs most.
  if (!email && !phone && facts.length === 0) return null;
  const similarity = nameSimilarity(a.name, b.name);
  const like = similarity !== null && isLike(similarity);
  const bonus = factsWorth(facts);
  const nameReason = (): Phrase[] => {
    if (similarity === null) return [];
    if (similarity.whole === 1) return [phrase('duplicates.sameName')];
    return [like ? phrase('duplicates.likeName', { percent: Math.floor(similarity.whole * 100) }) : phrase('duplicates.otherName')];
  };
  if (email || phone) {
    const reasons = [...(email ? [phrase('duplicates.email')] : []), ...(phone ? [phrase('duplicates.phone')] : []), ...nameReason(), ...factPhrases(facts)];
    // Families share a mailbox and more often a telephone: names that differ weigh against.
    const [alike, unknown, differing] = email ? [97, 90, 60] : [93, 80, 45];
    const base = similarity === null ? unknown : like ? alike : differing + 20 * similarity.whole;
    return { basis: email ? 'email' : 'phone', score: Math.min(100, Math.round(base + (email && phone ? 10 : 0) + bonus / 10)), reasons };
  }
  const otherBirth = a.birthDate !== null && b.birthDate !== null && a.birthDate !== b.birthDate;
  if (!like || otherBirth) return null;
  return { basis: 'name', score: nameScore(similarity.whole, bonus), reasons: [...nameReason(), ...factPhrases(facts)] };
}
