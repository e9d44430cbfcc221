-- An enquiry. Null means unknown, never zero. `reach` is a sum: 1 with an e-mail
-- address, 2 with a telephone number, 4 and 8 where the person said no to being e-mailed or called, 16 where any consent is recorded. Totals of signals are opening balances plus what touchpoints added.
create table leads (
  key integer primary key,
  id blob not null,
  person_key integer not null references people (key),
  import_key integer,
  origin_key integer,
  external_id text,
  sort_name text not null,
  stage integer not null,
  source_key integer references sources (key),
  course_key integer references courses (key),
  campus_key integer references campuses (key),
  country_key integer references countries (key),
  city_key integer references cities (key),
  owner_key integer references users (key),
  team_key integer not null references teams (key),
  converted integer check (converted in (0, 1)),
  reach integer not null default 0,
  enquired_at integer,
  last_activity_at integer,
  last_activity text,
  last_contacted_at integer,
  snoozed_until integer,
  email_opens real,
  email_clicks real,
  events_attended real,
  portal_logins real,
  web_visits real,
  web_time real,
  pages_per_visit real,
  conversations real,
  opening text,
  score real,
  band integer,
  confidence real,
  probability real,
  eta_days integer,
  blockers integer,
  scored_at integer,
  created_at integer not null,
  updated_at integer not null,
  edited_at integer,
  revision integer not null default 1
) strict;
create unique index leads_id on leads (id);
create index leads_person on leads (person_key);
create unique index leads_external on leads (origin_key, external_id) where external_id is not null;
create index leads_import on leads (import_key) where import_key is not null;

-- Few, because every index is written for every lead that is imported: lists filter and sort by columns held in memory.
create index leads_by_name on leads (sort_name);
create index leads_taking on leads (course_key) where stage in (5, 6);
create index leads_by_contact on leads (last_contacted_at) where last_contacted_at is not null;
create index leads_by_snooze on leads (snoozed_until) where snoozed_until is not null;

-- What imports bring beside the fields: by attribute and then by lead, so that an import adds at the end of each attribute, and so that
-- one attribute of all leads is read in one go, into a typed column that filters and models use. A foreign key to leads would need an
-- index as large as this table: the store deletes a lead's values with it.
create table attribute_values (
  attribute_key integer not null references attributes (key) on delete cascade,
  lead_key integer not null,
  value any not null,
  primary key (attribute_key, lead_key)
) strict, without rowid;

create virtual table leads_search using fts5 (
  name, email, reference,
  content = '', contentless_delete = 1, detail = none, prefix = '3', tokenize = "unicode61 remove_diacritics 2"
);

create table touchpoints (
  key integer primary key,
  id blob not null,
  lead_key integer not null references leads (key) on delete cascade,
  kind text not null,
  direction text not null check (direction in ('inbound', 'outbound', 'none')),
  outcome text,
  note text,
  at integer not null,
  user_key integer references users (key),
  -- What it changed of the lead, as it was and as it became: taking it back puts that back.
  effects text,
  created_at integer not null
) strict;
create unique index touchpoints_id on touchpoints (id);
create index touchpoints_lead on touchpoints (lead_key, at);
create index touchpoints_user on touchpoints (user_key, created_at);

create table tasks (
  key integer primary key,
  id blob not null,
  lead_key integer references leads (key) on delete cascade,
  title text not null,
  due_at integer,
  done_at integer,
  assignee_key integer references users (key),
  created_by integer references users (key),
  created_at integer not null,
  updated_at integer not null
) strict;
create unique index tasks_id on tasks (id);
create index tasks_lead on tasks (lead_key);
create index tasks_open on tasks (assignee_key, due_at) where done_at is null;

create table applications (
  key integer primary key,
  id blob not null,
  lead_key integer not null references leads (key) on delete cascade,
  course_key integer references courses (key),
  campus_key integer references campuses (key),
  state text not null check (state in ('started', 'submitted', 'offered', 'accepted', 'enrolled', 'declined', 'withdrawn')),
  at integer not null,
  updated_at integer not null
) strict;
create index applications_lead on applications (lead_key);
create unique index applications_id on applications (id);

-- When an outcome became known, and by what.
create table outcomes (
  lead_key integer not null references leads (key) on delete cascade,
  at integer not null,
  converted integer not null check (converted in (0, 1)),
  basis text not null check (basis in ('import', 'stage')),
  primary key (lead_key, at)
) strict, without rowid;

-- Two leads that share an e-mail address or a telephone number; the lower key first.
create table duplicates (
  first_key integer not null references leads (key) on delete cascade,
  second_key integer not null references leads (key) on delete cascade,
  basis text not null check (basis in ('email', 'phone')),
  state text not null check (state in ('open', 'merged', 'different')),
  found_at integer not null,
  primary key (first_key, second_key)
) strict, without rowid;
create index duplicates_second on duplicates (second_key);
