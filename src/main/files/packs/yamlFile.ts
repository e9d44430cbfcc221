import { type Document, isAlias, isMap, isScalar, isSeq, LineCounter, parseDocument, type Scalar, type YAMLMap } from 'yaml';
import { type Phrase, phrase } from '#domain/kernel/phrase';
import type { PackProblem, Place } from '#domain/learning/courses/draft';

type Say = (problem: PackProblem) => void;

/** A value as it is written: a number or a date of a text is no other text for it. */
const written = (scalar: Scalar): string => (typeof scalar.value === 'string' ? scalar.value : (scalar.source ?? ''));

/** A mapping of a YAML file whose values are asked for one after the other; what is wrong with one is said with its line. */
export class YamlMapping {
  private readonly asked = new Set<string>();

  constructor(
    private readonly node: YAMLMap,
    private readonly file: YamlFile,
  ) {}

  /** Where this stands, or the value of a key of it. */
  at(key?: string): Place {
    const value = key === undefined ? null : this.node.get(key, true);
    return this.file.place(value ?? this.node);
  }

  say(severity: PackProblem['severity'], reason: Phrase, key?: string): void {
    this.file.say({ ...this.at(key), severity, reason });
  }

  has(key: string): boolean {
    return this.node.has(key);
  }

  private value(key: string): unknown {
    this.asked.add(key);
    const value = this.node.get(key, true);
    return isScalar(value) && value.value === null ? undefined : value;
  }

  /** A text. Numbers and dates are taken as they are written: `version: 1.10` stays 1.10. */
  text(key: string): string | null {
    const value = this.value(key);
    if (value === undefined || value === null) return null;
    if (isScalar(value)) return written(value);
    this.say('rejected', phrase('courses.problems.notText', { key }), key);
    return null;
  }

  number(key: string): number | null {
    const value = this.value(key);
    if (value === undefined || value === null) return null;
    if (isScalar(value) && typeof value.value === 'number' && Number.isFinite(value.value)) return value.value;
    this.say('rejected', phrase('courses.problems.notNumber', { key }), key);
    return null;
  }

  /** One of some words, or null where there is none or another. */
  oneOf<Word extends string>(key: string, words: readonly Word[], severity: PackProblem['severity'] = 'rejected'): Word | null {
    const text = this.text(key);
    if (text === null) return null;
    const found = words.find((word) => word === text);
    if (found === undefined) this.say(severity, phrase('courses.problems.notOneOf', { key, words: words.join(', ') }), key);
    return found ?? null;
  }

  /** A text or a list of texts. */
  texts(key: string): string[] {
    const value = this.value(key);
    if (!isSeq(value)) {
      const text = this.text(key);
      return text === null ? [] : [text];
    }
    return value.items.flatMap((item) => {
      if (isScalar(item) && item.value !== null) return [written(item)];
      this.file.say({ ...this.file.place(item), severity: 'rejected', reason: phrase('courses.problems.notText', { key }) });
      return [];
    });
  }

  /** A list of mappings. */
  mappings(key: string): YamlMapping[] {
    const value = this.value(key);
    if (value === undefined || value === null) return [];
    if (!isSeq(value)) {
      this.say('rejected', phrase('courses.problems.notList', { key }), key);
      return [];
    }
    return this.file.mappingsOf(value.items);
  }

  mapping(key: string): YamlMapping | null {
    const value = this.value(key);
    if (value === undefined || value === null) return null;
    if (isMap(value)) return new YamlMapping(value, this.file);
    this.say('rejected', phrase('courses.problems.notMapping', { key }), key);
    return null;
  }

  boolean(key: string): boolean | null {
    const value = this.value(key);
    if (value === undefined || value === null) return null;
    if (isScalar(value) && typeof value.value === 'boolean') return value.value;
    this.say('rejected', phrase('courses.problems.notYesNo', { key }), key);
    return null;
  }

  /** The keys that somebody wrote and nobody asked for: most likely they are misspelt. */
  finish(): void {
    for (const { key } of this.node.items) {
      const name = isScalar(key) ? String(key.value) : '';
      if (!this.asked.has(name)) this.file.say({ ...this.file.place(key), severity: 'warning', reason: phrase('courses.problems.unknownKey', { key: name }) });
    }
  }
}

/** A YAML file of a pack. Aliases are refused: a pack needs none, and they are how a small file becomes a large one. */
export class YamlFile {
  private readonly lines = new LineCounter();
  private readonly document: Document;
  /** Whether the file is YAML at all. */
  readonly sound: boolean;

  /** @param offset lines before the text in its file: front matter begins at the second */
  constructor(
    private readonly name: string,
    text: string,
    readonly say: Say,
    private readonly offset = 0,
  ) {
    this.document = parseDocument(text, { lineCounter: this.lines, prettyErrors: false, uniqueKeys: true });
    const [error] = this.document.errors;
    if (error !== undefined) say({ ...this.lineAt(error.pos[0]), severity: 'fatal', reason: phrase('courses.problems.notYaml', { message: error.message.replace(/\.$/, '').slice(0, 200) }) });
    this.sound = error === undefined;
  }

  private lineAt(offset: number): Place {
    return { file: this.name, line: this.lines.linePos(offset).line + this.offset };
  }

  place(node: unknown): Place {
    const range = (node as { readonly range?: readonly [number, number, number] | null } | null)?.range;
    return range === undefined || range === null ? { file: this.name, line: 1 + this.offset } : this.lineAt(range[0]);
  }

  mappingsOf(items: readonly unknown[]): YamlMapping[] {
    return items.flatMap((item) => {
      if (isMap(item)) return [new YamlMapping(item, this)];
      this.say({ ...this.place(item), severity: 'rejected', reason: phrase(isAlias(item) ? 'courses.problems.alias' : 'courses.problems.notMapping', { key: '-' }) });
      return [];
    });
  }

  /** The mapping that the file is, or null where it is something else. */
  root(): YamlMapping | null {
    if (!this.sound) return null;
    const { contents } = this.document;
    if (isMap(contents)) return new YamlMapping(contents, this);
    this.say({ file: this.name, line: 1 + this.offset, severity: 'fatal', reason: phrase('courses.problems.notMapping', { key: this.name }) });
    return null;
  }

  /** The mappings of the list that the file is; an empty file is an empty list. */
  list(): YamlMapping[] {
    if (!this.sound || this.document.contents === null) return [];
    const { contents } = this.document;
    if (isSeq(contents)) return this.mappingsOf(contents.items);
    this.say({ file: this.name, line: 1 + this.offset, severity: 'fatal', reason: phrase('courses.problems.notList', { key: this.name }) });
    return [];
  }
}
