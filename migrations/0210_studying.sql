-- What a student wants, plans, and does. Everything here belongs to one user; staff read it within their scope.

-- What somebody studies for. At most one goal of a course is open; the one that was chosen last is the one that Learn shows.
create table student_goals (
  key integer primary key,
  id blob not null unique,
  user_key integer not null references users (key),
  course_key integer not null references study_courses (key),
  -- ISO day in the workspace's time zone; null while there is no date yet.
  exam_date text,
  hours_a_week real not null check (hours_a_week between 0 and 100),
  style text not null check (style in ('reading', 'questions', 'hands_on', 'mixed')),
  -- The share of right answers that the student aims for; null for the pass mark.
  target_share real check (target_share between 0 and 1),
  scheduler text not null default 'fsrs' check (scheduler in ('fsrs', 'fixed')),
  -- How likely a card should be remembered when it comes back.
  retention real not null default 0.9 check (retention between 0.7 and 0.97),
  -- Reviews a day at the most; what is over the cap waits for the next days.
  reviews_a_day integer not null default 100 check (reviews_a_day between 0 and 2000),
  -- Passed, failed or given up, with the day; null while it is open.
  outcome text check (outcome in ('passed', 'failed', 'dropped')),
  -- The mark of the real exam, as a share, where the student told it.
  outcome_share real check (outcome_share between 0 and 1),
  closed_at integer,
  chosen_at integer not null,
  created_at integer not null,
  updated_at integer not null
) strict;
create unique index student_goals_open on student_goals (user_key, course_key) where closed_at is null;
create index student_goals_chosen on student_goals (user_key, chosen_at desc);

-- A plan by week, made from a goal and from what was known then. A newer plan replaces it; the older ones stay to be looked at.
create table adaptive_learning_paths (
  key integer primary key,
  id blob not null unique,
  user_key integer not null references users (key),
  goal_key integer not null references student_goals (key),
  course_key integer not null references study_courses (key),
  kind text not null check (kind in ('beginner', 'fast_track', 'comprehensive', 'remediation', 'custom')),
  -- The plan as it was answered: weeks, feasibility and what it rests on.
  plan text not null,
  -- Why it was made: by hand, by a changed goal, or by what a session showed.
  cause text not null check (cause in ('asked', 'goal', 'session')),
  generated_at integer not null,
  replaced_at integer
) strict;
create unique index adaptive_learning_paths_current on adaptive_learning_paths (goal_key) where replaced_at is null;
create index adaptive_learning_paths_user on adaptive_learning_paths (user_key, generated_at desc);

create table learning_path_steps (
  key integer primary key,
  path_key integer not null references adaptive_learning_paths (key) on delete cascade,
  position integer not null,
  -- ISO day of the Monday that the step's week begins with.
  week text not null,
  activity text not null check (activity in ('section', 'practice', 'review', 'mock', 'lab', 'flashcards')),
  topic_key integer references study_topics (key),
  section_key integer references study_sections (key),
  lab_key integer references study_labs (key),
  -- How many questions, cards or exams; null where minutes alone say it.
  amount integer,
  minutes real not null,
  unique (path_key, position)
) strict;
create index learning_path_steps_section on learning_path_steps (section_key) where section_key is not null;

-- A sitting: a session of the day, a quiz, a placement, a mock exam, a section's check, a lab. `plan` is what it is made of, in its
-- order; what was answered is in study_attempts alone, so that a crash loses nothing.
create table study_sessions (
  key integer primary key,
  id blob not null unique,
  user_key integer not null references users (key),
  course_key integer not null references study_courses (key),
  kind text not null check (kind in ('daily', 'quiz', 'placement', 'mock', 'section', 'lab', 'cards')),
  plan text not null,
  started_at integer not null,
  -- The last thing done in it: a sitting that was left is as long as this says.
  last_at integer not null,
  ended_at integer,
  -- What it came to, as it was answered at its end.
  result text
) strict;
create index study_sessions_user on study_sessions (user_key, course_key, started_at);
create index study_sessions_open on study_sessions (user_key, kind) where ended_at is null;

-- Every answer, in the moment in which it was given. Nothing here is ever changed.
create table study_attempts (
  key integer primary key,
  id blob not null unique,
  user_key integer not null references users (key),
  course_key integer not null references study_courses (key),
  question_key integer not null references study_questions (key),
  -- As the question stood when it was answered.
  topic_key integer not null references study_topics (key),
  -- Position in the list of src/domain/learning/attempts.ts: quiz, practice, mock, placement, section, lab.
  assessment integer not null check (assessment between 0 and 5),
  session_key integer references study_sessions (key),
  chosen text not null,
  correct integer not null check (correct in (0, 1)),
  confidence integer check (confidence between 1 and 4),
  milliseconds integer check (milliseconds >= 0),
  -- What was chosen before, the first first; null where nothing was.
  changed_from text,
  at integer not null
) strict;
create index study_attempts_user on study_attempts (user_key, course_key, at, topic_key, question_key, correct, assessment);
create index study_attempts_question on study_attempts (question_key, user_key, at);
create index study_attempts_session on study_attempts (session_key) where session_key is not null;

