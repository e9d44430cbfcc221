import { parse as parseCsv } from 'csv-parse/sync';
import { phrase } from '#domain/kernel/phrase';
import { mappingProblem, proposeMapping, readRows } from '#domain/learning/courses/columns';
import type { Draft, DraftFlashcard, DraftLab, DraftModule, DraftQuestion, DraftSection, PackProblem } from '#domain/learning/courses/draft';
import { examDraws, type Exam, fewestStudents, type PackDomain, type PackStatistics, type Quarters, unknownExam } from '#domain/learning/courses/pack';
import type { PackFiles } from './archive';
import { readFlashcard, readLab, readQuestion, requiredText } from './packItems';
import { decodeUtf8 } from './text';
import { YamlFile, type YamlMapping } from './yamlFile';

/** The file that makes a folder a pack. */
export const manifestName = 'pack.yaml';
/** The only version of the format there is. */
export const formatVersion = 1;

const blank = (text: string | null): string => text ?? '';

/** The folder of a zip file that the pack lies in: many programs put everything into one. Null where there is no pack. */
export function rootOf(names: Iterable<string>): string | null {
  const found = [...names].filter((name) => name === manifestName || /^[^/]+\/pack\.yaml$/.test(name)).sort((a, b) => a.length - b.length)[0];
  return found === undefined ? null : found.slice(0, -manifestName.length);
}

class PackReader {
  readonly problems: PackProblem[] = [];
  private readonly questions: DraftQuestion[] = [];
  private readonly flashcards: DraftFlashcard[] = [];
  private readonly labs: DraftLab[] = [];
  private readonly unsupported: Record<string, number> = {};
  private rejected = 0;

  private readonly say = (problem: PackProblem): void => {
    this.problems.push(problem);
  };

  constructor(private readonly files: ReadonlyMap<string, Buffer>) {}

  read(): Draft {
    const text = this.text(manifestName);
    const root = text === null ? null : new YamlFile(manifestName, text, this.say).root();
    const head = root === null ? null : this.head(root);
    const modules = root === null ? [] : this.modules(root);
    root?.finish();
    for (const name of [...this.files.keys()].sort()) this.file(name);
    return {
      ...(head ?? { code: null, title: null, description: '', version: null, author: null, licence: null, notice: null, language: 'en', exam: null, domains: [] }),
      modules,
      questions: this.questions,
      flashcards: this.flashcards,
      labs: this.labs,
      problems: this.problems,
      rejected: this.rejected,
      unsupported: this.unsupported,
    };
  }

  private text(name: string): string | null {
    const bytes = this.files.get(name);
    if (bytes === undefined) return null;
    const text = decodeUtf8(bytes);
    if (text === null) this.say({ file: name, line: 1, severity: 'fatal', reason: phrase('courses.problems.notUtf8') });
    return text;
  }

  private head(root: YamlMapping): Omit<Draft, 'modules' | 'questions' | 'flashcards' | 'labs' | 'problems' | 'rejected' | 'unsupported'> {
    const format = root.number('format');
    if (format !== formatVersion) root.say('fatal', phrase('courses.problems.format', { version: formatVersion }), 'format');
    return {
      code: requiredText(root, 'id', 'fatal'),
      title: requiredText(root, 'title', 'fatal'),
      description: blank(root.text('description')),
      version: root.text('version'),
      author: root.text('author'),
      licence: root.text('licence'),
      notice: root.text('notice'),
      language: root.text('language') ?? 'en',
      exam: this.exam(root.mapping('exam')),
      statistics: this.statistics(root.mapping('statistics')),
      domains: this.domains(root),
    };
  }

  private exam(mapping: YamlMapping | null): Exam {
    if (mapping === null) return unknownExam;
    const count = (key: string): number | null => {
      const value = mapping.number(key);
      if (value === null || (Number.isInteger(value) && value > 0 && value <= 100_000)) return value;
      mapping.say('fatal', phrase('courses.problems.notCount', { key }), key);
      return null;
    };
    const questions = count('questions');
    const minutes = count('minutes');
    const pass = mapping.text('pass')?.trim() ?? null;
    const draw = mapping.oneOf('draw', examDraws, 'fatal') ?? 'weights';
    mapping.finish();
    if (pass === null) return { questions, minutes, passMark: null, passUnit: 'share', draw };
    const share = /^(\d+(?:\.\d+)?)\s*%$/.exec(pass);
    const value = share === null ? Number(pass) : Number(share[1]) / 100;
    const isSound = share === null ? Number.isInteger(value) && value > 0 && (questions === null || value <= questions) : value > 0 && value <= 1;
    if (!isSound) mapping.say('fatal', phrase('courses.problems.pass'), 'pass');
    return { questions, minutes, passMark: isSound ? value : null, passUnit: share === null ? 'questions' : 'share', draw };
  }

