import { type BlueprintWishes, withWishes } from '#domain/learning/courses/blueprint';
import { isSamePack, keepEdited, packChanges, withoutImport } from '#domain/learning/courses/compare';
import type { Pack } from '#domain/learning/courses/pack';
import type { Course, CourseSummary, studyCourses } from '#contract/learning/courses';
import { Refusal } from '#contract/errors';
import { actorOf, type CallContext, type Given, type HandlersOf } from '#main/app/context';
import type { HandlerParts } from '#main/app/parts';
import { say } from '#main/app/phrases';
import { countCourse, courseDomains, courseExists, type CourseRow, findCourse, findCourseByCode, findOwnedCourse, listCourses, setCourseRemoved, updateCourse, updateDomain, updateTopic } from '#main/store/learning/courses';
import { readPack } from '#main/store/learning/packReads';
import { insertCourse, writePack } from '#main/store/learning/packWrites';
import { editedNames, forgetEdits, removedNames } from '#main/store/learning/questions';
import { contentOfRevision, insertRevision, listRevisions, markRevisionUndone, standingRevisions } from '#main/store/learning/revisions';
import { modulesOutline } from '#main/store/learning/sections';
import type { Reader } from '#main/store/tx';
import type { ReadCourse } from '#main/worker/courseTasks';
import { withSamplePack } from './samplePack';

/** Problems that an answer shows; it counts all. */
const shownProblems = 500;
const shownSamples = 5;
/** A file without a name of its own is a new revision of a course where it has this share of its questions. */
const sameCourseFrom = 0.5;

type FileInput = Parameters<HandlersOf<typeof studyCourses>['learning.courses.preview']>[0];

const listOfCounts = (counts: Readonly<Record<string, number>>): { type: string; count: number }[] =>
  Object.entries(counts)
    .map(([type, count]) => ({ type, count }))
    .sort((a, b) => b.count - a.count);

const flaggedIn = ({ questions }: Pack): number => questions.filter(({ flagged }) => flagged !== null).length;
const sectionsIn = ({ modules }: Pack): number => modules.reduce((sum, { sections }) => sum + sections.length, 0);

const countsOf = (pack: Pack) => ({ questions: pack.questions.length, flagged: flaggedIn(pack), sections: sectionsIn(pack), flashcards: pack.flashcards.length, labs: pack.labs.length });

/** The course of an id that the caller may study. */
export function courseOf(context: CallContext, id: string): CourseRow {
  const found = findCourse(context.store, context.scope, id);
  if (found !== null) return found;
  if (courseExists(context.store, id)) throw new Refusal('out_of_scope', 'That course is not shared with you, or was taken away. Ask whoever made it.', { id });
  throw new Refusal('not_found', 'That course does not exist any more.');
}

/** The course of an id that the caller may change. Another person's is refused, so that the refusal is audited. */
export function ownedCourse(context: CallContext, id: string): CourseRow {
  const found = findOwnedCourse(context.store, context.scope, id);
  if (found !== null) return found;
  if (courseExists(context.store, id)) throw new Refusal('out_of_scope', 'That course belongs to somebody else. Ask them to change it, or import one of your own.', { id });
  throw new Refusal('not_found', 'That course does not exist any more.');
}

/** The course of an import, where it has one already. */
function targetOf(context: CallContext, input: FileInput, { stated, pack }: ReadCourse): CourseRow | null {
  if (input.courseId === null) return null;
  if (input.courseId !== undefined) return ownedCourse(context, input.courseId);
  const found = findCourseByCode(context.store, context.scope, pack.code, actorOf(context).userKey);
  if (found === null || stated) return found;
  const known = new Set(readPack(context.store, found).questions.map(({ id }) => id));
  const shared = pack.questions.filter(({ id }) => known.has(id)).length;
  return shared >= sameCourseFrom * pack.questions.length && shared > 0 ? found : null;
}

interface Plan {
  readonly course: CourseRow | null;
  readonly current: Pack | null;
  readonly pack: Pack;
  readonly editedKept: number;
}

