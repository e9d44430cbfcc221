-- The academic calendar that features of models read: one row a version, the newest holds. Before the first there is the one of the program.
create table academic_calendars (
  key integer primary key,
  value text not null,
  created_at integer not null,
  created_by integer references users (key)
) strict;
