-- What leads refer to. A name is one value however it is spelled: `folded` has neither case nor accents.
create table sources (
  key integer primary key,
  id text not null unique,
  name text not null,
  folded text not null unique,
  created_at integer not null
) strict;

create table courses (
  key integer primary key,
  id text not null unique,
  name text not null,
  folded text not null unique,
  created_at integer not null
) strict;

create table campuses (
  key integer primary key,
  id text not null unique,
  name text not null,
  folded text not null unique,
  created_at integer not null
) strict;

-- Places of a course, in all or at one campus.
create table course_capacities (
  key integer primary key,
  id text not null unique,
  course_key integer not null references courses (key) on delete cascade,
  campus_key integer references campuses (key),
  places integer not null check (places >= 0),
  updated_at integer not null
) strict;
create unique index course_capacities_one on course_capacities (course_key, ifnull(campus_key, 0));

create table countries (
  key integer primary key,
  name text not null,
  folded text not null unique
) strict;

create table cities (
  key integer primary key,
  name text not null,
  folded text not null unique
) strict;

-- Imported columns that are no field of a lead.
create table attributes (
  key integer primary key,
  id text not null unique,
  name text not null unique,
  label text not null,
  type text not null check (type in ('text', 'option', 'number', 'boolean', 'date')),
  known_when text not null check (known_when in ('at_enquiry', 'after_contact', 'unknown')),
  confirmed integer not null default 0 check (confirmed in (0, 1)),
  created_at integer not null
) strict;

create table attribute_options (
  key integer primary key,
  attribute_key integer not null references attributes (key) on delete cascade,
  text text not null,
  folded text not null,
  unique (attribute_key, folded)
) strict;