  private statistics(mapping: YamlMapping | null): PackStatistics | null {
    if (mapping === null) return null;
    const students = mapping.number('students');
    const isSound = students !== null && Number.isInteger(students) && students >= fewestStudents;
    if (!isSound) mapping.say('fatal', phrase('courses.problems.statisticsStudents', { least: fewestStudents }), 'students');
    const statistics = {
      students: isSound ? students : fewestStudents,
      when: mapping.text('when'),
      source: mapping.text('source'),
      right: this.quarters(mapping.mapping('right')),
      domains: mapping.mappings('domains').flatMap((domain) => {
        const code = requiredText(domain, 'id', 'fatal');
        const right = this.quarters(domain.mapping('right'));
        domain.finish();
        return right === null ? [] : [{ code, right }];
      }),
    };
    mapping.finish();
    return statistics;
  }

  /** Percent in the file, shares from here on. */
  private quarters(mapping: YamlMapping | null): Quarters | null {
    if (mapping === null) return null;
    const [lower, middle, upper] = [mapping.number('lower'), mapping.number('middle'), mapping.number('upper')];
    mapping.finish();
    if (lower !== null && middle !== null && upper !== null && lower >= 0 && lower <= middle && middle <= upper && upper <= 100) return { lower: lower / 100, middle: middle / 100, upper: upper / 100 };
    mapping.say('fatal', phrase('courses.problems.quarters'));
    return null;
  }

  private domains(root: YamlMapping): PackDomain[] {
    const domains = root.mappings('domains').map((mapping): PackDomain => {
      const code = requiredText(mapping, 'id', 'fatal');
      const title = mapping.text('title')?.trim() ?? code;
      const weight = mapping.number('weight');
      if (weight !== null && (weight < 0 || weight > 100)) mapping.say('fatal', phrase('courses.problems.weight'), 'weight');
      const topics = mapping.mappings('topics').map((topic) => {
        const topicCode = requiredText(topic, 'id', 'fatal');
        const topicTitle = topic.text('title')?.trim() ?? topicCode;
        topic.finish();
        return { code: topicCode, title: topicTitle };
      });
      mapping.finish();
      if (topics.length === 0) mapping.say('fatal', phrase('courses.problems.noTopics', { id: code }));
      return { code, title, weight, topics };
    });
    if (domains.length === 0) root.say('fatal', phrase('courses.problems.noDomains'));
    return domains;
  }

  private modules(root: YamlMapping): DraftModule[] {
    const known = new Set<string>();
    const modules = root.mappings('modules').map((mapping): DraftModule => {
      const code = requiredText(mapping, 'id', 'fatal');
      // A module is a folder of this name.
      if (!/^[\p{L}\p{N}][\p{L}\p{N}._-]*$/u.test(code)) mapping.say('fatal', phrase('courses.problems.moduleId', { id: code.slice(0, 100) }), 'id');
      known.add(code);
      const title = requiredText(mapping, 'title', 'fatal');
      const summary = blank(mapping.text('summary'));
      const requires = mapping.texts('requires');
      mapping.finish();
      const folder = `modules/${code}/`;
      const names = [...this.files.keys()].filter((name) => name.startsWith(folder) && /\.md$/i.test(name)).sort();
      return { at: mapping.at(), code, title, summary, requires, sections: names.flatMap((name) => this.section(name)) };
    });
    for (const name of this.files.keys()) {
      const folder = /^modules\/([^/]+)\//.exec(name)?.[1];
      if (folder !== undefined && !known.has(folder)) {
        known.add(folder);
        this.say({ file: name, line: 1, severity: 'warning', reason: phrase('courses.problems.unlistedModule', { id: folder }) });
      }
    }
    return modules;
  }

