-- Where a student stands: what is worked out from the answers, and what people decide about it. Figures that follow from other rows are kept
-- so that a list of a thousand students is read and not computed; a run that is due each night, or that somebody asks for, brings them up
-- to date. They are not logged for synchronisation; decisions are.

-- How hard topics are: all answers on them by the difficulty of the question (0 unknown, 1 easy, 2 medium, 3 hard), kept by a trigger.
create table study_topic_tallies (
  topic_key integer not null references study_topics (key),
  difficulty integer not null check (difficulty between 0 and 3),
  answers integer not null,
  correct integer not null,
  primary key (topic_key, difficulty)
) strict, without rowid;

insert into study_topic_tallies (topic_key, difficulty, answers, correct)
  select a.topic_key, case q.difficulty when 'easy' then 1 when 'medium' then 2 when 'hard' then 3 else 0 end, count(*), sum(a.correct)
  from study_attempts a join study_questions q on q.key = a.question_key
  where true group by 1, 2;

create trigger study_attempts_are_tallied after insert on study_attempts begin
  insert into study_topic_tallies (topic_key, difficulty, answers, correct)
    values (new.topic_key, (select case difficulty when 'easy' then 1 when 'medium' then 2 when 'hard' then 3 else 0 end from study_questions where key = new.question_key), 1, new.correct)
    on conflict do update set answers = answers + 1, correct = correct + excluded.correct;
end;

-- The editable numbers of an engine, in versions; the newest of a name holds.
create table learning_configurations (
  key integer primary key,
  id blob not null unique,
  name text not null check (name in ('readiness', 'mastery', 'recommendations')),
  value text not null,
  user_key integer references users (key),
  note text not null,
  at integer not null
) strict;
create index learning_configurations_name on learning_configurations (name, key);

-- A student's figures in a course on a study day (counted from 1 January 1970); the newest of a day holds.
create table student_performance_snapshots (
  key integer primary key,
  id blob not null unique,
  user_key integer not null references users (key),
  course_key integer not null references study_courses (key),
  day integer not null,
  answers integer not null,
  accuracy real check (accuracy between 0 and 1),
  study_hours real not null,
  streak integer not null,
  last_study_day integer,
  exam_day integer,
  -- Answers and right ones by the key of the domain, as JSON.
  domains text not null,
  at integer not null,
  unique (user_key, course_key, day)
) strict;
create index student_performance_snapshots_course on student_performance_snapshots (course_key, user_key, day);

-- The chance of passing as it was told on a day; null where there was not enough to tell it.
create table pass_probability_predictions (
  key integer primary key,
  id blob not null unique,
  user_key integer not null references users (key),
  course_key integer not null references study_courses (key),
  day integer not null,
  chance real check (chance between 0 and 1),
  low real check (low between 0 and 1),
  high real check (high between 0 and 1),
  simulated real check (simulated between 0 and 1),
  answers integer not null,
  -- The fifteen features as JSON.
  features text not null,
  at integer not null,
  unique (user_key, course_key, day)
) strict;

-- How far it was to mastery of a domain on a day.
create table mastery_predictions (
  key integer primary key,
  user_key integer not null references users (key),
  course_key integer not null references study_courses (key),
  domain_key integer not null references study_domains (key),
  day integer not null,
  state text not null check (state in ('fewAnswers', 'mastered', 'onTheWay', 'noImprovement')),
  share real check (share between 0 and 1),
  questions real,
  days real,
  unique (user_key, domain_key, day)
) strict;

-- A heatmap as JSON, good for as long as the student answered nothing since and the study day is the same.
create table performance_heatmaps (
  user_key integer not null references users (key),
  course_key integer not null references study_courses (key),
  kind text not null check (kind in ('domainByWeek', 'topicByDifficulty', 'objectiveByAssessment')),
  day integer not null,
  answers integer not null,
  value text not null,
  primary key (user_key, course_key, kind)
) strict, without rowid;

-- What a student decided about a recommendation: the newest decision of each cause.
create table study_recommendations (
  key integer primary key,
  id blob not null unique,
  user_key integer not null references users (key),
  course_key integer not null references study_courses (key),
  cause text not null,
  kind text not null check (kind in ('intervention', 'next_action', 'weak_domain', 'study_schedule', 'resource', 'strategy')),
  priority text not null check (priority in ('critical', 'high', 'medium', 'low')),
  state text not null check (state in ('completed', 'dismissed')),
  -- The domain or topic that it is about, and the answers on it up to then, to measure what followed.
  domain_key integer references study_domains (key),
  topic_key integer references study_topics (key),
  answers_before integer not null,
  correct_before integer not null,
  decided_at integer not null,
  unique (user_key, course_key, cause)
) strict;

