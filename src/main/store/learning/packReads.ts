import type { Pack, PackDomain, PackFlashcard, PackLab, PackModule, PackOption, PackQuestion, PackSection, PackStatistics } from '#domain/learning/courses/pack';
import type { Reader } from '../tx';
import type { CourseRow } from './courses';

type QuestionRow = Omit<PackQuestion, 'options'> & { readonly key: number };
type OptionRow = Omit<PackOption, 'correct'> & { readonly questionKey: number; readonly correct: number };

/** The options of some questions by the question's key, in their order. */
export function optionsOf(reader: Reader, condition: string, ...params: readonly number[]): Map<number, PackOption[]> {
  const options = new Map<number, PackOption[]>();
  const rows = reader.all<OptionRow>(
    `select o.question_key as questionKey, o.text, o.correct, o.tolerance, o.feedback
     from study_options o join study_questions q on q.key = o.question_key where ${condition} order by o.question_key, o.position`,
    ...params,
  );
  for (const { questionKey, correct, ...option } of rows) {
    const known = options.get(questionKey);
    const whole = { ...option, correct: correct === 1 };
    if (known === undefined) options.set(questionKey, [whole]);
    else known.push(whole);
  }
  return options;
}

/** Current questions of a course in their order, each with the key of its row. */
export function questionsOf(reader: Reader, courseKey: number): { readonly key: number; readonly question: PackQuestion }[] {
  const options = optionsOf(reader, 'q.course_key = ? and q.retired_at is null', courseKey);
  return reader
    .all<QuestionRow>(
      `select q.key, q.external_id as id, t.code as topic, q.kind, q.difficulty, q.stem, q.explanation, q.reference, q.objective, q.flagged
       from study_questions q join study_topics t on t.key = q.topic_key where q.course_key = ? and q.retired_at is null order by q.position, q.key`,
      courseKey,
    )
    .map(({ key, ...question }) => ({ key, question: { ...question, options: options.get(key) ?? [] } }));
}

function domainsOf(reader: Reader, courseKey: number): PackDomain[] {
  const topics = reader.all<{ domainKey: number; code: string; title: string }>(
    'select t.domain_key as domainKey, t.code, t.title from study_topics t join study_domains d on d.key = t.domain_key where d.course_key = ? and t.retired_at is null order by t.position, t.key',
    courseKey,
  );
  return reader
    .all<{ key: number; code: string; title: string; weight: number | null }>('select key, code, title, weight from study_domains where course_key = ? and retired_at is null order by position, key', courseKey)
    .map(({ key, ...domain }) => ({ ...domain, topics: topics.filter(({ domainKey }) => domainKey === key).map(({ code, title }) => ({ code, title })) }));
}

function modulesOf(reader: Reader, courseKey: number): PackModule[] {
  const checks = reader.all<{ sectionKey: number; id: string }>(
    `select sq.section_key as sectionKey, q.external_id as id from study_section_questions sq join study_questions q on q.key = sq.question_key
     where q.course_key = ? and q.retired_at is null order by sq.section_key, sq.position`,
    courseKey,
  );
  const checkOf = Map.groupBy(checks, ({ sectionKey }) => sectionKey);
  const sections = reader.all<Omit<PackSection, 'check'> & { key: number; moduleKey: number }>(
    `select s.key, s.module_key as moduleKey, s.code, s.title, t.code as topic, s.minutes, s.body
     from study_sections s join study_modules m on m.key = s.module_key left join study_topics t on t.key = s.topic_key
     where m.course_key = ? and s.retired_at is null order by s.position, s.key`,
    courseKey,
  );
  const sectionsOf = Map.groupBy(sections, ({ moduleKey }) => moduleKey);
  const required = Map.groupBy(
    reader.all<{ moduleKey: number; code: string }>(
      'select r.module_key as moduleKey, m.code from study_module_requirements r join study_modules m on m.key = r.required_key where m.course_key = ? order by m.position, m.key',
      courseKey,
    ),
    ({ moduleKey }) => moduleKey,
  );
  return reader
    .all<{ key: number; code: string; title: string; summary: string }>('select key, code, title, summary from study_modules where course_key = ? and retired_at is null order by position, key', courseKey)
    .map(({ key, ...module }) => ({
      ...module,
      requires: (required.get(key) ?? []).map(({ code }) => code),
      sections: (sectionsOf.get(key) ?? []).map(({ key: sectionKey, moduleKey: _module, ...section }) => ({ ...section, check: (checkOf.get(sectionKey) ?? []).map(({ id }) => id) })),
    }));
}

/** What a course's author published about students of theirs, or null. */
export function statisticsOf(reader: Reader, courseKey: number): PackStatistics | null {
  const text = reader.value<string | null>('select statistics from study_courses where key = ?', courseKey) ?? null;
  return text === null ? null : (JSON.parse(text) as PackStatistics);
}

/** A course as a pack, without what is retired: what an export writes and what an import is compared with. */
export function readPack(reader: Reader, course: CourseRow): Pack {
  const { key, code, title, description, version, author, licence, notice, language, exam } = course;
  return {
    code,
    title,
    description,
    version,
    author,
    licence,
    notice,
    language,
    exam,
    statistics: statisticsOf(reader, key),
    domains: domainsOf(reader, key),
    modules: modulesOf(reader, key),
    questions: questionsOf(reader, key).map(({ question }) => question),
    flashcards: reader.all<PackFlashcard>(
      'select f.external_id as id, t.code as topic, f.front, f.back from study_flashcards f left join study_topics t on t.key = f.topic_key where f.course_key = ? and f.retired_at is null order by f.position, f.key',
      key,
    ),
    labs: reader
      .all<{ code: string; title: string; topic: string | null; lab: string }>(
        'select l.code, l.title, t.code as topic, l.lab from study_labs l left join study_topics t on t.key = l.topic_key where l.course_key = ? and l.retired_at is null order by l.position, l.key',
        key,
      )
      .map(({ lab, ...named }) => ({ ...named, ...(JSON.parse(lab) as Omit<PackLab, 'code' | 'title' | 'topic'>) })),
  };
}