/** What an import would make of a course. */
function planOf(context: CallContext, read: ReadCourse, course: CourseRow | null, wishes: BlueprintWishes, replaceEdited: boolean): Plan {
  const asWished = (pack: Pack, wished: BlueprintWishes): Pack => ({ ...pack, ...withWishes(pack, wished) });
  if (course === null) return { course: null, current: null, pack: asWished(read.pack, wishes), editedKept: 0 };
  const current = readPack(context.store, course);
  // A file without a blueprint of its own takes the names and the exam that a person has confirmed before.
  const remembered = read.stated ? read.pack : asWished(read.pack, current);
  const incoming = { ...asWished(remembered, wishes), code: current.code };
  const edited = replaceEdited ? new Set<string>() : editedNames(context.store, course.key);
  const removed = replaceEdited ? new Set<string>() : removedNames(context.store, course.key);
  return { course, current, pack: withoutStrayChecks(keepEdited(incoming, current, edited, removed)), editedKept: edited.size + removed.size };
}

/** Sections check with questions that are there: one that a person took out is left out of their checks too. */
function withoutStrayChecks(pack: Pack): Pack {
  const there = new Set(pack.questions.map(({ id }) => id));
  return { ...pack, modules: pack.modules.map((module) => ({ ...module, sections: module.sections.map((section) => ({ ...section, check: section.check.filter((id) => there.has(id)) })) })) };
}

/** A code that no other course of the caller has. */
function freeCode(context: CallContext, code: string): string {
  const { userKey } = actorOf(context);
  let free = code;
  for (let count = 2; findCourseByCode(context.store, context.scope, free, userKey) !== null; count += 1) free = `${code}-${String(count)}`;
  return free;
}

const outlineOfPack = ({ domains, questions }: Pack) => {
  const counts = new Map<string, number>();
  for (const { topic } of questions) counts.set(topic, (counts.get(topic) ?? 0) + 1);
  return domains.map((domain) => {
    const topics = domain.topics.map(({ code, title }) => ({ code, title, questions: counts.get(code) ?? 0 }));
    return { code: domain.code, title: domain.title, weight: domain.weight, questions: topics.reduce((sum, topic) => sum + topic.questions, 0), topics };
  });
};

function summaryOf(reader: Reader, context: CallContext, row: CourseRow): CourseSummary {
  const { key, ownerKey: _owner, removed: _removed, createdAt: _created, ...shown } = row;
  return { ...shown, mine: findOwnedCourse(reader, context.scope, row.id) !== null, ...countCourse(reader, key) };
}

function wholeCourse(context: CallContext, row: CourseRow): Given<Course> {
  const summary = summaryOf(context.store, context, row);
  const domains = courseDomains(context.store, row.key).map(({ key: _key, topics, ...domain }) => ({ ...domain, topics: topics.map(({ key: _topic, ...topic }) => topic) }));
  return { ...summary, domains, modules: modulesOutline(context.store, row.key) };
}

