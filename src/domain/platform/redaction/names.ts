import { fold } from '#domain/kernel/text';
import type { Find, NameKnowledge } from './types';

interface Token {
  readonly text: string;
  readonly folded: string;
  readonly start: number;
  readonly end: number;
  readonly isCapital: boolean;
  readonly beginsSentence: boolean;
  /** What stands between it and the token before. */
  readonly gap: string;
}

const plain = /^[A-Za-z]+$/u;
const wordForm = /(?<![\p{L}\p{N}])\p{L}[\p{L}\p{M}]*(?:['’-]\p{L}[\p{L}\p{M}]*)*/gu;
const titles = new Set(['mr', 'mrs', 'ms', 'miss', 'mx', 'dr', 'prof', 'professor', 'sir', 'dame', 'lord', 'lady', 'rev', 'madam', 'herr', 'frau', 'sra', 'mme', 'monsieur']);
const particles = new Set(['van', 'von', 'der', 'den', 'de', 'del', 'della', 'di', 'da', 'dos', 'du', 'la', 'le', 'el', 'al', 'bin', 'ibn', 'ben', 'ter', 'ten', 'st', 'mac', 'mc', 'zu', 'af', 'av', 'y']);
const suffixes = new Set(['jr', 'sr', 'ii', 'iii', 'iv', 'phd', 'md', 'dds', 'dvm', 'esq', 'mba', 'obe', 'mbe']);
/** Words that make what they stand in an organisation, a place or a title of something. */
const notPeople = new Set(
  'ltd limited inc llc plc corp corporation company co group gmbh bank university college school academy institute department office hospital church council society association foundation trust club team band festival museum library centre center hotel park street road avenue lane drive square station airport river lake mountain island islands north south east west northern southern eastern western central city town county state states kingdom republic union street government ministry court house hall fax phone mobile office email home address award awards prize cup league press times news post daily weekly magazine records music studio studios theatre theater company systems solutions services software technology technologies networks partners associates holdings industries international global'.split(' '),
);
/** I'm, don't, they're: words of a sentence, whatever they begin with. */
const contraction = /^\p{L}+['’](?:m|d|ll|re|ve|t)$/iu;
/** Capitals within a word, but for those of McKay and O'Brien, and words of up to four capitals. */
const shortForm = /^(?!(?:Ma?c|[OD]['’]|L[ae]|De|Van|Fitz)\p{Lu})(?:\p{Lu}?\p{Ll}+\p{Lu}|\p{Lu}{2,}\p{Ll})|^\p{Lu}{1,4}$|^\p{Lu}{2,5}-/u;
const address = /\b(?:https?:\/\/|www\.)\S+/giu;

/** Words that some list of names has too, and that are hardly ever one. */
const smallWords = new Set('my an in on so do no see may to or if per bot era dee see day new two one any all are the and for but not you was his her she him had has its our out who how now way'.split(' '));
const days = 'monday tuesday wednesday thursday friday saturday sunday january february march april may june july august september october november december christmas easter'.split(' ');
/** Peoples, tongues and names of things that begin with a capital in English. */
const others = new Set(
  [...days, ...'english french german spanish italian dutch chinese japanese arabic latin greek russian polish american british european african asian indian irish scottish welsh canadian australian christian muslim jewish internet google facebook twitter youtube amazon microsoft apple windows linux ucas gcse btec ielts toefl god jesus lord bible earth mars moon facebook instagram whatsapp iban ssn nhs bic swift thai american americans'.split(' ')],
);

const beforeName =
  /(?:\bname(?:'s| is|:| was|d)?|\bcall(?:ed|s)?(?: (?:me|him|her|them))?|\bi am|\bi['’]m|\bthis is|\bdear|\bhi|\bhello|\bhey|\bthanks,?|\bregards,?|\bsincerely,?|\bsigned(?: by)?|\bspeak(?:ing)? (?:to|with)|\bspoke (?:to|with)|\btalk(?:ed|ing)? (?:to|with)|\bmet(?: with)?|\bmeet(?: with)?|\bwith|\bby|\btell|\btold|\bask(?:ed)?|\bmarried|\bfriends? |\bbrother|\bsister|\bson|\bdaughter|\bwife|\bhusband|\bpartner|\bmother|\bfather|\bunder|\bcontact|\bfrom|\bfor|\bto|\band|\bor|\bsaid|\bby:|\bfeaturing|\bft\.?|\bcustomer|\bclient|\bstudent|\bapplicant|\bpatient|\bbot:|\buser:)[\s:,"'“]*$/iu;
/** Signs of a name that are strong enough for a small letter. */
const strongBefore =
  /(?:\bname(?:'s| is|:| was)|\bname\?|\bnamed|\bcalled|\bcalls? me|\bcalls? (?:him|her|them)|\bi am|\bi['’]m|\bthis is|\bdear|\bunder(?: the name)?|\bit['’]s under|\bspeak(?:ing)? (?:to|with)|\bspoke (?:to|with)|\bregards,?|\bsincerely,?|\bname on the [\p{L} ]{1,20}\?|\buser:)[\s:,"'“]*$/iu;
const beforePlace = /(?:\bin|\bat|\bnear|\btowards?|\baround|\bfrom|\bto|\bof|\bthroughout|\bacross|\bwithin|\bleft for|\bvisit(?:ed|ing)?|\bmoved (?:here )?(?:from|to)|\bcountry|\bcity|\btown)[\s:,"'“]*(?:the )?$/iu;
const afterName = /^(?:['’]s\b|,? (?:is|was|has|had|said|says|asked|told|will|would|can|could|who|and|lives?|lived|wrote|writes|sang|sings|plays?|played|made|makes|went|wants?|wanted|thinks|thought|called|studied|listed|comes|came|does|did|won|wins|needs|knows|loves|likes|works|worked|sent|applied|attended|joined)\b)/iu;
const afterPlaceOnly = /^(?: (?:street|road|avenue|city|airport|station|river|university|county|island)\b|, [A-Z]{2}\b)/u;

let countries: ReadonlySet<string> | null = null;
/** Countries whose English name is one word, as the runtime's own data has them. */
function countryNames(): ReadonlySet<string> {
  if (countries !== null) return countries;
  const names = new Intl.DisplayNames(['en'], { type: 'region', fallback: 'none' });
  const letters = Array.from('ABCDEFGHIJKLMNOPQRSTUVWXYZ');
  const found = letters.flatMap((first) => letters.map((second) => fold(names.of(first + second) ?? ' ')));
  countries = new Set(found.filter((name) => /^\p{L}+$/u.test(name)));
  return countries;
}

function tokensOf(text: string): Token[] {
  const tokens: Token[] = [];
  let end = 0;
  const links = [...text.matchAll(address)].map(({ index, 0: link }) => [index, index + link.length] as const);
  for (const match of text.matchAll(wordForm)) {
    if (contraction.test(match[0]) || links.some(([from, to]) => match.index >= from && match.index < to)) continue;
    const raw = match[0].replace(/['’]s$/u, '');
    const gap = text.slice(end, match.index);
    tokens.push({
      text: raw,
      folded: plain.test(raw) ? raw.toLowerCase() : fold(raw),
      start: match.index,
      end: match.index + raw.length,
      isCapital: /^\p{Lu}/u.test(raw),
      beginsSentence: tokens.length === 0 || /[.!?:\n"“]\s*["'“(]?\s*$/u.test(gap),
      gap,
    });
    end = match.index + raw.length;
  }
  return tokens;
}

/** That the workspace has a person of the name. */
const surest = 0.97;

/** The ways in which a name is found, and how sure each can become. */
export const nameForms = [
  { id: 'name.titled', confidence: 0.9 },
  { id: 'name.known', confidence: 0.97 },
  { id: 'name.full', confidence: 0.9 },
  { id: 'name.single', confidence: 0.75 },
] as const;

/** Tokens that may be one name: they stand next to each other. */
interface Run {
  readonly words: readonly [Token, ...Token[]];
  /** Where the name begins with its title, or without one. */
  readonly start: number;
  readonly isTitled: boolean;
}

const longestName = 6;
const looksAround = 40;

class NameFinder {
  private readonly tokens: readonly Token[];
  /** Hardly a capital in it: small letters then are no sign against a name. */
  private readonly isSmall: boolean;
  /** All in capitals: they then are no sign for one. */
  private readonly isLoud: boolean;

  private readonly text: string;
  private readonly knowledge: NameKnowledge;

  constructor(text: string, knowledge: NameKnowledge) {
    this.text = text;
    this.knowledge = knowledge;
    this.tokens = tokensOf(text);
    const capitals = this.tokens.filter(({ isCapital }) => isCapital).length;
    this.isSmall = this.tokens.length > 0 && capitals <= this.tokens.length * 0.02;
    this.isLoud = !/\p{Ll}/u.test(text);
  }

  find(): Find[] {
    const finds: Find[] = [];
    for (let index = 0; index < this.tokens.length; ) {
      const found = this.runAt(index);
      if (found === null) {
        index += 1;
        continue;
      }
      const { run, next } = found;
      const confidence = this.confidenceOf(run);
      const end = run.words[run.words.length - 1]?.end ?? run.start;
      if (confidence > 0) finds.push({ type: 'name', start: run.start, end, confidence, pattern: patternOf(run, confidence) });
      index = next;
    }
    return finds;
  }

  private isFirst({ folded }: Token): boolean {
    return folded.length > 2 && !smallWords.has(folded) && folded.split('-').every((part) => this.knowledge.isFirstName(part));
  }

  private isOrdinary({ folded }: Token): boolean {
    return this.knowledge.isOrdinary(folded);
  }

  /** No word of English, nor made of some ("third-party"), nor a short form ("FCC", "MHz"). */
  private isUnknown({ folded, text }: Token): boolean {
    return folded.length > 2 && !shortForm.test(text) && folded.split(/['’-]/u).every((part) => part.length < 3 || !this.knowledge.isWord(part));
  }

  private isKnown([lead, ...rest]: readonly Token[]): boolean {
    return lead !== undefined && rest.length > 0 && this.knowledge.isKnownPerson(lead.folded, rest.map(({ folded }) => folded).join(' '));
  }

  private before({ start }: Token): string {
    return this.text.slice(Math.max(0, start - looksAround), start);
  }

  /** The tokens from one on that may be one name, and where to go on; null where none begins there. */
  private runAt(index: number): { readonly run: Run; readonly next: number } | null {
    const token = this.tokens[index];
    if (token === undefined) return null;
    const after = this.tokens[index + 1];
    const isTitled = titles.has(token.folded) && (token.isCapital || this.isSmall) && isJoined(after) && !titles.has(after.folded);
    const first = isTitled ? index + 1 : index;
    const head = isTitled ? after : token;
    const isParticle = this.isSmall && particles.has(head.folded);
    // Most words of a text are small, ordinary ones.
    if (!head.isCapital && !isTitled && !isParticle && !this.isFirst(head) && !this.isUnknown(head)) return null;
    const mayBegin = head.isCapital || isTitled || isParticle || (this.isSmall && this.isFirst(head)) || strongBefore.test(this.before(head));
    if (!mayBegin) return null;
    const last = this.lastOf(first, this.isSmall || !head.isCapital);
    const all = this.tokens.slice(first, last + 1);
    const words = isTitled || this.isKnown(all) ? all : this.trimmed(all);
    const [lead, ...rest] = words;
    if (lead === undefined) return { run: { words: [head], start: head.start, isTitled }, next: last + 1 };
    return { run: { words: [lead, ...rest], start: isTitled ? token.start : lead.start, isTitled }, next: last + 1 };
  }

  /** How far a name that begins at a token would go. */
  private lastOf(first: number, small: boolean): number {
    let last = first;
    for (let next = first + 1; next < this.tokens.length && next - first < longestName; next += 1) {
      const candidate = this.tokens[next];
      const previous = this.tokens[next - 1];
      const following = this.tokens[next + 1];
      if (!isJoined(candidate) || previous === undefined) break;
      if (candidate.isCapital || suffixes.has(candidate.folded)) {
        // A full stop ends a sentence, but not behind an initial or a title.
        if (candidate.gap.startsWith('.') && previous.text.length > 1 && !titles.has(previous.folded)) break;
        last = next;
      } else if (particles.has(candidate.folded) && following !== undefined && (following.isCapital || (small && this.isUnknown(following)))) {
        // A particle belongs to the name with the word behind it.
      } else if (small && (this.isFirst(candidate) ? !this.isOrdinary(candidate) : this.isUnknown(candidate)) && !isBarred(candidate)) {
        last = next;
      } else {
        break;
      }
    }
    return last;
  }

  /** Ordinary words in front belong to the sentence: "Follow Maria", "Does Kim". */
  private trimmed(words: readonly Token[]): readonly Token[] {
    let from = 0;
    for (; from < words.length - 1; from += 1) {
      const [word, behind] = [words[from], words[from + 1]];
      if (word === undefined || behind === undefined || this.isFirst(word) || !this.isOrdinary(word)) break;
      if (!word.beginsSentence && !this.isFirst(behind)) break;
    }
    return words.slice(from);
  }

  private confidenceOf({ words, isTitled }: Run): number {
    const [lead, ...rest] = words;
    if (this.isKnown(words)) return surest;
    if (words.some(isBarred) || (rest.length === 0 && countryNames().has(lead.folded))) return 0;
    if (isTitled) return 0.9;
    const core = words.filter(({ folded, text }) => !particles.has(folded) && !suffixes.has(folded) && text.length > 1);
    if (core.length === 0) return 0;
    const tail = words[words.length - 1] ?? lead;
    const around: Around = { before: this.before(lead), after: this.text.slice(tail.end, tail.end + looksAround) };
    if (afterPlaceOnly.test(around.after)) return 0;
    return core.length > 1 ? this.confidenceOfSeveral(lead, core, around) : this.confidenceOfOne(lead, around);
  }

  private confidenceOfSeveral(lead: Token, core: readonly Token[], { before, after }: Around): number {
    const ordinary = core.filter((word) => this.isOrdinary(word) && !this.isFirst(word)).length;
    const unknown = core.filter((word) => this.isUnknown(word)).length;
    const isIntroduced = strongBefore.test(before);
    if (this.isFirst(lead) && ordinary === 0) return core.every((word) => this.isOrdinary(word)) && !isIntroduced ? 0.35 : 0.9;
    if (this.isFirst(lead) && !this.isOrdinary(lead)) return 0.8;
    if (isIntroduced && ordinary < core.length) return 0.85;
    if (ordinary > 0) return 0;
    if (core.some((word) => this.isFirst(word))) return 0.7;
    if (unknown === 0) return 0;
    if (beforePlace.test(before) && !isIntroduced) return 0.3;
    return unknown === core.length && (afterName.test(after) || beforeName.test(before) || lead.beginsSentence) ? 0.65 : 0.5;
  }

  private confidenceOfOne(lead: Token, { before, after }: Around): number {
    const isIntroduced = strongBefore.test(before);
    const isPlaced = !isIntroduced && beforePlace.test(before);
    if (this.isFirst(lead) && (this.isLoud || !/^\p{Lu}{2,4}$/u.test(lead.text))) {
      if (!this.isOrdinary(lead)) {
        if (isPlaced && this.isUnknown(lead) && !lead.beginsSentence) return 0.5;
        return lead.isCapital || this.isSmall || isIntroduced ? 0.75 : 0;
      }
      if (isIntroduced) return 0.7;
      if (!lead.isCapital) return 0;
      if (!lead.beginsSentence) return 0.6;
      return afterName.test(after) ? 0.5 : 0;
    }
    if (!lead.isCapital) return 0;
    if (isIntroduced && !this.isOrdinary(lead)) return 0.7;
    if (!this.isUnknown(lead) || /^\p{Lu}+$/u.test(lead.text)) return 0;
    if (isPlaced || /\bthe $/iu.test(before)) return 0.3;
    if (afterName.test(after)) return 0.65;
    if (lead.beginsSentence) return /^ \p{Ll}/u.test(after) ? 0.55 : 0.35;
    return 0.5;
  }
}

interface Around {
  readonly before: string;
  readonly after: string;
}

function isBarred({ folded }: Token): boolean {
  return notPeople.has(folded) || others.has(folded);
}

function isJoined(token: Token | undefined): token is Token {
  return token !== undefined && /^(?:\.? |-|\. )$/u.test(token.gap);
}

function patternOf({ words, isTitled }: Run, confidence: number): (typeof nameForms)[number]['id'] {
  if (confidence === surest) return 'name.known';
  if (isTitled) return 'name.titled';
  return words.length > 1 ? 'name.full' : 'name.single';
}

/**
 * Names of people: by lists of first names, by the people of the workspace, and by the words around. A capital letter alone is no sign:
 * "Computer Science" has two of them, and "chloe" has none.
 */
export function findNames(text: string, knowledge: NameKnowledge): Find[] {
  return new NameFinder(text, knowledge).find();
}
