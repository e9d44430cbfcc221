import type { SlopesByTopic, TopicSlopes } from '#domain/learning/knowledge/slopes';
import type { Reader, Writer } from '../tx';

// What is learnt here is sums over all students of a workspace, as the tallies are: nobody's answers can be told from it.

/** What the topics of a course have of their own, as it was learnt last. */
export function slopesOf(reader: Reader, courseKey: number): SlopesByTopic {
  return new Map(
    reader
      .tuples<[number, string]>('select s.topic_key, s.slopes from study_topic_slopes s join study_topics t on t.key = s.topic_key join study_domains d on d.key = t.domain_key where d.course_key = ?', courseKey)
      .map(([topicKey, slopes]) => [topicKey, JSON.parse(slopes) as TopicSlopes]),
  );
}

/** A course whose answers have grown since something was learnt of them. */
export interface GrownCourse {
  readonly courseKey: number;
  readonly answers: number;
  /** Answers when it was learnt last; 0 where it never was. */
  readonly learntFrom: number;
}

export function grownCourses(reader: Reader): GrownCourse[] {
  return reader.all(
    `select d.course_key as courseKey, sum(y.answers) as answers, coalesce(f.answers, 0) as learntFrom
     from study_topic_tallies y join study_topics t on t.key = y.topic_key join study_domains d on d.key = t.domain_key
     join study_courses c on c.key = d.course_key left join study_knowledge_fits f on f.course_key = d.course_key
     where c.removed_at is null group by d.course_key`,
  );
}

/** Everybody with an answer in a course, in the order of their keys. */
export function answeringUsers(reader: Reader, courseKey: number): number[] {
  return reader.column('select u.key from users u where exists (select 1 from study_attempts a where a.user_key = u.key and a.course_key = ?) order by u.key', courseKey);
}

/** One student's answers in their order: the topic, the question and whether it was right. */
export function logOf(reader: Reader, userKey: number, courseKey: number): (readonly [topicKey: number, questionKey: number, correct: number])[] {
  return reader.tuples('select topic_key, question_key, correct from study_attempts where user_key = ? and course_key = ? order by at, key', userKey, courseKey);
}

/** Keeps what was learnt of a course in place of what was before. */
export function keepSlopes(writer: Writer, fit: GrownCourse & { readonly answersRead: number; readonly students: number }, slopes: SlopesByTopic, now: number): void {
  writer.run(
    'delete from study_topic_slopes where topic_key in (select t.key from study_topics t join study_domains d on d.key = t.domain_key where d.course_key = ?)',
    fit.courseKey,
  );
  for (const [topicKey, own] of slopes) writer.run('insert into study_topic_slopes (topic_key, slopes) values (?, ?)', topicKey, JSON.stringify(own.map((slope) => Number(slope.toPrecision(6)))));
  writer.run('insert or replace into study_knowledge_fits (course_key, answers, answers_read, students, topics, at) values (?, ?, ?, ?, ?, ?)', fit.courseKey, fit.answers, fit.answersRead, fit.students, slopes.size, now);
}
