import { v7 } from 'uuid';
import { idBytes } from '#main/store/ids';
import type { TestApp } from './app';

/** What a course for tests holds. */
export interface CourseShape {
  readonly topics?: number;
  readonly questionsPerTopic?: number;
  readonly sectionsPerTopic?: number;
  readonly flashcards?: number;
  readonly labs?: number;
  readonly domains?: number;
  readonly draw?: 'weights' | 'one_per_topic';
  readonly exam?: { readonly questions: number; readonly minutes: number | null; readonly passMark: number } | null;
  readonly weights?: readonly number[];
  readonly audience?: 'nobody' | 'team' | 'everyone';
}

/** A course as tests know it. Of each question the second option is right. */
export interface TestCourse {
  readonly id: string;
  readonly key: number;
  readonly topicIds: readonly string[];
  readonly sectionIds: readonly string[];
  readonly questionIds: readonly string[];
  readonly labIds: readonly string[];
}

/** Lays a course in the shape of a licence pool into a workspace: by default 5 topics of 6 questions in 2 domains. */
export function layCourse(test: TestApp, shape: CourseShape = {}): TestCourse {
  const { topics = 5, questionsPerTopic = 6, sectionsPerTopic = 1, flashcards = 4, labs = 1, domains = 2, draw = 'one_per_topic', audience = 'everyone' } = shape;
  const exam = shape.exam === undefined ? { questions: topics, minutes: 10, passMark: Math.ceil(topics * 0.74) } : shape.exam;
  const newId = (): string => v7();
  return test.app.inside.workspace.store().transaction((writer) => {
    const id = newId();
    const { key } = writer.run(
      `insert into study_courses (id, code, title, owner_key, audience, exam_questions, exam_minutes, pass_mark, pass_unit, draw, created_at, updated_at)
       values (?, 'technician', 'Technician', 1, ?, ?, ?, ?, 'questions', ?, 1, 1)`,
      idBytes(id),
      audience,
      exam?.questions ?? null,
      exam?.minutes ?? null,
      exam?.passMark ?? null,
      draw,
    );
    const domainKeys = Array.from({ length: domains }, (_none, index) => writer.run('insert into study_domains (id, course_key, code, title, weight, position) values (?, ?, ?, ?, ?, ?)', idBytes(newId()), key, `T${String(index)}`, `Domain ${String(index)}`, shape.weights?.[index] ?? null, index).key);
    const module = writer.run("insert into study_modules (id, course_key, code, title, position) values (?, ?, 'm', 'All of it', 0)", idBytes(newId()), key).key;
    const topicIds: string[] = [];
    const sectionIds: string[] = [];
    const questionIds: string[] = [];
    for (let topic = 0; topic < topics; topic += 1) {
      const topicId = newId();
      topicIds.push(topicId);
      const code = `T${String(topic % domains)}${String.fromCharCode(65 + Math.floor(topic / domains))}`;
      const topicKey = writer.run('insert into study_topics (id, domain_key, code, title, position) values (?, ?, ?, ?, ?)', idBytes(topicId), domainKeys[topic % domains] ?? 0, code, `Topic ${code}`, topic).key;
      const keys: number[] = [];
      for (let index = 0; index < questionsPerTopic; index += 1) {
        const questionId = newId();
        questionIds.push(questionId);
        const questionKey = writer.run(
          `insert into study_questions (id, course_key, topic_key, external_id, kind, difficulty, stem, explanation, reference, position, created_at, updated_at)
           values (?, ?, ?, ?, 'single', ?, ?, 'Because of the rules.', '[97.1]', ?, 1, 1)`,
          idBytes(questionId),
          key,
          topicKey,
          `${code}${String(index).padStart(2, '0')}`,
          (['easy', 'medium', 'hard'] as const)[index % 3] ?? null,
          `Which of these is right in ${code}, number ${String(index)}?`,
          topic * questionsPerTopic + index,
        ).key;
        keys.push(questionKey);
        ['First', 'Second', 'Third', 'Fourth'].forEach((text, position) => {
          writer.run('insert into study_options (question_key, position, text, correct, feedback) values (?, ?, ?, ?, ?)', questionKey, position, `${text} answer`, position === 1 ? 1 : 0, position === 0 ? 'Not that one.' : null);
        });
      }
      for (let index = 0; index < sectionsPerTopic; index += 1) {
        const sectionId = newId();
        sectionIds.push(sectionId);
        const sectionKey = writer.run('insert into study_sections (id, module_key, topic_key, code, title, body, minutes, position) values (?, ?, ?, ?, ?, ?, 4, ?)', idBytes(sectionId), module, topicKey, `s${String(topic)}${String(index)}`, `About ${code}`, 'What one should know.', topic).key;
        keys.slice(0, 2).forEach((questionKey, position) => {
          writer.run('insert into study_section_questions (section_key, question_key, position) values (?, ?, ?)', sectionKey, questionKey, position);
        });
      }
    }
    for (let index = 0; index < flashcards; index += 1) {
      writer.run('insert into study_flashcards (id, course_key, topic_key, external_id, front, back, position) values (?, ?, null, ?, ?, ?, ?)', idBytes(newId()), key, `f${String(index)}`, `Front ${String(index)}`, `Back ${String(index)}`, index);
    }
    const labIds = Array.from({ length: labs }, (_none, index) => {
      const labId = newId();
      const lab = {
        intro: 'Ask who is there.',
        prompt: 'console>',
        steps: [
          { task: 'Say hello.', accept: ['hello', '/hi+/'], output: 'Hello to you.', hint: 'A greeting will do.' },
          { task: 'List the machines.', accept: ['list machines'], output: 'one\ntwo', hint: null },
        ],
        answers: [{ input: 'help', output: 'hello, list machines' }],
      };
      writer.run('insert into study_labs (id, course_key, topic_key, code, title, lab, position) values (?, ?, null, ?, ?, ?, ?)', idBytes(labId), key, `l${String(index)}`, `Lab ${String(index)}`, JSON.stringify(lab), index);
      return labId;
    });
    return { id, key, topicIds, sectionIds, questionIds, labIds };
  });
}
