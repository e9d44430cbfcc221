-- Pairs of leads that seem to be one person, what somebody made of each, and merges that can be taken back.

-- A lead that was merged stays where it is, unseen: `merged_into` is the key of the lead that stands for it. No foreign key, which would
-- make every delete of a lead look for those merged into it.
alter table leads add column merged_into integer;

-- A merged lead takes no place of its own.
drop index leads_taking;
create index leads_taking on leads (course_key) where stage in (5, 6) and merged_into is null;

alter table duplicates rename to duplicates_before;
drop index duplicates_second;
create table duplicates (
  first_key integer not null references leads (key) on delete cascade,
  second_key integer not null references leads (key) on delete cascade,
  id blob not null,
  basis text not null check (basis in ('email', 'phone', 'name', 'chosen')),
  score integer not null check (score between 0 and 100),
  -- Phrases of the catalogue: they name what is shared, never its value.
  reasons text not null,
  state text not null check (state in ('open', 'merged', 'dismissed')),
  found_at integer not null,
  decided_at integer,
  decided_by integer references users (key),
  primary key (first_key, second_key),
  check (first_key < second_key)
) strict, without rowid;

-- Pairs of before get an id of version 4, which they had none of.
with named as materialized (select *, hex(randomblob(16)) as digits from duplicates_before where first_key < second_key)
insert into duplicates (first_key, second_key, id, basis, score, reasons, state, found_at)
select first_key, second_key, unhex(substr(digits, 1, 12) || '4' || substr(digits, 14, 3) || '8' || substr(digits, 18)), basis,
       iif(basis = 'email', 90, 80), json_array(json_object('key', 'duplicates.' || basis, 'params', json('{}'))),
       iif(state = 'different', 'dismissed', state), found_at
from named;
drop table duplicates_before;

create unique index duplicates_id on duplicates (id);
create index duplicates_second on duplicates (second_key);
create index duplicates_best on duplicates (state, score desc);

-- `undo` holds what the merge changed: values as they were and as they became, and the rows that moved.
create table merges (
  key integer primary key,
  id blob not null,
  survivor_key integer not null references leads (key) on delete cascade,
  merged_key integer not null references leads (key) on delete cascade,
  user_key integer references users (key),
  at integer not null,
  undo text not null,
  undone_at integer,
  undone_by integer references users (key)
) strict;
create unique index merges_id on merges (id);
create index merges_survivor on merges (survivor_key, at);
create index merges_merged on merges (merged_key);
create unique index merges_once on merges (merged_key) where undone_at is null;

-- What is decided is logged; that a pair was found is not, for whoever has the leads finds it again.
create trigger leads_merged_into_is_logged after update of merged_into on leads when new.merged_into is not old.merged_into begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('leads', new.id, 'merged_into', (select id from leads where key = new.merged_into), hybrid_clock());
end;
create trigger duplicates_state_is_logged after update of state on duplicates when new.state is not old.state begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('duplicates', new.id, 'state', new.state, hybrid_clock());
end;
create trigger merges_insert_is_logged after insert on merges begin
  insert into change_log (table_name, row_id, column_name, clock) values ('merges', new.id, '*', hybrid_clock());
end;
create trigger merges_undone_at_is_logged after update of undone_at on merges when new.undone_at is not old.undone_at begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('merges', new.id, 'undone_at', new.undone_at, hybrid_clock());
end;
create trigger touchpoints_lead_key_is_logged after update of lead_key on touchpoints when new.lead_key is not old.lead_key begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('touchpoints', new.id, 'lead', (select id from leads where key = new.lead_key), hybrid_clock());
end;
create trigger tasks_lead_key_is_logged after update of lead_key on tasks when new.lead_key is not old.lead_key begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('tasks', new.id, 'lead', (select id from leads where key = new.lead_key), hybrid_clock());
end;
create trigger applications_lead_key_is_logged after update of lead_key on applications when new.lead_key is not old.lead_key begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('applications', new.id, 'lead', (select id from leads where key = new.lead_key), hybrid_clock());
end;
