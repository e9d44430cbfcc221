/** What an answer may propose. Nothing is done before a person confirms it in the dialog that opens. */
export const proposalKinds = ['open', 'log', 'assign', 'task'] as const;
export type ProposalKind = (typeof proposalKinds)[number];

/** A lead that may be named. */
export interface NamedLead {
  readonly id: string;
  readonly name: string;
}

export interface Proposal {
  readonly kind: ProposalKind;
  /** The lead by its name, as it was written. */
  readonly name: string;
  /** Words of a task; null for the others. */
  readonly words: string | null;
}

export interface Writing {
  readonly text: string;
  readonly proposals: readonly Proposal[];
  readonly followUps: readonly string[];
}

const mostProposals = 6;
const mostFollowUps = 4;
const longestTask = 200;
const longestFollowUp = 200;

function isKind(word: string): word is ProposalKind {
  return proposalKinds.some((kind) => kind === word);
}

/** Parts what a model wrote into prose and the lines at its end: `>> task | Name | words`, `>> open | Name`, `>> ask | question`. */
export function partWriting(written: string): Writing {
  const prose: string[] = [];
  const proposals: Proposal[] = [];
  const followUps: string[] = [];
  for (const line of written.split('\n')) {
    if (!line.trimStart().startsWith('>>')) {
      prose.push(line);
      continue;
    }
    const [word = '', first = '', ...rest] = line.trimStart().slice(2).split('|').map((part) => part.trim());
    const kind = word.toLowerCase();
    if (kind === 'ask' && first !== '' && first.length <= longestFollowUp) followUps.push(first);
    else if (isKind(kind) && first !== '') proposals.push({ kind, name: first, words: kind === 'task' ? rest.join(' ').slice(0, longestTask) : null });
  }
  return { text: prose.join('\n').trim(), proposals: proposals.slice(0, mostProposals), followUps: [...new Set(followUps)].slice(0, mostFollowUps) };
}

/** An answer under way as it is shown: without lines that are no prose, nor the beginning of one. */
export function shownSoFar(written: string): string {
  const lines = written.split('\n');
  return lines.filter((line, index) => !line.trimStart().startsWith('>>') && !(index === lines.length - 1 && line.trim() === '>')).join('\n').trim();
}

/** A piece of a text: words, or the name of a lead that stands in it. */
export interface TextPiece {
  readonly text: string;
  readonly lead: NamedLead | null;
}

const isLetter = (letter: string | undefined): boolean => letter !== undefined && /[\p{L}\p{N}]/u.test(letter);

/** Cuts a text where it names leads: the longer of two names that begin alike, whole words alone. */
export function citedPieces(text: string, leads: readonly NamedLead[]): TextPiece[] {
  const byLength = [...leads].filter(({ name }) => name !== '').sort((a, b) => b.name.length - a.name.length);
  const pieces: TextPiece[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (isLetter(text[at - 1])) continue;
    const lead = byLength.find(({ name }) => text.startsWith(name, at) && !isLetter(text[at + name.length]));
    if (lead === undefined) continue;
    if (at > from) pieces.push({ text: text.slice(from, at), lead: null });
    pieces.push({ text: lead.name, lead });
    from = at + lead.name.length;
    at = from - 1;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), lead: null });
  return pieces;
}

/** The leads that a text names, in its order, each once. */
export function citedIn(text: string, leads: readonly NamedLead[]): NamedLead[] {
  return [...new Map(citedPieces(text, leads).flatMap(({ lead }) => (lead === null ? [] : [[lead.id, lead] as const]))).values()];
}
