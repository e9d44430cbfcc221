-- A system that a file came from. Within one, an external id is one lead.
create table import_origins (
  key integer primary key,
  id text not null unique,
  name text not null,
  folded text not null unique,
  created_at integer not null
) strict;

-- Leads of an import that is `staging` or `undoing` are read by nobody, and a start after a crash removes them; `applying` has become
-- visible and finishes its updates after a crash.
create table imports (
  key integer primary key,
  id text not null unique,
  origin_key integer not null references import_origins (key),
  user_key integer not null references users (key),
  team_key integer not null references teams (key),
  file_name text not null,
  file_bytes integer not null,
  shape text not null,
  mapping text not null,
  state text not null check (state in ('staging', 'applying', 'done', 'undoing', 'undone')),
  imported integer not null default 0,
  updated integer not null default 0,
  rejected integer not null default 0,
  duplicates integer not null default 0,
  warnings integer not null default 0,
  kept integer not null default 0,
  started_at integer not null,
  finished_at integer,
  undone_at integer
) strict;

-- What a second import of the same lead changes: as it was and as it shall be.
create table import_updates (
  import_key integer not null references imports (key) on delete cascade,
  lead_key integer not null references leads (key) on delete cascade,
  before text not null,
  after text not null,
  applied integer not null default 0 check (applied in (0, 1)),
  primary key (import_key, lead_key)
) strict, without rowid;
create index import_updates_lead on import_updates (lead_key);

-- Rows that were not taken over, and cells that could not be read.
create table import_problems (
  import_key integer not null references imports (key) on delete cascade,
  line integer not null,
  number integer not null,
  kind text not null check (kind in ('rejected', 'warning')),
  header text,
  reason text not null,
  cells text not null,
  primary key (import_key, line, number)
) strict, without rowid;

create table import_mappings (
  shape text primary key,
  origin_key integer not null references import_origins (key),
  mapping text not null,
  updated_at integer not null
) strict, without rowid;