-- What comes back by itself: a question or a flashcard, for one student.
create table study_cards (
  key integer primary key,
  id blob not null unique,
  user_key integer not null references users (key),
  course_key integer not null references study_courses (key),
  question_key integer references study_questions (key),
  flashcard_key integer references study_flashcards (key),
  scheduler text not null check (scheduler in ('fsrs', 'fixed')),
  state integer not null check (state in (0, 1, 2, 3)),
  due_at integer not null,
  stability real not null,
  difficulty real not null,
  reps integer not null,
  lapses integer not null,
  -- Steps taken on the fixed schedule, or within learning.
  step integer not null,
  last_review_at integer,
  suspended_at integer,
  created_at integer not null,
  check ((question_key is null) <> (flashcard_key is null))
) strict;
create unique index study_cards_question on study_cards (user_key, question_key) where question_key is not null;
create unique index study_cards_flashcard on study_cards (user_key, flashcard_key) where flashcard_key is not null;
create index study_cards_due on study_cards (user_key, course_key, due_at) where suspended_at is null;

-- Every rating, with the card as it was before, so that it can be taken back and the schedule can be learnt from.
create table study_reviews (
  key integer primary key,
  id blob not null unique,
  card_key integer not null references study_cards (key) on delete cascade,
  user_key integer not null references users (key),
  attempt_key integer references study_attempts (key),
  -- 1 again, 2 hard, 3 good, 4 easy.
  rating integer not null check (rating between 1 and 4),
  at integer not null,
  elapsed_days real not null,
  scheduled_days real not null,
  stability_before real not null,
  difficulty_before real not null,
  stability_after real not null,
  difficulty_after real not null,
  -- The whole card before it, as it was kept.
  before text not null,
  undone_at integer
) strict;
create index study_reviews_card on study_reviews (card_key, at);
create index study_reviews_user on study_reviews (user_key, at) where undone_at is null;

-- What a student's own log taught the scheduler. The newest row of a student is in use where it predicted better than the defaults.
create table study_schedules (
  key integer primary key,
  id blob not null unique,
  user_key integer not null references users (key),
  parameters text not null,
  reviews integer not null,
  -- Log loss per review on reviews that were not fitted on.
  default_loss real not null,
  fitted_loss real not null,
  in_use integer not null check (in_use in (0, 1)),
  fitted_at integer not null
) strict;
create index study_schedules_user on study_schedules (user_key, fitted_at desc);

-- A timed exam: what was drawn, in which order, and what stands in each answer. One row of a session of kind mock. Its clock is the time
-- spent in front of the questions, so that neither a crash nor a clock that is set changes what is left.
create table study_exams (
  session_key integer primary key references study_sessions (key) on delete cascade,
  -- Question keys in their order with the order of their options, as JSON.
  drawn text not null,
  minutes real,
  pass_count integer not null,
  submitted_at integer,
  -- Set where time ran out before the student handed in.
  expired integer not null default 0 check (expired in (0, 1)),
  score integer,
  total integer not null
) strict;

-- One row a question of an exam, written with each change of an answer or a flag.
create table study_exam_answers (
  session_key integer not null references study_exams (session_key) on delete cascade,
  position integer not null,
  question_key integer not null references study_questions (key),
  chosen text,
  confidence integer check (confidence between 1 and 4),
  flagged integer not null default 0 check (flagged in (0, 1)),
  -- Milliseconds in front of the question, over all visits.
  milliseconds integer not null default 0,
  first_at integer,
  answered_at integer,
  -- What was chosen before, the first first.
  changed_from text,
  primary key (session_key, position)
) strict, without rowid;

-- How far a student is with a micro-section: read, and checked at 80 %.
create table study_section_progress (
  user_key integer not null references users (key),
  section_key integer not null references study_sections (key),
  read_at integer,
  best_share real check (best_share between 0 and 1),
  passed_at integer,
  tries integer not null default 0,
  primary key (user_key, section_key)
) strict, without rowid;

-- Questions that a student marked to come back to.
create table study_marks (
  user_key integer not null references users (key),
  question_key integer not null references study_questions (key),
  at integer not null,
  primary key (user_key, question_key)
) strict, without rowid;

create table study_lab_progress (
  user_key integer not null references users (key),
  lab_key integer not null references study_labs (key),
  -- Steps done, and what was typed, so that a lab that was left goes on where it was.
  state text not null,
  started_at integer not null,
  last_at integer not null,
  done_at integer,
  primary key (user_key, lab_key)
) strict, without rowid;

create trigger student_goals_is_logged after update on student_goals begin
  insert into change_log (table_name, row_id, column_name, value, clock)
  values ('student_goals', new.id, '~', seal(json_object('exam_date', new.exam_date, 'hours_a_week', new.hours_a_week, 'style', new.style,
    'target_share', new.target_share, 'scheduler', new.scheduler, 'retention', new.retention, 'reviews_a_day', new.reviews_a_day,
    'outcome', new.outcome, 'outcome_share', new.outcome_share, 'closed_at', new.closed_at, 'chosen_at', new.chosen_at)), hybrid_clock());
end;
create trigger study_sessions_ended_at_is_logged after update of ended_at on study_sessions when new.ended_at is not old.ended_at begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('study_sessions', new.id, 'ended_at', new.ended_at, hybrid_clock());
end;
create trigger study_cards_suspended_at_is_logged after update of suspended_at on study_cards when new.suspended_at is not old.suspended_at begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('study_cards', new.id, 'suspended_at', new.suspended_at, hybrid_clock());
end;
create trigger study_reviews_undone_at_is_logged after update of undone_at on study_reviews when new.undone_at is not old.undone_at begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('study_reviews', new.id, 'undone_at', new.undone_at, hybrid_clock());
end;
