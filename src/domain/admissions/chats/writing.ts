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

/**
 * Cuts a text where it names leads: the longer of two names that begin alike, whole words alone. Of leads with one name, the first place
 * that holds it stands for the first of them, the next for the next.
 */
export function citedPieces(text: string, leads: readonly NamedLead[]): TextPiece[] {
  const bearers = new Map<string, NamedLead[]>();
  for (const lead of leads) if (lead.name !== '') bearers.set(lead.name, [...(bearers.get(lead.name) ?? []), lead]);
  const names = [...bearers.keys()].sort((a, b) => b.length - a.length);
  const pieces: TextPiece[] = [];
  let from = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (isLetter(text[at - 1])) continue;
    const name = names.find((each) => text.startsWith(each, at) && !isLetter(text[at + each.length]));
    const waiting = name === undefined ? undefined : bearers.get(name);
    const lead = waiting !== undefined && waiting.length > 1 ? waiting.shift() : waiting?.[0];
    if (lead === undefined) continue;
    if (at > from) pieces.push({ text: text.slice(from, at), lead: null });
    pieces.push({ text: lead.name, lead });
    from = at + lead.name.length;
    at = from - 1;
  }
  if (from < text.length) pieces.push({ text: text.slice(from), lead: null });
  return pieces;
}

/** Leads whose name points at them alone; of a name that several have, only the one that is meant before others, where it is among them. */
export function unmistakable(leads: readonly NamedLead[], first: string | null): NamedLead[] {
  return leads.filter(({ id, name }) => id === first || leads.every((other) => other.id === id || other.name !== name));
}

/** A text without the names of leads that are not to be seen. */
export function withoutNames(text: string, leads: readonly NamedLead[], seen: ReadonlySet<string>, instead: string): string {
  const visible = new Set(leads.filter(({ id }) => seen.has(id)).map(({ name }) => name));
  const hidden = leads.filter(({ name }) => !visible.has(name));
  if (hidden.length === 0) return text;
  // Those that may be seen are cut out too, so that a longer name is not taken for a shorter one.
  return citedPieces(text, leads).map((piece) => (piece.lead === null || visible.has(piece.lead.name) ? piece.text : instead)).join('');
}

/** The leads that a text names, in its order, each once. */
export function citedIn(text: string, leads: readonly NamedLead[]): NamedLead[] {
  return [...new Map(citedPieces(text, leads).flatMap(({ lead }) => (lead === null ? [] : [[lead.id, lead] as const]))).values()];
}