-- One of the four interventions, from the day on which its cause was seen to the day on which it was gone.
create table intervention_alerts (
  key integer primary key,
  id blob not null unique,
  user_key integer not null references users (key),
  course_key integer not null references study_courses (key),
  intervention text not null check (intervention in ('low_engagement', 'declining', 'exam_unready', 'burnout')),
  priority text not null check (priority in ('critical', 'high')),
  evidence text not null,
  opened_at integer not null,
  closed_at integer
) strict;
create unique index intervention_alerts_open on intervention_alerts (user_key, course_key, intervention) where closed_at is null;

-- The figures of a cohort: everyone in a course, those who began in one month, those whose exams lie in one month.
create table cohort_benchmarks (
  key integer primary key,
  course_key integer not null references study_courses (key),
  kind text not null check (kind in ('global', 'temporal', 'goal')),
  cohort text not null,
  -- accuracy, answers, studyHours, streak, readiness, or "domain" and a domain's key.
  metric text not null,
  members integer not null,
  mean real not null,
  lower real not null,
  middle real not null,
  upper real not null,
  at integer not null,
  unique (course_key, kind, cohort, metric)
) strict;

create table student_cohort_assignments (
  user_key integer not null references users (key),
  course_key integer not null references study_courses (key),
  kind text not null check (kind in ('global', 'temporal', 'goal')),
  cohort text not null,
  at integer not null,
  primary key (user_key, course_key, kind)
) strict, without rowid;
create index student_cohort_assignments_cohort on student_cohort_assignments (course_key, kind, cohort);

-- Who does not want to be compared: such a student is told no comparison and counts in none.
create table study_comparison_choices (
  user_key integer primary key references users (key),
  id blob not null unique,
  opted_out integer not null check (opted_out in (0, 1)),
  at integer not null
) strict;

-- What took long to work out and holds for an hour; hits and misses tell what that is worth.
create table learning_analytics_cache (
  name text primary key,
  value text not null,
  at integer not null,
  expires_at integer not null
) strict, without rowid;
create table learning_analytics_cache_counts (
  only integer primary key check (only = 1),
  hits integer not null,
  misses integer not null
) strict;
insert into learning_analytics_cache_counts values (1, 0, 0);

-- Talks with a tutor; messages are the student's own words.
create table ai_tutor_conversations (
  key integer primary key,
  id blob not null unique,
  user_key integer not null references users (key),
  course_key integer references study_courses (key),
  kind text not null check (kind in ('general_help', 'concept_explanation', 'exam_strategy', 'troubleshooting', 'study_planning', 'motivation')),
  title text not null,
  started_at integer not null,
  last_at integer not null,
  ended_at integer
) strict;
create index ai_tutor_conversations_user on ai_tutor_conversations (user_key, last_at);
create table ai_tutor_messages (
  key integer primary key,
  id blob not null unique,
  conversation_key integer not null references ai_tutor_conversations (key) on delete cascade,
  author text not null check (author in ('student', 'tutor')),
  body text not null,
  -- What the message was about: the question or section in front of the student.
  question_key integer references study_questions (key),
  section_key integer references study_sections (key),
  at integer not null
) strict;
create index ai_tutor_messages_conversation on ai_tutor_messages (conversation_key, key);

create trigger learning_configurations_insert_is_logged after insert on learning_configurations begin
  insert into change_log (table_name, row_id, column_name, clock) values ('learning_configurations', new.id, '*', hybrid_clock());
end;
create trigger study_recommendations_insert_is_logged after insert on study_recommendations begin
  insert into change_log (table_name, row_id, column_name, clock) values ('study_recommendations', new.id, '*', hybrid_clock());
end;
create trigger study_recommendations_delete_is_logged after delete on study_recommendations begin
  insert into change_log (table_name, row_id, column_name, clock) values ('study_recommendations', old.id, '-', hybrid_clock());
end;
create trigger study_comparison_choices_insert_is_logged after insert on study_comparison_choices begin
  insert into change_log (table_name, row_id, column_name, clock) values ('study_comparison_choices', new.id, '*', hybrid_clock());
end;
create trigger study_comparison_choices_opted_out_is_logged after update of opted_out on study_comparison_choices when new.opted_out is not old.opted_out begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('study_comparison_choices', new.id, 'opted_out', new.opted_out, hybrid_clock());
end;
create trigger ai_tutor_conversations_insert_is_logged after insert on ai_tutor_conversations begin
  insert into change_log (table_name, row_id, column_name, clock) values ('ai_tutor_conversations', new.id, '*', hybrid_clock());
end;
create trigger ai_tutor_messages_insert_is_logged after insert on ai_tutor_messages begin
  insert into change_log (table_name, row_id, column_name, clock) values ('ai_tutor_messages', new.id, '*', hybrid_clock());
end;
