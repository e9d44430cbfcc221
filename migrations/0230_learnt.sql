-- What a workspace's own answers say of each topic beyond what all topics share, learnt anew where there are a tenth more answers. It follows
-- from other rows, so it is not logged for synchronisation.
create table study_knowledge_fits (
  course_key integer primary key references study_courses (key),
  -- Answers in the course when it was learnt; those that were read, of how many students; topics that got slopes.
  answers integer not null,
  answers_read integer not null,
  students integer not null,
  topics integer not null,
  at integer not null
) strict;

create table study_topic_slopes (
  topic_key integer primary key references study_topics (key),
  -- An array of numbers as JSON, in the order of the model's slopes.
  slopes text not null
) strict;
