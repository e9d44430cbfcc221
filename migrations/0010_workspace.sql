-- The workspace itself, its settings, and who works in it.

create table workspace (
  only integer primary key check (only = 1),
  id text not null,
  name text not null,
  kind text not null check (kind in ('admissions', 'learning', 'both')),
  sample integer not null check (sample in (0, 1)),
  device_id text not null,
  created_at integer not null
) strict;

create table settings (
  name text primary key,
  value text not null,
  updated_at integer not null
) strict, without rowid;

-- One person from enquiry to exam: leads, users and (later) students refer to them. `email` and `phone` are normalised.
create table people (
  key integer primary key,
  id blob not null,
  given_name text,
  family_name text,
  email text,
  phone text,
  created_at integer not null,
  updated_at integer not null
) strict;
create unique index people_id on people (id);
create index people_email on people (email) where email is not null;
create index people_phone on people (phone) where phone is not null;

-- The newest row of a person, purpose and channel holds.
create table consents (
  key integer primary key,
  id blob not null,
  person_key integer not null references people (key) on delete cascade,
  purpose text not null,
  channel text not null check (channel in ('email', 'phone', 'post')),
  granted integer not null check (granted in (0, 1)),
  basis text not null,
  at integer not null,
  expires_at integer
) strict;
create index consents_person on consents (person_key, channel, at);

create table departments (
  key integer primary key,
  id text not null unique,
  name text not null unique,
  created_at integer not null
) strict;

create table teams (
  key integer primary key,
  id text not null unique,
  department_key integer not null references departments (key),
  name text not null,
  created_at integer not null,
  unique (department_key, name)
) strict;

create table users (
  key integer primary key,
  id text not null unique,
  person_key integer not null references people (key),
  email text not null unique,
  role text not null check (role in ('student', 'staff', 'manager', 'admin', 'super_admin')),
  team_key integer references teams (key),
  active integer not null default 1 check (active in (0, 1)),
  created_at integer not null,
  updated_at integer not null,
  last_sign_in_at integer
) strict;

-- A token is kept as its SHA-256 only.
create table sessions (
  key integer primary key,
  id text not null unique,
  user_key integer not null references users (key),
  token_hash blob not null unique,
  door text not null,
  created_at integer not null,
  last_seen_at integer not null,
  expires_at integer not null,
  locked integer not null default 0 check (locked in (0, 1)),
  ended_at integer
) strict;
create index sessions_user on sessions (user_key) where ended_at is null;
