-- What is learned: courses (packs), their blueprint, reading and questions. Admissions has `courses` of its own (programmes one applies
-- for), so these are called study courses.
--
-- A course is updated in place: a domain, topic, module, section, question, card or lab that a new revision lacks is retired, never
-- deleted, so that sessions under way, attempts and cards keep what they refer to. What a question asks (kind, stem, options and which of
-- them are right) never changes in its row: a changed question is a new row, and the old one is retired and names it in `replaced_by_key`.
-- What stands around it (topic, difficulty, explanation, reference, objective, flag) is changed in place.
create table study_courses (
  key integer primary key,
  id blob not null,
  -- The pack's own name, by which a second import finds the course.
  code text not null,
  title text not null,
  description text not null default '',
  version text,
  author text,
  licence text,
  -- A remark that every screen of the course shows, for example that it is independent sample material.
  notice text,
  language text not null default 'en',
  owner_key integer not null references users (key),
  -- The owner's team when the course was made.
  team_key integer references teams (key),
  -- Who studies it beside its owner.
  audience text not null check (audience in ('nobody', 'team', 'everyone')),
  -- The exam; null where nothing is known of it. `pass_mark` counts questions, or is a share of them between 0 and 1.
  exam_questions integer check (exam_questions > 0),
  exam_minutes integer check (exam_minutes > 0),
  pass_mark real check (pass_mark >= 0),
  pass_unit text not null default 'share' check (pass_unit in ('questions', 'share')),
  -- How a mock exam is drawn: by the weights of the domains, or one question of each topic.
  draw text not null default 'weights' check (draw in ('weights', 'one_per_topic')),
  revision integer not null default 1,
  removed_at integer,
  created_at integer not null,
  updated_at integer not null
) strict;
create unique index study_courses_id on study_courses (id);
create index study_courses_code on study_courses (code, owner_key);

-- `weight` is the share of the exam in hundredths (22 for 22 %), or null where the blueprint gives none: such a domain is not examined by weight.
create table study_domains (
  key integer primary key,
  id blob not null,
  course_key integer not null references study_courses (key),
  code text not null,
  title text not null,
  weight real check (weight >= 0),
  position integer not null,
  retired_at integer
) strict;
create unique index study_domains_id on study_domains (id);
create unique index study_domains_code on study_domains (course_key, code);

create table study_topics (
  key integer primary key,
  id blob not null,
  domain_key integer not null references study_domains (key),
  code text not null,
  title text not null,
  position integer not null,
  retired_at integer
) strict;
create unique index study_topics_id on study_topics (id);
create index study_topics_domain on study_topics (domain_key, position);

create table study_modules (
  key integer primary key,
  id blob not null,
  course_key integer not null references study_courses (key),
  code text not null,
  title text not null,
  summary text not null default '',
  position integer not null,
  retired_at integer
) strict;
create unique index study_modules_id on study_modules (id);
create unique index study_modules_code on study_modules (course_key, code);

-- A module is read after those that it requires. There is no circle among them: the importer refuses one.
create table study_module_requirements (
  module_key integer not null references study_modules (key),
  required_key integer not null references study_modules (key),
  primary key (module_key, required_key)
) strict, without rowid;
create index study_module_requirements_required on study_module_requirements (required_key);

-- A micro-section: `body` is Markdown.
create table study_sections (
  key integer primary key,
  id blob not null,
  module_key integer not null references study_modules (key),
  topic_key integer references study_topics (key),
  code text not null,
  title text not null,
  body text not null,
  minutes real,
  position integer not null,
  retired_at integer
) strict;
create unique index study_sections_id on study_sections (id);
create index study_sections_module on study_sections (module_key, position);
create index study_sections_topic on study_sections (topic_key);

create table study_questions (
  key integer primary key,
  id blob not null,
  course_key integer not null references study_courses (key),
  topic_key integer not null references study_topics (key),
  external_id text not null,
  kind text not null check (kind in ('single', 'multiple', 'truefalse', 'numeric', 'short')),
  difficulty text check (difficulty in ('easy', 'medium', 'hard')),
  -- Markdown, as are the options and the explanation.
  stem text not null,
  explanation text,
  reference text,
  objective text,
  -- Why the question is kept out of exams, for example because its figure is not there.
  flagged text,
  position integer not null,
  -- When a person last wrote it by hand: an import leaves it as it is unless it is told otherwise.
  edited_at integer,
  retired_at integer,
  replaced_by_key integer references study_questions (key),
  created_at integer not null,
  updated_at integer not null
) strict;
create unique index study_questions_id on study_questions (id);
create unique index study_questions_external on study_questions (course_key, external_id) where retired_at is null;
create index study_questions_topic on study_questions (topic_key) where retired_at is null;
create index study_questions_replaced on study_questions (replaced_by_key) where replaced_by_key is not null;

-- What may be chosen. Of a numeric question each row is a number that is right within its tolerance, of a short one a text that is right.
create table study_options (
  key integer primary key,
  question_key integer not null references study_questions (key),
  position integer not null,
  text text not null,
  correct integer not null check (correct in (0, 1)),
  tolerance real check (tolerance >= 0),
  feedback text,
  unique (question_key, position)
) strict;

-- The questions that check whether a section was understood.
create table study_section_questions (
  section_key integer not null references study_sections (key),
  question_key integer not null references study_questions (key),
  position integer not null,
  primary key (section_key, question_key)
) strict, without rowid;
create index study_section_questions_question on study_section_questions (question_key);

