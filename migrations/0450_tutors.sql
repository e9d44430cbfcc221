-- What a talk with the tutor needs beside its words. A talk that was put away by its student can be taken back.
alter table ai_tutor_conversations add column removed_at integer;

-- Who wrote an answer: a model, or the course by way of the machine. Null for the student's words.
alter table ai_tutor_messages add column written_by text check (written_by in ('model', 'course'));
-- Whether an exam or a placement was under way, so that nothing of the course could be told.
alter table ai_tutor_messages add column measured integer not null default 0 check (measured in (0, 1));
-- The sitting in which the question stood.
alter table ai_tutor_messages add column session_key integer references study_sessions (key);
-- Which rung of the ladder of hints it was, from 1; null where it was none.
alter table ai_tutor_messages add column hint integer check (hint > 0);
-- JSON: sources, what could be asked next, why no model wrote it, whether it was stopped.
alter table ai_tutor_messages add column details text not null default '{}';

create index ai_tutor_conversations_kept on ai_tutor_conversations (user_key, last_at desc) where removed_at is null;
create index ai_tutor_messages_question on ai_tutor_messages (question_key, session_key) where hint is not null;

create trigger ai_tutor_conversations_is_logged after update on ai_tutor_conversations begin
  insert into change_log (table_name, row_id, column_name, value, clock)
  values ('ai_tutor_conversations', new.id, '~', seal(json_object('title', new.title, 'last_at', new.last_at, 'removed_at', new.removed_at)), hybrid_clock());
end;
