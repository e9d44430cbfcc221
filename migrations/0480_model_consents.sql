-- What a person said about what is written of them being sent to a language model: a purpose of its own, with one channel of its own.
create table consents_with_model (
  key integer primary key,
  id blob not null,
  person_key integer not null references people (key) on delete cascade,
  purpose text not null,
  channel text not null check (channel in ('email', 'phone', 'post', 'model') and (channel = 'model') = (purpose = 'ai')),
  granted integer not null check (granted in (0, 1)),
  basis text not null,
  at integer not null,
  expires_at integer,
  user_key integer references users (key)
) strict;
insert into consents_with_model (key, id, person_key, purpose, channel, granted, basis, at, expires_at, user_key)
  select key, id, person_key, purpose, channel, granted, basis, at, expires_at, user_key from consents;
drop table consents;
alter table consents_with_model rename to consents;
create index consents_person on consents (person_key, channel, at);
create trigger consents_insert_is_logged after insert on consents begin
  insert into change_log (table_name, row_id, column_name, clock) values ('consents', new.id, '*', hybrid_clock());
end;
create trigger consents_delete_is_logged after delete on consents begin
  insert into change_log (table_name, row_id, column_name, clock) values ('consents', old.id, '-', hybrid_clock());
end;