create table study_flashcards (
  key integer primary key,
  id blob not null,
  course_key integer not null references study_courses (key),
  topic_key integer references study_topics (key),
  external_id text not null,
  front text not null,
  back text not null,
  position integer not null,
  retired_at integer
) strict;
create unique index study_flashcards_id on study_flashcards (id);
create unique index study_flashcards_external on study_flashcards (course_key, external_id);
create index study_flashcards_topic on study_flashcards (topic_key);

-- A lab in a simulated console: `lab` is its steps as JSON, in the shape of docs/course-packs.md.
create table study_labs (
  key integer primary key,
  id blob not null,
  course_key integer not null references study_courses (key),
  topic_key integer references study_topics (key),
  code text not null,
  title text not null,
  lab text not null,
  position integer not null,
  retired_at integer
) strict;
create unique index study_labs_id on study_labs (id);
create unique index study_labs_code on study_labs (course_key, code);
create index study_labs_topic on study_labs (topic_key);

-- Each import of a course: `content` is the whole pack as it came, deflated JSON, so that undo can put the one before it back.
create table study_course_revisions (
  key integer primary key,
  id blob not null,
  course_key integer not null references study_courses (key),
  revision integer not null,
  user_key integer not null references users (key),
  format text not null,
  file_name text not null,
  content blob not null,
  added integer not null,
  changed integer not null,
  retired integer not null,
  flagged integer not null,
  rejected integer not null,
  -- Types of question that are not taken, by their name in the file and how many there were, as JSON.
  unsupported text not null default '{}',
  at integer not null,
  undone_at integer,
  unique (course_key, revision)
) strict;
create unique index study_course_revisions_id on study_course_revisions (id);

-- What a person wrote by hand: the question before and after, as JSON.
create table study_question_edits (
  key integer primary key,
  id blob not null,
  question_key integer not null references study_questions (key),
  user_key integer not null references users (key),
  before text,
  after text,
  at integer not null
) strict;
create unique index study_question_edits_id on study_question_edits (id);
create index study_question_edits_question on study_question_edits (question_key, key);

-- Full text of what is current: rowid = 4 · key of the row + 0 for a section, 1 for a question, 2 for a flashcard.
create virtual table study_search using fts5 (course_key unindexed, title, body, tokenize = "porter unicode61 remove_diacritics 2");

-- The change log holds each import (its content is in the revision) and each edit by hand as one row, and the course's own columns.
create trigger study_courses_insert_is_logged after insert on study_courses begin
  insert into change_log (table_name, row_id, column_name, clock) values ('study_courses', new.id, '*', hybrid_clock());
end;
create trigger study_courses_title_is_logged after update of title on study_courses when new.title is not old.title begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('study_courses', new.id, 'title', new.title, hybrid_clock());
end;
create trigger study_courses_description_is_logged after update of description on study_courses when new.description is not old.description begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('study_courses', new.id, 'description', new.description, hybrid_clock());
end;
create trigger study_courses_audience_is_logged after update of audience on study_courses when new.audience is not old.audience begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('study_courses', new.id, 'audience', new.audience, hybrid_clock());
end;
create trigger study_courses_exam_questions_is_logged after update of exam_questions on study_courses when new.exam_questions is not old.exam_questions begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('study_courses', new.id, 'exam_questions', new.exam_questions, hybrid_clock());
end;
create trigger study_courses_exam_minutes_is_logged after update of exam_minutes on study_courses when new.exam_minutes is not old.exam_minutes begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('study_courses', new.id, 'exam_minutes', new.exam_minutes, hybrid_clock());
end;
create trigger study_courses_pass_mark_is_logged after update of pass_mark, pass_unit on study_courses when new.pass_mark is not old.pass_mark or new.pass_unit is not old.pass_unit begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('study_courses', new.id, 'pass_mark', new.pass_mark || ' ' || new.pass_unit, hybrid_clock());
end;
create trigger study_courses_draw_is_logged after update of draw on study_courses when new.draw is not old.draw begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('study_courses', new.id, 'draw', new.draw, hybrid_clock());
end;
create trigger study_courses_removed_at_is_logged after update of removed_at on study_courses when new.removed_at is not old.removed_at begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('study_courses', new.id, 'removed_at', new.removed_at, hybrid_clock());
end;
create trigger study_domains_title_is_logged after update of title on study_domains when new.title is not old.title begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('study_domains', new.id, 'title', new.title, hybrid_clock());
end;
create trigger study_domains_weight_is_logged after update of weight on study_domains when new.weight is not old.weight begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('study_domains', new.id, 'weight', new.weight, hybrid_clock());
end;
create trigger study_topics_title_is_logged after update of title on study_topics when new.title is not old.title begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('study_topics', new.id, 'title', new.title, hybrid_clock());
end;
create trigger study_course_revisions_insert_is_logged after insert on study_course_revisions begin
  insert into change_log (table_name, row_id, column_name, clock) values ('study_course_revisions', new.id, '*', hybrid_clock());
end;
create trigger study_course_revisions_undone_at_is_logged after update of undone_at on study_course_revisions when new.undone_at is not old.undone_at begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('study_course_revisions', new.id, 'undone_at', new.undone_at, hybrid_clock());
end;
create trigger study_question_edits_insert_is_logged after insert on study_question_edits begin
  insert into change_log (table_name, row_id, column_name, clock) values ('study_question_edits', new.id, '*', hybrid_clock());
end;
