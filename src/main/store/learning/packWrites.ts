import type { Pack } from '#domain/learning/courses/pack';
import { idBytes } from '../ids';
import type { Writer } from '../tx';
import { comparisonNames, forgetAnalytics } from './comparison';
import { keyOf, type Keys, writeQuestions, type Writing } from './questionWrites';
import { forgetSearched, keepSearched, searchKinds } from './search';

/** Makes the row of a course; its content follows with {@link writePack}. */
export function insertCourse(
  writer: Writer,
  course: { readonly id: string; readonly ownerKey: number; readonly teamKey: number | null; readonly audience: string; readonly pack: Pack },
  now: number,
): number {
  return writer.run(
    `insert into study_courses (id, code, title, owner_key, team_key, audience, revision, created_at, updated_at) values (?, ?, ?, ?, ?, ?, 0, ?, ?)`,
    idBytes(course.id),
    course.pack.code,
    course.pack.title,
    course.ownerKey,
    course.teamKey,
    course.audience,
    now,
    now,
  ).key;
}

function writeDomains({ writer, courseKey, newId, now }: Writing, { domains }: Pack): Keys {
  const known = new Map(writer.all<{ key: number; code: string }>('select key, code from study_domains where course_key = ?', courseKey).map(({ key, code }) => [code, key]));
  const knownTopics = new Map(
    writer
      .all<{ key: number; code: string }>('select t.key, t.code from study_topics t join study_domains d on d.key = t.domain_key where d.course_key = ?', courseKey)
      .map(({ key, code }) => [code, key]),
  );
  const topicKeys = new Map<string, number>();
  writer.run('update study_topics set retired_at = ? where retired_at is null and domain_key in (select key from study_domains where course_key = ?)', now, courseKey);
  writer.run('update study_domains set retired_at = ? where retired_at is null and course_key = ?', now, courseKey);
  domains.forEach((domain, position) => {
    const old = known.get(domain.code);
    let domainKey: number;
    if (old === undefined) {
      domainKey = writer.run(
        'insert into study_domains (id, course_key, code, title, weight, position) values (?, ?, ?, ?, ?, ?)',
        idBytes(newId()),
        courseKey,
        domain.code,
        domain.title,
        domain.weight,
        position,
      ).key;
    } else {
      writer.run('update study_domains set title = ?, weight = ?, position = ?, retired_at = null where key = ?', domain.title, domain.weight, position, old);
      domainKey = old;
    }
    domain.topics.forEach((topic, place) => {
      const oldTopic = knownTopics.get(topic.code);
      if (oldTopic === undefined) {
        topicKeys.set(
          topic.code,
          writer.run('insert into study_topics (id, domain_key, code, title, position) values (?, ?, ?, ?, ?)', idBytes(newId()), domainKey, topic.code, topic.title, place).key,
        );
      } else {
        writer.run('update study_topics set domain_key = ?, title = ?, position = ?, retired_at = null where key = ?', domainKey, topic.title, place, oldTopic);
        topicKeys.set(topic.code, oldTopic);
      }
    });
  });
  return topicKeys;
}

function writeModules({ writer, courseKey, newId, now }: Writing, { modules }: Pack, topicKeys: Keys, questionKeys: Keys): void {
  const known = new Map(writer.all<{ key: number; code: string }>('select key, code from study_modules where course_key = ?', courseKey).map(({ key, code }) => [code, key]));
  const sections = new Map(
    writer
      .all<{ key: number; code: string }>('select s.key, s.code from study_sections s join study_modules m on m.key = s.module_key where m.course_key = ?', courseKey)
      .map(({ key, code }) => [code, key]),
  );
  writer.run('delete from study_section_questions where section_key in (select s.key from study_sections s join study_modules m on m.key = s.module_key where m.course_key = ?)', courseKey);
  writer.run('delete from study_module_requirements where module_key in (select key from study_modules where course_key = ?)', courseKey);
  writer.run('update study_modules set retired_at = ? where retired_at is null and course_key = ?', now, courseKey);
  for (const key of sections.values()) {
    writer.run('update study_sections set retired_at = coalesce(retired_at, ?) where key = ?', now, key);
    forgetSearched(writer, searchKinds.section, key);
  }
  const moduleKeys = new Map<string, number>();
  modules.forEach((module, position) => {
    const old = known.get(module.code);
    let moduleKey: number;
    if (old === undefined) {
      moduleKey = writer.run('insert into study_modules (id, course_key, code, title, summary, position) values (?, ?, ?, ?, ?, ?)', idBytes(newId()), courseKey, module.code, module.title, module.summary, position).key;
    } else {
      writer.run('update study_modules set title = ?, summary = ?, position = ?, retired_at = null where key = ?', module.title, module.summary, position, old);
      moduleKey = old;
    }
    moduleKeys.set(module.code, moduleKey);
    module.sections.forEach((section, place) => {
      const topicKey = section.topic === null ? null : keyOf(topicKeys, section.topic);
      const oldSection = sections.get(section.code);
      let sectionKey: number;
      if (oldSection === undefined) {
        sectionKey = writer.run(
          'insert into study_sections (id, module_key, topic_key, code, title, body, minutes, position) values (?, ?, ?, ?, ?, ?, ?, ?)',
          idBytes(newId()),
          moduleKey,
          topicKey,
          section.code,
          section.title,
          section.body,
          section.minutes,
          place,
        ).key;
      } else {
        writer.run(
          'update study_sections set module_key = ?, topic_key = ?, title = ?, body = ?, minutes = ?, position = ?, retired_at = null where key = ?',
          moduleKey,
          topicKey,
          section.title,
          section.body,
          section.minutes,
          place,
          oldSection,
        );
        sectionKey = oldSection;
      }
      keepSearched(writer, searchKinds.section, sectionKey, courseKey, section.title, section.body);
      section.check.forEach((id, index) => {
        writer.run('insert into study_section_questions (section_key, question_key, position) values (?, ?, ?)', sectionKey, keyOf(questionKeys, id), index);
      });
    });
  });
  for (const module of modules) {
    for (const required of module.requires) writer.run('insert into study_module_requirements (module_key, required_key) values (?, ?)', keyOf(moduleKeys, module.code), keyOf(moduleKeys, required));
  }
}

