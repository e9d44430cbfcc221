-- Single opens, clicks and deliveries of e-mails, each with what the rules make of it and what a person says against that.

-- A file of a mailer. While `staging` its events are read by nobody; a start after a crash takes them out.
create table engagement_files (
  key integer primary key,
  id blob not null unique,
  user_key integer not null references users (key),
  file_name text not null,
  state text not null check (state in ('staging', 'done', 'undone')),
  events integer not null default 0,
  leads integer not null default 0,
  started_at integer not null,
  undone_at integer
) strict;

-- `kind`, `verdict` and `overruled` are positions in the lists of src/domain/admissions/engagement/events, which only ever grow at their
-- ends. A delivery has no verdict. `message`, `link`, `agent` and `address` are as the mailer wrote them.
create table engagement_events (
  key integer primary key,
  id blob not null,
  lead_key integer not null references leads (key) on delete cascade,
  file_key integer references engagement_files (key),
  user_key integer references users (key),
  kind integer not null check (kind in (0, 1, 2)),
  at integer not null,
  message text,
  link text,
  agent text,
  address text,
  shown integer not null check (shown in (0, 1)),
  verdict integer check (verdict in (0, 1, 2)),
  reason text,
  overruled integer check (overruled in (0, 1)),
  overruled_by integer references users (key),
  overruled_at integer,
  created_at integer not null
) strict;
create unique index engagement_events_id on engagement_events (id);
-- One event is one row, however often its file comes.
create unique index engagement_events_once on engagement_events (lead_key, at, kind, ifnull(message, ''), ifnull(link, ''));
create index engagement_events_file on engagement_events (file_key, lead_key) where file_key is not null;

-- What events come to beside the totals that score: those that are left out, and the last activity that an event has set with the one before it.
alter table leads add column opens_left_out real;
alter table leads add column clicks_left_out real;
alter table leads add column engaged_at integer;
alter table leads add column activity_before integer;

-- One row a version; the newest holds.
create table engagement_configurations (
  key integer primary key,
  value text not null,
  created_at integer not null,
  created_by integer references users (key)
) strict;

-- The events of a file are logged with the file, when they are shown; single ones by the function that makes them.
create trigger engagement_files_state_is_logged after update of state on engagement_files when new.state is not old.state begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('engagement_files', new.id, 'state', new.state, hybrid_clock());
end;
create trigger engagement_events_overruled_is_logged after update of overruled on engagement_events when new.overruled is not old.overruled begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('engagement_events', new.id, 'overruled', new.overruled, hybrid_clock());
end;
create trigger engagement_events_lead_key_is_logged after update of lead_key on engagement_events when new.lead_key is not old.lead_key begin
  insert into change_log (table_name, row_id, column_name, value, clock) values ('engagement_events', new.id, 'lead', (select id from leads where key = new.lead_key), hybrid_clock());
end;