export function studyCoursesHandlers(parts: HandlerParts): HandlersOf<typeof studyCourses> {
  const { workspace, pool, newId, now } = parts;

  const readFile = (input: FileInput, context: CallContext): Promise<ReadCourse> => {
    const file = parts.files.chosen(input, context);
    const { columns, answers = 'text', delimiter, encoding } = input;
    return pool.run(
      'courses.read',
      {
        path: file.path,
        name: file.name,
        maximumBytes: workspace.settings().maximumImportMegabytes * 1_048_576,
        delimiter,
        encoding,
        mapping: columns === undefined ? undefined : { columns, answers },
      },
      { signal: context.signal },
    );
  };

  const handlers: HandlersOf<typeof studyCourses> = {
    'learning.courses.preview': async (input, context) => {
      const { name } = parts.files.chosen(input, context);
      const read = await readFile(input, context);
      const course = targetOf(context, input, read);
      const { current, pack, editedKept } = planOf(context, read, course, {}, false);
      return {
        fileName: name,
        format: read.format,
        updates: course === null || current === null ? null : { id: course.id, title: course.title, changes: packChanges(current, pack), editedKept },
        blueprint: { title: pack.title, exam: pack.exam, domains: outlineOfPack(pack) },
        stated: read.stated,
        basis: read.basis.map(say),
        table: read.table,
        ...countsOf(read.pack),
        rejected: read.rejected,
        unsupported: listOfCounts(read.unsupported),
        problems: read.problems.slice(0, shownProblems).map(({ reason, ...problem }) => ({ ...problem, reason: say(reason) })),
        problemCount: read.problems.length,
        samples: pack.questions.slice(0, shownSamples).map(({ id, topic, stem, options, flagged }) => ({ id, topic, stem: stem.slice(0, 2_000), options: options.map(({ text, correct }) => ({ text: text.slice(0, 500), correct })), flagged })),
      };
    },

    'learning.courses.import': async (input, context) => {
      const started = performance.now();
      const actor = actorOf(context);
      const { name } = parts.files.chosen(input, context);
      context.checkpoint(0, 100, `Reading ${name}`);
      const read = await readFile(input, context);
      const fatal = read.problems.filter(({ severity }) => severity === 'fatal');
      const [first] = fatal;
      if (first !== undefined) {
        const where = first.file === '' ? '' : first.line === 0 ? `${first.file}: ` : `${first.file}, line ${String(first.line)}: `;
        throw new Refusal('unreadable_file', `${where}${say(first.reason)} Nothing was imported.`, { problems: fatal.slice(0, 20).map(({ reason, ...problem }) => ({ ...problem, reason: say(reason) })) });
      }
      context.checkpoint(60, 100, 'Comparing');
      const plan = planOf(context, read, targetOf(context, input, read), input, input.replaceEdited);
      const changes = plan.current === null ? { added: plan.pack.questions.length + sectionsIn(plan.pack) + plan.pack.flashcards.length + plan.pack.labs.length, changed: 0, retired: 0 } : packChanges(plan.current, plan.pack);
      const { added, changed, retired } = changes;
      const at = now();
      context.checkpoint(80, 100, 'Saving');
      const result = context.transact((writer, notes) => {
        const isNew = plan.course === null;
        const courseId = plan.course?.id ?? newId();
        const pack = isNew ? { ...plan.pack, code: freeCode(context, plan.pack.code) } : plan.pack;
        const same = plan.current !== null && isSamePack(plan.current, pack);
        const courseKey = plan.course?.key ?? insertCourse(writer, { id: courseId, ownerKey: actor.userKey, teamKey: actor.teamKey, audience: input.audience ?? (actor.role === 'student' ? 'nobody' : 'everyone'), pack }, at);
        if (!same) {
          writePack({ writer, courseKey, newId, now: at }, pack);
          insertRevision(
            writer,
            courseKey,
            { id: newId(), userKey: actor.userKey, format: read.format, fileName: name, pack, added, changed, retired, flagged: flaggedIn(pack), rejected: read.rejected, unsupported: read.unsupported },
            at,
          );
          if (input.replaceEdited) forgetEdits(writer, courseKey);
        }
        if (!isNew && input.audience !== undefined) updateCourse(writer, courseKey, { audience: input.audience }, at);
        notes.target(courseId);
        for (const [what, count] of Object.entries({ added, changed, retired, rejected: read.rejected })) notes.detail(what, count);
        return { courseId, revision: plan.course === null ? 1 : plan.course.revision + (same ? 0 : 1) };
      });
      parts.files.release(input.fileId);
      return {
        ...result,
        ...countsOf(plan.pack),
        rejected: read.rejected,
        added,
        changed,
        retired,
        editedKept: plan.editedKept,
        unsupported: listOfCounts(read.unsupported),
        milliseconds: Math.round(performance.now() - started),
      };
    },

    'learning.courses.list': (_input, context) => ({ items: listCourses(context.store, context.scope).map((row) => summaryOf(context.store, context, row)) }),

    'learning.courses.get': ({ id }, context) => wholeCourse(context, courseOf(context, id)),

    'learning.courses.update': ({ id, domains, ...changes }, context) => {
      const course = ownedCourse(context, id);
      if (course.removed) throw new Refusal('not_found', 'That course was taken away. Put it back first.');
      const known = new Map(courseDomains(context.store, course.key).map(({ code, topics }) => [code, topics]));
      const strange = domains?.find(({ code, topics = [] }) => !known.has(code) || topics.some((topic) => !(known.get(code) ?? []).some((each) => each.code === topic.code)));
      if (strange !== undefined) throw new Refusal('invalid_input', `The course has no domain ${strange.code} with these topics. Take the codes from learning.courses.get.`);
      context.transact((writer, notes) => {
        updateCourse(writer, course.key, changes, now());
        for (const { code, title, weight, topics = [] } of domains ?? []) {
          updateDomain(writer, course.key, code, { title, weight });
          for (const topic of topics) updateTopic(writer, course.key, topic.code, topic.title);
        }
        notes.target(id);
        notes.detail('changed', [...Object.keys(changes), ...(domains === undefined ? [] : ['domains'])].join(' '));
        if (changes.audience !== undefined) notes.detail('audience', changes.audience);
      });
      return wholeCourse(context, ownedCourse(context, id));
    },

    'learning.courses.remove': ({ id, removed }, context) => {
      const course = ownedCourse(context, id);
      context.transact((writer, notes) => {
        setCourseRemoved(writer, course.key, removed, now());
        notes.target(id);
        notes.detail('removed', removed);
      });
      return { id, removed };
    },

    'learning.courses.history': ({ id }, context) => ({
      items: listRevisions(context.store, courseOf(context, id).key).map(({ unsupported, ...revision }) => ({ ...revision, unsupported: listOfCounts(unsupported) })),
    }),

    'learning.courses.undo': ({ id }, context) => {
      const course = ownedCourse(context, id);
      const [newest, before] = standingRevisions(context.store, course.key);
      if (newest === undefined || course.removed) throw new Refusal('conflict', 'There is no import left to take back.');
      const at = now();
      return context.transact((writer, notes) => {
        notes.target(id, newest.id);
        if (before === undefined) {
          setCourseRemoved(writer, course.key, true, at);
          return { id, removed: true, revision: course.revision, added: 0, changed: 0, retired: 0, editedKept: 0 };
        }
        const current = readPack(writer, course);
        const edited = editedNames(writer, course.key, newest.at);
        const pack = withoutStrayChecks(keepEdited(withoutImport(contentOfRevision(writer, before.key), contentOfRevision(writer, newest.key), current), current, edited, removedNames(writer, course.key)));
        const { added, changed, retired } = packChanges(current, pack);
        writePack({ writer, courseKey: course.key, newId, now: at }, pack);
        markRevisionUndone(writer, newest.key, at);
        for (const [what, count] of Object.entries({ added, changed, retired })) notes.detail(what, count);
        return { id, removed: false, revision: course.revision + 1, added, changed, retired, editedKept: edited.size };
      });
    },

    'learning.courses.export': async ({ id, format, path }, context) => {
      const course = courseOf(context, id);
      const pack = readPack(context.store, course);
      if (format !== 'ivypack' && pack.questions.length === 0) throw new Refusal('conflict', 'This course has no questions to write in that format. Export it as an Ivy pack, which holds all of it.');
      const ending = format === 'gift' ? 'gift.txt' : format;
      const target = parts.files.target(`${fileNameOf(course)}.${ending}`, path, context);
      const bytes = await pool.run('courses.write', { path: target.path, format, pack }, { signal: context.signal });
      context.transact((_writer, notes) => {
        notes.target(id);
        notes.detail('format', format);
        notes.detail('questions', pack.questions.length);
      });
      return { downloadId: target.downloadId, name: target.name, rows: pack.questions.length, bytes, path: target.shownPath };
    },

    'learning.courses.sample': (_input, context) =>
      withSamplePack(parts, context, async (fileId) => {
        const { courseId, questions, flagged, sections, flashcards, labs } = await handlers['learning.courses.import']({ fileId, replaceEdited: false }, context);
        return { courseId, questions, flagged, sections, flashcards, labs };
      }),
  };
  return handlers;
}

const fileNameOf = ({ code, version }: CourseRow): string => `${code}${version === null ? '' : `-${version}`}`.replace(/[^\p{L}\p{N}._-]+/gu, '-').slice(0, 100);
