-- Questions about leads that somebody keeps under a name: their words, not their answer. `context` is what the question goes on from, as
-- the one filter type in its version. A question that was taken away can be put back.
create table queries (
  key integer primary key,
  id text not null unique,
  name text not null,
  owner_key integer not null references users (key),
  -- The owner's team at the time: what is shared with the team stays with that team.
  team_key integer references teams (key),
  audience text not null check (audience in ('nobody', 'team', 'everyone')),
  text text not null,
  filter_version integer not null,
  context text,
  removed_at integer,
  created_at integer not null,
  updated_at integer not null
) strict;
create index queries_owner on queries (owner_key);

create trigger queries_insert_is_logged after insert on queries begin
  insert into change_log (table_name, row_id, column_name, clock) values ('queries', new.id, '*', hybrid_clock());
end;
create trigger queries_delete_is_logged after delete on queries begin
  insert into change_log (table_name, row_id, column_name, clock) values ('queries', old.id, '-', hybrid_clock());
end;
create trigger queries_name_is_logged after update of name on queries when new.name is not old.name begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('queries', new.id, 'name', seal(new.name), hybrid_clock());
end;
create trigger queries_audience_is_logged after update of audience on queries when new.audience is not old.audience begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('queries', new.id, 'audience', new.audience, hybrid_clock());
end;
create trigger queries_text_is_logged after update of text on queries when new.text is not old.text begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('queries', new.id, 'text', seal(new.text), hybrid_clock());
end;
create trigger queries_context_is_logged after update of context on queries when new.context is not old.context begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('queries', new.id, 'context', seal(new.context), hybrid_clock());
end;
create trigger queries_removed_at_is_logged after update of removed_at on queries when new.removed_at is not old.removed_at begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('queries', new.id, 'removed_at', new.removed_at, hybrid_clock());
end;

-- The latest questions of each person, for that person alone. They say what somebody looked for, not what the workspace holds, so they
-- are not logged for synchronisation.
create table asked_questions (
  key integer primary key,
  id text not null unique,
  user_key integer not null references users (key),
  text text not null,
  filter_version integer not null,
  context text,
  asked_at integer not null
) strict;
create index asked_questions_of on asked_questions (user_key, asked_at);