  private section(name: string): DraftSection[] {
    const text = this.text(name);
    if (text === null) return [];
    const matter = /^---\n((?:.*\n)*?)---[ \t]*(?:\n|$)/.exec(text);
    if (matter === null) {
      this.say({ file: name, line: 1, severity: 'rejected', reason: phrase('courses.problems.noFrontMatter') });
      return [];
    }
    const mapping = new YamlFile(name, matter[1] ?? '', this.say, 1).root();
    if (mapping === null) return [];
    const code = requiredText(mapping, 'id', 'rejected');
    const title = requiredText(mapping, 'title', 'rejected');
    const section: DraftSection = { at: { file: name, line: 1 }, code, title, topic: mapping.text('topic'), minutes: mapping.number('minutes'), check: mapping.texts('check'), body: text.slice(matter[0].length) };
    mapping.finish();
    return code === '' || title === '' ? [] : [section];
  }

  private file(name: string): void {
    const found = /^(questions|flashcards|labs)\/.+\.(ya?ml|csv)$/i.exec(name);
    if (found === null) {
      if (name !== manifestName && !name.startsWith('modules/') && !/^(readme|licen[cs]e|changelog)/i.test(name)) this.say({ file: name, line: 0, severity: 'warning', reason: phrase('courses.problems.unusedFile') });
      return;
    }
    const text = this.text(name);
    if (text === null) return;
    const isTable = found[2]?.toLowerCase() === 'csv';
    if (isTable && found[1] !== 'labs') {
      this.table(name, text);
      return;
    }
    if (found[1] === 'labs') {
      const root = isTable ? null : new YamlFile(name, text, this.say).root();
      if (root === null) return;
      const before = this.problems.length;
      const lab = readLab(root);
      if (!this.isRejectedSince(before)) this.labs.push(lab);
      return;
    }
    for (const mapping of new YamlFile(name, text, this.say).list()) {
      const before = this.problems.length;
      if (found[1] === 'flashcards') {
        this.flashcards.push(readFlashcard(mapping));
        continue;
      }
      const question = readQuestion(mapping);
      if ('unsupported' in question) {
        this.unsupported[question.unsupported] = (this.unsupported[question.unsupported] ?? 0) + 1;
        this.rejected += 1;
      } else if (this.isRejectedSince(before)) {
        this.rejected += 1;
      } else {
        this.questions.push(question);
      }
    }
  }

  private isRejectedSince(before: number): boolean {
    return this.problems.slice(before).some(({ severity }) => severity === 'rejected');
  }

  private table(name: string, text: string): void {
    let rows: { readonly cells: string[]; readonly line: number }[];
    try {
      const parsed = parseCsv(text, { bom: true, relax_column_count: true, skip_empty_lines: true, info: true }) as unknown as { info: { lines: number }; record: string[] }[];
      rows = parsed.map(({ record, info }) => ({ cells: record, line: info.lines }));
    } catch (error) {
      this.say({ file: name, line: (error as { lines?: number }).lines ?? 1, severity: 'fatal', reason: phrase('courses.problems.brokenTable') });
      return;
    }
    const [header, ...body] = rows;
    if (header === undefined) return;
    const mapping = proposeMapping(header.cells, body.map(({ cells }) => cells));
    const wrong = mappingProblem(mapping);
    if (wrong !== null) {
      this.say({ file: name, line: 1, severity: 'fatal', reason: phrase(`courses.mapping.${wrong}`) });
      return;
    }
    const draft = readRows(name, header.cells, body, mapping);
    this.questions.push(...draft.questions);
    this.flashcards.push(...draft.flashcards);
    this.problems.push(...draft.problems);
    this.rejected += draft.rejected;
    for (const [type, count] of Object.entries(draft.unsupported)) this.unsupported[type] = (this.unsupported[type] ?? 0) + count;
  }
}

/** Reads a pack in Ivy's own format, as docs/course-packs.md tells it. */
export function readOwnFormat(files: PackFiles): Draft {
  const root = rootOf(files.keys()) ?? '';
  return new PackReader(new Map([...files].filter(([name]) => name.startsWith(root)).map(([name, bytes]) => [name.slice(root.length), bytes]))).read();
}