function writeFlashcards({ writer, courseKey, newId, now }: Writing, { flashcards }: Pack, topicKeys: Keys): void {
  const known = new Map(writer.all<{ key: number; id: string }>('select key, external_id as id from study_flashcards where course_key = ?', courseKey).map(({ key, id }) => [id, key]));
  for (const key of known.values()) forgetSearched(writer, searchKinds.flashcard, key);
  writer.run('update study_flashcards set retired_at = ? where retired_at is null and course_key = ?', now, courseKey);
  flashcards.forEach(({ id, topic, front, back }, position) => {
    const topicKey = topic === null ? null : keyOf(topicKeys, topic);
    let key = known.get(id);
    if (key === undefined) {
      key = writer.run(
        'insert into study_flashcards (id, course_key, topic_key, external_id, front, back, position) values (?, ?, ?, ?, ?, ?, ?)',
        idBytes(newId()),
        courseKey,
        topicKey,
        id,
        front,
        back,
        position,
      ).key;
    } else {
      writer.run('update study_flashcards set topic_key = ?, front = ?, back = ?, position = ?, retired_at = null where key = ?', topicKey, front, back, position, key);
    }
    keepSearched(writer, searchKinds.flashcard, key, courseKey, front, back);
  });
}

function writeLabs({ writer, courseKey, newId, now }: Writing, { labs }: Pack, topicKeys: Keys): void {
  const known = new Map(writer.all<{ key: number; code: string }>('select key, code from study_labs where course_key = ?', courseKey).map(({ key, code }) => [code, key]));
  writer.run('update study_labs set retired_at = ? where retired_at is null and course_key = ?', now, courseKey);
  labs.forEach(({ code, title, topic, ...lab }, position) => {
    const topicKey = topic === null ? null : keyOf(topicKeys, topic);
    const old = known.get(code);
    if (old === undefined) {
      writer.run('insert into study_labs (id, course_key, topic_key, code, title, lab, position) values (?, ?, ?, ?, ?, ?, ?)', idBytes(newId()), courseKey, topicKey, code, title, JSON.stringify(lab), position);
    } else {
      writer.run('update study_labs set topic_key = ?, title = ?, lab = ?, position = ?, retired_at = null where key = ?', topicKey, title, JSON.stringify(lab), position, old);
    }
  });
}

/**
 * Makes a course what a checked pack says, keeping the row of everything that is still there. What the pack lacks is retired; a question that
 * asks something else than before is a new row.
 */
export function writePack(writing: Writing, pack: Pack): void {
  const { writer, courseKey, now } = writing;
  const { questions, minutes, passMark, passUnit, draw } = pack.exam;
  writer.run(
    `update study_courses set title = ?, description = ?, version = ?, author = ?, licence = ?, notice = ?, language = ?,
            exam_questions = ?, exam_minutes = ?, pass_mark = ?, pass_unit = ?, draw = ?, statistics = ?, revision = revision + 1, updated_at = ? where key = ?`,
    pack.title,
    pack.description,
    pack.version,
    pack.author,
    pack.licence,
    pack.notice,
    pack.language,
    questions,
    minutes,
    passMark,
    passUnit,
    draw,
    pack.statistics === null || pack.statistics === undefined ? null : JSON.stringify(pack.statistics),
    now,
    courseKey,
  );
  // What was compared by the older pack's domains or published figures holds no longer.
  forgetAnalytics(writer, comparisonNames.course(courseKey));
  const topicKeys = writeDomains(writing, pack);
  const questionKeys = writeQuestions(writing, pack.questions, topicKeys);
  writeModules(writing, pack, topicKeys, questionKeys);
  writeFlashcards(writing, pack, topicKeys);
  writeLabs(writing, pack, topicKeys);
}
