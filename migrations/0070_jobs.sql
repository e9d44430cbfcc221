create table jobs (
  key integer primary key,
  id text not null unique,
  entry text not null,
  user_key integer references users (key),
  input text not null,
  state text not null check (state in ('waiting', 'running', 'succeeded', 'failed', 'cancelled', 'interrupted')),
  done real not null default 0,
  total real not null default 0,
  note text not null default '',
  result text,
  error text,
  created_at integer not null,
  started_at integer,
  finished_at integer
) strict;
create index jobs_user on jobs (user_key, key);

-- When a scheduled work last ran, so that what fell due while the program was closed is caught up.
create table schedule_runs (
  name text primary key,
  last_run_at integer not null
) strict, without rowid;
