import { zstdDecompressSync } from 'node:zlib';
import { phrase } from '#domain/kernel/phrase';
import { nameOf } from '#domain/learning/courses/blueprint';
import { bareDraft, type Draft, type DraftFlashcard, type Named, type PackProblem } from '#domain/learning/courses/draft';
import { Refusal } from '#contract/errors';
import { type AnkiCard, type AnkiCollection, type AnkiNoteType, readAnkiCollection } from '#main/store/learning/ankiCollection';
import type { PackFiles } from './archive';
import { markdownOf, pictureIn } from './markup';

/** The collections that a package may hold, the best first: newer ones keep an empty older one beside them. */
export const ankiCollections = ['collection.anki21b', 'collection.anki21', 'collection.anki2'] as const;

/** The largest collection that is unpacked. */
const mostBytes = 256 * 1_048_576;

/** Fills a template of Anki: fields by name, also within conditions; filters such as `hint:` are passed over. */
function fill(template: string, values: ReadonlyMap<string, string>): string {
  let text = template;
  // Conditions may stand in each other; the innermost first. More than ten deep is no template that somebody wrote.
  for (let depth = 0; depth < 10 && /\{\{[#^]/.test(text); depth += 1) {
    text = text.replace(/\{\{([#^])([^{}]+)\}\}((?:(?!\{\{[#^]).)*?)\{\{\/\2\}\}/gs, (_whole, sign: string, name: string, inner: string) => {
      const isFilled = (values.get(name.trim()) ?? '').trim() !== '';
      return isFilled === (sign === '#') ? inner : '';
    });
  }
  return text.replace(/\{\{(?:[^{}]*:)?([^{}:]+)\}\}/g, (_whole, name: string) => values.get(name.trim()) ?? '');
}

const gap = /\{\{c(\d+)::((?:(?!\}\}).)*?)(?:::((?:(?!\}\}).)*?))?\}\}/gs;

/** A text with gaps, one of them open: the others are filled in. */
function clozeOf(text: string, number: number, reveal: boolean): string {
  return text.replace(gap, (_whole, written: string, answer: string, hint: string | undefined) => (Number(written) !== number || reveal ? answer : `[${hint ?? '…'}]`));
}

function sidesOf(card: AnkiCard, type: AnkiNoteType): { readonly front: string; readonly back: string } {
  const values = new Map(type.fields.map((name, index) => [name, card.fields[index] ?? '']));
  if (type.cloze) {
    const [text = '', ...rest] = card.fields;
    return { front: clozeOf(text, card.order + 1, false), back: [clozeOf(text, card.order + 1, true), ...rest.filter((field) => field.trim() !== '')].map((part) => `<div>${part}</div>`).join('') };
  }
  const template = type.templates[card.order];
  if (template === undefined) return { front: card.fields[0] ?? '', back: card.fields.slice(1).join('<br>') };
  // The answer repeats the question above a line; a card of ours shows it anyway.
  const answer = template.answer.replace(/\{\{FrontSide\}\}/g, '').replace(/<hr[^>]*>/gi, '');
  return { front: fill(template.question, values), back: fill(answer, values) };
}

function deckNames(name: string): { readonly domain: Named; readonly topic: Named } | null {
  const parts = name.split('::').map((part) => part.trim());
  const [first = ''] = parts;
  if (first === '' || first === 'Default') return null;
  return { domain: nameOf(first), topic: nameOf(parts.length === 1 ? first : parts.slice(1).join(' / ')) };
}

/** Reads the cards of an Anki package as flashcards. Pictures and sounds are named, not taken. */
export function readAnki(files: PackFiles, file: string): Draft {
  const name = ankiCollections.find((each) => files.has(each));
  const bytes = name === undefined ? undefined : files.get(name);
  let collection: AnkiCollection;
  try {
    if (bytes === undefined) throw new Error('There is no collection.');
    collection = readAnkiCollection(name === 'collection.anki21b' ? zstdDecompressSync(bytes, { maxOutputLength: mostBytes }) : bytes);
  } catch (error) {
    throw new Refusal('unreadable_file', `${file} holds no Anki collection that can be read. Export the deck again from Anki, as a package (.apkg), and choose that; nothing was changed.`, undefined, { cause: error });
  }
  const flashcards: DraftFlashcard[] = [];
  const problems: PackProblem[] = [];
  const unsupported: Record<string, number> = {};
  let pictures = 0;
  collection.cards.forEach((card, index) => {
    const type = collection.noteTypes.get(card.noteType);
    const at = { file, line: 0 };
    if (type === undefined) {
      unsupported['unknown note type'] = (unsupported['unknown note type'] ?? 0) + 1;
      return;
    }
    const sides = sidesOf(card, type);
    const [front, back] = [markdownOf(sides.front.replace(/\[sound:[^\]]*\]/g, '')), markdownOf(sides.back.replace(/\[sound:[^\]]*\]/g, ''))];
    if (pictureIn(front, back) !== null) pictures += 1;
    const deck = deckNames(collection.decks.get(card.deck) ?? '');
    flashcards.push({ at: { ...at, line: index + 1 }, id: `${card.guid}:${String(card.order)}`, domain: deck?.domain ?? null, topic: deck?.topic ?? null, front, back });
  });
  if (pictures > 0) problems.push({ file, line: 0, severity: 'warning', reason: phrase('courses.problems.pictures', { count: pictures }) });
  return bareDraft({ questions: [], flashcards, problems, rejected: 0, unsupported });
}
